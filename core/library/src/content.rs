//! The shape of the content files, read strictly: an unknown or missing part is an error.

use std::collections::BTreeMap;

use belay_model::{CheckInField, CheckInTemplate, ResponseKind};
use serde::{Deserialize, Serialize};

use crate::LibraryError;
use crate::grounding::Grounding;

/// The version of the files that this code reads.
const VERSION: u32 = 1;

/// What a check-in asks for one of its fields.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Question {
    /// The field that the answer goes into.
    pub field: CheckInField,
    /// The question.
    pub ask: String,
    /// A quiet line below it, where one helps.
    #[serde(default)]
    pub hint: Option<String>,
}

/// Everything in one language.
#[derive(Debug)]
pub(crate) struct Content {
    pub(crate) language: &'static str,
    starters: BTreeMap<ResponseKind, Vec<String>>,
    questions: BTreeMap<CheckInTemplate, Vec<Question>>,
    pub(crate) grounding: Grounding,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct StartersFile {
    version: u32,
    language: String,
    starters: BTreeMap<ResponseKind, Vec<String>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct QuestionsFile {
    version: u32,
    language: String,
    templates: BTreeMap<CheckInTemplate, Vec<Question>>,
}

/// A file has the version read here and speaks the language of its folder.
pub(crate) fn check_head(
    found: u32,
    spoken: &str,
    language: &'static str,
) -> Result<(), LibraryError> {
    if found != VERSION {
        return Err(LibraryError::Version {
            found,
            known: VERSION,
        });
    }
    if spoken == language {
        Ok(())
    } else {
        Err(LibraryError::Language)
    }
}

impl Content {
    /// Reads the files of one language; everything that can be asked for must be there.
    pub(crate) fn read(
        language: &'static str,
        starters: &str,
        questions: &str,
        grounding: &str,
    ) -> Result<Self, LibraryError> {
        let starters: StartersFile = serde_json::from_str(starters)?;
        let questions: QuestionsFile = serde_json::from_str(questions)?;
        check_head(starters.version, &starters.language, language)?;
        check_head(questions.version, &questions.language, language)?;
        let content = Self {
            language,
            starters: starters.starters,
            questions: questions.templates,
            grounding: Grounding::read(language, grounding)?,
        };
        if let Some(kind) = ResponseKind::ALL
            .iter()
            .find(|kind| content.starters(**kind).is_empty())
        {
            return Err(LibraryError::Missing { about: kind.word() });
        }
        if let Some(template) = CheckInTemplate::ALL
            .iter()
            .find(|template| content.questions(**template).is_empty())
        {
            return Err(LibraryError::Missing {
                about: template.word(),
            });
        }
        Ok(content)
    }

    pub(crate) fn starters(&self, kind: ResponseKind) -> &[String] {
        self.starters.get(&kind).map_or(&[], Vec::as_slice)
    }

    pub(crate) fn questions(&self, template: CheckInTemplate) -> &[Question] {
        self.questions.get(&template).map_or(&[], Vec::as_slice)
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test may stop at the first surprise")]

    use super::*;

    const STARTERS: &str = include_str!("../data/en/starters.json");
    const QUESTIONS: &str = include_str!("../data/en/questions.json");
    const GROUNDING: &str = include_str!("../data/en/grounding.json");

    #[test]
    fn a_file_of_another_version_language_or_shape_is_refused() {
        let newer = STARTERS.replace("\"version\": 1", "\"version\": 2");
        assert!(matches!(
            Content::read("en", &newer, QUESTIONS, GROUNDING),
            Err(LibraryError::Version { found: 2, known: 1 })
        ));
        assert!(matches!(
            Content::read("de", STARTERS, QUESTIONS, GROUNDING),
            Err(LibraryError::Language)
        ));
        let unknown = STARTERS.replace("\"seen\"", "\"glimpsed\"");
        assert!(matches!(
            Content::read("en", &unknown, QUESTIONS, GROUNDING),
            Err(LibraryError::Shape(_))
        ));
        let extra = QUESTIONS.replace("\"hint\"", "\"tip\"");
        assert!(matches!(
            Content::read("en", STARTERS, &extra, GROUNDING),
            Err(LibraryError::Shape(_))
        ));
    }

    #[test]
    fn a_kind_without_any_starter_is_refused() {
        let mut file: serde_json::Value = serde_json::from_str(STARTERS).unwrap();
        file["starters"].as_object_mut().unwrap().remove("question");
        let read = Content::read("en", &file.to_string(), QUESTIONS, GROUNDING);
        assert!(matches!(
            read,
            Err(LibraryError::Missing { about: "question" })
        ));
    }
}
