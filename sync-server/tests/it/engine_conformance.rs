//! What every mailbox engine must do with envelopes. Each promise is run on each engine.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test may stop at the first surprise"
)]

use crate::common;
use crate::common::engines::conformance;

use std::collections::HashMap;
use std::sync::Arc;

use belay_protocol::relay::{Cursor, EraseOutcome, Generation};
use belay_relay::engine::{Appended, Engine, EraseOrder, Erased, ROW_BYTES, ReadLimits};
use common::engines::{
    ALL, GENERATION, QUOTA, append, at, erase, id, mailbox, new_envelope, order, page, pk, seqs,
};
use common::{DAY_MS, START_MS};

conformance!(
    writers_in_parallel_leave_no_gap_no_duplicate_and_lose_nothing,
    an_erased_envelope_keeps_its_number_and_does_not_come_back,
    a_wrong_token_erases_nothing,
    a_grace_ends_when_it_is_due,
    a_withdrawal_waits_for_an_envelope_that_comes_later,
    a_full_mailbox_takes_all_or_nothing,
    a_page_begins_where_the_cursor_stands_and_has_no_gap,
);

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
