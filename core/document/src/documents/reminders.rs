//! When to remind: times in a goal's document and, for check-ins, in the settings, with quiet hours; a key for each, so
//! that what two devices choose both stays (R1).

use std::collections::BTreeSet;

use belay_model::LocalTime;
use belay_model::boundary::QuietHours;

use super::{Draft, Scalar, SelfDocument};
use crate::DocumentError;

const REMIND: &str = "remind/";
const QUIET: &str = "quiet/";
const SAYS_WHAT: &str = "reminders_say_what";

fn time(key: &str) -> Option<LocalTime> {
    key.strip_prefix(REMIND)?.parse().ok()
}

fn quiet(key: &str) -> Option<QuietHours> {
    let (from, to) = key.strip_prefix(QUIET)?.split_once('-')?;
    Some(QuietHours {
        from: from.parse().ok()?,
        to: to.parse().ok()?,
    })
}

impl Draft {
    /// Writes the times that differ from those `before`, the document as it is, holds.
    #[must_use]
    pub fn reminder_times(mut self, times: &BTreeSet<LocalTime>, before: &SelfDocument) -> Self {
        for key in before.raw_fields().into_keys() {
            if time(&key).is_some() {
                self.put(&key, None);
            }
        }
        for time in times {
            self.put(&format!("{REMIND}{time}"), Some(Scalar::Bool(true)));
        }
        self
    }

    /// Writes the quiet hours that differ from those `before`, the settings as they are, hold.
    #[must_use]
    pub fn quiet_hours(mut self, hours: &[QuietHours], before: &SelfDocument) -> Self {
        for key in before.raw_fields().into_keys() {
            if quiet(&key).is_some() {
                self.put(&key, None);
            }
        }
        for QuietHours { from, to } in hours {
            self.put(&format!("{QUIET}{from}-{to}"), Some(Scalar::Bool(true)));
        }
        self
    }

    /// Writes whether reminders may say what kind of thing they are about.
    #[must_use]
    pub fn reminders_say_what(mut self, they_do: bool) -> Self {
        self.put(SAYS_WHAT, they_do.then_some(Scalar::Bool(true)));
        self
    }
}

impl SelfDocument {
    /// The times this document holds: a goal's, or in the settings those of check-ins.
    ///
    /// # Errors
    /// `NewerData` for what only a newer program can read.
    pub fn reminder_times(&self) -> Result<BTreeSet<LocalTime>, DocumentError> {
        let fields = self.fields_of(self.kind())?;
        Ok(fields.0.keys().filter_map(|key| time(key)).collect())
    }

    /// The quiet hours in the settings.
    ///
    /// # Errors
    /// `NewerData` for what only a newer program can read.
    pub fn quiet_hours(&self) -> Result<Vec<QuietHours>, DocumentError> {
        let fields = self.fields_of(self.kind())?;
        Ok(fields.0.keys().filter_map(|key| quiet(key)).collect())
    }

    /// Whether reminders may say what kind of thing they are about.
    ///
    /// # Errors
    /// `NewerData` for what only a newer program can read.
    pub fn reminders_say_what(&self) -> Result<bool, DocumentError> {
        let fields = self.fields_of(self.kind())?;
        Ok(fields.0.contains_key(SAYS_WHAT))
    }
}
