//! Sets and ordered maps, which uniffi has no word for: they cross as lists and maps.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use belay_engine::model::{
    CheckInField, CheckInFields, DocName, Emotion, GoalField, GoalFields, SpaceId,
};

uniffi::custom_type!(CheckInFields, Vec<CheckInField>, {
    remote,
    lower: |fields| fields.iter().collect(),
    try_lift: |fields| Ok(fields.into_iter().collect()),
});

uniffi::custom_type!(GoalFields, Vec<GoalField>, {
    remote,
    lower: |fields| fields.iter().collect(),
    try_lift: |fields| Ok(fields.into_iter().collect()),
});

pub(super) type Emotions = BTreeSet<Emotion>;

uniffi::custom_type!(Emotions, Vec<Emotion>, {
    remote,
    lower: |emotions| emotions.into_iter().collect(),
    try_lift: |emotions| Ok(emotions.into_iter().collect()),
});

pub(crate) type EntryTags = BTreeSet<String>;

uniffi::custom_type!(EntryTags, Vec<String>, {
    remote,
    lower: |tags| tags.into_iter().collect(),
    try_lift: |tags| Ok(tags.into_iter().collect()),
});

pub(crate) type EntryGoals = BTreeSet<DocName>;

uniffi::custom_type!(EntryGoals, Vec<DocName>, {
    remote,
    lower: |goals| goals.into_iter().collect(),
    try_lift: |goals| Ok(goals.into_iter().collect()),
});

pub(super) type EditTimes = BTreeMap<CheckInField, i64>;

uniffi::custom_type!(EditTimes, HashMap<CheckInField, i64>, {
    remote,
    lower: |times| times.into_iter().collect(),
    try_lift: |times| Ok(times.into_iter().collect()),
});

pub(super) type CheckInAudience = BTreeMap<SpaceId, CheckInFields>;

uniffi::custom_type!(CheckInAudience, HashMap<SpaceId, CheckInFields>, {
    remote,
    lower: |audience| audience.into_iter().collect(),
    try_lift: |audience| Ok(audience.into_iter().collect()),
});

pub(super) type GoalAudience = BTreeMap<SpaceId, GoalFields>;

uniffi::custom_type!(GoalAudience, HashMap<SpaceId, GoalFields>, {
    remote,
    lower: |audience| audience.into_iter().collect(),
    try_lift: |audience| Ok(audience.into_iter().collect()),
});
