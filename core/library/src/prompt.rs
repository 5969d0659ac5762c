//! Questions to write by in the journal (J4). Those about what went well, what helped and who was there come first.

use serde::{Deserialize, Serialize};

use crate::LibraryError;
use crate::collection::{Item, Translation};

/// What a question is about, strengths first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PromptGroup {
    /// What went well.
    Wins,
    /// What helped.
    Helped,
    /// Who was there.
    People,
    /// How it is now.
    Now,
    /// What is hard.
    Hard,
    /// What comes.
    Ahead,
    /// Oneself.
    #[serde(rename = "self")]
    Oneself,
}

impl PromptGroup {
    /// Every group, in the order they are offered.
    pub const ALL: &'static [Self] = &[
        Self::Wins,
        Self::Helped,
        Self::People,
        Self::Now,
        Self::Hard,
        Self::Ahead,
        Self::Oneself,
    ];

    /// Whether its questions look for what is already there.
    #[must_use]
    pub const fn is_strength(self) -> bool {
        matches!(self, Self::Wins | Self::Helped | Self::People)
    }
}

/// A question to write by.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Prompt {
    /// Its stable id.
    pub id: String,
    /// Its version.
    pub version: u32,
    /// What it is about.
    pub group: PromptGroup,
    /// The question.
    pub ask: String,
    /// A quiet line below it, where one helps.
    pub hint: Option<String>,
}

/// What the catalogue says about a question.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct PromptEntry {
    pub(crate) id: String,
    pub(crate) version: u32,
    group: PromptGroup,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct PromptWords {
    ask: String,
    #[serde(default)]
    hint: Option<String>,
}

impl Prompt {
    pub(crate) fn read(
        entries: &[PromptEntry],
        language: &'static str,
        text: &str,
    ) -> Result<Vec<Self>, LibraryError> {
        let mut texts = Translation::<PromptWords>::read(language, text)?;
        let mut prompts = Vec::with_capacity(entries.len());
        for entry in entries {
            let (words, _) = texts.take(&entry.id, entry.version, false)?;
            prompts.push(Self {
                id: entry.id.clone(),
                version: entry.version,
                group: entry.group,
                ask: words.ask,
                hint: words.hint,
            });
        }
        texts.finish()?;
        Ok(prompts)
    }
}

impl Item for Prompt {
    fn id(&self) -> &str {
        &self.id
    }

    fn version(&self) -> u32 {
        self.version
    }
}
