//! What the pages of settings show, each in one answer.

use belay_store::ReadTx;
use serde::Serialize;

use crate::Result;
use crate::engine::Engine;
use crate::lan::NearbyView;
use crate::views::SettingsView;

/// Where sealed things of this person lie.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct RelayPageView {
    /// The relay that new partnerships use.
    pub relay: Option<String>,
    /// The relay that keeps a sealed copy for the person's own devices.
    pub self_copy: Option<String>,
}

/// The page of settings.
#[derive(Debug, Clone, Serialize)]
pub struct SettingsPageView {
    /// What the person chose for all their devices.
    pub settings: SettingsView,
    /// The relays this device was told.
    pub relay: RelayPageView,
    /// Whether devices may find each other on one network, and who was met.
    pub nearby: NearbyView,
    /// The recovery words were not confirmed yet.
    pub recovery_words_due: bool,
}

impl Engine {
    /// Everything the page of relays shows, as of one moment.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn relay_page(&self) -> Result<RelayPageView> {
        self.read(relays)
    }

    /// Everything the page of settings shows, as of one moment.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn settings_page(&self) -> Result<SettingsPageView> {
        self.read_spaces(|tx, spaces| {
            Ok(SettingsPageView {
                settings: self.settings_view(crate::queries::settings(tx)?)?,
                relay: relays(tx)?,
                nearby: crate::lan::nearby(tx, spaces)?,
                recovery_words_due: crate::today::recovery_words_due(tx)?,
            })
        })
    }
}

fn relays(tx: &ReadTx<'_>) -> Result<RelayPageView> {
    Ok(RelayPageView {
        relay: crate::relays::choice::chosen(tx)?,
        self_copy: crate::syncing::self_copy::relay_of_copy(tx)?,
    })
}
