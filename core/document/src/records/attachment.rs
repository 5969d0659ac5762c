//! Payload of an attachment that goes with a passage (J5, J7): a manifest as own devices have it, of blobs that are
//! sealed for the shared space alone. It names the passage in the place of the entry.

use belay_protocol::{DocKind, ManifestBody, ProtocolError};

use super::RecordPayload;

impl RecordPayload for ManifestBody {
    const KIND: DocKind = DocKind::Attachment;
    const SCHEMA: u16 = 1;

    fn encode(&self) -> Vec<u8> {
        Self::encode(self)
    }

    fn decode(payload: &[u8]) -> Result<Self, ProtocolError> {
        Self::parse(payload)
    }
}
