//! The framing inside an envelope: padding, and items one after another.

use belay_protocol::{encode_padded, encode_plain, parse_padded, parse_plain};

/// Runs one input; tells how many readers took it.
pub fn run(bytes: &[u8]) -> usize {
    let mut taken = 0;
    if let Ok(content) = parse_padded(bytes) {
        assert_eq!(encode_padded(content).as_deref(), Ok(bytes));
        taken += 1;
    }
    if let Ok(items) = parse_plain(bytes) {
        assert_eq!(encode_plain(&items).as_deref(), Ok(bytes));
        taken += 1;
    }
    taken
}
