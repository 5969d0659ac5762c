//! Records of shared spaces, from the body down to the fields of each kind.
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    belay_fuzz::record_bodies::run(bytes);
});
