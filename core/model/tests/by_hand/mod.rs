//! Counts by the words of docs/statistics.md, day by day over everything, with nothing kept.
#![allow(clippy::unwrap_used, reason = "a test may stop at the first surprise")]

use std::collections::BTreeMap;

use belay_model::goals::{Amount, Schedule, Terms};
use belay_model::statistics::{DayFact, Return};
use belay_model::{CivilDay, OutcomeStatus};

/// Every number of a standing.
#[derive(Debug, PartialEq)]
pub struct Numbers {
    pub score: Option<u16>,
    pub counted: u32,
    pub days: [u32; 4],
    pub total: i64,
    pub returns: Vec<Return>,
}

/// Counts by the words of docs/statistics.md, day by day over everything, with nothing kept.
/// Days are counted from `base`, a Monday.
pub fn by_hand(
    base: CivilDay,
    terms: &Terms,
    paused: &[(i64, i64)],
    facts: &BTreeMap<i64, DayFact>,
    today: i64,
) -> Numbers {
    let day = |n: i64| base.plus_days(n).unwrap();
    let is_paused = |n: i64| {
        paused
            .iter()
            .any(|(first, last)| (*first..=*last).contains(&n))
    };
    let end = terms.ends_on.map_or(i64::MAX, |end| day(0).days_until(end));
    // Which occasion a day belongs to, how many times it asks, of how many days.
    let occasion = |n: i64| -> Option<(i64, u32, u32)> {
        if n < 0 || n > end {
            return None;
        }
        match terms.schedule.as_ref().unwrap() {
            Schedule::Daily => Some((n, 1, 1)),
            Schedule::Weekdays(days) => days.contains(day(n).weekday()).then_some((n, 1, 1)),
            Schedule::EveryDays(every) => (n % i64::from(*every) == 0).then_some((n, 1, 1)),
            Schedule::Dates(dates) => dates.contains(&day(n)).then_some((n, 1, 1)),
            Schedule::TimesPerWeek(times) => Some((n / 7, u32::from(*times), 7)),
            Schedule::TimesPerMonth(times) => {
                let (first, last) = (day(n).first_of_month(), day(n).last_of_month());
                let days = u32::try_from(first.days_until(last) + 1).unwrap();
                Some((base.days_until(first), u32::from(*times), days))
            }
            Schedule::OnceUntil(until) => (day(n) <= *until).then_some((0, 1, 1)),
        }
    };
    let skipped = |n: i64| {
        facts
            .get(&n)
            .is_some_and(|fact| fact.status == OutcomeStatus::Skipped)
    };
    let worth = |n: i64| {
        facts
            .get(&n)
            .map_or(0.0, |fact| match (fact.status, fact.amount) {
                (OutcomeStatus::Done, _) => 1000.0,
                (OutcomeStatus::Partly, Some(amount)) => (amount.thousandths() as f64 / 10.0)
                    .floor()
                    .clamp(1.0, 999.0),
                (OutcomeStatus::Partly, None) => 500.0,
                _ => 0.0,
            })
    };
    let mut numbers = Numbers {
        score: None,
        counted: 0,
        days: [0; 4],
        total: 0,
        returns: Vec::new(),
    };
    let (mut score, mut open, mut been_there) = (0i64, 0u32, false);
    let begin = facts.keys().next().map_or(0, |first| (*first).min(0));
    for n in begin..=today {
        if let Some(fact) = facts.get(&n) {
            numbers.days[fact.status as usize - 1] += 1;
            numbers.total += fact.amount.map_or(0, Amount::thousandths);
            if matches!(fact.status, OutcomeStatus::Done | OutcomeStatus::Partly) {
                if been_there && open > 0 {
                    numbers.returns.push(Return {
                        on: day(n),
                        after: open,
                    });
                }
                (been_there, open) = (true, 0);
            }
        }
        let Some((name, times, of)) = occasion(n) else {
            continue;
        };
        let all: Vec<i64> = (n - 120..n + 120)
            .filter(|m| occasion(*m).is_some_and(|other| other.0 == name))
            .collect();
        let last = *all.last().unwrap();
        // It is weighed once: on its last day, or today where that is earlier.
        if n != last.min(today) {
            continue;
        }
        let free = all
            .iter()
            .filter(|m| !(is_paused(**m) || skipped(**m) && **m <= today))
            .count();
        let fair = f64::from(times) * free as f64 / f64::from(of);
        let fair = ((fair - 0.5).ceil().max(0.0) as u32)
            .min(times)
            .min(free as u32);
        let credit: f64 = all.iter().filter(|m| **m <= today).map(|m| worth(*m)).sum();
        let complete = credit >= f64::from(fair) * 1000.0;
        if fair == 0 || (last >= today && !complete) {
            continue;
        }
        if all.iter().all(|m| worth(*m) == 0.0) && been_there {
            open += fair;
        }
        numbers.counted += 1;
        let reached =
            ((credit as i64).min(i64::from(fair) * 1000)) * 1_000_000 / (i64::from(fair) * 1000);
        let k = i64::from(numbers.counted);
        score = if reached >= score {
            score + (reached - score + k.min(10) - 1) / k.min(10)
        } else {
            score - (score - reached) / (2 * k).min(20)
        };
        numbers.score = Some(u16::try_from(score / 1000).unwrap());
    }
    numbers
}
