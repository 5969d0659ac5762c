//! Statistics: the same as counting everything by hand, whatever was logged, changed or paused in between.
#![allow(clippy::unwrap_used, reason = "a test may stop at the first surprise")]

mod by_hand;

use std::collections::BTreeMap;

use belay_model::goals::{Amount, Measure, Pause, PausedDays, Schedule, Terms, Unit};
use belay_model::statistics::{DayFact, Ledger};
use belay_model::{CivilDay, OutcomeStatus, Weekday, WeekdaySet, back_after_days};
use by_hand::{Numbers, by_hand};
use proptest::option;
use proptest::prelude::*;
use proptest::sample::select;

fn day(n: i64) -> CivilDay {
    CivilDay::new(2026, 3, 2).unwrap().plus_days(n).unwrap() // a Monday
}

fn terms(schedule: Schedule, ends: Option<i64>) -> Terms {
    Terms {
        measure: Measure::AtLeast {
            amount: Amount::whole(10),
            unit: Unit::new("minutes").unwrap(),
        },
        schedule: Some(schedule),
        starts_on: day(0),
        ends_on: ends.map(day),
    }
}

fn fact(status: OutcomeStatus) -> DayFact {
    DayFact {
        status,
        amount: None,
    }
}

fn seen(ledger: &mut Ledger, today: i64) -> (Numbers, Option<u32>, Option<u32>, u32) {
    let standing = ledger.standing(day(today));
    let numbers = Numbers {
        score: standing.score(),
        counted: standing.counted(),
        days: [
            standing.done_days,
            standing.partly_days,
            standing.skipped_days,
            standing.not_done_days,
        ],
        total: standing.total_thousandths,
        returns: standing.latest_return().into_iter().collect(),
    };
    (
        numbers,
        standing.best_recovery(),
        standing.usual_recovery(),
        standing.returns(),
    )
}

fn schedule() -> impl Strategy<Value = Schedule> {
    prop_oneof![
        Just(Schedule::Daily),
        (1u8..128).prop_map(|bits| Schedule::Weekdays(WeekdaySet::from_bits(bits).unwrap())),
        (1u8..8).prop_map(Schedule::TimesPerWeek),
        (1u8..29).prop_map(Schedule::TimesPerMonth),
        (2u16..20).prop_map(Schedule::EveryDays),
        prop::collection::btree_set(0i64..110, 1..9)
            .prop_map(|days| Schedule::Dates(days.into_iter().map(day).collect())),
        (0i64..110).prop_map(|n| Schedule::OnceUntil(day(n))),
    ]
}

/// Something that happens to a goal.
#[derive(Debug, Clone)]
enum Step {
    Log(i64, OutcomeStatus, Option<u16>),
    TakeBack(i64),
    Pause(Vec<(i64, i64)>),
    Look(i64),
}

fn step() -> impl Strategy<Value = Step> {
    let log = (
        -10i64..110,
        select(OutcomeStatus::ALL),
        option::of(0u16..10),
    );
    prop_oneof![
        6 => log.prop_map(|(n, status, amount)| Step::Log(n, status, amount)),
        1 => (-10i64..110).prop_map(Step::TakeBack),
        1 => prop::collection::vec((0i64..110, 0i64..12), 0..4)
            .prop_map(|ranges| Step::Pause(ranges.into_iter().map(|(a, b)| (a, a + b)).collect())),
        4 => (0i64..110).prop_map(Step::Look),
    ]
}

proptest! {
    #[test]
    fn statistics_by_checkpoints_are_what_counting_everything_anew_gives(
        schedule in schedule(),
        ends in option::of(30i64..110),
        steps in prop::collection::vec(step(), 1..60),
    ) {
        let terms = terms(schedule, ends);
        let mut ledger = Ledger::new(terms.clone(), Weekday::Monday, PausedDays::default());
        let (mut facts, mut paused) = (BTreeMap::new(), Vec::new());
        for step in steps.into_iter().chain([Step::Look(109), Step::Look(50)]) {
            match step {
                Step::Log(n, status, amount) => {
                    let amount = amount.filter(|_| status == OutcomeStatus::Partly).map(Amount::whole);
                    facts.insert(n, DayFact { status, amount });
                    ledger.log(day(n), DayFact { status, amount });
                }
                Step::TakeBack(n) => {
                    facts.remove(&n);
                    ledger.take_back(day(n));
                }
                Step::Pause(ranges) => {
                    let pause = |(first, last): &(i64, i64)| Pause { first: day(*first), last: Some(day(*last)), reason: None };
                    let (own, everything) = ranges.split_at(ranges.len() / 2);
                    let list = |ranges: &[(i64, i64)]| ranges.iter().map(pause).collect::<Vec<_>>().into();
                    ledger.set_paused(PausedDays { own: list(own), everything: list(everything) });
                    paused = ranges;
                }
                Step::Look(today) => {
                    let mut expected = by_hand(day(0), &terms, &paused, &facts, today);
                    let mut lengths: Vec<u32> = expected.returns.iter().map(|back| back.after).collect();
                    lengths.sort_unstable();
                    let middle = lengths.get(lengths.len().saturating_sub(1) / 2).copied();
                    expected.returns = expected.returns.pop().into_iter().collect();
                    let best = lengths.first().copied();
                    prop_assert_eq!(seen(&mut ledger, today), (expected, best, middle, lengths.len() as u32));
                }
            }
        }
    }

    #[test]
    fn the_latest_return_is_the_one_the_pages_of_goals_tell(
        logged in prop::collection::btree_map(0i64..80, select(OutcomeStatus::ALL), 0..60),
    ) {
        let mut ledger = Ledger::new(terms(Schedule::Daily, None), Weekday::Monday, PausedDays::default());
        for (n, status) in &logged {
            ledger.log(day(*n), fact(*status));
        }
        let statuses = logged.iter().map(|(n, status)| (day(*n), *status));
        if let Some(told) = back_after_days(|on| on >= day(0), statuses, day(79)) {
            prop_assert_eq!(ledger.standing(day(79)).latest_return().unwrap().after, told);
        }
    }
}

#[test]
fn a_day_off_a_pause_and_an_open_today_take_nothing_away() {
    let mut ledger = Ledger::new(
        terms(Schedule::Daily, None),
        Weekday::Monday,
        PausedDays::default(),
    );
    for n in 0..10 {
        ledger.log(day(n), fact(OutcomeStatus::Done));
    }
    let before = ledger.standing(day(10));
    assert_eq!((before.score(), before.counted()), (Some(1000), 10));
    ledger.log(day(10), fact(OutcomeStatus::Skipped));
    let pause = Pause {
        first: day(11),
        last: None,
        reason: None,
    };
    ledger.set_paused(PausedDays {
        own: vec![pause].into(),
        everything: Vec::new().into(),
    });
    let after = ledger.standing(day(60));
    assert_eq!((after.score(), after.counted()), (Some(1000), 10));
    assert_eq!(ledger.last_14(day(60)).of, 0);
    ledger.log(day(61), fact(OutcomeStatus::Done));
    assert_eq!(
        ledger.standing(day(61)).returns(),
        0,
        "coming back from a holiday is no return"
    );
    assert_eq!(
        ledger.standing(day(61)).done_days,
        11,
        "what is done on a paused day is done"
    );
}

#[test]
fn after_one_new_outcome_ten_years_are_not_counted_again() {
    let mut ledger = Ledger::new(
        terms(Schedule::Daily, None),
        Weekday::Monday,
        PausedDays::default(),
    );
    for n in 0..3650 {
        ledger.log(day(n), fact(OutcomeStatus::Done));
    }
    ledger.standing(day(3650));
    let kept = ledger.checkpoints().len();
    assert!(kept > 120, "{kept} checkpoints");
    ledger.log(day(3650), fact(OutcomeStatus::Done));
    let behind = ledger
        .checkpoints()
        .last()
        .unwrap()
        .next
        .days_until(day(3650));
    assert!(behind < 29, "{behind} days are counted again");
    ledger.log(day(1800), fact(OutcomeStatus::NotDone));
    assert!(ledger.checkpoints().last().unwrap().next <= day(1800));
    assert_eq!(ledger.standing(day(3650)).not_done_days, 1);
}

#[test]
fn a_goal_without_schedule_has_totals_and_no_score() {
    let mut none = terms(Schedule::Daily, None);
    none.measure = Measure::DaysSince { since: day(0) };
    none.schedule = None;
    let mut ledger = Ledger::new(none, Weekday::Monday, PausedDays::default());
    ledger.log(day(3), fact(OutcomeStatus::NotDone));
    let standing = ledger.standing(day(9));
    assert_eq!(
        (standing.score(), standing.not_done_days, standing.returns()),
        (None, 1, 0)
    );
}

#[test]
fn weekdays_of_any_set_are_as_rare_as_said() {
    let weekend = Schedule::Weekdays(WeekdaySet::WEEKEND);
    let ledger = Ledger::new(terms(weekend, None), Weekday::Monday, PausedDays::default());
    let asked = ledger
        .marks(day(0), day(13))
        .filter(|(_, mark)| *mark == belay_model::DayMark::Nothing);
    assert_eq!(
        asked.map(|(on, _)| on).collect::<Vec<_>>(),
        [5, 6, 12, 13].map(day)
    );
}
