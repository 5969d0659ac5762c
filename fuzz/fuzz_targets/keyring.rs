//! What lies in the recovery mailbox: parts, sealed keyrings, and a keyring once it is open.
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    belay_fuzz::keyring::run(bytes);
});
