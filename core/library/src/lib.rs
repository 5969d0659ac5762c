//! Built-in content: starters for responses, the questions of a check-in and grounding steps, as data files
//! under `data/<language>/`, and the table of help by country; each with a version. Texts are asked for by
//! BCP 47 language tag.
//!
//! Nothing here decides anything but what may be shown, and no facts about the world stand here without a
//! source and a date. A new language is a new folder of files and one line in `shelf.rs`.

mod content;
mod crisis_line;
mod crisis_table;
mod error;
mod grounding;
mod shelf;

pub use content::Question;
pub use crisis_line::{CrisisLine, LineChannel, LineConfidence, LineFor, TextTo};
pub use crisis_table::{Country, CountryHelp, countries, country_help};
pub use error::LibraryError;
pub use grounding::{Grounding, GroundingStep};
pub use shelf::{FALLBACK_LANGUAGE, grounding, language_for, languages, questions, starters};
