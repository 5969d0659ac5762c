//! What a person set once for all their devices.

use serde::{Deserialize, Serialize};

use crate::limits::MAX_HOLD_SECONDS;
use crate::{
    DayStart, DisplayName, Mood, MoodLabel, Rule, RuleError, Weekday, Zone, validate_mood_labels,
};

/// A person's settings.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Settings {
    /// The name offered when a new space is made; each space may show another.
    pub display_name: Option<DisplayName>,
    /// The IANA zone to use instead of the device's own.
    pub zone_name: Option<String>,
    /// The hour at which the day begins.
    pub day_start: DayStart,
    /// How long a shared copy waits before it leaves, in seconds (C5).
    pub hold_seconds: u32,
    /// The first day of the week.
    pub week_start: Weekday,
    /// Own words for steps of the mood, in their order; a step without one has its usual word.
    #[serde(default)]
    pub mood_labels: Vec<MoodLabel>,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            display_name: None,
            zone_name: None,
            day_start: DayStart::MIDNIGHT,
            hold_seconds: 10,
            week_start: Weekday::Monday,
            mood_labels: Vec::new(),
        }
    }
}

impl Settings {
    /// Checks the rules for what a person sets: a zone this version knows, a hold of at most ten
    /// minutes.
    pub fn validate(&self) -> Result<(), RuleError> {
        if let Some(name) = &self.zone_name {
            Zone::at(name, 0).map_err(|error| error.in_field("zone_name"))?;
        }
        if self.hold_seconds > MAX_HOLD_SECONDS {
            return Err(RuleError::new("hold_seconds", Rule::OutOfRange));
        }
        validate_mood_labels(&self.mood_labels)?;
        Ok(())
    }

    /// The person's own word for a step of the mood, or the usual one.
    #[must_use]
    pub fn mood_word(&self, mood: Mood) -> &str {
        let own = self.mood_labels.iter().find(|label| label.mood == mood);
        own.map_or(mood.word(), |own| &own.label)
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test may stop at the first surprise")]

    use super::*;

    #[test]
    fn the_defaults_are_allowed_and_hold_for_ten_seconds() {
        assert_eq!(Settings::default().validate(), Ok(()));
        assert_eq!(Settings::default().hold_seconds, 10);
    }

    #[test]
    fn an_unknown_zone_and_an_endless_hold_are_refused() {
        let zone = Settings {
            zone_name: Some("Europe/Atlantis".into()),
            ..Settings::default()
        };
        assert_eq!(
            zone.validate(),
            Err(RuleError::new("zone_name", Rule::UnknownZone))
        );
        let hold = Settings {
            hold_seconds: 601,
            ..Settings::default()
        };
        assert_eq!(
            hold.validate(),
            Err(RuleError::new("hold_seconds", Rule::OutOfRange))
        );
    }

    #[test]
    fn settings_survive_json() {
        let json = serde_json::to_string(&Settings::default()).unwrap();
        assert_eq!(
            serde_json::from_str::<Settings>(&json).unwrap(),
            Settings::default()
        );
        assert!(
            serde_json::from_str::<Settings>(&json.replace("\"day_start\":0", "\"day_start\":7"))
                .is_err()
        );
    }
}
