//! Goals that count, as a partner sees them: amounts, steps and plans by their own fields only.

#![allow(clippy::unwrap_used, reason = "a test may stop at the first surprise")]

use std::collections::BTreeMap;

use belay_e2e::{Companion, TestRelay, pair};
use belay_engine::model::goals::{Amount, Measure, Schedule, Unit};
use belay_engine::model::{GoalFields, OutcomeStatus, SharedGoal, SharedOutcome};
use belay_engine::{NewGoal, NewOutcome};
use belay_testkit::FakeClock;

const START_MS: i64 = 1_772_476_200_000;

fn pages() -> Measure {
    Measure::AtLeast {
        amount: Amount::whole(20),
        unit: Unit::new("pages").unwrap(),
    }
}

/// What Sam has of Ada's goal with these fields, and of a day on which she read twelve pages.
async fn seen(words: &str) -> (SharedGoal, Vec<SharedOutcome>) {
    let clock = FakeClock::at(START_MS, "Europe/Berlin");
    let relay = TestRelay::start(&clock).await;
    let (ada, sam) = (
        Companion::new("Ada", &clock, 1),
        Companion::new("Sam", &clock, 2),
    );
    let space = pair(&ada, &sam, relay.origin()).await;
    let fields: GoalFields = words.parse().unwrap();
    let new = NewGoal {
        title: "Read".to_owned(),
        schedule: Schedule::TimesPerWeek(3),
        measure: Some(pages()),
        obstacle: Some("the phone".to_owned()),
        if_this: Some("I reach for it".to_owned()),
        then_that: Some("I take the book".to_owned()),
        audience: BTreeMap::from([(space, fields)]),
        ..NewGoal::default()
    };
    let goal = ada.engine.add_goal(new).unwrap().name;
    let twelve = NewOutcome {
        goal,
        on: None,
        status: OutcomeStatus::Done,
        note: None,
        reason: None,
        amount: Some(Amount::whole(12)),
    };
    let previewed = ada.engine.preview_outcome(&twelve).unwrap();
    ada.engine.log_outcome(twelve).unwrap();
    let learned = Some("mornings are quieter");
    ada.engine.let_go_of_goal(&goal, learned).unwrap();
    clock.advance_ms(11_000);
    ada.sync().await;
    sam.sync().await;
    let mut page = sam.engine.partner(&space).unwrap();
    let shown = page.goals.remove(0);
    let previewed = previewed.iter().flat_map(|preview| &preview.outcomes);
    let previewed: Vec<&SharedOutcome> = previewed.map(|shown| &shown.outcome).collect();
    assert_eq!(shown.outcomes.iter().collect::<Vec<_>>(), previewed);
    assert!(
        !format!("{shown:?}").contains("mornings"),
        "learned is for oneself"
    );
    (shown.goal, shown.outcomes)
}

#[tokio::test]
async fn an_amount_and_a_plan_are_shared_only_by_their_fields() {
    let (goal, outcomes) = seen("title, schedule, status").await;
    assert_eq!(goal.schedule, Some(Schedule::TimesPerWeek(3)));
    assert_eq!(
        (&goal.measure, &goal.obstacle, &goal.then_that),
        (&None, &None, &None)
    );
    assert!(goal.archived);
    assert_eq!(outcomes[0].status, OutcomeStatus::Partly);
    assert_eq!(
        outcomes[0].amount, None,
        "the status goes without the value"
    );

    let (goal, outcomes) = seen("title, status, amount, plan").await;
    assert_eq!((goal.schedule, goal.measure), (None, Some(pages())));
    assert_eq!(goal.obstacle.as_deref(), Some("the phone"));
    assert_eq!(goal.then_that.as_deref(), Some("I take the book"));
    assert_eq!(outcomes[0].amount, Some(Amount::whole(12)));
}
