//! What the conformance suite's two files share.

#![allow(
    dead_code,
    clippy::unwrap_used,
    clippy::panic,
    clippy::cast_possible_truncation,
    reason = "each test file uses a part; a test may stop at the first surprise"
)]

use std::sync::Arc;

use axum::body::Bytes;
use belay_model::EnvelopeId;
use belay_protocol::relay::{EraseOutcome, Generation, MailboxPk};
use belay_relay::engine::{
    Appended, Created, Engine, EraseOrder, Erased, Moment, NewEnvelope, NewMailbox, Page,
    ReadLimits,
};

use super::{DAY_MS, START_MS};

pub const GENERATION: Generation = Generation(42);
pub const QUOTA: u64 = 1 << 20;
pub const ALL: ReadLimits = ReadLimits {
    envelopes: 1000,
    bytes: u32::MAX,
};

/// Runs each promise on each engine.
macro_rules! conformance {
    ($($promise:ident),* $(,)?) => {
        mod memory {
            $(#[tokio::test]
            async fn $promise() {
                super::$promise(std::sync::Arc::new(belay_relay::engine::MemoryEngine::new())).await;
            })*
        }
        mod sqlite {
            $(#[tokio::test]
            async fn $promise() {
                let folder = tempfile::tempdir().unwrap();
                let engine = belay_relay::engine::SqliteEngine::open(folder.path()).unwrap();
                super::$promise(std::sync::Arc::new(engine)).await;
            })*
        }
    };
}
pub(crate) use conformance;

pub fn at(ms: i64) -> Moment {
    let now_ms = START_MS + ms;
    Moment {
        now_ms,
        gone_before_ms: now_ms - 30 * DAY_MS,
        renew_to_ms: now_ms + 180 * DAY_MS,
    }
}

pub fn pk(number: u8) -> MailboxPk {
    MailboxPk::from_bytes([number; 32])
}

pub fn new_mailbox() -> NewMailbox {
    NewMailbox {
        generation: GENERATION,
        quota: QUOTA,
        mailboxes_max: 100,
        token: None,
    }
}

pub async fn mailbox(engine: &Arc<dyn Engine>, number: u8) -> MailboxPk {
    let created = engine.create(pk(number), new_mailbox(), at(0)).await;
    assert!(matches!(created, Ok(Created::New(_))));
    pk(number)
}

pub fn id(number: u64) -> EnvelopeId {
    let mut bytes = [9; 32];
    bytes[..8].copy_from_slice(&number.to_be_bytes());
    EnvelopeId::from_bytes(bytes)
}

pub fn new_envelope(number: u64, size: usize) -> NewEnvelope {
    NewEnvelope {
        id: id(number),
        erase_hash: [number as u8; 32],
        bytes: Bytes::from(vec![number as u8; size]),
    }
}

pub fn order(number: u64, due_ms: i64) -> EraseOrder {
    EraseOrder {
        id: id(number),
        erase_hash: [number as u8; 32],
        due_ms,
    }
}

pub async fn append(engine: &Arc<dyn Engine>, key: MailboxPk, numbers: &[u64]) -> Appended {
    let envelopes = numbers.iter().map(|n| new_envelope(*n, 200)).collect();
    engine.append(key, None, envelopes, at(0)).await.unwrap()
}

pub fn seqs(appended: &Appended) -> Vec<(u64, bool)> {
    match appended {
        Appended::Stored { outcomes, .. } => outcomes
            .iter()
            .map(|outcome| (outcome.seq, outcome.duplicate))
            .collect(),
        other => panic!("{other:?}"),
    }
}

pub async fn page(engine: &Arc<dyn Engine>, key: MailboxPk, ms: i64) -> Page {
    engine.read(key, None, ALL, at(ms)).await.unwrap().unwrap()
}

pub async fn erase(engine: &Arc<dyn Engine>, key: MailboxPk, order: EraseOrder) -> EraseOutcome {
    match engine.erase(key, vec![order], at(0)).await.unwrap() {
        Erased::Done(outcomes) => outcomes[0],
        other => panic!("{other:?}"),
    }
}
