//! Why terms of a goal, an amount or a pause cannot be kept: a field and a rule, both stable words.

use std::fmt;

use crate::{Rule, RuleError};

/// A rule that goals, amounts, pauses and boundaries can break, beside those of single values.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum TermsRule {
    /// A rule of single values.
    Value(Rule),
    /// The last day comes before the first.
    EndsBeforeItStarts,
    /// Between first and last day there is no day on which it would ever be due.
    NeverDue,
    /// A day that lies outside first and last day.
    OutsideTheGoal,
    /// More of something than `limit`.
    TooMany {
        /// The most allowed.
        limit: usize,
    },
    /// The same thing stands there twice.
    Twice,
    /// Its days are already part of another pause.
    Overlaps,
    /// Not an amount such as `2` or `2.5`.
    NotAnAmount,
    /// More than three digits after the point.
    TooManyDecimals,
    /// It begins and ends at the same time, so it would be never or always.
    SameTimes,
}

impl TermsRule {
    /// One of each, for tables and tests.
    pub const ALL_OWN: [Self; 9] = [
        Self::EndsBeforeItStarts,
        Self::NeverDue,
        Self::OutsideTheGoal,
        Self::TooMany { limit: 1 },
        Self::Twice,
        Self::Overlaps,
        Self::NotAnAmount,
        Self::TooManyDecimals,
        Self::SameTimes,
    ];

    /// The stable word for this rule, for machines and translations.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Value(rule) => rule.word(),
            Self::EndsBeforeItStarts => "ends_before_it_starts",
            Self::NeverDue => "never_due",
            Self::OutsideTheGoal => "outside_the_goal",
            Self::TooMany { .. } => "too_many",
            Self::Twice => "twice",
            Self::Overlaps => "overlaps",
            Self::NotAnAmount => "not_an_amount",
            Self::TooManyDecimals => "too_many_decimals",
            Self::SameTimes => "same_times",
        }
    }
}

/// A value that breaks a rule. What the person typed never stands in it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("{field} {}", .rule.word())]
pub struct TermsError {
    /// The field's stable name.
    pub field: &'static str,
    /// The rule it breaks.
    pub rule: TermsRule,
}

impl TermsError {
    /// Names field and rule.
    #[must_use]
    pub const fn new(field: &'static str, rule: TermsRule) -> Self {
        Self { field, rule }
    }

    /// Names field and a rule of single values.
    #[must_use]
    pub const fn value(field: &'static str, rule: Rule) -> Self {
        Self::new(field, TermsRule::Value(rule))
    }
}

impl From<RuleError> for TermsError {
    fn from(error: RuleError) -> Self {
        Self::value(error.field, error.rule)
    }
}

impl fmt::Display for TermsRule {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.word())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_rule_stands_with_its_word_in_the_document_for_people() {
        let page = include_str!("../../../../docs/goals.md");
        for rule in TermsRule::ALL_OWN {
            assert!(page.contains(&format!("| `{rule}` |")), "{rule}");
        }
    }
}
