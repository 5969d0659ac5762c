//! A photo that somebody attaches.
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    belay_fuzz::picture::run(bytes);
});
