//! One goal with everything that is kept and counted of it.

use belay_engine::model::goals::{Amount, Measure};
use belay_engine::model::{CivilDay, Goal, Moment};
use belay_engine::{GoalNumbersView, GoalPageView};

use super::goal::draw_goal;
use crate::screen::{QUIET, Screen};
use crate::words::{shown, shown_line};

/// Draws the page.
pub fn draw_goal_page(screen: &mut Screen, number: usize, page: &GoalPageView, now: &Moment) {
    draw_goal(screen, number, &page.goal, now);
    let goal = &page.goal.goal;
    let plan = match (&goal.if_this, &goal.then_that) {
        (Some(if_this), Some(then_that)) => Some(format!("if {if_this}, then {then_that}")),
        _ => None,
    };
    for (name, text) in [
        ("in the way", &goal.obstacle),
        ("plan", &plan),
        ("strengths", &goal.strengths),
        ("helps", &goal.resources),
        ("learned", &goal.learned),
    ] {
        if let Some(text) = text {
            let text = shown(text).replace('\n', "\n     ");
            screen.line(format_args!("   {name}: {text}"));
        }
    }
    if let Some(area) = goal.area {
        screen.line(format_args!("   part of life: {area}"));
    }
    if let Measure::Milestones(steps) = &goal.measure {
        for step in steps {
            let title = shown_line(&step.title);
            match step.reached_on {
                Some(day) => screen.line(format_args!("   ● {title}, {day}")),
                None => screen.line(format_args!("   · {title}")),
            }
        }
    }
    for line in numbers(goal, &page.numbers, page.today) {
        let line = screen.paint(QUIET, &format!("   {line}"));
        screen.line(line);
    }
}

/// Kind sentences only: what is there, never what is not.
fn numbers(goal: &Goal, numbers: &GoalNumbersView, today: CivilDay) -> Vec<String> {
    let mut lines = Vec::new();
    if let Some(score) = numbers.score {
        lines.push(format!("line {score} of 1000"));
    }
    if numbers.done_days > 0 {
        lines.push(format!("{} done in all", days(numbers.done_days)));
    }
    if let Measure::AtLeast { unit, .. } | Measure::AtMost { unit, .. } = &goal.measure
        && let Ok(total) = Amount::from_thousandths(numbers.total_thousandths)
        && total > Amount::ZERO
    {
        lines.push(format!("{total} {} in all", shown_line(unit.as_str())));
    }
    if let Some(latest) = numbers.latest_return {
        let on = crate::times::near_day(latest.on, today);
        lines.push(format!("back after {}, {on}", times(latest.after)));
    }
    if let Some(best) = numbers.best_recovery
        && numbers.returns > 1
    {
        let usual = numbers.usual_recovery.unwrap_or(best);
        lines.push(format!(
            "back {} times, soonest after {}, usually after {}",
            numbers.returns,
            times(best),
            times(usual)
        ));
    }
    lines
}

fn days(count: u32) -> String {
    match count {
        1 => "1 day".to_owned(),
        count => format!("{count} days"),
    }
}

fn times(count: u32) -> String {
    match count {
        1 => "1 open time".to_owned(),
        count => format!("{count} open times"),
    }
}
