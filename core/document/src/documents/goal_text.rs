//! How a goal counts and how often it is due, as one text each: the same in documents and in records, so that
//! no half of two choices remains after a merge.

use belay_model::goals::{Amount, Measure, Milestone, Schedule, Unit};
use belay_model::{CivilDay, WeekdaySet};

/// Stands where a goal has no schedule.
const NONE: &str = "none";
/// Stands before a step that is not reached.
const OPEN: &str = "-";

/// The text of a schedule; `none` where there is none.
pub(crate) fn schedule_text(schedule: Option<&Schedule>) -> String {
    let Some(schedule) = schedule else {
        return NONE.to_owned();
    };
    match schedule {
        Schedule::Daily => "daily".to_owned(),
        Schedule::Weekdays(days) => format!("weekdays {}", days.to_bits()),
        Schedule::TimesPerWeek(times) => format!("week {times}"),
        Schedule::TimesPerMonth(times) => format!("month {times}"),
        Schedule::EveryDays(days) => format!("every {days}"),
        Schedule::Dates(dates) => {
            let dates: Vec<String> = dates.iter().map(CivilDay::to_string).collect();
            format!("dates {}", dates.join(" "))
        }
        Schedule::OnceUntil(day) => format!("until {day}"),
    }
}

/// Reads what [`schedule_text`] writes; nothing else, and nothing that no schedule may be.
pub(crate) fn parse_schedule(text: &str) -> Option<Option<Schedule>> {
    let schedule = match text.split_once(' ') {
        None if text == NONE => return Some(None),
        None => Schedule::Daily,
        Some(("weekdays", bits)) => Schedule::Weekdays(WeekdaySet::from_bits(bits.parse().ok()?)?),
        Some(("week", times)) => Schedule::TimesPerWeek(times.parse().ok()?),
        Some(("month", times)) => Schedule::TimesPerMonth(times.parse().ok()?),
        Some(("every", days)) => Schedule::EveryDays(days.parse().ok()?),
        Some(("dates", dates)) => {
            let dates = dates.split(' ').map(|day| day.parse().ok());
            Schedule::Dates(dates.collect::<Option<_>>()?)
        }
        Some(("until", day)) => Schedule::OnceUntil(day.parse().ok()?),
        Some(_) => return None,
    };
    schedule.validate().ok()?;
    (schedule_text(Some(&schedule)) == text).then_some(Some(schedule))
}

/// The text of a measure.
pub(crate) fn measure_text(measure: &Measure) -> String {
    let amount = |word: &str, amount: Amount, unit: &Unit| {
        format!("{word} {} {}", amount.thousandths(), unit.as_str())
    };
    match measure {
        Measure::YesNo => "yes_no".to_owned(),
        Measure::AtLeast { amount: n, unit } => amount("at_least", *n, unit),
        Measure::AtMost { amount: n, unit } => amount("at_most", *n, unit),
        Measure::Avoid => "avoid".to_owned(),
        Measure::DaysSince { since } => format!("since {since}"),
        Measure::Milestones(steps) => steps.iter().fold("steps".to_owned(), |text, step| {
            let day = step
                .reached_on
                .map_or(OPEN.to_owned(), |day| day.to_string());
            format!("{text}\n{day} {}", step.title)
        }),
    }
}

/// Reads what [`measure_text`] writes; nothing else, and nothing that no measure may be.
pub(crate) fn parse_measure(text: &str) -> Option<Measure> {
    let amount = |rest: &str| {
        let (n, unit) = rest.split_once(' ')?;
        let n = Amount::from_thousandths(n.parse().ok()?).ok()?;
        Some((n, Unit::new(unit).ok()?))
    };
    let (first, steps) = text
        .split_once('\n')
        .map_or((text, None), |(first, steps)| (first, Some(steps)));
    let measure = match (first.split_once(' '), steps) {
        (None, Some(steps)) => {
            Measure::Milestones(steps.split('\n').map(parse_step).collect::<Option<_>>()?)
        }
        (None, None) if first == "avoid" => Measure::Avoid,
        (None, None) => Measure::YesNo,
        (Some(("at_least", rest)), None) => {
            let (amount, unit) = amount(rest)?;
            Measure::AtLeast { amount, unit }
        }
        (Some(("at_most", rest)), None) => {
            let (amount, unit) = amount(rest)?;
            Measure::AtMost { amount, unit }
        }
        (Some(("since", day)), None) => Measure::DaysSince {
            since: day.parse().ok()?,
        },
        _ => return None,
    };
    measure.validate().ok()?;
    (measure_text(&measure) == text).then_some(measure)
}

fn parse_step(line: &str) -> Option<Milestone> {
    let (day, title) = line.split_once(' ')?;
    let reached_on = if day == OPEN {
        None
    } else {
        Some(day.parse().ok()?)
    };
    Some(Milestone {
        title: title.to_owned(),
        reached_on,
    })
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test may stop at the first surprise")]

    use proptest::prelude::*;

    use super::*;

    fn day(text: &str) -> CivilDay {
        text.parse().unwrap()
    }

    #[test]
    fn every_schedule_and_measure_has_one_text() {
        for (schedule, text) in [
            (None, "none"),
            (Some(Schedule::Daily), "daily"),
            (
                Some(Schedule::Weekdays(WeekdaySet::MONDAY_TO_FRIDAY)),
                "weekdays 31",
            ),
            (Some(Schedule::TimesPerWeek(3)), "week 3"),
            (Some(Schedule::TimesPerMonth(28)), "month 28"),
            (Some(Schedule::EveryDays(3)), "every 3"),
            (
                Some(Schedule::Dates(
                    [day("2026-06-01"), day("2026-05-01")].into(),
                )),
                "dates 2026-05-01 2026-06-01",
            ),
            (
                Some(Schedule::OnceUntil(day("2026-05-01"))),
                "until 2026-05-01",
            ),
        ] {
            assert_eq!(schedule_text(schedule.as_ref()), text);
            assert_eq!(parse_schedule(text), Some(schedule));
        }
        let (amount, unit) = (Amount::whole(20), Unit::new("big pages").unwrap());
        let step = |title: &str, reached_on| Milestone {
            title: title.to_owned(),
            reached_on,
        };
        for (measure, text) in [
            (Measure::YesNo, "yes_no"),
            (Measure::Avoid, "avoid"),
            (
                Measure::AtLeast {
                    amount,
                    unit: unit.clone(),
                },
                "at_least 20000 big pages",
            ),
            (Measure::AtMost { amount, unit }, "at_most 20000 big pages"),
            (
                Measure::DaysSince {
                    since: day("2026-01-01"),
                },
                "since 2026-01-01",
            ),
            (
                Measure::Milestones(vec![
                    step("call them", Some(day("2026-03-03"))),
                    step("- go", None),
                ]),
                "steps\n2026-03-03 call them\n- - go",
            ),
        ] {
            assert_eq!(measure_text(&measure), text);
            assert_eq!(parse_measure(text), Some(measure));
        }
    }

    #[test]
    fn what_no_goal_may_ask_is_not_read() {
        for text in [
            "",
            "Daily",
            "week 0",
            "week 8",
            "week 03",
            "month 29",
            "every 1",
            "dates ",
            "dates 2026-06-01 2026-05-01",
            "until 2026-02-30",
            "weekdays 0",
            "sometimes 3",
        ] {
            assert_eq!(parse_schedule(text), None, "{text:?}");
        }
        for text in [
            "",
            "steps",
            "steps\n",
            "steps\n- a\n- a",
            "at_least 0 pages",
            "at_least -1 pages",
            "at_most 1",
            "at_most 1  pages",
            "since never",
            "since 2026-01-01\n- a",
            "perhaps",
        ] {
            assert_eq!(parse_measure(text), None, "{text:?}");
        }
    }

    proptest! {
        #[test]
        fn whatever_is_read_is_written_the_same(text in "(steps|at_least|since|week|dates|every|until|-|\n| |[0-9]{1,4}|2026-0[1-9]-0[1-9]){0,6}") {
            if let Some(schedule) = parse_schedule(&text) {
                prop_assert_eq!(schedule_text(schedule.as_ref()), text.clone());
            }
            if let Some(measure) = parse_measure(&text) {
                prop_assert_eq!(measure_text(&measure), text);
            }
        }
    }
}
