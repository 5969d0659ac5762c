//! A change's chunk and the fields before its columns.

use sha2::{Digest, Sha256};

use super::bytes::Cursor;
use super::columns::ColumnTable;
use super::{
    ActorBytes, CHANGE_READ_MAX, COUNTER_END, ChangeHash, DEPENDENCIES_MAX, RejectReason, TIME_END,
};

const MAGIC: [u8; 4] = [0x85, 0x6f, 0x4a, 0x83];
const PLAIN_CHANGE: u8 = 1;

/// A change split into its fields; nothing of it has been compared with a history yet.
#[derive(Debug)]
pub(super) struct Chunk<'a> {
    pub(super) hash: ChangeHash,
    pub(super) dependencies: Vec<ChangeHash>,
    pub(super) actor: ActorBytes,
    pub(super) seq: u64,
    pub(super) start_op: u64,
    pub(super) other_actors: Vec<ActorBytes>,
    pub(super) columns: ColumnTable<'a>,
}

/// The hash of a plain change chunk, and nothing else about it.
pub(crate) fn chunk_hash(bytes: &[u8]) -> Result<ChangeHash, RejectReason> {
    envelope(bytes).map(|(hash, _)| hash)
}

/// The writer a change names, for changes whose writer was checked when they came.
pub(crate) fn claimed_actor(bytes: &[u8]) -> Result<ActorBytes, RejectReason> {
    let (hash, cursor) = envelope(bytes)?;
    Chunk::parse(hash, cursor).map(|chunk| chunk.actor)
}

/// Checks what is around a change and gives its hash and content.
pub(super) fn envelope(bytes: &[u8]) -> Result<(ChangeHash, Cursor<'_>), RejectReason> {
    if bytes.len() > CHANGE_READ_MAX {
        return Err(RejectReason::TooLarge);
    }
    let mut cursor = Cursor::new(bytes);
    if cursor.array()? != MAGIC {
        return Err(RejectReason::Magic);
    }
    let checksum: [u8; 4] = cursor.array()?;
    // The hash covers everything from here on: type, length, content.
    let hashed = &bytes[8..];
    let chunk_type = cursor.byte()?;
    if chunk_type != PLAIN_CHANGE {
        return Err(RejectReason::ChunkType(chunk_type));
    }
    let length = cursor.unsigned()?;
    if u64::try_from(cursor.len()) != Ok(length) {
        return Err(RejectReason::Length);
    }
    let hash: [u8; 32] = Sha256::digest(hashed).into();
    if hash[..4] != checksum {
        return Err(RejectReason::Checksum);
    }
    Ok((ChangeHash(hash), cursor))
}

impl<'a> Chunk<'a> {
    /// Splits the content that [`envelope`] gave, in memory bounded by its size.
    pub(super) fn parse(hash: ChangeHash, mut cursor: Cursor<'a>) -> Result<Self, RejectReason> {
        let count = cursor.unsigned()?;
        if count == 0 || count > DEPENDENCIES_MAX {
            return Err(RejectReason::Dependencies);
        }
        let mut dependencies: Vec<ChangeHash> = Vec::new();
        for _ in 0..count {
            let dependency = ChangeHash(cursor.array()?);
            if dependencies.last().is_some_and(|last| *last >= dependency) {
                return Err(RejectReason::Dependencies);
            }
            dependencies.push(dependency);
        }

        let actor = actor(cursor.prefixed()?).ok_or(RejectReason::Actor)?;
        let seq = cursor.unsigned()?;
        if seq == 0 {
            return Err(RejectReason::Sequence);
        }
        let start_op = cursor.unsigned()?;
        if start_op == 0 || start_op >= COUNTER_END {
            return Err(RejectReason::StartOp);
        }
        // Only for display; but Automerge keeps differences of times, and extreme ones overflow.
        if cursor.signed()?.unsigned_abs() > TIME_END.unsigned_abs() {
            return Err(RejectReason::Time);
        }
        if cursor.unsigned()? != 0 {
            return Err(RejectReason::Message);
        }

        let count = cursor.unsigned()?;
        let mut other_actors: Vec<ActorBytes> = Vec::new();
        for _ in 0..count {
            let other = self::actor(cursor.prefixed()?).ok_or(RejectReason::OtherActors)?;
            if other == actor || other_actors.last().is_some_and(|last| *last >= other) {
                return Err(RejectReason::OtherActors);
            }
            other_actors.push(other);
        }

        let columns = ColumnTable::parse(&mut cursor)?;
        if !cursor.is_empty() {
            return Err(RejectReason::ExtraBytes);
        }
        Ok(Self {
            hash,
            dependencies,
            actor,
            seq,
            start_op,
            other_actors,
            columns,
        })
    }

    /// The actor an operation's index stands for: 0 is the writer.
    pub(super) fn actor_at(&self, index: u64) -> Option<&ActorBytes> {
        match usize::try_from(index).ok()?.checked_sub(1) {
            None => Some(&self.actor),
            Some(other) => self.other_actors.get(other),
        }
    }
}

fn actor(bytes: &[u8]) -> Option<ActorBytes> {
    bytes.try_into().ok()
}
