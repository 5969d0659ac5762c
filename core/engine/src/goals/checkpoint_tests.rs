//! After one more outcome only the weeks behind it are read again, whatever was logged before.
#![allow(clippy::unwrap_used, reason = "a test may stop at the first surprise")]

use belay_model::{CivilDay, DocName, OutcomeStatus};

use crate::goals::frame::Frame;
use crate::sibling_tests::person;
use crate::{Engine, NewGoal, NewOutcome};

const DAYS: i64 = 200;

fn log(engine: &Engine, goal: DocName, on: CivilDay) {
    let new = NewOutcome {
        goal,
        on: Some(on),
        status: OutcomeStatus::Done,
        note: None,
        reason: None,
        amount: None,
    };
    engine.log_outcome(new).unwrap();
}

/// How many days lie behind the last checkpoint.
fn behind(engine: &Engine, goal: &DocName, today: CivilDay) -> i64 {
    let kept = engine.read(|tx| {
        let row = crate::goals::outcomes::goal_row(tx, goal)?;
        let framed = Frame::read(tx)?.of(&row.goal);
        crate::goals::checkpoints::of(tx, goal, &framed)
    });
    let last = kept.unwrap().last().map(|checkpoint| checkpoint.next);
    last.map_or(DAYS, |next| next.days_until(today))
}

#[test]
fn one_more_outcome_reads_a_few_weeks_again_and_never_the_years_before() {
    let (_dir, engine, _) = person();
    let today = engine.today_on().unwrap();
    let first = today.minus_days(DAYS).unwrap();
    let new = NewGoal {
        title: "Walk".into(),
        starts_on: Some(first),
        ..NewGoal::default()
    };
    let goal = engine.add_goal(new).unwrap().name;
    for back in (0..DAYS).step_by(9) {
        log(&engine, goal, today.minus_days(back).unwrap());
    }
    assert!(behind(&engine, &goal, today) < 28);
    let seen = engine.goal_page(&goal, None, None).unwrap().numbers;
    engine
        .write(|session| session.drop_all_checkpoints())
        .unwrap();
    assert_eq!(behind(&engine, &goal, today), DAYS);
    let anew = engine.goal_page(&goal, None, None).unwrap().numbers;
    assert_eq!(anew, seen, "counting everything gives the same");
    log(&engine, goal, first);
    assert!(behind(&engine, &goal, today) < 28, "they are left anew");
}
