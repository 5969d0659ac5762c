//! A person's own words for the steps of the mood (C1). Partners see the step, in words of their own.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use crate::limits::{MAX_MOOD_LABEL_CHARS, check_chars};
use crate::profile::{breaks_a_line_or_turns_it, is_invisible};
use crate::{Mood, Rule, RuleError};

/// An own word for one step.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct MoodLabel {
    /// The step.
    pub mood: Mood,
    /// The word.
    pub label: String,
}

/// Checks that no step has two words, and that each word is one that fits beside a shape.
pub fn validate_mood_labels(labels: &[MoodLabel]) -> Result<(), RuleError> {
    let mut named = BTreeSet::new();
    for MoodLabel { mood, label } in labels {
        let wrong = |rule| Err(RuleError::new("mood_labels", rule));
        check_chars("mood_labels", Some(label), MAX_MOOD_LABEL_CHARS)?;
        if label.chars().all(is_invisible) {
            return wrong(Rule::Empty);
        }
        if label.chars().any(breaks_a_line_or_turns_it) {
            return wrong(Rule::ControlCharacter);
        }
        if !named.insert(*mood) {
            return wrong(Rule::NotAllowedHere);
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test may stop at the first surprise")]

    use super::*;

    fn label(step: u8, label: &str) -> MoodLabel {
        MoodLabel {
            mood: Mood::new(step).unwrap(),
            label: label.to_owned(),
        }
    }

    #[test]
    fn each_step_has_one_short_word_that_can_be_seen() {
        let good = [label(1, "storm"), label(5, "منير")];
        assert_eq!(validate_mood_labels(&good), Ok(()));
        let broken = |labels: &[MoodLabel]| validate_mood_labels(labels).unwrap_err().rule;
        assert_eq!(
            broken(&[label(1, "a"), label(1, "b")]),
            Rule::NotAllowedHere
        );
        assert_eq!(broken(&[label(1, "\u{200b}")]), Rule::Empty);
        assert_eq!(broken(&[label(1, "a\u{202e}b")]), Rule::ControlCharacter);
        let limit = MAX_MOOD_LABEL_CHARS;
        let long = label(1, &"x".repeat(limit + 1));
        assert_eq!(broken(&[long]), Rule::TooManyCharacters { limit });
    }
}
