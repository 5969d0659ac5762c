//! Under which secret to write.

#![allow(clippy::unwrap_used, reason = "a test may stop at the first surprise")]

use crate::common;

use belay_model::{DeviceId, EpochId};
use belay_protocol::{EpochBody, Operation};
use belay_sync::{Epochs, NewEpoch};
use belay_testkit::SeededEntropy;
use common::{act_of, pair};

fn id(byte: u8) -> EpochId {
    EpochId::from_bytes([byte; 32])
}

fn epoch(number: u8, author: DeviceId, parents: &[u8], recipients: &[DeviceId]) -> NewEpoch {
    NewEpoch {
        id: id(number),
        author,
        heads: Vec::new(),
        body: EpochBody {
            parents: parents.iter().map(|byte| id(*byte)).collect(),
            recipients: recipients.to_vec(),
            commit_salt: [0; 32],
            secret_commit: [0; 32],
        },
    }
}

#[test]
fn the_deepest_epoch_is_written_under_and_among_equals_the_lowest() {
    let mut entropy = SeededEntropy::new(1);
    let (ada, sam, membership) = pair(&mut entropy);
    let both = [ada.device, sam.device];
    let mut epochs = Epochs::default();
    // Children before their parent: the order of arrival does not matter.
    epochs.insert(epoch(9, ada.device, &[5], &both));
    epochs.insert(epoch(3, sam.device, &[5], &both));
    epochs.insert(epoch(5, ada.device, &[], &both));
    let view = membership.current();
    assert_eq!(epochs.writing_epoch(view, |_| true), Some(id(3)));
    assert_eq!(
        epochs.writing_epoch(view, |held| *held != id(3)),
        Some(id(9))
    );
    assert_eq!(epochs.leaves(), vec![id(3), id(9)]);
    assert!(epochs.from(&id(5)).contains(&id(9)));
}

#[test]
fn where_a_leaf_cannot_be_opened_word_goes_to_the_nearest_before_it_that_can() {
    let mut entropy = SeededEntropy::new(1);
    let (ada, sam, _) = pair(&mut entropy);
    let both = [ada.device, sam.device];
    let mut epochs = Epochs::default();
    epochs.insert(epoch(1, ada.device, &[], &both));
    epochs.insert(epoch(2, ada.device, &[1], &both));
    epochs.insert(epoch(3, sam.device, &[1], &both));
    epochs.insert(epoch(4, sam.device, &[2, 3], &both));
    epochs.insert(epoch(5, ada.device, &[3], &both));
    let leaves = epochs.leaves();
    assert_eq!(leaves, [id(4), id(5)]);
    let reached = |held: &[u8]| {
        epochs.within_reach(&leaves, |epoch| held.iter().any(|byte| id(*byte) == *epoch))
    };
    assert_eq!(reached(&[1, 2, 3, 4, 5]), [id(4), id(5)]);
    // 4 is not here: 2 and 3 lead to it, and 5 is told of by itself.
    assert_eq!(reached(&[1, 2, 3, 5]), [id(2), id(3), id(5)]);
    assert_eq!(reached(&[1]), [id(1)]);
    assert_eq!(reached(&[]), []);
}

#[test]
fn when_someone_leaves_nothing_more_is_written_under_what_they_can_open() {
    let mut entropy = SeededEntropy::new(2);
    let (ada, mut sam, mut membership) = pair(&mut entropy);
    let mut epochs = Epochs::default();
    epochs.insert(epoch(1, ada.device, &[], &[ada.device, sam.device]));
    let heads = membership.leaves();
    let (_, left) = sam.act(membership.space(), heads, Operation::Leave, &mut entropy);
    membership.insert(act_of(&left)).unwrap();
    let view = membership.current();
    assert_eq!(epochs.writing_epoch(view, |_| true), None);
    epochs.insert(epoch(2, ada.device, &[1], &[ada.device]));
    assert_eq!(epochs.writing_epoch(view, |_| true), Some(id(2)));
    // A wrap to the one who left would open it again: it is not written under any more.
    epochs.add_recipients(&id(2), [sam.device]);
    assert_eq!(epochs.writing_epoch(view, |_| true), None);
}

#[test]
fn a_secret_that_a_leaver_made_for_others_alone_is_not_written_under() {
    let mut entropy = SeededEntropy::new(3);
    let (ada, mut sam, mut membership) = pair(&mut entropy);
    let mut epochs = Epochs::default();
    epochs.insert(epoch(1, ada.device, &[], &[ada.device, sam.device]));
    // Sam leaves his own name out, but who makes a secret knows it.
    epochs.insert(epoch(2, sam.device, &[1], &[ada.device]));
    let heads = membership.leaves();
    let (_, left) = sam.act(membership.space(), heads, Operation::Leave, &mut entropy);
    membership.insert(act_of(&left)).unwrap();
    assert_eq!(epochs.writing_epoch(membership.current(), |_| true), None);
}
