//! What travels while two people pair: bundles, welcomes and the slots they lie in.

use belay_protocol::{Commitment, Item, Reveal, SealedWelcome, SignedBundle, Slot3, Welcome};

/// Runs one input; tells how many readers took it.
pub fn run(bytes: &[u8]) -> usize {
    let mut taken = 0;
    if let Ok(welcome) = Welcome::parse(bytes) {
        assert_eq!(welcome.encode(), bytes);
        taken += 1;
        for item in &welcome.items {
            // The newcomer reads each of them next.
            let _ = Item::parse(item);
        }
    }
    if let Ok(sealed) = SealedWelcome::parse(bytes) {
        assert_eq!(sealed.encode(), bytes);
        taken += 1;
    }
    if let Ok(slot) = Slot3::parse(bytes) {
        assert_eq!(slot.encode(), bytes);
        taken += 1;
    }
    if let Ok(signed) = SignedBundle::parse(bytes) {
        assert_eq!(signed.encode(), bytes);
        taken += 1;
    }
    if let Ok(commitment) = Commitment::parse(bytes) {
        assert_eq!(commitment.encode(), bytes);
        taken += 1;
    }
    if let Ok(reveal) = Reveal::parse(bytes) {
        assert_eq!(reveal.encode(), bytes);
        taken += 1;
    }
    taken
}
