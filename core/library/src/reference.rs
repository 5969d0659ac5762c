//! How an entry, a plan or a person names a text of the library: `week_back`, or `week_back@1` with the version it was
//! written by. What cannot be found is told apart, so that a shell can say what to do and nothing typed is lost.

use std::fmt;
use std::str::FromStr;

/// The most characters that an id has.
const MAX_ID_CHARS: usize = 40;

/// The name of a text of the library.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ContentRef {
    id: String,
    version: Option<u32>,
}

impl ContentRef {
    /// The id.
    #[must_use]
    pub fn id(&self) -> &str {
        &self.id
    }

    /// The version that is meant; `None` means the one there is today.
    #[must_use]
    pub const fn version(&self) -> Option<u32> {
        self.version
    }

    /// The name of what has this id and version, as written into what is kept.
    pub(crate) fn of(id: &str, version: u32) -> Self {
        Self {
            id: id.to_owned(),
            version: Some(version),
        }
    }
}

impl fmt::Display for ContentRef {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.version {
            Some(version) => write!(f, "{}@{version}", self.id),
            None => f.write_str(&self.id),
        }
    }
}

impl FromStr for ContentRef {
    type Err = LookupError;

    /// Reads `id` or `id@version`. One name has one spelling: no space, no capital, no sign and no zero before a number.
    fn from_str(text: &str) -> Result<Self, LookupError> {
        let (id, version) = match text.split_once('@') {
            None => (text, None),
            Some((id, number)) => {
                let version: u32 = number.parse().map_err(|_| LookupError::Unreadable)?;
                if version == 0 || version.to_string() != number {
                    return Err(LookupError::Unreadable);
                }
                (id, Some(version))
            }
        };
        if !is_id(id) {
            return Err(LookupError::Unreadable);
        }
        Ok(Self {
            id: id.to_owned(),
            version,
        })
    }
}

/// Whether a text has the form of an id: small letters, digits and `_`, a letter first.
pub(crate) fn is_id(text: &str) -> bool {
    let plain = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_';
    text.len() <= MAX_ID_CHARS
        && text.starts_with(|c: char| c.is_ascii_lowercase())
        && text.chars().all(plain)
}

/// Why a name leads to no text. What a person wrote by that text stays readable without it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum LookupError {
    /// Not the name of any text.
    #[error("this is not the name of a template")]
    Unreadable,
    /// A name that this Belay does not know; a newer one may.
    #[error("there is no template of this name")]
    Unknown,
    /// The text is known, in an earlier version than the one that is asked for.
    #[error("the template has version {known} here, version {asked} needs a newer Belay")]
    Newer {
        /// The version that is asked for.
        asked: u32,
        /// The version there is here.
        known: u32,
    },
}

impl LookupError {
    /// The stable word for shells and tests.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Unreadable => "template-unreadable",
            Self::Unknown => "template-unknown",
            Self::Newer { .. } => "template-newer",
        }
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test may stop at the first surprise")]

    use super::*;

    #[test]
    fn a_name_is_written_as_it_is_read() {
        for text in ["week_back", "week_back@1", "a", "a9_@4294967295"] {
            assert_eq!(text.parse::<ContentRef>().unwrap().to_string(), text);
        }
        let named: ContentRef = "week_back@12".parse().unwrap();
        assert_eq!((named.id(), named.version()), ("week_back", Some(12)));
    }

    #[test]
    fn any_other_spelling_is_refused_and_never_panics() {
        let long = "a".repeat(MAX_ID_CHARS + 1);
        for text in [
            "",
            "@",
            "@1",
            "a@",
            "a@0",
            "a@01",
            "a@+1",
            "a@-1",
            "a@1@1",
            "a @1",
            " a",
            "A",
            "9a",
            "_a",
            "ä",
            "a\u{200b}",
            "a@4294967296",
            "a@1.0",
            "a@۱",
            "\u{202e}a",
            &long,
        ] {
            assert_eq!(
                text.parse::<ContentRef>(),
                Err(LookupError::Unreadable),
                "{text:?}"
            );
        }
    }

    #[test]
    fn each_reason_has_a_word_of_its_own() {
        let newer = LookupError::Newer { asked: 2, known: 1 };
        let words = [LookupError::Unreadable, LookupError::Unknown, newer].map(LookupError::code);
        assert_eq!(
            words,
            ["template-unreadable", "template-unknown", "template-newer"]
        );
    }
}
