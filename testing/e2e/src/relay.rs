//! A relay in this process, on loopback, with its files in a folder of its own.

use std::path::Path;
use std::sync::Arc;

use belay_relay::{EngineChoice, OperatorKey, Relay, RelayConfig, RunningRelay};
use belay_testkit::FakeClock;
use tempfile::TempDir;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

use crate::Door;

/// A relay that can be stopped and started again on the same files and the same port.
pub struct TestRelay {
    dir: TempDir,
    clock: FakeClock,
    running: Option<RunningRelay>,
    origin: String,
    config: RelayConfig,
}

impl TestRelay {
    /// Starts one with SQLite on a free loopback port.
    ///
    /// # Panics
    /// When it does not start: the test cannot go on.
    pub async fn start(clock: &FakeClock) -> Self {
        let dir = tempfile::tempdir().expect("a temporary folder");
        let config = RelayConfig {
            listen: "127.0.0.1:0".parse().expect("an address"),
            engine: EngineChoice::Sqlite(dir.path().to_owned()),
            ..RelayConfig::default()
        };
        let running = Relay::start(config.clone(), Arc::new(clock.clone()))
            .await
            .expect("the relay starts");
        let config = RelayConfig {
            listen: running.addr(),
            ..config
        };
        Self {
            dir,
            clock: clock.clone(),
            origin: running.origin().to_string(),
            running: Some(running),
            config,
        }
    }

    /// Starts one behind a door, whose address is the one companions use.
    ///
    /// # Panics
    /// When it does not start.
    pub async fn start_behind(clock: &FakeClock, door: &mut Door) -> Self {
        let relay = Self::start_as(clock, &door.origin()).await;
        door.lead_to(relay.config.listen);
        relay
    }

    /// Starts one that is reached under another address than its own.
    ///
    /// # Panics
    /// When it does not start.
    pub async fn start_as(clock: &FakeClock, origin: &str) -> Self {
        let mut relay = Self::start(clock).await;
        relay.pause().await;
        origin.clone_into(&mut relay.origin);
        relay.config.public_origin = Some(relay.origin.parse().expect("an origin"));
        relay.resume().await;
        relay
    }

    /// Where it listens itself.
    #[must_use]
    pub fn addr(&self) -> std::net::SocketAddr {
        self.config.listen
    }

    /// The address companions use.
    #[must_use]
    pub fn origin(&self) -> &str {
        &self.origin
    }

    /// One of the counts that it tells its operator, by its name without `belay_relay_`; 0 where it never counted.
    ///
    /// # Panics
    /// When it does not answer.
    pub async fn count(&self, name: &str) -> u64 {
        let mut stream = TcpStream::connect(self.addr()).await.expect("a connection");
        let host = self.addr();
        let ask = format!("GET /metrics HTTP/1.1\r\nhost: {host}\r\nconnection: close\r\n\r\n");
        stream.write_all(ask.as_bytes()).await.expect("asked");
        let mut answer = String::new();
        stream.read_to_string(&mut answer).await.expect("an answer");
        let line = answer
            .lines()
            .find_map(|line| line.strip_prefix(&format!("belay_relay_{name} ")));
        line.map_or(0, |count| count.trim().parse().expect("a number"))
    }

    /// The folder with everything the relay keeps.
    #[must_use]
    pub fn dir(&self) -> &Path {
        self.dir.path()
    }

    /// Stops it: nobody can reach it until [`Self::resume`].
    ///
    /// # Panics
    /// When it does not stop in order.
    pub async fn pause(&mut self) {
        if let Some(running) = self.running.take() {
            running.shutdown().await.expect("the relay stops in order");
        }
    }

    /// From the next [`Self::resume`] on it makes mailboxes only for a token, or for anybody again.
    pub fn ask_for_tokens(&mut self, ask: bool) {
        self.config.operator_key = ask.then(|| OperatorKey::parse(&"07".repeat(32))).flatten();
    }

    /// Copies everything the relay keeps into a folder, or puts such a copy back. Only while paused.
    ///
    /// # Panics
    /// When a file cannot be copied.
    pub fn copy_files(from: &Path, to: &Path) {
        for entry in std::fs::read_dir(from).expect("a folder") {
            let entry = entry.expect("an entry");
            std::fs::copy(entry.path(), to.join(entry.file_name())).expect("a copy");
        }
    }

    /// Starts it again on the same files and port.
    ///
    /// # Panics
    /// When it does not start.
    pub async fn resume(&mut self) {
        let running = Relay::start(self.config.clone(), Arc::new(self.clock.clone()))
            .await
            .expect("the relay starts again");
        self.running = Some(running);
    }
}
