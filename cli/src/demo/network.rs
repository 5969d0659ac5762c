//! The relay of the story, in this process, on loopback, with its mailboxes in SQLite. Cutting the network
//! stops it; the network's return starts it again at the same address on the same files.

use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use belay_relay::engine::{MailboxEngine as _, Moment, ReadLimits, SqliteEngine};
use belay_relay::{EngineChoice, Relay, RelayConfig, RunningRelay};
use serde::Serialize;

use super::clock::StoryTime;
use crate::error::{CliError, Result};

/// Enough for everything the story leaves behind.
const EVERYTHING: ReadLimits = ReadLimits {
    envelopes: 10_000,
    bytes: 64 << 20,
};

/// The relay's network, up or cut.
pub struct Network {
    dir: PathBuf,
    time: Arc<StoryTime>,
    addr: SocketAddr,
    running: Option<RunningRelay>,
}

/// What a mailbox holds, as its relay sees it.
#[derive(Debug, Serialize)]
pub struct HeldMailbox {
    /// Sizes of the sealed envelopes, in the order they came.
    pub envelope_bytes: Vec<u64>,
    /// Envelopes that were erased; only their number is left.
    pub erased: u64,
}

impl Network {
    /// Starts the relay on a free port.
    pub async fn start(dir: &Path, time: &Arc<StoryTime>) -> Result<Self> {
        let mut network = Self {
            dir: dir.to_owned(),
            time: Arc::clone(time),
            addr: RelayConfig::default().listen,
            running: None,
        };
        network.restore().await?;
        Ok(network)
    }

    /// The address companions name.
    pub fn url(&self) -> String {
        format!("http://{}", self.addr)
    }

    /// Where the relay listens.
    pub fn addr(&self) -> SocketAddr {
        self.addr
    }

    /// The network is there again.
    pub async fn restore(&mut self) -> Result<()> {
        let config = RelayConfig {
            listen: self.addr,
            engine: EngineChoice::Sqlite(self.dir.clone()),
            ..RelayConfig::default()
        };
        let clock = Arc::clone(&self.time) as Arc<dyn belay_relay::Clock>;
        let running = Relay::start(config, clock).await.map_err(relay_error)?;
        self.addr = running.addr();
        self.running = Some(running);
        Ok(())
    }

    /// The network is gone.
    pub async fn cut(&mut self) -> Result<()> {
        match self.running.take() {
            Some(running) => running.shutdown().await.map_err(relay_error),
            None => Ok(()),
        }
    }

    /// Looks into the files of the stopped relay with its own engine: all that whoever runs it could see.
    pub async fn holdings(&self) -> Result<Vec<HeldMailbox>> {
        let engine = SqliteEngine::open(&self.dir).map_err(relay_error)?;
        // "Expired before the end of time" are all mailboxes there are.
        let all = Moment {
            now_ms: 0,
            gone_before_ms: i64::MAX,
            renew_to_ms: 0,
        };
        let none_gone = Moment {
            gone_before_ms: i64::MIN,
            ..all
        };
        let mut held = Vec::new();
        let mut from = Some(0);
        while let Some(start) = from {
            let part = engine.scan_expired(start, all).await.map_err(relay_error)?;
            for (key, _) in part.found {
                let page = engine.read(key, None, EVERYTHING, none_gone).await;
                let Some(page) = page.map_err(relay_error)? else {
                    continue;
                };
                let sizes: Vec<Option<u64>> = page
                    .envelopes
                    .iter()
                    .map(|(_, bytes)| bytes.as_ref().map(|bytes| bytes.len() as u64))
                    .collect();
                held.push(HeldMailbox {
                    erased: sizes.iter().filter(|size| size.is_none()).count() as u64,
                    envelope_bytes: sizes.into_iter().flatten().collect(),
                });
            }
            from = part.next;
        }
        engine.close().await.map_err(relay_error)?;
        Ok(held)
    }
}

fn relay_error(error: impl std::fmt::Display) -> CliError {
    CliError::Demo {
        what: format!("the relay in this process did not work: {error}"),
    }
}
