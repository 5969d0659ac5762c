//! What a person says before they share anything for the first time: that they are old enough, and that they
//! read the terms.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

use crate::{Rule, RuleError};

/// The version of the terms that are shown now. It grows when what people agree to changes, not with every
/// comma.
pub const TERMS_VERSION: u32 = 1;

/// How old a person says they are, at least, in years.
pub const MINIMUM_AGE_YEARS: u32 = 16;

/// A statement of age and terms, once made. Text is `<version> <ms since 1970>`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Agreement {
    /// Which terms were read.
    pub terms_version: u32,
    /// When, in milliseconds since 1970 UTC.
    pub agreed_at_ms: i64,
}

impl Agreement {
    /// Whether it covers the terms that are shown now.
    #[must_use]
    pub const fn is_current(&self) -> bool {
        self.terms_version >= TERMS_VERSION
    }
}

impl fmt::Display for Agreement {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.terms_version, self.agreed_at_ms)
    }
}

impl FromStr for Agreement {
    type Err = RuleError;

    fn from_str(text: &str) -> Result<Self, RuleError> {
        let wrong = RuleError::new("agreement", Rule::OutOfRange);
        let (version, at_ms) = text.split_once(' ').ok_or(wrong)?;
        let agreement = Self {
            terms_version: version.parse().map_err(|_| wrong)?,
            agreed_at_ms: at_ms.parse().map_err(|_| wrong)?,
        };
        // One text for one statement.
        if agreement.to_string() == text {
            Ok(agreement)
        } else {
            Err(wrong)
        }
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test may stop at the first surprise")]

    use super::*;

    #[test]
    fn an_agreement_has_one_text_and_covers_its_version_of_the_terms() {
        let agreement: Agreement = "1 1772571600000".parse().unwrap();
        assert_eq!(agreement.to_string(), "1 1772571600000");
        assert!(agreement.is_current());
        let old = Agreement {
            terms_version: TERMS_VERSION - 1,
            ..agreement
        };
        assert!(!old.is_current());
        for text in ["", "1", "01 5", "1  5", "1 +5", "-1 5", "1 5 "] {
            assert!(text.parse::<Agreement>().is_err(), "{text:?}");
        }
    }
}
