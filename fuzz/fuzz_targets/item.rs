//! Signed items as they come out of an envelope. Signature and hashes are another target's matter; here it is the layout.
#![no_main]

use belay_protocol::{Item, ProtocolError};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    // One encoding only: what is accepted is what would be written.
    if let Ok(item) = Item::parse(bytes) {
        assert_eq!(item.encode(), bytes);
        assert!(item.body.is_some());
    }
    if let Ok(item) = Item::parse_detached(bytes) {
        assert_eq!(item.encode_detached(), bytes);
        assert!(item.body.is_none());
    }
    // A newer version is told apart from damage, so that it can be parked.
    if let (Some(version), Err(ProtocolError::UnknownVersion(named))) =
        (bytes.first(), Item::parse(bytes))
    {
        assert_eq!(*version, named);
        assert_ne!(named, 1);
    }
});
