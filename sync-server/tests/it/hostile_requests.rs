//! What a relay does with requests that no client of ours would send.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test may stop at the first surprise"
)]

use crate::common;

use belay_crypto::{MailboxKey, SignedRequest, sign_request};
use belay_protocol::relay::{Code, MailboxPk, Problem, RendezvousId, Slot, limits, path};
use belay_relay::{Clock, RunningRelay};
use common::{HandClock, client, config, envelope, mailbox_key, start};
use data_encoding::HEXLOWER;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

/// Sends bytes and reads until the relay closes or the answer is whole.
async fn speak(relay: &RunningRelay, bytes: &[u8]) -> String {
    let mut stream = TcpStream::connect(relay.addr()).await.unwrap();
    // A relay that has heard enough may close before all is written.
    let _ = stream.write_all(bytes).await;
    let mut answer = Vec::new();
    let mut piece = [0; 4096];
    while let Ok(n @ 1..) = stream.read(&mut piece).await {
        answer.extend_from_slice(&piece[..n]);
        if is_whole(&answer) {
            break;
        }
    }
    String::from_utf8_lossy(&answer).into_owned()
}

fn is_whole(answer: &[u8]) -> bool {
    let text = String::from_utf8_lossy(answer);
    let Some((head, body)) = text.split_once("\r\n\r\n") else {
        return false;
    };
    let length = head
        .lines()
        .find_map(|line| line.strip_prefix("content-length: "))
        .and_then(|length| length.parse::<usize>().ok());
    length.is_some_and(|length| body.len() >= length)
}

/// The problem in an answer; its status must be the code's.
fn problem(answer: &str) -> Code {
    let (head, body) = answer
        .split_once("\r\n\r\n")
        .unwrap_or_else(|| panic!("{answer:?}"));
    assert!(
        head.contains("content-type: application/problem+json"),
        "{answer}"
    );
    let problem: Problem = serde_json::from_str(body).unwrap();
    let status: u16 = head.split(' ').nth(1).unwrap().parse().unwrap();
    assert_eq!((status, problem.status), (problem.code().status(), status));
    problem.code()
}

/// A request with a signature for `signed_path` sent to `path`.
struct Forged<'a> {
    key: &'a MailboxKey,
    method: &'a str,
    signed_path: String,
    path: String,
    body: Vec<u8>,
    signed_body: Vec<u8>,
    time_ms: i64,
    origin: String,
}

impl<'a> Forged<'a> {
    fn honest(relay: &RunningRelay, clock: &HandClock, key: &'a MailboxKey, body: Vec<u8>) -> Self {
        let path = path::envelopes(&MailboxPk::from_bytes(key.public()));
        Self {
            key,
            method: "POST",
            signed_path: path.clone(),
            path,
            signed_body: body.clone(),
            body,
            time_ms: clock.now_ms(),
            origin: relay.origin().to_string(),
        }
    }

    fn bytes(&self) -> Vec<u8> {
        let request = SignedRequest {
            method: self.method,
            path: &self.signed_path,
            query: "",
            time_ms: u64::try_from(self.time_ms).unwrap(),
            body: &self.signed_body,
            origin: &self.origin,
        };
        let signature = HEXLOWER.encode(&sign_request(self.key, &request));
        let head = format!(
            "{} {} HTTP/1.1\r\nhost: relay\r\nbelay-time: {}\r\nbelay-signature: {signature}\r\ncontent-length: {}\r\n\r\n",
            self.method,
            self.path,
            self.time_ms,
            self.body.len(),
        );
        [head.into_bytes(), self.body.clone()].concat()
    }
}

#[tokio::test]
async fn every_refusal_has_its_code() {
    let clock = HandClock::new();
    let relay = start(config(), &clock).await;
    let (key, other) = (mailbox_key(1), mailbox_key(2));
    let now = clock.now_ms();
    let client = client(&relay);
    client.create_mailbox(&key, None, now).await.unwrap();
    let honest = |body| Forged::honest(&relay, &clock, &key, body);
    let good = || envelope(&key, 1, 50);
    let missing = path::envelopes(&MailboxPk::from_bytes(other.public()));
    let cases = [
        (
            Code::BadSignature,
            Forged {
                body: envelope(&key, 2, 50),
                ..honest(good())
            },
        ),
        (
            Code::BadSignature,
            Forged {
                signed_path: "/v1/info".into(),
                ..honest(good())
            },
        ),
        (
            Code::BadSignature,
            Forged {
                path: missing.clone(),
                signed_path: missing,
                ..honest(good())
            },
        ),
        (
            Code::BadSignature,
            Forged {
                origin: "https://relay.example".into(),
                ..honest(good())
            },
        ),
        (
            Code::Stale,
            Forged {
                time_ms: now - 300_001,
                ..honest(good())
            },
        ),
        (
            Code::NoMailbox,
            Forged::honest(&relay, &clock, &other, envelope(&other, 1, 50)),
        ),
        (Code::WrongMailbox, honest(envelope(&other, 1, 50))),
        (Code::Malformed, honest(Vec::new())),
        (Code::Malformed, honest(good()[..100].to_vec())),
        (Code::Malformed, honest([good(), vec![2; 200]].concat())),
        (
            Code::TooLarge,
            honest(vec![1; limits::APPEND_BYTES_MAX + 1]),
        ),
        (Code::TooLarge, honest(good().repeat(65))),
    ];
    for (index, (code, forged)) in cases.iter().enumerate() {
        assert_eq!(
            problem(&speak(&relay, &forged.bytes()).await),
            *code,
            "case {index}"
        );
    }
    let page = client.read(&key, None, 9, 1 << 20, 0, now).await.unwrap();
    assert_eq!(page.head, 0, "nothing of it was stored");
    let answer = speak(&relay, &honest(good()).bytes()).await;
    assert!(answer.starts_with("HTTP/1.1 200"), "{answer}");
    relay.shutdown().await.unwrap();
}

#[tokio::test]
async fn a_request_without_signature_path_or_method_is_told_so() {
    let clock = HandClock::new();
    let relay = start(config(), &clock).await;
    let pk = MailboxPk::from_bytes(mailbox_key(1).public());
    let envelopes = path::envelopes(&pk);
    let (zeros, time) = ("0".repeat(128), clock.now_ms());
    let signed = format!("belay-time: {time}\r\nbelay-signature: {zeros}\r\n");
    let twice = format!("{signed}belay-time: {time}\r\n");
    for (first, headers, code) in [
        (format!("GET {envelopes}"), "", Code::Unsigned),
        (format!("PUT {}", path::mailbox(&pk)), "", Code::Unsigned),
        (
            format!("POST {}", path::erase(&pk)),
            "belay-time: 1\r\n",
            Code::Unsigned,
        ),
        (
            format!("GET {envelopes}"),
            signed.as_str(),
            Code::BadSignature,
        ),
        (format!("GET {envelopes}"), twice.as_str(), Code::Malformed),
        (
            format!("GET {envelopes}"),
            "belay-time: x\r\nbelay-signature: y\r\n",
            Code::Malformed,
        ),
        (
            "GET /v1/mailboxes/ABC/envelopes".into(),
            signed.as_str(),
            Code::Malformed,
        ),
        (format!("DELETE {envelopes}"), "", Code::MethodNotAllowed),
        ("POST /v1/info".into(), "", Code::MethodNotAllowed),
        ("GET /".into(), "", Code::NotFound),
        ("GET /v1/mailboxes".into(), "", Code::NotFound),
        ("GET /v1/rendezvous/xyz/0".into(), "", Code::Malformed),
        (
            format!("GET /v1/rendezvous/{}/4", "0".repeat(32)),
            "",
            Code::Malformed,
        ),
        (
            format!("GET /v1/rendezvous/{}/0?wait=x", "0".repeat(32)),
            "",
            Code::Malformed,
        ),
        (
            format!("PUT /v1/rendezvous/{}/0?life=ever", "0".repeat(32)),
            "",
            Code::Malformed,
        ),
        (
            format!("PUT /v1/rendezvous/{}/0", "0".repeat(32)),
            "",
            Code::Malformed,
        ),
    ] {
        let request =
            format!("{first} HTTP/1.1\r\nhost: relay\r\n{headers}content-length: 0\r\n\r\n");
        assert_eq!(
            problem(&speak(&relay, request.as_bytes()).await),
            code,
            "{first}"
        );
    }
    let health = speak(&relay, b"GET /healthz HTTP/1.1\r\nhost: relay\r\n\r\n").await;
    assert!(health.starts_with("HTTP/1.1 200") && health.ends_with("ok\n"));
    relay.shutdown().await.unwrap();
}

#[tokio::test]
async fn a_half_sent_request_is_given_up_and_stores_nothing() {
    let clock = HandClock::new();
    let relay = start(config(), &clock).await;
    let key = mailbox_key(1);
    let now = clock.now_ms();
    let client = client(&relay);
    client.create_mailbox(&key, None, now).await.unwrap();
    let whole = Forged::honest(&relay, &clock, &key, envelope(&key, 1, 5000)).bytes();
    let half = speak(&relay, &whole[..whole.len() - 100]).await;
    assert_eq!(problem(&half), Code::Timeout);
    // Half a head: the relay hangs up without a word.
    assert_eq!(speak(&relay, &whole[..60]).await, "");
    let page = client.read(&key, None, 9, 1 << 20, 0, now).await.unwrap();
    assert_eq!(page.head, 0);
    relay.shutdown().await.unwrap();
}

#[tokio::test]
async fn bytes_held_for_all_requests_together_are_bounded() {
    let clock = HandClock::new();
    let mut tight = config();
    tight.limits.memory_bytes = 64 * 1024;
    let relay = start(tight, &clock).await;
    let key = mailbox_key(1);
    let client = client(&relay);
    let now = clock.now_ms();
    client.create_mailbox(&key, None, now).await.unwrap();
    let large = Forged::honest(&relay, &clock, &key, envelope(&key, 1, 100_000)).bytes();
    assert_eq!(problem(&speak(&relay, &large).await), Code::Busy);
    let small = Forged::honest(&relay, &clock, &key, envelope(&key, 2, 10_000)).bytes();
    let answer = speak(&relay, &small).await;
    assert!(answer.starts_with("HTTP/1.1 200"), "{answer}");
    relay.shutdown().await.unwrap();
}

#[tokio::test]
async fn long_polls_beyond_the_limit_are_refused() {
    let clock = HandClock::new();
    let mut tight = config();
    tight.limits.polls_per_mailbox = 1;
    let relay = start(tight, &clock).await;
    let client_1 = client(&relay);
    let now = clock.now_ms();
    client_1
        .create_mailbox(&mailbox_key(1), None, now)
        .await
        .unwrap();
    let poll = || {
        let client = client(&relay);
        tokio::spawn(async move {
            let key = mailbox_key(1);
            client.read(&key, None, 9, 1 << 20, 25, now).await
        })
    };
    let (mut first, mut second) = (poll(), poll());
    // One of them is refused at once; the other waits until something comes.
    let (refused, waiting) = tokio::select! {
        refused = &mut first => (refused, second),
        refused = &mut second => (refused, first),
    };
    let error = refused.unwrap().unwrap_err();
    assert!(
        error.is_temporary() && error.to_string().contains("busy"),
        "{error}"
    );
    let key = mailbox_key(1);
    client_1
        .append(&key, &[envelope(&key, 1, 9)], now)
        .await
        .unwrap();
    assert_eq!(waiting.await.unwrap().unwrap().envelopes.len(), 1);
    relay.shutdown().await.unwrap();
}

#[tokio::test]
async fn a_request_sent_behind_a_long_poll_is_answered_after_it() {
    let clock = HandClock::new();
    let relay = start(config(), &clock).await;
    let mut stream = TcpStream::connect(relay.addr()).await.unwrap();
    let id = RendezvousId::from_bytes([3; 16]);
    let slot = Slot::new(0).unwrap();
    let poll = format!(
        "GET {}?wait=25 HTTP/1.1\r\nhost: relay\r\n\r\n",
        path::rendezvous(&id, slot)
    );
    let health = "GET /healthz HTTP/1.1\r\nhost: relay\r\nconnection: close\r\n\r\n";
    // Once in one piece and once, on the same connection, in two.
    stream
        .write_all(format!("{poll}GET /healthz HTTP/1.1\r\nhost: relay\r\n\r\n{poll}").as_bytes())
        .await
        .unwrap();
    let client = client(&relay);
    client.put_slot(id, slot, b"first").await.unwrap();
    let mut heard = String::new();
    while heard.matches("first").count() < 2 {
        let mut piece = [0; 512];
        let length = stream.read(&mut piece).await.unwrap();
        assert!(length > 0, "{heard}");
        heard.push_str(std::str::from_utf8(&piece[..length]).unwrap());
    }
    stream.write_all(health.as_bytes()).await.unwrap();
    stream.read_to_string(&mut heard).await.unwrap();
    let bodies: Vec<_> = heard.split("HTTP/1.1 200 OK").skip(1).collect();
    assert_eq!(bodies.len(), 4, "{heard}");
    for (body, end) in bodies.iter().zip(["first", "ok\n", "first", "ok\n"]) {
        assert!(body.ends_with(end), "{heard}");
    }
    relay.shutdown().await.unwrap();
}

#[tokio::test]
async fn who_hangs_up_leaves_the_place_of_their_long_poll_to_others() {
    let clock = HandClock::new();
    let relay = start(config(), &clock).await;
    let id = RendezvousId::from_bytes([1; 16]);
    let poll = path::rendezvous(&id, Slot::new(0).unwrap());
    let poll = format!("GET {poll}?wait=25 HTTP/1.1\r\nhost: relay\r\n\r\n");
    let mut stream = TcpStream::connect(relay.addr()).await.unwrap();
    stream.write_all(poll.as_bytes()).await.unwrap();
    while relay.long_polls() == 0 {
        tokio::task::yield_now().await;
    }
    drop(stream);
    while relay.long_polls() > 0 {
        tokio::task::yield_now().await;
    }
    relay.shutdown().await.unwrap();
}
