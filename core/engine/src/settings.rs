//! Settings: the person's name, zone, day start and hold, kept in one document of `self`.

pub(crate) mod page;

use belay_document::documents::Draft as DocumentDraft;
use belay_model::{DisplayName, DocName, Moment, Settings};
use belay_protocol::DocKind;

use crate::Result;
use crate::engine::Engine;
use crate::host::DeviceZone;
use crate::input::SettingsEdit;
use crate::session::Session;
use crate::views::SettingsView;

/// The name kept for a zone whose own name no version could keep, as CLDR calls it.
const UNNAMED_ZONE: &str = "Etc/Unknown";

/// The present moment in the zone fixed in the settings, else in the device's. A fixed zone that this
/// version's zone data does not know (another device of the person is newer) gives way to the device's
/// too: nobody is kept from writing tonight because of a name.
pub(crate) fn moment(settings: &Settings, now_ms: i64, device: &DeviceZone) -> Result<Moment> {
    let fixed = settings.zone_name.as_deref();
    if let Some(moment) = fixed.and_then(|zone| Moment::new(now_ms, zone).ok()) {
        return Ok(moment);
    }
    let Some(offset) = device.offset_seconds else {
        return Ok(Moment::new(now_ms, &device.name)?);
    };
    let named = Moment::with_offset(now_ms, &device.name, offset);
    Ok(named.or_else(|_| Moment::with_offset(now_ms, UNNAMED_ZONE, offset))?)
}

/// Writes the settings that differ from what stands.
pub(crate) fn write_settings(session: &mut Session<'_>, settings: &Settings) -> Result<()> {
    settings.validate()?;
    let draft = DocumentDraft::new().settings(settings);
    session.write_document(DocKind::Settings, &DocName::ZERO, &draft)?;
    Ok(())
}

impl Engine {
    /// The settings.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn settings(&self) -> Result<SettingsView> {
        self.settings_view(self.read(crate::queries::settings)?)
    }

    /// The settings with the zone they lead to now.
    pub(crate) fn settings_view(&self, settings: Settings) -> Result<SettingsView> {
        let zone_in_force = self.moment(&settings)?.zone().name().to_owned();
        Ok(SettingsView {
            settings,
            zone_in_force,
        })
    }

    /// Changes what is given. A new name goes to every partner. Writes to disk.
    ///
    /// # Errors
    /// `InvalidInput` with the field and the rule; nothing is changed then.
    pub fn edit_settings(&self, edit: SettingsEdit) -> Result<SettingsView> {
        self.write(|session| {
            let mut settings = crate::queries::settings(session.tx)?;
            if let Some(name) = &edit.display_name {
                settings.display_name = Some(DisplayName::new(name)?);
            }
            if let Some(zone) = edit.zone_name.clone() {
                settings.zone_name = zone;
            }
            if let Some(day_start) = edit.day_start {
                settings.day_start = day_start;
            }
            if let Some(hold) = edit.hold_seconds {
                settings.hold_seconds = hold;
            }
            if let Some(labels) = edit.mood_labels.clone() {
                settings.mood_labels = labels;
                settings.mood_labels.sort_by_key(|own| own.mood);
            }
            if let Some(week_start) = edit.week_start {
                settings.week_start = week_start;
            }
            write_settings(session, &settings)?;
            if edit.display_name.is_some() {
                session.publish_profiles(&settings)?;
            }
            Ok(())
        })?;
        self.settings()
    }
}
