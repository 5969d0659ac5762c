//! Going back to a day. What each part means is said where it is made: core/engine/src/day_return.rs.
//!
//! A field that is added there fails the build here.

use belay_engine::model::{CivilDay, DocName};
use belay_engine::{DayReturnView, ReturningKind, ReturningStep, ReturningThingView};

#[uniffi::remote(Record)]
pub struct DayReturnView {
    pub on: CivilDay,
    pub at_ms: Option<i64>,
    pub things: Vec<ReturningThingView>,
    pub left: u64,
}

#[uniffi::remote(Record)]
pub struct ReturningThingView {
    pub kind: ReturningKind,
    pub name: DocName,
    pub on: CivilDay,
    pub title: String,
    pub step: ReturningStep,
    pub words_added: u64,
    pub words_removed: u64,
}

#[uniffi::remote(Enum)]
pub enum ReturningKind {
    Entry,
    CheckIn,
}

#[uniffi::remote(Enum)]
pub enum ReturningStep {
    Earlier,
    Back,
    Deleted,
}
