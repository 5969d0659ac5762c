//! What both emitters share: the shape of an area and the variants of the catalogue.

use super::catalogue::{Catalogue, Said, Text, camel};
use super::language::{Form, Language};
use super::pseudo::pseudo;
use super::template::{COUNT, Part, Template};

/// A catalogue as the shells choose it: a language, or the made-up one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Variant {
    Of(Language),
    Pseudo,
}

impl Variant {
    /// All of them.
    pub const ALL: [Self; 4] = [
        Self::Of(Language::English),
        Self::Of(Language::German),
        Self::Of(Language::Spanish),
        Self::Pseudo,
    ];

    /// The end of the generated type's name.
    pub const fn suffix(self) -> &'static str {
        match self {
            Self::Of(language) => language.suffix(),
            Self::Pseudo => "Pseudo",
        }
    }

    /// The tag a shell chooses it by; `en-XA` is what Android calls its own made-up English.
    pub const fn tag(self) -> &'static str {
        match self {
            Self::Of(language) => language.tag(),
            Self::Pseudo => "en-XA",
        }
    }

    /// The language whose plural rules and numbers it uses.
    pub const fn language(self) -> Language {
        match self {
            Self::Of(language) => language,
            Self::Pseudo => Language::English,
        }
    }

    /// What a text says here, by plural form; a text that does not count has only `Other`.
    pub fn wordings(self, text: &Text) -> Vec<(Form, Template)> {
        let Some(said) = text.said.get(&self.language()) else {
            return Vec::new();
        };
        let made = |template: &Template| match self {
            Self::Of(_) => template.clone(),
            Self::Pseudo => pseudo(template),
        };
        match said {
            Said::Plain(template) => vec![(Form::Other, made(template))],
            Said::Counted(forms) => forms
                .iter()
                .map(|(form, template)| (*form, made(template)))
                .collect(),
        }
    }
}

/// A text's parameters: name and whether it is the count.
pub fn parameters(text: &Text) -> Vec<(String, bool)> {
    text.holes
        .iter()
        .map(|hole| (camel(hole), hole == COUNT))
        .collect()
}

/// The inside of a string literal: escaped text, and holes as the language writes them.
pub fn inside(template: &Template, escape: fn(&str) -> String, hole: fn(&str) -> String) -> String {
    template
        .parts
        .iter()
        .map(|part| match part {
            Part::Text(text) => escape(text),
            Part::Hole(name) if name == COUNT => hole("number"),
            Part::Hole(name) => hole(&camel(name)),
        })
        .collect()
}

/// Names of the generated interfaces of all areas.
pub fn area_types(catalogue: &Catalogue) -> Vec<String> {
    catalogue
        .areas
        .iter()
        .map(|area| format!("{}Words", area.type_name()))
        .collect()
}
