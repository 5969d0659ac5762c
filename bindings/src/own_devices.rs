//! Further devices of the same person: core/engine/src/own_devices.rs and own_device_pairing.rs.

use std::sync::Arc;

use belay_engine::model::DisplayName;
use belay_engine::{Engine, InvitationView, OwnDeviceView};

use crate::{BelayCore, Result};

/// A device that answered the code. Nothing is written before the person says that the words are the same.
#[derive(Debug, Clone, uniffi::Record)]
pub struct AskingDeviceView {
    /// Names it until it is admitted or turned away.
    pub id: u64,
    /// What must stand on both screens.
    pub comparison_words: Vec<String>,
}

/// Is handed the words that must stand on both screens.
#[uniffi::export(rust, foreign)]
pub trait WordsObserver: Send + Sync {
    /// Shows them.
    fn show_words(&self, words: Vec<String>);
}

#[uniffi::export]
impl BelayCore {
    /// The person's devices.
    pub async fn own_devices(&self) -> Result<Vec<OwnDeviceView>> {
        self.on_disk(Engine::own_devices).await
    }

    /// Whether this device waits to be admitted by another one.
    pub async fn is_waiting_device(&self) -> Result<bool> {
        self.on_disk(Engine::is_waiting_device).await
    }

    /// How many partnerships are only on other own devices.
    pub async fn partnerships_elsewhere(&self) -> Result<u64> {
        self.on_disk(Engine::partnerships_elsewhere).await
    }

    /// What this waiting device shows of itself, to be carried by hand.
    pub async fn own_device_bundle(&self) -> Result<Vec<u8>> {
        self.on_disk(Engine::own_device_bundle).await
    }

    /// Admits a device by what it showed of itself; answers its welcome. Writes to disk.
    pub async fn admit_own_device(&self, bundle: Vec<u8>, name: String) -> Result<Vec<u8>> {
        self.on_disk(move |engine| engine.admit_own_device(&bundle, &name))
            .await
    }

    /// Joins by a welcome. Writes to disk.
    pub async fn join_own_devices(&self, welcome: Vec<u8>) -> Result<()> {
        self.on_disk(move |engine| engine.join_own_devices(&welcome))
            .await
    }

    /// Makes a code for an own device to scan. Touches the network.
    pub async fn invite_own_device(&self) -> Result<InvitationView> {
        self.on_network(|engine| async move { engine.invite_own_device().await })
            .await
    }

    /// Waits until a device answers the code. Touches the network.
    pub async fn await_own_device(&self, invitation_id: String) -> Result<AskingDeviceView> {
        let asking = self
            .on_network(|engine| async move { engine.await_own_device(&invitation_id).await })
            .await?;
        Ok(AskingDeviceView {
            comparison_words: asking.comparison_words(),
            id: self.asking.keep(asking),
        })
    }

    /// Admits a device after the words were the same, under the name the person gives it. Touches the network.
    pub async fn admit_asking_device(&self, id: u64, name: String) -> Result<Vec<OwnDeviceView>> {
        // A name that breaks a rule leaves the device waiting.
        let name = DisplayName::new(&name).map_err(belay_engine::BelayError::from)?;
        let asking = self.asking.take(id)?;
        self.on_network(|engine| async move { engine.admit_asking_device(asking, &name).await })
            .await
    }

    /// Turns a device away: the words differed, or the person thought better of it.
    pub async fn turn_device_away(&self, id: u64) -> Result<()> {
        self.asking.take(id).map(drop)
    }

    /// Answers the code that an own device shows, and waits to be admitted. Touches the network.
    pub async fn join_as_own_device(
        &self,
        text: String,
        observer: Arc<dyn WordsObserver>,
    ) -> Result<()> {
        self.on_network(|engine| async move {
            let show = |words: &[String]| observer.show_words(words.to_vec());
            engine.join_as_own_device(&text, &show).await
        })
        .await
    }
}
