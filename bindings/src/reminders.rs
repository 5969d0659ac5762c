//! Reminders: what was chosen, and the next instants for a shell to keep: core/engine/src/reminders.rs.

use belay_engine::model::boundary::QuietHours;
use belay_engine::model::reminders::RemindedOf;
use belay_engine::model::{DocName, LocalTime};
use belay_engine::{Engine, RemindersView};

use crate::{BelayCore, Result};

#[uniffi::export]
impl BelayCore {
    /// Everything chosen about reminders, with the plan as of now: at most sixty instants that name nothing.
    pub async fn reminders(&self) -> Result<RemindersView> {
        self.on_disk(Engine::reminders).await
    }

    /// Chooses at which times to be reminded of a goal, or without one of a check-in. Writes to disk.
    pub async fn remind_of(
        &self,
        of: Option<DocName>,
        times: Vec<LocalTime>,
    ) -> Result<RemindersView> {
        self.on_disk(move |engine| engine.remind_of(of.as_ref(), times))
            .await
    }

    /// Chooses when the phone stays quiet. Writes to disk.
    pub async fn set_quiet_hours(&self, quiet: Vec<QuietHours>) -> Result<RemindersView> {
        self.on_disk(move |engine| engine.set_quiet_hours(quiet))
            .await
    }

    /// Chooses whether a reminder may say what kind of thing it is about. Writes to disk.
    pub async fn set_reminders_say_what(&self, they_do: bool) -> Result<RemindersView> {
        self.on_disk(move |engine| engine.set_reminders_say_what(they_do))
            .await
    }

    /// Reminds of this once more at that instant, if it is not done by then. Writes to disk.
    pub async fn snooze_reminder(&self, of: RemindedOf, until_ms: i64) -> Result<RemindersView> {
        self.on_disk(move |engine| engine.snooze_reminder(of, until_ms))
            .await
    }
}
