//! The keyring: what a new device needs to take a person's place again (docs/protocol.md, "Recovery").

use std::fmt;

use belay_model::{DeviceId, EpochId, PersonId, SpaceId};
use zeroize::{Zeroize, ZeroizeOnDrop};

use crate::ProtocolError;
use crate::cbor::{CborReader, CborWriter, cbor_body};
use crate::limits::{
    ITEM_MAX, KEYRING_EPOCHS_MAX, KEYRING_MAX, KEYRING_SPACES_MAX, NUMBER_MAX, SEALED_PERSON_MAX,
    SIGNATURE, WELCOME_ITEMS_MAX,
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

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test may stop at the first surprise")]

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
}
