//! Reading typed values out of a document's fields.

use std::collections::BTreeMap;

use super::draft::SCHEMA;
use super::{DOCUMENT_SCHEMA, Scalar};
use crate::DocumentError;

/// The fields of one document, read at once.
#[derive(Debug)]
pub(super) struct Fields(pub(super) BTreeMap<String, Scalar>);

impl Fields {
    /// Refuses a document that a newer program wrote: what it means is not known here.
    pub(super) fn check_schema(&self) -> Result<(), DocumentError> {
        match self.uint(SCHEMA)? {
            Some(schema) if schema > DOCUMENT_SCHEMA => Err(DocumentError::NewerData { schema }),
            _ => Ok(()),
        }
    }

    pub(super) fn text(&self, field: &'static str) -> Result<Option<&str>, DocumentError> {
        match self.0.get(field) {
            None => Ok(None),
            Some(Scalar::Text(text)) => Ok(Some(text)),
            Some(_) => Err(DocumentError::Field { field }),
        }
    }

    /// The text under a key made for one value; anything else there counts as nothing.
    pub(super) fn text_of(&self, key: &str) -> Option<&str> {
        match self.0.get(key) {
            Some(Scalar::Text(text)) => Some(text),
            _ => None,
        }
    }

    pub(super) fn owned_text(&self, field: &'static str) -> Result<Option<String>, DocumentError> {
        Ok(self.text(field)?.map(str::to_owned))
    }

    pub(super) fn uint(&self, field: &'static str) -> Result<Option<u64>, DocumentError> {
        match self.0.get(field) {
            None => Ok(None),
            Some(Scalar::Uint(value)) => Ok(Some(*value)),
            Some(_) => Err(DocumentError::Field { field }),
        }
    }

    pub(super) fn int(&self, field: &'static str) -> Result<Option<i64>, DocumentError> {
        match self.0.get(field) {
            None => Ok(None),
            Some(Scalar::Int(value)) => Ok(Some(*value)),
            Some(_) => Err(DocumentError::Field { field }),
        }
    }

    pub(super) fn bytes(&self, field: &'static str) -> Result<Option<&[u8]>, DocumentError> {
        match self.0.get(field) {
            None => Ok(None),
            Some(Scalar::Bytes(value)) => Ok(Some(value)),
            Some(_) => Err(DocumentError::Field { field }),
        }
    }

    /// A small closed choice, kept as its stable number.
    pub(super) fn choice<T>(
        &self,
        field: &'static str,
        from_number: impl Fn(u8) -> Option<T>,
    ) -> Result<Option<T>, DocumentError> {
        let wrong = DocumentError::Field { field };
        match self.uint(field)? {
            None => Ok(None),
            Some(number) => u8::try_from(number)
                .ok()
                .and_then(from_number)
                .map(Some)
                .ok_or(wrong),
        }
    }

    /// A text in its one canonical form, such as a day.
    pub(super) fn parsed<T: std::str::FromStr>(
        &self,
        field: &'static str,
    ) -> Result<Option<T>, DocumentError> {
        match self.text(field)? {
            None => Ok(None),
            Some(text) => text
                .parse()
                .map(Some)
                .map_err(|_| DocumentError::Field { field }),
        }
    }
}

/// A field that the kind cannot be without.
pub(super) fn required<T>(
    value: Result<Option<T>, DocumentError>,
    field: &'static str,
) -> Result<T, DocumentError> {
    value?.ok_or(DocumentError::Field { field })
}
