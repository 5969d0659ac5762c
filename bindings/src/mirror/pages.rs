//! What screens show in one call. What each part means is said where it is made: core/engine/src/journal_page.rs,
//! goal_pages.rs, they_see.rs and on_this_day.rs.
//!
//! A field that is added there fails the build here.

use belay_engine::model::{CheckInFields, CivilDay, DayView, DocName, GoalFields, Outcome};
use belay_engine::{
    DraftView, EntryLineView, EntryMonthView, EntryPageView, GoalPageView, GoalRowView, GoalView,
    GoalsPageView, JournalPageView, OnThisDayView, PartnerView, PassageView, SeenGoalView,
    TheySeeView,
};

#[uniffi::remote(Record)]
pub struct JournalPageView {
    pub today: CivilDay,
    pub page: EntryPageView,
    pub months: Vec<EntryMonthView>,
    pub drafts: Vec<DraftView>,
    pub deleted: u64,
}

#[uniffi::remote(Record)]
pub struct GoalsPageView {
    pub today: CivilDay,
    pub goals: Vec<GoalRowView>,
}

#[uniffi::remote(Record)]
pub struct GoalRowView {
    pub goal: GoalView,
    pub back_after_days: Option<u32>,
}

#[uniffi::remote(Record)]
pub struct GoalPageView {
    pub goal: GoalView,
    pub back_after_days: Option<u32>,
    pub today: CivilDay,
    pub days: Vec<DayView>,
    pub outcomes: Vec<Outcome>,
}

#[uniffi::remote(Record)]
pub struct TheySeeView {
    pub partner: PartnerView,
    pub usual_fields: CheckInFields,
    pub goals: Vec<SeenGoalView>,
    pub check_ins: u64,
    pub passages: Vec<PassageView>,
}

#[uniffi::remote(Record)]
pub struct SeenGoalView {
    pub name: DocName,
    pub title: String,
    pub fields: GoalFields,
}

#[uniffi::remote(Record)]
pub struct OnThisDayView {
    pub on: CivilDay,
    pub years_ago: u32,
    pub entries: Vec<EntryLineView>,
    pub wins: Vec<String>,
}
