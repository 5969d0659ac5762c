//! Bodies of membership, epoch, wraps, kem, need, ack, erase, changes and record items.
#![no_main]

use belay_protocol::{
    AckBody, ChangesBody, EpochBody, EraseBody, KemBody, MembershipBody, NeedBody, RecordBody,
    WrapsBody,
};
use libfuzzer_sys::fuzz_target;

/// Reads as one body and asks that writing gives the same bytes.
macro_rules! only_one_form {
    ($bytes:expr, $($body:ty),+ $(,)?) => {
        $(if let Ok(body) = <$body>::parse($bytes) {
            assert_eq!(body.encode(), $bytes, stringify!($body));
        })+
    };
}

fuzz_target!(|bytes: &[u8]| {
    only_one_form!(
        bytes,
        MembershipBody,
        EpochBody,
        WrapsBody,
        KemBody,
        NeedBody,
        AckBody,
        EraseBody,
        ChangesBody,
        RecordBody,
    );
});
