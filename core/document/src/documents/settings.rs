//! The fields of the one settings document.

use belay_model::{DayStart, Mood, MoodLabel, Settings, Weekday};
use belay_protocol::DocKind;

use super::fields::Fields;
use super::{Draft, Scalar, SelfDocument};
use crate::DocumentError;

const DISPLAY_NAME: &str = "display_name";
const ZONE_NAME: &str = "zone_name";
const DAY_START: &str = "day_start";
const HOLD_SECONDS: &str = "hold_seconds";
const WEEK_START: &str = "week_start";
/// `mood_label/1` to `mood_label/5`: a key for each, so that what two devices name both stays.
const MOOD_LABEL: &str = "mood_label/";

impl Draft {
    /// Writes every setting that differs from what the document holds.
    #[must_use]
    pub fn settings(mut self, settings: &Settings) -> Self {
        self.put_schema();
        let name = settings.display_name.as_ref();
        self.put_text(DISPLAY_NAME, name.map(AsRef::as_ref));
        self.put_text(ZONE_NAME, settings.zone_name.as_deref());
        self.put_uint(DAY_START, Some(settings.day_start.hour().into()));
        self.put_uint(HOLD_SECONDS, Some(settings.hold_seconds.into()));
        self.put_uint(WEEK_START, Some(settings.week_start.number().into()));
        for mood in Mood::all() {
            let own = settings.mood_labels.iter().find(|own| own.mood == mood);
            let key = format!("{MOOD_LABEL}{}", mood.step());
            self.put_text(&key, own.map(|own| own.label.as_str()));
        }
        self
    }
}

impl SelfDocument {
    /// The settings; what was never set is as by default.
    ///
    /// # Errors
    /// `WrongKind`, `NewerData`, or `Field` for a value that this schema does not allow.
    pub fn settings(&self) -> Result<Settings, DocumentError> {
        let fields = self.fields_of(DocKind::Settings)?;
        let default = Settings::default();
        let hold = fields.uint(HOLD_SECONDS)?.map(u32::try_from).transpose();
        Ok(Settings {
            display_name: fields.parsed(DISPLAY_NAME)?,
            zone_name: fields.owned_text(ZONE_NAME)?,
            day_start: fields
                .choice(DAY_START, |hour| DayStart::new(hour).ok())?
                .unwrap_or(default.day_start),
            hold_seconds: hold
                .map_err(|_| DocumentError::Field {
                    field: HOLD_SECONDS,
                })?
                .unwrap_or(default.hold_seconds),
            week_start: fields
                .choice(WEEK_START, Weekday::from_number)?
                .unwrap_or(default.week_start),
            mood_labels: mood_labels(&fields),
        })
    }
}

fn mood_labels(fields: &Fields) -> Vec<MoodLabel> {
    let labels = Mood::all().into_iter().filter_map(|mood| {
        let key = format!("{MOOD_LABEL}{}", mood.step());
        match fields.0.get(&key) {
            Some(Scalar::Text(label)) => Some(MoodLabel {
                mood,
                label: label.clone(),
            }),
            _ => None,
        }
    });
    labels.collect()
}
