//! A page of a mailbox.
//!
//! ```text
//! page  = gen u64 | head u64 | floor u64 | n u32 | entry * n        integers little-endian
//! entry = seq u64 | len u32 | envelope[len]                         len 0: erased, the number stays
//! ```
//! Numbers follow each other without a gap, so a reader that saw the last one has seen all.

use super::limits::{ENVELOPE_HEAD, ENVELOPE_MAX, READ_ENVELOPES_MAX};
use super::{Cursor, Generation};
use crate::ProtocolError;

const HEAD_LEN: usize = 28;

/// Envelopes of a mailbox in order, as a reader receives them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReadPage {
    /// The mailbox's generation. When it is not the cursor's, the page starts at the beginning.
    pub generation: Generation,
    /// Number of the mailbox's last envelope.
    pub head: u64,
    /// Envelopes up to this number are no longer kept.
    pub floor: u64,
    /// Number and bytes, ascending without a gap; `None` where the author erased the envelope.
    pub envelopes: Vec<(u64, Option<Vec<u8>>)>,
}

impl ReadPage {
    /// Reads a page that holds at most `envelopes_max` entries.
    ///
    /// # Errors
    /// `Truncated`, `Trailing`, or `Malformed` for anything a correct relay would not write.
    pub fn parse(bytes: &[u8], envelopes_max: u32) -> Result<Self, ProtocolError> {
        let mut rest = bytes;
        let generation = Generation(take_u64(&mut rest)?);
        let head = take_u64(&mut rest)?;
        let floor = take_u64(&mut rest)?;
        let count = take_u32(&mut rest)?;
        if count > envelopes_max.min(READ_ENVELOPES_MAX) {
            return Err(ProtocolError::Malformed("more envelopes than asked for"));
        }
        if floor > head {
            return Err(ProtocolError::Malformed("page floor above its head"));
        }
        let mut envelopes: Vec<(u64, Option<Vec<u8>>)> = Vec::with_capacity(count as usize);
        for _ in 0..count {
            let seq = take_u64(&mut rest)?;
            let follows = match envelopes.last() {
                Some((last, _)) => last.checked_add(1) == Some(seq),
                None => seq > floor,
            };
            if !follows || seq > head {
                return Err(ProtocolError::Malformed("page with a gap"));
            }
            let length = take_u32(&mut rest)? as usize;
            let envelope = match length {
                0 => None,
                ENVELOPE_HEAD..=ENVELOPE_MAX => Some(take(&mut rest, length)?.to_vec()),
                _ => return Err(ProtocolError::Malformed("envelope of an impossible size")),
            };
            envelopes.push((seq, envelope));
        }
        if !rest.is_empty() {
            return Err(ProtocolError::Trailing);
        }
        Ok(Self {
            generation,
            head,
            floor,
            envelopes,
        })
    }

    /// Where to read on: after the last entry, or where the reader stood if the page is empty.
    #[must_use]
    pub fn next(&self, after: Option<Cursor>) -> Cursor {
        let stood = after
            .filter(|cursor| cursor.generation == self.generation)
            .map_or(self.floor, |cursor| cursor.seq);
        Cursor {
            generation: self.generation,
            seq: self.envelopes.last().map_or(stood, |(seq, _)| *seq),
        }
    }
}

/// Writes a page into one buffer, entry by entry.
#[derive(Debug)]
pub struct PageWriter {
    bytes: Vec<u8>,
    count: u32,
}

impl PageWriter {
    /// Starts a page.
    #[must_use]
    pub fn new(generation: Generation, head: u64, floor: u64) -> Self {
        let mut bytes = Vec::with_capacity(HEAD_LEN);
        bytes.extend_from_slice(&generation.0.to_le_bytes());
        bytes.extend_from_slice(&head.to_le_bytes());
        bytes.extend_from_slice(&floor.to_le_bytes());
        bytes.extend_from_slice(&0u32.to_le_bytes());
        Self { bytes, count: 0 }
    }

    /// Adds the next entry; an empty `envelope` says that it was erased.
    ///
    /// # Errors
    /// `TooLarge` for an envelope larger than the format allows.
    pub fn push(&mut self, seq: u64, envelope: &[u8]) -> Result<(), ProtocolError> {
        let length = u32::try_from(envelope.len())
            .ok()
            .filter(|_| envelope.len() <= ENVELOPE_MAX)
            .ok_or(ProtocolError::TooLarge {
                what: "envelope",
                max: ENVELOPE_MAX,
            })?;
        self.bytes.extend_from_slice(&seq.to_le_bytes());
        self.bytes.extend_from_slice(&length.to_le_bytes());
        self.bytes.extend_from_slice(envelope);
        self.count += 1;
        Ok(())
    }

    /// Bytes of envelopes and framing so far.
    #[must_use]
    pub fn size(&self) -> usize {
        self.bytes.len()
    }

    /// How many entries were added.
    #[must_use]
    pub const fn count(&self) -> u32 {
        self.count
    }

    /// The page.
    #[must_use]
    pub fn finish(mut self) -> Vec<u8> {
        self.bytes[HEAD_LEN - 4..HEAD_LEN].copy_from_slice(&self.count.to_le_bytes());
        self.bytes
    }
}

fn take<'a>(rest: &mut &'a [u8], count: usize) -> Result<&'a [u8], ProtocolError> {
    let (taken, after) = rest
        .split_at_checked(count)
        .ok_or(ProtocolError::Truncated)?;
    *rest = after;
    Ok(taken)
}

fn take_u64(rest: &mut &[u8]) -> Result<u64, ProtocolError> {
    let bytes = take(rest, 8)?.try_into();
    Ok(u64::from_le_bytes(
        bytes.map_err(|_| ProtocolError::Truncated)?,
    ))
}

fn take_u32(rest: &mut &[u8]) -> Result<u32, ProtocolError> {
    let bytes = take(rest, 4)?.try_into();
    Ok(u32::from_le_bytes(
        bytes.map_err(|_| ProtocolError::Truncated)?,
    ))
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test may stop at the first surprise")]

    use proptest::collection::vec;
    use proptest::option;
    use proptest::prelude::*;

    use super::*;

    fn pages() -> impl Strategy<Value = ReadPage> {
        let bodies = vec(option::of(vec(any::<u8>(), ENVELOPE_HEAD..200)), 0..20);
        (any::<u64>(), 0u64..9, 0u64..9, 0u64..9, bodies).prop_map(
            |(generation, floor, skipped, beyond, bodies)| {
                let first = floor + skipped + 1;
                let envelopes: Vec<_> = (first..).zip(bodies).collect();
                let last = envelopes.last().map_or(first, |(seq, _)| *seq);
                ReadPage {
                    generation: Generation(generation),
                    head: last + beyond,
                    floor,
                    envelopes,
                }
            },
        )
    }

    fn encode(page: &ReadPage) -> Vec<u8> {
        let mut writer = PageWriter::new(page.generation, page.head, page.floor);
        for (seq, body) in &page.envelopes {
            writer
                .push(*seq, body.as_deref().unwrap_or_default())
                .unwrap();
        }
        writer.finish()
    }

    proptest! {
        #[test]
        fn a_page_survives_the_wire(page in pages()) {
            prop_assert_eq!(ReadPage::parse(&encode(&page), 1000).unwrap(), page);
        }

        #[test]
        fn a_changed_page_is_refused_or_means_exactly_its_bytes(
            page in pages(), at in any::<prop::sample::Index>(), to: u8,
        ) {
            let mut bytes = encode(&page);
            let at = at.index(bytes.len());
            bytes[at] = to;
            if let Ok(read) = ReadPage::parse(&bytes, 1000) {
                prop_assert_eq!(encode(&read), bytes);
            }
        }

        #[test]
        fn arbitrary_bytes_never_panic(bytes in vec(any::<u8>(), 0..200)) {
            let _ = ReadPage::parse(&bytes, 1000);
        }
    }

    #[test]
    fn a_page_with_more_than_asked_or_with_a_gap_is_refused() {
        let mut writer = PageWriter::new(Generation(1), 9, 0);
        writer.push(1, &[]).unwrap();
        writer.push(2, &[]).unwrap();
        let bytes = writer.finish();
        assert!(ReadPage::parse(&bytes, 2).is_ok());
        assert!(ReadPage::parse(&bytes, 1).is_err());
        let mut writer = PageWriter::new(Generation(1), 9, 0);
        writer.push(1, &[]).unwrap();
        writer.push(3, &[]).unwrap();
        assert!(ReadPage::parse(&writer.finish(), 9).is_err());
    }

    #[test]
    fn reading_goes_on_after_the_last_entry_and_restarts_in_a_new_generation() {
        let page = ReadPage {
            generation: Generation(2),
            head: 5,
            floor: 0,
            envelopes: vec![(4, None), (5, None)],
        };
        assert_eq!(page.next(None).seq, 5);
        let empty = ReadPage {
            envelopes: Vec::new(),
            ..page
        };
        let at = |generation, seq| {
            Some(Cursor {
                generation: Generation(generation),
                seq,
            })
        };
        assert_eq!(empty.next(at(2, 5)).seq, 5);
        assert_eq!(empty.next(at(1, 5)).seq, 0);
    }
}
