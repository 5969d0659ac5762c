//! What two devices tell each other while pairing: bundles and the welcome.

use crate::ProtocolError;
use crate::cbor::{CborReader, CborWriter, cbor_body};
use crate::genesis::{Genesis, KemStatement};
use crate::limits::{
    ITEM_MAX, KEM_ENCAPSULATED, SIGNATURE, SLOT_MAX, VECTOR_MAX, WELCOME_ITEMS_MAX,
    WELCOME_SLOT_MAX,
};
use crate::policy::{read_relays, write_relays};
use crate::vector::Slot;

/// What a device shows of itself before it belongs anywhere: public keys only.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Bundle {
    /// A person, new in the space.
    Person(Genesis),
    /// An own device. Its person id is not known to it yet, so it is no certificate.
    Device {
        /// Its signing key (Ed25519).
        sign_pk: [u8; 32],
        /// Part of its id.
        random: [u8; 16],
        /// Its KEM key, number 0.
        kem: KemStatement,
    },
}

impl Bundle {
    /// The key that signs for the bundle.
    #[must_use]
    pub const fn sign_pk(&self) -> &[u8; 32] {
        match self {
            Self::Person(genesis) => &genesis.sign_pk,
            Self::Device { sign_pk, .. } => sign_pk,
        }
    }

    fn write(&self, writer: &mut CborWriter) {
        match self {
            Self::Person(genesis) => {
                writer.map(2).key(0).key(1).key(1);
                genesis.write(writer);
            }
            Self::Device {
                sign_pk,
                random,
                kem,
            } => {
                writer
                    .map(4)
                    .key(0)
                    .key(2)
                    .key(1)
                    .bytes(sign_pk)
                    .key(2)
                    .bytes(random)
                    .key(3);
                kem.write(writer);
            }
        }
    }

    fn read(reader: &mut CborReader<'_>) -> Result<Self, ProtocolError> {
        let len = reader.map()?;
        reader.key(0)?;
        match (reader.u8()?, len) {
            (1, 2) => {
                reader.key(1)?;
                Ok(Self::Person(Genesis::read(reader)?))
            }
            (2, 4) => {
                reader.key(1)?;
                let sign_pk = reader.byte_array()?;
                reader.key(2)?;
                let random = reader.byte_array()?;
                reader.key(3)?;
                let kem = KemStatement::read(reader)?;
                if kem.n != 0 {
                    return Err(ProtocolError::Malformed("the first KEM key has number 0"));
                }
                Ok(Self::Device {
                    sign_pk,
                    random,
                    kem,
                })
            }
            (1 | 2, _) => Err(ProtocolError::Malformed("wrong number of fields")),
            (other, _) => Err(ProtocolError::UnknownKind(other)),
        }
    }
}

cbor_body!(Bundle, SLOT_MAX);

/// A bundle and the proof that whoever sent it holds its key and took part in this handshake.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SignedBundle {
    /// The bundle.
    pub bundle: Bundle,
    /// Signature of role and handshake hash by the bundle's key.
    pub signature: [u8; SIGNATURE],
}

impl SignedBundle {
    fn write_fields(&self, writer: &mut CborWriter, len: usize) {
        writer.map(len).key(0);
        self.bundle.write(writer);
        writer.key(1).bytes(&self.signature);
    }

    fn read_fields(reader: &mut CborReader<'_>) -> Result<Self, ProtocolError> {
        reader.key(0)?;
        let bundle = Bundle::read(reader)?;
        reader.key(1)?;
        let signature = reader.byte_array()?;
        Ok(Self { bundle, signature })
    }

    fn write(&self, writer: &mut CborWriter) {
        self.write_fields(writer, 2);
    }

    fn read(reader: &mut CborReader<'_>) -> Result<Self, ProtocolError> {
        reader.map_of(2)?;
        Self::read_fields(reader)
    }
}

cbor_body!(SignedBundle, SLOT_MAX);

/// A welcome sealed to the newcomer's KEM key.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SealedWelcome {
    /// The space, which the newcomer cannot know yet but which the seal is bound to.
    pub space_id: belay_model::SpaceId,
    /// HPKE's encapsulated key, [`KEM_ENCAPSULATED`] bytes.
    pub enc: Vec<u8>,
    /// HPKE's ciphertext.
    pub ciphertext: Vec<u8>,
}

impl SealedWelcome {
    fn write(&self, writer: &mut CborWriter) {
        writer
            .map(3)
            .key(0)
            .bytes(self.space_id.as_bytes())
            .key(1)
            .bytes(&self.enc)
            .key(2)
            .bytes(&self.ciphertext);
    }

    fn read(reader: &mut CborReader<'_>) -> Result<Self, ProtocolError> {
        reader.map_of(3)?;
        reader.key(0)?;
        let space_id = belay_model::SpaceId::from_bytes(reader.byte_array()?);
        reader.key(1)?;
        let enc = reader.byte_array::<KEM_ENCAPSULATED>()?.to_vec();
        reader.key(2)?;
        let ciphertext = reader.bytes("welcome", WELCOME_SLOT_MAX)?.to_vec();
        Ok(Self {
            space_id,
            enc,
            ciphertext,
        })
    }
}

cbor_body!(SealedWelcome, WELCOME_SLOT_MAX);

/// Rendezvous slot 3 of pairing in person: the shower's bundle and the welcome.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Slot3 {
    /// The shower's bundle.
    pub signed: SignedBundle,
    /// The welcome, sealed to the scanner.
    pub welcome: SealedWelcome,
}

impl Slot3 {
    fn write(&self, writer: &mut CborWriter) {
        self.signed.write_fields(writer, 3);
        writer.key(2);
        self.welcome.write(writer);
    }

    fn read(reader: &mut CborReader<'_>) -> Result<Self, ProtocolError> {
        reader.map_of(3)?;
        let signed = SignedBundle::read_fields(reader)?;
        reader.key(2)?;
        let welcome = SealedWelcome::read(reader)?;
        Ok(Self { signed, welcome })
    }
}

cbor_body!(Slot3, WELCOME_SLOT_MAX);

/// What a newcomer is given: enough to take part from the next item on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Welcome {
    /// The space's relays.
    pub relays: Vec<String>,
    /// All membership, epoch and wraps items, whole, parents before children.
    pub items: Vec<Vec<u8>>,
    /// Where each chain starts for the newcomer, strictly ascending by (device, incarnation, seq).
    pub floors: Vec<Slot>,
}

impl Welcome {
    fn write(&self, writer: &mut CborWriter) {
        writer.map(3).key(0);
        write_relays(writer, &self.relays);
        writer.key(1).array(self.items.len());
        for item in &self.items {
            writer.bytes(item);
        }
        writer.key(2);
        Slot::write_list(writer, &self.floors);
    }

    fn read(reader: &mut CborReader<'_>) -> Result<Self, ProtocolError> {
        reader.map_of(3)?;
        reader.key(0)?;
        let relays = read_relays(reader)?;
        reader.key(1)?;
        let len = reader.array("welcome items", WELCOME_ITEMS_MAX)?;
        let mut items = Vec::new();
        for _ in 0..len {
            items.push(reader.bytes("item", ITEM_MAX)?.to_vec());
        }
        reader.key(2)?;
        let floors = Slot::read_list(reader, VECTOR_MAX)?;
        Ok(Self {
            relays,
            items,
            floors,
        })
    }
}

cbor_body!(Welcome, WELCOME_SLOT_MAX);
