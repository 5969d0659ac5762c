//! The languages Belay speaks, with their plural forms after the Unicode CLDR.

/// A language with a catalogue of its own.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Language {
    /// The source: every other text is made from it.
    English,
    German,
    Spanish,
}

/// A plural form. `Many` is Spanish for whole millions ("un millón de días").
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Form {
    One,
    Many,
    Other,
}

impl Form {
    /// As the source files name it.
    pub const fn name(self) -> &'static str {
        match self {
            Self::One => "one",
            Self::Many => "many",
            Self::Other => "other",
        }
    }
}

impl Language {
    /// All of them, the source first.
    pub const ALL: [Self; 3] = [Self::English, Self::German, Self::Spanish];

    /// The tag, as the source files name it.
    pub const fn tag(self) -> &'static str {
        match self {
            Self::English => "en",
            Self::German => "de",
            Self::Spanish => "es",
        }
    }

    /// The end of the generated type's name.
    pub const fn suffix(self) -> &'static str {
        match self {
            Self::English => "En",
            Self::German => "De",
            Self::Spanish => "Es",
        }
    }

    /// The language's own name, for a list to choose from.
    pub const fn own_name(self) -> &'static str {
        match self {
            Self::English => "English",
            Self::German => "Deutsch",
            Self::Spanish => "Español",
        }
    }

    /// The forms a text with a count may have, and whether it must have them.
    ///
    /// Spanish `many` may be left out, and `other` is then used for whole millions: nothing here counts that far.
    pub const fn forms(self) -> &'static [(Form, bool)] {
        match self {
            Self::English | Self::German => &[(Form::One, true), (Form::Other, true)],
            Self::Spanish => &[(Form::One, true), (Form::Many, false), (Form::Other, true)],
        }
    }

    /// What stands between groups of three digits, and how many digits a number has at least before it does.
    pub const fn grouping(self) -> (&'static str, usize) {
        match self {
            Self::English => (",", 4),
            Self::German => (".", 4),
            Self::Spanish => (".", 5),
        }
    }
}
