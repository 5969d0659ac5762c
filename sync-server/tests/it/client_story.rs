//! A relay over real sockets, spoken to by the client that people's devices use.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test may stop at the first surprise"
)]

use crate::common;

use std::time::Duration;

use belay_crypto::envelope_id;
use belay_protocol::relay::{
    Code, Cursor, EraseOutcome, EraseToken, Generation, RendezvousId, Slot,
};
use belay_relay::{Clock, OperatorKey, RelayConfig, RelayLimits};
use belay_transport::{RelayClient, RelayOptions, TransportError};
use common::{DAY_MS, HandClock, client, config, envelope, mailbox_key, start, token};

fn refused(error: &TransportError) -> Code {
    match error {
        TransportError::Refused { code, status, .. } => {
            assert_eq!(*status, code.status());
            *code
        }
        other => panic!("{other:?}"),
    }
}

#[tokio::test]
async fn what_is_posted_is_read_in_order_and_a_replay_changes_nothing() {
    let clock = HandClock::new();
    let relay = start(config(), &clock).await;
    let client = client(&relay);
    let key = mailbox_key(1);
    let now = clock.now_ms();
    let made = client.create_mailbox(&key, None, now).await.unwrap();
    assert_eq!(client.create_mailbox(&key, None, now).await.unwrap(), made);
    let sent: Vec<_> = (1..=5).map(|n| envelope(&key, n, 500)).collect();
    let first = client.append(&key, &sent, now).await.unwrap();
    assert_eq!(
        first.iter().map(|outcome| outcome.seq).collect::<Vec<_>>(),
        [1, 2, 3, 4, 5]
    );
    let before = client.read(&key, None, 10, 1 << 20, 0, now).await.unwrap();
    let again = client.append(&key, &sent, now).await.unwrap();
    assert!(again.iter().all(|outcome| outcome.duplicate));
    let after = client.read(&key, None, 10, 1 << 20, 0, now).await.unwrap();
    assert_eq!(before, after);
    let bodies: Vec<_> = after
        .envelopes
        .iter()
        .map(|(_, body)| body.clone().unwrap())
        .collect();
    assert_eq!(bodies, sent);
    // Page by page comes to the same.
    let (mut cursor, mut paged) = (None, Vec::new());
    while paged.len() < 5 {
        let page = client.read(&key, cursor, 2, 1 << 20, 0, now).await.unwrap();
        cursor = Some(page.next(cursor));
        paged.extend(page.envelopes.into_iter().filter_map(|(_, body)| body));
    }
    assert_eq!(paged, sent);
    relay.shutdown().await.unwrap();
}

#[tokio::test]
async fn a_reader_that_waits_gets_it_when_it_comes() {
    let clock = HandClock::new();
    let relay = start(config(), &clock).await;
    let (reader, writer) = (client(&relay), client(&relay));
    let key = mailbox_key(1);
    let now = clock.now_ms();
    let made = writer.create_mailbox(&key, None, now).await.unwrap();
    let cursor = Cursor {
        generation: made.generation,
        seq: 0,
    };
    let reading = tokio::spawn({
        let key = mailbox_key(1);
        async move { reader.read(&key, Some(cursor), 9, 1 << 20, 25, now).await }
    });
    // Whether the reader waits already or not, it must not miss it.
    let sent = vec![envelope(&key, 1, 99)];
    writer.append(&key, &sent, now).await.unwrap();
    let page = tokio::time::timeout(Duration::from_secs(10), reading).await;
    let page = page.unwrap().unwrap().unwrap();
    assert_eq!(page.envelopes, [(1, Some(sent[0].clone()))]);
    relay.shutdown().await.unwrap();
}

#[tokio::test]
async fn a_cursor_of_another_life_is_answered_at_once_from_the_beginning() {
    let clock = HandClock::new();
    let relay = start(config(), &clock).await;
    let client = client(&relay);
    let key = mailbox_key(1);
    let now = clock.now_ms();
    let made = client.create_mailbox(&key, None, now).await.unwrap();
    let strange = Cursor {
        generation: Generation(made.generation.0 ^ 1),
        seq: 77,
    };
    let page = client.read(&key, Some(strange), 9, 1 << 20, 25, now).await;
    let page = page.unwrap();
    assert_eq!(page.generation, made.generation);
    assert_eq!(page.next(Some(strange)).seq, 0);
    relay.shutdown().await.unwrap();
}

#[tokio::test]
async fn an_author_erases_and_a_carrier_cannot_bring_it_back() {
    let clock = HandClock::new();
    let relay = start(config(), &clock).await;
    let client = client(&relay);
    let key = mailbox_key(1);
    let now = clock.now_ms();
    client.create_mailbox(&key, None, now).await.unwrap();
    let sent: Vec<_> = (1..=3).map(|n| envelope(&key, n, 300)).collect();
    client.append(&key, &sent[..2], now).await.unwrap();
    let order = |n: u64, token_of: u64| {
        let id = envelope_id(&sent[n as usize - 1]);
        (id, EraseToken::from_bytes(token(token_of)), 0)
    };
    let orders = [order(1, 1), order(2, 9), order(3, 3)];
    for _again in 0..2 {
        let results = client.erase(&key, &orders, now).await.unwrap();
        let outcomes: Vec<_> = results.iter().map(|result| result.outcome).collect();
        assert_eq!(
            outcomes,
            [
                EraseOutcome::Erased,
                EraseOutcome::WrongToken,
                EraseOutcome::Remembered
            ]
        );
    }
    let back = client.append(&key, &sent, now).await.unwrap_err();
    assert_eq!(
        back,
        TransportError::Erased {
            envelopes: vec![envelope_id(&sent[0]), envelope_id(&sent[2])]
        }
    );
    let page = client.read(&key, None, 9, 1 << 20, 0, now).await.unwrap();
    assert_eq!(page.envelopes, [(1, None), (2, Some(sent[1].clone()))]);
    relay.shutdown().await.unwrap();
}

#[tokio::test]
async fn a_relay_says_what_it_thinks_the_time_is_and_is_asked_again_with_that() {
    let clock = HandClock::new();
    let relay = start(config(), &clock).await;
    let key = mailbox_key(1);
    let limit = 5 * 60_000;
    for (apart, told) in [
        (-limit, 0),
        (limit, 0),
        (-limit - 1, limit + 1),
        (limit + 1, -limit - 1),
    ] {
        let client = client(&relay);
        let now = clock.now_ms() + apart;
        client.create_mailbox(&key, None, now).await.unwrap();
        assert_eq!(client.clock_offset_ms(), told);
        client.create_mailbox(&key, None, now).await.unwrap();
    }
    relay.shutdown().await.unwrap();
}

#[tokio::test]
async fn a_mailbox_lives_while_somebody_reads_and_is_gone_when_nobody_did() {
    let clock = HandClock::new();
    let relay = start(config(), &clock).await;
    let client = client(&relay);
    let (read, idle) = (mailbox_key(1), mailbox_key(2));
    for key in [&read, &idle] {
        client
            .create_mailbox(key, None, clock.now_ms())
            .await
            .unwrap();
    }
    for _month in 0..7 {
        clock.advance(31 * DAY_MS);
        let page = client
            .read(&read, None, 9, 1 << 20, 0, clock.now_ms())
            .await;
        page.unwrap();
    }
    assert!(relay.sweep().await.unwrap() >= 1);
    let now = clock.now_ms();
    let gone = client
        .read(&idle, None, 9, 1 << 20, 0, now)
        .await
        .unwrap_err();
    assert_eq!(refused(&gone), Code::NoMailbox);
    client.read(&read, None, 9, 1 << 20, 0, now).await.unwrap();
    relay.shutdown().await.unwrap();
}

#[tokio::test]
async fn a_full_mailbox_and_a_full_relay_say_so() {
    let clock = HandClock::new();
    let small = RelayConfig {
        limits: RelayLimits {
            mailbox_bytes: 2000,
            mailboxes: 1,
            ..config().limits
        },
        ..config()
    };
    let relay = start(small, &clock).await;
    let client = client(&relay);
    let (key, other) = (mailbox_key(1), mailbox_key(2));
    let now = clock.now_ms();
    let made = client.create_mailbox(&key, None, now).await.unwrap();
    assert_eq!(made.quota_bytes, 2000);
    let full = client.append(&key, &[envelope(&key, 1, 3000)], now).await;
    assert_eq!(refused(&full.unwrap_err()), Code::QuotaExceeded);
    let no_room = client.create_mailbox(&other, None, now).await;
    assert_eq!(refused(&no_room.unwrap_err()), Code::RelayFull);
    relay.shutdown().await.unwrap();
}

#[tokio::test]
async fn where_tokens_are_asked_for_each_makes_one_mailbox() {
    let clock = HandClock::new();
    let operator = OperatorKey::make().unwrap();
    let batch = operator.make_batch(clock.now_ms() + DAY_MS).unwrap();
    let closed = RelayConfig {
        operator_key: Some(operator),
        ..config()
    };
    let relay = start(closed, &clock).await;
    let client = client(&relay);
    let (key, other) = (mailbox_key(1), mailbox_key(2));
    let now = clock.now_ms();
    let create = async |key, token| client.create_mailbox(key, token, now).await;
    let none = create(&key, None).await.unwrap_err();
    assert_eq!(refused(&none), Code::TokenRequired);
    let wrong = create(&key, Some("aaaa")).await.unwrap_err();
    assert_eq!(refused(&wrong), Code::TokenRefused);
    create(&key, Some(&batch[0])).await.unwrap();
    create(&key, None).await.unwrap();
    let spent = create(&other, Some(&batch[0])).await.unwrap_err();
    assert_eq!(refused(&spent), Code::TokenRefused);
    create(&other, Some(&batch[1])).await.unwrap();
    relay.shutdown().await.unwrap();
}

#[tokio::test]
async fn two_people_meet_at_a_rendezvous_and_a_third_comes_too_late() {
    let clock = HandClock::new();
    let relay = start(config(), &clock).await;
    let (shower, scanner) = (client(&relay), client(&relay));
    let meeting = RendezvousId::from_bytes([8; 16]);
    let slot = |number| Slot::new(number).unwrap();
    assert_eq!(shower.get_slot(meeting, slot(0), 0).await.unwrap(), None);
    let waiting = tokio::spawn({
        let shower = shower.clone();
        async move { shower.get_slot(meeting, slot(0), 25).await }
    });
    for _lost_answer in 0..2 {
        scanner.put_slot(meeting, slot(0), b"hello").await.unwrap();
    }
    let got = tokio::time::timeout(Duration::from_secs(10), waiting).await;
    assert_eq!(got.unwrap().unwrap().unwrap().unwrap(), b"hello");
    let third = scanner.put_slot(meeting, slot(0), b"me too").await;
    assert_eq!(refused(&third.unwrap_err()), Code::SlotTaken);
    let large = vec![1; 256 * 1024];
    assert_eq!(
        shower.put_slot(meeting, slot(1), &large).await.unwrap_err(),
        TransportError::TooLarge
    );
    shower.put_slot(meeting, slot(3), &large).await.unwrap();
    assert_eq!(
        scanner.get_slot(meeting, slot(3), 0).await.unwrap(),
        Some(large)
    );
    clock.advance(10 * 60_000);
    assert_eq!(scanner.get_slot(meeting, slot(0), 0).await.unwrap(), None);
    relay.shutdown().await.unwrap();
}

#[tokio::test]
async fn who_asks_a_rendezvous_too_often_has_to_wait() {
    let clock = HandClock::new();
    let relay = start(config(), &clock).await;
    let client = client(&relay);
    let guess = async |n: u16| {
        let mut id = [0; 16];
        id[..2].copy_from_slice(&n.to_le_bytes());
        let slot = Slot::new(0).unwrap();
        client.get_slot(RendezvousId::from_bytes(id), slot, 0).await
    };
    let mut refusals = 0;
    for n in 0..300 {
        if let Err(error) = guess(n).await {
            assert_eq!(refused(&error), Code::RateLimited);
            refusals += 1;
        }
    }
    assert_eq!(refusals, 60);
    clock.advance(60_000);
    assert!(guess(301).await.is_ok());
    relay.shutdown().await.unwrap();
}

/// Leads to a relay, and leaves a client that asks a second time on one connection without an answer, as whatever
/// stands before a relay does with a connection that it closed meanwhile.
async fn one_answer_each(relay: std::net::SocketAddr) -> std::net::SocketAddr {
    use tokio::io::{AsyncReadExt, AsyncWriteExt};
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let addr = listener.local_addr().unwrap();
    tokio::spawn(async move {
        while let Ok((mut client, _)) = listener.accept().await {
            tokio::spawn(async move {
                let mut buffer = vec![0; 64 * 1024];
                let asked = client.read(&mut buffer).await.unwrap_or(0);
                let mut server = tokio::net::TcpStream::connect(relay).await.unwrap();
                server.write_all(&buffer[..asked]).await.unwrap();
                let answered = server.read(&mut buffer).await.unwrap();
                client.write_all(&buffer[..answered]).await.unwrap();
                let _ = client.read(&mut buffer).await;
            });
        }
    });
    addr
}

#[tokio::test]
async fn a_kept_connection_that_ended_meanwhile_costs_no_request() {
    let clock = HandClock::new();
    let relay = start(config(), &clock).await;
    let addr = one_answer_each(relay.addr()).await;
    let origin = format!("http://{addr}").parse().unwrap();
    let client = RelayClient::new(origin, &RelayOptions::default()).unwrap();
    for _ in 0..3 {
        client.info().await.unwrap();
    }
    relay.shutdown().await.unwrap();
}
