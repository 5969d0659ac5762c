//! What travels while two people pair: bundles, welcomes and the slots they lie in.
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    belay_fuzz::pairing::run(bytes);
});
