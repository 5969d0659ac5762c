//! A network for tests: devices find each other on a board in memory, and call each other over loopback.

use std::collections::BTreeMap;
use std::net::{IpAddr, Ipv4Addr, SocketAddr};
use std::sync::{Arc, Mutex, PoisonError};

use belay_engine::{
    Advertisement, Discovery, Engine, LanConfig, LanPeer, LanReport, TransportError,
};
use tokio::sync::{mpsc, oneshot};
use tokio::task::JoinHandle;

/// A free port of loopback.
pub const ANY_PORT: SocketAddr = SocketAddr::new(IpAddr::V4(Ipv4Addr::LOCALHOST), 0);

/// What everybody shows, by who shows it.
#[derive(Debug, Clone, Default)]
pub struct Board(Arc<Mutex<BTreeMap<u32, Advertisement>>>);

impl Board {
    /// One device's view of it.
    #[must_use]
    pub fn seat(&self, number: u32) -> Arc<dyn Discovery> {
        Arc::new(Seat {
            board: self.clone(),
            number,
        })
    }

    /// Everything that is shown.
    #[must_use]
    pub fn shown(&self) -> Vec<Advertisement> {
        self.read(|shown| shown.values().cloned().collect())
    }

    fn read<T>(&self, look: impl FnOnce(&mut BTreeMap<u32, Advertisement>) -> T) -> T {
        look(&mut self.0.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

struct Seat {
    board: Board,
    number: u32,
}

impl Discovery for Seat {
    fn advertise(&self, advertisement: &Advertisement) -> Result<(), TransportError> {
        let advertisement = advertisement.clone();
        self.board
            .read(|shown| shown.insert(self.number, advertisement));
        Ok(())
    }

    fn peers(&self) -> Vec<LanPeer> {
        self.board.read(|shown| {
            let others = shown.iter().filter(|(number, _)| **number != self.number);
            others
                .map(|(_, shown)| LanPeer {
                    name: shown.name.clone(),
                    addrs: vec![SocketAddr::new(ANY_PORT.ip(), shown.port)],
                    tags: shown.tags.clone(),
                })
                .collect()
        })
    }

    fn stop(&self) {
        self.board.read(|shown| shown.remove(&self.number));
    }
}

/// A device that keeps near in the background.
pub struct Near {
    /// Where it listens.
    pub addr: SocketAddr,
    /// What it reports.
    pub reports: mpsc::UnboundedReceiver<LanReport>,
    stop: oneshot::Sender<()>,
    task: JoinHandle<belay_engine::Result<()>>,
}

impl Near {
    /// Begins to listen on loopback and to call whom it knows of.
    ///
    /// # Panics
    /// When it cannot listen.
    pub async fn start(engine: &Arc<Engine>, config: LanConfig) -> Self {
        let (told, reports) = mpsc::unbounded_channel();
        let (ready, mut listening) = mpsc::unbounded_channel();
        let (stop, stopped) = oneshot::channel::<()>();
        let engine = Arc::clone(engine);
        let task = tokio::spawn(async move {
            let on_ready = |addr| {
                let _ = ready.send(addr);
            };
            let on_report = |report: &LanReport| {
                let _ = told.send(report.clone());
            };
            let stop = async { drop(stopped.await) };
            engine.watch_lan(config, &on_ready, &on_report, stop).await
        });
        let addr = listening.recv().await.expect("it listens");
        Self {
            addr,
            reports,
            stop,
            task,
        }
    }

    /// As [`Self::start`], calling nobody.
    ///
    /// # Panics
    /// When it cannot listen.
    pub async fn listen(engine: &Arc<Engine>) -> Self {
        Self::start(engine, handed_in(None)).await
    }

    /// Waits for the next report.
    ///
    /// # Panics
    /// When it ended.
    pub async fn report(&mut self) -> LanReport {
        self.reports.recv().await.expect("it goes on")
    }

    /// Ends it in order.
    ///
    /// # Panics
    /// When it ended with an error.
    pub async fn end(self) {
        let _ = self.stop.send(());
        self.task.await.expect("no panic").expect("no fault");
    }
}

/// Loopback without discovery, or with a seat at a board.
#[must_use]
pub fn handed_in(discovery: Option<Arc<dyn Discovery>>) -> LanConfig {
    LanConfig {
        listen: ANY_PORT,
        discovery,
        asked: true,
        ..LanConfig::default()
    }
}
