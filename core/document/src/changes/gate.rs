//! The guarded application of changes that passed the strict reader: on a fork, with unwinding
//! caught, and believed only when the document gives back the same bytes and loads again.

use std::collections::{HashMap, VecDeque};
use std::panic::{AssertUnwindSafe, catch_unwind};

use automerge::{Automerge, Change};

use super::{
    ActorBytes, ChangeHash, CheckedChange, History, RejectReason, Verdict, chunk_hash,
    claimed_actor, read_change,
};

/// What became of each change of a batch, by its position in the batch.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Admission {
    /// Now part of the document, each after its parents.
    pub accepted: Vec<usize>,
    /// Were part of it already, or twice in the batch.
    pub known: Vec<usize>,
    /// Well formed; parents that have not arrived. Hand them in again when those have.
    pub waiting: Vec<(usize, Vec<ChangeHash>)>,
    /// To be quarantined: never to be applied.
    pub rejected: Vec<(usize, RejectReason)>,
}

/// A batch of received changes of one document: the writer derived from the carrying item, and the
/// raw bytes.
pub(crate) type Received<'a> = [(ActorBytes, &'a [u8])];

/// Adds what can be added of a batch, in any order; document and history stay in step.
pub(crate) fn admit(
    document: &mut Automerge,
    history: &mut History,
    received: &Received<'_>,
) -> Admission {
    admit_with(document, history, received, &apply)
}

/// How changes that passed the reader are applied: the changed document, or nothing.
type Apply<'f> = &'f dyn Fn(&Automerge, &[&CheckedChange]) -> Option<Automerge>;

/// [`admit`] with another way to apply; apart so that a test can make applying fail.
pub(super) fn admit_with(
    document: &mut Automerge,
    history: &mut History,
    received: &Received<'_>,
    apply: Apply<'_>,
) -> Admission {
    let mut admission = Admission::default();
    let all: Vec<usize> = (0..received.len()).collect();
    admit_part(document, history, received, &all, apply, &mut admission);
    // A second copy of a change that Automerge refused shares its fate.
    admission.known.retain(|index| {
        let present = chunk_hash(received[*index].1).is_ok_and(|hash| history.contains(&hash));
        if !present {
            admission.rejected.push((*index, RejectReason::Unappliable));
        }
        present
    });
    admission.known.sort_unstable();
    admission.waiting.sort_unstable();
    admission.rejected.sort_unstable_by_key(|(index, _)| *index);
    admission
}

fn admit_part(
    document: &mut Automerge,
    history: &mut History,
    received: &Received<'_>,
    part: &[usize],
    apply: Apply<'_>,
    admission: &mut Admission,
) {
    let before = history.len();
    let reading = read_all(history, received, part);
    // These verdicts do not depend on what Automerge says about the accepted ones.
    admission.known.extend(reading.known);
    admission.waiting.extend(reading.waiting);
    admission.rejected.extend(reading.rejected);
    if reading.accepted.is_empty() {
        return;
    }
    let changes: Vec<&CheckedChange> = reading.accepted.iter().map(|(_, change)| change).collect();
    if let Some(applied) = apply(document, &changes) {
        *document = applied;
        admission
            .accepted
            .extend(reading.accepted.iter().map(|(index, _)| *index));
        return;
    }
    history.truncate(before);
    if let [(index, _)] = reading.accepted.as_slice() {
        admission.rejected.push((*index, RejectReason::Unappliable));
        return;
    }
    let order: Vec<usize> = reading.accepted.iter().map(|(index, _)| *index).collect();
    let (first, second) = order.split_at(order.len() / 2);
    admit_part(document, history, received, first, apply, admission);
    admit_part(document, history, received, second, apply, admission);
}

/// Adds changes that are own and were admitted before: read strictly, applied at once. Nothing is
/// returned, and document and history are as they were, unless all of them belong.
pub(crate) fn load_trusted(
    document: &mut Automerge,
    history: &mut History,
    changes: &[&[u8]],
) -> Option<()> {
    if changes.is_empty() {
        return Some(());
    }
    let before = history.len();
    let mut received = Vec::with_capacity(changes.len());
    for change in changes {
        received.push((claimed_actor(change).ok()?, *change));
    }
    let all: Vec<usize> = (0..received.len()).collect();
    let reading = read_all(history, &received, &all);
    let applied = if reading.waiting.is_empty() && reading.rejected.is_empty() {
        let accepted = reading.accepted.iter().map(|(_, change)| change);
        catch_unwind(AssertUnwindSafe(|| apply_plainly(document, accepted)))
            .ok()
            .flatten()
    } else {
        None
    };
    match applied {
        Some(applied) => *document = applied,
        None => {
            history.truncate(before);
            return None;
        }
    }
    Some(())
}

fn apply_plainly<'a>(
    document: &Automerge,
    changes: impl Iterator<Item = &'a CheckedChange>,
) -> Option<Automerge> {
    let mut parsed = Vec::new();
    for change in changes {
        parsed.push(Change::from_bytes(change.bytes.clone()).ok()?);
    }
    let mut fork = document.clone();
    fork.apply_changes(parsed).ok()?;
    Some(fork)
}

#[derive(Default)]
struct Reading {
    accepted: Vec<(usize, CheckedChange)>,
    known: Vec<usize>,
    waiting: Vec<(usize, Vec<ChangeHash>)>,
    rejected: Vec<(usize, RejectReason)>,
}

/// Reads a batch strictly, looking at a change again when a parent of it was accepted.
fn read_all(history: &mut History, received: &Received<'_>, part: &[usize]) -> Reading {
    let mut reading = Reading::default();
    let mut queue: VecDeque<usize> = part.iter().copied().collect();
    let mut waiting: HashMap<ChangeHash, Vec<(usize, Vec<ChangeHash>)>> = HashMap::new();
    while let Some(index) = queue.pop_front() {
        let (actor, bytes) = &received[index];
        match read_change(bytes, actor, history) {
            Verdict::Accept(change) => {
                history.push(&change);
                let released = waiting.remove(&change.hash).unwrap_or_default();
                queue.extend(released.into_iter().map(|(index, _)| index));
                reading.accepted.push((index, change));
            }
            Verdict::Known(_) => reading.known.push(index),
            Verdict::Wait { missing } => match missing.first() {
                Some(first) => waiting.entry(*first).or_default().push((index, missing)),
                None => reading.rejected.push((index, RejectReason::Dependencies)),
            },
            Verdict::Reject(reason) => reading.rejected.push((index, reason)),
        }
    }
    reading.waiting.extend(waiting.into_values().flatten());
    reading
}

/// The document with the changes applied, or nothing if anything about it is not as it must be.
pub(super) fn apply(document: &Automerge, changes: &[&CheckedChange]) -> Option<Automerge> {
    // The fork is dropped when anything unwinds; nothing half changed can be seen afterwards.
    catch_unwind(AssertUnwindSafe(|| {
        let mut bytes_of: HashMap<[u8; 32], &[u8]> = HashMap::new();
        let mut parsed = Vec::new();
        for change in changes {
            bytes_of.insert(change.hash.0, &change.bytes);
            parsed.push(Change::from_bytes(change.bytes.clone()).ok()?);
        }
        let heads = document.get_heads();
        let mut fork = document.clone();
        fork.apply_changes(parsed).ok()?;
        let added = fork.get_changes(&heads);
        let same = added.len() == bytes_of.len()
            && added
                .iter()
                .all(|change| bytes_of.get(&change.hash().0) == Some(&change.raw_bytes()));
        if !same {
            return None;
        }
        let loaded = Automerge::load(&fork.save_nocompress()).ok()?;
        (loaded.get_heads() == fork.get_heads()).then_some(fork)
    }))
    .ok()
    .flatten()
}
