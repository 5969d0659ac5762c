//! Sealed blobs over real sockets.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::cast_possible_truncation,
    reason = "a test may stop at the first surprise"
)]

use crate::common;

use belay_crypto::{MailboxKey, envelope_id, erase_hash};
use belay_protocol::relay::{BlobId, BlobPart, Code, EraseOutcome, EraseToken, limits};
use belay_relay::{Clock, EngineChoice, RelayConfig, RelayLimits};
use belay_transport::{RelayClient, TransportError};
use common::{HandClock, client, envelope, mailbox_key, start, token};

const ID: BlobId = BlobId::from_bytes([5; 32]);

fn refused(error: &TransportError) -> Code {
    match error {
        TransportError::Refused { code, status, .. } => {
            assert_eq!(*status, code.status());
            *code
        }
        other => panic!("{other:?}"),
    }
}

fn sealed(bytes: usize) -> Vec<u8> {
    (0..bytes).map(|at| (at ^ (at >> 9)) as u8).collect()
}

fn part(offset: usize, whole: &[u8]) -> BlobPart {
    BlobPart {
        offset: offset as u64,
        total: whole.len() as u64,
        erase_hash: erase_hash(&token(1)),
    }
}

/// Sends what the relay lacks, at most `most` parts; gives how much it holds then.
async fn upload(
    client: &RelayClient,
    key: &MailboxKey,
    whole: &[u8],
    most: usize,
    now: i64,
) -> u64 {
    let mut held = match client.blob(key, &ID, 0, 0, now).await {
        Ok(page) => page.state.held,
        Err(error) => {
            assert_eq!(refused(&error), Code::NoBlob);
            0
        }
    };
    for _ in 0..most {
        let from = held as usize;
        if from == whole.len() {
            break;
        }
        let bytes = whole[from..whole.len().min(from + 300_000)].to_vec();
        let part = part(from, whole);
        let state = client.put_blob_part(key, &ID, &part, bytes, now).await;
        held = state.unwrap().held;
    }
    held
}

#[tokio::test]
async fn an_upload_goes_on_after_the_relay_was_away_and_a_download_anywhere() {
    let clock = HandClock::new();
    let folder = tempfile::tempdir().unwrap();
    let lasting = || RelayConfig {
        engine: EngineChoice::Sqlite(folder.path().to_owned()),
        ..RelayConfig::default()
    };
    let relay = start(lasting(), &clock).await;
    let key = mailbox_key(1);
    let now = clock.now_ms();
    let whole = sealed(1_000_001);
    let before = client(&relay);
    before.create_mailbox(&key, None, now).await.unwrap();
    assert_eq!(upload(&before, &key, &whole, 2, now).await, 600_000);
    relay.shutdown().await.unwrap();
    let relay = start(lasting(), &clock).await;
    let after = client(&relay);
    // What is there can be read already.
    let some = after.blob(&key, &ID, 599_990, 1 << 20, now).await.unwrap();
    assert_eq!(
        (some.bytes.as_slice(), some.state.is_whole()),
        (&whole[599_990..600_000], false)
    );
    assert_eq!(upload(&after, &key, &whole, 9, now).await, 1_000_001);
    let mut read = Vec::new();
    while read.len() < whole.len() {
        let page = after.blob(&key, &ID, read.len() as u64, 70_000, now).await;
        read.extend(page.unwrap().bytes);
    }
    assert_eq!(read, whole);
    relay.shutdown().await.unwrap();
}

#[tokio::test]
async fn an_author_erases_a_blob_and_a_carrier_cannot_bring_it_back() {
    let clock = HandClock::new();
    let relay = start(RelayConfig::default(), &clock).await;
    let (client, key, now) = (client(&relay), mailbox_key(1), clock.now_ms());
    client.create_mailbox(&key, None, now).await.unwrap();
    let whole = sealed(100_000);
    upload(&client, &key, &whole, 9, now).await;
    let erase = async |number| {
        let token = EraseToken::from_bytes(token(number));
        client.erase_blob(&key, &ID, &token, now).await.unwrap()
    };
    assert_eq!(erase(2).await, EraseOutcome::WrongToken);
    assert_eq!(
        client.blob(&key, &ID, 0, 9, now).await.unwrap().bytes,
        &whole[..9]
    );
    assert_eq!(erase(1).await, EraseOutcome::Erased);
    assert_eq!(erase(1).await, EraseOutcome::Remembered);
    let gone = client.blob(&key, &ID, 0, 9, now).await.unwrap_err();
    assert_eq!(refused(&gone), Code::NoBlob);
    let back = client
        .put_blob_part(&key, &ID, &part(0, &whole), whole.clone(), now)
        .await;
    assert!(
        matches!(back, Err(TransportError::Erased { .. })),
        "{back:?}"
    );
    relay.shutdown().await.unwrap();
}

#[tokio::test]
async fn a_blob_that_does_not_fit_is_refused_before_anything_of_it_is_sent_or_kept() {
    let clock = HandClock::new();
    let small = RelayConfig {
        limits: RelayLimits {
            blob_bytes: 200_000,
            ..RelayLimits::default()
        },
        ..RelayConfig::default()
    };
    let relay = start(small, &clock).await;
    let (client, key, now) = (client(&relay), mailbox_key(1), clock.now_ms());
    assert_eq!(client.info().await.unwrap().limits.blob_bytes, 200_000);
    let whole = sealed(200_000);
    let put =
        async |at: BlobPart, bytes: Vec<u8>| client.put_blob_part(&key, &ID, &at, bytes, now).await;
    let early = put(part(0, &whole), whole[..70_000].to_vec()).await;
    assert_eq!(refused(&early.unwrap_err()), Code::NoMailbox);
    client.create_mailbox(&key, None, now).await.unwrap();
    let full = put(part(0, &whole), whole[..70_000].to_vec()).await;
    assert_eq!(refused(&full.unwrap_err()), Code::QuotaExceeded);
    let crumb = put(part(0, &whole), vec![1; 9]).await;
    assert_eq!(crumb.unwrap_err(), TransportError::TooLarge);
    let huge = BlobPart {
        total: limits::BLOB_BYTES_MAX + 1,
        ..part(0, &whole)
    };
    assert_eq!(
        put(huge, vec![1; 70_000]).await.unwrap_err(),
        TransportError::TooLarge
    );
    let fits = sealed(150_000);
    assert!(put(part(0, &fits), fits.clone()).await.unwrap().is_whole());
    let other = sealed(150_001);
    let differs = put(part(0, &other), other.clone()).await;
    assert_eq!(refused(&differs.unwrap_err()), Code::BlobDiffers);
    relay.shutdown().await.unwrap();
}

#[tokio::test]
async fn a_space_moves_to_another_relay_with_all_it_holds_also_after_a_break() {
    let clock = HandClock::new();
    let (old, new) = (
        start(RelayConfig::default(), &clock).await,
        start(RelayConfig::default(), &clock).await,
    );
    let (from, to, key, now) = (client(&old), client(&new), mailbox_key(1), clock.now_ms());
    from.create_mailbox(&key, None, now).await.unwrap();
    to.create_mailbox(&key, None, now).await.unwrap();
    let sent: Vec<_> = (1..=150).map(|n| envelope(&key, n, 20_000)).collect();
    for batch in sent.chunks(40) {
        from.append(&key, batch, now).await.unwrap();
    }
    let order = |number: u64| {
        let envelope = &sent[number as usize - 1];
        (
            envelope_id(envelope),
            EraseToken::from_bytes(token(number)),
            0,
        )
    };
    from.erase(&key, &[order(7)], now).await.unwrap();
    // Its author has withdrawn this one at the new relay already.
    to.erase(&key, &[order(8)], now).await.unwrap();
    let first = from.carry(&to, &key, None, now).await.unwrap();
    assert!(
        !first.done && first.stored > 0 && first.erased == 1,
        "{first:?}"
    );
    // A break: the first step is taken again, and then the rest.
    let (mut cursor, mut stored) = (None, first.stored);
    loop {
        let step = from.carry(&to, &key, cursor, now).await.unwrap();
        (cursor, stored) = (Some(step.next), stored + step.stored);
        if step.done {
            break;
        }
    }
    assert_eq!(stored, 148);
    let page = to.read(&key, None, 1000, 4 << 20, 0, now).await.unwrap();
    let carried = page.envelopes.into_iter().map(|(_, body)| body.unwrap());
    let expected = (1..).zip(&sent).filter(|(n, _)| *n != 7 && *n != 8);
    assert!(carried.eq(expected.map(|(_, one)| one.clone())));

    let whole = sealed(2_500_000);
    upload(&from, &key, &whole, 99, now).await;
    let mut state = from.carry_blob(&to, &key, &ID, now).await.unwrap();
    assert!(!state.is_whole());
    while !state.is_whole() {
        state = from.carry_blob(&to, &key, &ID, now).await.unwrap();
    }
    let tail = to.blob(&key, &ID, 2_400_000, 1 << 20, now).await.unwrap();
    assert_eq!(tail.bytes, &whole[2_400_000..]);
    // Its author can erase it there as well.
    let erased = to
        .erase_blob(&key, &ID, &EraseToken::from_bytes(token(1)), now)
        .await;
    assert_eq!(erased.unwrap(), EraseOutcome::Erased);
    let back = from.carry_blob(&to, &key, &ID, now).await;
    assert!(
        matches!(back, Err(TransportError::Erased { .. })),
        "{back:?}"
    );
    old.shutdown().await.unwrap();
    new.shutdown().await.unwrap();
}
