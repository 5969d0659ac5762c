//! What screens show in one call. What each part means is said where it is made: core/engine/src/journal/page.rs,
//! journal_pages.rs, goal_pages.rs, settings_page.rs, they_see.rs and on_this_day.rs.
//!
//! A field that is added there fails the build here.

use belay_engine::model::{CheckInFields, CivilDay, DayView, DocName, GoalFields, Outcome};
use belay_engine::{
    AttachmentView, DraftView, EditorDraftView, EntryEditorView, EntryLineView, EntryMonthView,
    EntryPageView, EntryView, GoalFormView, GoalNameView, GoalNumbersView, GoalPageView,
    GoalRowView, GoalView, GoalsPageView, JournalEntryPageView, JournalPageView, MonthPageView,
    MonthView, NearbyView, OnThisDayView, PartnerView, PassageView, RelayPageView, SeenGoalView,
    SettingsPageView, SettingsView, SharePageView, TheySeeView,
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
pub struct MonthPageView {
    pub today: CivilDay,
    pub month: MonthView,
    pub page: EntryPageView,
    pub has_later: bool,
}

#[uniffi::remote(Record)]
pub struct GoalNameView {
    pub name: DocName,
    pub title: String,
}

#[uniffi::remote(Record)]
pub struct JournalEntryPageView {
    pub today: CivilDay,
    pub entry: EntryView,
    pub goals: Vec<GoalNameView>,
    #[uniffi(default = [])]
    pub attachments: Vec<AttachmentView>,
}

#[uniffi::remote(Record)]
pub struct EntryEditorView {
    pub today: CivilDay,
    pub on: CivilDay,
    pub late: bool,
    pub entry: Option<EntryView>,
    pub drafts: Vec<EditorDraftView>,
    pub goals: Vec<GoalNameView>,
    pub tags: Vec<String>,
    #[uniffi(default = [])]
    pub attachments: Vec<AttachmentView>,
}

#[uniffi::remote(Record)]
pub struct EditorDraftView {
    pub draft: DraftView,
    pub behind: bool,
}

#[uniffi::remote(Record)]
pub struct SharePageView {
    pub entry: EntryView,
    pub partners: Vec<PartnerView>,
    #[uniffi(default = [])]
    pub attachments: Vec<AttachmentView>,
}

#[uniffi::remote(Record)]
pub struct RelayPageView {
    pub relay: Option<String>,
    pub self_copy: Option<String>,
}

#[uniffi::remote(Record)]
pub struct SettingsPageView {
    pub settings: SettingsView,
    pub relay: RelayPageView,
    pub nearby: NearbyView,
    pub recovery_words_due: bool,
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
    #[uniffi(default)]
    pub partners: Vec<PartnerView>,
    #[uniffi(default)]
    pub numbers: GoalNumbersView,
}

#[uniffi::remote(Record)]
pub struct GoalFormView {
    pub today: CivilDay,
    pub partners: Vec<PartnerView>,
    pub drafts: Vec<DraftView>,
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
