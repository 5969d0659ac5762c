//! A change of any bytes, with length and checksum made right, handed to a document that two devices wrote before.
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    belay_fuzz::change_bytes::run(bytes);
});
