//! Payloads of the records that carry keys between a person's own devices. They stand in `self` only:
//! whoever reads them holds the keys.

use std::fmt;

use belay_model::{DocName, EpochId, SpaceId};
use belay_protocol::{DocKind, ProtocolError, RecordBody};
use zeroize::{Zeroize, ZeroizeOnDrop, Zeroizing};

use super::kept_share::KeptShare;
use super::own_keys::OwnKeys;
use super::own_places::{OwnPlace, PlaceWelcome};
use super::payload::{PayloadReader, PayloadWriter, read_payload};
use super::record::RecordPayload;
use crate::DocumentError;

/// Longest sealed person key.
const SEALED_PERSON_MAX: usize = 4096;

/// What a person holds for one space, besides epochs.
#[derive(Clone, PartialEq, Eq, Zeroize, ZeroizeOnDrop)]
pub struct SpaceKeys {
    /// The space.
    #[zeroize(skip)]
    pub space_id: SpaceId,
    /// Lets any own device, and nobody else, erase the person's envelopes in this space.
    pub erase_key: [u8; 32],
    /// The person's root key of this space, sealed to the recovery words' backup key.
    #[zeroize(skip)]
    pub sealed_person: Option<Vec<u8>>,
}

/// The secret of one epoch.
#[derive(Clone, PartialEq, Eq, Zeroize, ZeroizeOnDrop)]
pub struct EpochKey {
    /// The space.
    #[zeroize(skip)]
    pub space_id: SpaceId,
    /// The epoch.
    #[zeroize(skip)]
    pub epoch_id: EpochId,
    /// Its secret.
    pub secret: [u8; 32],
}

/// A record of kind `keys`, told apart by its schema.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum KeysRecord {
    /// Schema 1.
    Space(SpaceKeys),
    /// Schema 2.
    Epoch(EpochKey),
    /// Schema 3.
    Own(OwnKeys),
    /// Schema 4.
    Share(KeptShare),
    /// Schema 5.
    Place(OwnPlace),
    /// Schema 6.
    Welcome(PlaceWelcome),
}

impl fmt::Debug for SpaceKeys {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("SpaceKeys")
            .field("space_id", &self.space_id)
            .finish_non_exhaustive()
    }
}

impl fmt::Debug for EpochKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("EpochKey")
            .field("epoch_id", &self.epoch_id)
            .finish_non_exhaustive()
    }
}

/// Ids are hashes; sixteen bytes of one name a record well enough.
fn name_of(id: &[u8; 32]) -> DocName {
    DocName::from_bytes(std::array::from_fn(|i| id[i]))
}

impl SpaceKeys {
    /// Name of the record that carries the keys of a space.
    #[must_use]
    pub fn name(space_id: &SpaceId) -> DocName {
        name_of(space_id.as_bytes())
    }
}

impl EpochKey {
    /// Name of the record that carries the secret of an epoch.
    #[must_use]
    pub fn name(epoch_id: &EpochId) -> DocName {
        name_of(epoch_id.as_bytes())
    }
}

impl RecordPayload for SpaceKeys {
    const KIND: DocKind = DocKind::Keys;
    const SCHEMA: u16 = 1;

    fn encode(&self) -> Vec<u8> {
        let mut writer = PayloadWriter::new();
        writer
            .bytes(0, self.space_id.as_bytes())
            .bytes(1, &self.erase_key);
        if let Some(sealed) = &self.sealed_person {
            writer.bytes(2, sealed);
        }
        writer.finish()
    }

    fn decode(payload: &[u8]) -> Result<Self, ProtocolError> {
        let read = |reader: &mut PayloadReader<'_>| {
            Ok(Self {
                space_id: SpaceId::from_bytes(reader.array(0)?),
                erase_key: reader.array(1)?,
                sealed_person: reader
                    .optional_bytes(2, SEALED_PERSON_MAX)?
                    .map(<[u8]>::to_vec),
            })
        };
        read_payload(payload, read, |keys| keys.encode())
    }
}

impl RecordPayload for EpochKey {
    const KIND: DocKind = DocKind::Keys;
    const SCHEMA: u16 = 2;

    fn encode(&self) -> Vec<u8> {
        let mut writer = PayloadWriter::new();
        writer
            .bytes(0, self.space_id.as_bytes())
            .bytes(1, self.epoch_id.as_bytes())
            .bytes(2, &self.secret);
        writer.finish()
    }

    fn decode(payload: &[u8]) -> Result<Self, ProtocolError> {
        let read = |reader: &mut PayloadReader<'_>| {
            Ok(Self {
                space_id: SpaceId::from_bytes(reader.array(0)?),
                epoch_id: EpochId::from_bytes(reader.array(1)?),
                secret: reader.array(2)?,
            })
        };
        read_payload(payload, read, |key| key.encode())
    }
}

impl KeysRecord {
    /// The name its record has.
    #[must_use]
    pub fn name(&self) -> DocName {
        match self {
            Self::Space(keys) => SpaceKeys::name(&keys.space_id),
            Self::Epoch(key) => EpochKey::name(&key.epoch_id),
            Self::Own(_) => OwnKeys::NAME,
            Self::Share(kept) => KeptShare::name(&kept.space_id),
            Self::Place(place) => OwnPlace::name(&place.device, &place.space_id),
            Self::Welcome(part) => PlaceWelcome::name(&part.device, &part.space_id, part.part),
        }
    }

    /// The body of its record. The bytes are as secret as the keys.
    #[must_use]
    pub fn to_body(&self, rev: u64) -> RecordBody {
        match self {
            Self::Space(keys) => keys.to_body(rev),
            Self::Epoch(key) => key.to_body(rev),
            Self::Own(keys) => keys.to_body(rev),
            Self::Share(kept) => kept.to_body(rev),
            Self::Place(place) => place.to_body(rev),
            Self::Welcome(part) => part.to_body(rev),
        }
    }

    /// The keys a body holds; `None` when the record is withdrawn.
    ///
    /// # Errors
    /// As [`RecordPayload::from_body`].
    pub fn from_body(body: &RecordBody) -> Result<Option<Self>, DocumentError> {
        if body.withdrawn {
            return Ok(None);
        }
        match body.schema {
            SpaceKeys::SCHEMA => Ok(SpaceKeys::from_body(body)?.map(Self::Space)),
            EpochKey::SCHEMA => Ok(EpochKey::from_body(body)?.map(Self::Epoch)),
            OwnKeys::SCHEMA => Ok(OwnKeys::from_body(body)?.map(Self::Own)),
            KeptShare::SCHEMA => Ok(KeptShare::from_body(body)?.map(Self::Share)),
            OwnPlace::SCHEMA => Ok(OwnPlace::from_body(body)?.map(Self::Place)),
            PlaceWelcome::SCHEMA => Ok(PlaceWelcome::from_body(body)?.map(Self::Welcome)),
            0 => Err(ProtocolError::Malformed("schema").into()),
            newer => Err(DocumentError::NewerData {
                schema: newer.into(),
            }),
        }
    }

    /// [`Self::to_body`] encoded, in memory that is wiped when dropped.
    #[must_use]
    pub fn to_bytes(&self, rev: u64) -> Zeroizing<Vec<u8>> {
        let mut body = self.to_body(rev);
        let bytes = Zeroizing::new(body.encode());
        body.payload.zeroize();
        bytes
    }
}
