//! Goals and pauses in documents: whatever two devices choose apart, both read the same afterwards.
#![allow(clippy::unwrap_used, reason = "a test may stop at the first surprise")]

use belay_model::goals::{Amount, Measure, Milestone, Pause, PauseReason, Schedule, Unit};
use belay_model::{DayStart, DocName, Goal, LifeArea, Moment, Outcome, OutcomeStatus, Settings};
use belay_protocol::DocKind;

use super::{Draft, SelfDocument};
use crate::DocumentError;

const PHONE: [u8; 16] = [1; 16];
const TABLET: [u8; 16] = [2; 16];
const NOW: i64 = 1_772_571_600_000;

fn goal() -> Goal {
    let created = Moment::with_offset(NOW, "Europe/Berlin", 3600).unwrap();
    Goal::new("Read".into(), Schedule::Daily, created, DayStart::MIDNIGHT)
}

fn steps(reached: &[&str]) -> Measure {
    let step = |title: &str| Milestone {
        title: title.into(),
        reached_on: reached
            .contains(&title)
            .then(|| "2026-03-03".parse().unwrap()),
    };
    Measure::Milestones(vec![step("call"), step("go"), step("tell")])
}

fn pause(first: &str, last: Option<&str>, reason: Option<PauseReason>) -> Pause {
    Pause {
        first: first.parse().unwrap(),
        last: last.map(|day| day.parse().unwrap()),
        reason,
    }
}

/// Writes on two devices that know the same and nothing of each other, and lets both read everything.
fn apart(kind: DocKind, before: &Draft, phone: &Draft, tablet: &Draft) -> SelfDocument {
    let mut first = SelfDocument::new(kind).unwrap();
    let mut changes = first.write(&PHONE, NOW, before).unwrap();
    let load = |changes: &[Vec<u8>]| SelfDocument::load(kind, changes).unwrap();
    let base = changes.clone();
    changes.extend(load(&base).write(&PHONE, NOW + 1, phone).unwrap());
    changes.extend(load(&base).write(&TABLET, NOW + 2, tablet).unwrap());
    let there = load(&changes);
    let last = changes.len() - 1;
    changes.swap(last - 1, last);
    assert_eq!(load(&changes).heads(), there.heads());
    there
}

#[test]
fn a_goal_with_everything_reads_back_what_was_written() {
    let mut whole = goal();
    whole.measure = Measure::AtLeast {
        amount: Amount::whole(20),
        unit: Unit::new("pages").unwrap(),
    };
    whole.schedule = Some(Schedule::TimesPerWeek(3));
    whole.ends_on = Some("2026-12-31".parse().unwrap());
    whole.archived_on = Some("2026-11-01".parse().unwrap());
    whole.why = Some("to rest".into());
    whole.obstacle = Some("the phone".into());
    whole.if_this = Some("I reach for it".into());
    whole.then_that = Some("I take the book".into());
    whole.strengths = Some("curious".into());
    whole.resources = Some("the library".into());
    whole.area = Some(LifeArea::Joy);
    whole.let_go = true;
    whole.learned = Some("evenings are too late".into());
    let ill = pause("2026-04-01", Some("2026-04-09"), Some(PauseReason::Ill));
    whole.pauses = vec![ill, pause("2026-05-01", None, None)].into();
    let mut document = SelfDocument::new(DocKind::Goal).unwrap();
    whole.reminders = ["07:30".parse().unwrap(), "21:00".parse().unwrap()].into();
    let all = |goal: &Goal, before: &SelfDocument| {
        let draft = Draft::new().goal(goal).pauses(&goal.pauses, before);
        draft.reminder_times(&goal.reminders, before)
    };
    let draft = all(&whole, &document);
    document.write(&PHONE, NOW, &draft).unwrap();
    assert_eq!(document.goal().unwrap(), whole);

    let bare = goal();
    let draft = all(&bare, &document);
    document.write(&PHONE, NOW + 1, &draft).unwrap();
    assert_eq!(
        document.goal().unwrap(),
        bare,
        "what was taken away is gone"
    );
}

#[test]
fn steps_that_two_devices_reached_both_stay() {
    let mut way = goal();
    (way.measure, way.schedule) = (steps(&[]), None);
    let reach = |steps: &[&str]| {
        let mut goal = way.clone();
        goal.measure = self::steps(steps);
        Draft::new().goal(&goal)
    };
    let there = apart(
        DocKind::Goal,
        &reach(&[]),
        &reach(&["call"]),
        &reach(&["tell"]),
    );
    assert_eq!(there.goal().unwrap().measure, steps(&["call", "tell"]));
    assert_eq!(there.goal().unwrap().schedule, None);
}

#[test]
fn a_kind_that_one_device_changed_back_while_another_changed_its_amount_can_be_read() {
    let of = |amount: Option<u16>| {
        let mut goal = goal();
        if let Some(amount) = amount {
            goal.measure = Measure::AtMost {
                amount: Amount::whole(amount),
                unit: Unit::new("cups").unwrap(),
            };
        }
        Draft::new().goal(&goal)
    };
    for (phone, tablet) in [(Some(2), None), (None, Some(2))] {
        let there = apart(DocKind::Goal, &of(Some(3)), &of(phone), &of(tablet));
        assert!(there.goal().is_ok(), "{phone:?} {tablet:?}");
    }
}

#[test]
fn pauses_of_two_devices_both_stay_and_one_ended_early_is_one() {
    let open = pause("2026-04-01", None, None);
    let week = pause("2026-04-05", Some("2026-04-12"), Some(PauseReason::Holiday));
    let ended = pause("2026-04-01", Some("2026-04-03"), None);
    for kind in [DocKind::Goal, DocKind::Settings] {
        let base = || match kind {
            DocKind::Goal => Draft::new().goal(&goal()),
            _ => Draft::new().settings(&Settings::default()),
        };
        let mut before = SelfDocument::new(kind).unwrap();
        let first = base().pauses(&vec![open].into(), &before);
        before.write(&PHONE, NOW, &first).unwrap();
        let phone = Draft::new().pauses(&vec![open, week].into(), &before);
        let tablet = Draft::new().pauses(&vec![ended].into(), &before);
        let there = apart(kind, &first, &phone, &tablet);
        let kept = there.pauses().unwrap();
        assert_eq!(kept.iter().collect::<Vec<_>>(), [&ended, &week]);
    }
}

#[test]
fn an_amount_counts_only_beside_the_status_it_was_logged_with() {
    let written = Moment::with_offset(NOW, "Europe/Berlin", 3600).unwrap();
    let on = "2026-03-03".parse().unwrap();
    let name = DocName::from_bytes([5; 16]);
    let of = |status, amount: Option<u16>| {
        let mut outcome = Outcome::new(on, status, written.clone(), DayStart::MIDNIGHT);
        outcome.amount = amount.map(Amount::whole);
        Draft::new().outcome(name, &outcome)
    };
    let partly = of(OutcomeStatus::Partly, Some(3));
    let done = of(OutcomeStatus::Done, Some(20));
    let there = apart(
        DocKind::Outcome,
        &partly,
        &done,
        &of(OutcomeStatus::Skipped, None),
    );
    let outcome = there.outcome().unwrap().outcome;
    let done_stands = outcome.status == OutcomeStatus::Done;
    assert_eq!(
        outcome.amount,
        done_stands.then_some(Amount::whole(20)),
        "nothing of what the other device said stays beside a skip"
    );
    let alone = SelfDocument::load(DocKind::Outcome, &{
        let mut document = SelfDocument::new(DocKind::Outcome).unwrap();
        document.write(&PHONE, NOW, &done).unwrap()
    });
    assert_eq!(
        alone.unwrap().outcome().unwrap().outcome.amount,
        Some(Amount::whole(20))
    );
}

#[test]
fn a_measure_that_is_none_is_not_guessed() {
    let mut document = SelfDocument::new(DocKind::Goal).unwrap();
    let mut draft = Draft::new().goal(&goal());
    draft.put_uint("kind", Some(2));
    draft.put_text("measure", Some("as it feels"));
    document.write(&PHONE, NOW, &draft).unwrap();
    let wrong = DocumentError::Field { field: "measure" };
    assert_eq!(document.goal(), Err(wrong));
}
