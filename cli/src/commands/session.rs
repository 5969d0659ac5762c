//! `belay session`: how two people may spend an hour (P6). Needs no store: nothing of it is kept.

use belay_engine::BelayError;
use belay_engine::library::{self, SessionTemplate, SessionVoice};

use crate::error::Result;
use crate::locale::of_system;
use crate::screen::Screen;

/// Which plan.
#[derive(Debug, clap::Args)]
pub struct SessionArgs {
    /// Its number in the list or the beginning of its name; without one, the list
    which: Option<String>,
    /// Such as en, de or es, instead of this system's
    #[arg(long, value_name = "LANGUAGE")]
    language: Option<String>,
}

/// Lists the plans, or shows one with the minute at which each part begins.
pub fn run(args: &SessionArgs, screen: &mut Screen) -> Result<()> {
    let language = args.language.clone().unwrap_or_else(|| of_system().0);
    let plans = library::session_templates(&language);
    let Some(which) = &args.which else {
        screen.show(&plans, |screen, plans| {
            for (index, plan) in plans.iter().enumerate() {
                screen.line(format_args!(
                    "{:>3}  {}  ({} min)",
                    index + 1,
                    plan.title,
                    minutes(plan)
                ));
                screen.quiet(&format!("     {}", plan.about));
            }
        });
        return Ok(());
    };
    let plan = pick(plans, which).ok_or(BelayError::NotFound { what: "session" })?;
    screen.show(&plan, |screen, plan| draw(screen, plan));
    Ok(())
}

fn pick<'a>(plans: &'a [SessionTemplate], which: &str) -> Option<&'a SessionTemplate> {
    if let Ok(number) = which.parse::<usize>() {
        return plans.get(number.checked_sub(1)?);
    }
    let which = which.to_lowercase();
    let begins = |text: &str| text.to_lowercase().starts_with(&which);
    plans
        .iter()
        .find(|plan| begins(&plan.id) || begins(&plan.title))
}

fn minutes(plan: &SessionTemplate) -> u32 {
    plan.parts.iter().map(|part| u32::from(part.minutes)).sum()
}

fn draw(screen: &mut Screen, plan: &SessionTemplate) {
    screen.heading(&plan.title);
    screen.line(&plan.about);
    if plan.unreviewed {
        screen.quiet("No professional has read this text in this language yet.");
    }
    screen.gap();
    for agreed in &plan.agree {
        screen.line(format_args!("  · {agreed}"));
    }
    let mut begins = 0;
    for part in &plan.parts {
        screen.gap();
        screen.line(format_args!(
            "{begins:>3} min  {}{} · {} min",
            part.title,
            voice(part.voice),
            part.minutes
        ));
        screen.line(format_args!("         {}", part.how));
        for said in &part.say {
            screen.quiet(&format!("         \"{said}\""));
        }
        begins += u32::from(part.minutes);
    }
    screen.gap();
    screen.line(format_args!("{begins:>3} min  ·"));
}

const fn voice(voice: SessionVoice) -> &'static str {
    match voice {
        SessionVoice::Both => "",
        SessionVoice::Speaker => " (who speaks)",
        SessionVoice::Listener => " (who listened)",
        SessionVoice::Mentor => " (the mentor)",
        SessionVoice::Mentee => " (the mentee)",
    }
}
