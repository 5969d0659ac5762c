//! The item: what is signed, chained, named, acknowledged and erased.
//!
//! Layout in `docs/protocol.md`, section Items. This file only turns bytes into values and back;
//! hashing and signing are done in the crypto room.

use belay_model::{BodyHash, DeviceId, DocName, Incarnation, ItemId, SpaceId};

use crate::ProtocolError;
use crate::codec::{Reader, Writer, length};
use crate::limits::{
    HEADS_MAX, ITEM_BODY_MAX, ITEM_HEADER_MAX, ITEM_MAX, ITEM_SALT, NUMBER_MAX, SIGNATURE, VERSION,
};

/// What an item is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[repr(u8)]
pub enum ItemKind {
    /// Automerge changes of one document; in `self` only.
    Changes = 1,
    /// A register written whole by its owner.
    Record = 2,
    /// An operation on the membership of the space.
    Membership = 3,
    /// A new generation of the space's secret.
    Epoch = 4,
    /// An epoch secret sealed to devices.
    Wraps = 5,
    /// A device's newest KEM key.
    Kem = 6,
    /// A request to be given an epoch secret again.
    Need = 7,
    /// What a device has received.
    Ack = 8,
    /// Slots whose bodies are to go.
    Erase = 9,
    /// The list of an attachment's blobs.
    BlobManifest = 10,
}

impl ItemKind {
    /// Whether items of this kind wait only for their heads, not for the items before them.
    #[must_use]
    pub const fn is_control(self) -> bool {
        matches!(
            self,
            Self::Membership | Self::Epoch | Self::Wraps | Self::Kem | Self::Need | Self::Erase
        )
    }
}

impl TryFrom<u8> for ItemKind {
    type Error = ProtocolError;

    fn try_from(number: u8) -> Result<Self, ProtocolError> {
        Ok(match number {
            1 => Self::Changes,
            2 => Self::Record,
            3 => Self::Membership,
            4 => Self::Epoch,
            5 => Self::Wraps,
            6 => Self::Kem,
            7 => Self::Need,
            8 => Self::Ack,
            9 => Self::Erase,
            10 => Self::BlobManifest,
            other => return Err(ProtocolError::UnknownKind(other)),
        })
    }
}

impl From<ItemKind> for u8 {
    fn from(kind: ItemKind) -> Self {
        kind as Self
    }
}

/// The signed part of an item.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ItemHeader {
    /// What the item is about.
    pub kind: ItemKind,
    /// The space; zero in the `create` item, whose id becomes the space's.
    pub space_id: SpaceId,
    /// The author.
    pub device_id: DeviceId,
    /// The author's incarnation.
    pub inc: Incarnation,
    /// Place in the chain, from 1, without gaps.
    pub seq: u64,
    /// Id of the item before; the device id, or the last item of the previous incarnation, for the first.
    pub prev: [u8; 32],
    /// Hybrid clock: milliseconds << 16 | counter. For showing in order, never for a rule.
    pub hlc: u64,
    /// All leaf membership items the author held, strictly ascending; at most [`HEADS_MAX`].
    pub heads: Vec<ItemId>,
    /// Kind of the document, as a number: an unknown one is parked by whoever applies the item.
    pub doc_kind: u8,
    /// Name of the document within its kind; zero when unused.
    pub doc_name: DocName,
    /// Bytes of the body.
    pub body_len: u32,
    /// Salted hash of the body.
    pub body_hash: BodyHash,
}

impl ItemHeader {
    /// The bytes that are hashed and signed.
    #[must_use]
    pub fn encode(&self) -> Vec<u8> {
        let mut writer = Writer::with_capacity(ITEM_HEADER_MAX);
        writer
            .u8(VERSION)
            .u8(self.kind.into())
            .bytes(self.space_id.as_bytes())
            .bytes(self.device_id.as_bytes())
            .u64(self.inc.0)
            .u64(self.seq)
            .bytes(&self.prev)
            .u64(self.hlc)
            .u8(u8::try_from(self.heads.len()).expect("heads are at most 16, checked when signed"));
        for head in &self.heads {
            writer.bytes(head.as_bytes());
        }
        writer
            .u8(self.doc_kind)
            .bytes(self.doc_name.as_bytes())
            .u32(self.body_len)
            .bytes(self.body_hash.as_bytes());
        writer.finish()
    }

    /// Checks the limits that a writer could break.
    ///
    /// # Errors
    /// `TooLarge` or `Malformed`.
    pub fn check(&self) -> Result<(), ProtocolError> {
        if self.heads.len() > HEADS_MAX {
            return Err(ProtocolError::TooLarge {
                what: "heads",
                max: HEADS_MAX,
            });
        }
        if !self.heads.is_sorted_by(|a, b| a < b) {
            return Err(ProtocolError::Malformed("heads not ascending"));
        }
        if self.seq == 0 {
            return Err(ProtocolError::Malformed("seq starts at 1"));
        }
        if self.seq > NUMBER_MAX || self.hlc > NUMBER_MAX {
            return Err(ProtocolError::Malformed("a number beyond 2^63"));
        }
        if self.body_len as usize > ITEM_BODY_MAX {
            return Err(ProtocolError::TooLarge {
                what: "item body",
                max: ITEM_BODY_MAX,
            });
        }
        Ok(())
    }

    /// Reads the header at the beginning of an item's bytes, whatever follows it.
    ///
    /// # Errors
    /// As [`Item::parse`].
    pub fn parse_start(bytes: &[u8]) -> Result<Self, ProtocolError> {
        Self::read(&mut Reader::new(bytes))
    }

    fn read(reader: &mut Reader<'_>) -> Result<Self, ProtocolError> {
        let version = reader.u8()?;
        if version != VERSION {
            return Err(ProtocolError::UnknownVersion(version));
        }
        let kind = ItemKind::try_from(reader.u8()?)?;
        let space_id = SpaceId::from_bytes(reader.array()?);
        let device_id = DeviceId::from_bytes(reader.array()?);
        let inc = Incarnation(reader.u64()?);
        let seq = reader.u64()?;
        let prev = reader.array()?;
        let hlc = reader.u64()?;
        let count = usize::from(reader.u8()?);
        if count > HEADS_MAX {
            return Err(ProtocolError::TooLarge {
                what: "heads",
                max: HEADS_MAX,
            });
        }
        let mut heads = Vec::with_capacity(count);
        for _ in 0..count {
            heads.push(ItemId::from_bytes(reader.array()?));
        }
        let header = Self {
            kind,
            space_id,
            device_id,
            inc,
            seq,
            prev,
            hlc,
            heads,
            doc_kind: reader.u8()?,
            doc_name: DocName::from_bytes(reader.array()?),
            body_len: reader.u32()?,
            body_hash: BodyHash::from_bytes(reader.array()?),
        };
        header.check()?;
        Ok(header)
    }
}

/// A signed item, with or without its body.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Item {
    /// The signed part.
    pub header: ItemHeader,
    /// Makes the body's hash say nothing about a short body. Zero once the body is erased: kept, it
    /// would let anyone who has the header try out what the body was.
    pub salt: [u8; ITEM_SALT],
    /// The body; `None` once erased.
    pub body: Option<Vec<u8>>,
    /// Ed25519 signature of the header by the author.
    pub signature: [u8; SIGNATURE],
}

impl Item {
    /// The whole item, as it travels; the detached form when its body is erased.
    #[must_use]
    pub fn encode(&self) -> Vec<u8> {
        let Some(body) = &self.body else {
            return self.encode_detached();
        };
        let mut writer = Writer::with_capacity(ITEM_HEADER_MAX + body.len() + 80);
        writer
            .bytes(&self.header.encode())
            .bytes(&self.salt)
            .bytes(body)
            .bytes(&self.signature);
        writer.finish()
    }

    /// What stays when the body is erased: header and signature, so that chains still verify.
    #[must_use]
    pub fn encode_detached(&self) -> Vec<u8> {
        let mut writer = Writer::with_capacity(ITEM_HEADER_MAX + SIGNATURE);
        writer.bytes(&self.header.encode()).bytes(&self.signature);
        writer.finish()
    }

    /// Reads a whole item. Hash and signature are not checked here.
    ///
    /// # Errors
    /// `UnknownVersion` and `UnknownKind` for what a newer program may know, else what is wrong.
    pub fn parse(bytes: &[u8]) -> Result<Self, ProtocolError> {
        if bytes.len() > ITEM_MAX {
            return Err(ProtocolError::TooLarge {
                what: "item",
                max: ITEM_MAX,
            });
        }
        let mut reader = Reader::new(bytes);
        let header = ItemHeader::read(&mut reader)?;
        let salt = reader.array()?;
        let body = reader.bytes(header.body_len as usize)?.to_vec();
        let signature = reader.array()?;
        reader.finish()?;
        Ok(Self {
            header,
            salt,
            body: Some(body),
            signature,
        })
    }

    /// Reads what [`Item::encode_detached`] wrote.
    ///
    /// # Errors
    /// As [`Item::parse`].
    pub fn parse_detached(bytes: &[u8]) -> Result<Self, ProtocolError> {
        let mut reader = Reader::new(bytes);
        let header = ItemHeader::read(&mut reader)?;
        let signature = reader.array()?;
        reader.finish()?;
        Ok(Self {
            header,
            salt: [0; ITEM_SALT],
            body: None,
            signature,
        })
    }

    /// Drops body and salt.
    pub fn erase_body(&mut self) {
        self.body = None;
        self.salt = [0; ITEM_SALT];
    }
}

/// Whether a body length fits an item, as the header writes it.
///
/// # Errors
/// `TooLarge` above [`ITEM_BODY_MAX`].
pub fn body_len(body: &[u8]) -> Result<u32, ProtocolError> {
    if body.len() > ITEM_BODY_MAX {
        return Err(ProtocolError::TooLarge {
            what: "item body",
            max: ITEM_BODY_MAX,
        });
    }
    Ok(length(body.len()))
}
