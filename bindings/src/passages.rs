//! Passages of the journal that a partner is given: core/engine/src/journal/passages.rs.

use belay_engine::model::{DocName, SpaceId};
use belay_engine::{Engine, NewPassage, PassagePreviewView, PassageView, UndoneView};

use crate::{BelayCore, Result};

#[uniffi::export]
impl BelayCore {
    /// Exactly what the partner would see. Changes nothing.
    pub async fn preview_passage(&self, new: NewPassage) -> Result<PassagePreviewView> {
        self.on_disk(move |engine| engine.preview_passage(&new))
            .await
    }

    /// Gives a passage to a partner. Writes to disk.
    pub async fn share_passage(&self, new: NewPassage) -> Result<PassageView> {
        self.on_disk(move |engine| engine.share_passage(new)).await
    }

    /// Takes a passage back. Writes to disk.
    pub async fn retract_passage(&self, space: SpaceId, name: DocName) -> Result<UndoneView> {
        self.on_disk(move |engine| engine.retract_passage(&space, &name))
            .await
    }

    /// One passage.
    pub async fn passage(&self, space: SpaceId, name: DocName) -> Result<PassageView> {
        self.on_disk(move |engine| engine.passage(&space, &name))
            .await
    }

    /// All passages that partners have.
    pub async fn passages(&self) -> Result<Vec<PassageView>> {
        self.on_disk(Engine::passages).await
    }
}
