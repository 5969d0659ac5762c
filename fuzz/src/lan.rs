//! What two devices say to each other on one network, before and inside their channel.

use belay_crypto::{EpochSecret, LanKey};
use belay_model::EpochId;
use belay_protocol::{LanFrame, LanGreeting, LanHello, Outer, parse_lan_choice};
use belay_sync::lacking;

use crate::world::Counted;

/// Runs one input; tells how many readers took it.
pub fn run(bytes: &[u8]) -> usize {
    let mut taken = 0;
    if let Ok(frame) = LanFrame::parse(bytes) {
        assert_eq!(frame.encode(), bytes);
        taken += 1;
        match frame {
            LanFrame::Have { entries, .. } => {
                // What it leads to is bounded by what was said.
                let given = lacking(&entries, &[], |_| false);
                let most: usize = entries.iter().map(|entry| 1 + entry.ranges.len()).sum();
                assert!(given.len() <= most);
                assert!(lacking(&entries, &entries, |_| true).is_empty());
            }
            LanFrame::Envelopes(envelopes) => {
                for envelope in envelopes {
                    let _ = Outer::parse(&envelope);
                }
            }
            _ => {}
        }
    }
    if let Ok(greeting) = LanGreeting::parse(bytes) {
        assert_eq!(greeting.encode(), bytes);
        taken += 1;
    }
    if let Ok(hello) = LanHello::parse(bytes) {
        assert_eq!(hello.encode(), bytes);
        taken += 1;
    }
    taken += usize::from(parse_lan_choice(bytes).is_ok());
    answer(bytes);
    taken
}

/// The called side, answering a member who says this in place of the first message.
fn answer(bytes: &[u8]) {
    let secret = EpochSecret::from_bytes([1; 32]);
    let key = LanKey::of(&secret.keys(&EpochId::from_bytes([2; 32])));
    let greeting = LanGreeting { nonce: [3; 32] };
    let hello = LanHello { tags: [[4; 16]; 8] };
    let answered = key.answer(&greeting, &hello, 0, bytes, &mut Counted(5));
    assert!(
        answered.is_err(),
        "nobody makes that message without the key"
    );
}
