//! How much of something: whole thousandths, so that every device adds up to the same sum (G1, G4).

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

use super::{TermsError, TermsRule};
use crate::Rule;
use crate::limits::check_chars;
use crate::profile::breaks_a_line_or_turns_it;

/// Characters in the word for what is counted.
pub const MAX_UNIT_CHARS: usize = 24;

const THOUSAND: i64 = 1_000;
const DECIMALS: usize = 3;

/// An amount from 0 to 1,000,000,000 in steps of a thousandth. JSON holds the thousandths.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize,
)]
#[serde(try_from = "i64", into = "i64")]
pub struct Amount(i64);

impl Amount {
    /// Nothing.
    pub const ZERO: Self = Self(0);
    /// The most that can be kept.
    pub const MAX: Self = Self(1_000_000_000 * THOUSAND);

    /// Takes whole units.
    #[must_use]
    pub const fn whole(units: u16) -> Self {
        Self(units as i64 * THOUSAND)
    }

    /// Takes thousandths; out of range below nothing and above the most that can be kept.
    pub const fn from_thousandths(thousandths: i64) -> Result<Self, TermsError> {
        if thousandths < 0 || thousandths > Self::MAX.0 {
            return Err(TermsError::value("amount", Rule::OutOfRange));
        }
        Ok(Self(thousandths))
    }

    /// The thousandths.
    #[must_use]
    pub const fn thousandths(self) -> i64 {
        self.0
    }
}

impl TryFrom<i64> for Amount {
    type Error = TermsError;

    fn try_from(thousandths: i64) -> Result<Self, TermsError> {
        Self::from_thousandths(thousandths)
    }
}

impl From<Amount> for i64 {
    fn from(amount: Amount) -> Self {
        amount.0
    }
}

impl fmt::Display for Amount {
    /// Without zeros that say nothing: `2`, `2.5`, `0.125`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (whole, rest) = (self.0 / THOUSAND, self.0 % THOUSAND);
        if rest == 0 {
            return write!(f, "{whole}");
        }
        let rest = format!("{rest:03}");
        write!(f, "{whole}.{}", rest.trim_end_matches('0'))
    }
}

impl FromStr for Amount {
    type Err = TermsError;

    /// Reads digits with at most three after a point or comma.
    fn from_str(text: &str) -> Result<Self, TermsError> {
        let wrong = TermsError::new("amount", TermsRule::NotAnAmount);
        let digits = |text: &str| !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit());
        let text = text.trim();
        let (whole, rest) = text.split_once(['.', ',']).unwrap_or((text, "0"));
        if !digits(whole) || !digits(rest) {
            return Err(wrong);
        }
        if rest.len() > DECIMALS {
            return Err(TermsError::new("amount", TermsRule::TooManyDecimals));
        }
        let out = TermsError::value("amount", Rule::OutOfRange);
        let whole: i64 = whole.parse().map_err(|_| out)?;
        let rest: i64 = format!("{rest:0<3}").parse().map_err(|_| wrong)?;
        let all = whole
            .checked_mul(THOUSAND)
            .and_then(|w| w.checked_add(rest));
        Self::from_thousandths(all.ok_or(out)?)
    }
}

/// The word for what is counted, such as `pages`, as its person writes it: 1 to 24 characters in one line.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Unit(String);

impl Unit {
    /// Takes what a person typed; space around it is dropped.
    pub fn new(typed: &str) -> Result<Self, TermsError> {
        let word = typed.trim();
        if word.chars().any(breaks_a_line_or_turns_it) {
            return Err(TermsError::value("unit", Rule::ControlCharacter));
        }
        check_chars("unit", Some(word), MAX_UNIT_CHARS)?;
        Ok(Self(word.to_owned()))
    }

    /// The word.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl TryFrom<String> for Unit {
    type Error = TermsError;

    fn try_from(text: String) -> Result<Self, TermsError> {
        Self::new(&text)
    }
}

impl From<Unit> for String {
    fn from(unit: Unit) -> Self {
        unit.0
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test may stop at the first surprise")]

    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn an_amount_survives_its_text_and_json(thousandths in 0..=Amount::MAX.0) {
            let amount = Amount::from_thousandths(thousandths).unwrap();
            prop_assert_eq!(amount.to_string().parse::<Amount>().unwrap(), amount);
            prop_assert_eq!(amount.to_string().replace('.', ",").parse::<Amount>().unwrap(), amount);
            let json = serde_json::to_string(&amount).unwrap();
            prop_assert_eq!(&json, &thousandths.to_string());
            prop_assert_eq!(serde_json::from_str::<Amount>(&json).unwrap(), amount);
        }

        #[test]
        fn whatever_is_typed_is_an_amount_or_is_refused(text in "[0-9.,a -]{0,24}") {
            if let Ok(amount) = text.parse::<Amount>() {
                prop_assert!(amount <= Amount::MAX);
            }
        }
    }

    #[test]
    fn what_is_no_amount_is_told_apart() {
        let rule = |text: &str| text.parse::<Amount>().unwrap_err().rule;
        for text in ["", "two", "-1", "1.", ".5", "1.2.3", "1e3", "٣", "NaN"] {
            assert_eq!(rule(text), TermsRule::NotAnAmount, "{text:?}");
        }
        assert_eq!(rule("0.0001"), TermsRule::TooManyDecimals);
        for text in ["1000000000.001", "99999999999999999999"] {
            assert_eq!(rule(text), TermsRule::Value(Rule::OutOfRange), "{text}");
        }
        assert!(serde_json::from_str::<Amount>("-1").is_err());
    }

    #[test]
    fn a_unit_is_a_short_word_in_one_line() {
        assert_eq!(Unit::new(" Seiten ").unwrap().as_str(), "Seiten");
        for (typed, rule) in [
            (" ", Rule::Empty),
            ("a\nb", Rule::ControlCharacter),
            ("a\u{202e}b", Rule::ControlCharacter),
            (&*"x".repeat(25), Rule::TooManyCharacters { limit: 24 }),
        ] {
            let refused = TermsError::value("unit", rule);
            assert_eq!(Unit::new(typed), Err(refused), "{typed:?}");
        }
    }
}
