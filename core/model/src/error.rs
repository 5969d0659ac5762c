//! The one error of this room: which field broke which rule. Field and rule are stable words that
//! shells may translate; what the person typed never stands in them.

use std::fmt;

/// A rule of the model that a value can break.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Rule {
    /// Something is needed here and there is nothing.
    Empty,
    /// The text has more characters (Unicode scalar values) than `limit`.
    TooManyCharacters {
        /// The most characters allowed.
        limit: usize,
    },
    /// The text has more UTF-8 bytes than `limit`.
    TooManyBytes {
        /// The most bytes allowed.
        limit: usize,
    },
    /// A value that has no place here, such as a reason for skipping what was done.
    NotAllowedHere,
    /// A control, line-separating or direction-changing character where text is shown in one line.
    ControlCharacter,
    /// A day that has not come anywhere on Earth.
    InTheFuture,
    /// A number, time or offset outside what the field can hold.
    OutOfRange,
    /// A word that is none of those the field knows.
    UnknownWord,
    /// A time zone the built-in IANA data does not know.
    UnknownZone,
    /// Characters that no telephone dials.
    NotANumber,
    /// Not a day in the form `YYYY-MM-DD`, or one that the calendar does not have.
    NotADay,
}

impl Rule {
    /// The stable word for this rule, for machines and translations.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Empty => "empty",
            Self::TooManyCharacters { .. } => "too_many_characters",
            Self::TooManyBytes { .. } => "too_many_bytes",
            Self::NotAllowedHere => "not_allowed_here",
            Self::ControlCharacter => "control_character",
            Self::InTheFuture => "in_the_future",
            Self::OutOfRange => "out_of_range",
            Self::UnknownWord => "unknown_word",
            Self::UnknownZone => "unknown_zone",
            Self::NotANumber => "not_a_number",
            Self::NotADay => "not_a_day",
        }
    }
}

impl fmt::Display for Rule {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Empty => f.write_str("needs something"),
            Self::TooManyCharacters { limit } => write!(f, "holds at most {limit} characters"),
            Self::TooManyBytes { limit } => write!(f, "holds at most {limit} bytes"),
            Self::NotAllowedHere => f.write_str("has no place here"),
            Self::ControlCharacter => {
                f.write_str("holds a character that cannot be shown in one line")
            }
            Self::InTheFuture => f.write_str("has not come yet"),
            Self::OutOfRange => f.write_str("is outside the range that can be kept"),
            Self::UnknownWord => f.write_str("is not one of the words known here"),
            Self::UnknownZone => f.write_str("is not a known time zone"),
            Self::NotANumber => f.write_str("is not a number that can be dialled"),
            Self::NotADay => f.write_str("is not a day written as YYYY-MM-DD"),
        }
    }
}

/// A value that breaks a rule of the model.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("{field} {rule}")]
pub struct RuleError {
    /// The field's stable name, as in the JSON the shells show.
    pub field: &'static str,
    /// The rule it breaks.
    pub rule: Rule,
}

impl RuleError {
    /// Names field and rule.
    #[must_use]
    pub const fn new(field: &'static str, rule: Rule) -> Self {
        Self { field, rule }
    }

    /// The same rule, said of the field the caller knows the value by.
    #[must_use]
    pub const fn in_field(self, field: &'static str) -> Self {
        Self {
            field,
            rule: self.rule,
        }
    }
}
