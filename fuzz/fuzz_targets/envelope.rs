//! Opening envelopes: any bytes, and crafted content that a member with the right keys could have sealed. The keys are
//! derived here a second time, from the labels alone.
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    belay_fuzz::envelope::run(bytes);
});
