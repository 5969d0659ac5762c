//! What can be wrong with a content file. The files are built in and every one is tested, so that
//! whoever uses the library never meets these.

/// A content file that cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum LibraryError {
    /// Not JSON of the expected shape.
    #[error("a content file does not have the expected shape")]
    Shape(#[from] serde_json::Error),
    /// A version this code does not read.
    #[error("a content file has version {found}, this version reads {known}")]
    Version {
        /// The version in the file.
        found: u32,
        /// The version read here.
        known: u32,
    },
    /// The file speaks another language than the folder it lies in.
    #[error("a content file lies in the folder of another language")]
    Language,
    /// A row of a table breaks a rule.
    #[error("line {number} of a table is wrong in its cell {cell}")]
    Row {
        /// The line in the file, from 1.
        number: usize,
        /// Which cell, or which rule of all cells.
        cell: &'static str,
    },
    /// Something that is asked for has no text.
    #[error("a content file says nothing about {about}")]
    Missing {
        /// The kind or template without text.
        about: &'static str,
    },
    /// An id of the catalogue has no words in a language.
    #[error("a language says nothing for {id}")]
    NoWords {
        /// The id.
        id: String,
    },
    /// Words, or the name of a reviewed text, under an id that has no place for them.
    #[error("nothing asks for {id}")]
    NoPlace {
        /// The id.
        id: String,
    },
    /// An id or a version of the wrong form.
    #[error("{id} cannot be the name of a text, or has no version")]
    Id {
        /// The id.
        id: String,
    },
}
