//! What to write by. What each part means is said where it is made: core/engine/src/journal/offers.rs, worksheet.rs,
//! core/library/src/prompt.rs and core/library/src/form.rs.
//!
//! A field that is added there fails the build here.

use belay_engine::library::{FormKind, PromptGroup};
use belay_engine::model::{CivilDay, DocName};
use belay_engine::{PlanLineView, PromptView, TemplateStepView, TemplateView, WritingOffersView};

#[uniffi::remote(Enum)]
pub enum PromptGroup {
    Wins,
    Helped,
    People,
    Now,
    Hard,
    Ahead,
    Oneself,
}

#[uniffi::remote(Enum)]
pub enum FormKind {
    Journal,
    Interview,
    Worksheet,
    SafetyPlan,
}

#[uniffi::remote(Record)]
pub struct WritingOffersView {
    pub on: CivilDay,
    pub for_the_day: Vec<PromptView>,
    pub prompts: Vec<PromptView>,
    pub templates: Vec<TemplateView>,
}

#[uniffi::remote(Record)]
pub struct PromptView {
    pub name: String,
    pub group: PromptGroup,
    pub strength: bool,
    pub ask: String,
    pub hint: Option<String>,
}

#[uniffi::remote(Record)]
pub struct TemplateView {
    pub name: String,
    pub kind: FormKind,
    pub title: String,
    pub about: String,
    pub notes: Vec<String>,
    pub not_reviewed: Option<String>,
    pub steps: Vec<TemplateStepView>,
    pub skeleton: String,
}

#[uniffi::remote(Record)]
pub struct TemplateStepView {
    pub id: String,
    pub title: String,
    pub ask: String,
    pub hint: Option<String>,
    pub examples: Vec<String>,
}

#[uniffi::remote(Record)]
pub struct PlanLineView {
    pub text: String,
    pub goal: Option<DocName>,
}
