//! The publish rule: from what a person keeps and what they chose to share, what one audience gets.
//! Pure functions, so that the preview (C4) and the copy that leaves are the same thing. `None` means
//! that there is nothing to share, and that a copy already published is to be withdrawn.

use crate::goals::Measure;
use crate::{
    CheckIn, CheckInField, CheckInFields, Goal, GoalField, GoalFields, Outcome, OutcomeStatus,
    Passage, Response, SharedCheckIn, SharedGoal, SharedMoment, SharedOutcome, SharedPassage,
    SharedResponse,
};

/// What an audience with `fields` gets of a check-in. `None` when none of these fields holds an answer:
/// that someone checked in at all is theirs to tell.
#[must_use]
pub fn publish_check_in(check_in: &CheckIn, fields: CheckInFields) -> Option<SharedCheckIn> {
    if check_in.answered().shared_with(fields).is_empty() {
        return None;
    }
    let shows = |field| fields.contains(field);
    let text = |field, text: &Option<String>| text.clone().filter(|_| shows(field));
    Some(SharedCheckIn {
        on: check_in.on,
        written: SharedMoment::from(&check_in.written),
        template: check_in.template,
        late: check_in.is_late(),
        edited: check_in.edited.keys().any(|field| shows(*field)),
        mood: check_in.mood.filter(|_| shows(CheckInField::Mood)),
        emotions: if shows(CheckInField::Emotions) {
            check_in.emotions.clone()
        } else {
            Default::default()
        },
        energy: check_in.energy.filter(|_| shows(CheckInField::Energy)),
        win: text(CheckInField::Win, &check_in.win),
        struggle: text(CheckInField::Struggle, &check_in.struggle),
        plan: text(CheckInField::Plan, &check_in.plan),
        need: check_in.need.filter(|_| shows(CheckInField::Need)),
        note: text(CheckInField::Note, &check_in.note),
    })
}

/// What an audience with `fields` gets of a goal; `None` when nothing of it is shared.
#[must_use]
pub fn publish_goal(goal: &Goal, fields: GoalFields) -> Option<SharedGoal> {
    if fields.is_empty() {
        return None;
    }
    let plan = |text: &Option<String>| text.clone().filter(|_| fields.contains(GoalField::Plan));
    let counts = goal.measure != Measure::YesNo && fields.contains(GoalField::Amount);
    Some(SharedGoal {
        title: goal.title.clone(),
        schedule: goal
            .terms()
            .schedule
            .filter(|_| fields.contains(GoalField::Schedule)),
        why: goal.why.clone().filter(|_| fields.contains(GoalField::Why)),
        archived: goal.archived_on.is_some(),
        measure: counts.then(|| goal.measure.clone()),
        obstacle: plan(&goal.obstacle),
        if_this: plan(&goal.if_this),
        then_that: plan(&goal.then_that),
        strengths: plan(&goal.strengths),
        resources: plan(&goal.resources),
    })
}

/// What an audience with `fields` gets of an outcome; `None` when its status is not shared, or when it
/// says "not done" and misses are not shared: then it looks like any day of which nothing was received.
#[must_use]
pub fn publish_outcome(outcome: &Outcome, fields: GoalFields) -> Option<SharedOutcome> {
    let miss = outcome.status == OutcomeStatus::NotDone;
    if !fields.contains(GoalField::Status) || (miss && !fields.contains(GoalField::Misses)) {
        return None;
    }
    Some(SharedOutcome {
        on: outcome.on,
        status: outcome.status,
        late: outcome.is_late(),
        written: SharedMoment::from(&outcome.written),
        note: outcome
            .note
            .clone()
            .filter(|_| fields.contains(GoalField::Note)),
        reason: outcome
            .reason
            .clone()
            .filter(|_| fields.contains(GoalField::SkipReason)),
        amount: outcome
            .amount
            .filter(|_| fields.contains(GoalField::Amount)),
    })
}

/// What the person answered gets of a response: all of it, without the name of the writer's zone.
#[must_use]
pub fn publish_response(response: &Response) -> SharedResponse {
    SharedResponse {
        kind: response.kind,
        text: response.text.clone(),
        written: SharedMoment::from(&response.written),
    }
}

/// What the person gets to whom a passage is given: the words, and when, without the name of the
/// writer's zone.
#[must_use]
pub fn publish_passage(passage: &Passage) -> SharedPassage {
    SharedPassage {
        text: passage.text.clone(),
        shared: SharedMoment::from(&passage.shared),
    }
}
