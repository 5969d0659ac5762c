//! A relay that lies: it stands before an honest one, speaks real HTTP, and changes what goes through it as
//! a test wants.

use std::net::SocketAddr;
use std::sync::atomic::{AtomicU64, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

use belay_crypto::envelope_id;
use belay_protocol::relay::{EnvelopeRef, Generation, PageWriter, ReadPage};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};

/// What it does with what goes through.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Lie {
    /// Nothing.
    None,
    /// Every page is the first one it ever gave.
    ReplayOldPages,
    /// Envelopes change their places within a page.
    Reorder,
    /// It knows of nothing new.
    WithholdTheTail,
    /// It says each time that it began anew.
    NewGenerationEachTime,
    /// Each number holds the first envelope of the page.
    Duplicate,
    /// Pages hold another text than was sent, in right order and of right size.
    AnotherText,
    /// Pages have nothing but erased places.
    EverythingErased,
    /// It says that it took what it throws away.
    TakeAndDrop,
    /// It makes every mailbox it is asked for and knows none of them.
    ForgetsMailboxes,
    /// It announces a gigabyte.
    Giant,
    /// An answer that never ends.
    Endless,
    /// Bytes without sense.
    Garbage,
    /// It closes in the middle of the answer.
    Half,
    /// A page for people.
    WebPage,
    /// It sends elsewhere.
    Redirect,
}

impl Lie {
    /// All of them.
    pub const ALL: [Self; 15] = [
        Self::ReplayOldPages,
        Self::Reorder,
        Self::WithholdTheTail,
        Self::NewGenerationEachTime,
        Self::Duplicate,
        Self::AnotherText,
        Self::EverythingErased,
        Self::TakeAndDrop,
        Self::ForgetsMailboxes,
        Self::Giant,
        Self::Endless,
        Self::Garbage,
        Self::Half,
        Self::WebPage,
        Self::Redirect,
    ];
}

/// The liar. Dropping it leaves nothing behind but an unreachable address.
#[derive(Debug)]
pub struct LyingRelay {
    addr: SocketAddr,
    shared: Arc<Shared>,
    listener: Option<TcpListener>,
    task: Option<tokio::task::JoinHandle<()>>,
}

#[derive(Debug)]
struct Shared {
    lie: Mutex<Lie>,
    requests: AtomicUsize,
    /// The last number of the mailbox that was read last.
    head: AtomicU64,
    /// The first page with anything on it.
    first_page: Mutex<Option<Vec<u8>>>,
}

impl LyingRelay {
    /// Takes a free loopback port; leads nowhere until [`Self::lead_to`].
    ///
    /// # Panics
    /// When there is no free port.
    pub async fn new() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
        Self {
            addr: listener.local_addr().expect("an address"),
            shared: Arc::new(Shared {
                lie: Mutex::new(Lie::None),
                requests: AtomicUsize::new(0),
                head: AtomicU64::new(0),
                first_page: Mutex::new(None),
            }),
            listener: Some(listener),
            task: None,
        }
    }

    /// The address people use.
    #[must_use]
    pub fn origin(&self) -> String {
        format!("http://{}", self.addr)
    }

    /// Stands before this relay from now on.
    ///
    /// # Panics
    /// When called twice.
    pub fn lead_to(&mut self, relay: SocketAddr) {
        let listener = self.listener.take().expect("it stands before one relay");
        let shared = Arc::clone(&self.shared);
        self.task = Some(tokio::spawn(async move {
            while let Ok((client, _)) = listener.accept().await {
                let shared = Arc::clone(&shared);
                // Whoever goes away in the middle is no trouble of this end.
                tokio::spawn(async move { drop(answer(client, relay, &shared).await) });
            }
        }));
    }

    /// Lies so from now on.
    pub fn tell(&self, lie: Lie) {
        *lock(&self.shared.lie) = lie;
    }

    /// How many requests came so far.
    #[must_use]
    pub fn requests(&self) -> usize {
        self.shared.requests.load(Ordering::SeqCst)
    }
}

impl Drop for LyingRelay {
    fn drop(&mut self) {
        if let Some(task) = &self.task {
            task.abort();
        }
    }
}

fn lock<T>(mutex: &Mutex<T>) -> std::sync::MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

/// A request or an answer: its head up to the empty line, and what follows.
struct Message {
    head: String,
    body: Vec<u8>,
}

impl Message {
    async fn read(stream: &mut TcpStream) -> std::io::Result<Self> {
        let mut bytes = Vec::new();
        let mut buffer = vec![0; 64 * 1024];
        loop {
            let end = bytes.windows(4).position(|part| part == b"\r\n\r\n");
            if let Some(end) = end {
                let head = String::from_utf8_lossy(&bytes[..end]).into_owned();
                let body = bytes.split_off(end + 4);
                let length = header(&head, "content-length").and_then(|text| text.parse().ok());
                let mut message = Self { head, body };
                while message.body.len() < length.unwrap_or(0) {
                    let read = stream.read(&mut buffer).await?;
                    if read == 0 {
                        break;
                    }
                    message.body.extend_from_slice(&buffer[..read]);
                }
                return Ok(message);
            }
            let read = stream.read(&mut buffer).await?;
            if read == 0 {
                return Err(std::io::ErrorKind::UnexpectedEof.into());
            }
            bytes.extend_from_slice(&buffer[..read]);
        }
    }

    fn is(&self, method: &str) -> bool {
        let line = self.head.lines().next().unwrap_or_default();
        line.starts_with(method) && line.contains("/envelopes")
    }
}

fn header(head: &str, name: &str) -> Option<String> {
    head.lines().skip(1).find_map(|line| {
        let (key, value) = line.split_once(':')?;
        key.eq_ignore_ascii_case(name)
            .then(|| value.trim().to_owned())
    })
}

async fn answer(mut client: TcpStream, relay: SocketAddr, shared: &Shared) -> std::io::Result<()> {
    loop {
        let request = Message::read(&mut client).await?;
        shared.requests.fetch_add(1, Ordering::SeqCst);
        let lie = *lock(&shared.lie);
        let (reads, sends) = (request.is("GET "), request.is("POST "));
        if sends && lie == Lie::TakeAndDrop {
            write(
                &mut client,
                "200 OK",
                "application/json",
                &taken(&request.body, shared.head.load(Ordering::SeqCst)),
            )
            .await?;
            continue;
        }
        if (reads || sends) && lie == Lie::ForgetsMailboxes {
            let body = br#"{"type":"urn:belay:problem:no_mailbox","title":"There is no such mailbox.","status":404,"code":"no_mailbox"}"#;
            write(&mut client, "404 Not Found", "application/json", body).await?;
            continue;
        }
        let mut server = TcpStream::connect(relay).await?;
        server
            .write_all(format!("{}\r\n\r\n", request.head).as_bytes())
            .await?;
        server.write_all(&request.body).await?;
        let truth = Message::read(&mut server).await?;
        if !reads || !truth.head.starts_with("HTTP/1.1 200") {
            client
                .write_all(format!("{}\r\n\r\n", truth.head).as_bytes())
                .await?;
            client.write_all(&truth.body).await?;
            continue;
        }
        let page = ReadPage::parse(&truth.body, 1_000).expect("the relay behind is honest");
        shared.head.store(page.head, Ordering::SeqCst);
        if !page.envelopes.is_empty() {
            lock(&shared.first_page).get_or_insert_with(|| truth.body.clone());
        }
        let count = shared.requests.load(Ordering::SeqCst) as u64;
        match lie {
            Lie::Giant => {
                let head = b"HTTP/1.1 200 OK\r\ncontent-length: 1000000000\r\n\r\n";
                client.write_all(head).await?;
            }
            Lie::Endless => {
                client
                    .write_all(b"HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n")
                    .await?;
                let chunk = [&b"1000\r\n"[..], &[0; 0x1000], b"\r\n"].concat();
                loop {
                    client.write_all(&chunk).await?;
                }
            }
            Lie::Half => {
                let head = format!(
                    "HTTP/1.1 200 OK\r\ncontent-length: {}\r\n\r\n",
                    truth.body.len()
                );
                client.write_all(head.as_bytes()).await?;
                client
                    .write_all(&truth.body[..truth.body.len() / 2])
                    .await?;
                return Ok(());
            }
            Lie::Garbage => {
                write(
                    &mut client,
                    "200 OK",
                    "application/octet-stream",
                    &[0xa5; 999],
                )
                .await?;
            }
            Lie::WebPage => {
                write(&mut client, "200 OK", "text/html", b"<h1>Sign in</h1>").await?;
            }
            Lie::Redirect => {
                let head = b"HTTP/1.1 307 Temporary Redirect\r\nlocation: http://127.0.0.1:9/\r\n\
                    content-length: 0\r\n\r\n";
                client.write_all(head).await?;
            }
            lie => {
                let body = tampered(lie, page, count, lock(&shared.first_page).as_deref());
                write(&mut client, "200 OK", "application/octet-stream", &body).await?;
            }
        }
    }
}

async fn write(
    client: &mut TcpStream,
    status: &str,
    kind: &str,
    body: &[u8],
) -> std::io::Result<()> {
    let head = format!(
        "HTTP/1.1 {status}\r\ncontent-type: {kind}\r\ncontent-length: {}\r\n\r\n",
        body.len()
    );
    client.write_all(head.as_bytes()).await?;
    client.write_all(body).await
}

/// Says that everything was taken, at the numbers it would have got.
fn taken(mut body: &[u8], head: u64) -> Vec<u8> {
    let mut outcomes = Vec::new();
    let number = |taken: usize| head + taken as u64;
    while let Ok((envelope, rest)) = EnvelopeRef::take(body) {
        outcomes.push(serde_json::json!({
            "env_id": envelope_id(envelope.bytes()), "seq": number(outcomes.len() + 1), "duplicate": false,
        }));
        body = rest;
    }
    serde_json::json!({ "gen": Generation(1), "head": number(outcomes.len()), "outcomes": outcomes })
        .to_string()
        .into_bytes()
}

fn tampered(lie: Lie, mut page: ReadPage, count: u64, first_page: Option<&[u8]>) -> Vec<u8> {
    let numbers: Vec<u64> = page.envelopes.iter().map(|(seq, _)| *seq).collect();
    match lie {
        Lie::ReplayOldPages => {
            if let Some(old) = first_page {
                return old.to_vec();
            }
        }
        Lie::Reorder => {
            page.envelopes.reverse();
            for ((seq, _), number) in page.envelopes.iter_mut().zip(&numbers) {
                *seq = *number;
            }
        }
        Lie::WithholdTheTail => {
            page.head -= page.envelopes.len() as u64;
            page.envelopes.clear();
        }
        Lie::NewGenerationEachTime => page.generation = Generation(count),
        Lie::Duplicate => {
            let first = page.envelopes.first().cloned();
            for (_, bytes) in &mut page.envelopes {
                *bytes = first.as_ref().and_then(|(_, bytes)| bytes.clone());
            }
        }
        Lie::AnotherText => {
            for bytes in page
                .envelopes
                .iter_mut()
                .filter_map(|(_, bytes)| bytes.as_mut())
            {
                if let Some(last) = bytes.last_mut() {
                    *last ^= 1;
                }
            }
        }
        Lie::EverythingErased => {
            for (_, bytes) in &mut page.envelopes {
                *bytes = None;
            }
        }
        _ => {}
    }
    let mut writer = PageWriter::new(page.generation, page.head, page.floor);
    for (seq, bytes) in &page.envelopes {
        writer
            .push(*seq, bytes.as_deref().unwrap_or_default())
            .expect("no larger than it was");
    }
    writer.finish()
}
