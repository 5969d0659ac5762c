//! `belay device hand-over`: hands the keyring to a new device in this room whose owner types the words there.

use std::net::{IpAddr, Ipv4Addr, SocketAddr};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use belay_engine::{
    BelayError, Discovery, Engine, LanConfig, LanEndingView, LanReport, MdnsDiscovery,
};
use serde_json::json;
use tokio::sync::Notify;
use tokio::time::{sleep, timeout};

use crate::context::{runtime, tidy};
use crate::error::Result;
use crate::screen::Screen;

/// How long nothing more must come after somebody came back: their partnerships follow one by one.
const QUIET: Duration = Duration::from_secs(3);

/// Where to listen, and how devices find each other there; on loopback they do not.
pub fn near(listen: Option<SocketAddr>) -> Result<LanConfig> {
    let unspecified = SocketAddr::new(IpAddr::V4(Ipv4Addr::UNSPECIFIED), 0);
    let listen = listen.unwrap_or(unspecified);
    let discovery: Option<Arc<dyn Discovery>> = if listen.ip().is_loopback() {
        None
    } else {
        let mdns = MdnsDiscovery::new().map_err(|_| BelayError::Unavailable {
            reason: "no-network",
        })?;
        Some(Arc::new(mdns))
    };
    Ok(LanConfig {
        listen,
        discovery,
        ..LanConfig::default()
    })
}

/// Hands over until somebody came back, or the time is over.
pub fn run(
    engine: &Engine,
    listen: Option<SocketAddr>,
    seconds: u64,
    screen: &mut Screen,
) -> Result<()> {
    let config = near(listen)?;
    let shared = Mutex::new(screen);
    let on_ready = |addr: SocketAddr| {
        // A panic while drawing leaves nothing half done that matters here.
        let mut screen = shared.lock().unwrap_or_else(PoisonError::into_inner);
        screen.note(&format!("Listening at {addr}."));
        screen.note("On the new device, type `belay recover --near`, and the 24 words.");
    };
    let came = AtomicBool::new(false);
    let somebody = Notify::new();
    let on_report = |report: &LanReport| {
        let mut meetings = report.meetings.iter();
        if meetings.any(|met| met.ending == LanEndingView::Whole) {
            came.store(true, Ordering::SeqCst);
        }
        somebody.notify_one();
    };
    let stop = async {
        let enough = async {
            somebody.notified().await;
            while timeout(QUIET, somebody.notified()).await.is_ok() {}
        };
        tokio::select! {
            () = enough => {}
            () = sleep(Duration::from_secs(seconds)) => {}
        }
    };
    runtime()?.block_on(engine.hand_over(config, &on_ready, &on_report, stop))?;
    tidy(engine);
    let came = came.into_inner();
    let screen = shared.into_inner().unwrap_or_else(PoisonError::into_inner);
    screen.show(&json!({ "came_back": came }), |screen, _| {
        screen.line(match came {
            true => "The new device has everything. `belay device list` shows it; take the lost one out there.",
            false => "Nobody came with the words. Nothing was changed.",
        });
    });
    Ok(())
}
