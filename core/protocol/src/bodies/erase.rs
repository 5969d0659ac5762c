//! `erase`: slots whose bodies are to go. The document they belong to stands in the item's header.

use crate::ProtocolError;
use crate::cbor::{CborReader, CborWriter, cbor_body};
use crate::limits::{ERASED_MAX, ITEM_BODY_MAX};
use crate::vector::Slot;

/// A slot whose item is erased; it counts as filled.
pub type ErasedSlot = Slot;

/// The body of an `erase` item: also the tombstone of the document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EraseBody {
    /// The slots, strictly ascending by (device, incarnation, seq).
    pub slots: Vec<ErasedSlot>,
}

impl EraseBody {
    fn write(&self, writer: &mut CborWriter) {
        writer.map(1).key(0);
        Slot::write_list(writer, &self.slots);
    }

    fn read(reader: &mut CborReader<'_>) -> Result<Self, ProtocolError> {
        reader.map_of(1)?;
        reader.key(0)?;
        Ok(Self {
            slots: Slot::read_list(reader, ERASED_MAX)?,
        })
    }
}

cbor_body!(EraseBody, ITEM_BODY_MAX);
