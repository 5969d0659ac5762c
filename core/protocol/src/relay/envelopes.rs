//! Envelopes one after the other, as an append carries them.
//!
//! A relay looks at nothing but where an envelope ends, whose mailbox it is for and what would erase
//! it. It forwards suites it has never heard of: whether an envelope can be read is its readers' affair.

use super::limits::{APPEND_BYTES_MAX, APPEND_ENVELOPES_MAX, ENVELOPE_HEAD, ENVELOPE_MAX};
use crate::ProtocolError;
use crate::limits::VERSION;

const TOO_LARGE: ProtocolError = ProtocolError::TooLarge {
    what: "envelope",
    max: ENVELOPE_MAX,
};

/// One envelope inside a longer run of bytes.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct EnvelopeRef<'a> {
    bytes: &'a [u8],
}

impl<'a> EnvelopeRef<'a> {
    /// Takes the envelope at the start of `bytes` and gives what follows it.
    ///
    /// # Errors
    /// `UnknownVersion` for a version whose length this code cannot know; `Truncated` when bytes are
    /// missing; `TooLarge` when it is longer than an envelope may be.
    pub fn take(bytes: &'a [u8]) -> Result<(Self, &'a [u8]), ProtocolError> {
        let version = *bytes.first().ok_or(ProtocolError::Truncated)?;
        if version != VERSION {
            return Err(ProtocolError::UnknownVersion(version));
        }
        let head = bytes.get(..ENVELOPE_HEAD).ok_or(ProtocolError::Truncated)?;
        let length: [u8; 4] = head[ENVELOPE_HEAD - 4..]
            .try_into()
            .map_err(|_| ProtocolError::Truncated)?;
        let length = u32::from_le_bytes(length) as usize;
        if length > ENVELOPE_MAX - ENVELOPE_HEAD {
            return Err(TOO_LARGE);
        }
        let (bytes, rest) = bytes
            .split_at_checked(ENVELOPE_HEAD + length)
            .ok_or(ProtocolError::Truncated)?;
        Ok((Self { bytes }, rest))
    }

    /// The whole envelope.
    #[must_use]
    pub const fn bytes(&self) -> &'a [u8] {
        self.bytes
    }

    /// The hash that an erase token must have to erase this envelope.
    #[must_use]
    pub fn erase_hash(&self) -> [u8; 32] {
        self.field(2)
    }

    /// The tag of the mailbox this envelope was sealed for.
    #[must_use]
    pub fn mailbox_tag(&self) -> [u8; 16] {
        self.field(34)
    }

    fn field<const N: usize>(&self, at: usize) -> [u8; N] {
        let mut field = [0; N];
        // `take` proved that the head is whole, so the ranges exist.
        field.copy_from_slice(&self.bytes[at..at + N]);
        field
    }
}

/// Splits the body of an append: 1 to 64 envelopes of together at most 1 MiB, nothing else.
///
/// # Errors
/// As [`EnvelopeRef::take`]; `Malformed` for none, `TooLarge` for too many or too long.
pub fn split_envelopes(body: &[u8]) -> Result<Vec<EnvelopeRef<'_>>, ProtocolError> {
    if body.is_empty() {
        return Err(ProtocolError::Malformed("no envelope"));
    }
    if body.len() > APPEND_BYTES_MAX {
        return Err(ProtocolError::TooLarge {
            what: "append",
            max: APPEND_BYTES_MAX,
        });
    }
    let mut envelopes = Vec::new();
    let mut rest = body;
    while !rest.is_empty() {
        if envelopes.len() == APPEND_ENVELOPES_MAX {
            return Err(ProtocolError::TooLarge {
                what: "number of envelopes",
                max: APPEND_ENVELOPES_MAX,
            });
        }
        let (envelope, after) = EnvelopeRef::take(rest)?;
        envelopes.push(envelope);
        rest = after;
    }
    Ok(envelopes)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test may stop at the first surprise")]

    use proptest::collection::vec;
    use proptest::prelude::*;

    use super::*;

    fn envelope(fill: u8, length: usize) -> Vec<u8> {
        let mut bytes = vec![fill; ENVELOPE_HEAD + length];
        bytes[0] = VERSION;
        bytes[ENVELOPE_HEAD - 4..ENVELOPE_HEAD]
            .copy_from_slice(&u32::try_from(length).unwrap().to_le_bytes());
        bytes
    }

    proptest! {
        #[test]
        fn what_was_concatenated_is_split_again(lengths in vec(0usize..300, 1..=64)) {
            let parts: Vec<_> = lengths.iter().map(|n| envelope(*n as u8, *n)).collect();
            let body = parts.concat();
            let split = split_envelopes(&body).unwrap();
            prop_assert_eq!(split.len(), parts.len());
            for (found, part) in split.iter().zip(&parts) {
                prop_assert_eq!(found.bytes(), &part[..]);
            }
        }

        #[test]
        fn arbitrary_bytes_never_panic(mut body in vec(any::<u8>(), 0..400)) {
            let _ = split_envelopes(&body);
            if let Some(first) = body.first_mut() {
                *first = VERSION;
            }
            if let Ok(split) = split_envelopes(&body) {
                prop_assert_eq!(split.iter().map(|one| one.bytes().len()).sum::<usize>(), body.len());
            }
        }
    }

    #[test]
    fn a_body_past_a_limit_is_refused() {
        assert!(split_envelopes(&[]).is_err());
        assert!(split_envelopes(&envelope(7, 1).repeat(65)).is_err());
        assert!(split_envelopes(&envelope(7, 200_000).repeat(6)).is_err());
        assert!(split_envelopes(&envelope(7, ENVELOPE_MAX)).is_err());
        let mut cut = envelope(7, 9);
        cut.pop();
        assert!(matches!(
            split_envelopes(&cut),
            Err(ProtocolError::Truncated)
        ));
    }
}
