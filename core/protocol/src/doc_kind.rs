//! What kind of thing a document or record is.

use crate::ProtocolError;

/// The kind of a document (in `self`) or a record (anywhere). Numbers are never used again.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[repr(u8)]
pub enum DocKind {
    /// The item is about no document.
    None = 0,
    /// A journal entry.
    JournalEntry = 1,
    /// A check-in.
    CheckIn = 2,
    /// A goal.
    Goal = 3,
    /// The outcome of a goal on one civil day.
    Outcome = 4,
    /// Settings, one in `self`.
    Settings = 5,
    /// Contacts, one in `self`.
    Contacts = 6,
    /// The name a person shows in a space.
    Profile = 7,
    /// An answer to a record of another person.
    Response = 8,
    /// Keys kept in `self`.
    Keys = 9,
    /// A passage of a journal shown to another.
    Passage = 10,
    /// A boundary card.
    BoundaryCard = 11,
    /// A request for support.
    SupportRequest = 12,
    /// A nudge.
    Nudge = 13,
    /// A share of the recovery words that a partner keeps.
    Share = 14,
    /// An attachment of a journal entry.
    Attachment = 15,
}

impl TryFrom<u8> for DocKind {
    type Error = ProtocolError;

    fn try_from(number: u8) -> Result<Self, ProtocolError> {
        Ok(match number {
            0 => Self::None,
            1 => Self::JournalEntry,
            2 => Self::CheckIn,
            3 => Self::Goal,
            4 => Self::Outcome,
            5 => Self::Settings,
            6 => Self::Contacts,
            7 => Self::Profile,
            8 => Self::Response,
            9 => Self::Keys,
            10 => Self::Passage,
            11 => Self::BoundaryCard,
            12 => Self::SupportRequest,
            13 => Self::Nudge,
            14 => Self::Share,
            15 => Self::Attachment,
            other => return Err(ProtocolError::UnknownKind(other)),
        })
    }
}

impl From<DocKind> for u8 {
    fn from(kind: DocKind) -> Self {
        kind as Self
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_number_is_its_own_kind_or_unknown() {
        for number in 0..=255u8 {
            match DocKind::try_from(number) {
                Ok(kind) => assert_eq!(u8::from(kind), number),
                Err(error) => assert_eq!(error, ProtocolError::UnknownKind(number)),
            }
        }
    }
}
