//! Records of shared spaces, from the body down to the fields of each kind.

use belay_document::DocumentError;
use belay_document::records::{
    EpochKey, KeysRecord, OutcomeRecord, ProfileRecord, RecordPayload, ResponseRecord, SpaceKeys,
};
use belay_model::{SharedCheckIn, SharedGoal};
use belay_protocol::RecordBody;

/// What is read must be what would be written.
fn only_one_form<T: RecordPayload>(body: &RecordBody) -> usize {
    match T::from_body(body) {
        Ok(Some(value)) => {
            assert_eq!(value.encode(), body.payload);
            return 1;
        }
        Ok(None) => assert!(body.withdrawn),
        Err(DocumentError::NewerData { schema }) => assert!(schema > u64::from(T::SCHEMA)),
        Err(_) => {}
    }
    0
}

fn every_kind(body: &RecordBody) -> usize {
    let _ = KeysRecord::from_body(body);
    only_one_form::<SharedCheckIn>(body)
        + only_one_form::<SharedGoal>(body)
        + only_one_form::<OutcomeRecord>(body)
        + only_one_form::<ProfileRecord>(body)
        + only_one_form::<ResponseRecord>(body)
        + only_one_form::<SpaceKeys>(body)
        + only_one_form::<EpochKey>(body)
}

/// Runs one input; tells how many readers took it.
pub fn run(bytes: &[u8]) -> usize {
    let mut taken = 0;
    // As it comes out of an item ...
    if let Ok(body) = RecordBody::parse(bytes) {
        assert_eq!(body.encode(), bytes);
        taken += every_kind(&body);
    }
    // ... and as a payload with a right frame, so that the fields are reached.
    for schema in [1, 2] {
        taken += every_kind(&RecordBody {
            rev: 1,
            withdrawn: false,
            schema,
            payload: bytes.to_vec(),
        });
    }
    taken
}
