//! `belay agree`: age and terms, asked once, before the first partnership.

use belay_engine::Engine;

use crate::context::{Context, tidy};
use crate::error::Result;
use crate::prompt;
use crate::screen::Screen;

/// Flags of `agree`.
#[derive(Debug, clap::Args)]
pub struct AgreeArgs {
    /// You read `belay agree` before, you are old enough, and you agree
    #[arg(long)]
    yes: bool,
}

/// What a person agrees to (docs/terms.md).
const TERMS: [&str; 5] = [
    "You share only with people you know and chose. What they tell you stays with you.",
    "Where somebody is in danger, the promise of silence ends: you get help, and say so if you can.",
    "No threats, no pressure, nothing that harms or uses anybody, nothing against the law.",
    "Either of you may pause, leave or block at any moment, and owes no reason.",
    "A partner is no therapist, and Belay is no crisis service. `belay help-now` names people who answer.",
];

/// Shows the terms and asks.
pub fn run(args: &AgreeArgs, context: &Context, screen: &mut Screen) -> Result<()> {
    let engine = context.open(screen)?;
    if engine.agreement()?.needed {
        show_and_ask(&engine, args.yes, screen)?;
        tidy(&engine);
    }
    let agreement = engine.agreement()?;
    let now = engine.now()?;
    screen.show(&agreement, |screen, agreement| {
        if let Some(at_ms) = agreement.agreed_at_ms {
            screen.line(format_args!(
                "You agreed on {}. Nothing asks again unless the terms change.",
                crate::times::instant(at_ms, &now)
            ));
        }
    });
    Ok(())
}

/// Before a partnership begins: asks whoever sits at the keyboard, if they were not asked yet.
pub fn ask_if_needed(engine: &Engine, screen: &mut Screen) -> Result<()> {
    if engine.agreement()?.needed && prompt::can_ask(screen) {
        show_and_ask(engine, false, screen)?;
    }
    Ok(())
}

fn show_and_ask(engine: &Engine, assumed: bool, screen: &mut Screen) -> Result<()> {
    let agreement = engine.agreement()?;
    if !assumed {
        screen.heading("Before you share with somebody for the first time:");
        for term in TERMS {
            screen.line(format_args!("  - {term}"));
        }
    }
    let question = format!(
        "Are you {} or older (or an adult who looks after you said yes), and do you agree?",
        agreement.minimum_age_years
    );
    prompt::agree(screen, &question, assumed, "--yes")?;
    engine.agree_to_share(agreement.terms_version)?;
    Ok(())
}
