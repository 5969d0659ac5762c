//! The framing inside an envelope: padding, and items one after another.
#![no_main]

use belay_protocol::{encode_padded, encode_plain, parse_padded, parse_plain};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    if let Ok(content) = parse_padded(bytes) {
        assert_eq!(encode_padded(content).as_deref(), Ok(bytes));
    }
    if let Ok(items) = parse_plain(bytes) {
        assert_eq!(encode_plain(&items).as_deref(), Ok(bytes));
    }
});
