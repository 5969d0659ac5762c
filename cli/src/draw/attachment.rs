//! Attachments of entries and of passages.

use belay_engine::{AttachmentKind, AttachmentStateView, AttachmentView};

use crate::words::{count, shown_line};

/// An attachment: what it is, what it is called, how large it is.
pub fn attachment_words(attachment: &AttachmentView) -> String {
    let kind = match attachment.kind {
        AttachmentKind::Photo => "photo",
        AttachmentKind::VoiceMemo => "voice memo",
        AttachmentKind::File => "file",
    };
    format!(
        "{kind} {} ({})",
        shown_line(&attachment.name),
        count(attachment.bytes, "byte")
    )
}

/// What is to be said where an attachment is not whole on this device.
pub fn attachment_state(attachment: &AttachmentView) -> String {
    match attachment.state {
        AttachmentStateView::Here => String::new(),
        AttachmentStateView::Coming { held, of } => {
            format!("  arriving, {held} of {}", count(of, "byte"))
        }
        AttachmentStateView::NotHereYet => "  not on this device yet".to_owned(),
    }
}
