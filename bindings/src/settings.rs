//! Settings, the relay, the self-check: core/engine/src/settings.rs, relay_choice.rs, self_copy.rs, today.rs and
//! readers.rs.

use belay_engine::model::{DayStart, MoodLabel, SpaceId, Weekday};
use belay_engine::{Engine, Readable, ReadersView, RelayMoveView, SettingsView, StatusView};

use crate::{BelayCore, Result};

/// What to change of the settings; nothing leaves a thing as it is.
#[derive(Debug, Clone, uniffi::Record)]
pub struct SettingsEdit {
    /// The name partners see.
    #[uniffi(default = None)]
    pub display_name: Option<String>,
    /// Which zone says what day it is.
    #[uniffi(default = None)]
    pub zone: Option<ZoneChoice>,
    /// When the day begins.
    #[uniffi(default = None)]
    pub day_start: Option<DayStart>,
    /// How long a shared copy waits before it leaves, in seconds.
    #[uniffi(default = None)]
    pub hold_seconds: Option<u32>,
    /// On which day a week begins.
    #[uniffi(default = None)]
    pub week_start: Option<Weekday>,
    /// All own words for steps of the mood; an empty list takes them away.
    #[uniffi(default = None)]
    pub mood_labels: Option<Vec<MoodLabel>>,
}

/// Which zone is in force.
#[derive(Debug, Clone, PartialEq, Eq, uniffi::Enum)]
pub enum ZoneChoice {
    /// The device's, wherever it is.
    Device,
    /// Always this one.
    Fixed {
        /// Its IANA name.
        name: String,
    },
}

impl From<SettingsEdit> for belay_engine::SettingsEdit {
    fn from(edit: SettingsEdit) -> Self {
        let SettingsEdit {
            display_name,
            zone,
            day_start,
            hold_seconds,
            week_start,
            mood_labels,
        } = edit;
        Self {
            display_name,
            zone_name: zone.map(Option::from),
            day_start,
            hold_seconds,
            week_start,
            mood_labels,
        }
    }
}

impl From<ZoneChoice> for Option<String> {
    fn from(choice: ZoneChoice) -> Self {
        match choice {
            ZoneChoice::Device => None,
            ZoneChoice::Fixed { name } => Some(name),
        }
    }
}

#[uniffi::export]
impl BelayCore {
    /// The settings as they are.
    pub async fn settings(&self) -> Result<SettingsView> {
        self.on_disk(Engine::settings).await
    }

    /// Changes settings. Writes to disk.
    pub async fn edit_settings(&self, edit: SettingsEdit) -> Result<SettingsView> {
        self.on_disk(move |engine| engine.edit_settings(edit.into()))
            .await
    }

    /// The self-check: how this device and every space stand.
    pub async fn status(&self) -> Result<StatusView> {
        self.on_disk(Engine::status).await
    }

    /// Who can read a thing now, who could once, and where sealed copies lie.
    pub async fn who_can_read(&self, item: Readable) -> Result<ReadersView> {
        self.on_disk(move |engine| engine.who_can_read(&item)).await
    }

    /// The relay that new partnerships use.
    pub async fn relay(&self) -> Result<Option<String>> {
        self.on_disk(Engine::relay).await
    }

    /// Sets that relay; nothing takes it away. Writes to disk.
    #[uniffi::method(default(allow_plain_http = false))]
    pub async fn set_relay(&self, origin: Option<String>, allow_plain_http: bool) -> Result<()> {
        self.on_disk(move |engine| engine.set_relay(origin.as_deref(), allow_plain_http))
            .await
    }

    /// Moves a partnership, or the sealed copy for one's own devices, to another relay; the old one is told and
    /// read for 30 more days. Doing it again changes nothing. Writes to disk.
    #[uniffi::method(default(allow_plain_http = false))]
    pub async fn move_relay(
        &self,
        space: SpaceId,
        origin: String,
        allow_plain_http: bool,
    ) -> Result<RelayMoveView> {
        self.on_disk(move |engine| engine.move_relay(&space, &origin, allow_plain_http))
            .await
    }

    /// How the move of a space to another relay stands.
    pub async fn relay_move(&self, space: SpaceId) -> Result<RelayMoveView> {
        self.on_disk(move |engine| engine.relay_move(&space)).await
    }

    /// The relay that keeps a sealed copy for one's own devices, if one does.
    pub async fn self_copy(&self) -> Result<Option<String>> {
        self.on_disk(Engine::self_copy).await
    }

    /// Lets the relay keep a sealed copy, or no more. Writes to disk.
    pub async fn set_self_copy(&self, keep: bool) -> Result<()> {
        self.on_disk(move |engine| engine.set_self_copy(keep)).await
    }

    /// Makes anew what is derived from the signed items. Writes to disk.
    pub async fn rebuild_projection(&self) -> Result<()> {
        self.on_disk(Engine::rebuild_projection).await
    }
}
