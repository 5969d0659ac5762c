//! `belay recovery`: the 24 words. They are never taken from an argument, where other programs and the
//! shell's history could see them.

use belay_engine::{BelayError, Engine};
use clap::Subcommand;
use zeroize::Zeroizing;

use crate::context::Context;
use crate::error::Result;
use crate::prompt;
use crate::screen::Screen;

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
}

/// Shows or confirms the words.
pub fn run(args: &RecoveryArgs, context: &Context, screen: &mut Screen) -> Result<()> {
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
            let typed = if prompt::can_ask(screen) {
                prompt::line("All 24 words:")?.unwrap_or_default()
            } else {
                prompt::all_input()?
            };
            engine.confirm_recovery_words(&Zeroizing::new(typed))?;
            confirmed(screen);
        }
    }
    Ok(())
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

fn draw_words(screen: &mut Screen, words: &[String]) {
    screen.heading("Your 24 recovery words");
    screen.line("Write them on paper. Who has them can bring your Belay back, and read it; nobody else can.");
    let rows = words.len().div_ceil(4);
    for row in 0..rows {
        let line: Vec<String> = (0..4)
            .filter_map(|column| {
                let index = column * rows + row;
                words
                    .get(index)
                    .map(|word| format!("{:>2} {word:<10}", index + 1))
            })
            .collect();
        screen.line(format_args!("  {}", line.join("  ").trim_end()));
    }
}
