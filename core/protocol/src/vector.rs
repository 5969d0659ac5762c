//! What a device has of another's chain.

use belay_model::{DeviceId, Incarnation, ItemId};

use crate::ProtocolError;
use crate::cbor::{CborReader, CborWriter};
use crate::limits::{NUMBER_MAX, RANGES_MAX, VECTOR_MAX};

/// How much of one incarnation of one device is there.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct VectorEntry {
    /// The chain's device.
    pub device_id: DeviceId,
    /// The chain's incarnation.
    pub inc: Incarnation,
    /// Everything up to and including this number is there; 0 for nothing.
    pub seq: u64,
    /// Id of the item at `seq`; zero when `seq` is 0.
    pub item_id: ItemId,
    /// What is there beyond `seq`: (first, last), ascending, with a gap before each.
    pub ranges: Vec<(u64, u64)>,
}

/// One slot of one chain.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Slot {
    /// The chain's device.
    pub device_id: DeviceId,
    /// The chain's incarnation.
    pub inc: Incarnation,
    /// Place in the chain.
    pub seq: u64,
    /// The item there.
    pub item_id: ItemId,
}

impl Slot {
    pub(crate) fn write_list(writer: &mut CborWriter, slots: &[Self]) {
        writer.array(slots.len());
        for slot in slots {
            writer
                .array(4)
                .bytes(slot.device_id.as_bytes())
                .u64(slot.inc.0)
                .u64(slot.seq)
                .bytes(slot.item_id.as_bytes());
        }
    }

    /// Reads a list that is strictly ascending by (device, incarnation, seq).
    pub(crate) fn read_list(
        reader: &mut CborReader<'_>,
        max: usize,
    ) -> Result<Vec<Self>, ProtocolError> {
        let len = reader.array("slots", max)?;
        let mut slots: Vec<Self> = Vec::with_capacity(len);
        for _ in 0..len {
            reader.array_of(4)?;
            let slot = Self {
                device_id: DeviceId::from_bytes(reader.byte_array()?),
                inc: Incarnation(reader.u64()?),
                seq: reader.u64()?,
                item_id: ItemId::from_bytes(reader.byte_array()?),
            };
            if slot.seq == 0 || slot.seq > NUMBER_MAX {
                return Err(ProtocolError::Malformed("seq out of range"));
            }
            slots.push(slot);
        }
        let ascending =
            slots.is_sorted_by(|a, b| (a.device_id, a.inc, a.seq) < (b.device_id, b.inc, b.seq));
        if !ascending {
            return Err(ProtocolError::Malformed("slots not ascending"));
        }
        Ok(slots)
    }
}

impl VectorEntry {
    /// Checks the rules a reader relies on.
    ///
    /// # Errors
    /// `TooLarge` or `Malformed`.
    pub fn check(&self) -> Result<(), ProtocolError> {
        if self.ranges.len() > RANGES_MAX {
            return Err(ProtocolError::TooLarge {
                what: "ranges",
                max: RANGES_MAX,
            });
        }
        if (self.seq == 0) != (self.item_id == ItemId::ZERO) {
            return Err(ProtocolError::Malformed("vector entry without its item"));
        }
        let last = self.ranges.last().map_or(self.seq, |(_, last)| *last);
        if self.seq > NUMBER_MAX || last > NUMBER_MAX {
            return Err(ProtocolError::Malformed("a number beyond 2^63"));
        }
        let mut end = self.seq;
        for (first, last) in &self.ranges {
            // A range that touches what is before it would have a second encoding.
            if *first <= end || *first - end < 2 || last < first {
                return Err(ProtocolError::Malformed("ranges"));
            }
            end = *last;
        }
        Ok(())
    }

    pub(crate) fn write_list(writer: &mut CborWriter, entries: &[Self]) {
        writer.array(entries.len());
        for entry in entries {
            writer
                .array(5)
                .bytes(entry.device_id.as_bytes())
                .u64(entry.inc.0)
                .u64(entry.seq)
                .bytes(entry.item_id.as_bytes())
                .array(2 * entry.ranges.len());
            for (first, last) in &entry.ranges {
                writer.u64(*first).u64(*last);
            }
        }
    }

    /// Reads a list that is strictly ascending by (device, incarnation).
    pub(crate) fn read_list(reader: &mut CborReader<'_>) -> Result<Vec<Self>, ProtocolError> {
        let len = reader.array("vector", VECTOR_MAX)?;
        let mut entries: Vec<Self> = Vec::with_capacity(len);
        for _ in 0..len {
            reader.array_of(5)?;
            let device_id = DeviceId::from_bytes(reader.byte_array()?);
            let inc = Incarnation(reader.u64()?);
            let seq = reader.u64()?;
            let item_id = ItemId::from_bytes(reader.byte_array()?);
            let numbers = reader.array("ranges", 2 * RANGES_MAX)?;
            let mut ranges = Vec::with_capacity(numbers / 2);
            for _ in 0..numbers / 2 {
                ranges.push((reader.u64()?, reader.u64()?));
            }
            if numbers % 2 == 1 {
                return Err(ProtocolError::Malformed("ranges"));
            }
            let entry = Self {
                device_id,
                inc,
                seq,
                item_id,
                ranges,
            };
            entry.check()?;
            entries.push(entry);
        }
        if !entries.is_sorted_by(|a, b| (a.device_id, a.inc) < (b.device_id, b.inc)) {
            return Err(ProtocolError::Malformed("vector not ascending"));
        }
        Ok(entries)
    }
}
