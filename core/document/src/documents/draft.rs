//! What one command wants to write to one document, collected before anything is written.

use std::collections::BTreeMap;

use belay_model::DocName;

use super::text::TextEdit;
use super::{DOCUMENT_SCHEMA, Scalar};

/// A container of a document that holds scalars under keys.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Container {
    /// `f`
    Fields,
    /// `x`
    Extensions,
}

/// Key of the schema a document was last written with.
pub(super) const SCHEMA: &str = "schema";
/// Key of the time of deletion.
pub(super) const DELETED_AT: &str = "deleted_at";
/// Key of the time at which its erasure was asked for, where it could not go at once.
pub(super) const ERASE_ASKED_AT: &str = "erase_asked_at";
/// Key of the name of the erased document that this one was brought back from.
pub(super) const BROUGHT_BACK_FROM: &str = "brought_back_from";

/// A set of field values to write; later ones for the same key replace earlier ones. What a document
/// holds already is not written again.
#[derive(Debug, Clone, Default)]
pub struct Draft {
    pub(super) values: BTreeMap<(Container, String), Option<Scalar>>,
    pub(super) text: Vec<TextEdit>,
}

impl Draft {
    /// A draft that writes nothing.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Marks the document as deleted at that time (milliseconds since 1970 UTC), or takes that back
    /// (J8: thirty days of undo). With the deletion goes a wish to have it erased.
    #[must_use]
    pub fn deleted_at_ms(mut self, at_ms: Option<i64>) -> Self {
        self.put(DELETED_AT, at_ms.map(Scalar::Int));
        if at_ms.is_none() {
            self.put(ERASE_ASKED_AT, None);
        }
        self
    }

    /// Notes that the erasure of a deleted document was asked for at that time, and that it goes when its own
    /// time has come: more was erased that day than may go at once.
    #[must_use]
    pub fn erase_asked_at_ms(mut self, at_ms: i64) -> Self {
        self.put(ERASE_ASKED_AT, Some(Scalar::Int(at_ms)));
        self
    }

    /// Notes that the document holds what another one did that was erased in too great a number.
    #[must_use]
    pub fn brought_back_from(mut self, origin: &DocName) -> Self {
        self.put_text(BROUGHT_BACK_FROM, Some(&origin.to_string()));
        self
    }

    /// Says under which schema the document is written. What writes fields says [`DOCUMENT_SCHEMA`]; a later
    /// one is what a newer program would say.
    #[must_use]
    pub fn schema(mut self, schema: u64) -> Self {
        self.put_uint(SCHEMA, Some(schema));
        self
    }

    /// Adds an edit of the document's text; edits apply one after another.
    #[must_use]
    pub fn edit_text(mut self, edit: TextEdit) -> Self {
        self.text.push(edit);
        self
    }

    pub(super) fn put(&mut self, key: &str, value: Option<Scalar>) {
        self.values
            .insert((Container::Fields, key.to_owned()), value);
    }

    pub(super) fn put_text(&mut self, key: &str, value: Option<&str>) {
        self.put(key, value.map(Scalar::from));
    }

    pub(super) fn put_uint(&mut self, key: &str, value: Option<u64>) {
        self.put(key, value.map(Scalar::Uint));
    }

    pub(super) fn put_extension(&mut self, key: String, value: Option<Scalar>) {
        self.values.insert((Container::Extensions, key), value);
    }

    pub(super) fn put_schema(&mut self) {
        self.put_uint(SCHEMA, Some(DOCUMENT_SCHEMA));
    }
}
