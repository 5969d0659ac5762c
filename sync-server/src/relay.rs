//! A relay from start to end.

use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use belay_protocol::relay::{RelayOrigin, Scheme};
use tokio::net::TcpListener;
use tokio::sync::watch;
use tokio::task::JoinHandle;

use crate::clock::Clock;
use crate::config::{EngineChoice, RelayConfig};
use crate::engine::{Engine, EngineError, MemoryEngine, SqliteEngine};
use crate::error::RelayError;
use crate::http::{Shared, router};
use crate::listener::Listener;
use crate::tls;

const SWEEP_EVERY: Duration = Duration::from_secs(600);
// Between two parts of a sweep, so that requests get in between.
const SWEEP_PAUSE: Duration = Duration::from_millis(20);

/// Starts relays.
pub struct Relay;

impl Relay {
    /// Opens the data, listens, and serves until [`RunningRelay::shutdown`] or drop. Writes to disk
    /// unless the engine is in memory. All times come from `clock`. Must be called inside a Tokio
    /// runtime with time and I/O.
    ///
    /// # Errors
    /// Whatever keeps it from starting; nothing is left running then.
    pub async fn start(
        config: RelayConfig,
        clock: Arc<dyn Clock>,
    ) -> Result<RunningRelay, RelayError> {
        let acceptor = config.tls.as_ref().map(tls::acceptor).transpose()?;
        let engine: Box<dyn Engine> = match &config.engine {
            EngineChoice::Memory => Box::new(MemoryEngine::new()),
            EngineChoice::Sqlite(folder) => Box::new(SqliteEngine::open(folder)?),
        };
        let listen = |source| RelayError::Listen {
            addr: config.listen,
            source,
        };
        let socket = TcpListener::bind(config.listen).await.map_err(listen)?;
        let addr = socket.local_addr().map_err(listen)?;
        let scheme = if acceptor.is_some() {
            Scheme::Https
        } else {
            Scheme::Http
        };
        let origin = config
            .public_origin
            .clone()
            .unwrap_or_else(|| RelayOrigin::at(scheme, addr));
        let (stop, stopping) = watch::channel(false);
        let limits = config.limits.clone();
        let shared = Arc::new(Shared::new(
            engine,
            clock,
            config,
            origin.to_string(),
            stopping.clone(),
        ));
        let listener = Listener {
            socket,
            router: router(Arc::clone(&shared)),
            tls: acceptor,
            limits,
            stopping: stopping.clone(),
        };
        let serving = tokio::spawn(listener.run());
        let sweeping = tokio::spawn(sweep_now_and_then(Arc::clone(&shared), stopping));
        tracing::info!(port = addr.port(), "relay started");
        Ok(RunningRelay {
            addr,
            origin,
            shared,
            stop,
            serving,
            sweeping,
        })
    }
}

/// A relay that serves. Dropping it stops it without waiting for anything.
pub struct RunningRelay {
    addr: SocketAddr,
    origin: RelayOrigin,
    shared: Arc<Shared>,
    stop: watch::Sender<bool>,
    serving: JoinHandle<()>,
    sweeping: JoinHandle<()>,
}

impl RunningRelay {
    /// The address it listens on.
    #[must_use]
    pub const fn addr(&self) -> SocketAddr {
        self.addr
    }

    /// The origin its clients use and sign for.
    #[must_use]
    pub const fn origin(&self) -> &RelayOrigin {
        &self.origin
    }

    /// How many requests wait for something to come.
    #[must_use]
    pub fn long_polls(&self) -> usize {
        let polls = self.shared.config.limits.polls;
        polls - self.shared.polls.available_permits()
    }

    /// Removes what has expired, at once; the relay also does so every ten minutes. Gives how many
    /// mailboxes and rows went. Writes to disk.
    ///
    /// # Errors
    /// `Unknown` or `Closed`, as the engine says.
    pub async fn sweep(&self) -> Result<u64, EngineError> {
        sweep(&self.shared).await
    }

    /// Stops accepting, ends long polls, lets requests under way finish, closes the data. What was
    /// acknowledged is on disk.
    ///
    /// # Errors
    /// `System` if a part of the relay had failed.
    pub async fn shutdown(mut self) -> Result<(), RelayError> {
        self.stop.send_replace(true);
        let serving = (&mut self.serving).await;
        let sweeping = (&mut self.sweeping).await;
        let closed = self.shared.engine.close().await;
        tracing::info!("relay stopped");
        serving.and(sweeping).map_err(std::io::Error::other)?;
        closed.map_err(std::io::Error::other)?;
        Ok(())
    }
}

impl Drop for RunningRelay {
    fn drop(&mut self) {
        self.stop.send_replace(true);
        self.sweeping.abort();
    }
}

async fn sweep_now_and_then(shared: Arc<Shared>, mut stopping: watch::Receiver<bool>) {
    let mut interval = tokio::time::interval(SWEEP_EVERY);
    interval.set_missed_tick_behavior(tokio::time::MissedTickBehavior::Delay);
    loop {
        tokio::select! {
            _ = interval.tick() => {}
            _ = stopping.wait_for(|stopping| *stopping) => return,
        }
        tokio::select! {
            swept = sweep(&shared) => match swept {
                Ok(0) => {}
                Ok(count) => tracing::info!(count, "expired data removed"),
                Err(_) => tracing::warn!("expired data not removed"),
            },
            _ = stopping.wait_for(|stopping| *stopping) => return,
        }
    }
}

async fn sweep(shared: &Shared) -> Result<u64, EngineError> {
    let at = shared.moment();
    let mut count = 0;
    let mut from = Some(0);
    while let Some(start) = from {
        let expired = shared.engine.scan_expired(start, at).await?;
        for (mailbox, generation) in expired.found {
            count += u64::from(shared.engine.delete(mailbox, generation, at).await?);
        }
        from = expired.next;
    }
    loop {
        let collected = shared.engine.collect(at).await?;
        count += collected.rows;
        if !collected.more {
            let swept = &shared.metrics.swept;
            swept.fetch_add(count, std::sync::atomic::Ordering::Relaxed);
            return Ok(count);
        }
        tokio::time::sleep(SWEEP_PAUSE).await;
    }
}
