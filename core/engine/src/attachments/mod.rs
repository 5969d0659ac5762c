//! Attachments of journal entries (product id J5): photos, voice memos, files. Each is a sealed blob of its own,
//! a file beside the store that travels as it is; what opens it stands in its manifest, an item of `self`.
//!
//! Nothing here is ever whole in memory: files are read, cleaned, sealed, sent, checked and opened in pieces.

mod add;
mod blobs;
mod carry;
mod given;
mod manifest;
mod open;
mod remove;
mod taken_back;
mod views;

pub(crate) use blobs::{Blob, own_blobs};
pub(crate) use carry::is_nowhere;
pub(crate) use given::with_passage;
pub(crate) use manifest::{AttachmentRow, erases_with_its_document};
pub(crate) use remove::ask_to_tidy;
pub(crate) use taken_back::taken_back;
pub use views::{
    AttachmentKind, AttachmentRoomView, AttachmentStateView, AttachmentView, NewAttachment,
};

use belay_protocol::DocKind;

use crate::BelayError;

/// The kind of an attachment's document.
const KIND: DocKind = DocKind::Attachment;

/// How many attachments one entry may have.
const PER_ENTRY_MAX: usize = 32;

const MISSING: BelayError = BelayError::NotFound { what: "attachment" };

fn invalid(field: &'static str, rule: &'static str) -> BelayError {
    BelayError::InvalidInput { field, rule }
}
