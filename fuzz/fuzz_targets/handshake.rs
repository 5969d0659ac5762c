//! The handshake of a pairing against a partner who holds the invitation: slots, Noise messages, pieces of a channel.
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    belay_fuzz::handshake::run(bytes);
});
