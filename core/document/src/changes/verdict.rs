//! What the strict reader says about a change.

use super::op_table::OpTable;
use super::{ActorBytes, ChangeHash};

/// A change that passed the strict reader: its bytes and the facts later changes are measured by.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CheckedChange {
    /// The chunk exactly as received.
    pub bytes: Vec<u8>,
    /// Hash of the chunk.
    pub hash: ChangeHash,
    /// Who wrote it.
    pub actor: ActorBytes,
    /// Position among the writer's changes of this document, from 1.
    pub seq: u64,
    /// Counter of its first operation.
    pub start_op: u64,
    /// How many operations it holds, at least 1.
    pub operations: u64,
    /// Its parents, ascending.
    pub dependencies: Vec<ChangeHash>,
    /// What its operations did.
    pub(crate) table: OpTable,
}

impl CheckedChange {
    /// Counter of its last operation.
    #[must_use]
    pub fn max_op(&self) -> u64 {
        self.start_op + self.operations - 1
    }
}

/// The strict reader's answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Verdict {
    /// Well formed and next in line; Automerge may try it on a fork.
    Accept(CheckedChange),
    /// Already part of the document, byte for byte.
    Known(ChangeHash),
    /// Well formed, but these parents have not arrived. Ask again when they have.
    Wait {
        /// The parents that are not in the history.
        missing: Vec<ChangeHash>,
    },
    /// Never to be applied, on any device: the reason depends on its bytes and its past alone.
    Reject(RejectReason),
}

/// Why a change is refused for ever.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, thiserror::Error)]
pub enum RejectReason {
    /// More bytes than an item's body can hold.
    #[error("the change is larger than an item's body")]
    TooLarge,
    /// The first four bytes are not Automerge's.
    #[error("not an Automerge chunk")]
    Magic,
    /// A document, a compressed change, a bundle, or an unknown chunk.
    #[error("chunk type {0} is not a plain change")]
    ChunkType(u8),
    /// The chunk's length differs from the bytes at hand (truncated, or trailing bytes).
    #[error("the chunk's length is not the length received")]
    Length,
    /// The first bytes of the hash do not match.
    #[error("the chunk's checksum does not match")]
    Checksum,
    /// The chunk ends inside a field.
    #[error("the chunk ends inside a field")]
    Truncated,
    /// A number not in its shortest form, or beyond 64 bits.
    #[error("a number is not in minimal LEB128")]
    Leb128,
    /// Not the writer derived from the item's device, incarnation and document.
    #[error("the actor is not the one derived for this writer")]
    Actor,
    /// Other actors unsorted, repeated, of another length, unused, or not in the change's past.
    #[error("the list of other actors is not what the operations need")]
    OtherActors,
    /// No parents, too many, or not strictly ascending.
    #[error("the list of parents is not canonical")]
    Dependencies,
    /// The writer's sequence number is not the last one plus one.
    #[error("the sequence number does not follow the writer's last one")]
    Sequence,
    /// Another change of this writer already has this sequence number.
    #[error("the writer used this sequence number for another change")]
    Equivocation,
    /// The first counter is not one more than the greatest of its past, or too high.
    #[error("the first operation's counter does not follow its past")]
    StartOp,
    /// The time is further from 1970 than any clock can say.
    #[error("the change's time is out of range")]
    Time,
    /// Changes carry no message.
    #[error("the change carries a message")]
    Message,
    /// Changes carry nothing after their columns (an author would stand there).
    #[error("the change carries extra bytes")]
    ExtraBytes,
    /// Unknown, repeated, empty or missing columns, or not in ascending order.
    #[error("the columns are not the known ones in order")]
    Columns,
    /// A deflated column.
    #[error("a column is compressed")]
    CompressedColumn,
    /// Runs not in the one form Automerge writes.
    #[error("a column's runs are not canonical")]
    Runs,
    /// Columns that unfold to different numbers of rows.
    #[error("the columns unfold to different numbers of rows")]
    Rows,
    /// More operations or predecessors than a change may hold.
    #[error("the change holds too many operations")]
    TooManyOperations,
    /// A change without operations.
    #[error("the change holds no operation")]
    NoOperations,
    /// An operation other than setting or deleting in the document's fixed containers.
    #[error("an operation is of a kind that documents do not use")]
    Operation,
    /// An operation on an object that is not one of the document's fixed containers.
    #[error("an operation names an object that is not a container of the document")]
    Container,
    /// A key missing, of the wrong kind, empty or too long.
    #[error("an operation's key does not fit its container")]
    Key,
    /// A value whose type, length or form is not allowed.
    #[error("an operation's value is malformed")]
    Value,
    /// Predecessors out of order, missing for a deletion, or present for an insertion.
    #[error("an operation's predecessors are not canonical")]
    Predecessors,
    /// A reference to an operation that is not in the change's past.
    #[error("an operation refers to one outside its past")]
    Reference,
    /// Automerge refused it, panicked, or gave back other bytes than it was given.
    #[error("the change cannot be applied to the document")]
    Unappliable,
}
