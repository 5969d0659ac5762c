//! Another person's share of their recovery words, kept for them in `self`, on all of one's own devices.

use std::fmt;

use belay_model::{DocName, SpaceId};
use belay_protocol::{DocKind, ProtocolError, RecoveryShare};
use zeroize::{Zeroize, ZeroizeOnDrop};

use super::payload::{PayloadReader, PayloadWriter, read_payload};
use super::record::RecordPayload;

/// A share that a partner gave to keep.
#[derive(Clone, PartialEq, Eq, Zeroize, ZeroizeOnDrop)]
pub struct KeptShare {
    /// The space that is shared with them.
    #[zeroize(skip)]
    pub space_id: SpaceId,
    /// When it came, in milliseconds since 1970.
    #[zeroize(skip)]
    pub received_at_ms: u64,
    /// The share.
    pub share: RecoveryShare,
}

impl fmt::Debug for KeptShare {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("KeptShare")
            .field("space_id", &self.space_id)
            .finish_non_exhaustive()
    }
}

impl KeptShare {
    /// Name of the record: one a space. The second half of the space's id, for the first half names its keys.
    #[must_use]
    pub fn name(space_id: &SpaceId) -> DocName {
        let id = space_id.as_bytes();
        DocName::from_bytes(std::array::from_fn(|at| id[16 + at]))
    }
}

impl RecordPayload for KeptShare {
    const KIND: DocKind = DocKind::Keys;
    const SCHEMA: u16 = 4;

    fn encode(&self) -> Vec<u8> {
        let mut writer = PayloadWriter::new();
        writer
            .bytes(0, self.space_id.as_bytes())
            .uint(1, self.received_at_ms)
            .bytes(2, &self.share.encode());
        writer.finish()
    }

    fn decode(payload: &[u8]) -> Result<Self, ProtocolError> {
        let read = |reader: &mut PayloadReader<'_>| {
            Ok(Self {
                space_id: SpaceId::from_bytes(reader.array(0)?),
                received_at_ms: reader.uint(1)?,
                share: RecoveryShare::decode(
                    reader
                        .optional_bytes(2, RecoveryShare::LEN)?
                        .ok_or(ProtocolError::Truncated)?,
                )?,
            })
        };
        read_payload(payload, read, |kept| kept.encode())
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test may stop at the first surprise")]

    use super::*;

    #[test]
    fn a_kept_share_is_written_and_read_as_ever() {
        let share = KeptShare {
            space_id: SpaceId::from_bytes([1; 32]),
            received_at_ms: 1_772_571_600_000,
            share: RecoveryShare {
                set_id: [1; 8],
                index: 2,
                threshold: 3,
                check: [4; 8],
                value: [5; 32],
            },
        };
        let kept = include_str!("../../tests/exemplars/record-kept-share.1.hex").replace('\n', "");
        let body = share.to_body(3).encode();
        let hex: String = body.iter().map(|byte| format!("{byte:02x}")).collect();
        assert_eq!(hex, kept);
        let parsed = belay_protocol::RecordBody::parse(&body).unwrap();
        assert_eq!(KeptShare::from_body(&parsed).unwrap(), Some(share.clone()));
        assert!(
            !format!("{share:?}").contains('5'),
            "nothing of it is printed"
        );
    }
}
