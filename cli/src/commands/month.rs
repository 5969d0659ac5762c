//! `belay month`: one month at a glance, with the mood of each day.

use belay_engine::model::CivilDay;
use belay_engine::{MonthDayView, MonthView};
use clap::Args;

use crate::context::Context;
use crate::draw::mood_shape;
use crate::error::Result;
use crate::screen::{MINE, QUIET, Screen};

/// A column of the calendar: two digits, a mark, a space.
const COLUMN: usize = 4;

#[derive(Debug, Args)]
pub struct MonthArgs {
    /// Any day of the month, such as 2026-11-22 [default: today]
    #[arg(value_name = "DAY")]
    day: Option<CivilDay>,
}

/// Shows the month.
pub fn run(args: &MonthArgs, context: &Context, screen: &mut Screen) -> Result<()> {
    let engine = context.open(screen)?;
    let day = match args.day {
        Some(day) => day,
        None => engine.today_on()?,
    };
    let month = engine.month(day)?;
    screen.show(&month, draw);
    Ok(())
}

fn draw(screen: &mut Screen, month: &MonthView) {
    screen.heading(&month.first.to_naive().format("%B %Y").to_string());
    screen.quiet(" Mo  Tu  We  Th  Fr  Sa  Su");
    let before = usize::from(month.first.weekday().number() - 1);
    let mut line = " ".repeat(before * COLUMN);
    for on in month.first.through(month.last) {
        let day = month.days.iter().find(|day| day.on == on);
        line.push_str(&cell(screen, on, day));
        if on.weekday().number() == 7 || on == month.last {
            screen.line(line.trim_end());
            line.clear();
        }
    }
    let check_ins: u32 = month.days.iter().map(|day| day.check_ins).sum();
    let entries: u32 = month.days.iter().map(|day| day.entries).sum();
    screen.gap();
    screen.quiet(&format!(
        "{} with something written · check-ins {check_ins} · journal {entries}",
        match month.days.len() {
            1 => "1 day".to_owned(),
            days => format!("{days} days"),
        }
    ));
}

/// The day's number and, where something was written, how it felt: the last mood, or a dot.
fn cell(screen: &Screen, on: CivilDay, day: Option<&MonthDayView>) -> String {
    let number = on.to_naive().format("%e");
    match day {
        None => format!("{} ", screen.paint(QUIET, &format!("{number} "))),
        Some(day) => {
            let felt = day.moods.last().copied().map_or("·", mood_shape);
            format!("{number}{} ", screen.paint(MINE, felt))
        }
    }
}
