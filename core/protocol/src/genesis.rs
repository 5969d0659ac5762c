//! Who a person is in one space: genesis, device certificate, KEM statement.

use belay_model::PersonId;

use crate::ProtocolError;
use crate::cbor::{CborReader, CborWriter, cbor_body};
use crate::limits::{KEM_PUBLIC, SIGNATURE};

/// A device's KEM key; the highest `n` of a device counts. Also the body of a `kem` item.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KemStatement {
    /// Which of the device's keys this is, from 0.
    pub n: u32,
    /// X-Wing public key, [`KEM_PUBLIC`] bytes.
    pub pk: Vec<u8>,
    /// Newest format version the device reads.
    pub max_ver: u8,
}

/// The body of a `kem` item.
pub type KemBody = KemStatement;

impl KemStatement {
    pub(crate) fn write(&self, writer: &mut CborWriter) {
        writer
            .map(3)
            .key(0)
            .u64(self.n.into())
            .key(1)
            .bytes(&self.pk)
            .key(2)
            .u64(self.max_ver.into());
    }

    pub(crate) fn read(reader: &mut CborReader<'_>) -> Result<Self, ProtocolError> {
        reader.map_of(3)?;
        reader.key(0)?;
        let n = reader.u32()?;
        reader.key(1)?;
        let pk = reader.byte_array::<KEM_PUBLIC>()?.to_vec();
        reader.key(2)?;
        let max_ver = reader.u8()?;
        if max_ver == 0 {
            return Err(ProtocolError::Malformed("versions start at 1"));
        }
        Ok(Self { n, pk, max_ver })
    }

    fn first(self) -> Result<Self, ProtocolError> {
        if self.n == 0 {
            Ok(self)
        } else {
            Err(ProtocolError::Malformed("the first KEM key has number 0"))
        }
    }
}

cbor_body!(KemStatement, 2 * KEM_PUBLIC);

/// The beginning of a person in a space, signed by the person's recovery key P.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Genesis {
    /// P's public half (Ed25519).
    pub recovery_pk: [u8; 32],
    /// The first device's signing key (Ed25519).
    pub sign_pk: [u8; 32],
    /// Part of the first device's id.
    pub random: [u8; 16],
    /// The first device's KEM key, number 0.
    pub kem: KemStatement,
    /// Keeps two geneses of the same keys apart.
    pub salt: [u8; 16],
    /// P's signature over everything above.
    pub signature: [u8; SIGNATURE],
}

impl Genesis {
    /// What P signs and the person id is the hash of: the map without the signature.
    #[must_use]
    pub fn signed_bytes(&self) -> Vec<u8> {
        let mut writer = CborWriter::new();
        self.write_fields(&mut writer, 5);
        writer.finish()
    }

    fn write_fields(&self, writer: &mut CborWriter, len: usize) {
        writer
            .map(len)
            .key(0)
            .bytes(&self.recovery_pk)
            .key(1)
            .bytes(&self.sign_pk)
            .key(2)
            .bytes(&self.random)
            .key(3);
        self.kem.write(writer);
        writer.key(4).bytes(&self.salt);
    }

    pub(crate) fn write(&self, writer: &mut CborWriter) {
        self.write_fields(writer, 6);
        writer.key(5).bytes(&self.signature);
    }

    pub(crate) fn read(reader: &mut CborReader<'_>) -> Result<Self, ProtocolError> {
        reader.map_of(6)?;
        reader.key(0)?;
        let recovery_pk = reader.byte_array()?;
        reader.key(1)?;
        let sign_pk = reader.byte_array()?;
        reader.key(2)?;
        let random = reader.byte_array()?;
        reader.key(3)?;
        let kem = KemStatement::read(reader)?.first()?;
        reader.key(4)?;
        let salt = reader.byte_array()?;
        reader.key(5)?;
        let signature = reader.byte_array()?;
        Ok(Self {
            recovery_pk,
            sign_pk,
            random,
            kem,
            salt,
            signature,
        })
    }
}

cbor_body!(Genesis, 2 * KEM_PUBLIC);

/// A later device of a person.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DeviceCertificate {
    /// The person it belongs to.
    pub person_id: PersonId,
    /// Its signing key (Ed25519).
    pub sign_pk: [u8; 32],
    /// Part of its id.
    pub random: [u8; 16],
    /// Its KEM key, number 0.
    pub kem: KemStatement,
}

impl DeviceCertificate {
    pub(crate) fn write(&self, writer: &mut CborWriter) {
        writer
            .map(4)
            .key(0)
            .bytes(self.person_id.as_bytes())
            .key(1)
            .bytes(&self.sign_pk)
            .key(2)
            .bytes(&self.random)
            .key(3);
        self.kem.write(writer);
    }

    pub(crate) fn read(reader: &mut CborReader<'_>) -> Result<Self, ProtocolError> {
        reader.map_of(4)?;
        reader.key(0)?;
        let person_id = PersonId::from_bytes(reader.byte_array()?);
        reader.key(1)?;
        let sign_pk = reader.byte_array()?;
        reader.key(2)?;
        let random = reader.byte_array()?;
        reader.key(3)?;
        let kem = KemStatement::read(reader)?.first()?;
        Ok(Self {
            person_id,
            sign_pk,
            random,
            kem,
        })
    }
}

cbor_body!(DeviceCertificate, 2 * KEM_PUBLIC);
