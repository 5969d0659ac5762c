//! Reaching each other within the cards: core/engine/src/reaching/boundary_cards.rs, nudges.rs, support_requests.rs and
//! reached.rs.

use belay_engine::model::boundary::BoundaryCard;
use belay_engine::model::{DocName, SpaceId};
use belay_engine::{
    BoundaryCardsView, Engine, NewSupportRequest, NudgeView, ReachedView, SupportRequestView,
};

use crate::{BelayCore, Result};

#[uniffi::export]
impl BelayCore {
    /// Both boundary cards of a partnership.
    pub async fn boundary_cards(&self, space: SpaceId) -> Result<BoundaryCardsView> {
        self.on_disk(move |engine| engine.boundary_cards(&space))
            .await
    }

    /// Writes the card for a partner; own devices hold to it. Writes to disk.
    pub async fn set_boundary_card(
        &self,
        space: SpaceId,
        card: BoundaryCard,
    ) -> Result<BoundaryCardsView> {
        self.on_disk(move |engine| engine.set_boundary_card(&space, card))
            .await
    }

    /// Nudges a partner, as far as their card allows it. Writes to disk.
    #[uniffi::method(default(topic = None))]
    pub async fn nudge(&self, space: SpaceId, topic: Option<String>) -> Result<NudgeView> {
        self.on_disk(move |engine| engine.nudge(&space, topic.as_deref()))
            .await
    }

    /// The nudges of a partnership, also those that were never brought up.
    pub async fn nudges(&self, space: SpaceId) -> Result<Vec<NudgeView>> {
        self.on_disk(move |engine| engine.nudges(&space)).await
    }

    /// Asks partners for support. Writes to disk.
    pub async fn ask_for_support(&self, new: NewSupportRequest) -> Result<Vec<SupportRequestView>> {
        self.on_disk(move |engine| engine.ask_for_support(new))
            .await
    }

    /// Every request for support that stands, from either side.
    pub async fn support_requests(&self) -> Result<Vec<SupportRequestView>> {
        self.on_disk(Engine::support_requests).await
    }

    /// Takes an own request back. Writes to disk.
    pub async fn take_back_request(&self, space: SpaceId, name: DocName) -> Result<()> {
        self.on_disk(move |engine| engine.take_back_request(&space, &name))
            .await
    }

    /// What may be brought up now, by this person's cards: for the first page and for notifications. Writes to disk.
    pub async fn reached(&self) -> Result<ReachedView> {
        self.on_disk(Engine::reached).await
    }
}
