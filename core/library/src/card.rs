//! Cards for listening, and for letting somebody feel heard (S2).

use serde::{Deserialize, Serialize};

use crate::LibraryError;
use crate::collection::{Item, Source, Translation};

/// What a card is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum CardKind {
    /// Listening.
    Listening,
    /// Showing that a feeling is understood.
    Validation,
}

/// One card.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Card {
    /// Its stable id.
    pub id: String,
    /// Its version.
    pub version: u32,
    /// What it is about.
    pub kind: CardKind,
    /// No professional has read it in this language yet: to be shown with [`crate::not_reviewed`].
    pub unreviewed: bool,
    /// Its name.
    pub title: String,
    /// What to do.
    pub how: String,
    /// Sentences that could be said.
    pub say: Vec<String>,
    /// What to leave out.
    pub rather_not: String,
    /// Pages that were opened for it.
    pub sources: Vec<Source>,
}

/// What the catalogue says about a card.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct CardEntry {
    pub(crate) id: String,
    pub(crate) version: u32,
    kind: CardKind,
    #[serde(default)]
    pub(crate) safety: Option<String>,
    #[serde(default)]
    sources: Vec<Source>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct CardWords {
    title: String,
    how: String,
    say: Vec<String>,
    rather_not: String,
}

impl Card {
    pub(crate) fn read(
        entries: &[CardEntry],
        language: &'static str,
        text: &str,
    ) -> Result<Vec<Self>, LibraryError> {
        let mut texts = Translation::<CardWords>::read(language, text)?;
        let mut cards = Vec::with_capacity(entries.len());
        for entry in entries {
            let (words, unreviewed) =
                texts.take(&entry.id, entry.version, entry.safety.is_some())?;
            cards.push(Self {
                id: entry.id.clone(),
                version: entry.version,
                kind: entry.kind,
                unreviewed,
                title: words.title,
                how: words.how,
                say: words.say,
                rather_not: words.rather_not,
                sources: entry.sources.clone(),
            });
        }
        texts.finish()?;
        Ok(cards)
    }
}

impl Item for Card {
    fn id(&self) -> &str {
        &self.id
    }

    fn version(&self) -> u32 {
        self.version
    }
}
