//! What an item's body says, parsed by its kind and by nothing else.

use belay_protocol::{
    AckBody, ChangesBody, EpochBody, EraseBody, Item, ItemKind, KemStatement, ManifestBody,
    MembershipBody, NeedBody, ProtocolError, RecordBody, WrapsBody,
};

/// A parsed body.
#[derive(Debug, Clone)]
pub enum Content {
    /// Automerge changes of one document; only in the `self` space.
    Changes(ChangesBody),
    /// One state of one record.
    Record(RecordBody),
    /// An act about who belongs to the space.
    Membership(MembershipBody),
    /// A new generation of the space's secret.
    Epoch(EpochBody),
    /// That secret, sealed to devices.
    Wraps(WrapsBody),
    /// A new encryption key of the author's device.
    Kem(KemStatement),
    /// The author cannot open an epoch.
    Need(NeedBody),
    /// What the author's device holds.
    Ack(AckBody),
    /// Items of the author's person that are to go away.
    Erase(EraseBody),
    /// An attachment, and what opens it; only in the `self` space.
    Manifest(ManifestBody),
}

impl Content {
    /// Parses the body of an item that has one.
    ///
    /// # Errors
    /// What the format forbids; [`ProtocolError::UnknownKind`] for a kind this version has no rules
    /// for, which is to be kept for a newer one.
    pub fn parse(item: &Item) -> Result<Self, ProtocolError> {
        let body = item
            .body
            .as_deref()
            .ok_or(ProtocolError::Malformed("an item without its body"))?;
        Ok(match item.header.kind {
            ItemKind::Changes => Self::Changes(ChangesBody::parse(body)?),
            ItemKind::Record => Self::Record(RecordBody::parse(body)?),
            ItemKind::Membership => Self::Membership(MembershipBody::parse(body)?),
            ItemKind::Epoch => Self::Epoch(EpochBody::parse(body)?),
            ItemKind::Wraps => Self::Wraps(WrapsBody::parse(body)?),
            ItemKind::Kem => Self::Kem(KemStatement::parse(body)?),
            ItemKind::Need => Self::Need(NeedBody::parse(body)?),
            ItemKind::Ack => Self::Ack(AckBody::parse(body)?),
            ItemKind::Erase => Self::Erase(EraseBody::parse(body)?),
            ItemKind::BlobManifest => Self::Manifest(ManifestBody::parse(body)?),
        })
    }
}
