//! The Gate's reader for Automerge changes of the `self` space: what a change must be before
//! Automerge sees a byte of it, and the one guarded application that follows.
//!
//! Automerge is a fine merger and a trusting parser: a hundred bytes can unfold to gigabytes inside
//! it. So nothing in this folder but `gate.rs` may name Automerge, and nothing may unfold a run
//! before its length is known to be bounded. The rules stand in `docs/documents.md`.

mod bytes;
mod chunk;
mod columns;
pub(crate) mod gate;
mod history;
mod op_table;
mod reader;
mod rows;
mod runs;
mod verdict;

#[cfg(test)]
mod attack_tests;
#[cfg(test)]
mod craft;
#[cfg(test)]
mod crafted_tests;
#[cfg(test)]
mod dice;
#[cfg(test)]
mod forge;
#[cfg(test)]
mod gate_tests;
#[cfg(test)]
mod head_attack_tests;
#[cfg(test)]
mod mutation_tests;
#[cfg(test)]
mod reader_tests;
#[cfg(test)]
mod target;

pub use gate::Admission;
pub use history::{GenesisFacts, History};
pub use reader::read_change;
pub use verdict::{CheckedChange, RejectReason, Verdict};

pub(crate) use chunk::{chunk_hash, claimed_actor};

/// The 16 bytes that name a writer inside one document: derived from device, incarnation and
/// document (`docs/crypto.md`, label `belay/v1/actor`).
pub type ActorBytes = [u8; 16];

/// Largest change a reader takes: an item's body (64 KiB) less its length prefix.
pub const CHANGE_READ_MAX: usize = 64 * 1024 - 4;
/// Most operations a reader takes in one change.
pub const OPERATIONS_READ_MAX: u64 = 16_384;
/// Most predecessors all operations of one change may name together.
const PREDECESSORS_MAX: u64 = 65_536;
/// Most parents one change may name; a person has at most 64 devices in a space.
const DEPENDENCIES_MAX: u64 = 256;
/// Longest key in `f` or `x`, in bytes.
pub const KEY_MAX: usize = 256;
/// Operation counters stay below this: above it Automerge's own arithmetic fails for ever.
const COUNTER_END: u64 = 1 << 31;
/// Seconds before or after 1970 that a change's time may say: beyond every clock that counts milliseconds in 64 bits,
/// and far from where the difference of two times overflows.
const TIME_END: i64 = 1 << 54;

/// SHA-256 of a change's chunk: how changes name their parents.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ChangeHash(pub [u8; 32]);

impl std::fmt::Debug for ChangeHash {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "ChangeHash({:02x}{:02x}..)", self.0[0], self.0[1])
    }
}
