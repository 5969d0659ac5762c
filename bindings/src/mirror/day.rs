//! What Today, goals and months show. What each part means is said where it is made: core/engine/src/views.rs and month.rs.
//!
//! A field that is added there fails the build here.

use belay_engine::model::statistics::DaysSince;
use belay_engine::model::{
    CheckIn, CheckInFields, CivilDay, DocName, Goal, GoalFields, Last14, Mood, Outcome, PartOfDay,
    Settings, SharedCheckIn, SharedOutcome, SpaceId,
};
use belay_engine::{
    CheckInDraftLineView, CheckInView, DeliveryView, ErasureView, GoalView, MonthDayView,
    MonthView, OnThisDayView, OutcomePreviewView, OutcomeView, PartnerCheckInView,
    PartnerTodayView, PartnerView, PreviewView, ResponseView, SettingsView, SharedFieldsView,
    SharedWithView, TodayView, UndoneView,
};

#[uniffi::remote(Enum)]
pub enum DeliveryView {
    Held { until_at_ms: i64 },
    Queued,
    Paused,
    OnRelay,
    Received,
}

#[uniffi::remote(Enum)]
pub enum SharedFieldsView {
    CheckIn { fields: CheckInFields },
    Goal { fields: GoalFields },
}

#[uniffi::remote(Record)]
pub struct SharedWithView {
    pub space: SpaceId,
    pub partner: String,
    pub fields: SharedFieldsView,
    pub delivery: Option<DeliveryView>,
    pub erasures: Vec<ErasureView>,
}

#[uniffi::remote(Record)]
pub struct CheckInView {
    pub name: DocName,
    pub check_in: CheckIn,
    pub late: bool,
    pub edited: bool,
    pub deleted: bool,
    pub shared_with: Vec<SharedWithView>,
    pub responses: Vec<ResponseView>,
}

#[uniffi::remote(Record)]
pub struct UndoneView {
    pub may_have_left: bool,
}

#[uniffi::remote(Record)]
pub struct PreviewView {
    pub space: SpaceId,
    pub partner: String,
    pub fields: CheckInFields,
    pub check_in: Option<SharedCheckIn>,
    pub outcomes: Vec<OutcomePreviewView>,
}

#[uniffi::remote(Record)]
pub struct OutcomePreviewView {
    pub goal_title: String,
    pub outcome: SharedOutcome,
}

#[uniffi::remote(Record)]
pub struct GoalView {
    pub name: DocName,
    pub goal: Goal,
    pub due_today: bool,
    pub today: Option<Outcome>,
    pub last_14: Last14,
    pub shared_with: Vec<SharedWithView>,
    #[uniffi(default = false)]
    pub paused_today: bool,
    #[uniffi(default = None)]
    pub times_left: Option<u32>,
    #[uniffi(default = None)]
    pub due_until: Option<CivilDay>,
    #[uniffi(default = None)]
    pub days_since: Option<DaysSince>,
}

#[uniffi::remote(Record)]
pub struct OutcomeView {
    pub goal: DocName,
    pub goal_title: String,
    pub outcome: Outcome,
}

#[uniffi::remote(Record)]
pub struct TodayView {
    pub on: CivilDay,
    pub zone: String,
    pub local_time: String,
    pub display_name: Option<String>,
    pub check_ins: Vec<CheckInView>,
    pub goals: Vec<GoalView>,
    pub partners: Vec<PartnerTodayView>,
    pub part_of_day: PartOfDay,
    pub drafts: Vec<CheckInDraftLineView>,
    pub recovery_words_due: bool,
    #[uniffi(default)]
    pub on_this_day: Vec<OnThisDayView>,
}

#[uniffi::remote(Enum)]
pub enum PartOfDay {
    Morning,
    Day,
    Evening,
    Night,
}

#[uniffi::remote(Record)]
pub struct PartnerTodayView {
    pub partner: PartnerView,
    pub last: Option<PartnerCheckInView>,
}

#[uniffi::remote(Record)]
pub struct MonthView {
    pub first: CivilDay,
    pub last: CivilDay,
    pub days: Vec<MonthDayView>,
}

#[uniffi::remote(Record)]
pub struct MonthDayView {
    pub on: CivilDay,
    pub check_ins: u32,
    pub moods: Vec<Mood>,
    pub entries: u32,
    pub outcomes: u32,
}

#[uniffi::remote(Record)]
pub struct SettingsView {
    pub settings: Settings,
    pub zone_in_force: String,
}
