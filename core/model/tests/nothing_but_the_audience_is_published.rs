//! The publish rule as properties: what is not in the audience's set cannot be told from the copy.
#![allow(clippy::unwrap_used, reason = "a test may stop at the first surprise")]

use std::collections::{BTreeMap, BTreeSet};

use belay_model::goals::{Amount, Measure, Unit};
use belay_model::{
    CheckIn, CheckInField, CheckInFields, CheckInTemplate, CivilDay, DayStart, Emotion, Energy,
    Goal, GoalField, GoalFields, Moment, Mood, Need, Outcome, OutcomeStatus, Response,
    ResponseKind, Schedule, SharedCheckIn, WeekdaySet, publish_check_in, publish_goal,
    publish_outcome, publish_response,
};
use proptest::option;
use proptest::prelude::*;
use proptest::sample::select;

fn any_day() -> impl Strategy<Value = CivilDay> {
    (0i64..3_000).prop_map(|days| CivilDay::new(2020, 1, 1).unwrap().plus_days(days).unwrap())
}

fn any_moment() -> impl Strategy<Value = Moment> {
    let zones = ["Europe/Berlin", "Asia/Kathmandu", "America/St_Johns"];
    (0i64..2_000_000_000_000, select(zones.to_vec()))
        .prop_map(|(at_ms, zone)| Moment::new(at_ms, zone).unwrap())
}

fn any_words() -> impl Strategy<Value = Option<String>> {
    option::of("[a-z]{1,12}")
}

prop_compose! {
    fn any_check_in()(
        on in any_day(),
        written in any_moment(),
        hour in 0u8..=6,
        template in select(CheckInTemplate::ALL),
        edited in prop::collection::btree_map(select(CheckInField::ALL), 0i64..1_000, 0..4),
        (mood, energy) in (option::of(1u8..=5), option::of(1u8..=5)),
        emotions in prop::collection::btree_set(select(Emotion::ALL), 0..4),
        (win, struggle, plan, note) in (any_words(), any_words(), any_words(), any_words()),
        need in option::of(select(Need::ALL)),
    ) -> CheckIn {
        let mut check_in = CheckIn::new(on, template, written, DayStart::new(hour).unwrap());
        check_in.edited = edited;
        check_in.mood = mood.map(|step| Mood::new(step).unwrap());
        check_in.energy = energy.map(|step| Energy::new(step).unwrap());
        check_in.emotions = emotions;
        check_in.win = win;
        check_in.struggle = struggle;
        check_in.plan = plan;
        check_in.need = need;
        check_in.note = note;
        check_in
    }
}

prop_compose! {
    fn any_goal()(title in "[a-z]{1,9}", why in any_words(), created in any_moment(), bits in 0u8..128, starts_on in any_day(), archived_on in option::of(any_day()), plan in (any_words(), any_words(), any_words(), any_words(), any_words()), pages in option::of(1u16..9)) -> Goal {
        let schedule = WeekdaySet::from_bits(bits).map_or(Schedule::Daily, Schedule::Weekdays);
        let mut goal = Goal::new(title, schedule, created, DayStart::MIDNIGHT);
        goal.why = why;
        goal.starts_on = starts_on;
        goal.archived_on = archived_on;
        (goal.obstacle, goal.if_this, goal.then_that, goal.strengths, goal.learned) = plan;
        goal.resources = goal.strengths.clone();
        if let Some(pages) = pages {
            let (amount, unit) = (Amount::whole(pages), Unit::new("pages").unwrap());
            goal.measure = Measure::AtLeast { amount, unit };
        }
        goal
    }
}

prop_compose! {
    fn any_outcome()(on in any_day(), status in select(OutcomeStatus::ALL), written in any_moment(), note in any_words(), reason in any_words(), amount in option::of(0u16..9), edited_at_ms in option::of(0i64..9)) -> Outcome {
        let mut outcome = Outcome::new(on, status, written, DayStart::MIDNIGHT);
        outcome.note = note;
        outcome.amount = amount.map(Amount::whole);
        outcome.reason = reason.filter(|_| status == OutcomeStatus::Skipped);
        outcome.edited_at_ms = edited_at_ms;
        outcome
    }
}

fn any_check_in_fields() -> impl Strategy<Value = CheckInFields> {
    (0u32..256).prop_map(|bits| CheckInFields::from_bits(bits).0)
}

fn any_goal_fields() -> impl Strategy<Value = GoalFields> {
    (0u32..512).prop_map(|bits| GoalFields::from_bits(bits).0)
}

/// `kept` with everything outside `fields` taken from `other`.
fn with_hidden_parts_of(kept: &CheckIn, other: &CheckIn, fields: CheckInFields) -> CheckIn {
    let mut mixed = kept.clone();
    for field in CheckInField::ALL
        .iter()
        .copied()
        .filter(|field| !fields.contains(*field))
    {
        match field {
            CheckInField::Mood => mixed.mood = other.mood,
            CheckInField::Emotions => mixed.emotions = other.emotions.clone(),
            CheckInField::Energy => mixed.energy = other.energy,
            CheckInField::Win => mixed.win = other.win.clone(),
            CheckInField::Struggle => mixed.struggle = other.struggle.clone(),
            CheckInField::Plan => mixed.plan = other.plan.clone(),
            CheckInField::Need => mixed.need = other.need,
            CheckInField::Note => mixed.note = other.note.clone(),
        }
    }
    let shown = kept
        .edited
        .iter()
        .filter(|(field, _)| fields.contains(**field));
    let hidden = other
        .edited
        .iter()
        .filter(|(field, _)| !fields.contains(**field));
    mixed.edited = shown
        .chain(hidden)
        .map(|(field, at_ms)| (*field, *at_ms))
        .collect();
    mixed
}

fn fields_of(shared: &SharedCheckIn) -> CheckInFields {
    let json = serde_json::to_value(shared).unwrap();
    let there = |field: &&CheckInField| {
        let value = &json[field.word()];
        !(value.is_null() || value.as_array().is_some_and(Vec::is_empty))
    };
    CheckInField::ALL.iter().filter(there).copied().collect()
}

proptest! {
    #[test]
    fn nothing_hidden_in_a_check_in_changes_the_copy(kept in any_check_in(), other in any_check_in(), fields in any_check_in_fields()) {
        let mixed = with_hidden_parts_of(&kept, &other, fields);
        prop_assert_eq!(publish_check_in(&kept, fields), publish_check_in(&mixed, fields));
    }

    #[test]
    fn the_copy_holds_exactly_the_shared_fields_that_were_answered(check_in in any_check_in(), fields in any_check_in_fields()) {
        let shown = check_in.answered().shared_with(fields);
        match publish_check_in(&check_in, fields) {
            None => prop_assert!(shown.is_empty()),
            Some(copy) => {
                prop_assert!(!shown.is_empty());
                prop_assert_eq!(fields_of(&copy), shown);
                prop_assert_eq!((copy.on, copy.template, copy.late), (check_in.on, check_in.template, check_in.is_late()));
                let json = serde_json::to_string(&copy).unwrap();
                prop_assert!(!json.contains(check_in.written.zone().name()));
            }
        }
    }

    #[test]
    fn everything_shared_is_everything_answered(check_in in any_check_in()) {
        prop_assume!(!check_in.answered().is_empty());
        let copy = publish_check_in(&check_in, CheckInFields::all()).unwrap();
        let mut mirrored = check_in.clone();
        mirrored.mood = copy.mood;
        mirrored.emotions = copy.emotions;
        mirrored.energy = copy.energy;
        mirrored.win = copy.win;
        mirrored.struggle = copy.struggle;
        mirrored.plan = copy.plan;
        mirrored.need = copy.need;
        mirrored.note = copy.note;
        prop_assert_eq!(copy.edited, check_in.is_edited());
        prop_assert_eq!(mirrored, check_in);
    }

    #[test]
    fn nothing_hidden_in_a_goal_changes_the_copy(kept in any_goal(), other in any_goal(), fields in any_goal_fields()) {
        let mut mixed = Goal { title: kept.title.clone(), archived_on: kept.archived_on, ..other };
        if fields.contains(GoalField::Schedule) {
            mixed.schedule = kept.schedule.clone();
        }
        if fields.contains(GoalField::Why) {
            mixed.why = kept.why.clone();
        }
        if fields.contains(GoalField::Amount) {
            mixed.measure = kept.measure.clone();
        }
        if fields.contains(GoalField::Plan) {
            let plan = kept.clone();
            (mixed.obstacle, mixed.if_this, mixed.then_that) = (plan.obstacle, plan.if_this, plan.then_that);
            (mixed.strengths, mixed.resources) = (plan.strengths, plan.resources);
        }
        let copy = publish_goal(&kept, fields);
        prop_assert_eq!(&copy, &publish_goal(&mixed, fields));
        prop_assert_eq!(copy.is_none(), fields.is_empty());
        if let Some(copy) = copy {
            prop_assert_eq!(copy.title, kept.title);
            prop_assert_eq!(copy.schedule, kept.schedule.filter(|_| fields.contains(GoalField::Schedule)));
            prop_assert_eq!(copy.obstacle, kept.obstacle.filter(|_| fields.contains(GoalField::Plan)));
            prop_assert_eq!(copy.why, kept.why.filter(|_| fields.contains(GoalField::Why)));
        }
    }

    #[test]
    fn nothing_hidden_in_an_outcome_changes_the_copy(kept in any_outcome(), other in any_outcome(), fields in any_goal_fields()) {
        let mut mixed = kept.clone();
        mixed.edited_at_ms = other.edited_at_ms;
        if !fields.contains(GoalField::Note) {
            mixed.note = other.note;
        }
        if !fields.contains(GoalField::SkipReason) {
            mixed.reason = other.reason;
        }
        if !fields.contains(GoalField::Amount) {
            mixed.amount = other.amount;
        }
        prop_assert_eq!(publish_outcome(&kept, fields), publish_outcome(&mixed, fields));
    }

    #[test]
    fn a_miss_looks_like_silence_unless_misses_are_shared(outcome in any_outcome(), fields in any_goal_fields()) {
        let copy = publish_outcome(&outcome, fields);
        let miss = outcome.status == OutcomeStatus::NotDone;
        let told = fields.contains(GoalField::Status) && (!miss || fields.contains(GoalField::Misses));
        prop_assert_eq!(copy.is_some(), told);
        if let Some(copy) = copy {
            prop_assert_eq!((copy.on, copy.status, copy.late), (outcome.on, outcome.status, outcome.is_late()));
            prop_assert_eq!(copy.note, outcome.note.filter(|_| fields.contains(GoalField::Note)));
            prop_assert_eq!(copy.reason, outcome.reason.filter(|_| fields.contains(GoalField::SkipReason)));
        }
    }
}

#[test]
fn an_edit_of_a_hidden_field_is_not_told() {
    let written = Moment::new(1_772_571_600_000, "Europe/Berlin").unwrap();
    let on = "2026-03-03".parse().unwrap();
    let mut check_in = CheckIn::new(on, CheckInTemplate::Evening, written, DayStart::MIDNIGHT);
    check_in.mood = Some(Mood::new(2).unwrap());
    check_in.emotions = BTreeSet::from([Emotion::Lonely]);
    check_in.edited = BTreeMap::from([(CheckInField::Struggle, 1), (CheckInField::Emotions, 2)]);
    let edited = |words: &str| {
        publish_check_in(&check_in, words.parse().unwrap())
            .unwrap()
            .edited
    };
    assert!(!edited("mood"));
    assert!(edited("mood, emotions"));
    assert!(
        edited("mood, struggle"),
        "an emptied field that is shared was changed under the reader's eyes"
    );
}

#[test]
fn a_done_after_a_miss_tells_nothing_of_the_miss() {
    let on: CivilDay = "2026-03-03".parse().unwrap();
    let logged = |status, at_ms| {
        let written = Moment::new(at_ms, "Europe/Berlin").unwrap();
        Outcome::new(on, status, written, DayStart::MIDNIGHT)
    };
    let missed = logged(OutcomeStatus::NotDone, 1_772_571_600_000);
    let done = logged(OutcomeStatus::Done, 1_772_575_000_000);
    let fields: GoalFields = "status, note".parse().unwrap();
    assert_eq!(publish_outcome(&missed, fields), None);
    assert_eq!(
        publish_outcome(&done.clone().logged_over(&missed), fields),
        publish_outcome(&done, fields)
    );
}

#[test]
fn a_response_leaves_whole_but_for_the_name_of_the_zone() {
    let written = Moment::new(1_772_571_600_000, "Europe/Berlin").unwrap();
    let response = Response {
        kind: ResponseKind::IHearYou,
        text: Some("That sounds heavy.".into()),
        written,
    };
    let copy = publish_response(&response);
    assert_eq!((copy.kind, &copy.text), (response.kind, &response.text));
    assert_eq!(copy.written.local_time().to_string(), "22:00");
    assert!(!serde_json::to_string(&copy).unwrap().contains("Berlin"));
}
