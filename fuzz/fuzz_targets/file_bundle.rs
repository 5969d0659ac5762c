//! A file that somebody hands over as a bundle.
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    belay_fuzz::file_bundle::run(bytes);
});
