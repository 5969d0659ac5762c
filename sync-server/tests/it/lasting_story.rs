//! A relay that ends, comes back, is copied, is not there, or speaks TLS.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test may stop at the first surprise"
)]

use crate::common;

use std::time::Duration;

use belay_crypto::envelope_id;
use belay_protocol::relay::{EraseToken, LiveEvent, RendezvousId, Slot};
use belay_relay::{Clock, EngineChoice, RelayConfig};
use belay_transport::{RelayClient, RelayOptions, TransportError};
use common::{HandClock, client, config, envelope, mailbox_key, start, token};

#[tokio::test]
async fn a_relay_that_ends_ends_its_long_polls_and_a_new_one_knows_everything() {
    let clock = HandClock::new();
    let folder = tempfile::tempdir().unwrap();
    let lasting = || RelayConfig {
        engine: EngineChoice::Sqlite(folder.path().to_owned()),
        ..config()
    };
    let relay = start(lasting(), &clock).await;
    let key = mailbox_key(1);
    let now = clock.now_ms();
    let client_1 = client(&relay);
    client_1.create_mailbox(&key, None, now).await.unwrap();
    let sent: Vec<_> = (1..=9).map(|n| envelope(&key, n, 700)).collect();
    client_1.append(&key, &sent, now).await.unwrap();
    let withdrawn = (envelope_id(&sent[3]), EraseToken::from_bytes(token(4)), 0);
    client_1.erase(&key, &[withdrawn], now).await.unwrap();
    let meeting = (RendezvousId::from_bytes([1; 16]), Slot::new(2).unwrap());
    client_1
        .put_slot(meeting.0, meeting.1, b"kept")
        .await
        .unwrap();
    let before = client_1
        .read(&key, None, 99, 1 << 20, 0, now)
        .await
        .unwrap();
    let cursor = before.next(None);
    let polling = tokio::spawn(async move {
        let key = mailbox_key(1);
        client_1.read(&key, Some(cursor), 9, 1 << 20, 25, now).await
    });
    while relay.long_polls() == 0 {
        tokio::task::yield_now().await;
    }
    let ended = tokio::time::timeout(Duration::from_secs(10), relay.shutdown()).await;
    ended.unwrap().unwrap();
    let page = polling.await.unwrap().unwrap();
    assert_eq!(page.envelopes, [], "an empty page, not a broken connection");
    let relay = start(lasting(), &clock).await;
    let client_2 = client(&relay);
    let after = client_2
        .read(&key, None, 99, 1 << 20, 0, now)
        .await
        .unwrap();
    assert_eq!(before, after);
    let again = client_2.append(&key, &sent[..3], now).await.unwrap();
    assert!(again.iter().all(|outcome| outcome.duplicate));
    let back = client_2.append(&key, &sent[3..4], now).await;
    assert!(matches!(back, Err(TransportError::Erased { .. })));
    let kept = client_2.get_slot(meeting.0, meeting.1, 0).await.unwrap();
    assert_eq!(kept.unwrap(), b"kept");
    relay.shutdown().await.unwrap();
}

#[tokio::test]
async fn what_was_acknowledged_is_on_disk_before_the_relay_ends() {
    let clock = HandClock::new();
    let folder = tempfile::tempdir().unwrap();
    let lasting = |folder: &std::path::Path| RelayConfig {
        engine: EngineChoice::Sqlite(folder.to_owned()),
        ..config()
    };
    let relay = start(lasting(folder.path()), &clock).await;
    let key = mailbox_key(1);
    let now = clock.now_ms();
    let client_1 = client(&relay);
    client_1.create_mailbox(&key, None, now).await.unwrap();
    let sent: Vec<_> = (1..=64).map(|n| envelope(&key, n, 700)).collect();
    client_1.append(&key, &sent, now).await.unwrap();
    // The files as a power cut would leave them, while the relay is still running.
    let copy = tempfile::tempdir().unwrap();
    for name in ["relay.sqlite", "relay.sqlite-wal"] {
        std::fs::copy(folder.path().join(name), copy.path().join(name)).unwrap();
    }
    let second = start(lasting(copy.path()), &clock).await;
    let page = client(&second).read(&key, None, 99, 1 << 20, 0, now).await;
    assert_eq!(page.unwrap().envelopes.len(), 64);
    second.shutdown().await.unwrap();
    relay.shutdown().await.unwrap();
}

#[tokio::test]
async fn a_relay_that_is_not_there_is_unreachable() {
    let clock = HandClock::new();
    let relay = start(config(), &clock).await;
    let client = client(&relay);
    relay.shutdown().await.unwrap();
    assert_eq!(
        client.info().await.unwrap_err(),
        TransportError::Unreachable
    );
}

#[tokio::test]
async fn tls_with_a_given_certificate_serves_who_trusts_it_and_nobody_else() {
    let clock = HandClock::new();
    let folder = tempfile::tempdir().unwrap();
    let made =
        rcgen::generate_simple_self_signed(vec!["localhost".to_owned(), "127.0.0.1".to_owned()])
            .unwrap();
    let files = belay_relay::TlsFiles {
        certificate: folder.path().join("certificate.pem"),
        key: folder.path().join("key.pem"),
    };
    std::fs::write(&files.certificate, made.cert.pem()).unwrap();
    std::fs::write(&files.key, made.signing_key.serialize_pem()).unwrap();
    let secure = RelayConfig {
        tls: Some(files),
        ..config()
    };
    let relay = start(secure, &clock).await;
    assert!(relay.origin().to_string().starts_with("https://127.0.0.1:"));
    let pinned = RelayOptions {
        pinned_roots: Some(vec![made.cert.der().to_vec()]),
        ..RelayOptions::default()
    };
    let trusting = RelayClient::new(relay.origin().clone(), &pinned).unwrap();
    let key = mailbox_key(1);
    let now = clock.now_ms();
    trusting.create_mailbox(&key, None, now).await.unwrap();
    let sent = vec![envelope(&key, 1, 100_000)];
    trusting.append(&key, &sent, now).await.unwrap();
    let page = trusting.read(&key, None, 9, 1 << 20, 0, now).await.unwrap();
    assert_eq!(page.envelopes[0].1.as_ref(), Some(&sent[0]));
    // A poll that waits over TLS is woken too.
    let waiting = tokio::spawn({
        let (trusting, cursor) = (trusting.clone(), page.next(None));
        async move {
            let key = mailbox_key(1);
            trusting.read(&key, Some(cursor), 9, 1 << 20, 25, now).await
        }
    });
    let more = vec![envelope(&key, 2, 9)];
    trusting.append(&key, &more, now).await.unwrap();
    let woken = tokio::time::timeout(Duration::from_secs(10), waiting).await;
    let woken = woken.unwrap().unwrap().unwrap();
    assert_eq!(woken.envelopes, [(2, Some(more[0].clone()))]);
    // So is a live connection, which writes to the socket itself.
    let mut live = trusting.live(&[&key], now).await.unwrap();
    let heard = async |live: &mut belay_transport::Live| match live.next().await {
        Ok(Some(LiveEvent::Head { head, .. })) => head.seq,
        other => panic!("{other:?}"),
    };
    assert_eq!(heard(&mut live).await, 2);
    let more = vec![envelope(&key, 3, 9)];
    trusting.append(&key, &more, now).await.unwrap();
    assert_eq!(heard(&mut live).await, 3);
    drop(live);
    let strict = RelayClient::new(relay.origin().clone(), &RelayOptions::default()).unwrap();
    assert_eq!(strict.info().await.unwrap_err(), TransportError::Tls);
    relay.shutdown().await.unwrap();
}
