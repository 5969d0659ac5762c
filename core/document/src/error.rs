//! What can go wrong with documents and records.

use belay_protocol::ProtocolError;

use crate::changes::RejectReason;

/// An error of this crate. Carries no user data.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum DocumentError {
    /// This kind is a record only; no document of it exists.
    #[error("this kind has no document")]
    NotADocument,
    /// The document was asked for as another kind than it is.
    #[error("the document is of another kind")]
    WrongKind,
    /// Stored changes that do not make a document: a damaged store, never a sibling's doing.
    #[error("the stored changes do not make a document")]
    Damaged,
    /// The document or record was written by a newer program; keep it and leave it alone.
    #[error("written with schema {schema}, which needs a newer Belay")]
    NewerData {
        /// The schema it was written with.
        schema: u64,
    },
    /// A field holds a value of the wrong type or out of its limits.
    #[error("the field {field} holds no valid value")]
    Field {
        /// Key of the field.
        field: &'static str,
    },
    /// A value is too long to be stored.
    #[error("{what} is longer than {max} bytes")]
    TooLarge {
        /// What is too long.
        what: &'static str,
        /// The limit in bytes.
        max: usize,
    },
    /// The own change would be refused by the strict reader; nothing was written.
    #[error("the change would be refused: {0}")]
    Refused(#[from] RejectReason),
    /// A record's payload is not what its schema says.
    #[error("malformed record: {0}")]
    Record(#[from] ProtocolError),
    /// The merging library failed on own data.
    #[error("the document engine failed")]
    Engine,
}

impl From<automerge::AutomergeError> for DocumentError {
    /// The library's errors can quote content, so nothing of them is kept.
    fn from(_: automerge::AutomergeError) -> Self {
        Self::Engine
    }
}
