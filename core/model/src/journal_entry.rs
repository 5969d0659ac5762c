//! A journal entry: text as long as one likes, for its writer alone (J1).

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use crate::limits::{
    MAX_ENTRY_GOALS, MAX_ENTRY_TAGS, MAX_ENTRY_TEXT_BYTES, MAX_PROMPT_CHARS, MAX_TAG_CHARS,
    MAX_TITLE_CHARS, check_bytes, check_chars,
};
use crate::profile::is_invisible;
use crate::written::check_days;
use crate::{CivilDay, DayStart, DocName, Moment, Mood, Rule, RuleError};

/// Characters of a text that a list shows.
const EXCERPT_CHARS: usize = 160;

/// A journal entry as its owner keeps it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct JournalEntry {
    /// Its title, if it has one.
    pub title: Option<String>,
    /// The civil day it is about; earlier days are allowed. It stays there wherever the writer goes.
    pub on: CivilDay,
    /// When it was first written, on which clock.
    pub written: Moment,
    /// The writer's civil day at that time, by the day start of that time.
    pub written_on: CivilDay,
    /// When it was last changed after the first writing, in milliseconds since 1970 UTC.
    pub edited_at_ms: Option<i64>,
    /// Words to find it by.
    pub tags: BTreeSet<String>,
    /// How it feels.
    pub mood: Option<Mood>,
    /// Goals it is about.
    pub goals: BTreeSet<DocName>,
    /// The question that was answered, as it stood then.
    pub prompt: Option<String>,
    /// The prompt or template it was begun from, as the library of texts names it: `week_back@1`. Kept as it was
    /// written, also where this version does not know it.
    #[serde(default)]
    pub template: Option<String>,
    /// Markdown.
    pub text: String,
}

impl JournalEntry {
    /// An entry with this text and nothing else, about `on`, written now.
    #[must_use]
    pub fn new(on: CivilDay, text: String, written: Moment, day_start: DayStart) -> Self {
        Self {
            title: None,
            on,
            written_on: written.civil_day(day_start),
            written,
            edited_at_ms: None,
            tags: BTreeSet::new(),
            mood: None,
            goals: BTreeSet::new(),
            prompt: None,
            template: None,
            text,
        }
    }

    /// Checks the rules for what a person writes: it has a text or a title, everything keeps to its
    /// limit, and the day is at most one ahead of the writer's own.
    ///
    /// # Errors
    /// The first field that breaks a rule.
    pub fn validate(&self) -> Result<(), RuleError> {
        self.validate_within(MAX_ENTRY_TEXT_BYTES)
    }

    /// As [`Self::validate`], with another limit for the bytes of the text.
    ///
    /// # Errors
    /// The first field that breaks a rule.
    pub fn validate_within(&self, limit: usize) -> Result<(), RuleError> {
        if self.text.trim().is_empty() && self.title.is_none() {
            return Err(RuleError::new("entry", Rule::Empty));
        }
        if self.text.len() > limit {
            return Err(RuleError::new("entry", Rule::TooManyBytes { limit }));
        }
        check_line("title", self.title.as_deref(), MAX_TITLE_CHARS)?;
        check_chars("prompt", self.prompt.as_deref(), MAX_PROMPT_CHARS)?;
        for tag in &self.tags {
            check_line("tags", Some(tag), MAX_TAG_CHARS)?;
        }
        if self.tags.len() > MAX_ENTRY_TAGS {
            return Err(RuleError::new("tags", Rule::OutOfRange));
        }
        if self.goals.len() > MAX_ENTRY_GOALS {
            return Err(RuleError::new("goals", Rule::OutOfRange));
        }
        check_days(self.on, self.written_on, &self.written)
    }

    /// Whether it was written on a later civil day of its writer than the one it is about.
    #[must_use]
    pub fn is_late(&self) -> bool {
        self.written_on > self.on
    }

    /// The beginning of the text in one line, for lists.
    #[must_use]
    pub fn excerpt(&self) -> String {
        let mut excerpt = String::new();
        let mut chars = 0;
        for word in self.text.split_whitespace() {
            let space = (chars > 0).then_some(' ');
            for c in space.into_iter().chain(word.chars()) {
                if chars == EXCERPT_CHARS {
                    excerpt.push('…');
                    return excerpt;
                }
                excerpt.push(c);
                chars += 1;
            }
        }
        excerpt
    }
}

fn check_line(field: &'static str, text: Option<&str>, limit: usize) -> Result<(), RuleError> {
    check_chars(field, text, limit)?;
    if text.is_some_and(says_nothing) {
        return Err(RuleError::new(field, Rule::Empty));
    }
    if text.is_some_and(|text| text.chars().any(char::is_control)) {
        return Err(RuleError::new(field, Rule::ControlCharacter));
    }
    Ok(())
}

/// Whether nothing of a text can be seen.
fn says_nothing(text: &str) -> bool {
    text.chars().all(is_invisible)
}

/// A part of an entry, copied out to be shown to somebody (J7). It is a copy: later edits of the entry
/// do not change it, and it stays until it is taken back.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Passage {
    /// The words, exactly as they stood.
    pub text: String,
    /// When it was given.
    pub shared: Moment,
}

impl Passage {
    /// Checks that it says something and fits into one item.
    ///
    /// # Errors
    /// `passage` and the rule it breaks.
    pub fn validate(&self) -> Result<(), RuleError> {
        check_bytes(
            "passage",
            Some(&self.text),
            crate::limits::MAX_PASSAGE_BYTES,
        )
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test may stop at the first surprise")]

    use super::*;

    fn entry(text: &str) -> JournalEntry {
        let written = Moment::new(1_772_571_600_000, "Asia/Kolkata").unwrap();
        let on = written.civil_day(DayStart::MIDNIGHT);
        JournalEntry::new(on, text.to_owned(), written, DayStart::MIDNIGHT)
    }

    fn broken(entry: &JournalEntry) -> (&'static str, &'static str) {
        let error = entry.validate().unwrap_err();
        (error.field, error.rule.word())
    }

    #[test]
    fn an_entry_needs_a_text_or_a_title_and_may_be_about_any_day_that_came() {
        assert_eq!(broken(&entry(" \n ")), ("entry", "empty"));
        let titled = JournalEntry {
            title: Some("A day without words".to_owned()),
            ..entry("")
        };
        titled.validate().unwrap();
        let mut backdated = entry("long ago");
        backdated.on = "1999-12-31".parse().unwrap();
        backdated.validate().unwrap();
        assert!(backdated.is_late() && !entry("now").is_late());
        backdated.on = "2099-12-31".parse().unwrap();
        assert_eq!(broken(&backdated), ("on", "in_the_future"));
    }

    #[test]
    fn what_nobody_can_see_is_nothing_and_what_joins_letters_is_part_of_them() {
        let mut unseen = entry("text");
        unseen.title = Some("\u{200b}".to_owned());
        assert_eq!(broken(&unseen), ("title", "empty"));
        unseen.title = None;
        unseen.tags = BTreeSet::from(["\u{2060}\u{200d}".to_owned()]);
        assert_eq!(broken(&unseen), ("tags", "empty"));
        let mut joined = entry("👩\u{200d}👩\u{200d}👧 \u{200f}שלום");
        joined.tags = BTreeSet::from(["می\u{200c}خواهم".to_owned()]);
        joined.validate().unwrap();
    }

    #[test]
    fn every_part_of_an_entry_keeps_to_its_limit() {
        entry(&"ø".repeat(MAX_ENTRY_TEXT_BYTES / 2))
            .validate()
            .unwrap();
        let long = entry(&"x".repeat(MAX_ENTRY_TEXT_BYTES + 1));
        assert_eq!(broken(&long), ("entry", "too_many_bytes"));
        let mut tagged = entry("text");
        tagged.tags = (0..=MAX_ENTRY_TAGS).map(|n| n.to_string()).collect();
        assert_eq!(broken(&tagged), ("tags", "out_of_range"));
        tagged.tags = BTreeSet::from(["two\nlines".to_owned()]);
        assert_eq!(broken(&tagged), ("tags", "control_character"));
        tagged.tags = BTreeSet::from(["x".repeat(MAX_TAG_CHARS + 1)]);
        assert_eq!(broken(&tagged), ("tags", "too_many_characters"));
    }

    #[test]
    fn an_excerpt_is_one_short_line() {
        assert_eq!(
            entry("# Monday\n\n\tI  slept.").excerpt(),
            "# Monday I slept."
        );
        assert_eq!(entry(" \n").excerpt(), "");
        let long = entry(&"😀 ".repeat(500)).excerpt();
        assert_eq!(long.chars().count(), EXCERPT_CHARS + 1);
        assert!(long.ends_with('…'));
    }
}
