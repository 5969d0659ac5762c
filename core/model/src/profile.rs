//! The name a person shows in a space.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

use crate::limits::MAX_DISPLAY_NAME_CHARS;
use crate::{Rule, RuleError};

/// A name of 1 to 64 characters, without surrounding space and without characters that could break a
/// line, hide, or turn the direction of the text around it (a name stands in the middle of sentences
/// on someone else's screen).
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct DisplayName(String);

impl DisplayName {
    /// Takes what a person typed; space around it is dropped.
    pub fn new(typed: &str) -> Result<Self, RuleError> {
        let name = typed.trim();
        if name.chars().all(is_invisible) {
            return Err(RuleError::new("display_name", Rule::Empty));
        }
        if name.chars().any(breaks_a_line_or_turns_it) {
            return Err(RuleError::new("display_name", Rule::ControlCharacter));
        }
        if name.chars().nth(MAX_DISPLAY_NAME_CHARS).is_some() {
            let rule = Rule::TooManyCharacters {
                limit: MAX_DISPLAY_NAME_CHARS,
            };
            return Err(RuleError::new("display_name", rule));
        }
        Ok(Self(name.to_owned()))
    }

    /// The name.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// Zero-width characters are part of real names (joiners in Persian, in emoji) but make no name alone.
pub(crate) fn is_invisible(c: char) -> bool {
    c.is_whitespace()
        || matches!(
            c,
            '\u{200b}'..='\u{200f}' | '\u{2060}' | '\u{feff}' | '\u{ad}'
        )
}

/// Control characters, line and paragraph separators, and the explicit bidirectional controls of
/// Unicode Standard Annex 9 (embeddings, overrides, isolates).
pub(crate) fn breaks_a_line_or_turns_it(c: char) -> bool {
    c.is_control()
        || matches!(c, '\u{2028}' | '\u{2029}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

impl fmt::Display for DisplayName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.0)
    }
}

impl AsRef<str> for DisplayName {
    fn as_ref(&self) -> &str {
        &self.0
    }
}

impl FromStr for DisplayName {
    type Err = RuleError;

    fn from_str(typed: &str) -> Result<Self, RuleError> {
        Self::new(typed)
    }
}

impl TryFrom<String> for DisplayName {
    type Error = RuleError;

    fn try_from(typed: String) -> Result<Self, RuleError> {
        Self::new(&typed)
    }
}

impl From<DisplayName> for String {
    fn from(name: DisplayName) -> Self {
        name.0
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test may stop at the first surprise")]

    use super::*;

    #[test]
    fn real_names_are_names() {
        for name in [
            "Sam",
            "Ólöf Þóra",
            "علی‌رضا",
            "李小龙",
            "👩‍👩‍👧",
            "O'Neill-Smith",
            &"ü".repeat(64),
        ] {
            assert_eq!(DisplayName::new(name).unwrap().as_str(), name);
        }
        assert_eq!(DisplayName::new("  Sam \n").unwrap().as_str(), "Sam");
    }

    #[test]
    fn a_name_cannot_be_empty_break_the_line_or_turn_the_text() {
        let rule = |typed: &str| DisplayName::new(typed).unwrap_err().rule;
        for typed in ["", "  ", "\u{200b}", "\u{200f}\u{feff}"] {
            assert_eq!(rule(typed), Rule::Empty, "{typed:?}");
        }
        for typed in [
            "a\nb",
            "a\u{1b}[31mb",
            "a\u{202e}b",
            "a\u{2028}b",
            "a\u{2066}b",
            "a\u{0}b",
        ] {
            assert_eq!(rule(typed), Rule::ControlCharacter, "{typed:?}");
        }
        assert_eq!(rule(&"x".repeat(65)), Rule::TooManyCharacters { limit: 64 });
        assert!(serde_json::from_str::<DisplayName>(r#""a\nb""#).is_err());
    }
}
