//! `wraps`: an epoch secret sealed to devices.

use belay_model::{DeviceId, EpochId};

use crate::ProtocolError;
use crate::cbor::{CborReader, CborWriter, cbor_body};
use crate::limits::{ITEM_BODY_MAX, KEM_ENCAPSULATED, WRAP_CIPHERTEXT, WRAPS_SIZES};

/// An epoch secret sealed to one device.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Wrap {
    /// The device; in padding a random id.
    pub device_id: DeviceId,
    /// HPKE's encapsulated key, [`KEM_ENCAPSULATED`] bytes.
    pub enc: Vec<u8>,
    /// HPKE's ciphertext, [`WRAP_CIPHERTEXT`] bytes.
    pub ciphertext: Vec<u8>,
}

/// The body of a `wraps` item.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WrapsBody {
    /// The epoch whose secret is wrapped.
    pub epoch_id: EpochId,
    /// The wraps, strictly ascending by device, as many as one of [`WRAPS_SIZES`]; look-alikes fill up.
    pub wraps: Vec<Wrap>,
}

impl WrapsBody {
    /// The wrap for a device, if there is one.
    #[must_use]
    pub fn wrap_for(&self, device: &DeviceId) -> Option<&Wrap> {
        self.wraps.iter().find(|wrap| wrap.device_id == *device)
    }

    fn write(&self, writer: &mut CborWriter) {
        writer
            .map(2)
            .key(0)
            .bytes(self.epoch_id.as_bytes())
            .key(1)
            .array(self.wraps.len());
        for wrap in &self.wraps {
            writer
                .array(3)
                .bytes(wrap.device_id.as_bytes())
                .bytes(&wrap.enc)
                .bytes(&wrap.ciphertext);
        }
    }

    fn read(reader: &mut CborReader<'_>) -> Result<Self, ProtocolError> {
        reader.map_of(2)?;
        reader.key(0)?;
        let epoch_id = EpochId::from_bytes(reader.byte_array()?);
        reader.key(1)?;
        let len = reader.array("wraps", WRAPS_SIZES[1])?;
        if !WRAPS_SIZES.contains(&len) {
            return Err(ProtocolError::Malformed("wraps not padded"));
        }
        let mut wraps: Vec<Wrap> = Vec::with_capacity(len);
        for _ in 0..len {
            reader.array_of(3)?;
            wraps.push(Wrap {
                device_id: DeviceId::from_bytes(reader.byte_array()?),
                enc: reader.byte_array::<KEM_ENCAPSULATED>()?.to_vec(),
                ciphertext: reader.byte_array::<WRAP_CIPHERTEXT>()?.to_vec(),
            });
        }
        if !wraps.is_sorted_by(|a, b| a.device_id < b.device_id) {
            return Err(ProtocolError::Malformed("wraps not ascending"));
        }
        Ok(Self { epoch_id, wraps })
    }
}

cbor_body!(WrapsBody, ITEM_BODY_MAX);
