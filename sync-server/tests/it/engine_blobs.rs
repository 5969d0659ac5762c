//! What every engine must do with blobs. Each promise is run on each engine.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::cast_possible_truncation,
    reason = "a test may stop at the first surprise"
)]

use crate::common;
use crate::common::engines::conformance;

use std::sync::Arc;

use axum::body::Bytes;
use belay_protocol::relay::{
    BlobId, BlobPart, BlobRange, BlobState, EraseOutcome, Generation, MailboxPk,
};
use belay_relay::engine::{BlobGone, BlobPiece, BlobPut, BlobRead, Engine, ROW_BYTES};
use common::DAY_MS;
use common::engines::{GENERATION, append, at, mailbox, page, pk, seqs};

conformance!(
    a_blob_comes_part_by_part_and_any_piece_of_it_is_read,
    parts_sent_again_or_too_early_change_nothing,
    the_first_part_takes_room_for_the_whole_blob,
    an_erased_blob_does_not_come_back_and_its_room_is_free,
    a_long_blob_is_erased_whole_while_others_write,
    a_wrong_token_erases_no_blob,
    an_erase_waits_for_a_blob_that_comes_later,
    an_upload_that_does_not_go_on_is_dropped,
    a_blob_goes_with_its_mailbox_and_with_its_generation,
    uploads_in_parallel_leave_each_blob_whole,
);

const QUOTA: u64 = 10_000;

fn blob(number: u8) -> BlobId {
    BlobId::from_bytes([number; 32])
}

fn body(number: u8, total: u64) -> Vec<u8> {
    (0..total).map(|at| at as u8 ^ number).collect()
}

fn part(number: u8, offset: u64, total: u64) -> BlobPart {
    BlobPart {
        offset,
        total,
        erase_hash: [number; 32],
    }
}

/// Sends the bytes from `offset` to `end` of the blob with this number.
async fn put(
    engine: &Arc<dyn Engine>,
    key: MailboxPk,
    number: u8,
    (offset, end, total): (u64, u64, u64),
    ms: i64,
) -> BlobPut {
    let bytes = Bytes::from(body(number, total)[offset as usize..end as usize].to_vec());
    let part = part(number, offset, total);
    let put = engine.put_part(key, blob(number), part, bytes, QUOTA, at(ms));
    put.await.unwrap()
}

const fn held(held: u64, total: u64) -> BlobPut {
    BlobPut::Held(BlobState { held, total })
}

async fn read(engine: &Arc<dyn Engine>, key: MailboxPk, number: u8, range: (u64, u32)) -> BlobRead {
    let range = BlobRange {
        offset: range.0,
        bytes: range.1,
    };
    let read = engine.read_blob(key, blob(number), range, at(0));
    read.await.unwrap()
}

fn piece(read: BlobRead) -> BlobPiece {
    match read {
        BlobRead::Piece(piece) => piece,
        other => panic!("{other:?}"),
    }
}

async fn erase(engine: &Arc<dyn Engine>, key: MailboxPk, number: u8, hash: u8) -> BlobGone {
    let erased = engine.erase_blob(key, blob(number), [hash; 32], at(0));
    erased.await.unwrap()
}

async fn a_blob_comes_part_by_part_and_any_piece_of_it_is_read(engine: Arc<dyn Engine>) {
    let key = mailbox(&engine, 1).await;
    assert_eq!(read(&engine, key, 1, (0, 9)).await, BlobRead::NoBlob);
    assert_eq!(read(&engine, pk(9), 1, (0, 9)).await, BlobRead::NoMailbox);
    assert_eq!(
        put(&engine, key, 1, (0, 700, 1500), 0).await,
        held(700, 1500)
    );
    let some = piece(read(&engine, key, 1, (600, 900)).await);
    assert_eq!(
        some.bytes.concat(),
        &body(1, 1500)[600..700],
        "as far as it is held"
    );
    assert_eq!(
        put(&engine, key, 1, (700, 1400, 1500), 0).await,
        held(1400, 1500)
    );
    assert_eq!(
        put(&engine, key, 1, (1400, 1500, 1500), 0).await,
        held(1500, 1500)
    );
    assert_eq!(put(&engine, key, 2, (0, 10, 10), 0).await, held(10, 10));
    for (offset, bytes) in [
        (0, 1500),
        (0, 700),
        (699, 2),
        (700, 700),
        (650, 800),
        (1499, 9),
        (5, 1),
    ] {
        let some = piece(read(&engine, key, 1, (offset, bytes)).await);
        let end = (offset + u64::from(bytes)).min(1500) as usize;
        assert_eq!(some.bytes.concat(), &body(1, 1500)[offset as usize..end]);
        assert!(some.state.is_whole());
        assert_eq!(some.erase_hash, [1; 32]);
    }
    for offset in [1500, 1501, u64::MAX] {
        assert_eq!(
            piece(read(&engine, key, 1, (offset, 9)).await)
                .bytes
                .concat(),
            b""
        );
    }
    assert_eq!(
        piece(read(&engine, key, 1, (0, 0)).await).bytes.concat(),
        b""
    );
    assert_eq!(
        page(&engine, key, 0).await.state.bytes,
        0,
        "room of their own"
    );
}

async fn parts_sent_again_or_too_early_change_nothing(engine: Arc<dyn Engine>) {
    let key = mailbox(&engine, 1).await;
    assert_eq!(
        put(&engine, key, 1, (500, 900, 1000), 0).await,
        held(0, 1000)
    );
    assert_eq!(read(&engine, key, 1, (0, 9)).await, BlobRead::NoBlob);
    assert_eq!(
        put(&engine, key, 1, (0, 500, 1000), 0).await,
        held(500, 1000)
    );
    assert_eq!(
        put(&engine, key, 1, (0, 500, 1000), 0).await,
        held(500, 1000)
    );
    assert_eq!(
        put(&engine, key, 1, (600, 1000, 1000), 0).await,
        held(500, 1000)
    );
    assert_eq!(
        put(&engine, key, 1, (400, 1000, 1000), 0).await,
        held(500, 1000)
    );
    assert_eq!(
        put(&engine, key, 1, (500, 1000, 1000), 0).await,
        held(1000, 1000)
    );
    let whole = piece(read(&engine, key, 1, (0, 9999)).await);
    assert_eq!(whole.bytes.concat(), body(1, 1000));
    assert_eq!(
        put(&engine, key, 1, (0, 500, 999), 0).await,
        BlobPut::Differs
    );
    let other = BlobPart {
        erase_hash: [9; 32],
        ..part(1, 0, 1000)
    };
    let bytes = Bytes::from_static(b"other");
    let put = engine.put_part(key, blob(1), other, bytes, QUOTA, at(0));
    assert_eq!(put.await.unwrap(), BlobPut::Differs);
}

async fn the_first_part_takes_room_for_the_whole_blob(engine: Arc<dyn Engine>) {
    let key = mailbox(&engine, 1).await;
    let most = QUOTA - ROW_BYTES;
    assert_eq!(
        put(&engine, key, 1, (0, 5, most + 1), 0).await,
        BlobPut::QuotaExceeded
    );
    assert_eq!(put(&engine, key, 1, (0, 5, most), 0).await, held(5, most));
    assert_eq!(
        put(&engine, key, 2, (0, 1, 1), 0).await,
        BlobPut::QuotaExceeded
    );
    assert_eq!(
        put(&engine, key, 1, (5, most, most), 0).await,
        held(most, most)
    );
    let other = mailbox(&engine, 2).await;
    assert_eq!(put(&engine, other, 2, (0, 1, 1), 0).await, held(1, 1));
    let totals = engine.totals().await.unwrap();
    assert_eq!(
        (totals.mailboxes, totals.blob_bytes),
        (2, QUOTA + ROW_BYTES + 1)
    );
    assert_eq!(
        put(&engine, pk(9), 1, (0, 1, 1), 0).await,
        BlobPut::NoMailbox
    );
}

async fn an_erased_blob_does_not_come_back_and_its_room_is_free(engine: Arc<dyn Engine>) {
    let key = mailbox(&engine, 1).await;
    let most = QUOTA - ROW_BYTES;
    put(&engine, key, 1, (0, 700, most), 0).await;
    assert_eq!(
        erase(&engine, key, 1, 1).await,
        BlobGone::Done(EraseOutcome::Erased)
    );
    assert_eq!(
        erase(&engine, key, 1, 1).await,
        BlobGone::Done(EraseOutcome::Remembered)
    );
    assert_eq!(read(&engine, key, 1, (0, 9)).await, BlobRead::NoBlob);
    assert_eq!(
        put(&engine, key, 1, (0, 700, most), 0).await,
        BlobPut::Erased
    );
    assert_eq!(
        put(&engine, key, 1, (700, 800, most), 0).await,
        BlobPut::Erased
    );
    assert_eq!(
        put(&engine, key, 2, (0, 700, most), 0).await,
        held(700, most)
    );
    assert_eq!(
        page(&engine, key, 0).await.state.bytes,
        ROW_BYTES,
        "remembered once"
    );
    // After 400 days it is forgotten.
    engine.renew(key, at(200 * DAY_MS)).await.unwrap();
    while engine.collect(at(401 * DAY_MS)).await.unwrap().more {}
    assert_eq!(
        put(&engine, key, 1, (0, 9, 9), 401 * DAY_MS).await,
        held(9, 9)
    );
}

async fn a_long_blob_is_erased_whole_while_others_write(engine: Arc<dyn Engine>) {
    const PART: u64 = 20;
    const TOTAL: u64 = 30 * PART;
    let key = mailbox(&engine, 1).await;
    for begin in (0..TOTAL).step_by(PART as usize) {
        put(&engine, key, 1, (begin, begin + PART, TOTAL), 0).await;
    }
    let (gone, ()) = tokio::join!(erase(&engine, key, 1, 1), async {
        for number in 0..10 {
            append(&engine, key, &[number]).await;
        }
    });
    assert_eq!(gone, BlobGone::Done(EraseOutcome::Erased));
    assert_eq!(seqs(&append(&engine, key, &[10]).await), [(11, false)]);
    assert_eq!(read(&engine, key, 1, (0, 9)).await, BlobRead::NoBlob);
    // Nothing of it is left for the next tidying.
    assert_eq!(engine.collect(at(0)).await.unwrap().rows, 0);
}

async fn a_wrong_token_erases_no_blob(engine: Arc<dyn Engine>) {
    let key = mailbox(&engine, 1).await;
    put(&engine, key, 1, (0, 9, 9), 0).await;
    assert_eq!(
        erase(&engine, key, 1, 2).await,
        BlobGone::Done(EraseOutcome::WrongToken)
    );
    assert_eq!(
        piece(read(&engine, key, 1, (0, 9)).await).bytes.concat(),
        body(1, 9)
    );
    assert_eq!(erase(&engine, pk(9), 1, 1).await, BlobGone::NoMailbox);
}

async fn an_erase_waits_for_a_blob_that_comes_later(engine: Arc<dyn Engine>) {
    let key = mailbox(&engine, 1).await;
    assert_eq!(
        erase(&engine, key, 1, 1).await,
        BlobGone::Done(EraseOutcome::Remembered)
    );
    assert_eq!(put(&engine, key, 1, (0, 9, 9), 0).await, BlobPut::Erased);
    // Somebody without the token cannot keep a blob out.
    assert_eq!(
        erase(&engine, key, 2, 7).await,
        BlobGone::Done(EraseOutcome::Remembered)
    );
    assert_eq!(put(&engine, key, 2, (0, 9, 9), 0).await, held(9, 9));
}

async fn an_upload_that_does_not_go_on_is_dropped(engine: Arc<dyn Engine>) {
    let key = mailbox(&engine, 1).await;
    put(&engine, key, 1, (0, 700, 1500), 0).await;
    put(&engine, key, 2, (0, 700, 700), 0).await;
    put(&engine, key, 1, (700, 1400, 1500), 5 * DAY_MS).await;
    let collect = async |days| while engine.collect(at(days * DAY_MS)).await.unwrap().more {};
    collect(12).await;
    assert_eq!(piece(read(&engine, key, 1, (0, 9)).await).state.held, 1400);
    collect(13).await;
    assert_eq!(read(&engine, key, 1, (0, 9)).await, BlobRead::NoBlob);
    assert!(piece(read(&engine, key, 2, (0, 9)).await).state.is_whole());
    let totals = engine.totals().await.unwrap();
    assert_eq!(totals.blob_bytes, 700 + ROW_BYTES);
    assert_eq!(
        put(&engine, key, 1, (0, 9, 9), 13 * DAY_MS).await,
        held(9, 9)
    );
    assert_eq!(
        piece(read(&engine, key, 1, (0, 9)).await).bytes.concat(),
        body(1, 9)
    );
}

async fn a_blob_goes_with_its_mailbox_and_with_its_generation(engine: Arc<dyn Engine>) {
    let key = mailbox(&engine, 1).await;
    let other = mailbox(&engine, 2).await;
    append(&engine, key, &[1]).await;
    put(&engine, key, 1, (0, 700, 1500), 0).await;
    put(&engine, other, 1, (0, 9, 9), 0).await;
    let to = Generation(8);
    assert!(engine.restart(key, GENERATION, to).await.unwrap());
    assert_eq!(read(&engine, key, 1, (0, 9)).await, BlobRead::NoBlob);
    while engine.collect(at(0)).await.unwrap().more {}
    assert_eq!(put(&engine, key, 1, (0, 5, 5), 0).await, held(5, 5));
    let gone = 211 * DAY_MS;
    assert_eq!(
        put(&engine, key, 3, (0, 5, 5), gone).await,
        BlobPut::NoMailbox
    );
    assert!(engine.delete(key, to, at(gone)).await.unwrap());
    while engine.collect(at(gone)).await.unwrap().more {}
    mailbox(&engine, 1).await;
    assert_eq!(read(&engine, key, 1, (0, 9)).await, BlobRead::NoBlob);
    assert_eq!(seqs(&append(&engine, key, &[1]).await), [(1, false)]);
    assert_eq!(
        piece(read(&engine, other, 1, (0, 9)).await).bytes.concat(),
        body(1, 9)
    );
}

async fn uploads_in_parallel_leave_each_blob_whole(engine: Arc<dyn Engine>) {
    let key = mailbox(&engine, 1).await;
    let mut writers = tokio::task::JoinSet::new();
    for writer in 0..8u8 {
        let engine = Arc::clone(&engine);
        // Two devices of one person send the same blob at once, in parts of different sizes.
        let (number, step) = (writer / 2, 70 + u64::from(writer) * 11);
        writers.spawn(async move {
            let mut reached = 0;
            while reached < 900 {
                let end = (reached + step).min(900);
                match put(&engine, key, number, (reached, end, 900), 0).await {
                    BlobPut::Held(state) => reached = state.held,
                    other => panic!("{other:?}"),
                }
            }
        });
    }
    writers.join_all().await;
    for number in 0..4 {
        let whole = piece(read(&engine, key, number, (0, 9999)).await);
        assert_eq!(whole.bytes.concat(), body(number, 900));
    }
}
