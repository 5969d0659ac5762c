//! What a live connection on which nothing happens costs the relay in memory, against a bare HTTP server that holds
//! an answer open. Each server is a process of its own, so that nothing else is counted.

use std::convert::Infallible;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::{SocketAddr, TcpStream};
use std::pin::Pin;
use std::process::{Child, Command, Stdio};
use std::sync::Arc;
use std::task::{Context, Poll};
use std::time::{SystemTime, UNIX_EPOCH};

use belay_crypto::{MailboxKey, SignedRequest, sign_request};
use belay_protocol::relay::{MailboxPk, path};
use belay_relay::{Relay, RelayConfig, RelayLimits, SystemClock};
use data_encoding::HEXLOWER;
use hyper::body::{Body, Bytes, Frame};
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper::{Request, Response};
use hyper_util::rt::TokioIo;

use crate::Outcome;
use crate::resident::resident_bytes;
use crate::row::{Bar, Measured, Row};

/// The word with which this program calls itself.
pub const SERVER: &str = "--idle-server";

const RELAY: &str = "relay";
const BARE: &str = "bare";

/// Those that come first pay for what a server makes once.
const FIRST: usize = 500;
const COUNTED: usize = 5_000;
const MAILBOXES: u8 = 50;
const ROUNDS: usize = 3;

/// Measures the row.
pub fn measure() -> Outcome<Row> {
    let (mut relays, mut bares, mut ratios) = (0.0, 0.0, Vec::new());
    for _ in 0..ROUNDS {
        let (relay, bare) = (bytes_each(RELAY)?, bytes_each(BARE)?);
        relays += relay / ROUNDS as f64;
        bares += bare / ROUNDS as f64;
        ratios.push(relay / bare);
    }
    Ok(Row {
        path: Measured::bytes("an idle live connection at the relay", relays),
        parts: vec![Measured::bytes(
            "an idle connection of bare hyper with an open answer",
            bares,
        )],
        ratios,
        bar: Bar::AtMost(1.5),
    })
}

/// What a server holds more for one more connection.
fn bytes_each(kind: &str) -> Outcome<f64> {
    let mut server = Server::start(kind)?;
    let mut open = Vec::with_capacity(FIRST + COUNTED);
    let mut before = 0;
    for number in 0..FIRST + COUNTED {
        if number == FIRST {
            before = server.resident()?;
        }
        open.push(server.connect(number)?);
    }
    let after = server.resident()?;
    drop(open);
    Ok(after.saturating_sub(before) as f64 / COUNTED as f64)
}

struct Server {
    child: Child,
    said: BufReader<std::process::ChildStdout>,
    addr: SocketAddr,
    kind: String,
}

impl Server {
    fn start(kind: &str) -> Outcome<Self> {
        let mut child = Command::new(std::env::current_exe()?)
            .args([SERVER, kind])
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()?;
        let said = child.stdout.take().ok_or("a server without a voice")?;
        let mut server = Self {
            child,
            said: BufReader::new(said),
            addr: SocketAddr::from(([127, 0, 0, 1], 0)),
            kind: kind.to_owned(),
        };
        server.addr = server.line()?.parse()?;
        if kind == RELAY {
            for number in 0..MAILBOXES {
                let make = server.signed("PUT", number, path::mailbox)?;
                server.ask(&make, b"\r\n\r\n{")?;
            }
        }
        Ok(server)
    }

    fn line(&mut self) -> Outcome<String> {
        let mut line = String::new();
        self.said.read_line(&mut line)?;
        Ok(line.trim().to_owned())
    }

    fn resident(&mut self) -> Outcome<u64> {
        let asked = self.child.stdin.as_mut().ok_or("a server without an ear")?;
        writeln!(asked)?;
        Ok(self.line()?.parse()?)
    }

    /// One more connection on which nothing will happen.
    fn connect(&self, number: usize) -> Outcome<TcpStream> {
        if self.kind == BARE {
            return self.ask("GET / HTTP/1.1\r\nhost: server\r\n\r\n", b"open");
        }
        let mailbox = u8::try_from(number % usize::from(MAILBOXES))?;
        let watch = self.signed("GET", mailbox, path::live)?;
        self.ask(&watch, b"\n\n")
    }

    /// Sends a request and reads until these bytes come.
    fn ask(&self, request: &str, until: &[u8]) -> Outcome<TcpStream> {
        let mut stream = TcpStream::connect(self.addr)?;
        stream.write_all(request.as_bytes())?;
        let mut answer = Vec::new();
        let mut piece = [0; 1024];
        while !answer.windows(until.len()).any(|part| part == until) {
            let length = stream.read(&mut piece)?;
            if length == 0 {
                return Err(String::from_utf8_lossy(&answer).into());
            }
            answer.extend_from_slice(&piece[..length]);
        }
        Ok(stream)
    }

    fn signed(
        &self,
        method: &str,
        mailbox: u8,
        path: impl Fn(&MailboxPk) -> String,
    ) -> Outcome<String> {
        let key = MailboxKey::from_seed(&[mailbox; 32]);
        let path = path(&MailboxPk::from_bytes(key.public()));
        let now = SystemTime::now().duration_since(UNIX_EPOCH)?.as_millis();
        let request = SignedRequest {
            method,
            path: &path,
            query: "",
            time_ms: u64::try_from(now)?,
            body: &[],
            origin: &format!("http://{}", self.addr),
        };
        let signature = HEXLOWER.encode(&sign_request(&key, &request));
        Ok(format!(
            "{method} {path} HTTP/1.1\r\nhost: relay\r\nbelay-time: {now}\r\nbelay-signature: {signature}\r\n\r\n"
        ))
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        // It ends when nobody can ask it any more.
        drop(self.child.stdin.take());
        let _ = self.child.wait();
    }
}

/// What the process called with [`SERVER`] does: serves, and says for each line it hears how much it holds.
pub fn serve(kind: &str) -> Outcome<()> {
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .worker_threads(2)
        .enable_all()
        .build()?;
    let mut out = std::io::stdout().lock();
    let relay = if kind == RELAY {
        let config = RelayConfig {
            limits: RelayLimits {
                connections: FIRST + COUNTED + 100,
                polls: FIRST + COUNTED,
                ..RelayLimits::default()
            },
            ..RelayConfig::default()
        };
        let relay = runtime.block_on(Relay::start(config, Arc::new(SystemClock)))?;
        writeln!(out, "{}", relay.addr())?;
        Some(relay)
    } else {
        let socket = runtime.block_on(tokio::net::TcpListener::bind("127.0.0.1:0"))?;
        writeln!(out, "{}", socket.local_addr()?)?;
        runtime.spawn(async move {
            while let Ok((stream, _)) = socket.accept().await {
                let service = service_fn(async |_: Request<hyper::body::Incoming>| {
                    Ok::<_, Infallible>(Response::new(OpenBody { is_said: false }))
                });
                let connection =
                    http1::Builder::new().serve_connection(TokioIo::new(stream), service);
                tokio::spawn(connection);
            }
        });
        None
    };
    out.flush()?;
    for line in std::io::stdin().lock().lines() {
        line?;
        writeln!(out, "{}", resident_bytes()?)?;
        out.flush()?;
    }
    drop(relay);
    runtime.shutdown_background();
    Ok(())
}

/// A body that says one word and does not end.
struct OpenBody {
    is_said: bool,
}

impl Body for OpenBody {
    type Data = Bytes;
    type Error = Infallible;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        _: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, Infallible>>> {
        if self.is_said {
            return Poll::Pending;
        }
        self.is_said = true;
        Poll::Ready(Some(Ok(Frame::data(Bytes::from_static(b"open")))))
    }
}
