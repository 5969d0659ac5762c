//! Names of own devices, and removing one: core/engine/src/own_devices/removal.rs.

use belay_engine::model::DeviceId;
use belay_engine::{
    ArrivalView, DeviceStandingView, DevicesPageView, Engine, OwnDeviceView, RemovedDeviceView,
};

use crate::{BelayCore, Result};

#[uniffi::export]
impl BelayCore {
    /// How this device stands among the person's.
    pub async fn device_standing(&self) -> Result<DeviceStandingView> {
        self.on_disk(Engine::device_standing).await
    }

    /// How much of the person's own things has come to this device; nothing before it was admitted.
    pub async fn arrival(&self) -> Result<Option<ArrivalView>> {
        self.on_disk(Engine::arrival).await
    }

    /// Calls a device by another name, on all of them. Writes to disk.
    pub async fn rename_own_device(
        &self,
        device: DeviceId,
        name: String,
    ) -> Result<Vec<OwnDeviceView>> {
        self.on_disk(move |engine| engine.rename_own_device(&device, &name))
            .await
    }

    /// Removes one of the person's other devices, at once and also offline. Writes to disk.
    pub async fn revoke_own_device(&self, device: DeviceId) -> Result<Vec<OwnDeviceView>> {
        self.on_disk(move |engine| engine.revoke_own_device(&device))
            .await
    }

    /// Removes devices of the person with the words as the authority: an act that outranks every device's. A restored
    /// device syncs first, for what it has by then counts. Writes to disk.
    pub async fn revoke_with_words(
        &self,
        devices: Vec<DeviceId>,
        words: String,
    ) -> Result<DevicesPageView> {
        self.on_disk(move |engine| engine.revoke_with_words(&devices, &words))
            .await
    }

    /// The person's devices that were removed, the latest first.
    pub async fn removed_devices(&self) -> Result<Vec<RemovedDeviceView>> {
        self.on_disk(Engine::removed_devices).await
    }

    /// Lets what a removed device wrote, and what waits, count after all; says how many things came in. Writes to disk.
    pub async fn take_in_from_removed_device(&self, device: DeviceId) -> Result<u64> {
        self.on_disk(move |engine| engine.take_in_from_removed_device(&device))
            .await
    }
}
