//! A share of recovery words: the text somebody copied, the bytes that are kept, the record in a shared space.
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    belay_fuzz::share::run(bytes);
});
