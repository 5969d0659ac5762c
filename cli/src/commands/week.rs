//! `belay week`: the review of a week, which begins with what went well.

use belay_engine::WeekReviewView;
use belay_engine::model::insights::ReviewPart;
use belay_engine::model::{CivilDay, DocName};
use clap::Args;

use crate::context::Context;
use crate::error::Result;
use crate::screen::{MINE, QUIET, Screen};
use crate::words::{and_list, shown, shown_line};

#[derive(Debug, Args)]
pub struct WeekArgs {
    /// Any day of the week, such as 2026-11-22 [default: today]
    #[arg(value_name = "DAY")]
    day: Option<CivilDay>,
}

/// Shows the week.
pub fn run(args: &WeekArgs, context: &Context, screen: &mut Screen) -> Result<()> {
    let engine = context.open(screen)?;
    let week = engine.week_review(args.day)?;
    screen.show(&week, draw);
    Ok(())
}

fn draw(screen: &mut Screen, view: &WeekReviewView) {
    let day = |day: CivilDay| day.to_naive().format("%-d %B").to_string();
    let (first, last) = (day(view.week.first), day(view.week.last));
    screen.heading(&format!("Your week, {first} to {last}"));
    for part in &view.parts {
        draw_part(screen, view, part);
    }
}

fn draw_part(screen: &mut Screen, view: &WeekReviewView, part: &ReviewPart) {
    let title = |goal: &DocName| {
        let named = view.goals.iter().find(|named| named.name == *goal);
        named.map_or_else(String::new, |named| shown_line(&named.title))
    };
    match part {
        ReviewPart::Wins(lines) => {
            said(
                screen,
                "What went well",
                lines.iter().map(|line| (line.on, line.text.as_str())),
            );
        }
        ReviewPart::CameBack { goal, after } => {
            let open = if *after == 1 {
                "1 open day".to_owned()
            } else {
                format!("{after} open days")
            };
            let line = format!("Back to {} after {open}.", title(goal));
            mine(screen, &line);
        }
        ReviewPart::Done(goals) => {
            for goal in goals {
                let line = match (goal.done, goal.partly) {
                    (0, partly) => format!("partly {}", times(partly)),
                    (done, 0) => times(done),
                    (done, partly) => format!("{}, partly {}", times(done), times(partly)),
                };
                mine(screen, &format!("● {}: {line}", title(&goal.goal)));
            }
        }
        ReviewPart::WasHere { days } => {
            let days = if *days == 1 {
                "one day".to_owned()
            } else {
                format!("{days} days")
            };
            mine(
                screen,
                &format!("On {days} you took a moment for yourself."),
            );
        }
        ReviewPart::HereNow => mine(screen, "You are here now. That is a beginning."),
        ReviewPart::Mood(mood) => {
            let mean = |thousandths: Option<u16>| {
                thousandths.map(|t| format!("{}.{}", t / 1_000, t % 1_000 / 100))
            };
            let known: Vec<String> = [
                mean(mood.mood_thousandths).map(|mean| format!("mood around {mean} of 5")),
                mean(mood.energy_thousandths).map(|mean| format!("energy around {mean} of 5")),
            ]
            .into_iter()
            .flatten()
            .collect();
            quiet(screen, &and_list(&known));
        }
        ReviewPart::Feelings(feelings) => {
            let words: Vec<&str> = feelings
                .iter()
                .take(5)
                .map(|feeling| feeling.emotion.word())
                .collect();
            quiet(screen, &format!("felt {}", and_list(&words)));
        }
        ReviewPart::WasHard(lines) => {
            said(
                screen,
                "What was hard",
                lines.iter().map(|line| (line.on, line.text.as_str())),
            );
        }
        ReviewPart::LookAhead => {
            screen.gap();
            screen.line("What would make next week a little lighter?");
        }
    }
}

fn said<'a>(screen: &mut Screen, heading: &str, lines: impl Iterator<Item = (CivilDay, &'a str)>) {
    screen.gap();
    screen.heading(heading);
    for (on, text) in lines {
        let text = shown(text).replace('\n', "\n      ");
        screen.line(format_args!("{}  {text}", on.to_naive().format("%a")));
    }
}

fn mine(screen: &mut Screen, line: &str) {
    let line = screen.paint(MINE, line);
    screen.line(line);
}

fn quiet(screen: &mut Screen, line: &str) {
    let line = screen.paint(QUIET, line);
    screen.line(line);
}

fn times(count: u8) -> String {
    match count {
        1 => "once".to_owned(),
        2 => "twice".to_owned(),
        count => format!("{count} times"),
    }
}
