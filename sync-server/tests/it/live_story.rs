//! Live connections over real sockets: several mailboxes watched over one.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test may stop at the first surprise"
)]

use crate::common;

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::task::Poll;
use std::time::Duration;

use belay_crypto::{MailboxKey, SignedRequest, sign_request};
use belay_protocol::relay::{
    Code, Cursor, LiveEvent, LiveReader, MailboxPk, Problem, RelayOrigin, path,
};
use belay_relay::{Clock, RelayConfig, RelayLimits, RunningRelay};
use belay_transport::{Ears, Live, Mark, RelayClient, RelayOptions, TransportError};
use common::{HandClock, client, envelope, mailbox_key, start};
use data_encoding::HEXLOWER;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};

const HOUR_MS: i64 = 3_600_000;

fn pk(key: &MailboxKey) -> MailboxPk {
    MailboxPk::from_bytes(key.public())
}

/// The next event that says something.
async fn heard(live: &mut Live) -> (MailboxPk, Option<u64>) {
    loop {
        match live.next().await.unwrap().unwrap() {
            LiveEvent::Head { mailbox, head } => return (mailbox, Some(head.seq)),
            LiveEvent::Gone { mailbox } => return (mailbox, None),
            LiveEvent::Quiet => {}
        }
    }
}

async fn post(client: &RelayClient, key: &MailboxKey, number: u64, now: i64) {
    let sent = [envelope(key, number, 300)];
    client.append(key, &sent, now).await.unwrap();
}

#[tokio::test]
async fn one_socket_tells_of_several_mailboxes_from_where_they_are_on() {
    let clock = HandClock::new();
    let relay = start(RelayConfig::default(), &clock).await;
    let (client, now) = (client(&relay), clock.now_ms());
    let [one, two, missing] = [1, 2, 3].map(mailbox_key);
    for key in [&one, &two] {
        client.create_mailbox(key, None, now).await.unwrap();
    }
    post(&client, &one, 1, now).await;
    let mut live = client.live(&[&one, &two, &missing], now).await.unwrap();
    let mut first = [
        heard(&mut live).await,
        heard(&mut live).await,
        heard(&mut live).await,
    ];
    first.sort_unstable();
    let mut expected = [
        (pk(&one), Some(1)),
        (pk(&two), Some(0)),
        (pk(&missing), None),
    ];
    expected.sort_unstable();
    assert_eq!(first, expected);
    assert_eq!(relay.long_polls(), 1, "one place for all of them");
    for number in 2..30 {
        let key = if number % 3 == 0 { &one } else { &two };
        post(&client, key, number, now).await;
        let (mailbox, head) = heard(&mut live).await;
        let page = client.read(key, None, 99, 1 << 20, 0, now).await.unwrap();
        assert_eq!((mailbox, head), (pk(key), Some(page.head)));
    }
    // Nothing new, nothing said: the next event is the one after.
    post(&client, &one, 1, now).await;
    post(&client, &two, 99, now).await;
    assert_eq!(heard(&mut live).await.0, pk(&two));
    drop(live);
    while relay.long_polls() > 0 {
        tokio::task::yield_now().await;
    }
    relay.shutdown().await.unwrap();
}

#[tokio::test]
async fn a_relay_that_ends_ends_live_connections_in_good_order() {
    let clock = HandClock::new();
    let relay = start(RelayConfig::default(), &clock).await;
    let (client, key, now) = (client(&relay), mailbox_key(1), clock.now_ms());
    client.create_mailbox(&key, None, now).await.unwrap();
    let mut live = client.live(&[&key], now).await.unwrap();
    assert_eq!(heard(&mut live).await, (pk(&key), Some(0)));
    relay.shutdown().await.unwrap();
    assert_eq!(live.next().await, Ok(None));
    let again = client.live(&[&key], now).await;
    assert_eq!(again.unwrap_err(), TransportError::Unreachable);
}

#[tokio::test]
async fn a_clock_that_is_wrong_is_put_right_and_a_watched_mailbox_lives_on() {
    let clock = HandClock::new();
    let relay = start(RelayConfig::default(), &clock).await;
    let (client, key, now) = (client(&relay), mailbox_key(1), clock.now_ms());
    client.create_mailbox(&key, None, now).await.unwrap();
    clock.advance(100 * common::DAY_MS);
    let mut live = client.live(&[&key], now + HOUR_MS).await.unwrap();
    assert_eq!(client.clock_offset_ms(), 100 * common::DAY_MS - HOUR_MS);
    assert_eq!(heard(&mut live).await, (pk(&key), Some(0)));
    let about = client.create_mailbox(&key, None, now).await.unwrap();
    assert_eq!(about.expires_at_ms, clock.now_ms() + 180 * common::DAY_MS);
    relay.shutdown().await.unwrap();
}

#[tokio::test]
async fn silence_is_broken_now_and_then_and_in_the_end_the_connection_ends() {
    let clock = HandClock::new();
    let brisk = |live| RelayConfig {
        limits: RelayLimits {
            quiet: Duration::from_millis(5),
            live,
            ..RelayLimits::default()
        },
        ..RelayConfig::default()
    };
    for lasts in [Duration::from_secs(3600), Duration::from_millis(50)] {
        let relay = start(brisk(lasts), &clock).await;
        let (client, key, now) = (client(&relay), mailbox_key(1), clock.now_ms());
        client.create_mailbox(&key, None, now).await.unwrap();
        let mut live = client.live(&[&key], now).await.unwrap();
        assert_eq!(heard(&mut live).await, (pk(&key), Some(0)));
        if lasts > Duration::from_secs(1) {
            for _ in 0..5 {
                assert_eq!(live.next().await, Ok(Some(LiveEvent::Quiet)));
            }
        } else {
            while let Some(event) = live.next().await.unwrap() {
                assert_eq!(event, LiveEvent::Quiet);
            }
            while relay.long_polls() > 0 {
                tokio::task::yield_now().await;
            }
        }
        drop(live);
        relay.shutdown().await.unwrap();
    }
}

/// A signed request to watch one mailbox, as bytes.
fn watch_request(
    relay: &RunningRelay,
    key: &MailboxKey,
    now: i64,
    (method, more): (&str, &str),
) -> Vec<u8> {
    let path = path::live(&pk(key));
    let request = SignedRequest {
        method,
        path: &path,
        query: "",
        time_ms: u64::try_from(now).unwrap(),
        body: &[],
        origin: &relay.origin().to_string(),
    };
    let signature = HEXLOWER.encode(&sign_request(key, &request));
    let head = "HTTP/1.1\r\nhost: relay\r\n";
    format!("{method} {path} {head}belay-time: {now}\r\nbelay-signature: {signature}\r\n{more}\r\n")
        .into()
}

#[tokio::test]
async fn through_a_proxy_that_names_its_connection_the_events_are_the_same() {
    let clock = HandClock::new();
    let relay = start(RelayConfig::default(), &clock).await;
    let (client, key, now) = (client(&relay), mailbox_key(1), clock.now_ms());
    client.create_mailbox(&key, None, now).await.unwrap();
    for more in ["", "connection: close\r\n"] {
        let mut stream = TcpStream::connect(relay.addr()).await.unwrap();
        stream
            .write_all(&watch_request(&relay, &key, now, ("GET", more)))
            .await
            .unwrap();
        let mut text = String::new();
        let mut number = u64::from(!more.is_empty()) * 10;
        while text.matches("event: head").count() < 3 {
            let mut piece = [0; 999];
            let length = stream.read(&mut piece).await.unwrap();
            assert!(length > 0, "{text}");
            text.push_str(std::str::from_utf8(&piece[..length]).unwrap());
            // One event for each, however many came in between: only the number counts.
            if text.ends_with("\n\n\r\n") {
                number += 1;
                post(&client, &key, number, now).await;
            }
        }
        let (head, body) = text.split_once("\r\n\r\n").unwrap();
        assert!(head.starts_with("HTTP/1.1 200 OK\r\n"), "{head}");
        assert!(head.contains("content-type: text/event-stream"), "{head}");
        assert!(head.contains("transfer-encoding: chunked"), "{head}");
        let mut reader = LiveReader::new();
        let mut events = Vec::new();
        for chunk in body.split("\r\n").skip(1).step_by(2) {
            events.extend(reader.take(chunk.as_bytes()).unwrap());
        }
        assert_eq!(events.len(), 3);
        assert!(
            events.iter().all(
                |event| matches!(event, LiveEvent::Head { mailbox, .. } if *mailbox == pk(&key))
            )
        );
    }
    relay.shutdown().await.unwrap();
}

#[tokio::test]
async fn who_asks_for_the_head_of_an_answer_that_waits_gets_no_body_in_the_way_of_the_next() {
    let clock = HandClock::new();
    let relay = start(RelayConfig::default(), &clock).await;
    let (client, key, now) = (client(&relay), mailbox_key(1), clock.now_ms());
    client.create_mailbox(&key, None, now).await.unwrap();
    let mut stream = TcpStream::connect(relay.addr()).await.unwrap();
    let head = watch_request(&relay, &key, now, ("HEAD", ""));
    let health = b"GET /healthz HTTP/1.1\r\nhost: relay\r\nconnection: close\r\n\r\n";
    stream
        .write_all(&[&head[..], health].concat())
        .await
        .unwrap();
    let mut text = String::new();
    stream.read_to_string(&mut text).await.unwrap();
    let answers: Vec<_> = text.split("HTTP/1.1 200 OK\r\n").skip(1).collect();
    assert_eq!(answers.len(), 2, "{text}");
    assert!(
        answers[0].ends_with("\r\n\r\n") && answers[1].ends_with("ok\n"),
        "{text}"
    );
    relay.shutdown().await.unwrap();
}

#[tokio::test]
async fn nobody_watches_what_is_not_theirs_and_not_too_many_watch() {
    let clock = HandClock::new();
    let tight = RelayConfig {
        limits: RelayLimits {
            polls: 1,
            ..RelayLimits::default()
        },
        ..RelayConfig::default()
    };
    let relay = start(tight, &clock).await;
    let (client, key, now) = (client(&relay), mailbox_key(1), clock.now_ms());
    client.create_mailbox(&key, None, now).await.unwrap();
    let answer = async |request: Vec<u8>| {
        let mut stream = TcpStream::connect(relay.addr()).await.unwrap();
        stream.write_all(&request).await.unwrap();
        let mut text = String::new();
        stream.read_to_string(&mut text).await.unwrap();
        let (_, body) = text.split_once("\r\n\r\n").unwrap();
        serde_json::from_str::<Problem>(body).unwrap().code()
    };
    let closing = "connection: close\r\n";
    let honest = String::from_utf8(watch_request(&relay, &key, now, ("GET", closing))).unwrap();
    let other = pk(&mailbox_key(2)).to_string();
    let foreign = honest.replace(&pk(&key).to_string(), &other);
    assert_eq!(answer(foreign.into()).await, Code::BadSignature);
    let missing = watch_request(&relay, &mailbox_key(2), now, ("GET", closing));
    assert_eq!(answer(missing).await, Code::NoMailbox);
    let claim = |pk: &str| {
        let signature = honest.split("belay-signature: ").nth(1).unwrap();
        format!(
            r#"{{"mailbox":"{pk}","signature":"{}"}}"#,
            &signature[..128]
        )
    };
    let order = |time: i64, claims: &str| {
        let body = format!(r#"{{"time_ms":{time},"watch":[{claims}]}}"#);
        let head = format!("POST /v1/live HTTP/1.1\r\nhost: relay\r\n{closing}");
        format!("{head}content-length: {}\r\n\r\n{body}", body.len()).into_bytes()
    };
    let own = claim(&pk(&key).to_string());
    assert_eq!(answer(order(now, &claim(&other))).await, Code::BadSignature);
    assert_eq!(answer(order(now + 1, &own)).await, Code::BadSignature);
    assert_eq!(answer(order(now - HOUR_MS, &own)).await, Code::Stale);
    assert_eq!(answer(order(now, "")).await, Code::Malformed);
    assert_eq!(
        answer(order(now, &format!("{own},{own}"))).await,
        Code::Malformed
    );
    let crowd = vec![own.as_str(); 65].join(",");
    assert_eq!(answer(order(now, &crowd)).await, Code::TooLarge);
    let mut live = client.live(&[&key], now).await.unwrap();
    assert_eq!(heard(&mut live).await, (pk(&key), Some(0)));
    assert_eq!(answer(order(now, &own)).await, Code::Busy);
    relay.shutdown().await.unwrap();
}

/// Listens from where the mailboxes stand until something is new.
async fn hear(ears: &mut Ears, marks: &[Mark<'_>], now: i64) -> Vec<usize> {
    loop {
        let news = ears.hear(marks, now).await.unwrap();
        if !news.is_empty() {
            return news;
        }
    }
}

/// Somebody is told of news, wherever they are, and goes on from there.
async fn listen_to_two(relay: &RunningRelay, client: &RelayClient, now: i64) -> Ears {
    let (one, two) = (mailbox_key(1), mailbox_key(2));
    for key in [&one, &two] {
        client.create_mailbox(key, None, now).await.unwrap();
    }
    post(client, &one, 1, now).await;
    let mut ears = Ears::new(client.clone());
    let mut after: [Option<Cursor>; 2] = [None, None];
    let keys = [&one, &two];
    for number in 2..8 {
        let marks = [0, 1].map(|at| Mark {
            key: keys[at],
            after: after[at],
        });
        let news = if after.iter().all(Option::is_some) {
            // Both are read to their ends, so nothing is heard until somebody posts.
            let to = number as usize % 2;
            let (news, ()) = tokio::join!(hear(&mut ears, &marks, now), async {
                while relay.long_polls() == 0 {
                    tokio::task::yield_now().await;
                }
                post(client, keys[to], number, now).await;
            });
            assert_eq!(news, [to]);
            news
        } else {
            hear(&mut ears, &marks, now).await
        };
        for at in news {
            let page = client.read(keys[at], after[at], 99, 1 << 20, 0, now).await;
            after[at] = Some(page.unwrap().next(after[at]));
        }
        if after[1].is_none() {
            post(client, &two, number, now).await;
        }
    }
    ears
}

#[tokio::test]
async fn ears_hear_over_one_socket_and_keep_it() {
    let clock = HandClock::new();
    let relay = start(RelayConfig::default(), &clock).await;
    let ears = listen_to_two(&relay, &client(&relay), clock.now_ms()).await;
    assert!(!ears.polls());
    assert_eq!(relay.long_polls(), 1);
    relay.shutdown().await.unwrap();
}

#[tokio::test]
async fn ears_tell_the_same_news_once_however_slowly_somebody_reads() {
    let clock = HandClock::new();
    let relay = start(RelayConfig::default(), &clock).await;
    let (client, key, now) = (client(&relay), mailbox_key(1), clock.now_ms());
    client.create_mailbox(&key, None, now).await.unwrap();
    post(&client, &key, 1, now).await;
    let mut ears = Ears::new(client.clone());
    let marks = [Mark {
        key: &key,
        after: None,
    }];
    assert_eq!(hear(&mut ears, &marks, now).await, [0]);
    let mut again = Box::pin(hear(&mut ears, &marks, now));
    for _ in 0..50 {
        let is_ready = std::future::poll_fn(|cx| Poll::Ready(again.as_mut().poll(cx).is_ready()));
        assert!(!is_ready.await, "told already");
        tokio::task::yield_now().await;
    }
    post(&client, &key, 2, now).await;
    assert_eq!(again.await, [0]);
    relay.shutdown().await.unwrap();
}

#[tokio::test]
async fn at_a_relay_without_live_connections_ears_fall_back_to_long_polls() {
    let clock = HandClock::new();
    let front = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let origin: RelayOrigin = format!("http://{}", front.local_addr().unwrap())
        .parse()
        .unwrap();
    let behind = RelayConfig {
        public_origin: Some(origin.clone()),
        ..RelayConfig::default()
    };
    let relay = start(behind, &clock).await;
    let refusals = Arc::new(AtomicUsize::new(0));
    tokio::spawn(stand_before(front, relay.addr(), Arc::clone(&refusals)));
    let client = RelayClient::new(origin, &RelayOptions::default()).unwrap();
    let ears = listen_to_two(&relay, &client, clock.now_ms()).await;
    assert!(ears.polls());
    assert_eq!(
        refusals.load(Ordering::SeqCst),
        1,
        "asked once and not again"
    );
    relay.shutdown().await.unwrap();
}

/// An older relay: knows no live connections, else passes everything on.
async fn stand_before(front: TcpListener, relay: std::net::SocketAddr, refusals: Arc<AtomicUsize>) {
    loop {
        let (mut client, _) = front.accept().await.unwrap();
        let refusals = Arc::clone(&refusals);
        tokio::spawn(async move {
            let mut behind = TcpStream::connect(relay).await.unwrap();
            let (mut from_client, mut to_client) = client.split();
            let (mut from_relay, mut to_relay) = behind.split();
            let asked = async {
                let mut piece = vec![0; 64 * 1024];
                loop {
                    let length = from_client.read(&mut piece).await.unwrap_or(0);
                    if length == 0 {
                        return;
                    }
                    // The path that stands here, an older relay does not know.
                    if piece.starts_with(b"POST /v1/live ") {
                        refusals.fetch_add(1, Ordering::SeqCst);
                        piece[..14].copy_from_slice(b"POST /v1/lost ");
                    }
                    if to_relay.write_all(&piece[..length]).await.is_err() {
                        return;
                    }
                }
            };
            tokio::select! {
                () = asked => {}
                _ = tokio::io::copy(&mut from_relay, &mut to_client) => {}
            }
        });
    }
}
