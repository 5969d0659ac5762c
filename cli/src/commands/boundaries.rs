//! `belay partner pause`, `resume`, `leave` and `block`: boundaries, at once and also without a network (P5).

use belay_engine::{Engine, PartnerView, Waited};

use crate::context::tidy;
use crate::error::Result;
use crate::screen::Screen;
use crate::words::{count, partner_name};
use crate::{pick, prompt};

/// Whom to pause.
#[derive(Debug, clap::Args)]
pub struct PauseArgs {
    /// Their number in the list or the beginning of the name
    partner: String,
}

/// Whom to meet on one network.
#[derive(Debug, clap::Args)]
pub struct NearArgs {
    /// Their number in the list or the beginning of the name
    partner: String,
    /// Whether your devices and theirs may meet
    on: Near,
}

/// Whether devices may meet.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
enum Near {
    On,
    Off,
}

/// Whom to share with again.
#[derive(Debug, clap::Args)]
pub struct ResumeArgs {
    /// Their number in the list or the beginning of the name
    partner: String,
    /// Let what waited go out now
    #[arg(long, conflicts_with = "keep_waiting")]
    share_waiting: bool,
    /// Keep what waited to yourself
    #[arg(long)]
    keep_waiting: bool,
}

/// Whom to leave or block.
#[derive(Debug, clap::Args)]
pub struct EndArgs {
    /// Their number in the list or the beginning of the name
    partner: String,
    /// And remove what they shared from this device
    #[arg(long)]
    remove: bool,
    /// Without asking
    #[arg(short, long)]
    yes: bool,
}

/// Pauses.
pub fn pause(args: &PauseArgs, engine: &Engine, screen: &mut Screen) -> Result<()> {
    let partner = pick::partner(engine, &args.partner)?;
    let name = partner_name(&partner.name);
    let partner = engine.pause_sharing(&partner.space)?;
    tidy(engine);
    screen.show(&partner, |screen, _| {
        screen.line(format_args!(
            "Paused. Nothing you write or take back goes to {name} until you resume; they are not told."
        ));
        screen.line("What they share still reaches you. What is with them already stays with them.");
    });
    Ok(())
}

/// Switches meeting on one network.
pub fn near(args: &NearArgs, engine: &Engine, screen: &mut Screen) -> Result<()> {
    let partner = pick::partner(engine, &args.partner)?;
    let name = partner_name(&partner.name);
    let partner = engine.set_partner_nearby(&partner.space, args.on == Near::On)?;
    tidy(engine);
    screen.show(&partner, |screen, partner| {
        if partner.meets_nearby {
            screen.line(format_args!(
                "On one network your devices and {name}'s meet, where `sync --lan` runs."
            ));
        } else {
            screen.line(format_args!(
                "Your devices neither look for {name}'s on one network nor answer them; relays go on as before."
            ));
        }
    });
    Ok(())
}

/// Shares again; asks about what they never had.
pub fn resume(args: &ResumeArgs, engine: &Engine, screen: &mut Screen) -> Result<()> {
    let partner = pick::partner(engine, &args.partner)?;
    let name = partner_name(&partner.name);
    let waiting = if partner.paused {
        engine.waiting_to_be_shared(&partner.space)?
    } else {
        0
    };
    let waited = if args.share_waiting {
        Waited::Share
    } else if args.keep_waiting || waiting == 0 {
        Waited::Keep
    } else {
        screen.line(format_args!(
            "{} that {name} never had wait here. Keep them to yourself, or let them go out now?",
            count(waiting, "thing")
        ));
        if !prompt::can_ask(screen) {
            return Err(crate::error::CliError::NeedsAnswer {
                flag: "--keep-waiting or --share-waiting",
            });
        }
        if prompt::yes("Let them go out?")? {
            Waited::Share
        } else {
            Waited::Keep
        }
    };
    let partner = engine.resume_sharing(&partner.space, waited)?;
    tidy(engine);
    screen.show(&partner, |screen, _| {
        screen.line(format_args!("You share with {name} again."));
        screen.line(
            "Changes to what they have already, and what you took back meanwhile, go out with the next sync.",
        );
        if waiting > 0 && waited == Waited::Keep {
            screen.line("What waited stays with you.");
        }
    });
    Ok(())
}

/// Leaves.
pub fn leave(args: &EndArgs, engine: &Engine, screen: &mut Screen) -> Result<()> {
    let partner = pick::partner(engine, &args.partner)?;
    let name = partner_name(&partner.name);
    screen.line(format_args!(
        "Leaving ends what you and {name} share, at once. Nothing more goes out; what they have seen \
         stays with them."
    ));
    tell_of_removal(args, &name, screen);
    prompt::agree(screen, "Leave?", args.yes, "--yes")?;
    engine.leave(&partner.space)?;
    let removed = end(args, &partner, engine)?;
    screen.show(
        &serde_json::json!({ "left": partner.space, "removed": removed }),
        |screen, _| {
            screen.line("You have left. They are told with the next sync, without a reason.");
        },
    );
    Ok(())
}

/// Blocks.
pub fn block(args: &EndArgs, engine: &Engine, screen: &mut Screen) -> Result<()> {
    let partner = pick::partner(engine, &args.partner)?;
    let name = partner_name(&partner.name);
    screen.line(format_args!(
        "Blocking ends what you and {name} share, at once and for good: nothing more goes out, and \
         whatever they still send is dropped unread. They learn no more than that you left."
    ));
    screen.line(
        "What they have seen stays with them. A new invitation, made by you, is the only way back.",
    );
    tell_of_removal(args, &name, screen);
    prompt::agree(screen, "Block?", args.yes, "--yes")?;
    engine.block(&partner.space)?;
    let removed = end(args, &partner, engine)?;
    screen.show(
        &serde_json::json!({ "blocked": partner.space, "removed": removed }),
        |screen, _| {
            screen.line(format_args!("{name} is blocked. You owe nobody a reason."));
        },
    );
    Ok(())
}

fn tell_of_removal(args: &EndArgs, name: &str, screen: &mut Screen) {
    if args.remove {
        screen.line(format_args!(
            "What {name} shared is removed from this device, and cannot be brought back."
        ));
    } else {
        screen.line(format_args!(
            "What {name} shared stays readable here; --remove takes it off this device."
        ));
    }
}

fn end(args: &EndArgs, partner: &PartnerView, engine: &Engine) -> Result<u64> {
    let removed = if args.remove {
        engine.remove_what_they_shared(&partner.space)?
    } else {
        0
    };
    tidy(engine);
    Ok(removed)
}
