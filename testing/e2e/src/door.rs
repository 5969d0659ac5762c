//! A door in front of a relay that a test can shut for sending alone: reading goes on, and whatever is sent
//! breaks off, as on a bad line. Or it lets welcomes in and loses the answer, or lets none in.

use std::net::SocketAddr;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};

/// The door. Dropping it leaves nothing behind but an unreachable address.
#[derive(Debug)]
pub struct Door {
    addr: SocketAddr,
    shut: Arc<AtomicBool>,
    losing: Arc<AtomicBool>,
    unwelcoming: Arc<AtomicBool>,
    listener: Option<TcpListener>,
    task: Option<tokio::task::JoinHandle<()>>,
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
            shut: Arc::default(),
            losing: Arc::default(),
            unwelcoming: Arc::default(),
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
        let habits = Habits {
            shut: Arc::clone(&self.shut),
            losing: Arc::clone(&self.losing),
            unwelcoming: Arc::clone(&self.unwelcoming),
        };
        self.task = Some(tokio::spawn(async move {
            while let Ok((client, _)) = listener.accept().await {
                tokio::spawn(carry(client, relay, habits.clone()));
            }
        }));
    }

    /// Breaks off whatever is sent from now on, or lets it through again.
    pub fn shut_for_sending(&self, shut: bool) {
        self.shut.store(shut, Ordering::SeqCst);
    }

    /// Breaks off whoever brings the welcome of a pairing from now on, or lets it through again.
    pub fn keep_welcomes_out(&self, out: bool) {
        self.unwelcoming.store(out, Ordering::SeqCst);
    }

    /// From now on the relay takes the welcome of a pairing, and its answer never comes back; or all is
    /// well again.
    pub fn lose_answers_to_welcomes(&self, lose: bool) {
        self.losing.store(lose, Ordering::SeqCst);
    }
}

/// What the door does with those who pass.
#[derive(Debug, Clone)]
struct Habits {
    shut: Arc<AtomicBool>,
    losing: Arc<AtomicBool>,
    unwelcoming: Arc<AtomicBool>,
}

/// Whether a request begins here that puts a welcome into its slot.
fn is_welcome(bytes: &[u8]) -> bool {
    let line = bytes.split(|byte| *byte == b'\r').next().unwrap_or(bytes);
    line.starts_with(b"PUT /v1/rendezvous/") && line.windows(3).any(|part| part == b"/3?")
}

impl Drop for Door {
    fn drop(&mut self) {
        if let Some(task) = &self.task {
            task.abort();
        }
    }
}

async fn carry(mut client: TcpStream, relay: SocketAddr, habits: Habits) {
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
            if sends && habits.shut.load(Ordering::SeqCst) {
                return;
            }
            if is_welcome(&buffer[..length]) {
                if habits.unwelcoming.load(Ordering::SeqCst) {
                    return;
                }
                if habits.losing.load(Ordering::SeqCst) {
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
