//! What became of a text, as a reader sees it: whole words that stayed, came or went (J6).

use serde::{Deserialize, Serialize};

/// What became of a piece of text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PieceFate {
    /// It is in both.
    Kept,
    /// It came.
    Added,
    /// It was taken out.
    Removed,
}

/// A piece of text.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct TextPiece {
    /// What became of it.
    pub fate: PieceFate,
    /// The words.
    pub text: String,
}

/// What makes one text of another.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct TextDifference {
    /// Both texts in one: without what was added they read as the old one, without what was removed as the new one.
    /// Of a change, what went stands before what came.
    pub pieces: Vec<TextPiece>,
    /// How many words came.
    pub words_added: u64,
    /// How many words were taken out.
    pub words_removed: u64,
}

impl TextDifference {
    /// Whether the texts are the same.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        let mut pieces = self.pieces.iter();
        pieces.all(|piece| piece.fate == PieceFate::Kept)
    }
}
