//! Signed items as they come out of an envelope. Signature and hashes are another target's matter; here it is the layout.
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    belay_fuzz::item::run(bytes);
});
