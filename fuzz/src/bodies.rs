//! Bodies of membership, epoch, wraps, kem, need, ack, erase, changes and record items.

use belay_protocol::{
    AckBody, ChangesBody, EpochBody, EraseBody, KemBody, ManifestBody, MembershipBody, NeedBody,
    RecordBody, WrapsBody,
};

/// Reads as one body and asks that writing gives the same bytes.
macro_rules! only_one_form {
    ($taken:ident, $bytes:expr, $($body:ty),+ $(,)?) => {
        $(if let Ok(body) = <$body>::parse($bytes) {
            assert_eq!(body.encode(), $bytes, stringify!($body));
            $taken += 1;
        })+
    };
}

/// Runs one input; tells how many readers took it.
pub fn run(bytes: &[u8]) -> usize {
    let mut taken = 0;
    only_one_form!(
        taken,
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
        ManifestBody,
    );
    taken
}
