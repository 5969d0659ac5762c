//! Whatever is asked of them in whatever order, the engines answer alike.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::cast_possible_truncation,
    reason = "a test may stop at the first surprise"
)]

use crate::common;

use axum::body::Bytes;
use belay_model::EnvelopeId;
use belay_protocol::relay::{BlobId, BlobPart, BlobRange, Cursor, Generation, MailboxPk};
use belay_relay::engine::{
    BlobRead, Engine, EraseOrder, MemoryEngine, Moment, NewEnvelope, NewMailbox, ReadLimits,
    SqliteEngine,
};
use common::{DAY_MS, START_MS};
use proptest::collection::vec;
use proptest::prelude::*;

#[derive(Clone, Debug)]
enum Step {
    Create(u8),
    Append(u8, Vec<(u8, u16)>),
    Read(u8, u64, u32, u32),
    Erase(u8, Vec<(u8, bool, bool)>),
    Trim(u8, u64),
    Restart(u8, u64),
    Put(u8, u8, u64, u64, bool),
    ReadBlob(u8, u8, u64, u32),
    EraseBlob(u8, u8, bool),
    Wait(i64),
    Sweep,
}

fn steps() -> impl Strategy<Value = Vec<Step>> {
    let mailbox = 0u8..3;
    let step = prop_oneof![
        2 => mailbox.clone().prop_map(Step::Create),
        6 => (mailbox.clone(), vec((0u8..20, 0u16..900), 1..6)).prop_map(|(m, e)| Step::Append(m, e)),
        4 => (mailbox.clone(), 0u64..12, 1u32..9, 0u32..2000).prop_map(|(m, a, n, b)| Step::Read(m, a, n, b)),
        4 => (mailbox.clone(), vec((0u8..20, any::<bool>(), any::<bool>()), 1..4)).prop_map(|(m, o)| Step::Erase(m, o)),
        1 => (mailbox.clone(), 0u64..6).prop_map(|(m, f)| Step::Trim(m, f)),
        1 => (mailbox.clone(), 0u64..3).prop_map(|(m, g)| Step::Restart(m, g)),
        5 => (mailbox.clone(), 0u8..3, 0u64..5, 1u64..3, any::<bool>())
            .prop_map(|(m, b, from, count, right)| Step::Put(m, b, from * 50, count * 50, right)),
        3 => (mailbox.clone(), 0u8..3, 0u64..300, 0u32..300).prop_map(|(m, b, o, n)| Step::ReadBlob(m, b, o, n)),
        1 => (mailbox, 0u8..3, any::<bool>()).prop_map(|(m, b, right)| Step::EraseBlob(m, b, right)),
        2 => (0i64..120).prop_map(Step::Wait),
        1 => Just(Step::Sweep),
    ];
    vec(step, 1..40)
}

struct Run {
    engine: Box<dyn Engine>,
    day: i64,
}

impl Run {
    fn at(&self) -> Moment {
        let now_ms = START_MS + self.day * DAY_MS;
        Moment {
            now_ms,
            gone_before_ms: now_ms - 30 * DAY_MS,
            renew_to_ms: now_ms + 180 * DAY_MS,
        }
    }

    /// Takes a step and says what came out.
    async fn take(&mut self, step: &Step) -> String {
        let at = self.at();
        let engine = &self.engine;
        let pk = |m: &u8| MailboxPk::from_bytes([*m; 32]);
        let blob = |n: &u8| BlobId::from_bytes([100 + *n; 32]);
        let id = |n: &u8| EnvelopeId::from_bytes([*n; 32]);
        match step {
            Step::Create(m) => {
                let new = NewMailbox {
                    generation: Generation(0),
                    quota: 4000,
                    mailboxes_max: 2,
                    token: None,
                };
                format!("{:?}", engine.create(pk(m), new, at).await)
            }
            Step::Append(m, envelopes) => {
                let envelopes = envelopes.iter().map(|(n, size)| NewEnvelope {
                    id: id(n),
                    erase_hash: [*n; 32],
                    // One id has one content.
                    bytes: Bytes::from(vec![
                        *n;
                        usize::from(*size % 50) + usize::from(*n) * 40 + 1
                    ]),
                });
                let envelopes = dedup(envelopes.collect());
                format!("{:?}", engine.append(pk(m), None, envelopes, at).await)
            }
            Step::Read(m, seq, envelopes, bytes) => {
                let after = Cursor {
                    generation: Generation(seq % 3),
                    seq: *seq,
                };
                let limits = ReadLimits {
                    envelopes: *envelopes,
                    bytes: *bytes,
                };
                format!("{:?}", engine.read(pk(m), Some(after), limits, at).await)
            }
            Step::Erase(m, orders) => {
                let orders = orders.iter().map(|(n, right, now)| EraseOrder {
                    id: id(n),
                    erase_hash: [if *right { *n } else { 99 }; 32],
                    due_ms: at.now_ms + if *now { 0 } else { 30 * DAY_MS },
                });
                format!("{:?}", engine.erase(pk(m), orders.collect(), at).await)
            }
            Step::Trim(m, floor) => {
                format!("{:?}", engine.trim(pk(m), Generation(0), *floor).await)
            }
            Step::Restart(m, to) => {
                let restarted = engine.restart(pk(m), Generation(0), Generation(*to)).await;
                format!("{restarted:?}")
            }
            Step::Put(m, b, offset, length, right) => {
                let part = BlobPart {
                    offset: *offset,
                    total: 200 + u64::from(*b),
                    erase_hash: [if *right { *b } else { 99 }; 32],
                };
                let bytes: Vec<u8> = (*offset..offset + length).map(|at| at as u8).collect();
                let put = engine.put_part(pk(m), blob(b), part, bytes.into(), 900, at);
                format!("{:?}", put.await)
            }
            Step::ReadBlob(m, b, offset, bytes) => {
                let range = BlobRange {
                    offset: *offset,
                    bytes: *bytes,
                };
                match engine.read_blob(pk(m), blob(b), range, at).await.unwrap() {
                    BlobRead::Piece(piece) => format!(
                        "{:?} {:?} {:?} {}",
                        piece.state,
                        piece.erase_hash,
                        piece.bytes.concat(),
                        piece.expires_ms
                    ),
                    other => format!("{other:?}"),
                }
            }
            Step::EraseBlob(m, b, right) => {
                let hash = [if *right { *b } else { 99 }; 32];
                format!("{:?}", engine.erase_blob(pk(m), blob(b), hash, at).await)
            }
            Step::Wait(days) => {
                self.day += days;
                String::new()
            }
            Step::Sweep => {
                let mut found = engine.scan_expired(0, at).await.unwrap().found;
                found.sort_unstable();
                for (pk, generation) in &found {
                    assert!(engine.delete(*pk, *generation, at).await.unwrap());
                }
                while engine.collect(at).await.unwrap().more {}
                format!("{found:?} {:?}", engine.totals().await)
            }
        }
    }
}

/// The size is part of the id, so an id given twice keeps its first size.
fn dedup(envelopes: Vec<NewEnvelope>) -> Vec<NewEnvelope> {
    let mut kept: Vec<NewEnvelope> = Vec::new();
    for envelope in envelopes {
        let earlier = kept.iter().find(|one| one.id == envelope.id).cloned();
        kept.push(earlier.unwrap_or(envelope));
    }
    kept
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn the_engines_answer_alike(steps in steps()) {
        let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();
        let folder = tempfile::tempdir().unwrap();
        let sqlite = SqliteEngine::open(folder.path()).unwrap();
        let mut one = Run { engine: Box::new(MemoryEngine::new()), day: 0 };
        let mut two = Run { engine: Box::new(sqlite), day: 0 };
        runtime.block_on(async {
            for (index, step) in steps.iter().enumerate() {
                let (first, second) = (one.take(step).await, two.take(step).await);
                prop_assert_eq!(first, second, "step {}: {:?}", index, step);
            }
            two.engine.close().await.unwrap();
            Ok(())
        })?;
    }
}
