//! A line that a person keeps for themselves: of their safety plan (S3), or a small thing that helps them (S2).

use serde::{Deserialize, Serialize};

use crate::limits::{MAX_KEPT_LINE_CHARS, MAX_KEPT_LINES, check_chars};
use crate::profile::breaks_a_line_or_turns_it;
use crate::{Rule, RuleError};

/// A line in one of the person's lists.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct KeptLine {
    /// Which list: `coping`, or `plan/` and the step of the safety plan.
    pub list: String,
    /// The words.
    pub text: String,
    /// More about it, such as how to do it.
    pub more: Option<String>,
}

impl std::fmt::Debug for KeptLine {
    /// None of the words.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("KeptLine")
            .field("list", &self.list)
            .finish_non_exhaustive()
    }
}

impl KeptLine {
    /// Without the blanks around what was typed; `None` where nothing was.
    #[must_use]
    pub fn tidied(list: &str, text: &str, more: Option<&str>) -> Option<Self> {
        let text = text.trim();
        let more = more.map(str::trim).filter(|more| !more.is_empty());
        (!text.is_empty()).then(|| Self {
            list: list.to_owned(),
            text: text.to_owned(),
            more: more.map(str::to_owned),
        })
    }
}

/// Checks one list: not too long, each line one line. `field` is how the caller knows the list.
pub fn validate_kept_lines(field: &'static str, lines: &[KeptLine]) -> Result<(), RuleError> {
    if lines.len() > MAX_KEPT_LINES {
        return Err(RuleError::new(field, Rule::OutOfRange));
    }
    for line in lines {
        for text in [Some(&line.text), line.more.as_ref()].into_iter().flatten() {
            check_chars(field, Some(text), MAX_KEPT_LINE_CHARS)?;
            if text.chars().any(breaks_a_line_or_turns_it) {
                return Err(RuleError::new(field, Rule::ControlCharacter));
            }
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test may stop at the first surprise")]

    use super::*;

    fn line(text: &str) -> KeptLine {
        KeptLine::tidied("coping", text, None).unwrap()
    }

    #[test]
    fn a_line_is_one_line_and_a_list_has_an_end() {
        assert_eq!(KeptLine::tidied("coping", " ", Some("x")), None);
        assert_eq!(line(" Tea ").text, "Tea");
        let broken = |lines: &[KeptLine]| validate_kept_lines("coping", lines).unwrap_err().rule;
        assert_eq!(
            validate_kept_lines("coping", &[line("Tea"), line("كوب شاي")]),
            Ok(())
        );
        assert_eq!(broken(&[line("two\nlines")]), Rule::ControlCharacter);
        assert_eq!(broken(&[line("a\u{202e}b")]), Rule::ControlCharacter);
        let long = line(&"x".repeat(MAX_KEPT_LINE_CHARS + 1));
        let too_long = Rule::TooManyCharacters {
            limit: MAX_KEPT_LINE_CHARS,
        };
        assert_eq!(broken(&[long]), too_long);
        assert_eq!(
            broken(&vec![line("Tea"); MAX_KEPT_LINES + 1]),
            Rule::OutOfRange
        );
    }

    #[test]
    fn nothing_of_a_line_is_in_a_log_line() {
        assert!(!format!("{:?}", line("Rosalind")).contains("Rosalind"));
    }
}
