//! A humane answer to what someone shared (C6).

use serde::{Deserialize, Serialize};

use crate::limits::{MAX_RESPONSE_CHARS, check_chars};
use crate::words::word_enum;
use crate::{Moment, Rule, RuleError};

word_enum!(
    /// What kind of answer it is (C6).
    ResponseKind, "kind", {
        /// Seen; sent by hand, never by itself.
        Seen = 1, "seen";
        /// I hear you.
        IHearYou = 2, "I hear you";
        /// Encouragement, without advice.
        Encouragement = 3, "encouragement";
        /// A question, open.
        Question = 4, "question";
        /// Something of one's own, told as one's own.
        OwnExperience = 5, "own experience";
        /// Thank you.
        ThankYou = 6, "thank you";
    }
);

impl ResponseKind {
    /// Whether this kind says nothing without words of its own.
    #[must_use]
    pub const fn needs_text(self) -> bool {
        matches!(
            self,
            Self::Encouragement | Self::Question | Self::OwnExperience
        )
    }
}

/// An answer as its writer keeps it. What it answers is named by the record that carries it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Response {
    /// What kind of answer it is.
    pub kind: ResponseKind,
    /// Its words; kinds that speak for themselves may go without.
    pub text: Option<String>,
    /// When it was written, on which clock.
    pub written: Moment,
}

impl Response {
    /// Checks the rules for what a person writes.
    pub fn validate(&self) -> Result<(), RuleError> {
        if self.text.is_none() && self.kind.needs_text() {
            return Err(RuleError::new("text", Rule::Empty));
        }
        check_chars("text", self.text.as_deref(), MAX_RESPONSE_CHARS)
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test may stop at the first surprise")]

    use super::*;

    fn response(kind: ResponseKind, text: Option<&str>) -> Response {
        let written = Moment::new(1_772_571_600_000, "UTC").unwrap();
        Response {
            kind,
            text: text.map(str::to_owned),
            written,
        }
    }

    #[test]
    fn kinds_that_speak_for_themselves_need_no_words() {
        for kind in ResponseKind::ALL.iter().copied() {
            assert_eq!(
                response(kind, None).validate().is_ok(),
                !kind.needs_text(),
                "{kind}"
            );
            assert_eq!(
                response(kind, Some("I am with you")).validate(),
                Ok(()),
                "{kind}"
            );
            assert_eq!(
                response(kind, Some(" ")).validate(),
                Err(RuleError::new("text", Rule::Empty)),
                "{kind}"
            );
        }
    }

    #[test]
    fn a_response_is_no_letter() {
        let words = "x".repeat(MAX_RESPONSE_CHARS);
        assert_eq!(
            response(ResponseKind::Question, Some(&words)).validate(),
            Ok(())
        );
        let too_many = Rule::TooManyCharacters {
            limit: MAX_RESPONSE_CHARS,
        };
        let refused = response(ResponseKind::Question, Some(&(words + "x"))).validate();
        assert_eq!(refused, Err(RuleError::new("text", too_many)));
    }
}
