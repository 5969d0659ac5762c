//! Pausing, leaving, blocking: core/engine/src/boundaries.rs.

use belay_engine::model::SpaceId;
use belay_engine::{PartnerView, Waited};

use crate::{BelayCore, Result};

#[uniffi::export]
impl BelayCore {
    /// Pauses sharing; the partner is not told. Writes to disk.
    pub async fn pause_sharing(&self, space: SpaceId) -> Result<PartnerView> {
        self.on_disk(move |engine| engine.pause_sharing(&space))
            .await
    }

    /// Shares again. `waited` says what becomes of what waited. Writes to disk.
    pub async fn resume_sharing(&self, space: SpaceId, waited: Waited) -> Result<PartnerView> {
        self.on_disk(move |engine| engine.resume_sharing(&space, waited))
            .await
    }

    /// How much waits while sharing is paused.
    pub async fn waiting_to_be_shared(&self, space: SpaceId) -> Result<u64> {
        self.on_disk(move |engine| engine.waiting_to_be_shared(&space))
            .await
    }

    /// Lets devices of a partnership meet on one network, or no more. Writes to disk.
    pub async fn set_partner_nearby(&self, space: SpaceId, on: bool) -> Result<PartnerView> {
        self.on_disk(move |engine| engine.set_partner_nearby(&space, on))
            .await
    }

    /// Leaves a partnership. Writes to disk.
    pub async fn leave(&self, space: SpaceId) -> Result<()> {
        self.on_disk(move |engine| engine.leave(&space)).await
    }

    /// Blocks a partner: leaves, and reads nothing of theirs any more. Writes to disk.
    pub async fn block(&self, space: SpaceId) -> Result<()> {
        self.on_disk(move |engine| engine.block(&space)).await
    }

    /// Removes from this device what they shared; answers how many things went. Writes to disk.
    pub async fn remove_what_they_shared(&self, space: SpaceId) -> Result<u64> {
        self.on_disk(move |engine| engine.remove_what_they_shared(&space))
            .await
    }
}
