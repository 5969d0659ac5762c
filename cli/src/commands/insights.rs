//! `belay insights`: mood, feelings and goals over weeks, as lines a terminal can draw.

use belay_engine::model::CivilDay;
use belay_engine::model::insights::{WeekMood, WeekOutcomes};
use belay_engine::{GoalInsightView, InsightsView};
use clap::Args;

use crate::context::Context;
use crate::error::Result;
use crate::screen::{MINE, QUIET, Screen};
use crate::words::{list_of, shown_line};

/// From low to high; a gap is a dot.
const STEPS: [char; 8] = ['▁', '▂', '▃', '▄', '▅', '▆', '▇', '█'];
const GAP: char = '·';

#[derive(Debug, Args)]
pub struct InsightsArgs {
    /// The first day [default: twelve weeks ago]
    #[arg(long, value_name = "DAY")]
    from: Option<CivilDay>,
    /// The last day [default: today]
    #[arg(long, value_name = "DAY")]
    to: Option<CivilDay>,
}

/// Shows them.
pub fn run(args: &InsightsArgs, context: &Context, screen: &mut Screen) -> Result<()> {
    let engine = context.open(screen)?;
    let view = engine.insights(args.from, args.to)?;
    screen.show(&view, draw);
    Ok(())
}

fn draw(screen: &mut Screen, view: &InsightsView) {
    screen.heading(&format!("{} to {}, by week", view.first, view.last));
    let moods = |of: fn(&WeekMood) -> Option<u16>| -> String {
        let points = view.moods.iter().map(|week| of(week).map(step_of_scale));
        points
            .map(|point| point.map_or(GAP, |step| STEPS[step]))
            .collect()
    };
    line(
        screen,
        "mood",
        &moods(|week| week.mood_thousandths),
        "of 5, low to high",
    );
    line(
        screen,
        "energy",
        &moods(|week| week.energy_thousandths),
        "of 5, low to high",
    );
    if !view.feelings.is_empty() {
        let most = view
            .feelings
            .iter()
            .take(5)
            .map(|feeling| feeling.emotion.word());
        screen.line(format_args!("felt most often: {}", list_of(most)));
    }
    for goal in &view.goals {
        draw_goal(screen, goal);
    }
    screen.quiet("Nothing of this leaves this device.");
}

fn draw_goal(screen: &mut Screen, goal: &GoalInsightView) {
    screen.gap();
    let weeks: String = goal.weeks.iter().map(week_mark).collect();
    line(screen, &shown_line(&goal.title), &weeks, "days done a week");
    let mut known = Vec::new();
    if let Some(score) = goal.numbers.score {
        known.push(format!("line {score} of 1000"));
    }
    if let Some(usual) = goal.numbers.usual_recovery {
        known.push(format!("usually back after {usual} open"));
    }
    if let Some(beside) = goal.mood_beside {
        let mean = |t: u16| format!("{}.{}", t / 1_000, t % 1_000 / 100);
        known.push(format!(
            "mood {} on days done, {} on others; that they come together does not say why",
            mean(beside.done_thousandths),
            mean(beside.other_thousandths)
        ));
    }
    if !known.is_empty() {
        screen.quiet(&known.join(" · "));
    }
}

/// 1,000 to 5,000 on eight steps.
fn step_of_scale(thousandths: u16) -> usize {
    let above = usize::from(thousandths.clamp(1_000, 5_000) - 1_000);
    above * (STEPS.len() - 1) / 4_000
}

fn week_mark(week: &WeekOutcomes) -> char {
    match week.done + week.partly {
        0 if week.skipped + week.not_done == 0 => GAP,
        0 => STEPS[0],
        days => STEPS[usize::from(days.min(7))],
    }
}

fn line(screen: &mut Screen, name: &str, marks: &str, unit: &str) {
    let (marks, unit) = (screen.paint(MINE, marks), screen.paint(QUIET, unit));
    screen.line(format_args!("{name}  {marks}  {unit}"));
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_lowest_and_highest_mood_are_the_lowest_and_highest_mark() {
        assert_eq!(step_of_scale(1_000), 0);
        assert_eq!(step_of_scale(3_000), 3);
        assert_eq!(step_of_scale(5_000), 7);
    }
}
