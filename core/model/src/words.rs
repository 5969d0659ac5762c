//! The shape shared by every small closed choice: a stable number for formats, a word for people.

/// Makes texts comparable the way people type them: case, surrounding space, `-` and `_` do not matter.
pub(crate) fn plain(text: &str) -> String {
    text.trim().to_lowercase().replace(['-', '_'], " ")
}

/// An enum whose choices have a stable number and an English word. Serde writes the word in
/// snake_case. Numbers are on disk and on the wire: never renumber, never reuse.
macro_rules! word_enum {
    ($(#[$doc:meta])* $name:ident, $field:literal, { $($(#[$choice_doc:meta])* $choice:ident = $number:literal, $word:literal;)+ }) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize)]
        #[serde(rename_all = "snake_case")]
        #[repr(u8)]
        pub enum $name {
            $($(#[$choice_doc])* $choice = $number,)+
        }

        impl $name {
            /// Every choice, in the order of the numbers.
            pub const ALL: &'static [Self] = &[$(Self::$choice),+];

            /// The stable number, for formats.
            #[must_use]
            pub const fn number(self) -> u8 {
                self as u8
            }

            /// The choice with this number; `None` when this version knows no such choice.
            #[must_use]
            pub const fn from_number(number: u8) -> Option<Self> {
                match number {
                    $($number => Some(Self::$choice),)+
                    _ => None,
                }
            }

            /// The English word for people.
            #[must_use]
            pub const fn word(self) -> &'static str {
                match self {
                    $(Self::$choice => $word,)+
                }
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.pad(self.word())
            }
        }

        impl std::str::FromStr for $name {
            type Err = $crate::RuleError;

            /// Reads the word; case does not matter, and `-` or `_` may stand for a space.
            fn from_str(text: &str) -> Result<Self, $crate::RuleError> {
                let asked = $crate::words::plain(text);
                Self::ALL
                    .iter()
                    .copied()
                    .find(|choice| $crate::words::plain(choice.word()) == asked)
                    .ok_or($crate::RuleError::new($field, $crate::Rule::UnknownWord))
            }
        }
    };
}

/// A step on a scale from 1 to 5 with a default word for each. Serde writes the number.
macro_rules! five_steps {
    ($(#[$doc:meta])* $name:ident, $field:literal, [$($word:literal),+]) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize)]
        #[serde(try_from = "u8", into = "u8")]
        pub struct $name(u8);

        impl $name {
            /// The default words, from step 1 to step 5. A person may show their own instead.
            pub const WORDS: [&'static str; 5] = [$($word),+];

            /// Takes a step of the scale; anything but 1 to 5 is out of range.
            pub const fn new(step: u8) -> Result<Self, $crate::RuleError> {
                match step {
                    1..=5 => Ok(Self(step)),
                    _ => Err($crate::RuleError::new($field, $crate::Rule::OutOfRange)),
                }
            }

            /// Every step, lowest first.
            #[must_use]
            pub const fn all() -> [Self; 5] {
                [Self(1), Self(2), Self(3), Self(4), Self(5)]
            }

            /// The step, 1 to 5.
            #[must_use]
            pub const fn step(self) -> u8 {
                self.0
            }

            /// The default English word.
            #[must_use]
            pub fn word(self) -> &'static str {
                Self::WORDS[usize::from(self.0 - 1)]
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.pad(self.word())
            }
        }

        impl std::str::FromStr for $name {
            type Err = $crate::RuleError;

            /// Reads the number or the default word.
            fn from_str(text: &str) -> Result<Self, $crate::RuleError> {
                let asked = $crate::words::plain(text);
                if let Ok(step) = asked.parse() {
                    return Self::new(step);
                }
                Self::all()
                    .into_iter()
                    .find(|step| step.word() == asked)
                    .ok_or($crate::RuleError::new($field, $crate::Rule::UnknownWord))
            }
        }

        impl TryFrom<u8> for $name {
            type Error = $crate::RuleError;

            fn try_from(step: u8) -> Result<Self, $crate::RuleError> {
                Self::new(step)
            }
        }

        impl From<$name> for u8 {
            fn from(step: $name) -> u8 {
                step.0
            }
        }
    };
}

pub(crate) use {five_steps, word_enum};
