//! The Gate without a store: crafted items of a stolen own device or a hostile partner, signed, sealed, opened and led
//! through the steps of docs/protocol.md in their order. Nothing may stop what honest devices write afterwards.
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    belay_fuzz::gate::run(bytes);
});
