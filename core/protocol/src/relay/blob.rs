//! Sealed blobs: what an attachment is carried in.
//!
//! A blob is one run of bytes under a random id, uploaded part by part and readable at any place. The
//! relay knows its size and nothing else: it is sealed like everything, and padded.
//!
//! ```text
//! page = total u64 | held u64 | erase_hash[32] | offset u64 | bytes        integers little-endian
//! ```
//! `held` counts from the beginning without a gap; below `total` the upload goes on.

use data_encoding::HEXLOWER;
use serde::{Deserialize, Serialize};

use super::cursor::parse_decimal;
use super::limits::{BLOB_BYTES_MAX, BLOB_PART_MAX, BLOB_PART_MIN};
use super::name::{decode_hex, relay_name};
use super::{EraseOutcome, EraseToken};
use crate::ProtocolError;
use crate::codec::{Reader, Writer};

const QUERY: ProtocolError = ProtocolError::Malformed("query");

relay_name!(
    /// A blob's name in its mailbox: random, drawn by who uploads it.
    BlobId,
    32,
    "blob id"
);

/// Where a part of an upload belongs: the query of a `PUT`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct BlobPart {
    /// Where the part begins.
    pub offset: u64,
    /// Bytes of the whole blob; the same in every part.
    pub total: u64,
    /// The hash that an erase token must have; the same in every part.
    pub erase_hash: [u8; 32],
}

impl BlobPart {
    /// The query as it stands in the address and under the signature, without the question mark.
    #[must_use]
    pub fn encode(&self) -> String {
        format!(
            "offset={}&total={}&erase_hash={}",
            self.offset,
            self.total,
            HEXLOWER.encode(&self.erase_hash)
        )
    }

    /// Reads a query in its one spelling.
    ///
    /// # Errors
    /// `Malformed` for another spelling or a blob of no bytes, `TooLarge` for a blob above its limit.
    pub fn parse(query: &str) -> Result<Self, ProtocolError> {
        let mut pairs = query.split('&');
        let mut value = |name: &str| {
            let (found, value) = pairs.next().and_then(|pair| pair.split_once('='))?;
            (found == name).then_some(value)
        };
        let offset = value("offset").and_then(parse_decimal).ok_or(QUERY)?;
        let total = value("total").and_then(parse_decimal).ok_or(QUERY)?;
        let erase_hash = value("erase_hash").and_then(decode_hex).ok_or(QUERY)?;
        if pairs.next().is_some() || total == 0 {
            return Err(QUERY);
        }
        if total > BLOB_BYTES_MAX {
            return Err(ProtocolError::TooLarge {
                what: "blob",
                max: usize::try_from(BLOB_BYTES_MAX).unwrap_or(usize::MAX),
            });
        }
        Ok(Self {
            offset,
            total,
            erase_hash,
        })
    }

    /// Whether a part of `length` bytes may stand here: inside the blob, not too large, and not too
    /// small unless it is the last.
    ///
    /// # Errors
    /// `TooLarge` above the largest part, `Malformed` for everything else.
    pub fn check(&self, length: usize) -> Result<(), ProtocolError> {
        if length > BLOB_PART_MAX {
            return Err(ProtocolError::TooLarge {
                what: "blob part",
                max: BLOB_PART_MAX,
            });
        }
        let end = self.offset.checked_add(length as u64);
        let inside = end.is_some_and(|end| end <= self.total);
        let worth = length >= BLOB_PART_MIN || end == Some(self.total);
        if length > 0 && inside && worth {
            Ok(())
        } else {
            Err(ProtocolError::Malformed("blob part"))
        }
    }
}

/// Which bytes of a blob are asked for: the query of a `GET`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct BlobRange {
    /// Where they begin.
    pub offset: u64,
    /// At most how many, up to 1 MiB; 0 asks only how much there is.
    pub bytes: u32,
}

impl BlobRange {
    /// The query as it stands in the address and under the signature, without the question mark.
    #[must_use]
    pub fn encode(&self) -> String {
        format!("offset={}&bytes={}", self.offset, self.bytes)
    }

    /// Reads a query in its one spelling; a number of bytes above the limit is lowered.
    ///
    /// # Errors
    /// `Malformed` for another spelling.
    pub fn parse(query: &str) -> Result<Self, ProtocolError> {
        let (offset, bytes) = query.split_once('&').ok_or(QUERY)?;
        let offset = offset.strip_prefix("offset=").and_then(parse_decimal);
        let bytes = bytes.strip_prefix("bytes=").and_then(parse_decimal);
        Ok(Self {
            offset: offset.ok_or(QUERY)?,
            bytes: u32::try_from(bytes.ok_or(QUERY)?)
                .unwrap_or(u32::MAX)
                .min(BLOB_PART_MAX as u32),
        })
    }
}

/// How much of a blob a relay holds: the answer to a `PUT`. A part that begins after `held` was not
/// taken; the upload goes on at `held`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct BlobState {
    /// Bytes held from the beginning.
    pub held: u64,
    /// Bytes of the whole blob.
    pub total: u64,
}

impl BlobState {
    /// Whether nothing is missing.
    #[must_use]
    pub const fn is_whole(&self) -> bool {
        self.held == self.total
    }
}

/// Some bytes of a blob: the answer to a `GET`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BlobPage {
    /// How much the relay holds.
    pub state: BlobState,
    /// The hash that an erase token must have, so that any holder of the mailbox key can carry the
    /// blob to another relay.
    pub erase_hash: [u8; 32],
    /// Where the bytes begin.
    pub offset: u64,
    /// The bytes; empty at the end of what is held.
    pub bytes: Vec<u8>,
}

impl BlobPage {
    /// Bytes before the blob's own.
    pub const HEAD: usize = 8 + 8 + 32 + 8;

    /// What stands before the blob's own bytes.
    #[must_use]
    pub fn head(state: BlobState, erase_hash: &[u8; 32], offset: u64) -> Vec<u8> {
        let mut writer = Writer::with_capacity(Self::HEAD);
        writer.u64(state.total).u64(state.held);
        writer.bytes(erase_hash).u64(offset);
        writer.finish()
    }

    /// Reads a page that may hold at most `bytes_max` bytes of the blob.
    ///
    /// # Errors
    /// `Truncated`, `TooLarge`, or `Malformed` for anything a correct relay would not write.
    pub fn parse(bytes: &[u8], bytes_max: u32) -> Result<Self, ProtocolError> {
        let mut reader = Reader::new(bytes);
        let (total, held) = (reader.u64()?, reader.u64()?);
        let erase_hash = reader.array()?;
        let offset = reader.u64()?;
        let most = bytes_max as usize;
        if reader.remaining() > most {
            return Err(ProtocolError::TooLarge {
                what: "blob page",
                max: most,
            });
        }
        let bytes = reader.rest().to_vec();
        let end = offset.checked_add(bytes.len() as u64);
        let inside = bytes.is_empty() || end.is_some_and(|end| end <= held);
        if total == 0 || total > BLOB_BYTES_MAX || held > total || !inside {
            return Err(ProtocolError::Malformed("blob page"));
        }
        Ok(Self {
            state: BlobState { held, total },
            erase_hash,
            offset,
            bytes,
        })
    }
}

/// The body of a `DELETE`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct BlobErase {
    /// The proof that the sender may erase it.
    pub token: EraseToken,
}

/// The answer to a `DELETE`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct BlobErased {
    /// What became of it.
    pub outcome: EraseOutcome,
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test may stop at the first surprise")]

    use proptest::collection::vec;
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn a_part_and_a_range_survive_their_query(
            offset: u64, total in 1..=BLOB_BYTES_MAX, erase_hash: [u8; 32], bytes in 0..=1u32 << 20,
        ) {
            let part = BlobPart { offset, total, erase_hash };
            prop_assert_eq!(BlobPart::parse(&part.encode()).unwrap(), part);
            let range = BlobRange { offset, bytes };
            prop_assert_eq!(BlobRange::parse(&range.encode()).unwrap(), range);
        }

        #[test]
        fn arbitrary_text_never_panics_and_has_one_spelling(text in "[a-z_=&0-9]{0,120}") {
            if let Ok(part) = BlobPart::parse(&text) {
                prop_assert_eq!(part.encode(), text);
            }
        }

        #[test]
        fn arbitrary_bytes_are_refused_or_the_one_form_of_a_page(bytes in vec(any::<u8>(), 0..200)) {
            if let Ok(page) = BlobPage::parse(&bytes, 100) {
                let head = BlobPage::head(page.state, &page.erase_hash, page.offset);
                prop_assert_eq!([head, page.bytes].concat(), bytes);
            }
        }
    }

    #[test]
    fn a_page_is_read_as_written_and_a_lie_in_it_is_seen() {
        let state = BlobState { held: 7, total: 9 };
        let page = |state, offset, bytes: &[u8]| {
            let head = BlobPage::head(state, &[3; 32], offset);
            BlobPage::parse(&[&head[..], bytes].concat(), 4)
        };
        let read = page(state, 3, b"abcd").unwrap();
        assert_eq!(
            (read.state, read.offset, &read.bytes[..]),
            (state, 3, &b"abcd"[..])
        );
        assert!(!read.state.is_whole());
        assert!(page(state, 900, b"").is_ok());
        assert!(page(state, 3, b"abcde").is_err(), "more than asked for");
        assert!(page(state, 4, b"abcd").is_err(), "beyond what is held");
        assert!(page(state, u64::MAX, b"a").is_err());
        assert!(page(BlobState { held: 9, total: 8 }, 0, b"").is_err());
        assert!(page(BlobState { held: 0, total: 0 }, 0, b"").is_err());
        assert!(BlobPage::parse(&[0; BlobPage::HEAD - 1], 4).is_err());
    }

    #[test]
    fn a_part_lies_inside_and_only_the_last_is_small() {
        let total = 3 * BLOB_PART_MIN as u64 + 5;
        let check = |offset, length| {
            let part = BlobPart {
                offset,
                total,
                erase_hash: [0; 32],
            };
            part.check(length)
        };
        assert!(check(0, BLOB_PART_MIN).is_ok());
        assert!(check(0, BLOB_PART_MIN - 1).is_err());
        assert!(check(total - 5, 5).is_ok());
        assert!(check(total - 5, 6).is_err());
        assert!(check(total, 0).is_err());
        assert!(check(u64::MAX, 5).is_err());
        assert!(matches!(
            check(0, BLOB_PART_MAX + 1),
            Err(ProtocolError::TooLarge { .. })
        ));
        for query in [
            "",
            "offset=0",
            "offset=0&total=0&erase_hash=00",
            "offset=00&bytes=1",
        ] {
            assert!(BlobPart::parse(query).is_err() && BlobRange::parse(query).is_err());
        }
        let large = format!(
            "offset=0&total={}&erase_hash={}",
            BLOB_BYTES_MAX + 1,
            "0".repeat(64)
        );
        assert!(matches!(
            BlobPart::parse(&large),
            Err(ProtocolError::TooLarge { .. })
        ));
        assert_eq!(
            BlobRange::parse("offset=0&bytes=99999999999")
                .unwrap()
                .bytes,
            1 << 20
        );
    }
}
