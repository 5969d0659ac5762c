//! Built-in content: starters for responses and the questions of a check-in, as data files under
//! `data/<language>/`, each with a version. Asked for by BCP 47 language tag.
//!
//! Nothing here decides anything, and no facts about the world stand here without a source and a date.
//! A new language is a new folder of files and one line in `shelf.rs`.

mod content;
mod error;
mod shelf;

pub use content::Question;
pub use error::LibraryError;
pub use shelf::{FALLBACK_LANGUAGE, language_for, languages, questions, starters};
