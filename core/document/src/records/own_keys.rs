//! What every own device holds of `self` itself, handed to a new one when it is added.

use std::fmt;

use belay_model::{DocName, SpaceId};
use belay_protocol::limits::KEM_PUBLIC;
use belay_protocol::{DocKind, ProtocolError};
use zeroize::{Zeroize, ZeroizeOnDrop};

use super::payload::{PayloadReader, PayloadWriter, read_payload};
use super::record::RecordPayload;

/// The keys of the person's own space, besides epochs. No private key of recovery is among them.
#[derive(Clone, PartialEq, Eq, Zeroize, ZeroizeOnDrop)]
pub struct OwnKeys {
    /// The space `self`.
    #[zeroize(skip)]
    pub space_id: SpaceId,
    /// Lets any own device, and nobody else, erase the person's envelopes there.
    pub erase_key: [u8; 32],
    /// The public half of the recovery words' backup key.
    #[zeroize(skip)]
    pub backup_public: Vec<u8>,
    /// Seed of the mailbox that sealed copies of the keyring go to.
    pub recovery_mailbox: [u8; 32],
}

impl fmt::Debug for OwnKeys {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("OwnKeys")
            .field("space_id", &self.space_id)
            .finish_non_exhaustive()
    }
}

impl OwnKeys {
    /// Name of the one record of these keys. Others are named by hashes, so none is equal to it.
    pub const NAME: DocName = DocName::ZERO;
}

impl RecordPayload for OwnKeys {
    const KIND: DocKind = DocKind::Keys;
    const SCHEMA: u16 = 3;

    fn encode(&self) -> Vec<u8> {
        let mut writer = PayloadWriter::new();
        writer
            .bytes(0, self.space_id.as_bytes())
            .bytes(1, &self.erase_key)
            .bytes(2, &self.backup_public)
            .bytes(3, &self.recovery_mailbox);
        writer.finish()
    }

    fn decode(payload: &[u8]) -> Result<Self, ProtocolError> {
        let read = |reader: &mut PayloadReader<'_>| {
            Ok(Self {
                space_id: SpaceId::from_bytes(reader.array(0)?),
                erase_key: reader.array(1)?,
                backup_public: reader.array::<KEM_PUBLIC>(2)?.to_vec(),
                recovery_mailbox: reader.array(3)?,
            })
        };
        read_payload(payload, read, |keys| keys.encode())
    }
}
