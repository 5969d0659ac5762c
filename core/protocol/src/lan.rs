//! What two devices on one network say to each other: first in clear, so far as they must before they know
//! which secret they share, then inside their channel.

use belay_model::DeviceId;

use crate::ProtocolError;
use crate::cbor::CborWriter;
use crate::codec::{Reader, Writer};
use crate::limits::{
    LAN_FRAME_MAX, LAN_PIECE_MAX, LAN_TAGS, LAN_WANTS, SIGNATURE, VECTOR_MAX, VERSION,
};
use crate::relay::split_envelopes;
use crate::vector::VectorEntry;

/// What a device shows to those who hold a secret of the same space, and random bytes to everybody else.
pub type LanTag = [u8; 16];

/// The first word of the side that was called: nothing that was said to another, or at another time, fits it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct LanGreeting {
    /// Drawn for this one call.
    pub nonce: [u8; 32],
}

impl LanGreeting {
    /// The bytes that travel.
    #[must_use]
    pub fn encode(&self) -> Vec<u8> {
        let mut writer = Writer::new();
        writer.u8(VERSION).bytes(&self.nonce);
        writer.finish()
    }

    /// Reads exactly one greeting.
    ///
    /// # Errors
    /// `UnknownVersion` for a newer program's, else what is wrong.
    pub fn parse(bytes: &[u8]) -> Result<Self, ProtocolError> {
        let mut reader = versioned(bytes)?;
        let nonce = reader.array()?;
        reader.finish()?;
        Ok(Self { nonce })
    }
}

/// The first word of the side that calls: a tag for each secret of one space that the other may hold, and
/// random ones up to their fixed number.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LanHello {
    /// The tags.
    pub tags: [LanTag; LAN_TAGS],
}

impl LanHello {
    /// The bytes that travel.
    #[must_use]
    pub fn encode(&self) -> Vec<u8> {
        let mut writer = Writer::new();
        writer.u8(VERSION);
        for tag in &self.tags {
            writer.bytes(tag);
        }
        writer.finish()
    }

    /// Reads exactly one hello.
    ///
    /// # Errors
    /// `UnknownVersion` for a newer program's, else what is wrong.
    pub fn parse(bytes: &[u8]) -> Result<Self, ProtocolError> {
        let mut reader = versioned(bytes)?;
        let mut tags = [[0; 16]; LAN_TAGS];
        for tag in &mut tags {
            *tag = reader.array()?;
        }
        reader.finish()?;
        Ok(Self { tags })
    }
}

fn versioned(bytes: &[u8]) -> Result<Reader<'_>, ProtocolError> {
    let mut reader = Reader::new(bytes);
    match reader.u8()? {
        VERSION => Ok(reader),
        other => Err(ProtocolError::UnknownVersion(other)),
    }
}

/// Which of the tags of a hello the called side took. One byte, the tag's place.
///
/// # Errors
/// `Truncated`, `Trailing`, or `Malformed` for a place that no hello has.
pub fn parse_lan_choice(bytes: &[u8]) -> Result<u8, ProtocolError> {
    let mut reader = Reader::new(bytes);
    let place = reader.u8()?;
    reader.finish()?;
    if usize::from(place) >= LAN_TAGS {
        return Err(ProtocolError::Malformed("a tag that was not there"));
    }
    Ok(place)
}

/// What is said inside the channel.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum LanFrame {
    /// Who speaks: once from each side, first of all.
    Proof {
        /// The device.
        device_id: DeviceId,
        /// Its signature over role and handshake.
        signature: [u8; SIGNATURE],
    },
    /// What the speaker has of every chain, ascending by device and incarnation over all parts.
    Have {
        /// Whether another part follows.
        more: bool,
        /// This part.
        entries: Vec<VectorEntry>,
    },
    /// Envelopes that the other side lacks, 1 to 64 of them.
    Envelopes(Vec<Vec<u8>>),
    /// That was all the other side lacked, or all that is here of the blobs it wants.
    Over {
        /// Whether something new came to the speaker in this round, so that another one is worth it.
        again: bool,
    },
    /// The end.
    Bye,
    /// The blobs that the speaker lacks, at most [`LAN_WANTS`] at a time; none when it wants no more.
    Want(Vec<LanWant>),
    /// The next bytes of a blob that the other side wants.
    Piece {
        /// Its id.
        blob: [u8; 32],
        /// Where they begin.
        offset: u64,
        /// 1 to [`LAN_PIECE_MAX`] of them.
        bytes: Vec<u8>,
    },
}

/// A blob that somebody lacks, or the rest of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct LanWant {
    /// Its id.
    pub blob: [u8; 32],
    /// How much of it they have, from its beginning.
    pub offset: u64,
}

impl LanWant {
    fn read(reader: &mut Reader<'_>) -> Result<Self, ProtocolError> {
        Ok(Self {
            blob: reader.array()?,
            offset: reader.u64()?,
        })
    }
}

const PROOF: u8 = 1;
const HAVE: u8 = 2;
const ENVELOPES: u8 = 3;
const OVER: u8 = 4;
const BYE: u8 = 5;
const WANT: u8 = 6;
const PIECE: u8 = 7;

impl LanFrame {
    /// The bytes that are sealed.
    #[must_use]
    pub fn encode(&self) -> Vec<u8> {
        let mut writer = Writer::new();
        match self {
            Self::Proof {
                device_id,
                signature,
            } => {
                writer.u8(PROOF);
                writer.bytes(device_id.as_bytes()).bytes(signature);
            }
            Self::Have { more, entries } => {
                writer.u8(HAVE).u8(u8::from(*more));
                let mut cbor = CborWriter::new();
                VectorEntry::write_list(&mut cbor, entries);
                writer.bytes(&cbor.finish());
            }
            Self::Envelopes(envelopes) => {
                writer.u8(ENVELOPES);
                for envelope in envelopes {
                    writer.bytes(envelope);
                }
            }
            Self::Over { again } => {
                writer.u8(OVER).u8(u8::from(*again));
            }
            Self::Bye => {
                writer.u8(BYE);
            }
            Self::Want(wants) => {
                debug_assert!(wants.len() <= LAN_WANTS, "who speaks counts them");
                writer.u8(WANT).u16(wants.len() as u16);
                for want in wants {
                    writer.bytes(&want.blob).u64(want.offset);
                }
            }
            Self::Piece {
                blob,
                offset,
                bytes,
            } => {
                writer.u8(PIECE).bytes(blob).u64(*offset).prefixed(bytes);
            }
        }
        writer.finish()
    }

    /// Reads exactly one frame.
    ///
    /// # Errors
    /// `UnknownKind` for what a newer program may say, `TooLarge` above [`LAN_FRAME_MAX`], else what is wrong.
    pub fn parse(bytes: &[u8]) -> Result<Self, ProtocolError> {
        if bytes.len() > LAN_FRAME_MAX {
            return Err(ProtocolError::TooLarge {
                what: "frame",
                max: LAN_FRAME_MAX,
            });
        }
        let mut reader = Reader::new(bytes);
        let frame = match reader.u8()? {
            PROOF => Self::Proof {
                device_id: DeviceId::from_bytes(reader.array()?),
                signature: reader.array()?,
            },
            HAVE => {
                let more = flag(reader.u8()?)?;
                let entries =
                    crate::cbor::parse(reader.rest(), VectorEntry::read_list, |entries, cbor| {
                        VectorEntry::write_list(cbor, entries);
                    })?;
                // Parts that say nothing could go on for ever.
                if more && entries.len() < VECTOR_MAX {
                    return Err(ProtocolError::Malformed("a part that is not full"));
                }
                Self::Have { more, entries }
            }
            ENVELOPES => {
                let envelopes = split_envelopes(reader.rest())?;
                let bytes = envelopes.iter().map(|one| one.bytes().to_vec());
                Self::Envelopes(bytes.collect())
            }
            OVER => Self::Over {
                again: flag(reader.u8()?)?,
            },
            BYE => Self::Bye,
            WANT => {
                let count = usize::from(reader.u16()?);
                if count > LAN_WANTS {
                    return Err(ProtocolError::TooLarge {
                        what: "wants",
                        max: LAN_WANTS,
                    });
                }
                let wants = (0..count).map(|_| LanWant::read(&mut reader));
                Self::Want(wants.collect::<Result<_, _>>()?)
            }
            PIECE => {
                let (blob, offset) = (reader.array()?, reader.u64()?);
                let bytes = reader.prefixed("piece", LAN_PIECE_MAX)?;
                if bytes.is_empty() {
                    return Err(ProtocolError::Malformed("a piece of nothing"));
                }
                Self::Piece {
                    blob,
                    offset,
                    bytes: bytes.to_vec(),
                }
            }
            other => return Err(ProtocolError::UnknownKind(other)),
        };
        reader.finish()?;
        Ok(frame)
    }
}

fn flag(byte: u8) -> Result<bool, ProtocolError> {
    match byte {
        0 => Ok(false),
        1 => Ok(true),
        _ => Err(ProtocolError::NotCanonical),
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test may stop at the first surprise")]

    use super::*;

    #[test]
    fn what_is_no_word_of_this_version_is_refused() {
        let greeting = LanGreeting { nonce: [7; 32] };
        let mut bytes = greeting.encode();
        assert_eq!(LanGreeting::parse(&bytes), Ok(greeting));
        bytes.push(0);
        assert_eq!(LanGreeting::parse(&bytes), Err(ProtocolError::Trailing));
        bytes[0] = 2;
        assert_eq!(
            LanGreeting::parse(&bytes),
            Err(ProtocolError::UnknownVersion(2))
        );
        assert_eq!(parse_lan_choice(&[7]), Ok(7));
        assert!(parse_lan_choice(&[8]).is_err() && parse_lan_choice(&[]).is_err());
        assert_eq!(LanFrame::parse(&[8]), Err(ProtocolError::UnknownKind(8)));
        assert_eq!(
            LanFrame::parse(&[OVER, 2]),
            Err(ProtocolError::NotCanonical)
        );
        assert!(LanFrame::parse(&[ENVELOPES]).is_err(), "no envelope in it");
        assert_eq!(
            LanFrame::parse(&[WANT, 0, 0]),
            Ok(LanFrame::Want(Vec::new()))
        );
        let many = [&[WANT, 1, 2][..], &[7; 40 * (LAN_WANTS + 1)]].concat();
        assert!(LanFrame::parse(&many).is_err(), "more than may be");
        let piece = |length: usize| {
            let frame = LanFrame::Piece {
                blob: [7; 32],
                offset: 7,
                bytes: vec![7; length],
            };
            LanFrame::parse(&frame.encode())
        };
        assert!(piece(0).is_err(), "no byte in it");
        assert!(piece(LAN_PIECE_MAX).is_ok());
        assert!(piece(LAN_PIECE_MAX + 1).is_err(), "more than may be");
    }

    #[test]
    fn a_vector_that_says_nothing_and_goes_on_is_refused() {
        let part = |more| LanFrame::Have {
            more,
            entries: Vec::new(),
        };
        assert_eq!(LanFrame::parse(&part(false).encode()), Ok(part(false)));
        assert!(LanFrame::parse(&part(true).encode()).is_err());
    }
}
