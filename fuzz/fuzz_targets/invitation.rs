//! The text of an invitation, typed, scanned or pasted with whatever stood around it.
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    belay_fuzz::invitation::run(bytes);
});
