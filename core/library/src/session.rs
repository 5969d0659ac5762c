//! How two people may spend an hour: listening to each other in turns, mentor and mentee, partners once a week (P6).

use serde::{Deserialize, Serialize};

use crate::LibraryError;
use crate::collection::{Item, Source, Translation, Words};

/// Who it is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SessionKind {
    /// Two who listen to each other.
    Listening,
    /// Mentor and mentee.
    Mentoring,
    /// Partners.
    Partners,
}

/// Who has the word in a part.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SessionVoice {
    /// Both.
    Both,
    /// Who speaks in this turn.
    Speaker,
    /// Who listened.
    Listener,
    /// The mentor.
    Mentor,
    /// The mentee.
    Mentee,
}

/// The plan of a meeting of two.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct SessionTemplate {
    /// Its stable id.
    pub id: String,
    /// Its version.
    pub version: u32,
    /// Who it is for.
    pub kind: SessionKind,
    /// A safety text that no professional has read in this language yet: to be shown with [`crate::not_reviewed`].
    pub unreviewed: bool,
    /// Its name.
    pub title: String,
    /// One or two sentences about it.
    pub about: String,
    /// What both agree to before they begin.
    pub agree: Vec<String>,
    /// The parts, in order.
    pub parts: Vec<SessionPart>,
    /// Pages that were opened for it.
    pub sources: Vec<Source>,
}

/// One part of a meeting.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct SessionPart {
    /// Its id, stable within the template.
    pub id: String,
    /// How many minutes it has.
    pub minutes: u8,
    /// Who has the word.
    pub voice: SessionVoice,
    /// Its name.
    pub title: String,
    /// What happens in it.
    pub how: String,
    /// Sentences that could be said.
    pub say: Vec<String>,
}

/// What the catalogue says about a plan.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct SessionEntry {
    pub(crate) id: String,
    pub(crate) version: u32,
    kind: SessionKind,
    pub(crate) parts: Vec<PartEntry>,
    #[serde(default)]
    pub(crate) safety: Option<String>,
    #[serde(default)]
    sources: Vec<Source>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct PartEntry {
    pub(crate) id: String,
    minutes: u8,
    voice: SessionVoice,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct SessionWords {
    title: String,
    about: String,
    agree: Vec<String>,
    parts: Words<PartWords>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct PartWords {
    title: String,
    how: String,
    #[serde(default)]
    say: Vec<String>,
}

impl SessionTemplate {
    pub(crate) fn read(
        entries: &[SessionEntry],
        language: &'static str,
        text: &str,
    ) -> Result<Vec<Self>, LibraryError> {
        let mut texts = Translation::<SessionWords>::read(language, text)?;
        let mut sessions = Vec::with_capacity(entries.len());
        for entry in entries {
            let (mut words, unreviewed) =
                texts.take(&entry.id, entry.version, entry.safety.is_some())?;
            let mut parts = Vec::with_capacity(entry.parts.len());
            for part in &entry.parts {
                let said = words.parts.take(&part.id)?;
                parts.push(SessionPart {
                    id: part.id.clone(),
                    minutes: part.minutes,
                    voice: part.voice,
                    title: said.title,
                    how: said.how,
                    say: said.say,
                });
            }
            words.parts.finish()?;
            sessions.push(Self {
                id: entry.id.clone(),
                version: entry.version,
                kind: entry.kind,
                unreviewed,
                title: words.title,
                about: words.about,
                agree: words.agree,
                parts,
                sources: entry.sources.clone(),
            });
        }
        texts.finish()?;
        Ok(sessions)
    }

    /// How many minutes all parts take.
    #[must_use]
    pub fn minutes(&self) -> u32 {
        self.parts.iter().map(|part| u32::from(part.minutes)).sum()
    }

    /// How many minutes the parts of one voice take.
    #[must_use]
    pub fn minutes_of(&self, voice: SessionVoice) -> u32 {
        let parts = self.parts.iter().filter(|part| part.voice == voice);
        parts.map(|part| u32::from(part.minutes)).sum()
    }
}

impl Item for SessionTemplate {
    fn id(&self) -> &str {
        &self.id
    }

    fn version(&self) -> u32 {
        self.version
    }
}
