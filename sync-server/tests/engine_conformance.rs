//! What every mailbox engine must do. Each promise is run on each engine.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test may stop at the first surprise"
)]

mod common;

use std::collections::HashMap;
use std::sync::Arc;

use axum::body::Bytes;
use belay_model::EnvelopeId;
use belay_protocol::relay::{Cursor, EraseOutcome, Generation, MailboxPk, RendezvousId, Slot};
use belay_relay::engine::{
    Appended, Created, Engine, EngineError, EraseOrder, Erased, MemoryEngine, Moment, NewEnvelope,
    NewMailbox, Page, ROW_BYTES, ReadLimits, SlotPut, SpentToken, SqliteEngine,
};
use common::{DAY_MS, START_MS};

const GENERATION: Generation = Generation(42);
const QUOTA: u64 = 1 << 20;
const ALL: ReadLimits = ReadLimits {
    envelopes: 1000,
    bytes: u32::MAX,
};

macro_rules! conformance {
    ($($promise:ident),* $(,)?) => {
        mod memory {
            $(#[tokio::test]
            async fn $promise() {
                super::$promise(std::sync::Arc::new(super::MemoryEngine::new())).await;
            })*
        }
        mod sqlite {
            $(#[tokio::test]
            async fn $promise() {
                let folder = tempfile::tempdir().unwrap();
                let engine = super::SqliteEngine::open(folder.path()).unwrap();
                super::$promise(std::sync::Arc::new(engine)).await;
            })*
        }
    };
}

conformance!(
    writers_in_parallel_leave_no_gap_no_duplicate_and_lose_nothing,
    an_erased_envelope_keeps_its_number_and_does_not_come_back,
    a_wrong_token_erases_nothing,
    a_grace_ends_when_it_is_due,
    a_withdrawal_waits_for_an_envelope_that_comes_later,
    a_full_mailbox_takes_all_or_nothing,
    a_mailbox_expires_only_when_nobody_used_it,
    a_page_begins_where_the_cursor_stands_and_has_no_gap,
    trimming_moves_the_floor_and_never_back,
    a_restart_begins_empty_under_a_new_generation,
    a_token_makes_one_mailbox,
    a_slot_is_written_once_and_expires,
    a_closed_engine_says_so,
);

fn at(ms: i64) -> Moment {
    let now_ms = START_MS + ms;
    Moment {
        now_ms,
        gone_before_ms: now_ms - 30 * DAY_MS,
        renew_to_ms: now_ms + 180 * DAY_MS,
    }
}

fn pk(number: u8) -> MailboxPk {
    MailboxPk::from_bytes([number; 32])
}

fn new_mailbox() -> NewMailbox {
    NewMailbox {
        generation: GENERATION,
        quota: QUOTA,
        mailboxes_max: 100,
        token: None,
    }
}

async fn mailbox(engine: &Arc<dyn Engine>, number: u8) -> MailboxPk {
    let created = engine.create(pk(number), new_mailbox(), at(0)).await;
    assert!(matches!(created, Ok(Created::New(_))));
    pk(number)
}

fn id(number: u64) -> EnvelopeId {
    let mut bytes = [9; 32];
    bytes[..8].copy_from_slice(&number.to_be_bytes());
    EnvelopeId::from_bytes(bytes)
}

fn new_envelope(number: u64, size: usize) -> NewEnvelope {
    NewEnvelope {
        id: id(number),
        erase_hash: [number as u8; 32],
        bytes: Bytes::from(vec![number as u8; size]),
    }
}

fn order(number: u64, due_ms: i64) -> EraseOrder {
    EraseOrder {
        id: id(number),
        erase_hash: [number as u8; 32],
        due_ms,
    }
}

async fn append(engine: &Arc<dyn Engine>, key: MailboxPk, numbers: &[u64]) -> Appended {
    let envelopes = numbers.iter().map(|n| new_envelope(*n, 200)).collect();
    engine.append(key, None, envelopes, at(0)).await.unwrap()
}

fn seqs(appended: &Appended) -> Vec<(u64, bool)> {
    match appended {
        Appended::Stored { outcomes, .. } => outcomes
            .iter()
            .map(|outcome| (outcome.seq, outcome.duplicate))
            .collect(),
        other => panic!("{other:?}"),
    }
}

async fn page(engine: &Arc<dyn Engine>, key: MailboxPk, ms: i64) -> Page {
    engine.read(key, None, ALL, at(ms)).await.unwrap().unwrap()
}

async fn erase(engine: &Arc<dyn Engine>, key: MailboxPk, order: EraseOrder) -> EraseOutcome {
    match engine.erase(key, vec![order], at(0)).await.unwrap() {
        Erased::Done(outcomes) => outcomes[0],
        other => panic!("{other:?}"),
    }
}

async fn writers_in_parallel_leave_no_gap_no_duplicate_and_lose_nothing(engine: Arc<dyn Engine>) {
    let key = mailbox(&engine, 1).await;
    let other = mailbox(&engine, 2).await;
    let mut writers = tokio::task::JoinSet::new();
    for writer in 0..8u64 {
        let engine = Arc::clone(&engine);
        writers.spawn(async move {
            let mut acknowledged = Vec::new();
            for round in 0..20u64 {
                // Own envelopes, one that every writer sends, and one that was sent before.
                let own = writer * 1000 + round * 3;
                let numbers = [
                    own,
                    own + 1,
                    900_000 + round,
                    own.saturating_sub(3),
                    own + 2,
                ];
                for _resend in 0..2 {
                    let envelopes = numbers.iter().map(|n| new_envelope(*n, 64)).collect();
                    let appended = engine.append(key, Some(GENERATION), envelopes, at(0)).await;
                    let stored = seqs(&appended.unwrap());
                    acknowledged.extend(numbers.into_iter().zip(stored));
                }
                let elsewhere = vec![new_envelope(own, 64)];
                engine.append(other, None, elsewhere, at(0)).await.unwrap();
            }
            acknowledged
        });
    }
    let mut numbered: HashMap<u64, u64> = HashMap::new();
    let mut fresh = 0;
    for (number, (seq, duplicate)) in writers.join_all().await.concat() {
        assert_eq!(*numbered.entry(number).or_insert(seq), seq);
        fresh += usize::from(!duplicate);
    }
    let page = page(&engine, key, 0).await;
    assert_eq!(fresh, numbered.len(), "each was new exactly once");
    assert_eq!(page.envelopes.len(), numbered.len());
    assert_eq!(page.state.head, numbered.len() as u64);
    for (expected, (seq, body)) in (1..).zip(&page.envelopes) {
        assert_eq!(*seq, expected);
        assert!(body.is_some());
    }
    for (number, seq) in numbered {
        let (_, body) = &page.envelopes[seq as usize - 1];
        assert_eq!(body.as_ref().unwrap()[0], number as u8);
    }
}

async fn an_erased_envelope_keeps_its_number_and_does_not_come_back(engine: Arc<dyn Engine>) {
    let key = mailbox(&engine, 1).await;
    append(&engine, key, &[1, 2, 3]).await;
    let full = page(&engine, key, 0).await.state.bytes;
    for _again in 0..2 {
        assert_eq!(erase(&engine, key, order(2, 0)).await, EraseOutcome::Erased);
        let page = page(&engine, key, 0).await;
        let present: Vec<_> = page
            .envelopes
            .iter()
            .map(|(seq, body)| (*seq, body.is_some()))
            .collect();
        assert_eq!(present, [(1, true), (2, false), (3, true)]);
        assert_eq!(page.state.bytes, full - 200);
    }
    let again = append(&engine, key, &[4, 2]).await;
    assert_eq!(again, Appended::Erased(vec![id(2)]));
    assert_eq!(page(&engine, key, 0).await.state.head, 3);
}

async fn a_wrong_token_erases_nothing(engine: Arc<dyn Engine>) {
    let key = mailbox(&engine, 1).await;
    append(&engine, key, &[1]).await;
    let wrong = EraseOrder {
        erase_hash: [99; 32],
        ..order(1, 0)
    };
    assert_eq!(erase(&engine, key, wrong).await, EraseOutcome::WrongToken);
    assert!(page(&engine, key, 0).await.envelopes[0].1.is_some());
}

async fn a_grace_ends_when_it_is_due(engine: Arc<dyn Engine>) {
    let key = mailbox(&engine, 1).await;
    append(&engine, key, &[1]).await;
    let due = START_MS + 30 * DAY_MS;
    assert_eq!(
        erase(&engine, key, order(1, due)).await,
        EraseOutcome::Erased
    );
    // Asking for longer does not lengthen it.
    let later = order(1, due + DAY_MS);
    assert_eq!(erase(&engine, key, later).await, EraseOutcome::Erased);
    engine.collect(at(30 * DAY_MS - 1)).await.unwrap();
    assert!(
        page(&engine, key, 30 * DAY_MS - 1).await.envelopes[0]
            .1
            .is_some()
    );
    assert_eq!(seqs(&append(&engine, key, &[1]).await), [(1, true)]);
    assert!(
        page(&engine, key, 30 * DAY_MS).await.envelopes[0]
            .1
            .is_none()
    );
    let back = vec![new_envelope(1, 200)];
    let back = engine.append(key, None, back, at(30 * DAY_MS)).await;
    assert_eq!(back.unwrap(), Appended::Erased(vec![id(1)]));
    engine.collect(at(30 * DAY_MS)).await.unwrap();
    assert_eq!(page(&engine, key, 30 * DAY_MS).await.state.bytes, ROW_BYTES);
}

async fn a_withdrawal_waits_for_an_envelope_that_comes_later(engine: Arc<dyn Engine>) {
    let key = mailbox(&engine, 1).await;
    assert_eq!(
        erase(&engine, key, order(5, 0)).await,
        EraseOutcome::Remembered
    );
    assert_eq!(
        erase(&engine, key, order(5, 0)).await,
        EraseOutcome::Remembered
    );
    assert_eq!(page(&engine, key, 0).await.state.bytes, ROW_BYTES);
    assert_eq!(
        append(&engine, key, &[5]).await,
        Appended::Erased(vec![id(5)])
    );
    // Somebody without the token cannot keep an envelope out.
    let guess = EraseOrder {
        erase_hash: [99; 32],
        ..order(6, 0)
    };
    assert_eq!(erase(&engine, key, guess).await, EraseOutcome::Remembered);
    assert_eq!(seqs(&append(&engine, key, &[6]).await), [(1, false)]);
    // After 400 days it is forgotten.
    let late = at(401 * DAY_MS);
    engine.renew(key, at(200 * DAY_MS)).await.unwrap();
    engine.collect(late).await.unwrap();
    let back = engine.append(key, None, vec![new_envelope(5, 200)], late);
    assert_eq!(seqs(&back.await.unwrap()), [(2, false)]);
}

async fn a_full_mailbox_takes_all_or_nothing(engine: Arc<dyn Engine>) {
    let key = mailbox(&engine, 1).await;
    let half = usize::try_from(QUOTA / 2 - ROW_BYTES).unwrap();
    let put = async |numbers: &[(u64, usize)]| {
        let envelopes = numbers.iter().map(|(n, size)| new_envelope(*n, *size));
        let appended = engine.append(key, None, envelopes.collect(), at(0)).await;
        appended.unwrap()
    };
    assert_eq!(seqs(&put(&[(1, half)]).await), [(1, false)]);
    let over = put(&[(2, 10), (3, half)]).await;
    assert_eq!(over, Appended::QuotaExceeded);
    assert_eq!(page(&engine, key, 0).await.state.head, 1);
    assert_eq!(seqs(&put(&[(4, half)]).await), [(2, false)]);
    // What it has it still knows, and room that is freed can be used.
    assert_eq!(
        seqs(&put(&[(4, half), (1, half)]).await),
        [(2, true), (1, true)]
    );
    assert_eq!(
        engine.erase(key, vec![order(70, 0)], at(0)).await.unwrap(),
        Erased::QuotaExceeded
    );
    erase(&engine, key, order(1, 0)).await;
    assert_eq!(seqs(&put(&[(5, 10)]).await), [(3, false)]);
}

async fn a_mailbox_expires_only_when_nobody_used_it(engine: Arc<dyn Engine>) {
    let key = mailbox(&engine, 1).await;
    let used = mailbox(&engine, 2).await;
    append(&engine, key, &[1]).await;
    engine.renew(used, at(DAY_MS)).await.unwrap();
    // The clock going back does not shorten a life.
    engine.renew(used, at(0)).await.unwrap();
    let last = at(210 * DAY_MS);
    assert!(engine.read(key, None, ALL, last).await.unwrap().is_some());
    assert!(!engine.delete(key, GENERATION, last).await.unwrap());
    let gone = at(210 * DAY_MS + 1);
    assert!(engine.read(key, None, ALL, gone).await.unwrap().is_none());
    let refused = engine.append(key, None, vec![new_envelope(2, 9)], gone);
    assert_eq!(refused.await.unwrap(), Appended::NoMailbox);
    let erased = engine.erase(key, vec![order(1, 0)], gone).await.unwrap();
    assert_eq!(erased, Erased::NoMailbox);
    let expired = engine.scan_expired(0, gone).await.unwrap();
    assert_eq!(expired.found, [(key, GENERATION)]);
    assert!(!engine.delete(key, Generation(1), gone).await.unwrap());
    assert!(engine.delete(key, GENERATION, gone).await.unwrap());
    assert!(!engine.delete(key, GENERATION, gone).await.unwrap());
    while engine.collect(gone).await.unwrap().more {}
    assert!(engine.read(used, None, ALL, gone).await.unwrap().is_some());
    // Made again it is another one.
    mailbox(&engine, 1).await;
    assert_eq!(page(&engine, key, 0).await.state.head, 0);
    assert_eq!(seqs(&append(&engine, key, &[1]).await), [(1, false)]);
}

async fn a_page_begins_where_the_cursor_stands_and_has_no_gap(engine: Arc<dyn Engine>) {
    let key = mailbox(&engine, 1).await;
    append(&engine, key, &[1, 2, 3, 4, 5]).await;
    let read = async |generation, seq, envelopes, bytes| {
        let after = Some(Cursor { generation, seq });
        let limits = ReadLimits { envelopes, bytes };
        let page = engine.read(key, after, limits, at(0)).await.unwrap();
        let seqs = page.unwrap().envelopes.into_iter().map(|(seq, _)| seq);
        seqs.collect::<Vec<_>>()
    };
    assert_eq!(read(GENERATION, 0, 2, u32::MAX).await, [1, 2]);
    assert_eq!(read(GENERATION, 2, 9, 400).await, [3, 4]);
    assert_eq!(read(GENERATION, 2, 9, 1).await, [3]);
    assert_eq!(read(GENERATION, 5, 9, 1).await, [0; 0]);
    assert_eq!(read(GENERATION, u64::MAX, 9, 1).await, [0; 0]);
    assert_eq!(read(Generation(7), 4, 9, u32::MAX).await, [1, 2, 3, 4, 5]);
    assert!(
        engine
            .read(pk(9), None, ALL, at(0))
            .await
            .unwrap()
            .is_none()
    );
}

async fn trimming_moves_the_floor_and_never_back(engine: Arc<dyn Engine>) {
    let key = mailbox(&engine, 1).await;
    append(&engine, key, &[1, 2, 3]).await;
    assert!(!engine.trim(key, Generation(7), 2).await.unwrap());
    assert!(engine.trim(key, GENERATION, 2).await.unwrap());
    assert!(engine.trim(key, GENERATION, 1).await.unwrap());
    let page = page(&engine, key, 0).await;
    assert_eq!((page.state.floor, page.state.head), (2, 3));
    assert_eq!(page.state.bytes, 200 + ROW_BYTES);
    assert_eq!(page.envelopes.len(), 1);
    assert_eq!(seqs(&append(&engine, key, &[4]).await), [(4, false)]);
}

async fn a_restart_begins_empty_under_a_new_generation(engine: Arc<dyn Engine>) {
    let key = mailbox(&engine, 1).await;
    append(&engine, key, &[1, 2]).await;
    erase(&engine, key, order(9, 0)).await;
    assert!(
        !engine
            .restart(key, Generation(7), Generation(8))
            .await
            .unwrap()
    );
    assert!(
        engine
            .restart(key, GENERATION, Generation(8))
            .await
            .unwrap()
    );
    let old = engine.append(key, Some(GENERATION), vec![new_envelope(3, 9)], at(0));
    assert_eq!(old.await.unwrap(), Appended::WrongGeneration);
    let empty = page(&engine, key, 0).await;
    assert_eq!(
        (empty.state.generation, empty.state.head),
        (Generation(8), 0)
    );
    assert_eq!(empty.state.bytes, 0);
    while engine.collect(at(0)).await.unwrap().more {}
    assert_eq!(
        seqs(&append(&engine, key, &[2, 9]).await),
        [(1, false), (2, false)]
    );
}

async fn a_token_makes_one_mailbox(engine: Arc<dyn Engine>) {
    let new = NewMailbox {
        mailboxes_max: 2,
        token: Some(SpentToken {
            id: [1; 16],
            expires_ms: START_MS + DAY_MS,
        }),
        ..new_mailbox()
    };
    let create = async |number, new| engine.create(pk(number), new, at(0)).await.unwrap();
    assert!(matches!(create(1, new).await, Created::New(_)));
    assert!(matches!(create(1, new).await, Created::Existing(_)));
    assert_eq!(create(2, new).await, Created::TokenSpent);
    let free = NewMailbox { token: None, ..new };
    assert!(matches!(create(2, free).await, Created::New(_)));
    assert_eq!(create(3, free).await, Created::Full);
}

async fn a_slot_is_written_once_and_expires(engine: Arc<dyn Engine>) {
    let meeting = RendezvousId::from_bytes([4; 16]);
    let (first, second) = (Slot::new(0).unwrap(), Slot::new(1).unwrap());
    let put = async |slot, body: &'static [u8], now_ms| {
        let body = Bytes::from_static(body);
        let put = engine.put_slot(meeting, slot, body, now_ms, now_ms + 10, 6);
        put.await.unwrap()
    };
    assert_eq!(put(first, b"one", 0).await, SlotPut::Written);
    assert_eq!(put(first, b"one", 0).await, SlotPut::Same);
    assert_eq!(put(first, b"two", 9).await, SlotPut::Taken);
    assert_eq!(put(second, b"more", 0).await, SlotPut::Full);
    assert_eq!(put(second, b"mor", 0).await, SlotPut::Written);
    let get = async |slot, now_ms| engine.slot(meeting, slot, now_ms).await.unwrap();
    assert_eq!(get(first, 9).await.unwrap(), &b"one"[..]);
    assert_eq!(get(first, 10).await, None);
    assert_eq!(put(first, b"two", 10).await, SlotPut::Written);
    assert_eq!(get(first, 11).await.unwrap(), &b"two"[..]);
}

async fn a_closed_engine_says_so(engine: Arc<dyn Engine>) {
    let key = mailbox(&engine, 1).await;
    engine.check().await.unwrap();
    engine.close().await.unwrap();
    engine.close().await.unwrap();
    let append = engine.append(key, None, vec![new_envelope(1, 9)], at(0));
    assert_eq!(append.await.unwrap_err(), EngineError::Closed);
    assert_eq!(engine.check().await.unwrap_err(), EngineError::Closed);
    let read = engine.read(key, None, ALL, at(0)).await;
    assert_eq!(read.unwrap_err(), EngineError::Closed);
}
