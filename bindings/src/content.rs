//! The words that come with Belay, by BCP 47 language tag: core/library.

use belay_engine::library::{self, Question};
use belay_engine::model::{CheckInTemplate, ResponseKind};

use crate::Result;

/// The tags of the languages there are; the one that answers for all others first.
#[uniffi::export]
pub fn content_languages() -> Result<Vec<String>> {
    Ok(library::languages().map(str::to_owned).collect())
}

/// The tag of the language that answers for `tag`.
#[uniffi::export]
pub fn content_language_for(tag: String) -> Result<String> {
    Ok(library::language_for(&tag).to_owned())
}

/// Ways to begin a response of this kind.
#[uniffi::export]
pub fn starters(kind: ResponseKind, language: String) -> Result<Vec<String>> {
    Ok(library::starters(kind, &language).to_vec())
}

/// What a check-in of this template asks, in order.
#[uniffi::export]
pub fn questions(template: CheckInTemplate, language: String) -> Result<Vec<Question>> {
    Ok(library::questions(template, &language).to_vec())
}
