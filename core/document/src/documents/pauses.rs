//! Pauses in a goal's document and, for everything, in the settings: a key for each, so that what two devices
//! enter both stays (G5).

use belay_model::CivilDay;
use belay_model::goals::{Pause, PauseReason, Pauses};

use super::{Draft, Scalar, SelfDocument};
use crate::DocumentError;

const PAUSE: &str = "pause/";
/// Stands in the place of a last day that nobody chose, or of a reason nobody gave.
const OPEN: &str = "-";

fn key(pause: &Pause) -> String {
    let or_open = |text: Option<String>| text.unwrap_or_else(|| OPEN.to_owned());
    let last = or_open(pause.last.map(|day| day.to_string()));
    let reason = or_open(pause.reason.map(|reason| reason.number().to_string()));
    format!("{PAUSE}{} {last} {reason}", pause.first)
}

fn parse(key: &str) -> Option<Pause> {
    let mut parts = key.strip_prefix(PAUSE)?.split(' ');
    let first: CivilDay = parts.next()?.parse().ok()?;
    let last = match parts.next()? {
        OPEN => None,
        day => Some(day.parse().ok()?),
    };
    let reason = match parts.next()? {
        OPEN => None,
        number => Some(PauseReason::from_number(number.parse().ok()?)?),
    };
    let pause = Pause {
        first,
        last,
        reason,
    };
    (self::key(&pause) == key).then_some(pause)
}

impl Draft {
    /// Writes the pauses that differ from those `before`, the document as it is, holds. What a newer program
    /// wrote in a form not known here stays.
    #[must_use]
    pub fn pauses(mut self, pauses: &Pauses, before: &SelfDocument) -> Self {
        for key in before.raw_fields().into_keys() {
            if parse(&key).is_some() {
                self.put(&key, None);
            }
        }
        for pause in pauses.iter() {
            self.put(&key(pause), Some(Scalar::Bool(true)));
        }
        self
    }
}

impl SelfDocument {
    /// The pauses this document holds: a goal's own, or in the settings those of everything.
    ///
    /// # Errors
    /// `NewerData` for what only a newer program can read.
    pub fn pauses(&self) -> Result<Pauses, DocumentError> {
        let fields = self.fields_of(self.kind())?;
        let pauses: Vec<Pause> = fields.0.keys().filter_map(|key| parse(key)).collect();
        Ok(pauses.into())
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test may stop at the first surprise")]

    use super::*;

    #[test]
    fn every_pause_has_one_key() {
        for (text, read) in [
            ("pause/2026-03-03 - -", true),
            ("pause/2026-03-03 2026-03-09 2", true),
            ("pause/2026-03-03 2026-03-09 9", false),
            ("pause/2026-03-03 2026-03-09 02", false),
            ("pause/2026-03-03 2026-03-09", false),
            ("pause/2026-03-03 - - -", false),
            ("2026-03-03 - -", false),
        ] {
            let pause = parse(text);
            assert_eq!(pause.is_some(), read, "{text}");
            assert!(pause.is_none_or(|pause| key(&pause) == text));
        }
    }
}
