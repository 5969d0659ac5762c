//! Words that somebody typed and that could not be saved: kept with the error, so that they can be shown
//! once more.

use std::collections::BTreeMap;

use belay_engine::NewCheckIn;
use serde::Serialize;

/// Texts by the name of their flag.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
#[serde(transparent)]
pub struct TypedWords(BTreeMap<&'static str, String>);

impl TypedWords {
    /// The words of these flags, without those that were not given.
    pub fn of<'a>(texts: impl IntoIterator<Item = (&'static str, Option<&'a str>)>) -> Self {
        let given = texts.into_iter().filter_map(|(name, text)| {
            text.filter(|text| !text.is_empty())
                .map(|text| (name, text.to_owned()))
        });
        Self(given.collect())
    }

    /// Name and text of each.
    pub fn iter(&self) -> impl Iterator<Item = (&'static str, &str)> {
        self.0.iter().map(|(name, text)| (*name, text.as_str()))
    }
}

impl From<&NewCheckIn> for TypedWords {
    fn from(typed: &NewCheckIn) -> Self {
        let reasons: Vec<&str> = typed
            .outcomes
            .iter()
            .filter_map(|outcome| outcome.reason.as_deref())
            .collect();
        let reasons = reasons.join("\n");
        Self::of([
            ("win", typed.win.as_deref()),
            ("struggle", typed.struggle.as_deref()),
            ("plan", typed.plan.as_deref()),
            ("note", typed.note.as_deref()),
            ("reason", Some(&reasons)),
        ])
    }
}
