//! Graphs of membership acts: who acts, knowing what, doing what to whom. The product and a naive model answer alike after
//! every act, and once more when the same acts come in another order.
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    belay_fuzz::membership::run(bytes);
});
