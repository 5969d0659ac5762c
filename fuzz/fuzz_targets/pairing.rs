//! What travels while two people pair: bundles, welcomes and the slots they lie in.
#![no_main]

use belay_protocol::{Commitment, Item, Reveal, SealedWelcome, SignedBundle, Slot3, Welcome};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    if let Ok(welcome) = Welcome::parse(bytes) {
        assert_eq!(welcome.encode(), bytes);
        for item in &welcome.items {
            // The newcomer reads each of them next.
            let _ = Item::parse(item);
        }
    }
    if let Ok(sealed) = SealedWelcome::parse(bytes) {
        assert_eq!(sealed.encode(), bytes);
    }
    if let Ok(slot) = Slot3::parse(bytes) {
        assert_eq!(slot.encode(), bytes);
    }
    if let Ok(signed) = SignedBundle::parse(bytes) {
        assert_eq!(signed.encode(), bytes);
    }
    if let Ok(commitment) = Commitment::parse(bytes) {
        assert_eq!(commitment.encode(), bytes);
    }
    if let Ok(reveal) = Reveal::parse(bytes) {
        assert_eq!(reveal.encode(), bytes);
    }
});
