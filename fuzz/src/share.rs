//! A share of recovery words: the text somebody copied, the bytes that are kept, the record in a shared space.

use belay_document::records::{KeptShare, RecordPayload, ShareRecord};
use belay_protocol::RecoveryShare;

/// Runs one input; tells how many readers took it.
pub fn run(bytes: &[u8]) -> usize {
    let mut taken = 0;
    if let Some(share) = std::str::from_utf8(bytes)
        .ok()
        .and_then(|text| RecoveryShare::parse(text).ok())
    {
        assert_eq!(RecoveryShare::parse(&share.to_text()), Ok(share));
        taken += 1;
    }
    if let Ok(share) = RecoveryShare::decode(bytes) {
        assert_eq!(share.encode()[..], *bytes);
        taken += 1;
    }
    if let Ok(record) = ShareRecord::decode(bytes) {
        assert_eq!(record.encode(), bytes);
        taken += 1;
    }
    if let Ok(kept) = KeptShare::decode(bytes) {
        assert_eq!(kept.encode(), bytes);
        taken += 1;
    }
    taken
}
