//! Small things that one can do when it is hard (S2). Own ones stand in a person's documents, not here.

use serde::{Deserialize, Serialize};

use crate::LibraryError;
use crate::collection::{Item, Translation};

/// What kind of thing it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum CopingGroup {
    /// For the body.
    Body,
    /// Something to hear, see, smell or hold.
    Senses,
    /// For thoughts.
    Head,
    /// With others.
    People,
    /// Another place.
    Place,
    /// Something to do.
    Doing,
}

impl CopingGroup {
    /// Every group, in the order they are offered.
    pub const ALL: &'static [Self] = &[
        Self::Body,
        Self::Senses,
        Self::Head,
        Self::People,
        Self::Place,
        Self::Doing,
    ];
}

/// A small thing to do.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct CopingIdea {
    /// Its stable id.
    pub id: String,
    /// Its version.
    pub version: u32,
    /// What kind of thing it is.
    pub group: CopingGroup,
    /// About how many minutes it takes.
    pub minutes: u8,
    /// No professional has read it in this language yet: to be shown with [`crate::not_reviewed`].
    pub unreviewed: bool,
    /// What to do.
    pub what: String,
    /// A quiet line below it, where one helps.
    pub how: Option<String>,
}

/// What the catalogue says about a thing to do.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct CopingEntry {
    pub(crate) id: String,
    pub(crate) version: u32,
    group: CopingGroup,
    minutes: u8,
    #[serde(default)]
    pub(crate) safety: Option<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct CopingWords {
    what: String,
    #[serde(default)]
    how: Option<String>,
}

impl CopingIdea {
    pub(crate) fn read(
        entries: &[CopingEntry],
        language: &'static str,
        text: &str,
    ) -> Result<Vec<Self>, LibraryError> {
        let mut texts = Translation::<CopingWords>::read(language, text)?;
        let mut ideas = Vec::with_capacity(entries.len());
        for entry in entries {
            let (words, unreviewed) =
                texts.take(&entry.id, entry.version, entry.safety.is_some())?;
            ideas.push(Self {
                id: entry.id.clone(),
                version: entry.version,
                group: entry.group,
                minutes: entry.minutes,
                unreviewed,
                what: words.what,
                how: words.how,
            });
        }
        texts.finish()?;
        Ok(ideas)
    }
}

impl Item for CopingIdea {
    fn id(&self) -> &str {
        &self.id
    }

    fn version(&self) -> u32 {
        self.version
    }
}
