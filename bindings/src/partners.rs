//! Partners, and answers to what they shared: core/engine/src/partners.rs and responses.rs.

use belay_engine::model::{CheckInFields, SpaceId};
use belay_engine::{Engine, NewResponse, PartnerPageView, PartnerView, PeopleView, ResponseView};

use crate::{BelayCore, Result};

#[uniffi::export]
impl BelayCore {
    /// Everything the page of people shows.
    pub async fn people(&self) -> Result<PeopleView> {
        self.on_disk(Engine::people).await
    }

    /// Every partner.
    pub async fn partners(&self) -> Result<Vec<PartnerView>> {
        self.on_disk(Engine::partners).await
    }

    /// One partner's page.
    pub async fn partner(&self, space: SpaceId) -> Result<PartnerPageView> {
        self.on_disk(move |engine| engine.partner(&space)).await
    }

    /// Sets what a partner usually sees of a check-in. Writes to disk.
    pub async fn set_usual_fields(
        &self,
        space: SpaceId,
        fields: CheckInFields,
    ) -> Result<PartnerView> {
        self.on_disk(move |engine| engine.set_usual_fields(&space, fields))
            .await
    }

    /// Notes whether the four words were the same on both screens. Writes to disk.
    pub async fn mark_compared(&self, space: SpaceId, same: bool) -> Result<PartnerView> {
        self.on_disk(move |engine| engine.mark_compared(&space, same))
            .await
    }

    /// Answers something a partner shared. Writes to disk.
    pub async fn respond(&self, new: NewResponse) -> Result<ResponseView> {
        self.on_disk(move |engine| engine.respond(new)).await
    }
}
