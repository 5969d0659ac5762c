//! The framing inside an envelope: padding, and items one after another.
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    belay_fuzz::plain::run(bytes);
});
