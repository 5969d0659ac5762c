//! `belay recovery`: the 24 words, whether they would still bring everything back, new ones, and shares of them that
//! trusted people keep. Words and shares are never taken from an argument, where other programs and the shell's
//! history could see them.

use belay_engine::{BelayError, Engine};
use clap::Subcommand;
use zeroize::Zeroizing;

use super::recover::{lines, name_mistyped};
use super::recovery_shares::{self, ShareAction};
use crate::context::{Context, tidy};
use crate::draw::recovery::{draw_state, draw_words};
use crate::error::Result;
use crate::prompt;
use crate::screen::Screen;
use crate::secrets::passphrase;

/// Flags of `recovery`.
#[derive(Debug, clap::Args)]
pub struct RecoveryArgs {
    #[command(subcommand)]
    action: RecoveryAction,
}

#[derive(Debug, Subcommand)]
enum RecoveryAction {
    /// Show the words again, as long as they are not confirmed
    Words,
    /// Type or paste all 24 to show that you have them; afterwards they are wiped from this device
    Confirm,
    /// How things stand: what would bring everything back, and what is missing
    Status,
    /// Can you still come back? Type the words, or shares one a line; nothing is changed
    Drill {
        /// Ask again after so many days; 0 for never
        #[arg(long, value_name = "DAYS")]
        every: Option<u32>,
    },
    /// New words in the place of the old ones, as long as you have a device; they hold once they were typed
    NewWords {
        /// Type or paste the new words that were shown before
        #[arg(long)]
        confirm: bool,
    },
    /// Shares of the words, held by people you trust
    Share {
        #[command(subcommand)]
        action: ShareAction,
    },
}

/// Shows or confirms the words, tries them, replaces them, cuts them.
pub fn run(args: RecoveryArgs, context: &Context, screen: &mut Screen) -> Result<()> {
    let engine = context.open(screen)?;
    match args.action {
        RecoveryAction::Words => {
            let words = engine.recovery_words()?;
            screen.show(
                &serde_json::json!({ "recovery_words": words }),
                |screen, _| {
                    draw_words(screen, &words);
                    screen.line("`belay recovery confirm` when you have them on paper.");
                },
            );
        }
        RecoveryAction::Confirm => {
            let typed = all_words(screen)?;
            engine.confirm_recovery_words(&typed)?;
            confirmed(screen);
        }
        RecoveryAction::Status => {
            let view = engine.recovery()?;
            screen.show(&view, draw_state);
        }
        RecoveryAction::Drill { every } => drill(&engine, every, screen)?,
        RecoveryAction::NewWords { confirm } => new_words(&engine, confirm, context, screen)?,
        RecoveryAction::Share { action } => recovery_shares::run(action, &engine, screen)?,
    }
    tidy(&engine);
    Ok(())
}

fn drill(engine: &Engine, every: Option<u32>, screen: &mut Screen) -> Result<()> {
    if let Some(days) = every {
        let view = engine.set_drill_reminder((days > 0).then_some(days))?;
        screen.show(&view, draw_state);
        return Ok(());
    }
    let typed = Zeroizing::new(match prompt::can_ask(screen) {
        true => lines("All 24 words, or shares one a line; an empty line at the end:")?,
        false => prompt::all_input()?,
    });
    name_mistyped(&typed)?;
    let view = engine.drill(&typed)?;
    screen.show(&view, |screen, view| {
        screen.line("Yes: these are the words of this store.");
        draw_state(screen, view);
    });
    Ok(())
}

fn new_words(engine: &Engine, confirm: bool, context: &Context, screen: &mut Screen) -> Result<()> {
    if !confirm {
        let words = engine.draw_new_words()?;
        screen.show(
            &serde_json::json!({ "recovery_words": words }),
            |screen, _| {
                draw_words(screen, &words);
                screen.line(
                    "The old ones hold until you type these: `belay recovery new-words --confirm`.",
                );
            },
        );
        return Ok(());
    }
    let typed = all_words(screen)?;
    name_mistyped(&typed)?;
    let passphrase = match Engine::needs_passphrase(&context.dir)? {
        false => None,
        true => Some(match &context.passphrase_file {
            Some(file) => passphrase::from_file(file)?,
            None => passphrase::ask("Passphrase:")?,
        }),
    };
    engine.confirm_new_words(&typed, passphrase.as_deref().map(String::as_str))?;
    screen.show(&serde_json::json!({ "replaced": true }), |screen, _| {
        screen.line("The new words hold. Throw the old ones away; shares of them were taken back.");
        screen.line("`belay sync` puts the new copy on your relay.");
    });
    Ok(())
}

fn all_words(screen: &Screen) -> Result<Zeroizing<String>> {
    let typed = match prompt::can_ask(screen) {
        true => prompt::line("All 24 words:")?.unwrap_or_default(),
        false => prompt::all_input()?,
    };
    Ok(Zeroizing::new(typed))
}

/// Shows the words once and asks to confirm them now or later.
pub fn show_and_ask(engine: &Engine, words: &[String], screen: &mut Screen) -> Result<()> {
    screen.gap();
    draw_words(screen, words);
    if !prompt::can_ask(screen) {
        screen.line("`belay recovery confirm` when you have them on paper.");
        return Ok(());
    }
    loop {
        let typed = prompt::line("Type them once to confirm, or press Enter to do it later:")?
            .map(Zeroizing::new)
            .filter(|typed| !typed.is_empty());
        let Some(typed) = typed else {
            screen.line("Later, then. `belay recovery words` shows them again until you confirm.");
            return Ok(());
        };
        match engine.confirm_recovery_words(&typed) {
            Ok(()) => {
                confirmed(screen);
                return Ok(());
            }
            Err(BelayError::InvalidInput { .. } | BelayError::WrongSecret) => {
                screen.note("Those are not quite the words above. Once more?");
            }
            Err(error) => return Err(error.into()),
        }
    }
}

fn confirmed(screen: &mut Screen) {
    screen.show(
        &serde_json::json!({ "recovery_words_due": false }),
        |screen, _| {
            screen.line("Confirmed. The words are now on your paper only; keep it somewhere dry.");
        },
    );
}
