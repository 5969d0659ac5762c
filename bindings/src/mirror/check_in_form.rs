//! What the form of a check-in shows and keeps. What each part means is said where it is made: core/engine/src/check_ins/form.rs.
//!
//! A field that is added there fails the build here.

use belay_engine::library::Question;
use belay_engine::model::{
    CheckInFields, CheckInTemplate, CivilDay, DocName, Emotion, MoodLabel, PartOfDay, SpaceId,
};
use belay_engine::{
    CheckInDraftLineView, CheckInDraftView, CheckInFormView, CheckInTemplateView, CheckInView,
    FormPartnerView, GoalView, NewCheckIn,
};

use super::sets::CheckInAudience;

#[uniffi::remote(Record)]
pub struct CheckInFormView {
    pub on: CivilDay,
    pub today: CivilDay,
    pub late: bool,
    pub part_of_day: PartOfDay,
    pub template: CheckInTemplate,
    pub templates: Vec<CheckInTemplateView>,
    #[uniffi(default = [])]
    pub mood_labels: Vec<MoodLabel>,
    pub emotions: Vec<Emotion>,
    pub goals: Vec<GoalView>,
    pub partners: Vec<FormPartnerView>,
    #[uniffi(default)]
    pub audience: CheckInAudience,
    pub draft: Option<CheckInDraftView>,
    pub about: Option<CheckInView>,
    pub check_ins: Vec<CheckInView>,
}

#[uniffi::remote(Record)]
pub struct CheckInTemplateView {
    pub template: CheckInTemplate,
    pub questions: Vec<Question>,
}

#[uniffi::remote(Record)]
pub struct FormPartnerView {
    pub space: SpaceId,
    pub name: String,
    pub usual_fields: CheckInFields,
    pub present_fields: Option<CheckInFields>,
    pub paused: bool,
    pub words_differ: bool,
}

#[uniffi::remote(Record)]
pub struct CheckInDraftView {
    pub at_ms: i64,
    pub new: NewCheckIn,
}

#[uniffi::remote(Record)]
pub struct CheckInDraftLineView {
    pub on: CivilDay,
    pub about: Option<DocName>,
    pub at_ms: i64,
}
