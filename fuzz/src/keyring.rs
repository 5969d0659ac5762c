//! What lies in the recovery mailbox: parts, sealed keyrings, and a keyring once it is open.

use belay_model::DeviceId;
use belay_protocol::{Item, Keyring, KeyringPart, SealedKeyring};

/// Runs one input; tells how many readers took it.
pub fn run(bytes: &[u8]) -> usize {
    let mut taken = 0;
    if let Ok(part) = KeyringPart::parse(bytes) {
        assert_eq!(part.encode(), bytes);
        taken += 1;
    }
    if let Ok(sealed) = SealedKeyring::parse(bytes) {
        assert_eq!(sealed.encode(), bytes);
        taken += 1;
        let cut = KeyringPart::cut(DeviceId::ZERO, 1, bytes).expect("what was read fits");
        let joined: Vec<u8> = cut.iter().flat_map(|part| part.bytes.clone()).collect();
        assert_eq!(joined, bytes);
    }
    if let Ok(keyring) = Keyring::parse(bytes) {
        assert_eq!(keyring.encode(), bytes);
        taken += 1;
        for space in &keyring.spaces {
            for item in &space.items {
                // Whoever comes back reads each of them next.
                let _ = Item::parse(item);
            }
        }
    }
    taken
}
