//! Requests as bytes on a socket, and what comes back, noted for the comparison with the document.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test may stop at the first surprise"
)]

use std::collections::BTreeSet;

use belay_crypto::{MailboxKey, SignedRequest, sign_request};
use belay_protocol::relay::Problem;
use belay_relay::RunningRelay;
use data_encoding::HEXLOWER;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

use super::openapi::{Document, Witness};

/// A request.
#[derive(Clone)]
pub struct Ask {
    pub method: &'static str,
    pub path: String,
    pub query: String,
    pub headers: String,
    pub body: Vec<u8>,
    /// Bytes that are promised and never sent.
    pub withheld: usize,
}

impl Ask {
    pub fn new(method: &'static str, path: impl Into<String>) -> Self {
        Self {
            method,
            path: path.into(),
            query: String::new(),
            headers: String::new(),
            body: Vec::new(),
            withheld: 0,
        }
    }

    pub fn query(mut self, query: impl Into<String>) -> Self {
        self.query = query.into();
        self
    }

    pub fn header(mut self, name: &str, value: &str) -> Self {
        self.headers.push_str(&format!("{name}: {value}\r\n"));
        self
    }

    pub fn body(mut self, body: impl Into<Vec<u8>>) -> Self {
        self.body = body.into();
        self
    }

    pub fn withhold(mut self, bytes: usize) -> Self {
        self.withheld = bytes;
        self
    }

    /// Signs it for a relay.
    pub fn signed(self, origin: &str, key: &MailboxKey, time_ms: i64) -> Self {
        let request = SignedRequest {
            method: self.method,
            path: &self.path,
            query: &self.query,
            time_ms: u64::try_from(time_ms).unwrap(),
            body: &self.body,
            origin,
        };
        let signature = HEXLOWER.encode(&sign_request(key, &request));
        self.header("belay-time", &time_ms.to_string())
            .header("belay-signature", &signature)
    }

    fn bytes(&self) -> Vec<u8> {
        let mark = if self.query.is_empty() { "" } else { "?" };
        let mut head = format!(
            "{} {}{mark}{} HTTP/1.1\r\nhost: relay\r\n",
            self.method, self.path, self.query
        );
        head.push_str(&self.headers);
        let length = self.body.len() + self.withheld;
        if length > 0 {
            head.push_str(&format!("content-length: {length}\r\n"));
        }
        [format!("{head}\r\n").as_bytes(), &self.body].concat()
    }
}

/// What was seen of relays that all serve one document.
pub struct Wire<'a> {
    pub document: &'a Document,
    pub seen: BTreeSet<Witness>,
    pub wrong: Vec<String>,
}

impl Wire<'_> {
    /// The body of a page.
    pub async fn fetch(&mut self, relay: &RunningRelay, path: &str) -> String {
        let (_, body) = exchange(relay, &Ask::new("GET", path)).await;
        String::from_utf8(body).unwrap()
    }

    /// Asks and notes the answer: its status, and the code of a problem.
    pub async fn ask(&mut self, relay: &RunningRelay, ask: &Ask) -> (u16, String) {
        let (head, body) = exchange(relay, ask).await;
        let status: u16 = head.split(' ').nth(1).unwrap().parse().unwrap();
        let kind = field(&head, "content-type").unwrap_or_default();
        let code = if status < 400 {
            String::new()
        } else {
            let problem: Problem = serde_json::from_slice(&body).unwrap();
            assert_eq!(problem.status, status);
            problem.code
        };
        let template = self.document.template(&ask.path);
        let witness = (ask.method.to_owned(), template, status, code.clone());
        if self.document.promised().contains(&witness)
            && let Err(why) = self.document.check(&witness, kind, &body)
        {
            self.wrong.push(why);
        }
        self.seen.insert(witness);
        (status, code)
    }

    /// Asks and expects this.
    pub async fn expect(&mut self, relay: &RunningRelay, ask: &Ask, status: u16, code: &str) {
        let answer = self.ask(relay, ask).await;
        let asked = format!("{} {}?{}", ask.method, ask.path, ask.query);
        assert_eq!(answer, (status, code.to_owned()), "{asked}");
    }
}

async fn exchange(relay: &RunningRelay, ask: &Ask) -> (String, Vec<u8>) {
    let mut stream = TcpStream::connect(relay.addr()).await.unwrap();
    // A relay that has heard enough may close before all is written.
    let _ = stream.write_all(&ask.bytes()).await;
    let mut answer = Vec::new();
    let mut piece = vec![0; 64 * 1024];
    while !is_whole(&answer) {
        match stream.read(&mut piece).await {
            Ok(n @ 1..) => answer.extend_from_slice(&piece[..n]),
            _ => break,
        }
    }
    let end = answer.windows(4).position(|four| four == b"\r\n\r\n");
    let end = end.unwrap_or_else(|| panic!("{} {}: no answer", ask.method, ask.path));
    let head = String::from_utf8(answer[..end].to_vec()).unwrap();
    (head, answer[end + 4..].to_vec())
}

fn field<'a>(head: &'a str, name: &str) -> Option<&'a str> {
    let mut lines = head.lines().filter_map(|line| line.split_once(": "));
    lines
        .find(|(field, _)| *field == name)
        .map(|(_, value)| value)
}

fn is_whole(answer: &[u8]) -> bool {
    let Some(end) = answer.windows(4).position(|four| four == b"\r\n\r\n") else {
        return false;
    };
    let head = String::from_utf8_lossy(&answer[..end]);
    let body = &answer[end + 4..];
    match field(&head, "content-length") {
        Some(length) => body.len() >= length.parse().unwrap(),
        // A live connection goes on; its first event is enough.
        None if head.contains("text/event-stream") => body.windows(2).any(|two| two == b"\n\n"),
        None => true,
    }
}
