//! What goals ask for and what is counted of them. What each part means is said where it is made: core/model/src/goals
//! and core/engine/src/goals/numbers.rs.
//!
//! A field that is added there fails the build here.

use std::collections::BTreeSet;

use belay_engine::GoalNumbersView;
use belay_engine::model::goals::{
    Amount, Measure, Milestone, Pause, PauseReason, Pauses, Schedule, Unit,
};
use belay_engine::model::statistics::{DaysSince, Return};
use belay_engine::model::{CivilDay, LifeArea, WeekdaySet};

// Thousandths: whole numbers cross without rounding.
uniffi::custom_type!(Amount, i64, {
    remote,
    lower: |amount| amount.thousandths(),
    try_lift: |thousandths| Ok(Amount::from_thousandths(thousandths)?),
});

/// Kotlin has a `Unit` of its own.
type CountedUnit = Unit;

uniffi::custom_type!(CountedUnit, String, {
    remote,
    lower: |unit| unit.as_str().to_owned(),
    try_lift: |text| Ok(CountedUnit::new(&text)?),
});

/// A variant of `Schedule` is called `Dates`.
type DueDates = BTreeSet<CivilDay>;

uniffi::custom_type!(DueDates, Vec<CivilDay>, {
    remote,
    lower: |dates| dates.into_iter().collect(),
    try_lift: |dates| Ok(dates.into_iter().collect()),
});

uniffi::custom_type!(Pauses, Vec<Pause>, {
    remote,
    lower: |pauses| pauses.into(),
    try_lift: |pauses| Ok(pauses.into()),
});

#[uniffi::remote(Enum)]
pub enum Schedule {
    Daily,
    Weekdays(WeekdaySet),
    TimesPerWeek(u8),
    TimesPerMonth(u8),
    EveryDays(u16),
    Dates(DueDates),
    OnceUntil(CivilDay),
}

#[uniffi::remote(Enum)]
pub enum Measure {
    YesNo,
    AtLeast { amount: Amount, unit: CountedUnit },
    AtMost { amount: Amount, unit: CountedUnit },
    Avoid,
    Milestones(Vec<Milestone>),
    DaysSince { since: CivilDay },
}

#[uniffi::remote(Record)]
pub struct Milestone {
    pub title: String,
    #[uniffi(default = None)]
    pub reached_on: Option<CivilDay>,
}

#[uniffi::remote(Enum)]
pub enum LifeArea {
    Body,
    Mind,
    Recovery,
    People,
    Care,
    Work,
    Home,
    Learning,
    Joy,
    Meaning,
}

#[uniffi::remote(Enum)]
pub enum PauseReason {
    Holiday,
    Ill,
    Rest,
}

#[uniffi::remote(Record)]
pub struct Pause {
    pub first: CivilDay,
    #[uniffi(default = None)]
    pub last: Option<CivilDay>,
    #[uniffi(default = None)]
    pub reason: Option<PauseReason>,
}

#[uniffi::remote(Record)]
pub struct DaysSince {
    pub now: u32,
    pub longest: u32,
    pub total: u32,
}

#[uniffi::remote(Record)]
pub struct Return {
    pub on: CivilDay,
    pub after: u32,
}

#[uniffi::remote(Record)]
pub struct GoalNumbersView {
    #[uniffi(default = None)]
    pub score: Option<u16>,
    #[uniffi(default = 0)]
    pub occasions: u32,
    #[uniffi(default = 0)]
    pub returns: u32,
    #[uniffi(default = None)]
    pub latest_return: Option<Return>,
    #[uniffi(default = None)]
    pub best_recovery: Option<u32>,
    #[uniffi(default = None)]
    pub usual_recovery: Option<u32>,
    #[uniffi(default = 0)]
    pub done_days: u32,
    #[uniffi(default = 0)]
    pub partly_days: u32,
    #[uniffi(default = 0)]
    pub skipped_days: u32,
    #[uniffi(default = 0)]
    pub not_done_days: u32,
    #[uniffi(default = 0)]
    pub total_thousandths: i64,
}
