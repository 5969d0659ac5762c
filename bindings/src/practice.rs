//! The safety plan, cards, and small things that help: core/engine/src/practice.rs.

use belay_engine::{
    CardView, CopingIdeaView, CopingLibraryView, NewKeptLine, NewPlanStep, SafetyPlanView,
};

use crate::{BelayCore, Result};

/// The cards for listening and validation, in a language by its BCP 47 tag.
#[uniffi::export]
pub fn cards(language: String) -> Result<Vec<CardView>> {
    Ok(belay_engine::cards(&language))
}

/// The small things that come with Belay, in a language by its BCP 47 tag.
#[uniffi::export]
pub fn coping_ideas(language: String) -> Result<Vec<CopingIdeaView>> {
    Ok(belay_engine::coping_ideas(&language))
}

/// The safety plan with nothing written in it.
#[uniffi::export]
pub fn safety_plan_form(language: String) -> Result<SafetyPlanView> {
    Ok(belay_engine::safety_plan_form(&language))
}

#[uniffi::export]
impl BelayCore {
    /// The person's safety plan; shared with nobody.
    pub async fn safety_plan(&self, language: String) -> Result<SafetyPlanView> {
        self.on_disk(move |engine| engine.safety_plan(&language))
            .await
    }

    /// Keeps the lines of the named steps in place of those they had. Writes to disk.
    pub async fn save_safety_plan(&self, steps: Vec<NewPlanStep>) -> Result<()> {
        self.on_disk(move |engine| engine.save_safety_plan(steps))
            .await
    }

    /// Small things to do when it is hard: own ones first.
    pub async fn coping_library(&self, language: String) -> Result<CopingLibraryView> {
        self.on_disk(move |engine| engine.coping_library(&language))
            .await
    }

    /// Keeps the person's own small things, in this order. Writes to disk.
    pub async fn save_own_coping(&self, things: Vec<NewKeptLine>) -> Result<()> {
        self.on_disk(move |engine| engine.save_own_coping(things))
            .await
    }
}
