//! Built-in content: starters for responses, the questions of a check-in and grounding steps, prompts and templates of
//! the journal, worksheets, the safety plan, cards, small things to do and plans for an hour of two, as data files under
//! `data/<language>/`, and the table of help by country; each with a version. Texts are asked for by BCP 47 language tag,
//! those that are kept beside what a person writes by id and version too (`ContentRef`).
//!
//! Nothing here decides anything but what may be shown, and no facts about the world stand here without a
//! source and a date. A new language is a new folder of files and one line in `shelf.rs` and in `practice.rs`.

mod card;
mod collection;
mod content;
mod coping;
mod crisis_line;
mod crisis_table;
mod error;
mod form;
mod grounding;
mod practice;
#[cfg(test)]
mod practice_tests;
mod prompt;
mod reference;
mod session;
mod shelf;
#[cfg(test)]
mod voice_tests;

pub use card::{Card, CardKind};
pub use collection::{Item, Source};
pub use content::Question;
pub use coping::{CopingGroup, CopingIdea};
pub use crisis_line::{CrisisLine, LineChannel, LineConfidence, LineFor, TextTo};
pub use crisis_table::{Country, CountryHelp, countries, country_help};
pub use error::LibraryError;
pub use form::{Form, FormKind, FormStep};
pub use grounding::{Grounding, GroundingStep};
pub use practice::{
    card, cards, cards_of, coping_idea, coping_ideas, form, forms, forms_of, not_reviewed, prompt,
    prompts, prompts_for, safety_plan, session_template, session_templates, worksheet,
};
pub use prompt::{Prompt, PromptGroup};
pub use reference::{ContentRef, LookupError};
pub use session::{SessionKind, SessionPart, SessionTemplate, SessionVoice};
pub use shelf::{FALLBACK_LANGUAGE, grounding, language_for, languages, questions, starters};
