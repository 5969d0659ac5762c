//! The messages of pairing at a distance: a commitment, then both nonces and bundles.

use crate::ProtocolError;
use crate::cbor::{CborReader, CborWriter, cbor_body};
use crate::limits::SLOT_MAX;
use crate::pairing::Bundle;

/// The first message: a hash that binds the inviter's nonce and bundle before the other's are known.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Commitment(pub [u8; 32]);

impl Commitment {
    fn write(&self, writer: &mut CborWriter) {
        writer.map(1).key(0).bytes(&self.0);
    }

    fn read(reader: &mut CborReader<'_>) -> Result<Self, ProtocolError> {
        reader.map_of(1)?;
        reader.key(0)?;
        Ok(Self(reader.byte_array()?))
    }
}

cbor_body!(Commitment, 64);

/// The second and third message: a nonce and a bundle.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reveal {
    /// Random.
    pub nonce: [u8; 32],
    /// The sender's public keys.
    pub bundle: Bundle,
}

impl Reveal {
    fn write(&self, writer: &mut CborWriter) {
        let bundle = self.bundle.encode();
        writer
            .map(2)
            .key(0)
            .bytes(&self.nonce)
            .key(1)
            .bytes(&bundle);
    }

    fn read(reader: &mut CborReader<'_>) -> Result<Self, ProtocolError> {
        reader.map_of(2)?;
        reader.key(0)?;
        let nonce = reader.byte_array()?;
        reader.key(1)?;
        let bundle = Bundle::parse(reader.bytes("bundle", SLOT_MAX)?)?;
        Ok(Self { nonce, bundle })
    }
}

cbor_body!(Reveal, SLOT_MAX);
