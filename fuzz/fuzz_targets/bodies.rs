//! Bodies of membership, epoch, wraps, kem, need, ack, erase, changes and record items.
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    belay_fuzz::bodies::run(bytes);
});
