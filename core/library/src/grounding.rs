//! Steps that bring somebody back into the room when much is too much. They are read one at a time, and they
//! work without reading far.

use serde::{Deserialize, Serialize};

use crate::LibraryError;
use crate::content::check_head;

/// One step.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct GroundingStep {
    /// What to do, in a few words.
    pub step: String,
    /// How, for whoever wants to read on.
    #[serde(default)]
    pub how: Option<String>,
}

/// The steps in one language.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Grounding {
    /// The tag of the language.
    pub language: &'static str,
    /// A professional who speaks the language natively has read these steps (docs/content.md says who).
    pub reviewed: bool,
    /// The steps, in order.
    pub steps: Vec<GroundingStep>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct GroundingFile {
    version: u32,
    language: String,
    reviewed: bool,
    steps: Vec<GroundingStep>,
}

impl Grounding {
    pub(crate) fn read(language: &'static str, text: &str) -> Result<Self, LibraryError> {
        let file: GroundingFile = serde_json::from_str(text)?;
        check_head(file.version, &file.language, language)?;
        if file.steps.is_empty() {
            return Err(LibraryError::Missing { about: "grounding" });
        }
        Ok(Self {
            language,
            reviewed: file.reviewed,
            steps: file.steps,
        })
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test may stop at the first surprise")]

    use crate::shelf::{grounding, languages};

    #[test]
    fn a_few_short_steps_stand_in_every_language() {
        let count = grounding("en").steps.len();
        for language in languages() {
            let grounding = grounding(language);
            assert_eq!(grounding.language, language);
            assert_eq!(grounding.steps.len(), count, "{language}");
            assert!((3..=7).contains(&count));
            for step in &grounding.steps {
                assert!((1..=60).contains(&step.step.chars().count()), "{step:?}");
                assert_eq!(step.step.trim(), step.step);
                let how = step.how.as_deref().unwrap_or("-");
                assert!((1..=160).contains(&how.chars().count()), "{step:?}");
            }
        }
    }

    #[test]
    fn steps_count_as_reviewed_only_where_the_list_of_reviews_names_who_did_it() {
        let reviews = include_str!("../../../docs/content.md");
        for language in languages() {
            let row = format!("| Grounding steps | {language} |");
            let named: Vec<_> = reviews
                .lines()
                .filter(|line| line.starts_with(&row))
                .collect();
            assert_eq!(named.len(), 1, "{language} in docs/content.md");
            let nobody = named[0].ends_with("| nobody yet |");
            assert_eq!(grounding(language).reviewed, !nobody, "{language}");
        }
    }
}
