//! The strict reader: a change's bytes, its writer and the document's past in, a verdict out.

use super::chunk::{Chunk, envelope};
use super::rows::check_rows;
use super::{ActorBytes, COUNTER_END, CheckedChange, History, RejectReason, Verdict};

/// Reads one raw change without Automerge, in memory bounded by the size of `bytes`.
///
/// `actor` is the writer derived from the item that carried the change. The verdict depends on the
/// bytes and their causal past only, so every device that holds the same past reaches the same one.
#[must_use]
pub fn read_change(bytes: &[u8], actor: &ActorBytes, history: &History) -> Verdict {
    match examine(bytes, actor, history) {
        Ok(verdict) => verdict,
        Err(reason) => Verdict::Reject(reason),
    }
}

fn examine(bytes: &[u8], actor: &ActorBytes, history: &History) -> Result<Verdict, RejectReason> {
    let (hash, content) = envelope(bytes)?;
    if hash == history.genesis().hash {
        // The genesis is implicit and never an item.
        return Err(RejectReason::Dependencies);
    }
    if history.contains(&hash) {
        return Ok(Verdict::Known(hash));
    }
    let chunk = Chunk::parse(hash, content)?;
    if chunk.actor != *actor {
        return Err(RejectReason::Actor);
    }
    if chunk.start_op + chunk.columns.rows > COUNTER_END {
        return Err(RejectReason::StartOp);
    }

    let mut actors = vec![&chunk.actor];
    actors.extend(&chunk.other_actors);
    let past = match history.past(&chunk.dependencies, &actors) {
        Ok(past) => past,
        Err(missing) => {
            // What can be refused without the parents is refused now, not kept.
            check_rows(&chunk, history.genesis(), None)?;
            return Ok(Verdict::Wait { missing });
        }
    };
    if chunk.start_op != past.max_op + 1 {
        return Err(RejectReason::StartOp);
    }
    if chunk.seq != past.last_sequence(&chunk.actor).saturating_add(1) {
        return Err(RejectReason::Sequence);
    }
    if history.has_sequence(&chunk.actor, chunk.seq) {
        return Err(RejectReason::Equivocation);
    }
    if chunk
        .other_actors
        .iter()
        .any(|other| past.last_sequence(other) == 0)
    {
        return Err(RejectReason::OtherActors);
    }
    let table = check_rows(&chunk, history.genesis(), Some(&past))?;
    Ok(Verdict::Accept(CheckedChange {
        bytes: bytes.to_vec(),
        hash: chunk.hash,
        actor: chunk.actor,
        seq: chunk.seq,
        start_op: chunk.start_op,
        operations: chunk.columns.rows,
        dependencies: chunk.dependencies,
        table,
    }))
}
