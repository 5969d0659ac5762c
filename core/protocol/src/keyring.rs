//! The keyring copy: what a new device needs to take a person's place again, as it is sealed to the recovery
//! words' backup key, and the parts that carry the sealed bytes (docs/protocol.md, "Recovery").

use std::fmt;

use belay_model::{DeviceId, EpochId, PersonId, SpaceId};
use zeroize::{Zeroize, ZeroizeOnDrop};

use crate::ProtocolError;
use crate::cbor::{CborReader, CborWriter, cbor_body};
use crate::codec::{Reader, Writer};
use crate::limits::{
    AEAD_TAG, ITEM_MAX, KEM_ENCAPSULATED, KEYRING_EPOCHS_MAX, KEYRING_MAX, KEYRING_PART_MAX,
    KEYRING_PARTS_MAX, KEYRING_SPACES_MAX, NUMBER_MAX, SEALED_PERSON_MAX, SIGNATURE, VERSION,
    WELCOME_ITEMS_MAX,
};
use crate::policy::{SpaceType, read_relays, write_relays};

/// The secret of one epoch, as a keyring holds it.
#[derive(Clone, PartialEq, Eq, Zeroize, ZeroizeOnDrop)]
pub struct KeyringEpoch {
    /// The epoch.
    #[zeroize(skip)]
    pub epoch_id: EpochId,
    /// Its secret.
    pub secret: [u8; 32],
}

/// What a keyring holds of one space.
#[derive(Clone, PartialEq, Eq, Zeroize, ZeroizeOnDrop)]
pub struct KeyringSpace {
    /// The space.
    #[zeroize(skip)]
    pub space_id: SpaceId,
    /// What it is for.
    #[zeroize(skip)]
    pub space_type: SpaceType,
    /// Who the person is there.
    #[zeroize(skip)]
    pub person_id: PersonId,
    /// Where its envelopes are.
    #[zeroize(skip)]
    pub relays: Vec<String>,
    /// Lets own devices erase the person's envelopes there.
    pub erase_key: [u8; 32],
    /// The person's P there, sealed to the backup key; none in `self`, where P comes from the words.
    #[zeroize(skip)]
    pub sealed_person: Option<Vec<u8>>,
    /// The secrets that open what was written, strictly ascending by epoch.
    pub epochs: Vec<KeyringEpoch>,
    /// Every act and every epoch item, whole, parents before children.
    #[zeroize(skip)]
    pub items: Vec<Vec<u8>>,
}

/// A person's keys of all their spaces, as one device held them. No private key of a device is among them.
#[derive(Clone, PartialEq, Eq, Zeroize, ZeroizeOnDrop)]
pub struct Keyring {
    /// The device that made it, as it is known in `self`.
    #[zeroize(skip)]
    pub device_id: DeviceId,
    /// Counts up: of a device's copies the highest stands.
    pub n: u64,
    /// `self` first.
    pub spaces: Vec<KeyringSpace>,
    /// The device's signature over everything before.
    #[zeroize(skip)]
    pub signature: [u8; SIGNATURE],
}

impl fmt::Debug for KeyringEpoch {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("KeyringEpoch(..)")
    }
}

impl fmt::Debug for KeyringSpace {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("KeyringSpace(..)")
    }
}

impl fmt::Debug for Keyring {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Keyring")
            .field("n", &self.n)
            .finish_non_exhaustive()
    }
}

impl KeyringSpace {
    fn write(&self, writer: &mut CborWriter) {
        writer
            .map(8)
            .key(0)
            .bytes(self.space_id.as_bytes())
            .key(1)
            .u64(u8::from(self.space_type).into())
            .key(2)
            .bytes(self.person_id.as_bytes())
            .key(3);
        write_relays(writer, &self.relays);
        writer.key(4).bytes(&self.erase_key).key(5);
        writer.bytes(self.sealed_person.as_deref().unwrap_or_default());
        writer.key(6).array(self.epochs.len());
        for epoch in &self.epochs {
            writer
                .array(2)
                .bytes(epoch.epoch_id.as_bytes())
                .bytes(&epoch.secret);
        }
        writer.key(7).array(self.items.len());
        for item in &self.items {
            writer.bytes(item);
        }
    }

    fn read(reader: &mut CborReader<'_>) -> Result<Self, ProtocolError> {
        reader.map_of(8)?;
        reader.key(0)?;
        let space_id = SpaceId::from_bytes(reader.byte_array()?);
        reader.key(1)?;
        let space_type = SpaceType::try_from(reader.u8()?)?;
        reader.key(2)?;
        let person_id = PersonId::from_bytes(reader.byte_array()?);
        reader.key(3)?;
        let relays = read_relays(reader)?;
        reader.key(4)?;
        let erase_key = reader.byte_array()?;
        reader.key(5)?;
        let sealed = reader.bytes("sealed person key", SEALED_PERSON_MAX)?;
        let sealed_person = (!sealed.is_empty()).then(|| sealed.to_vec());
        reader.key(6)?;
        let len = reader.array("epochs of a keyring", KEYRING_EPOCHS_MAX)?;
        let mut epochs: Vec<KeyringEpoch> = Vec::new();
        for _ in 0..len {
            reader.array_of(2)?;
            let epoch_id = EpochId::from_bytes(reader.byte_array()?);
            if epochs.last().is_some_and(|last| last.epoch_id >= epoch_id) {
                return Err(ProtocolError::NotCanonical);
            }
            epochs.push(KeyringEpoch {
                epoch_id,
                secret: reader.byte_array()?,
            });
        }
        reader.key(7)?;
        let len = reader.array("items of a keyring", WELCOME_ITEMS_MAX)?;
        let mut items = Vec::new();
        for _ in 0..len {
            items.push(reader.bytes("item", ITEM_MAX)?.to_vec());
        }
        Ok(Self {
            space_id,
            space_type,
            person_id,
            relays,
            erase_key,
            sealed_person,
            epochs,
            items,
        })
    }
}

impl Keyring {
    /// The person's own space: the first one, and the only one of its type.
    #[must_use]
    pub fn own(&self) -> Option<&KeyringSpace> {
        self.spaces.first()
    }

    /// What the device signs.
    #[must_use]
    pub fn signed_bytes(&self) -> Vec<u8> {
        let mut writer = CborWriter::new();
        self.write_signed(&mut writer, 3);
        writer.finish()
    }

    fn write_signed(&self, writer: &mut CborWriter, len: usize) {
        writer
            .map(len)
            .key(0)
            .bytes(self.device_id.as_bytes())
            .key(1)
            .u64(self.n)
            .key(2)
            .array(self.spaces.len());
        for space in &self.spaces {
            space.write(writer);
        }
    }

    fn write(&self, writer: &mut CborWriter) {
        self.write_signed(writer, 4);
        writer.key(3).bytes(&self.signature);
    }

    fn read(reader: &mut CborReader<'_>) -> Result<Self, ProtocolError> {
        reader.map_of(4)?;
        reader.key(0)?;
        let device_id = DeviceId::from_bytes(reader.byte_array()?);
        reader.key(1)?;
        let n = reader.u64()?;
        if n > NUMBER_MAX {
            return Err(ProtocolError::Malformed("number out of range"));
        }
        reader.key(2)?;
        let len = reader.array("spaces of a keyring", KEYRING_SPACES_MAX)?;
        let mut spaces: Vec<KeyringSpace> = Vec::new();
        for at in 0..len {
            let space = KeyringSpace::read(reader)?;
            // P of `self` comes from the words; every other one has to be there.
            let own = space.space_type == SpaceType::SelfSpace;
            if own != (at == 0) || own != space.sealed_person.is_none() {
                return Err(ProtocolError::Malformed("spaces of a keyring"));
            }
            if spaces.iter().any(|known| known.space_id == space.space_id) {
                return Err(ProtocolError::Malformed("a space twice"));
            }
            spaces.push(space);
        }
        if spaces.is_empty() {
            return Err(ProtocolError::Malformed("a keyring without spaces"));
        }
        reader.key(3)?;
        let signature = reader.byte_array()?;
        Ok(Self {
            device_id,
            n,
            spaces,
            signature,
        })
    }
}

cbor_body!(Keyring, KEYRING_MAX);

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

    fn keyring(pairs: u8) -> Keyring {
        let space = |at: u8| KeyringSpace {
            space_id: SpaceId::from_bytes([at; 32]),
            space_type: if at == 0 {
                SpaceType::SelfSpace
            } else {
                SpaceType::Pair
            },
            person_id: PersonId::from_bytes([at + 50; 32]),
            relays: vec!["https://relay.example".to_owned()],
            erase_key: [7; 32],
            sealed_person: (at > 0).then(|| vec![3; 60]),
            epochs: vec![
                KeyringEpoch {
                    epoch_id: EpochId::from_bytes([1; 32]),
                    secret: [8; 32],
                },
                KeyringEpoch {
                    epoch_id: EpochId::from_bytes([2; 32]),
                    secret: [9; 32],
                },
            ],
            items: vec![vec![1, 2, 3]],
        };
        Keyring {
            device_id: DeviceId::from_bytes([4; 32]),
            n: 3,
            spaces: (0..=pairs).map(space).collect(),
            signature: [5; 64],
        }
    }

    #[test]
    fn a_keyring_comes_out_as_it_went_in() {
        let kept = keyring(2);
        assert_eq!(Keyring::parse(&kept.encode()).unwrap(), kept);
        assert!(!format!("{kept:?}").contains('9'));
    }

    #[test]
    fn own_keys_stand_first_and_every_other_space_has_its_sealed_key() {
        let mut turned = keyring(1);
        turned.spaces.swap(0, 1);
        assert!(Keyring::parse(&turned.encode()).is_err());
        let mut bare = keyring(1);
        bare.spaces[1].sealed_person = None;
        assert!(Keyring::parse(&bare.encode()).is_err());
        let mut twice = keyring(1);
        let again = twice.spaces[1].clone();
        twice.spaces.push(again);
        assert!(Keyring::parse(&twice.encode()).is_err());
        let mut unordered = keyring(0);
        unordered.spaces[0].epochs.swap(0, 1);
        assert!(Keyring::parse(&unordered.encode()).is_err());
        let mut none = keyring(0);
        none.spaces.clear();
        assert!(Keyring::parse(&none.encode()).is_err());
    }

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
