//! What was chosen about reminders, and the plan. What each part means is said where it is made: core/model/src/reminders
//! and core/engine/src/reminders.rs.
//!
//! A field that is added there fails the build here.

use std::collections::BTreeSet;

use belay_engine::model::boundary::QuietHours;
use belay_engine::model::reminders::{Planned, RemindedOf, ReminderText};
use belay_engine::model::{CivilDay, DocName, LocalTime};
use belay_engine::{GoalTimesView, RemindersView};

uniffi::custom_type!(LocalTime, String, {
    remote,
    lower: |time| time.to_string(),
    try_lift: |text| Ok(text.parse()?),
});

pub(super) type ReminderTimes = BTreeSet<LocalTime>;

uniffi::custom_type!(ReminderTimes, Vec<LocalTime>, {
    remote,
    lower: |times| times.into_iter().collect(),
    try_lift: |times| Ok(times.into_iter().collect()),
});

#[uniffi::remote(Record)]
pub struct QuietHours {
    pub from: LocalTime,
    pub to: LocalTime,
}

#[uniffi::remote(Enum)]
pub enum ReminderText {
    Moment,
    CheckIn,
    Goal,
    Several,
}

#[uniffi::remote(Record)]
pub struct Planned {
    pub id: u64,
    pub at_ms: i64,
    pub on: CivilDay,
    pub time: LocalTime,
    pub text: ReminderText,
}

#[uniffi::remote(Enum)]
pub enum RemindedOf {
    CheckIn,
    Goal(DocName),
}

#[uniffi::remote(Record)]
pub struct GoalTimesView {
    pub name: DocName,
    pub title: String,
    pub times: Vec<LocalTime>,
}

#[uniffi::remote(Record)]
pub struct RemindersView {
    pub check_in_times: Vec<LocalTime>,
    pub goals: Vec<GoalTimesView>,
    pub quiet: Vec<QuietHours>,
    pub says_what: bool,
    pub planned: Vec<Planned>,
}
