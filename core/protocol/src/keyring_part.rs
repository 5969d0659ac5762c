//! A sealed keyring and the parts that carry it: what the envelopes of the recovery mailbox hold.

use belay_model::{DeviceId, PersonId};

use crate::ProtocolError;
use crate::codec::{Reader, Writer};
use crate::limits::{
    AEAD_TAG, KEM_ENCAPSULATED, KEYRING_PART_MAX, KEYRING_PARTS_MAX, NUMBER_MAX, VERSION,
};

/// A keyring as it is sealed to the backup key.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SealedKeyring {
    /// The person in `self`, which the seal is bound to.
    pub person_id: PersonId,
    /// HPKE's encapsulated key and ciphertext.
    pub sealed: Vec<u8>,
}

impl SealedKeyring {
    /// The bytes that are cut into parts.
    #[must_use]
    pub fn encode(&self) -> Vec<u8> {
        let mut writer = Writer::with_capacity(32 + self.sealed.len());
        writer.bytes(self.person_id.as_bytes()).bytes(&self.sealed);
        writer.finish()
    }

    /// Reads the joined parts.
    ///
    /// # Errors
    /// `Truncated` below the length of a seal, `TooLarge` above what a keyring may have.
    pub fn parse(bytes: &[u8]) -> Result<Self, ProtocolError> {
        if bytes.len() > KEYRING_PARTS_MAX * KEYRING_PART_MAX {
            return Err(ProtocolError::TooLarge {
                what: "sealed keyring",
                max: KEYRING_PARTS_MAX * KEYRING_PART_MAX,
            });
        }
        let mut reader = Reader::new(bytes);
        let person_id = PersonId::from_bytes(reader.array()?);
        let sealed = reader.rest().to_vec();
        if sealed.len() < KEM_ENCAPSULATED + AEAD_TAG {
            return Err(ProtocolError::Truncated);
        }
        Ok(Self { person_id, sealed })
    }
}

/// One part of a sealed keyring: what an envelope in the recovery mailbox holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KeyringPart {
    /// The device that made the keyring.
    pub device_id: DeviceId,
    /// The keyring's number.
    pub n: u64,
    /// Which part, from 0.
    pub index: u16,
    /// How many there are.
    pub count: u16,
    /// Its bytes.
    pub bytes: Vec<u8>,
}

impl KeyringPart {
    /// Cuts sealed bytes into parts.
    ///
    /// # Errors
    /// `TooLarge` for more than [`KEYRING_PARTS_MAX`] of them.
    pub fn cut(device_id: DeviceId, n: u64, sealed: &[u8]) -> Result<Vec<Self>, ProtocolError> {
        let too_large = ProtocolError::TooLarge {
            what: "sealed keyring",
            max: KEYRING_PARTS_MAX * KEYRING_PART_MAX,
        };
        let chunks = sealed.chunks(KEYRING_PART_MAX);
        let count = u16::try_from(chunks.len()).map_err(|_| too_large)?;
        if usize::from(count) > KEYRING_PARTS_MAX {
            return Err(too_large);
        }
        Ok((0..)
            .zip(chunks)
            .map(|(index, bytes)| Self {
                device_id,
                n,
                index,
                count,
                bytes: bytes.to_vec(),
            })
            .collect())
    }

    /// The bytes that are sealed into an envelope.
    #[must_use]
    pub fn encode(&self) -> Vec<u8> {
        let mut writer = Writer::with_capacity(1 + 32 + 8 + 4 + self.bytes.len());
        writer
            .u8(VERSION)
            .bytes(self.device_id.as_bytes())
            .u64(self.n)
            .u16(self.index)
            .u16(self.count)
            .bytes(&self.bytes);
        writer.finish()
    }

    /// Reads a part.
    ///
    /// # Errors
    /// `UnknownVersion` of a newer program, else what is wrong.
    pub fn parse(bytes: &[u8]) -> Result<Self, ProtocolError> {
        let mut reader = Reader::new(bytes);
        let version = reader.u8()?;
        if version != VERSION {
            return Err(ProtocolError::UnknownVersion(version));
        }
        let device_id = DeviceId::from_bytes(reader.array()?);
        let n = reader.u64()?;
        let (index, count) = (reader.u16()?, reader.u16()?);
        let bytes = reader.rest();
        if n > NUMBER_MAX || index >= count || usize::from(count) > KEYRING_PARTS_MAX {
            return Err(ProtocolError::Malformed("part of a keyring"));
        }
        // All parts but the last are full, so that there is one way to cut.
        let full = bytes.len() == KEYRING_PART_MAX;
        let last = index + 1 == count && !bytes.is_empty() && bytes.len() < KEYRING_PART_MAX;
        if !(full || last) {
            return Err(ProtocolError::Malformed("part of a keyring"));
        }
        Ok(Self {
            device_id,
            n,
            index,
            count,
            bytes: bytes.to_vec(),
        })
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test may stop at the first surprise")]

    use proptest::prelude::*;

    use super::*;

    #[test]
    fn a_large_keyring_is_cut_in_one_way_only() {
        let sealed = vec![6; KEYRING_PART_MAX + 10];
        let parts = KeyringPart::cut(DeviceId::from_bytes([4; 32]), 9, &sealed).unwrap();
        assert_eq!(parts.len(), 2);
        for part in &parts {
            assert_eq!(KeyringPart::parse(&part.encode()).unwrap(), *part);
        }
        let mut short = parts[0].clone();
        short.bytes.pop();
        assert!(KeyringPart::parse(&short.encode()).is_err());
        let mut beyond = parts[1].clone();
        beyond.index = 2;
        assert!(KeyringPart::parse(&beyond.encode()).is_err());
        let most = vec![0; KEYRING_PART_MAX * KEYRING_PARTS_MAX + 1];
        assert!(KeyringPart::cut(DeviceId::ZERO, 1, &most).is_err());
    }

    proptest! {
        #[test]
        fn any_bytes_are_refused_or_the_one_form_of_a_part(
            bytes in prop::collection::vec(any::<u8>(), 0..120),
        ) {
            if let Ok(part) = KeyringPart::parse(&bytes) {
                prop_assert_eq!(part.encode(), bytes);
            }
        }
    }
}
