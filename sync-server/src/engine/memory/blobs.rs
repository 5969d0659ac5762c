//! Blobs of one mailbox in memory.

use std::collections::{BTreeMap, HashMap};

use axum::body::Bytes;
use belay_protocol::relay::limits::BLOB_UNFINISHED_DAYS;
use belay_protocol::relay::{BlobId, BlobPart, BlobRange, BlobState};

use crate::engine::{BlobPiece, BlobPut, Moment, ROW_BYTES};

const DAY_MS: i64 = 86_400_000;

#[derive(Clone)]
struct Blob {
    erase_hash: [u8; 32],
    state: BlobState,
    parts: BTreeMap<u64, Bytes>,
    touched_day: i64,
}

/// What a mailbox holds beside its envelopes.
#[derive(Clone, Default)]
pub(super) struct Blobs {
    held: HashMap<BlobId, Blob>,
    bytes: u64,
}

impl Blobs {
    pub(super) const fn bytes(&self) -> u64 {
        self.bytes
    }

    /// The hash an erase token must have, if there is such a blob.
    pub(super) fn erase_hash(&self, id: &BlobId) -> Option<[u8; 32]> {
        self.held.get(id).map(|blob| blob.erase_hash)
    }

    pub(super) fn put(
        &mut self,
        id: BlobId,
        part: BlobPart,
        bytes: &Bytes,
        quota: u64,
        at: Moment,
    ) -> BlobPut {
        if !self.held.contains_key(&id) {
            let state = BlobState {
                held: 0,
                total: part.total,
            };
            if part.offset > 0 {
                return BlobPut::Held(state);
            }
            if self.bytes + part.total + ROW_BYTES > quota {
                return BlobPut::QuotaExceeded;
            }
            self.bytes += part.total + ROW_BYTES;
            let blob = Blob {
                erase_hash: part.erase_hash,
                state,
                parts: BTreeMap::new(),
                touched_day: 0,
            };
            self.held.insert(id, blob);
        }
        let Some(blob) = self.held.get_mut(&id) else {
            return BlobPut::Differs;
        };
        if (blob.state.total, blob.erase_hash) != (part.total, part.erase_hash) {
            return BlobPut::Differs;
        }
        if part.offset == blob.state.held {
            // A slice would keep the whole request's body alive.
            blob.parts
                .insert(part.offset, Bytes::copy_from_slice(bytes));
            blob.state.held += bytes.len() as u64;
            blob.touched_day = at.now_ms.div_euclid(DAY_MS);
        }
        BlobPut::Held(blob.state)
    }

    pub(super) fn read(&self, id: &BlobId, range: BlobRange, expires_ms: i64) -> Option<BlobPiece> {
        let blob = self.held.get(id)?;
        let end = range.offset.saturating_add(u64::from(range.bytes));
        let bytes = blob.parts.iter().filter_map(|(offset, part)| {
            let from = range.offset.saturating_sub(*offset).min(part.len() as u64);
            let to = end.saturating_sub(*offset).min(part.len() as u64);
            (from < to).then(|| part.slice(from as usize..to as usize))
        });
        Some(BlobPiece {
            state: blob.state,
            erase_hash: blob.erase_hash,
            bytes: bytes.collect(),
            expires_ms,
        })
    }

    pub(super) fn remove(&mut self, id: &BlobId) {
        if let Some(blob) = self.held.remove(id) {
            self.bytes -= blob.state.total + ROW_BYTES;
        }
    }

    /// Drops uploads that do not go on; gives how many.
    pub(super) fn collect(&mut self, at: Moment) -> u64 {
        let oldest = at.now_ms.div_euclid(DAY_MS) - BLOB_UNFINISHED_DAYS;
        let stale = self
            .held
            .iter()
            .filter(|(_, blob)| !blob.state.is_whole() && blob.touched_day < oldest);
        let stale: Vec<_> = stale.map(|(id, _)| *id).collect();
        for id in &stale {
            self.remove(id);
        }
        stale.len() as u64
    }
}
