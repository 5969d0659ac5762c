//! One mailbox in memory.

use std::collections::{BTreeMap, HashMap};

use axum::body::Bytes;
use belay_model::EnvelopeId;
use belay_protocol::relay::{AppendOutcome, BlobId, BlobPart, BlobRange, Cursor, EraseOutcome};

use super::blobs::Blobs;
use crate::engine::{
    Appended, BlobGone, BlobPut, BlobRead, EraseOrder, Erased, MailboxState, Moment, NewEnvelope,
    Page, ROW_BYTES, ReadLimits, TOMBSTONE_DAYS,
};

const DAY_MS: i64 = 86_400_000;

#[derive(Clone)]
struct Row {
    id: EnvelopeId,
    erase_hash: [u8; 32],
    body: Option<Bytes>,
    due_ms: Option<i64>,
}

impl Row {
    fn body_at(&self, now_ms: i64) -> Option<&Bytes> {
        let due = self.due_ms.is_some_and(|due| due <= now_ms);
        self.body.as_ref().filter(|_| !due)
    }

    fn blank(&mut self) -> u64 {
        self.due_ms = None;
        self.body.take().map_or(0, |body| body.len() as u64)
    }
}

#[derive(Clone)]
pub(super) struct Mailbox {
    pub(super) state: MailboxState,
    rows: BTreeMap<u64, Row>,
    by_id: HashMap<EnvelopeId, u64>,
    // Withdrawals of envelopes never seen: when they came.
    withdrawn: HashMap<(EnvelopeId, [u8; 32]), i64>,
    blobs: Blobs,
}

impl Mailbox {
    pub(super) fn new(state: MailboxState) -> Self {
        Self {
            state,
            rows: BTreeMap::new(),
            by_id: HashMap::new(),
            withdrawn: HashMap::new(),
            blobs: Blobs::default(),
        }
    }

    pub(super) fn read(&self, after: Option<Cursor>, limits: ReadLimits, at: Moment) -> Page {
        let state = self.state;
        let from = after
            .filter(|cursor| cursor.generation == state.generation)
            .map_or(0, |cursor| cursor.seq)
            .max(state.floor);
        let mut bytes = 0;
        let mut envelopes = Vec::new();
        for (seq, row) in self.rows.range(from.saturating_add(1)..) {
            let body = row.body_at(at.now_ms);
            bytes += body.map_or(0, Bytes::len);
            let full = envelopes.len() >= limits.envelopes as usize
                || bytes > limits.bytes as usize && !envelopes.is_empty();
            if full {
                break;
            }
            envelopes.push((*seq, body.cloned()));
        }
        Page { state, envelopes }
    }

    pub(super) fn trim(&mut self, floor: u64) {
        let floor = floor.min(self.state.head).max(self.state.floor);
        let kept = self.rows.split_off(&(floor + 1));
        for row in std::mem::replace(&mut self.rows, kept).into_values() {
            self.by_id.remove(&row.id);
            self.state.bytes -= ROW_BYTES + row.body.map_or(0, |body| body.len() as u64);
        }
        self.state.floor = floor;
    }

    pub(super) fn collect(&mut self, at: Moment) -> u64 {
        let mut rows = 0;
        for row in self.rows.values_mut() {
            if row.body.is_some() && row.body_at(at.now_ms).is_none() {
                self.state.bytes -= row.blank();
                rows += 1;
            }
        }
        let before = self.withdrawn.len() as u64;
        let oldest = at.now_ms - TOMBSTONE_DAYS * DAY_MS;
        self.withdrawn.retain(|_, came_ms| *came_ms > oldest);
        let forgotten = before - self.withdrawn.len() as u64;
        self.state.bytes -= ROW_BYTES * forgotten;
        rows + forgotten + self.blobs.collect(at)
    }

    pub(super) fn renew(&mut self, at: Moment) {
        self.state.expires_ms = self.state.expires_ms.max(at.renew_to_ms);
    }

    pub(super) fn append(&mut self, envelopes: Vec<NewEnvelope>, at: Moment) -> Appended {
        let mut outcomes = Vec::with_capacity(envelopes.len());
        let mut fresh: Vec<(u64, NewEnvelope)> = Vec::new();
        let mut erased = Vec::new();
        let mut bytes = self.state.bytes;
        let mut head = self.state.head;
        for envelope in envelopes {
            let env_id = envelope.id;
            let known = self.by_id.get(&env_id).copied();
            let again = fresh.iter().find(|(_, one)| one.id == env_id);
            if let Some(seq) = known.or(again.map(|(seq, _)| *seq)) {
                let row = self.rows.get(&seq);
                if row.is_some_and(|row| row.body_at(at.now_ms).is_none()) {
                    erased.push(env_id);
                }
                outcomes.push(AppendOutcome {
                    env_id,
                    seq,
                    duplicate: true,
                });
                continue;
            }
            if self.withdrawn.contains_key(&(env_id, envelope.erase_hash)) {
                erased.push(env_id);
                continue;
            }
            head += 1;
            bytes += ROW_BYTES + envelope.bytes.len() as u64;
            outcomes.push(AppendOutcome {
                env_id,
                seq: head,
                duplicate: false,
            });
            fresh.push((head, envelope));
        }
        if !erased.is_empty() {
            return Appended::Erased(erased);
        }
        if bytes > self.state.quota && !fresh.is_empty() {
            return Appended::QuotaExceeded;
        }
        for (seq, envelope) in fresh {
            self.by_id.insert(envelope.id, seq);
            let row = Row {
                id: envelope.id,
                erase_hash: envelope.erase_hash,
                // A slice would keep the whole request's body alive.
                body: Some(Bytes::copy_from_slice(&envelope.bytes)),
                due_ms: None,
            };
            self.rows.insert(seq, row);
        }
        self.state.head = head;
        self.state.bytes = bytes;
        self.renew(at);
        Appended::Stored {
            generation: self.state.generation,
            head,
            outcomes,
        }
    }

    pub(super) const fn blob_bytes(&self) -> u64 {
        self.blobs.bytes()
    }

    pub(super) fn put_part(
        &mut self,
        id: BlobId,
        part: BlobPart,
        bytes: &Bytes,
        quota: u64,
        at: Moment,
    ) -> BlobPut {
        let name = (EnvelopeId::from_bytes(*id.as_bytes()), part.erase_hash);
        if self.blobs.erase_hash(&id).is_none() && self.withdrawn.contains_key(&name) {
            return BlobPut::Erased;
        }
        let put = self.blobs.put(id, part, bytes, quota, at);
        if matches!(put, BlobPut::Held(_)) {
            self.renew(at);
        }
        put
    }

    pub(super) fn read_blob(&self, id: &BlobId, range: BlobRange) -> BlobRead {
        let piece = self.blobs.read(id, range, self.state.expires_ms);
        piece.map_or(BlobRead::NoBlob, BlobRead::Piece)
    }

    pub(super) fn erase_blob(&mut self, id: BlobId, erase_hash: [u8; 32], at: Moment) -> BlobGone {
        let known = self.blobs.erase_hash(&id);
        if known.is_some_and(|known| known != erase_hash) {
            return BlobGone::Done(EraseOutcome::WrongToken);
        }
        let name = (EnvelopeId::from_bytes(*id.as_bytes()), erase_hash);
        if !self.withdrawn.contains_key(&name) {
            let full = self.state.bytes + ROW_BYTES > self.state.quota;
            if known.is_none() && full {
                return BlobGone::QuotaExceeded;
            }
            self.withdrawn.insert(name, at.now_ms);
            self.state.bytes += ROW_BYTES;
        }
        self.blobs.remove(&id);
        self.renew(at);
        BlobGone::Done(match known {
            Some(_) => EraseOutcome::Erased,
            None => EraseOutcome::Remembered,
        })
    }

    pub(super) fn erase(&mut self, orders: &[EraseOrder], at: Moment) -> Erased {
        let unseen = orders
            .iter()
            .filter(|order| !self.by_id.contains_key(&order.id))
            .filter(|order| !self.withdrawn.contains_key(&(order.id, order.erase_hash)))
            .count() as u64;
        if unseen > 0 && self.state.bytes + unseen * ROW_BYTES > self.state.quota {
            return Erased::QuotaExceeded;
        }
        let mut outcomes = Vec::with_capacity(orders.len());
        for order in orders {
            outcomes.push(self.erase_one(order, at));
        }
        self.renew(at);
        Erased::Done(outcomes)
    }

    fn erase_one(&mut self, order: &EraseOrder, at: Moment) -> EraseOutcome {
        let row = self
            .by_id
            .get(&order.id)
            .and_then(|seq| self.rows.get_mut(seq));
        let Some(row) = row else {
            let name = (order.id, order.erase_hash);
            if self.withdrawn.insert(name, at.now_ms).is_none() {
                self.state.bytes += ROW_BYTES;
            }
            return EraseOutcome::Remembered;
        };
        if row.erase_hash != order.erase_hash {
            return EraseOutcome::WrongToken;
        }
        if order.due_ms <= at.now_ms {
            self.state.bytes -= row.blank();
        } else if row.body.is_some() {
            row.due_ms = Some(row.due_ms.map_or(order.due_ms, |due| due.min(order.due_ms)));
        }
        EraseOutcome::Erased
    }
}
