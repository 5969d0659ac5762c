//! A check-in: sixty seconds on how the day is, kept for its owner alone until they share it (C1-C5).

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use crate::limits::{MAX_LINE_CHARS, MAX_NOTE_BYTES, check_bytes, check_chars};
use crate::words::word_enum;
use crate::written::check_days;
use crate::{
    CheckInField, CheckInFields, CivilDay, DayStart, Emotion, Energy, Moment, Mood, Need, Rule,
    RuleError,
};

word_enum!(
    /// Which questions a check-in answers; one thing in three dresses (C2).
    CheckInTemplate, "template", {
        /// Whatever comes.
        Free = 1, "free";
        /// The morning pledge.
        Morning = 2, "morning";
        /// The evening review.
        Evening = 3, "evening";
    }
);

/// A check-in as its owner keeps it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CheckIn {
    /// The civil day it is about. It stays there for every reader, wherever they are.
    pub on: CivilDay,
    /// When it was first written, on which clock.
    pub written: Moment,
    /// The writer's civil day when it was first written, by the day start of that time: kept, so that
    /// changing the setting later moves nothing.
    pub written_on: CivilDay,
    /// When each field was last changed after the first writing, in milliseconds since 1970 UTC. Kept
    /// per field, so that a reader learns of an edit only when they can see what was edited.
    pub edited: BTreeMap<CheckInField, i64>,
    /// Which questions it answers.
    pub template: CheckInTemplate,
    /// How it feels.
    pub mood: Option<Mood>,
    /// Words for the feelings.
    pub emotions: BTreeSet<Emotion>,
    /// How much energy there is.
    pub energy: Option<Energy>,
    /// One thing that went well.
    pub win: Option<String>,
    /// One thing that is hard.
    pub struggle: Option<String>,
    /// What comes next.
    pub plan: Option<String>,
    /// What the writer needs from readers.
    pub need: Option<Need>,
    /// Anything else.
    pub note: Option<String>,
}

impl CheckIn {
    /// A check-in without answers, about `on`, written now. The caller fills in what the person said.
    #[must_use]
    pub fn new(
        on: CivilDay,
        template: CheckInTemplate,
        written: Moment,
        day_start: DayStart,
    ) -> Self {
        Self {
            on,
            written_on: written.civil_day(day_start),
            written,
            edited: BTreeMap::new(),
            template,
            mood: None,
            emotions: BTreeSet::new(),
            energy: None,
            win: None,
            struggle: None,
            plan: None,
            need: None,
            note: None,
        }
    }

    /// Checks the rules for what a person writes: it answers something, texts say something and keep
    /// to their limits, and the day is at most one ahead of the writer's own (someone may be about to
    /// fly east). Any earlier day is fine: backdating is allowed.
    pub fn validate(&self) -> Result<(), RuleError> {
        if self.answered().is_empty() {
            return Err(RuleError::new("check_in", Rule::Empty));
        }
        check_chars("win", self.win.as_deref(), MAX_LINE_CHARS)?;
        check_chars("struggle", self.struggle.as_deref(), MAX_LINE_CHARS)?;
        check_chars("plan", self.plan.as_deref(), MAX_LINE_CHARS)?;
        check_bytes("note", self.note.as_deref(), MAX_NOTE_BYTES)?;
        check_days(self.on, self.written_on, &self.written)
    }

    /// Whether it was written on a later civil day of its writer than the one it is about (C3).
    #[must_use]
    pub fn is_late(&self) -> bool {
        self.written_on > self.on
    }

    /// Whether anything was changed after the first writing (C3).
    #[must_use]
    pub fn is_edited(&self) -> bool {
        !self.edited.is_empty()
    }

    /// When it was last changed, in milliseconds since 1970 UTC.
    #[must_use]
    pub fn edited_at_ms(&self) -> Option<i64> {
        self.edited.values().copied().max()
    }

    /// The fields that hold an answer.
    #[must_use]
    pub fn answered(&self) -> CheckInFields {
        let answers = [
            (CheckInField::Mood, self.mood.is_some()),
            (CheckInField::Emotions, !self.emotions.is_empty()),
            (CheckInField::Energy, self.energy.is_some()),
            (CheckInField::Win, self.win.is_some()),
            (CheckInField::Struggle, self.struggle.is_some()),
            (CheckInField::Plan, self.plan.is_some()),
            (CheckInField::Need, self.need.is_some()),
            (CheckInField::Note, self.note.is_some()),
        ];
        answers
            .into_iter()
            .filter_map(|(field, there)| there.then_some(field))
            .collect()
    }

    /// The fields whose answers differ from those of `other`.
    #[must_use]
    pub fn differing(&self, other: &Self) -> CheckInFields {
        let differences = [
            (CheckInField::Mood, self.mood != other.mood),
            (CheckInField::Emotions, self.emotions != other.emotions),
            (CheckInField::Energy, self.energy != other.energy),
            (CheckInField::Win, self.win != other.win),
            (CheckInField::Struggle, self.struggle != other.struggle),
            (CheckInField::Plan, self.plan != other.plan),
            (CheckInField::Need, self.need != other.need),
            (CheckInField::Note, self.note != other.note),
        ];
        differences
            .into_iter()
            .filter_map(|(field, differs)| differs.then_some(field))
            .collect()
    }

    /// These answers as an edit of `before`, made at `at_ms`: day, template and first writing stay as
    /// they were, and every field that changed is marked (C5).
    #[must_use]
    pub fn as_edit_of(mut self, before: &Self, at_ms: i64) -> Self {
        self.on = before.on;
        self.template = before.template;
        self.written = before.written.clone();
        self.written_on = before.written_on;
        self.edited = before.edited.clone();
        let changed = self.differing(before);
        self.edited
            .extend(changed.iter().map(|field| (field, at_ms)));
        self
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test may stop at the first surprise")]

    use super::*;

    const EVENING: i64 = 1_772_571_600_000; // 2026-03-03T21:00:00Z, 22:00 in Berlin

    fn day(text: &str) -> CivilDay {
        text.parse().unwrap()
    }

    fn check_in(on: &str) -> CheckIn {
        let written = Moment::new(EVENING, "Europe/Berlin").unwrap();
        let mut check_in = CheckIn::new(
            day(on),
            CheckInTemplate::Evening,
            written,
            DayStart::MIDNIGHT,
        );
        check_in.mood = Some(Mood::new(3).unwrap());
        check_in
    }

    #[test]
    fn a_check_in_answers_at_least_one_question() {
        let mut empty = check_in("2026-03-03");
        empty.mood = None;
        assert_eq!(
            empty.validate(),
            Err(RuleError::new("check_in", Rule::Empty))
        );
        empty.emotions.insert(Emotion::Calm);
        assert_eq!(empty.validate(), Ok(()));
    }

    #[test]
    fn texts_keep_to_their_limits_counted_in_characters() {
        let mut long = check_in("2026-03-03");
        long.win = Some("ä".repeat(MAX_LINE_CHARS));
        assert_eq!(long.validate(), Ok(()));
        long.win = Some("ä".repeat(MAX_LINE_CHARS + 1));
        let too_long = Rule::TooManyCharacters {
            limit: MAX_LINE_CHARS,
        };
        assert_eq!(long.validate(), Err(RuleError::new("win", too_long)));
        long.win = Some(" \n".into());
        assert_eq!(long.validate(), Err(RuleError::new("win", Rule::Empty)));
        long.win = None;
        long.note = Some("ä".repeat(MAX_NOTE_BYTES / 2) + "a");
        let too_long = Rule::TooManyBytes {
            limit: MAX_NOTE_BYTES,
        };
        assert_eq!(long.validate(), Err(RuleError::new("note", too_long)));
    }

    #[test]
    fn any_earlier_day_can_be_written_about_but_only_one_day_ahead() {
        for on in ["1900-01-01", "2026-03-02", "2026-03-03", "2026-03-04"] {
            assert_eq!(check_in(on).validate(), Ok(()), "{on}");
        }
        assert_eq!(
            check_in("2026-03-05").validate(),
            Err(RuleError::new("on", Rule::InTheFuture))
        );
    }

    #[test]
    fn late_means_written_on_a_later_day_of_the_writer() {
        assert!(check_in("2026-03-02").is_late());
        assert!(!check_in("2026-03-03").is_late());
        assert!(!check_in("2026-03-04").is_late());
        let after_midnight = Moment::new(EVENING + 3 * 3_600_000, "Europe/Berlin").unwrap();
        let night = |hour| {
            let start = DayStart::new(hour).unwrap();
            CheckIn::new(
                day("2026-03-03"),
                CheckInTemplate::Free,
                after_midnight.clone(),
                start,
            )
        };
        assert!(night(0).is_late());
        assert!(!night(4).is_late());
    }

    #[test]
    fn a_day_of_writing_that_does_not_fit_the_clock_is_refused() {
        let mut forged = check_in("2026-03-03");
        forged.written_on = day("2026-03-02");
        assert_eq!(
            forged.validate(),
            Err(RuleError::new("written_on", Rule::OutOfRange))
        );
        let morning = Moment::new(EVENING - 16 * 3_600_000, "Europe/Berlin").unwrap(); // 06:00
        let mut early = check_in("2026-03-03");
        early.written = morning;
        assert_eq!(early.validate(), Ok(()));
    }

    #[test]
    fn an_edit_keeps_the_first_writing_and_marks_what_changed() {
        let before = check_in("2026-03-02");
        let mut answers = check_in("2026-03-09");
        answers.win = Some("slept".into());
        let after = answers.as_edit_of(&before, EVENING + 60_000);
        assert_eq!((after.on, &after.written), (before.on, &before.written));
        assert_eq!(
            after.edited,
            BTreeMap::from([(CheckInField::Win, EVENING + 60_000)])
        );
        let again = after.clone().as_edit_of(&after, EVENING + 120_000);
        assert_eq!(again, after, "the same answers are no edit");
        assert!(!before.is_edited() && after.is_edited());
        assert_eq!(after.edited_at_ms(), Some(EVENING + 60_000));
    }

    #[test]
    fn the_json_of_a_check_in_is_stable() {
        let mut whole = check_in("2026-03-02");
        whole.emotions = BTreeSet::from([Emotion::Worried, Emotion::Hopeful]);
        whole.need = Some(Need::JustListen);
        whole.edited.insert(CheckInField::Need, 7);
        let json = serde_json::to_value(&whole).unwrap();
        assert_eq!(
            json,
            serde_json::json!({
                "on": "2026-03-02",
                "written": {"at_ms": EVENING, "zone": {"name": "Europe/Berlin", "offset_seconds": 3600}},
                "written_on": "2026-03-03",
                "edited": {"need": 7},
                "template": "evening", "mood": 3, "emotions": ["hopeful", "worried"], "energy": null,
                "win": null, "struggle": null, "plan": null, "need": "just_listen", "note": null,
            })
        );
        assert_eq!(serde_json::from_value::<CheckIn>(json).unwrap(), whole);
    }
}
