//! `belay recover`: comes back after a loss, with the 24 words or with shares of them. Words and shares are typed or
//! piped, never arguments, where other programs and the shell's history could see them.

use std::path::{Path, PathBuf};

use belay_engine::{
    BelayError, Engine, LanConfig, LanEndingView, LanMeetingView, NewRestored, RestoredView,
    mistyped_recovery_word, words_of_shares,
};
use serde::Serialize;
use zeroize::Zeroizing;

use super::init::{place_key, place_key_again};
use super::{device_hand_over, recover_lost};
use crate::context::{Context, runtime, tidy};
use crate::error::{CliError, Result};
use crate::prompt;
use crate::screen::Screen;
use crate::secrets::KeyPlace;

/// Flags of `recover`.
#[derive(Debug, clap::Args)]
pub struct RecoverArgs {
    /// The relay that kept the sealed copy
    #[arg(long, value_name = "URL", conflicts_with = "here")]
    relay: Option<String>,
    /// A file bundle of yours, in place of a relay
    #[arg(long, value_name = "FILE", conflicts_with_all = ["relay", "here"])]
    file: Option<PathBuf>,
    /// Another device of yours in this room that hands over (`belay device hand-over`), in place of a relay; found by
    /// itself, or at this address
    #[arg(
        long,
        value_name = "ADDRESS:PORT",
        num_args = 0..=1,
        default_missing_value = "",
        conflicts_with_all = ["relay", "file", "here"]
    )]
    near: Option<String>,
    /// Speak to a relay that is not encrypted, such as one at home
    #[arg(long, requires = "relay")]
    allow_plain_http: bool,
    /// Open the store that is here, whose key or passphrase is lost
    #[arg(long)]
    here: bool,
    /// Type shares that trusted people kept, one a line, in place of the words
    #[arg(long)]
    shares: bool,
    /// The device you lost: it is taken out once everything was read; may be given several times, `all` for every
    /// other one
    #[arg(long, value_name = "DEVICE", conflicts_with = "here")]
    lost: Vec<String>,
    /// What this device is called among your own
    #[arg(long, value_name = "NAME")]
    name: Option<String>,
    /// Where the key of the store lies [default: the keyring, where there is one]
    #[arg(long, value_enum, value_name = "PLACE")]
    key: Option<KeyPlace>,
}

/// Comes back.
pub fn run(args: &RecoverArgs, context: &Context, screen: &mut Screen) -> Result<()> {
    if args.here {
        return open_here(args, context, screen);
    }
    context.finish_removing()?;
    if Engine::exists(&context.dir) {
        return Err(BelayError::Unavailable {
            reason: "already-exists",
        }
        .into());
    }
    if let Some(file) = &args.file {
        return from_file(args, file, context, screen);
    }
    if let Some(address) = &args.near {
        let address = Some(address.as_str()).filter(|address| !address.is_empty());
        return from_device(args, address, context, screen);
    }
    let Some(relay) = &args.relay else {
        return Err(CliError::NeedsAnswer {
            flag: "--relay URL, --near or --file FILE",
        });
    };
    let words = typed(args.shares, screen)?;
    let placed = place_key(args.key, context, screen)?;
    let new = NewRestored {
        words: words.clone(),
        device_name: args.name.clone(),
        passphrase: placed.passphrase(),
    };
    screen.progress("Looking for the sealed copy ...");
    let config = context.config(placed.secrets);
    let runtime = runtime()?;
    let (engine, view) = runtime.block_on(Engine::restore_from_relay(
        config,
        new,
        relay,
        args.allow_plain_http,
    ))?;
    screen.progress("Reading what was written ...");
    // What does not come now comes with the next sync; the person is back already.
    let synced = runtime.block_on(engine.sync(&|_| {}));
    let removed = recover_lost::remove(&engine, &args.lost, &words, screen)?;
    tidy(&engine);
    let read = matches!(synced, Ok(report) if report.troubles.is_empty());
    tell(screen, view, removed, |screen| {
        screen.line(match read {
            true => "Everything the relay had was read. `belay today` shows it.",
            false => "`belay sync` reads the rest when the relay answers.",
        });
    });
    Ok(())
}

/// What came back, and who was taken out.
#[derive(Serialize)]
struct Back {
    #[serde(flatten)]
    view: RestoredView,
    removed: Vec<String>,
}

fn tell(
    screen: &mut Screen,
    view: RestoredView,
    removed: Vec<String>,
    end: impl FnOnce(&mut Screen),
) {
    screen.show(&Back { view, removed }, |screen, back| {
        draw(screen, &back.view, &back.removed);
        end(screen);
    });
}

fn from_file(
    args: &RecoverArgs,
    file: &Path,
    context: &Context,
    screen: &mut Screen,
) -> Result<()> {
    let words = typed(args.shares, screen)?;
    let placed = place_key(args.key, context, screen)?;
    let new = NewRestored {
        words: words.clone(),
        device_name: args.name.clone(),
        passphrase: placed.passphrase(),
    };
    let config = context.config(placed.secrets);
    let (engine, view, _) = Engine::restore_from_bundle(config, new, file, &|_| {})?;
    let removed = recover_lost::remove(&engine, &args.lost, &words, screen)?;
    tidy(&engine);
    tell(screen, view, removed, |screen| {
        screen.line("Everything the file had for you was read. `belay today` shows it.");
    });
    Ok(())
}

fn from_device(
    args: &RecoverArgs,
    address: Option<&str>,
    context: &Context,
    screen: &mut Screen,
) -> Result<()> {
    let peers = LanConfig::peers_at(address)?;
    let words = typed(args.shares, screen)?;
    let placed = place_key(args.key, context, screen)?;
    let new = NewRestored {
        words: words.clone(),
        device_name: args.name.clone(),
        passphrase: placed.passphrase(),
    };
    let near = match peers.is_empty() {
        true => device_hand_over::near(None)?,
        false => LanConfig {
            peers,
            ..LanConfig::default()
        },
    };
    screen.progress("Looking for your other device ...");
    let config = context.config(placed.secrets);
    let restoring = Engine::restore_near(config, new, near, &|_| {});
    let (engine, view, report) = runtime()?.block_on(restoring)?;
    let removed = recover_lost::remove(&engine, &args.lost, &words, screen)?;
    tidy(&engine);
    let well = |met: &LanMeetingView| met.ending == LanEndingView::Whole;
    let whole = !report.meetings.is_empty() && report.meetings.iter().all(well);
    tell(screen, view, removed, |screen| {
        screen.line(match whole {
            true => "Everything your other device had came over. `belay today` shows it.",
            false => "The connection broke. `belay sync --lan` on both brings the rest.",
        });
    });
    Ok(())
}

fn draw(screen: &mut Screen, view: &RestoredView, removed: &[String]) {
    screen.heading("You are back.");
    screen.line(match view.partnerships {
        0 => "There was no partnership to come back to.".to_owned(),
        1 => "One partnership came back.".to_owned(),
        count => format!("{count} partnerships came back."),
    });
    if view.left_out > 0 {
        screen.line(format_args!(
            "{} that the copy names could not be joined again.",
            view.left_out
        ));
    }
    for name in removed {
        screen.line(format_args!(
            "{name} was taken out. It reads nothing that you or your partners write from now on."
        ));
    }
    if view.other_devices > 0 && removed.is_empty() {
        screen.line(
            "The device you lost is still one of yours: `belay device list` names it, `belay device revoke` \
             takes it out.",
        );
    }
}

fn open_here(args: &RecoverArgs, context: &Context, screen: &mut Screen) -> Result<()> {
    if !Engine::exists(&context.dir) {
        return Err(BelayError::NotFound { what: "store" }.into());
    }
    let words = typed(args.shares, screen)?;
    // Before anything of the old key is touched.
    Engine::words_open_store(&context.dir, &words)?;
    let placed = place_key_again(args.key, context, screen)?;
    let passphrase = placed.passphrase();
    let config = context.config(placed.secrets);
    let engine = Engine::open_with_words(config, &words, passphrase.as_deref())?;
    tidy(&engine);
    screen.show(&serde_json::json!({ "opened": true }), |screen, _| {
        screen.line("Open again, with a new key. Everything is as it was.");
    });
    Ok(())
}

/// The words, as typed or as the shares give them.
pub fn typed(shares: bool, screen: &mut Screen) -> Result<Zeroizing<String>> {
    let question = if shares {
        "The shares, one a line, an empty line at the end:"
    } else {
        "All 24 words:"
    };
    let text = Zeroizing::new(match (prompt::can_ask(screen), shares) {
        (true, false) => prompt::line(question)?.unwrap_or_default(),
        (true, true) => lines(question)?,
        (false, _) => prompt::all_input()?,
    });
    if shares {
        let texts: Vec<String> = text
            .lines()
            .filter(|line| !line.trim().is_empty())
            .map(str::to_owned)
            .collect();
        return Ok(words_of_shares(&texts)?);
    }
    name_mistyped(&text)?;
    Ok(text)
}

/// Several lines, up to an empty one or the end of the input.
pub fn lines(question: &str) -> Result<String> {
    let mut all = String::new();
    let mut asked = question;
    while let Some(line) = prompt::line(asked)?.filter(|line| !line.is_empty()) {
        all.push_str(&line);
        all.push('\n');
        asked = ">";
    }
    Ok(all)
}

/// Says which of 24 words is in no list.
pub fn name_mistyped(text: &str) -> Result<()> {
    let Some(mistyped) = mistyped_recovery_word(text) else {
        return Ok(());
    };
    Err(CliError::MistypedRecoveryWord {
        position: mistyped.position,
        nearest: mistyped.nearest,
    })
}
