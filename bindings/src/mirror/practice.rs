//! Practice. What each part means is said where it is made: core/engine/src/practice/views.rs, core/library/src/card.rs and
//! core/library/src/coping.rs.
//!
//! A field that is added there fails the build here.

use belay_engine::library::{CardKind, CopingGroup};
use belay_engine::{
    CardView, CopingIdeaView, CopingLibraryView, NewKeptLine, NewPlanStep, OwnCopingView,
    SafetyPlanStepView, SafetyPlanView,
};

#[uniffi::remote(Enum)]
pub enum CardKind {
    Listening,
    Validation,
}

#[uniffi::remote(Enum)]
pub enum CopingGroup {
    Body,
    Senses,
    Head,
    People,
    Place,
    Doing,
}

#[uniffi::remote(Record)]
pub struct CardView {
    pub name: String,
    pub kind: CardKind,
    pub title: String,
    pub how: String,
    pub say: Vec<String>,
    pub rather_not: String,
    pub not_reviewed: Option<String>,
}

#[uniffi::remote(Record)]
pub struct CopingLibraryView {
    pub own: Vec<OwnCopingView>,
    pub ideas: Vec<CopingIdeaView>,
}

#[uniffi::remote(Record)]
pub struct OwnCopingView {
    pub what: String,
    pub how: Option<String>,
}

#[uniffi::remote(Record)]
pub struct CopingIdeaView {
    pub name: String,
    pub group: CopingGroup,
    pub minutes: u8,
    pub what: String,
    pub how: Option<String>,
    pub not_reviewed: Option<String>,
}

#[uniffi::remote(Record)]
pub struct NewKeptLine {
    pub what: String,
    #[uniffi(default = None)]
    pub how: Option<String>,
}

#[uniffi::remote(Record)]
pub struct NewPlanStep {
    pub id: String,
    pub lines: Vec<String>,
}

#[uniffi::remote(Record)]
pub struct SafetyPlanView {
    pub name: String,
    pub title: String,
    pub about: String,
    pub notes: Vec<String>,
    pub not_reviewed: Option<String>,
    pub steps: Vec<SafetyPlanStepView>,
    pub others: Vec<String>,
    pub is_empty: bool,
    pub page: String,
}

#[uniffi::remote(Record)]
pub struct SafetyPlanStepView {
    pub id: String,
    pub title: String,
    pub ask: String,
    pub hint: Option<String>,
    pub examples: Vec<String>,
    pub lines: Vec<String>,
}
