//! The check-in as a conversation, for someone at the keyboard who gave no flags. Only the mood is asked
//! for twice; everything else may be passed over with Enter.

use std::collections::BTreeSet;
use std::str::FromStr;

use belay_engine::model::{Emotion, Mood, OutcomeStatus, RuleError, Settings};
use belay_engine::{Engine, NewCheckIn, NewOutcome};

use crate::error::{CliError, Result};
use crate::error_words::tell;
use crate::prompt;
use crate::screen::Screen;
use crate::words::shown_line;

/// Asks everything that is not answered yet.
pub fn ask(engine: &Engine, check_in: &mut NewCheckIn, screen: &mut Screen) -> Result<()> {
    let hour = engine.now()?.local_time().hour;
    screen.heading(match hour {
        5..=10 => "Morning. Sixty seconds?",
        11..=16 => "Sixty seconds?",
        17..=22 => "Evening. Sixty seconds?",
        _ => "A quiet hour. Sixty seconds?",
    });
    screen.quiet("Enter passes a question. Everything stays here until you share it.");
    check_in.mood = ask_mood(&engine.settings()?.settings)?;
    check_in.emotions = feelings()?;
    check_in.energy = word("Energy? 1 empty · 2 low · 3 steady · 4 strong · 5 full:")?;
    ask_goals(engine, check_in)?;
    check_in.win = text("One good thing:")?;
    check_in.struggle = text("One hard thing:")?;
    check_in.plan = text("What comes next:")?;
    check_in.need = word("What do you need? just listen · ask me · ideas welcome · nothing:")?;
    check_in.note = text("Anything else:")?;
    Ok(())
}

/// Whether a field can be asked for once more.
pub fn can_ask_again(field: &str) -> bool {
    matches!(
        field,
        "check_in" | "mood" | "win" | "struggle" | "plan" | "note" | "on"
    )
}

/// Asks for one field once more.
pub fn ask_again(field: &str, check_in: &mut NewCheckIn) -> Result<()> {
    match field {
        "win" => check_in.win = text("One good thing, a little shorter:")?,
        "struggle" => check_in.struggle = text("One hard thing, a little shorter:")?,
        "plan" => check_in.plan = text("What comes next, a little shorter:")?,
        "note" => check_in.note = text("Anything else, a little shorter:")?,
        "on" => check_in.on = word("Which day is it about? (like 2026-11-22):")?,
        _ => {
            check_in.mood = word("How is it, 1 to 5?")?;
            if check_in.mood.is_none() {
                return Err(CliError::Declined);
            }
        }
    }
    Ok(())
}

/// Asks in the person's own words for the steps, and takes those as well as the number.
fn ask_mood(settings: &Settings) -> Result<Option<Mood>> {
    let steps: Vec<String> = Mood::all()
        .into_iter()
        .map(|mood| format!("{} {}", mood.step(), shown_line(settings.mood_word(mood))))
        .collect();
    let question = format!("How is it? {}:", steps.join(" · "));
    loop {
        let Some(answer) = text(&question)? else {
            return Ok(None);
        };
        let named = answer.to_lowercase();
        let own = Mood::all()
            .into_iter()
            .find(|mood| settings.mood_word(*mood).to_lowercase() == named);
        match own.map_or_else(|| answer.parse(), Ok) {
            Ok(mood) => return Ok(Some(mood)),
            Err(error) => explain(error),
        }
    }
}

fn ask_goals(engine: &Engine, check_in: &mut NewCheckIn) -> Result<()> {
    for view in engine.today()?.goals {
        let logged = check_in
            .outcomes
            .iter()
            .any(|outcome| outcome.goal == view.name);
        if view.today.is_some() || logged {
            continue;
        }
        let title = shown_line(&view.goal.title);
        let status: Option<OutcomeStatus> = loop {
            let question = format!("{title}: done, partly, skipped? (Enter: later)");
            match prompt::line(&question)?.unwrap_or_default().as_str() {
                "" => break None,
                "d" => break Some(OutcomeStatus::Done),
                "p" => break Some(OutcomeStatus::Partly),
                "s" => break Some(OutcomeStatus::Skipped),
                answer => match answer.parse() {
                    Ok(status) => break Some(status),
                    Err(error) => explain(error),
                },
            }
        };
        let Some(status) = status else { continue };
        let reason = match status {
            OutcomeStatus::Skipped => text("  Why, if you like:")?,
            _ => None,
        };
        check_in.outcomes.push(NewOutcome {
            goal: view.name,
            on: None,
            status,
            note: None,
            reason,
            amount: None,
        });
    }
    Ok(())
}

fn text(question: &str) -> Result<Option<String>> {
    Ok(prompt::line(question)?.filter(|answer| !answer.is_empty()))
}

fn word<T: FromStr<Err = RuleError>>(question: &str) -> Result<Option<T>> {
    loop {
        let Some(answer) = text(question)? else {
            return Ok(None);
        };
        match answer.parse() {
            Ok(value) => return Ok(Some(value)),
            Err(error) => explain(error),
        }
    }
}

fn feelings() -> Result<BTreeSet<Emotion>> {
    loop {
        let Some(answer) = text("Words for it, such as calm, worried:")? else {
            return Ok(BTreeSet::new());
        };
        let words = answer.split(',').filter(|word| !word.trim().is_empty());
        match words.map(Emotion::from_str).collect() {
            Ok(feelings) => return Ok(feelings),
            Err(error) => explain(error),
        }
    }
}

fn explain(error: RuleError) {
    use std::io::Write as _;
    let told = tell(&CliError::Rule(error));
    // The question comes again right below, so a terminal that is gone shows itself there.
    let _ = writeln!(std::io::stderr().lock(), "{}", told.sentence);
}
