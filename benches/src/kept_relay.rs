//! A relay on disk whose folder is kept from one run to the next. Those who were paired through it know its
//! address, so it stands at the same one each time.

use std::net::{Ipv4Addr, SocketAddr};
use std::path::Path;
use std::sync::Arc;

use belay_relay::{EngineChoice, Relay, RelayConfig, RunningRelay};
use belay_testkit::FakeClock;

use crate::Outcome;

/// Starts the relay of a folder, or a new one where none is.
pub async fn start_in(folder: &Path, clock: &FakeClock) -> Outcome<RunningRelay> {
    let noted = folder.join("port");
    let port = match std::fs::read_to_string(&noted) {
        Ok(port) => port.parse()?,
        Err(_) => 0,
    };
    let config = RelayConfig {
        listen: SocketAddr::from((Ipv4Addr::LOCALHOST, port)),
        engine: EngineChoice::Sqlite(folder.join("relay")),
        ..RelayConfig::default()
    };
    let relay = Relay::start(config, Arc::new(clock.clone())).await?;
    if port == 0 {
        let origin = relay.origin().to_string();
        let (_, port) = origin.rsplit_once(':').ok_or("an origin without a port")?;
        std::fs::write(noted, port)?;
    }
    Ok(relay)
}
