//! Pausing is silent, nothing leaks after it, and what comes out afterwards is chosen.

#![allow(clippy::unwrap_used, reason = "a test may stop at the first surprise")]

use crate::cast;

use std::collections::BTreeMap;

use belay_engine::model::{GoalField, GoalFields, OutcomeStatus, ResponseKind, Schedule};
use belay_engine::{
    BelayError, DeliveryView, NewCheckIn, NewGoal, NewOutcome, NewResponse,
    PartnershipStandingView, SettingsEdit, Waited,
};
use cast::{DAY_MS, HOLD_MS, cast, check_in};

#[tokio::test]
async fn while_sharing_is_paused_nothing_leaves_but_what_a_quiet_week_sends_too() {
    let cast = cast().await;
    let had = cast.ada_writes("had before");
    cast.exchange().await;
    let waiting = cast.ada_writes("still held");
    let paused = cast.ada.engine.pause_sharing(&cast.space).unwrap();
    assert!(paused.paused);
    cast.ada.engine.pause_sharing(&cast.space).unwrap();
    assert_eq!(cast.delivery(&waiting), Some(DeliveryView::Paused));
    let edit = NewCheckIn {
        audience: None,
        ..check_in(cast.space, "edited meanwhile")
    };
    cast.ada.engine.edit_check_in(&had, edit).unwrap();
    cast.ada_writes("written meanwhile");
    cast.ada
        .engine
        .edit_settings(SettingsEdit {
            display_name: Some("Ada Renamed".to_owned()),
            ..SettingsEdit::default()
        })
        .unwrap();
    cast.sam_writes("still reaches you");
    for _ in 0..40 {
        cast.clock.advance_ms(DAY_MS);
        cast.sam.sync().await;
        assert!(cast.ada.sync().await.troubles.is_empty());
    }
    cast.sam.sync().await;
    assert_eq!(cast.wins(), ["had before"]);
    let decoded = cast.decoded_by_sam();
    assert!(!decoded.contains("meanwhile") && !decoded.contains("still held"));
    assert!(!decoded.contains("Renamed"));

    // Silent: acknowledgements and new keys come as ever, nothing is missing, and no word says "paused".
    let seen = cast.sam_sees();
    assert!(!seen.incomplete && !seen.may_be_behind);
    assert_eq!(seen.standing, PartnershipStandingView::Active);
    let sam = cast.sam.engine.check_ins(1).unwrap();
    assert_eq!(
        sam[0].shared_with[0].delivery,
        Some(DeliveryView::Received),
        "acknowledgements go on"
    );
    let page = cast.ada.engine.partner(&cast.space).unwrap();
    assert_eq!(page.check_ins.len(), 1, "what they share still arrives");
}

#[tokio::test]
async fn after_a_pause_what_they_had_is_brought_up_to_date_and_the_rest_stays_unless_chosen() {
    let cast = cast().await;
    let edited = cast.ada_writes("first words");
    let regretted = cast.ada_writes("regretted");
    cast.exchange().await;
    assert_eq!(cast.wins().len(), 2);
    let kept = cast.ada_writes("kept back");
    cast.ada.engine.pause_sharing(&cast.space).unwrap();
    let edit = NewCheckIn {
        audience: None,
        ..check_in(cast.space, "better words")
    };
    cast.ada.engine.edit_check_in(&edited, edit).unwrap();
    cast.ada.engine.undo_check_in(&regretted).unwrap();
    let new = cast.ada_writes("written meanwhile");
    assert_eq!(
        cast.ada.engine.check_in(&edited).unwrap().shared_with[0].delivery,
        Some(DeliveryView::Paused),
        "the edit waits"
    );
    assert_eq!(
        cast.ada.engine.waiting_to_be_shared(&cast.space).unwrap(),
        2
    );
    cast.clock.advance_ms(2 * DAY_MS);
    cast.exchange().await;
    let resumed = cast
        .ada
        .engine
        .resume_sharing(&cast.space, Waited::Keep)
        .unwrap();
    assert!(!resumed.paused);
    cast.exchange().await;
    assert_eq!(cast.wins(), ["better words"]);
    let decoded = cast.decoded_by_sam();
    assert!(!decoded.contains("kept back") && !decoded.contains("meanwhile"));
    assert!(
        !cast.sam_sees().incomplete,
        "no gap shows where something stayed"
    );
    let view = cast.ada.engine.check_in(&kept).unwrap();
    assert_eq!(view.check_in.win.as_deref(), Some("kept back"));
    assert!(view.shared_with.is_empty(), "it is shared with nobody now");
    assert!(
        cast.ada
            .engine
            .check_in(&new)
            .unwrap()
            .shared_with
            .is_empty()
    );

    // Sharing it later is a choice like any other.
    let again = check_in(cast.space, "kept back");
    cast.ada.engine.edit_check_in(&kept, again).unwrap();
    cast.exchange().await;
    assert!(cast.wins().contains(&"kept back".to_owned()));
}

#[tokio::test]
async fn an_answer_is_refused_with_its_reason_while_sharing_is_paused() {
    let cast = cast().await;
    cast.sam_writes("from Sam");
    cast.clock.advance_ms(HOLD_MS);
    cast.sam.sync().await;
    cast.ada.sync().await;
    cast.ada.engine.pause_sharing(&cast.space).unwrap();
    let page = cast.ada.engine.partner(&cast.space).unwrap();
    let answer = NewResponse {
        space: cast.space,
        person: page.partner.person.unwrap(),
        about: page.check_ins[0].name,
        kind: ResponseKind::Encouragement,
        text: Some("an answer".to_owned()),
    };
    assert_eq!(
        cast.ada.engine.respond(answer.clone()).err(),
        Some(BelayError::Unavailable {
            reason: "sharing-paused"
        })
    );
    cast.ada
        .engine
        .resume_sharing(&cast.space, Waited::Keep)
        .unwrap();
    cast.ada.engine.respond(answer).unwrap();
}

#[tokio::test]
async fn what_is_taken_back_during_a_pause_is_taken_back_by_leaving_too() {
    let cast = cast().await;
    let regretted = cast.ada_writes("regretted");
    cast.exchange().await;
    cast.ada.engine.pause_sharing(&cast.space).unwrap();
    cast.ada.engine.undo_check_in(&regretted).unwrap();
    cast.exchange().await;
    assert_eq!(
        cast.wins(),
        ["regretted"],
        "nothing leaves during the pause"
    );
    cast.ada.engine.leave(&cast.space).unwrap();
    cast.exchange().await;
    assert!(cast.wins().is_empty());
    assert_eq!(
        cast.sam_sees().standing,
        PartnershipStandingView::PartnerLeft
    );
}

#[tokio::test]
async fn what_waited_goes_out_after_a_pause_when_the_person_says_so() {
    let cast = cast().await;
    cast.ada_writes("waited");
    cast.ada.engine.pause_sharing(&cast.space).unwrap();
    cast.ada_writes("written meanwhile");
    cast.exchange().await;
    assert!(cast.wins().is_empty());
    cast.ada
        .engine
        .resume_sharing(&cast.space, Waited::Share)
        .unwrap();
    cast.exchange().await;
    let mut wins = cast.wins();
    wins.sort();
    assert_eq!(wins, ["waited", "written meanwhile"]);
}

#[tokio::test]
async fn an_outcome_logged_anew_while_paused_waits_and_a_new_one_stays() {
    let cast = cast().await;
    let fields: GoalFields = [GoalField::Title, GoalField::Status, GoalField::Note]
        .into_iter()
        .collect();
    let goal = cast
        .ada
        .engine
        .add_goal(NewGoal {
            title: "Walk".to_owned(),
            schedule: Schedule::Daily,
            why: None,
            audience: BTreeMap::from([(cast.space, fields)]),
            ..NewGoal::default()
        })
        .unwrap()
        .name;
    let done = |note: &str| NewOutcome {
        goal,
        on: None,
        status: OutcomeStatus::Done,
        note: Some(note.to_owned()),
        reason: None,
        amount: None,
    };
    let notes = || -> Vec<Option<String>> {
        let page = cast.sam.engine.partner(&cast.space).unwrap();
        let outcomes = page.goals.into_iter().flat_map(|goal| goal.outcomes);
        outcomes.map(|outcome| outcome.note).collect()
    };
    cast.ada.engine.log_outcome(done("slow")).unwrap();
    cast.exchange().await;
    cast.ada.engine.pause_sharing(&cast.space).unwrap();
    cast.ada.engine.log_outcome(done("quick")).unwrap();
    cast.exchange().await;
    assert_eq!(notes(), [Some("slow".to_owned())]);
    cast.clock.advance_ms(DAY_MS);
    cast.ada.engine.log_outcome(done("mine")).unwrap();
    cast.ada
        .engine
        .resume_sharing(&cast.space, Waited::Keep)
        .unwrap();
    cast.exchange().await;
    assert_eq!(notes(), [Some("quick".to_owned())]);
}

#[tokio::test]
async fn a_pause_holds_back_what_was_sealed_and_never_arrived() {
    let mut cast = cast().await;
    cast.ada_writes("sealed already");
    cast.clock.advance_ms(HOLD_MS);
    cast.relay.pause().await;
    assert!(!cast.ada.sync().await.troubles.is_empty());
    cast.ada.engine.pause_sharing(&cast.space).unwrap();
    cast.relay.resume().await;
    cast.exchange().await;
    cast.exchange().await;
    assert!(cast.wins().is_empty());
}

#[tokio::test]
async fn words_that_differed_keep_edits_here_too_and_no_pause_is_taken_off_before_they_fit() {
    let cast = cast().await;
    let had = cast.ada_writes("had before");
    cast.exchange().await;
    cast.ada.engine.mark_compared(&cast.space, false).unwrap();
    let edit = NewCheckIn {
        audience: None,
        ..check_in(cast.space, "for nobody between")
    };
    cast.ada.engine.edit_check_in(&had, edit).unwrap();
    cast.exchange().await;
    assert!(!cast.decoded_by_sam().contains("between"));
    assert_eq!(
        cast.ada
            .engine
            .resume_sharing(&cast.space, Waited::Share)
            .err(),
        Some(BelayError::Unavailable {
            reason: "words-differ"
        })
    );
}

#[tokio::test]
async fn words_found_to_be_the_same_after_all_leave_no_hole_and_nothing_that_looks_shared_and_is_not()
 {
    let cast = cast().await;
    let had = cast.ada_writes("had before");
    cast.exchange().await;
    let waited = cast.ada_writes("waited");
    cast.ada.engine.mark_compared(&cast.space, false).unwrap();
    assert!(!cast.ada_sees().paused, "nobody chose a pause");
    let edit = NewCheckIn {
        audience: None,
        ..check_in(cast.space, "edited meanwhile")
    };
    cast.ada.engine.edit_check_in(&had, edit).unwrap();
    cast.sam_writes("so that something is to be acknowledged");
    for _ in 0..3 {
        cast.clock.advance_ms(DAY_MS);
        cast.sam.sync().await;
        cast.ada.sync().await;
    }
    cast.sam.sync().await;
    assert!(!cast.sam_sees().incomplete, "what waits is not missing");
    cast.ada.engine.mark_compared(&cast.space, true).unwrap();
    cast.exchange().await;
    assert!(!cast.sam_sees().incomplete);
    assert_eq!(cast.wins(), ["edited meanwhile"]);
    assert!(!cast.decoded_by_sam().contains("waited"));
    let kept = cast.ada.engine.check_in(&waited).unwrap();
    assert!(kept.shared_with.is_empty(), "it is shared with nobody now");
    cast.ada_writes("from now on");
    cast.exchange().await;
    assert!(cast.wins().contains(&"from now on".to_owned()));
}

#[tokio::test]
async fn a_pause_that_the_person_chose_outlasts_words_that_differed_and_were_found_to_be_the_same()
{
    let cast = cast().await;
    cast.ada.engine.pause_sharing(&cast.space).unwrap();
    cast.ada.engine.mark_compared(&cast.space, false).unwrap();
    let seen = cast.ada.engine.mark_compared(&cast.space, true).unwrap();
    assert!(seen.paused);
    cast.ada_writes("still for nobody");
    cast.exchange().await;
    assert!(cast.wins().is_empty());
}

#[tokio::test]
async fn what_is_taken_back_while_the_words_differ_is_taken_back_at_once() {
    let cast = cast().await;
    let regretted = cast.ada_writes("regretted");
    cast.exchange().await;
    cast.ada.engine.mark_compared(&cast.space, false).unwrap();
    cast.ada.engine.undo_check_in(&regretted).unwrap();
    cast.exchange().await;
    assert!(cast.wins().is_empty());
}
