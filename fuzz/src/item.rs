//! Signed items as they come out of an envelope. Signature and hashes are another target's matter; here it is the layout.

use belay_protocol::{Item, ProtocolError};

/// Runs one input; tells how many readers took it.
pub fn run(bytes: &[u8]) -> usize {
    let mut taken = 0;
    // One encoding only: what is accepted is what would be written.
    if let Ok(item) = Item::parse(bytes) {
        assert_eq!(item.encode(), bytes);
        assert!(item.body.is_some());
        taken += 1;
    }
    if let Ok(item) = Item::parse_detached(bytes) {
        assert_eq!(item.encode_detached(), bytes);
        assert!(item.body.is_none());
        taken += 1;
    }
    // A newer version is told apart from damage, so that it can be parked.
    if let (Some(version), Err(ProtocolError::UnknownVersion(named))) =
        (bytes.first(), Item::parse(bytes))
    {
        assert_eq!(*version, named);
        assert_ne!(named, 1);
    }
    taken
}
