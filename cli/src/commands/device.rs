//! `belay device`: the person's own devices, and the sealed copy through which they reach each other.

use std::net::SocketAddr;
use std::sync::{Mutex, PoisonError};

use belay_engine::model::DisplayName;
use belay_engine::{BelayError, Engine, NewOwnDevice, SyncProgress};
use clap::Subcommand;

use super::sync::step_words;
use super::{device_hand_over, device_names, init};
use crate::context::{Context, runtime, tidy};
use crate::error::{CliError, Result};
use crate::prompt;
use crate::screen::{HEADING, Screen};
use crate::secrets::KeyPlace;
use crate::words::shown_line;

/// Flags of `device`.
#[derive(Debug, clap::Args)]
pub struct DeviceArgs {
    #[command(subcommand)]
    action: DeviceAction,
}

#[derive(Debug, Subcommand)]
enum DeviceAction {
    /// Your devices, and those that were removed
    List,
    /// Call one of your devices by another name
    Name {
        /// Its number in the list, or its name
        device: String,
        /// The new name
        name: String,
    },
    /// Take one of your devices out: it reads nothing that is written from now on
    Revoke {
        /// Its number in the list, or its name
        device: String,
        /// Type the 24 words as well: then it counts whatever that device did meanwhile
        #[arg(long)]
        words: bool,
        /// Do not ask
        #[arg(long)]
        yes: bool,
    },
    /// Let what a removed device wrote, and nobody had yet, count after all
    TakeIn {
        /// Its name, or its number among the removed ones
        device: String,
    },
    /// Show a code for a further device of yours, compare four words, and let it in
    Add {
        /// What to call it
        name: String,
        /// In this room, without a relay: it calls this device on the network it is in
        #[arg(
            long,
            value_name = "ADDRESS:PORT",
            num_args = 0..=1,
            default_missing_value = "0.0.0.0:0"
        )]
        lan: Option<SocketAddr>,
    },
    /// Make this an empty further device, and join the one that shows a code
    Join {
        /// The line your other device shows; without it, it is asked for or read from standard input
        text: Option<String>,
        /// Where the key of the store lies [default: the keyring, where there is one]
        #[arg(long, value_enum, value_name = "PLACE")]
        key: Option<KeyPlace>,
    },
    /// Hand everything to a new device in this room, on which you type the recovery words
    HandOver {
        /// Where to be called; on loopback nobody is looked for
        #[arg(long, value_name = "ADDRESS:PORT")]
        listen: Option<SocketAddr>,
        /// How long to wait
        #[arg(long = "for", value_name = "SECONDS", default_value_t = 600)]
        seconds: u64,
    },
    /// Let your relay keep a sealed copy that only your devices can open; off until you say so
    Copy {
        /// `on`, `off`, or nothing to ask
        #[arg(value_parser = ["on", "off"])]
        keep: Option<String>,
    },
}

/// Lists, adds, joins, or switches the copy.
pub fn run(args: DeviceArgs, context: &Context, screen: &mut Screen) -> Result<()> {
    match args.action {
        DeviceAction::Join { text, key } => join(text, key, context, screen),
        DeviceAction::List => device_names::list(&context.open(screen)?, screen),
        DeviceAction::Name { device, name } => {
            device_names::name(&context.open(screen)?, &device, &name, screen)
        }
        DeviceAction::Revoke { device, words, yes } => {
            device_names::revoke(&context.open(screen)?, &device, words, yes, screen)
        }
        DeviceAction::TakeIn { device } => {
            device_names::take_in(&context.open(screen)?, &device, screen)
        }
        DeviceAction::Add { name, lan } => add(&context.open(screen)?, &name, lan, screen),
        DeviceAction::HandOver { listen, seconds } => {
            device_hand_over::run(&context.open(screen)?, listen, seconds, screen)
        }
        DeviceAction::Copy { keep } => copy(&context.open(screen)?, keep.as_deref(), screen),
    }
}

fn add(engine: &Engine, name: &str, lan: Option<SocketAddr>, screen: &mut Screen) -> Result<()> {
    if !prompt::can_ask(screen) {
        // Whoever compares the words decides who gets in.
        return Err(CliError::NeedsAnswer {
            flag: "a keyboard: somebody has to compare the words",
        });
    }
    // Before anybody walks over to the other device.
    let name = DisplayName::new(name).map_err(BelayError::from)?;
    let runtime = runtime()?;
    let invitation = runtime.block_on(async {
        match lan {
            Some(listen) => engine.invite_own_device_near(listen).await,
            None => engine.invite_own_device().await,
        }
    })?;
    let now = engine.now()?;
    screen.heading("On the new device, type `belay device join` and give it this line:");
    screen.gap();
    screen.line(&invitation.text);
    screen.gap();
    screen.line(format_args!(
        "It works once, until {}. Whoever is let in can read everything you wrote.",
        crate::times::instant(invitation.expires_at_ms, &now)
    ));
    let asking = runtime.block_on(engine.await_own_device(&invitation.id))?;
    let words = screen.paint(HEADING, &asking.comparison_words().join("   "));
    screen.gap();
    screen.line(format_args!("    {words}"));
    screen.gap();
    let question = "Does the new device show the same words? (yes/no)";
    loop {
        match prompt::line(question)?.as_deref() {
            Some("y" | "yes") => break,
            Some("n" | "no") => {
                screen.line("Then it was not let in. Nothing was changed.");
                return Ok(());
            }
            None => return Err(CliError::Declined),
            Some(_) => {}
        }
    }
    let devices = runtime.block_on(engine.admit_asking_device(asking, &name))?;
    screen.progress("Sending what it needs ...");
    runtime.block_on(engine.sync(&|_| {}))?;
    tidy(engine);
    device_names::draw(screen, &devices, &now);
    screen.line("What you wrote reaches it with the next `belay sync` there.");
    Ok(())
}

fn join(
    text: Option<String>,
    key: Option<KeyPlace>,
    context: &Context,
    screen: &mut Screen,
) -> Result<()> {
    let text = match text {
        Some(text) if text != "-" => text,
        None if prompt::can_ask(screen) => {
            prompt::line("The line your other device shows:")?.unwrap_or_default()
        }
        _ => prompt::all_input()?,
    };
    let text = text.trim();
    if text.is_empty() {
        return Err(CliError::Input {
            field: "invitation",
            rule: "empty",
        });
    }
    context.finish_removing()?;
    // A join that came to nothing left a device that waits: it goes on with that one.
    let engine = if Engine::exists(&context.dir) {
        context.open(screen)?
    } else {
        let place = init::place_key(key, context, screen)?;
        let new = NewOwnDevice {
            passphrase: place.passphrase(),
        };
        Engine::create_own_device(context.config(place.secrets), new)?
    };
    if !engine.is_waiting_device()? {
        return Err(BelayError::Unavailable {
            reason: "device-not-waiting",
        }
        .into());
    }
    screen.progress("Meeting your other device ...");
    let shared = Mutex::new(screen);
    let show = |words: &[String]| {
        // A panic while drawing leaves nothing half done that matters here.
        let mut screen = shared.lock().unwrap_or_else(PoisonError::into_inner);
        let words = screen.paint(HEADING, &words.join("   "));
        screen.note(&format!("    {words}"));
        screen.note("Your other device shows the same words, and asks you. Answer there.");
    };
    let runtime = runtime()?;
    runtime.block_on(engine.join_as_own_device(text, &show))?;
    let progress = |step: SyncProgress| {
        let mut screen = shared.lock().unwrap_or_else(PoisonError::into_inner);
        screen.progress(&step_words(step));
    };
    let report = runtime.block_on(engine.sync(&progress))?;
    tidy(&engine);
    let arrival = engine.arrival()?.unwrap_or_default();
    let screen = shared.into_inner().unwrap_or_else(PoisonError::into_inner);
    screen.show(&report, |screen, report| {
        screen.line("This is one of your devices now.");
        if arrival.is_whole() {
            screen.line(format_args!("{} things came.", report.items_received));
        } else {
            screen.line(format_args!(
                "{} of {} things came so far; `belay sync` brings the rest.",
                arrival.items, arrival.of_items
            ));
        }
        screen
            .line("Your partnerships come with the next sync here after one on the other device.");
    });
    Ok(())
}

fn copy(engine: &Engine, keep: Option<&str>, screen: &mut Screen) -> Result<()> {
    if let Some(keep) = keep {
        engine.set_self_copy(keep == "on")?;
        tidy(engine);
    }
    let relay = engine.self_copy()?;
    let others = engine.own_devices()?.len() > 1;
    let begun = keep == Some("on");
    let ended = keep == Some("off");
    screen.show(
        &serde_json::json!({ "sealed_copy_at": relay }),
        |screen, _| match &relay {
            Some(relay) => {
                let relay = shown_line(relay);
                screen.line(format_args!(
                    "{relay} keeps a sealed copy of everything. Only your devices can open it."
                ));
                if others && begun {
                    screen.line("Your devices meet at one relay. If this one is new, type on each of the others:");
                    screen.line(format_args!("  belay relay set {relay}"));
                    screen.line("  belay device copy on");
                }
            }
            None if ended => screen.line(
                "No more is sent. What is sealed at the relay stays there until it expires.",
            ),
            None => screen.line(
                "Nothing of yours leaves this device but what you share. `belay device copy on` changes that.",
            ),
        },
    );
    Ok(())
}
