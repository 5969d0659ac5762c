//! What a client reads from a relay, and a relay from a client, before any signature is looked at.
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    belay_fuzz::relay_wire::run(bytes);
});
