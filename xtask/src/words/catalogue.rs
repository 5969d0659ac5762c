//! All texts, read and checked.

use std::collections::BTreeMap;

use super::language::{Form, Language};
use super::template::{COUNT, Template};

/// Every area, by name.
#[derive(Debug, Default)]
pub struct Catalogue {
    /// In order of their names.
    pub areas: Vec<Area>,
}

/// One file of texts.
#[derive(Debug)]
pub struct Area {
    /// The file's name without its extension.
    pub name: String,
    /// Whether its texts can also be looked up by a stable word of the core.
    pub lookup: bool,
    /// In order of their keys.
    pub texts: Vec<Text>,
}

/// One text in all languages.
#[derive(Debug)]
pub struct Text {
    /// As the file names it.
    pub key: String,
    /// As both shells name it: area and key.
    pub member: String,
    /// The names of its placeholders, in the order of the English text.
    pub holes: Vec<String>,
    /// What it says, in every language.
    pub said: BTreeMap<Language, Said>,
    /// A text that matters when somebody is in danger.
    pub safety: bool,
    /// Languages in which a native professional has read a safety text.
    pub reviewed: Vec<Language>,
    /// For translators.
    pub note: Option<String>,
}

/// A text in one language.
#[derive(Debug)]
pub enum Said {
    Plain(Template),
    /// By plural form of the placeholder `count`; `Other` is always there.
    Counted(BTreeMap<Form, Template>),
}

impl Said {
    /// Every wording.
    pub fn templates(&self) -> Vec<&Template> {
        match self {
            Self::Plain(template) => vec![template],
            Self::Counted(forms) => forms.values().collect(),
        }
    }

    /// The wording that shows best what the text is: the only one, or that of many.
    pub fn usual(&self) -> Option<&Template> {
        match self {
            Self::Plain(template) => Some(template),
            Self::Counted(forms) => forms.get(&Form::Other),
        }
    }
}

impl Text {
    /// Whether the text counts something.
    pub fn counts(&self) -> bool {
        self.holes.iter().any(|hole| hole == COUNT)
    }

    /// The English wording, for comments.
    pub fn english(&self) -> String {
        self.said
            .get(&Language::English)
            .and_then(Said::usual)
            .map(Template::source)
            .unwrap_or_default()
    }
}

impl Area {
    /// `today` is `Today`, `help_now` is `HelpNow`: the start of the generated types' names.
    pub fn type_name(&self) -> String {
        let name = camel(&self.name);
        let mut letters = name.chars();
        letters
            .next()
            .map(|first| first.to_ascii_uppercase().to_string() + letters.as_str())
            .unwrap_or_default()
    }

    /// Texts without placeholders, which can be looked up.
    pub fn plain(&self) -> impl Iterator<Item = &Text> {
        self.texts.iter().filter(|text| text.holes.is_empty())
    }

    /// Whether this area has safety texts that no native professional has read in a language, the original included.
    pub fn awaits_review(&self, language: Language) -> bool {
        self.texts
            .iter()
            .any(|text| text.safety && !text.reviewed.contains(&language))
    }
}

/// `evening_greeting` as `eveningGreeting`.
pub fn camel(name: &str) -> String {
    let mut made = String::new();
    let mut upper = false;
    for letter in name.chars() {
        if letter == '_' {
            upper = !made.is_empty();
        } else if upper {
            made.push(letter.to_ascii_uppercase());
            upper = false;
        } else {
            made.push(letter);
        }
    }
    made
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_keys_become_names_of_members() {
        assert_eq!(camel("today_evening_greeting"), "todayEveningGreeting");
        assert_eq!(camel("last_14"), "last14");
        let area = Area {
            name: "help_now".into(),
            lookup: false,
            texts: Vec::new(),
        };
        assert_eq!(area.type_name(), "HelpNow");
    }
}
