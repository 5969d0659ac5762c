//! `epoch`, a new generation of the space's secret, and `need`, the request to be given one again.

use belay_model::{DeviceId, EpochId};

use crate::ProtocolError;
use crate::cbor::{CborReader, CborWriter, cbor_body};
use crate::limits::{DEVICES_MAX, ITEM_BODY_MAX, PARENTS_MAX};

/// The body of an `epoch` item; the item's id is the epoch id.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EpochBody {
    /// All leaf epochs its author knew, strictly ascending; none only for the first of a space.
    pub parents: Vec<EpochId>,
    /// The devices it is meant for, strictly ascending.
    pub recipients: Vec<DeviceId>,
    /// Salt of the commitment.
    pub commit_salt: [u8; 32],
    /// Commitment to the secret, checked on every unwrap.
    pub secret_commit: [u8; 32],
}

impl EpochBody {
    fn write(&self, writer: &mut CborWriter) {
        writer.map(4).key(0).array(self.parents.len());
        for parent in &self.parents {
            writer.bytes(parent.as_bytes());
        }
        writer.key(1).array(self.recipients.len());
        for recipient in &self.recipients {
            writer.bytes(recipient.as_bytes());
        }
        writer
            .key(2)
            .bytes(&self.commit_salt)
            .key(3)
            .bytes(&self.secret_commit);
    }

    fn read(reader: &mut CborReader<'_>) -> Result<Self, ProtocolError> {
        reader.map_of(4)?;
        reader.key(0)?;
        let len = reader.array("parents", PARENTS_MAX)?;
        let mut parents: Vec<EpochId> = Vec::with_capacity(len);
        for _ in 0..len {
            parents.push(EpochId::from_bytes(reader.byte_array()?));
        }
        reader.key(1)?;
        let len = reader.array("recipients", DEVICES_MAX)?;
        let mut recipients: Vec<DeviceId> = Vec::with_capacity(len);
        for _ in 0..len {
            recipients.push(DeviceId::from_bytes(reader.byte_array()?));
        }
        if !parents.is_sorted_by(|a, b| a < b) || !recipients.is_sorted_by(|a, b| a < b) {
            return Err(ProtocolError::Malformed("epoch lists not ascending"));
        }
        if recipients.is_empty() {
            return Err(ProtocolError::Malformed("an epoch for nobody"));
        }
        reader.key(2)?;
        let commit_salt = reader.byte_array()?;
        reader.key(3)?;
        let secret_commit = reader.byte_array()?;
        Ok(Self {
            parents,
            recipients,
            commit_salt,
            secret_commit,
        })
    }
}

cbor_body!(EpochBody, ITEM_BODY_MAX);

/// The body of a `need` item.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct NeedBody {
    /// The epoch whose secret is missing.
    pub epoch_id: EpochId,
}

impl NeedBody {
    fn write(&self, writer: &mut CborWriter) {
        writer.map(1).key(0).bytes(self.epoch_id.as_bytes());
    }

    fn read(reader: &mut CborReader<'_>) -> Result<Self, ProtocolError> {
        reader.map_of(1)?;
        reader.key(0)?;
        Ok(Self {
            epoch_id: EpochId::from_bytes(reader.byte_array()?),
        })
    }
}

cbor_body!(NeedBody, 64);
