//! What a preview promises, what an undo promises, what leaving promises: held also when the network fails in
//! between.

#![allow(clippy::unwrap_used, reason = "a test may stop at the first surprise")]

use std::collections::BTreeMap;

use belay_e2e::{Companion, Door, TestRelay, pair};
use belay_engine::model::{
    CheckInFields, DocName, GoalField, GoalFields, Mood, OutcomeStatus, Schedule, SpaceId,
};
use belay_engine::{
    DeliveryView, NewCheckIn, NewGoal, NewOutcome, PartnershipStandingView, SettingsEdit,
};
use belay_testkit::FakeClock;

const START_MS: i64 = 1_772_476_200_000;
const HOLD_MS: i64 = 11_000;
const DAY_MS: i64 = 86_400_000;

struct Cast {
    clock: FakeClock,
    door: Door,
    _relay: TestRelay,
    ada: Companion,
    sam: Companion,
    space: SpaceId,
}

async fn cast() -> Cast {
    let clock = FakeClock::at(START_MS, "UTC");
    let mut door = Door::new().await;
    let relay = TestRelay::start_behind(&clock, &mut door).await;
    let ada = Companion::new("Ada", &clock, 1);
    let sam = Companion::new("Sam", &clock, 2);
    let space = pair(&ada, &sam, relay.origin()).await;
    Cast {
        clock,
        door,
        _relay: relay,
        ada,
        sam,
        space,
    }
}

impl Cast {
    fn everything(&self) -> Option<BTreeMap<SpaceId, CheckInFields>> {
        Some(BTreeMap::from([(self.space, CheckInFields::all())]))
    }

    fn check_in(&self, win: &str) -> NewCheckIn {
        NewCheckIn {
            mood: Some(Mood::new(2).unwrap()),
            win: Some(win.to_owned()),
            audience: self.everything(),
            ..NewCheckIn::default()
        }
    }

    fn goal(&self, fields: &[GoalField]) -> DocName {
        let fields: GoalFields = fields.iter().copied().collect();
        let new = NewGoal {
            title: "Walk".to_owned(),
            schedule: Schedule::Daily,
            why: None,
            audience: BTreeMap::from([(self.space, fields)]),
            ..NewGoal::default()
        };
        self.ada.engine.add_goal(new).unwrap().name
    }

    fn wins(&self) -> Vec<String> {
        let page = self.sam.engine.partner(&self.space).unwrap();
        page.check_ins
            .into_iter()
            .filter_map(|shown| shown.check_in.win)
            .collect()
    }

    fn outcomes(&self) -> Vec<Option<String>> {
        let page = self.sam.engine.partner(&self.space).unwrap();
        page.goals
            .into_iter()
            .flat_map(|goal| goal.outcomes)
            .map(|outcome| outcome.note)
            .collect()
    }

    /// Ada's device seals what waits, and the line breaks before any of it arrives.
    async fn seal_without_sending(&self) {
        self.clock.advance_ms(HOLD_MS);
        self.door.shut_for_sending(true);
        assert!(!self.ada.sync().await.troubles.is_empty());
        self.door.shut_for_sending(false);
    }

    /// Both sync, after the hold.
    async fn exchange(&self) {
        self.clock.advance_ms(HOLD_MS);
        self.ada.sync().await;
        self.sam.sync().await;
    }
}

fn done(goal: DocName, note: Option<&str>) -> NewOutcome {
    NewOutcome {
        goal,
        on: None,
        status: OutcomeStatus::Done,
        note: note.map(str::to_owned),
        reason: None,
        amount: None,
    }
}

#[tokio::test]
async fn an_outcome_logged_with_a_check_in_is_previewed_also_to_who_sees_only_the_goal() {
    let cast = cast().await;
    let goal = cast.goal(&[GoalField::Title, GoalField::Status]);
    let new = NewCheckIn {
        outcomes: vec![done(goal, Some("hidden"))],
        audience: None,
        ..cast.check_in("for me alone")
    };
    let previews = cast.ada.engine.preview_check_in(&new).unwrap();
    assert_eq!(previews.len(), 1);
    assert_eq!(previews[0].check_in, None);
    let promised = previews[0].outcomes[0].outcome.clone();
    cast.ada.engine.write_check_in(new).unwrap();
    cast.exchange().await;
    let page = cast.sam.engine.partner(&cast.space).unwrap();
    assert!(page.check_ins.is_empty());
    assert_eq!(page.goals[0].outcomes, vec![promised]);
}

#[tokio::test]
async fn withdrawing_a_goal_withdraws_what_came_of_it_and_nothing_new_follows() {
    let cast = cast().await;
    let fields = [GoalField::Title, GoalField::Status, GoalField::Note];
    let goal = cast.goal(&fields);
    cast.ada
        .engine
        .log_outcome(done(goal, Some("bassoon")))
        .unwrap();
    cast.exchange().await;
    assert_eq!(cast.outcomes(), [Some("bassoon".to_owned())]);
    let status: GoalFields = [GoalField::Title, GoalField::Status].into_iter().collect();
    cast.ada
        .engine
        .share_goal(&goal, &cast.space, status)
        .unwrap();
    cast.exchange().await;
    assert_eq!(cast.outcomes(), [None], "the note is taken back");
    cast.ada
        .engine
        .share_goal(&goal, &cast.space, GoalFields::empty())
        .unwrap();
    cast.ada
        .engine
        .log_outcome(done(goal, Some("ocarina")))
        .unwrap();
    assert!(
        cast.ada
            .engine
            .preview_outcome(&done(goal, None))
            .unwrap()
            .is_empty()
    );
    cast.exchange().await;
    let page = cast.sam.engine.partner(&cast.space).unwrap();
    assert!(page.goals.is_empty());
    let dump = cast.sam.engine.projection_dump().unwrap().join("\n");
    assert!(!dump.contains("ocarina") && !dump.contains("bassoon"));
}

#[tokio::test]
async fn what_was_taken_back_after_sealing_but_before_sending_does_not_leave() {
    let cast = cast().await;
    let regretted = cast
        .ada
        .engine
        .write_check_in(cast.check_in("regretted"))
        .unwrap();
    cast.ada
        .engine
        .write_check_in(cast.check_in("stands"))
        .unwrap();
    cast.seal_without_sending().await;
    let undone = cast.ada.engine.undo_check_in(&regretted.name).unwrap();
    assert!(undone.may_have_left, "it was sealed, so nobody can be sure");
    cast.exchange().await;
    assert_eq!(cast.wins(), ["stands"]);
    let page = cast.sam.engine.partner(&cast.space).unwrap();
    assert!(!page.partner.incomplete);
    // The withdrawal came, and the words themselves never travelled.
    let dump = cast.sam.engine.projection_dump().unwrap().join("\n");
    assert!(!dump.contains("regretted"));
}

#[tokio::test]
async fn nothing_sealed_for_someone_who_left_meanwhile_goes_out() {
    let cast = cast().await;
    cast.ada
        .engine
        .write_check_in(cast.check_in("sealed too early"))
        .unwrap();
    cast.seal_without_sending().await;
    cast.sam.engine.leave(&cast.space).unwrap();
    cast.sam.sync().await;
    cast.ada.sync().await;
    cast.ada.sync().await;
    // Sam still holds the old secret and reads the old mailbox to its end.
    let report = cast.sam.sync().await;
    assert!(cast.wins().is_empty(), "{report:?}");
}

#[tokio::test]
async fn what_was_taken_back_before_leaving_is_still_taken_back() {
    let cast = cast().await;
    let written = cast
        .ada
        .engine
        .write_check_in(cast.check_in("take it back"))
        .unwrap();
    cast.exchange().await;
    assert_eq!(cast.wins(), ["take it back"]);
    cast.ada.engine.undo_check_in(&written.name).unwrap();
    cast.ada.engine.leave(&cast.space).unwrap();
    cast.exchange().await;
    assert!(cast.wins().is_empty());
    assert_eq!(
        cast.sam
            .engine
            .partner(&cast.space)
            .unwrap()
            .partner
            .standing,
        PartnershipStandingView::PartnerLeft
    );
}

#[tokio::test]
async fn leaving_is_heard_also_when_a_new_secret_was_never_sent() {
    let cast = cast().await;
    cast.clock.advance_ms(31 * DAY_MS);
    cast.seal_without_sending().await;
    cast.ada.engine.leave(&cast.space).unwrap();
    cast.exchange().await;
    cast.sam.sync().await;
    assert_eq!(
        cast.sam
            .engine
            .partner(&cast.space)
            .unwrap()
            .partner
            .standing,
        PartnershipStandingView::PartnerLeft
    );
}

#[tokio::test]
async fn when_the_words_differ_nothing_more_is_shared() {
    let cast = cast().await;
    let goal = cast.goal(&[GoalField::Title, GoalField::Status]);
    cast.exchange().await;
    cast.ada
        .engine
        .write_check_in(cast.check_in("waits"))
        .unwrap();
    cast.ada.engine.mark_compared(&cast.space, false).unwrap();
    cast.ada.engine.log_outcome(done(goal, None)).unwrap();
    cast.ada
        .engine
        .edit_settings(SettingsEdit {
            display_name: Some("Ada Renamed".to_owned()),
            ..SettingsEdit::default()
        })
        .unwrap();
    cast.exchange().await;
    let page = cast.sam.engine.partner(&cast.space).unwrap();
    assert_eq!(page.partner.name, "Ada");
    assert!(cast.wins().is_empty() && cast.outcomes().is_empty());
}

#[tokio::test]
async fn a_clock_that_was_years_ahead_holds_nothing_back_once_it_is_right() {
    let cast = cast().await;
    cast.clock.advance_ms(4 * 365 * DAY_MS);
    let written = cast
        .ada
        .engine
        .write_check_in(cast.check_in("from 2030"))
        .unwrap();
    cast.clock.set_ms(START_MS + DAY_MS);
    assert_eq!(
        cast.ada.engine.check_in(&written.name).unwrap().shared_with[0].delivery,
        Some(DeliveryView::Queued)
    );
    cast.exchange().await;
    assert_eq!(cast.wins(), ["from 2030"]);
}

#[tokio::test]
async fn the_preview_of_an_edit_is_what_the_partner_gets() {
    let cast = cast().await;
    let written = cast
        .ada
        .engine
        .write_check_in(cast.check_in("walked"))
        .unwrap();
    cast.exchange().await;
    cast.clock.advance_ms(DAY_MS);
    let edit = NewCheckIn {
        audience: None,
        ..cast.check_in("walked far")
    };
    let previews = cast.ada.engine.preview_edit(&written.name, &edit).unwrap();
    let promised = previews[0].check_in.clone().unwrap();
    assert!(promised.edited && !promised.late);
    cast.ada.engine.edit_check_in(&written.name, edit).unwrap();
    cast.exchange().await;
    let page = cast.sam.engine.partner(&cast.space).unwrap();
    assert_eq!(page.check_ins[0].check_in, promised);
}

#[tokio::test]
async fn a_longer_hold_chosen_later_does_not_turn_an_edit_into_a_first_version() {
    let cast = cast().await;
    let written = cast
        .ada
        .engine
        .write_check_in(cast.check_in("walked"))
        .unwrap();
    cast.exchange().await;
    cast.ada
        .engine
        .edit_settings(SettingsEdit {
            hold_seconds: Some(600),
            ..SettingsEdit::default()
        })
        .unwrap();
    let edited = cast
        .ada
        .engine
        .edit_check_in(&written.name, cast.check_in("walked far"))
        .unwrap();
    assert!(edited.edited);
}

#[tokio::test]
async fn an_undo_takes_the_outcomes_along_and_a_restore_brings_them_back() {
    let cast = cast().await;
    let goal = cast.goal(&[GoalField::Title, GoalField::Status]);
    let new = NewCheckIn {
        outcomes: vec![done(goal, None)],
        ..cast.check_in("too fast")
    };
    let written = cast.ada.engine.write_check_in(new).unwrap();
    let undone = cast.ada.engine.undo_check_in(&written.name).unwrap();
    assert!(!undone.may_have_left);
    assert!(cast.ada.engine.goal(&goal).unwrap().today.is_none());
    cast.exchange().await;
    assert!(cast.wins().is_empty() && cast.outcomes().is_empty());
    cast.ada.engine.restore_check_in(&written.name).unwrap();
    cast.exchange().await;
    assert_eq!((cast.wins().len(), cast.outcomes().len()), (1, 1));
}

#[tokio::test]
async fn a_check_in_shared_with_someone_who_is_gone_can_still_be_edited() {
    let cast = cast().await;
    let written = cast
        .ada
        .engine
        .write_check_in(cast.check_in("walked"))
        .unwrap();
    cast.exchange().await;
    cast.ada.engine.leave(&cast.space).unwrap();
    let edited = cast
        .ada
        .engine
        .edit_check_in(&written.name, cast.check_in("walked far"))
        .unwrap();
    assert_eq!(edited.check_in.win.as_deref(), Some("walked far"));
}
