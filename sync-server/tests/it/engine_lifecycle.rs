//! How mailboxes, tokens and slots begin and end on every engine. Each promise is run on each engine.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test may stop at the first surprise"
)]

use crate::common;
use crate::common::engines::conformance;

use std::sync::Arc;

use axum::body::Bytes;
use belay_protocol::relay::{Generation, RendezvousId, Slot};
use belay_relay::engine::{
    Appended, Created, Engine, EngineError, Erased, NewMailbox, ROW_BYTES, SlotPut, SpentToken,
};
use common::engines::{
    ALL, GENERATION, append, at, erase, mailbox, new_envelope, new_mailbox, order, page, pk, seqs,
};
use common::{DAY_MS, START_MS};

conformance!(
    a_mailbox_expires_only_when_nobody_used_it,
    trimming_moves_the_floor_and_never_back,
    a_restart_begins_empty_under_a_new_generation,
    a_token_makes_one_mailbox,
    a_slot_is_written_once_and_expires,
    a_closed_engine_says_so,
);

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
