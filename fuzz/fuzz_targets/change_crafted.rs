//! Changes with a right head and crafted columns, as a stolen own device could sign them: the strict reader, the guarded
//! application, and what the document is good for afterwards.
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    belay_fuzz::change_crafted::run(bytes);
});
