//! Goals and outcomes: shape and word together, never colour alone.

use belay_engine::GoalView;
use belay_engine::model::goals::Measure;
use belay_engine::model::{
    DayMark, Goal, GoalFields, Last14, Moment, OutcomeStatus, Schedule, SharedGoal, SharedOutcome,
    publish_goal,
};

use super::check_in::delivery_words;
use crate::screen::{HEADING, QUIET, ROPE, Screen};
use crate::words::{list_of, partner_name, shown, shown_line};

/// The shape of a status.
pub fn status_mark(status: OutcomeStatus) -> &'static str {
    match status {
        OutcomeStatus::Done => "●",
        OutcomeStatus::Partly => "◐",
        OutcomeStatus::Skipped => "⊖",
        OutcomeStatus::NotDone => "○",
    }
}

fn day_mark(mark: DayMark) -> &'static str {
    match mark {
        DayMark::Done => "●",
        DayMark::Partly => "◐",
        DayMark::Skipped => "⊖",
        DayMark::NotDone => "○",
        DayMark::Nothing => "·",
        DayMark::NotDue => " ",
    }
}

/// `, done on Tue` and so on: the words after an outcome's goal.
pub fn outcome_words(outcome: &SharedOutcome) -> String {
    let mut words = format!(": {}", outcome.status);
    if let Some(amount) = outcome.amount {
        words.push_str(&format!(" ({amount})"));
    }
    if let Some(reason) = &outcome.reason {
        words.push_str(&format!(" ({})", shown_line(reason)));
    }
    if let Some(note) = &outcome.note {
        words.push_str(&format!(", “{}”", shown_line(note)));
    }
    if outcome.late {
        words.push_str(" · written later");
    }
    words
}

/// Draws an own goal.
pub fn draw_goal(screen: &mut Screen, number: usize, view: &GoalView, now: &Moment) {
    let goal = &view.goal;
    let title = screen.paint(HEADING, &shown_line(&goal.title));
    screen.line(format_args!(
        "{number}. {title}  {}, {}",
        asked_words(&goal.measure, goal.schedule.as_ref()),
        today_words(view)
    ));
    let marks: Vec<&str> = view
        .last_14
        .days
        .iter()
        .skip_while(|day| day.mark == DayMark::NotDue)
        .map(|day| day_mark(day.mark))
        .collect();
    let marks = screen.paint(QUIET, &marks.join(" "));
    screen.line(format_args!("   {marks}  {}", kind_sentence(&view.last_14)));
    if let Some(why) = &goal.why {
        let why = shown(why).replace('\n', "\n     ");
        screen.line(format_args!("   why: {why}"));
    }
    for shared in &view.shared_with {
        if shared.fields.is_empty() {
            continue;
        }
        let line = format!(
            "   {} sees: {}{}",
            partner_name(&shared.partner),
            list_of(shared.fields.words()),
            delivery_words(shared, now)
                .map(|state| format!(" · {state}"))
                .unwrap_or_default()
        );
        let line = screen.paint(ROPE, &line);
        screen.line(line);
    }
}

/// How much and how often: `at least 20 pages, 3 per week`.
fn asked_words(measure: &Measure, schedule: Option<&Schedule>) -> String {
    let counted = match measure {
        Measure::YesNo => None,
        Measure::AtLeast { amount, unit } => {
            Some(format!("at least {amount} {}", shown_line(unit.as_str())))
        }
        Measure::AtMost { amount, unit } => {
            Some(format!("at most {amount} {}", shown_line(unit.as_str())))
        }
        Measure::Avoid => Some("to do without".to_owned()),
        Measure::Milestones(steps) => {
            let reached = steps.iter().filter(|step| step.reached_on.is_some());
            Some(format!("{} of {} steps", reached.count(), steps.len()))
        }
        Measure::DaysSince { since } => Some(format!("days since {since}")),
    };
    let often = schedule.map(Schedule::to_string);
    let words: Vec<String> = counted.into_iter().chain(often).collect();
    words.join(", ")
}

fn today_words(view: &GoalView) -> String {
    if view.goal.let_go {
        return "let go".to_owned();
    }
    if view.goal.archived_on.is_some() {
        return "put away".to_owned();
    }
    if let Some(since) = &view.days_since {
        return format!(
            "{} now, longest {}, {} in all",
            since.now, since.longest, since.total
        );
    }
    let left = view.times_left.zip(view.due_until);
    let left = left.map(|(times, until)| format!("{times} more by {until}"));
    match (&view.today, left) {
        (Some(outcome), _) => {
            let amount = outcome.amount.map(|amount| format!(" ({amount})"));
            let amount = amount.unwrap_or_default();
            let mark = status_mark(outcome.status);
            format!("{mark} {}{amount} today", outcome.status)
        }
        (None, _) if view.paused_today => "paused".to_owned(),
        (None, Some(left)) => left,
        (None, None) if view.due_today => "due today".to_owned(),
        (None, None) => "not due today".to_owned(),
    }
}

/// `11 of the last 14`, without a streak and without blame.
fn kind_sentence(last: &Last14) -> String {
    if last.of == 0 {
        return "just begun".to_owned();
    }
    let partly = match last.partly {
        0 => String::new(),
        partly => format!(", {partly} partly"),
    };
    format!("{} of the last {}{partly}", last.done, last.of)
}

/// Draws exactly what a partner will see of a goal.
pub fn draw_goal_share(screen: &mut Screen, partner: &str, goal: &Goal, fields: GoalFields) {
    let partner = partner_name(partner);
    let Some(shared) = publish_goal(goal, fields) else {
        screen.line(format_args!("{partner} will see nothing of this goal."));
        return;
    };
    let heading = screen.paint(ROPE, &format!("What {partner} will see"));
    screen.line(heading);
    draw_shared_goal(screen, "  ", &shared);
    let outcomes = outcome_rule(fields);
    screen.line(format_args!("  {outcomes}"));
}

/// The lines of a shared goal.
pub(super) fn draw_shared_goal(screen: &mut Screen, indent: &str, shared: &SharedGoal) {
    let title = screen.paint(HEADING, &shown_line(&shared.title));
    let measure = shared.measure.as_ref().unwrap_or(&Measure::YesNo);
    let mut schedule = asked_words(measure, shared.schedule.as_ref());
    if !schedule.is_empty() {
        schedule.insert_str(0, "  ");
    }
    let archived = if shared.archived { "  · put away" } else { "" };
    screen.line(format_args!("{indent}{title}{schedule}{archived}"));
    if let Some(why) = &shared.why {
        let why = shown(why).replace('\n', &format!("\n{indent}    "));
        screen.line(format_args!("{indent}  why: {why}"));
    }
    for (name, text) in [
        ("in the way", &shared.obstacle),
        ("if", &shared.if_this),
        ("then", &shared.then_that),
        ("strengths", &shared.strengths),
        ("helps", &shared.resources),
    ] {
        if let Some(text) = text {
            let text = shown(text).replace('\n', &format!("\n{indent}    "));
            screen.line(format_args!("{indent}  {name}: {text}"));
        }
    }
}

fn outcome_rule(fields: GoalFields) -> String {
    use belay_engine::model::GoalField::{Amount, Misses, Note, SkipReason, Status};
    if !fields.contains(Status) {
        return "and nothing of how it goes.".to_owned();
    }
    let mut words = "and each day that is done, partly done or skipped".to_owned();
    if fields.contains(Amount) {
        words.push_str(", with how much it was");
    }
    if fields.contains(SkipReason) {
        words.push_str(", with the reason");
    }
    if fields.contains(Note) {
        words.push_str(", with your note");
    }
    words.push_str(if fields.contains(Misses) {
        "; also days that are not done."
    } else {
        "; never a day that is not done."
    });
    words
}
