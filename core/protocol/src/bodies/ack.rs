//! `ack`: what a device has received.

use belay_model::{EpochId, ItemId};

use crate::ProtocolError;
use crate::cbor::{CborReader, CborWriter, cbor_body};
use crate::limits::ITEM_BODY_MAX;
use crate::vector::VectorEntry;

/// The body of an `ack` item. Which membership the author knew stands in the item's heads.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AckBody {
    /// What the author has of every chain, ascending by device and incarnation; leaf incarnations only.
    pub vector: Vec<VectorEntry>,
    /// The removal this answers: then `vector` is what was accepted before it became known.
    pub removal: Option<ItemId>,
    /// The newest epoch the author holds.
    pub epoch: EpochId,
}

impl AckBody {
    fn write(&self, writer: &mut CborWriter) {
        writer.map(2 + usize::from(self.removal.is_some())).key(0);
        VectorEntry::write_list(writer, &self.vector);
        writer.key(1).bytes(self.epoch.as_bytes());
        if let Some(removal) = &self.removal {
            writer.key(2).bytes(removal.as_bytes());
        }
    }

    fn read(reader: &mut CborReader<'_>) -> Result<Self, ProtocolError> {
        let len = reader.map()?;
        if !(2..=3).contains(&len) {
            return Err(ProtocolError::Malformed("wrong number of fields"));
        }
        reader.key(0)?;
        let vector = VectorEntry::read_list(reader)?;
        reader.key(1)?;
        let epoch = EpochId::from_bytes(reader.byte_array()?);
        let removal = if len == 3 {
            reader.key(2)?;
            Some(ItemId::from_bytes(reader.byte_array()?))
        } else {
            None
        };
        Ok(Self {
            vector,
            removal,
            epoch,
        })
    }
}

cbor_body!(AckBody, ITEM_BODY_MAX);
