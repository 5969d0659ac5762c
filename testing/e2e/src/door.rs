//! A door in front of a relay that a test can shut for sending alone: reading goes on, and whatever is sent
//! breaks off, as on a bad line. Or it is shut for erasing alone, lets welcomes in and loses the answer or
//! lets none in, or keeps one delivery waiting until something else has happened.

use std::net::SocketAddr;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::Notify;

/// How asking for a live connection begins, and a request of the same length for what no relay has.
const LIVE: &[u8] = b"POST /v1/live ";
const NOWHERE: &[u8; LIVE.len()] = b"POST /v1/evil ";

/// The door. Dropping it leaves nothing behind but an unreachable address.
#[derive(Debug)]
pub struct Door {
    addr: SocketAddr,
    orders: Arc<Orders>,
    listener: Option<TcpListener>,
    task: Option<tokio::task::JoinHandle<()>>,
}

/// What the door was told.
#[derive(Debug)]
struct Orders {
    deliveries_left: AtomicUsize,
    shut: AtomicBool,
    shut_for_erasing: AtomicBool,
    losing: AtomicBool,
    unwelcoming: AtomicBool,
    without_live: AtomicBool,
    keep_next: AtomicBool,
    kept: Notify,
    let_go: Notify,
}

impl Default for Orders {
    fn default() -> Self {
        Self {
            deliveries_left: AtomicUsize::new(usize::MAX),
            shut: AtomicBool::default(),
            shut_for_erasing: AtomicBool::default(),
            losing: AtomicBool::default(),
            unwelcoming: AtomicBool::default(),
            without_live: AtomicBool::default(),
            keep_next: AtomicBool::default(),
            kept: Notify::default(),
            let_go: Notify::default(),
        }
    }
}

impl Door {
    /// Takes a free loopback port; leads nowhere until [`Self::lead_to`].
    ///
    /// # Panics
    /// When there is no free port.
    pub async fn new() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
        Self {
            addr: listener.local_addr().expect("an address"),
            orders: Arc::default(),
            listener: Some(listener),
            task: None,
        }
    }

    /// The address people use.
    #[must_use]
    pub fn origin(&self) -> String {
        format!("http://{}", self.addr)
    }

    /// Leads everybody who comes to this relay.
    ///
    /// # Panics
    /// When called twice.
    pub fn lead_to(&mut self, relay: SocketAddr) {
        let listener = self.listener.take().expect("a door leads to one relay");
        let orders = Arc::clone(&self.orders);
        self.task = Some(tokio::spawn(async move {
            while let Ok((client, _)) = listener.accept().await {
                tokio::spawn(carry(client, relay, Arc::clone(&orders)));
            }
        }));
    }

    /// Breaks off whatever is sent from now on, or lets it through again.
    pub fn shut_for_sending(&self, shut: bool) {
        self.orders.shut.store(shut, Ordering::SeqCst);
    }

    /// After so many more deliveries of envelopes nothing gets through any more; `usize::MAX` opens the door again.
    pub fn shut_after_deliveries(&self, count: usize) {
        self.orders.deliveries_left.store(count, Ordering::SeqCst);
    }

    /// From now on the relay seems to know no live connections.
    pub fn know_no_live_connections(&self) {
        self.orders.without_live.store(true, Ordering::SeqCst);
    }

    /// Breaks off whatever asks the relay to erase, or lets it through again.
    pub fn shut_for_erasing(&self, shut: bool) {
        self.orders.shut_for_erasing.store(shut, Ordering::SeqCst);
    }

    /// The next delivery of envelopes waits at the door until [`Self::let_go`].
    pub fn keep_next_delivery(&self) {
        self.orders.keep_next.store(true, Ordering::SeqCst);
    }

    /// Ready when a delivery waits.
    pub async fn until_kept(&self) {
        self.orders.kept.notified().await;
    }

    /// Lets the delivery that waits go on.
    pub fn let_go(&self) {
        self.orders.let_go.notify_one();
    }

    /// Breaks off whoever brings the welcome of a pairing from now on, or lets it through again.
    pub fn keep_welcomes_out(&self, out: bool) {
        self.orders.unwelcoming.store(out, Ordering::SeqCst);
    }

    /// From now on the relay takes the welcome of a pairing, and its answer never comes back; or all is
    /// well again.
    pub fn lose_answers_to_welcomes(&self, lose: bool) {
        self.orders.losing.store(lose, Ordering::SeqCst);
    }
}

/// Whether a request begins here that puts a welcome into its slot.
fn is_welcome(bytes: &[u8]) -> bool {
    let line = bytes.split(|byte| *byte == b'\r').next().unwrap_or(bytes);
    line.starts_with(b"PUT /v1/rendezvous/") && line.windows(3).any(|part| part == b"/3?")
}

/// Whether a request begins here that posts to such a path.
fn posts_to(bytes: &[u8], end: &[u8]) -> bool {
    let line = bytes.split(|byte| *byte == b'\r').next().unwrap_or(bytes);
    let path = line.strip_suffix(b" HTTP/1.1").unwrap_or(line);
    line.starts_with(b"POST ") && path.ends_with(end)
}

impl Drop for Door {
    fn drop(&mut self) {
        if let Some(task) = &self.task {
            task.abort();
        }
    }
}

async fn carry(mut client: TcpStream, relay: SocketAddr, orders: Arc<Orders>) {
    let Ok(mut server) = TcpStream::connect(relay).await else {
        return;
    };
    let (mut from_client, mut to_client) = client.split();
    let (mut from_server, mut to_server) = server.split();
    let lost = AtomicBool::new(false);
    let upward = async {
        let mut buffer = vec![0; 64 * 1024];
        loop {
            let Ok(length @ 1..) = from_client.read(&mut buffer).await else {
                return;
            };
            let sends = buffer[..length].starts_with(b"POST ");
            if sends && orders.shut.load(Ordering::SeqCst) {
                return;
            }
            let erases = posts_to(&buffer[..length], b"/erase");
            if erases && orders.shut_for_erasing.load(Ordering::SeqCst) {
                return;
            }
            if posts_to(&buffer[..length], b"/v1/live")
                && orders.without_live.load(Ordering::SeqCst)
            {
                // There is nothing at such a path.
                buffer[..LIVE.len()].copy_from_slice(NOWHERE);
            }
            let left = orders.deliveries_left.load(Ordering::SeqCst);
            if left == 0 {
                return;
            }
            let delivers = posts_to(&buffer[..length], b"/envelopes");
            if delivers && left != usize::MAX {
                orders.deliveries_left.store(left - 1, Ordering::SeqCst);
            }
            if delivers && orders.keep_next.swap(false, Ordering::SeqCst) {
                orders.kept.notify_one();
                orders.let_go.notified().await;
            }
            if is_welcome(&buffer[..length]) {
                if orders.unwelcoming.load(Ordering::SeqCst) {
                    return;
                }
                if orders.losing.load(Ordering::SeqCst) {
                    lost.store(true, Ordering::SeqCst);
                }
            }
            if to_server.write_all(&buffer[..length]).await.is_err() {
                return;
            }
        }
    };
    let downward = async {
        let mut buffer = vec![0; 64 * 1024];
        loop {
            let Ok(length @ 1..) = from_server.read(&mut buffer).await else {
                return;
            };
            if lost.load(Ordering::SeqCst) || to_client.write_all(&buffer[..length]).await.is_err()
            {
                return;
            }
        }
    };
    tokio::select! {
        () = upward => {}
        () = downward => {}
    }
}
