//! A goal as a conversation, for someone at the keyboard who typed none. Only what and how often are asked
//! until there is an answer; everything else may be passed over with Enter.

use belay_engine::NewGoal;
use belay_engine::model::LifeArea;
use belay_engine::model::goals::Measure;

use super::goal_flags::{amount, day, steps};
use crate::error::{CliError, Result};
use crate::error_words::tell;
use crate::prompt;
use crate::screen::Screen;

/// Asks for everything of a goal.
pub fn ask(new: &mut NewGoal, screen: &mut Screen) -> Result<()> {
    screen.heading("A goal. Something small is enough.");
    screen.quiet("Enter passes a question. Nobody sees it until you share it.");
    while new.title.is_empty() {
        new.title = line("What, in your own words:")?.ok_or(CliError::Declined)?;
    }
    let measure = again(
        "How does it count? done · at least 20 pages · at most 2 cups · avoid · steps · since DAY:",
        measure,
    )?;
    new.measure = match measure {
        Some(Measure::Milestones(_)) => Some(ask_steps()?),
        measure => measure,
    };
    if new.measure.as_ref().is_none_or(Measure::has_schedule) {
        let often = again(
            "How often? daily · mon,wed,fri · 3 times a week · every 3 days · once until DAY:",
            |typed| Ok(typed.parse()?),
        )?;
        new.schedule = often.unwrap_or(NewGoal::default().schedule);
        new.ends_on = again("Until which day, if it ends:", |typed| {
            day(typed, "ends_on")
        })?;
    }
    new.why = line("Why does it matter to you?")?;
    new.strengths = line("What are you good at that helps?")?;
    new.resources = line("Who or what helps?")?;
    new.obstacle = line("What may come in the way?")?;
    if new.obstacle.is_some() {
        new.if_this = line("Then a plan. If this happens:")?;
    }
    if new.if_this.is_some() {
        new.then_that = line("then I:")?;
    }
    let areas: Vec<&str> = LifeArea::ALL.iter().map(|area| area.word()).collect();
    new.area = again(
        &format!("Which part of life? {}:", areas.join(" · ")),
        |typed| Ok(typed.parse()?),
    )?;
    Ok(())
}

fn measure(typed: &str) -> Result<Measure> {
    let lower = typed.to_lowercase();
    if let Some(rest) = lower.strip_prefix("at least ") {
        let (amount, unit) = amount(rest)?;
        return Ok(Measure::AtLeast { amount, unit });
    }
    if let Some(rest) = lower.strip_prefix("at most ") {
        let (amount, unit) = amount(rest)?;
        return Ok(Measure::AtMost { amount, unit });
    }
    if let Some(rest) = lower.strip_prefix("since ") {
        let since = day(rest.trim(), "days_since")?;
        return Ok(Measure::DaysSince { since });
    }
    match lower.as_str() {
        "done" | "yes" => Ok(Measure::YesNo),
        "avoid" => Ok(Measure::Avoid),
        "steps" => Ok(steps(&[])),
        _ => Err(CliError::Input {
            field: "measure",
            rule: "unknown_word",
        }),
    }
}

fn ask_steps() -> Result<Measure> {
    let mut titles = Vec::new();
    while let Some(title) = line(&format!("Step {} (Enter: that is all):", titles.len() + 1))? {
        titles.push(title);
    }
    Ok(steps(&titles))
}

fn line(question: &str) -> Result<Option<String>> {
    Ok(prompt::line(question)?.filter(|answer| !answer.is_empty()))
}

/// Asks until what was typed can be read, or nothing was.
fn again<T>(question: &str, read: impl Fn(&str) -> Result<T>) -> Result<Option<T>> {
    use std::io::Write as _;
    loop {
        let Some(typed) = line(question)? else {
            return Ok(None);
        };
        match read(&typed) {
            Ok(value) => return Ok(Some(value)),
            // The question comes again right below, so a terminal that is gone shows itself there.
            Err(error) => {
                let _ = writeln!(std::io::stderr().lock(), "{}", tell(&error).sentence);
            }
        }
    }
}
