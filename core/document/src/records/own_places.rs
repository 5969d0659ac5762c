//! How a further own device comes into the spaces of partnerships: it shows fresh keys for each in `self`, and a
//! sibling that is there adds it and leaves a welcome.

use std::fmt;

use belay_model::{DeviceId, DocName, PersonId, SpaceId};
use belay_protocol::limits::{ITEM_BODY_MAX, KEM_PUBLIC};
use belay_protocol::{Bundle, DocKind, ProtocolError, Welcome};

use super::payload::{PayloadReader, PayloadWriter, read_payload};
use super::record::RecordPayload;

/// Parts of one welcome at most. Each but the last holds more than [`WELCOME_PART_BYTES`] less one item.
const PARTS_MAX: u64 = 200;

/// Bytes of items in one part of a welcome: what fits an item's body with its frame, whatever the last item is.
pub const WELCOME_PART_BYTES: usize = 40 * 1024;

/// Longest comparison code, as the first device kept it.
const CODE_MAX: usize = 200;

/// Ids are hashes; fifteen bytes of two name a record well enough, and the last tells the kinds apart.
fn name_of(device: &DeviceId, space: &SpaceId, last: u8) -> DocName {
    let (device, space) = (device.as_bytes(), space.as_bytes());
    DocName::from_bytes(std::array::from_fn(|at| match at {
        0..8 => device[at],
        8..15 => space[at - 8],
        _ => last,
    }))
}

/// The public keys of an own device in one shared space, told in `self` by that device itself.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OwnPlace {
    /// The device, as it is known in `self`.
    pub device: DeviceId,
    /// The shared space.
    pub space_id: SpaceId,
    /// What it shows of itself there.
    pub bundle: Bundle,
}

impl OwnPlace {
    /// Name of the record: each device has one for each space.
    #[must_use]
    pub fn name(device: &DeviceId, space: &SpaceId) -> DocName {
        name_of(device, space, 0)
    }
}

impl RecordPayload for OwnPlace {
    const KIND: DocKind = DocKind::Keys;
    const SCHEMA: u16 = 5;

    fn encode(&self) -> Vec<u8> {
        let mut writer = PayloadWriter::new();
        writer
            .bytes(0, self.device.as_bytes())
            .bytes(1, self.space_id.as_bytes())
            .bytes(2, &self.bundle.encode());
        writer.finish()
    }

    fn decode(payload: &[u8]) -> Result<Self, ProtocolError> {
        let read = |reader: &mut PayloadReader<'_>| {
            let device = DeviceId::from_bytes(reader.array(0)?);
            let space_id = SpaceId::from_bytes(reader.array(1)?);
            let bundle = reader.optional_bytes(2, 2 * KEM_PUBLIC)?;
            let bundle = Bundle::parse(bundle.unwrap_or_default())?;
            if !matches!(bundle, Bundle::Device { .. }) {
                return Err(ProtocolError::Malformed("not a device"));
            }
            Ok(Self {
                device,
                space_id,
                bundle,
            })
        };
        read_payload(payload, read, Self::encode)
    }
}

/// One part of what a sibling leaves for an own device that it added to a shared space: its acts and epochs.
/// The secrets stand beside it in `self`.
#[derive(Clone, PartialEq, Eq)]
pub struct PlaceWelcome {
    /// For which device, as it is known in `self`.
    pub device: DeviceId,
    /// The shared space.
    pub space_id: SpaceId,
    /// Who the person is there.
    pub person_id: PersonId,
    /// Which part, from 0.
    pub part: u8,
    /// Of how many.
    pub parts: u8,
    /// Relays and items.
    pub welcome: Welcome,
    /// What both people compare, so that comparing later stays sound on this device too.
    pub code: Option<String>,
}

impl fmt::Debug for PlaceWelcome {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("PlaceWelcome")
            .field("space_id", &self.space_id)
            .field("part", &self.part)
            .field("parts", &self.parts)
            .finish_non_exhaustive()
    }
}

impl PlaceWelcome {
    /// Name of the record that holds a part.
    #[must_use]
    pub fn name(device: &DeviceId, space: &SpaceId, part: u8) -> DocName {
        name_of(device, space, part.saturating_add(1))
    }
}

impl RecordPayload for PlaceWelcome {
    const KIND: DocKind = DocKind::Keys;
    const SCHEMA: u16 = 6;

    fn encode(&self) -> Vec<u8> {
        let mut writer = PayloadWriter::new();
        writer
            .bytes(0, self.device.as_bytes())
            .bytes(1, self.space_id.as_bytes())
            .bytes(2, self.person_id.as_bytes())
            .uint(3, self.part.into())
            .uint(4, self.parts.into())
            .bytes(5, &self.welcome.encode())
            .optional_text(6, self.code.as_deref());
        writer.finish()
    }

    fn decode(payload: &[u8]) -> Result<Self, ProtocolError> {
        let read = |reader: &mut PayloadReader<'_>| {
            let device = DeviceId::from_bytes(reader.array(0)?);
            let space_id = SpaceId::from_bytes(reader.array(1)?);
            let person_id = PersonId::from_bytes(reader.array(2)?);
            let (part, parts) = (reader.uint(3)?, reader.uint(4)?);
            let welcome = reader.optional_bytes(5, ITEM_BODY_MAX)?;
            let code = reader.optional_text(6, CODE_MAX)?;
            let small = |number: u64| {
                u8::try_from(number).map_err(|_| ProtocolError::Malformed("welcome part"))
            };
            if part >= parts || parts > PARTS_MAX {
                return Err(ProtocolError::Malformed("welcome part"));
            }
            Ok(Self {
                device,
                space_id,
                person_id,
                part: small(part)?,
                parts: small(parts)?,
                welcome: Welcome::parse(welcome.unwrap_or_default())?,
                code,
            })
        };
        read_payload(payload, read, Self::encode)
    }
}
