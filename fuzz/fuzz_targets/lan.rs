//! What two devices say to each other on one network.
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    belay_fuzz::lan::run(bytes);
});
