//! What is counted of goals through a real store, with its checkpoints, is what counting by hand gives.

#![allow(clippy::unwrap_used, reason = "a test may stop at the first surprise")]

use std::collections::BTreeMap;

use belay_engine::model::goals::{Amount, Measure, Pause, Schedule, Unit};
use belay_engine::model::statistics::DayFact;
use belay_engine::model::{CivilDay, DocName, OutcomeStatus, WeekdaySet};
use belay_engine::{Engine, GoalNumbersView, NewGoal, NewOutcome};
use proptest::option;
use proptest::prelude::*;
use proptest::sample::select;
use proptest::test_runner::{Config, TestRunner};

use crate::by_hand::by_hand;
use crate::common::Place;

/// The longest that one goal is followed.
const DAYS: i64 = 70;

/// Something that happens to a goal. Days are counted back from today.
#[derive(Debug, Clone)]
enum Step {
    Log(i64, OutcomeStatus, Option<u16>),
    TakeBack(i64),
    Pause {
        everything: bool,
        back: i64,
        days: i64,
    },
    Rebuild,
    Look,
}

fn step() -> impl Strategy<Value = Step> {
    let log = (0..DAYS, select(OutcomeStatus::ALL), option::of(0u16..12));
    prop_oneof![
        9 => log.prop_map(|(back, status, amount)| Step::Log(back, status, amount)),
        2 => (0..DAYS).prop_map(Step::TakeBack),
        2 => (any::<bool>(), 0..DAYS, 0i64..9)
            .prop_map(|(everything, back, days)| Step::Pause { everything, back, days }),
        1 => Just(Step::Rebuild),
        4 => Just(Step::Look),
    ]
}

fn schedule() -> impl Strategy<Value = Schedule> {
    prop_oneof![
        Just(Schedule::Daily),
        (1u8..128).prop_map(|bits| Schedule::Weekdays(WeekdaySet::from_bits(bits).unwrap())),
        (1u8..8).prop_map(Schedule::TimesPerWeek),
        (1u8..29).prop_map(Schedule::TimesPerMonth),
        (2u16..20).prop_map(Schedule::EveryDays),
    ]
}

fn ten_minutes() -> Measure {
    Measure::AtLeast {
        amount: Amount::whole(10),
        unit: Unit::new("minutes").unwrap(),
    }
}

struct Followed<'a> {
    engine: &'a Engine,
    goal: DocName,
    base: CivilDay,
    today: i64,
    schedule: Schedule,
    facts: BTreeMap<i64, DayFact>,
    paused: Vec<(i64, i64)>,
    everything: Vec<Pause>,
}

impl Followed<'_> {
    fn day(&self, n: i64) -> CivilDay {
        self.base.plus_days(n).unwrap()
    }

    fn step(&mut self, step: &Step) {
        match step {
            Step::Log(back, status, amount) => {
                let n = self.today - back;
                let amount = amount.filter(|_| *status != OutcomeStatus::Skipped);
                let logged = self.engine.log_outcome(NewOutcome {
                    goal: self.goal,
                    on: Some(self.day(n)),
                    status: *status,
                    note: None,
                    reason: None,
                    amount: amount.map(Amount::whole),
                });
                let outcome = logged.unwrap().outcome;
                self.facts.insert(n, DayFact::from(&outcome));
            }
            Step::TakeBack(back) => {
                let n = self.today - back;
                let there = self.facts.remove(&n).is_some();
                let undone = self.engine.undo_outcome(&self.goal, self.day(n));
                assert_eq!(undone.is_ok(), there);
            }
            Step::Pause {
                everything,
                back,
                days,
            } => {
                let first = self.today - back;
                let pause = Pause {
                    first: self.day(first),
                    last: Some(self.day(first + days)),
                    reason: None,
                };
                let of = (!everything).then_some(&self.goal);
                if self.engine.pause_goals(of, pause).is_ok() {
                    self.paused.push((first, first + days));
                    self.everything.extend(everything.then_some(pause));
                }
            }
            Step::Rebuild => self.engine.rebuild_projection().unwrap(),
            Step::Look => self.look(),
        }
    }

    fn look(&self) {
        let page = self.engine.goal_page(&self.goal, None, None).unwrap();
        let terms = page.goal.goal.terms();
        assert_eq!(terms.schedule.as_ref(), Some(&self.schedule));
        let expected = by_hand(self.base, &terms, &self.paused, &self.facts, self.today);
        let returns: Vec<u32> = expected.returns.iter().map(|back| back.after).collect();
        let seen = page.numbers;
        assert_eq!(
            GoalNumbersView {
                score: expected.score,
                occasions: expected.counted,
                returns: u32::try_from(returns.len()).unwrap(),
                latest_return: expected.returns.last().copied(),
                best_recovery: returns.iter().min().copied(),
                usual_recovery: seen.usual_recovery,
                done_days: expected.days[0],
                partly_days: expected.days[1],
                skipped_days: expected.days[2],
                not_done_days: expected.days[3],
                total_thousandths: expected.total,
            },
            seen
        );
    }
}

#[test]
fn whatever_is_logged_taken_back_and_paused_is_counted_as_by_hand() {
    let place = Place::new();
    let engine = place.create(None);
    let base: CivilDay = "2026-03-02".parse().unwrap();
    let mut runner = TestRunner::new(Config::with_cases(24));
    let story = (schedule(), 0..DAYS, prop::collection::vec(step(), 1..28));
    let today = engine.today_on().unwrap();
    place.clock.advance_ms(DAYS * 86_400_000);
    assert_eq!(today, base);
    runner
        .run(&story, |(schedule, starts, steps)| {
            let base = base.plus_days(starts - starts % 7).unwrap();
            let new = NewGoal {
                title: "Practise".into(),
                schedule: schedule.clone(),
                measure: Some(ten_minutes()),
                starts_on: Some(base),
                ..NewGoal::default()
            };
            let mut followed = Followed {
                engine: &engine,
                goal: engine.add_goal(new).unwrap().name,
                base,
                today: base.days_until(engine.today_on().unwrap()),
                schedule,
                facts: BTreeMap::new(),
                paused: Vec::new(),
                everything: Vec::new(),
            };
            for step in steps.iter().chain([&Step::Look]) {
                followed.step(step);
            }
            for pause in &followed.everything {
                engine.take_back_pause(None, pause).unwrap();
            }
            Ok(())
        })
        .unwrap();
}
