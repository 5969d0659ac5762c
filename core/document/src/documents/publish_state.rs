//! The publish rule: which revision of a copy the own devices hold, and whether this device may put
//! it into the shared space.
//!
//! A copy is a pure function of the `self` document and the audience. Any own device can compute it,
//! so something must keep a stale one from publishing again what a sibling withdrew: the revision,
//! kept with the document itself.

/// What `self` notes of the copy of one document in one space.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct PublishState {
    /// Raised with every change of the copy, from 1.
    pub rev: u64,
    /// Whether the copy is withdrawn: there is nothing to share any more.
    pub withdrawn: bool,
    /// Hash of the copy's content; zero when withdrawn. The caller hashes, always in the same way.
    pub hash: [u8; 32],
}

/// What to do with the noted state after the document changed or was merged.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PublishStep {
    /// Nothing is noted and nothing is to be shared, or the note is right.
    Keep,
    /// Note this state in the document, in the same change.
    Note(PublishState),
    /// The space holds something this device's document knows nothing of yet: it is behind. Note
    /// nothing; its siblings' changes come first.
    Behind,
}

/// How the noted state compares with the record in the space.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Standing {
    /// The noted state is newer: publish it.
    Publish,
    /// The space holds what is noted.
    UpToDate,
    /// The space holds something newer, or other content of the same revision: stay silent.
    Silent,
}

impl PublishState {
    /// Length of [`Self::to_bytes`].
    pub const LEN: usize = 41;

    /// A state for this revision: of content with that hash, or withdrawn.
    #[must_use]
    pub fn new(rev: u64, copy: Option<[u8; 32]>) -> Self {
        Self {
            rev,
            withdrawn: copy.is_none(),
            hash: copy.unwrap_or_default(),
        }
    }

    /// Hash of the content, `None` when withdrawn.
    #[must_use]
    pub fn copy(&self) -> Option<[u8; 32]> {
        (!self.withdrawn).then_some(self.hash)
    }

    /// `rev u64 | flags u8 (1 = withdrawn) | hash[32]`, little-endian: one scalar, so that a merge
    /// never mixes two states.
    #[must_use]
    pub fn to_bytes(&self) -> [u8; Self::LEN] {
        let mut bytes = [0; Self::LEN];
        bytes[..8].copy_from_slice(&self.rev.to_le_bytes());
        bytes[8] = u8::from(self.withdrawn);
        bytes[9..].copy_from_slice(&self.hash);
        bytes
    }

    /// Reads [`Self::to_bytes`]; nothing else.
    #[must_use]
    pub fn from_bytes(bytes: &[u8]) -> Option<Self> {
        let bytes: &[u8; Self::LEN] = bytes.try_into().ok()?;
        let (rev, rest) = bytes.split_first_chunk::<8>()?;
        let (flags, hash) = rest.split_first()?;
        let state = Self {
            rev: u64::from_le_bytes(*rev),
            withdrawn: *flags == 1,
            hash: hash.try_into().ok()?,
        };
        (state.to_bytes() == *bytes && (!state.withdrawn || state.hash == [0; 32])).then_some(state)
    }
}

/// What to note, given the states noted so far (several after a conflict), the hash of the copy as
/// computed now (`None`: nothing to share), and the state of the winning record in the space.
#[must_use]
pub fn next_publish_state(
    noted: &[PublishState],
    copy: Option<[u8; 32]>,
    in_space: Option<&PublishState>,
) -> PublishStep {
    let highest = noted.iter().map(|state| state.rev).max().unwrap_or(0);
    let behind = in_space.is_some_and(|space| {
        space.rev > highest || (space.rev == highest && !noted.contains(space))
    });
    if behind {
        return PublishStep::Behind;
    }
    match noted {
        [] if copy.is_none() => PublishStep::Keep,
        [one] if one.copy() == copy => PublishStep::Keep,
        _ => PublishStep::Note(PublishState::new(highest.saturating_add(1), copy)),
    }
}

/// Whether the noted state may be published over what the space holds.
#[must_use]
pub fn standing(noted: &[PublishState], in_space: Option<&PublishState>) -> Standing {
    // Contradicting notes are settled by `next_publish_state` before anything is published.
    let [noted] = noted else {
        return if noted.is_empty() && in_space.is_none() {
            Standing::UpToDate
        } else {
            Standing::Silent
        };
    };
    match in_space {
        None => Standing::Publish,
        Some(space) if space == noted => Standing::UpToDate,
        Some(space) if noted.rev > space.rev => Standing::Publish,
        Some(_) => Standing::Silent,
    }
}

#[cfg(test)]
mod tests {
    #![allow(
        clippy::unwrap_used,
        clippy::panic,
        reason = "a test may stop at the first surprise"
    )]
    use super::*;
    use proptest::prelude::*;

    const A: Option<[u8; 32]> = Some([0xaa; 32]);
    const B: Option<[u8; 32]> = Some([0xbb; 32]);

    fn noted(step: PublishStep) -> PublishState {
        match step {
            PublishStep::Note(state) => state,
            other => panic!("nothing to note: {other:?}"),
        }
    }

    #[test]
    fn every_change_of_the_copy_raises_the_revision_and_only_a_change_does() {
        assert_eq!(next_publish_state(&[], None, None), PublishStep::Keep);
        let first = noted(next_publish_state(&[], A, None));
        assert_eq!((first.rev, first.copy()), (1, A));
        assert_eq!(
            next_publish_state(&[first], A, Some(&first)),
            PublishStep::Keep
        );
        let second = noted(next_publish_state(&[first], B, Some(&first)));
        assert_eq!((second.rev, second.copy()), (2, B));
        let withdrawn = noted(next_publish_state(&[second], None, Some(&second)));
        assert_eq!((withdrawn.rev, withdrawn.copy()), (3, None));
        assert_eq!(
            next_publish_state(&[withdrawn], None, Some(&withdrawn)),
            PublishStep::Keep
        );
    }

    #[test]
    fn only_a_newer_state_is_published() {
        let first = PublishState::new(1, A);
        let second = PublishState::new(2, B);
        assert_eq!(standing(&[], None), Standing::UpToDate);
        assert_eq!(standing(&[first], None), Standing::Publish);
        assert_eq!(standing(&[second], Some(&first)), Standing::Publish);
        assert_eq!(standing(&[second], Some(&second)), Standing::UpToDate);
        assert_eq!(standing(&[first], Some(&second)), Standing::Silent);
        assert_eq!(standing(&[], Some(&first)), Standing::Silent);
        assert_eq!(
            standing(&[second], Some(&PublishState::new(2, None))),
            Standing::Silent
        );
    }

    #[test]
    fn a_stale_sibling_never_publishes_again_what_was_withdrawn() {
        let published = PublishState::new(1, A);
        // The phone withdraws; the tablet's document still says revision 1.
        let withdrawn = noted(next_publish_state(&[published], None, Some(&published)));
        let (phone, mut tablet) = ([withdrawn], vec![published]);
        assert_eq!(standing(&tablet, Some(&withdrawn)), Standing::Silent);
        // Even if the person edits on the tablet before it caught up.
        assert_eq!(
            next_publish_state(&tablet, B, Some(&withdrawn)),
            PublishStep::Behind
        );
        // Or edited before it saw the withdrawal in the space, and edits again.
        tablet = vec![noted(next_publish_state(&tablet, B, Some(&published)))];
        assert_eq!(standing(&tablet, Some(&withdrawn)), Standing::Silent);
        assert_eq!(
            next_publish_state(&tablet, A, Some(&withdrawn)),
            PublishStep::Behind
        );
        // Once it has the phone's changes the two notes contradict each other; the copy computed
        // from the merged document (nothing is shared any more) goes on top.
        let merged = [phone[0], tablet[0]];
        let settled = noted(next_publish_state(&merged, None, Some(&withdrawn)));
        assert_eq!((settled.rev, settled.copy()), (3, None));
    }

    #[test]
    fn a_conflict_or_a_copy_that_merging_changed_goes_on_top() {
        let (left, right) = (PublishState::new(4, A), PublishState::new(6, B));
        let settled = noted(next_publish_state(&[left, right], A, Some(&right)));
        assert_eq!((settled.rev, settled.copy()), (7, A));
        assert_eq!(standing(&[left, right], Some(&left)), Standing::Silent);
        let merged = noted(next_publish_state(&[left], B, Some(&left)));
        assert_eq!((merged.rev, merged.copy()), (5, B));
    }

    proptest! {
        #[test]
        fn a_noted_state_survives_its_bytes(rev in any::<u64>(), copy in any::<Option<[u8; 32]>>()) {
            let state = PublishState::new(rev, copy);
            prop_assert_eq!(PublishState::from_bytes(&state.to_bytes()), Some(state));
        }

        #[test]
        fn other_bytes_are_no_state(bytes in proptest::collection::vec(any::<u8>(), 0..60)) {
            if let Some(state) = PublishState::from_bytes(&bytes) {
                prop_assert_eq!(state.to_bytes().to_vec(), bytes);
            }
        }
    }
}
