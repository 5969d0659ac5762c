//! A real relay between real processes.

use std::io::{BufRead, BufReader};
use std::sync::Arc;

use belay_relay::{Relay, RelayConfig, RunningRelay, SystemClock};
use serde_json::Value;
use tokio::runtime::Runtime;

use super::Place;

/// A relay in memory on a free loopback port.
pub struct Network {
    runtime: Runtime,
    relay: Option<RunningRelay>,
}

impl Network {
    /// Starts it.
    pub fn up() -> Self {
        let runtime = Runtime::new().unwrap();
        let start = Relay::start(RelayConfig::default(), Arc::new(SystemClock));
        let relay = Some(runtime.block_on(start).unwrap());
        Self { runtime, relay }
    }

    /// Its address.
    pub fn url(&self) -> String {
        format!("http://{}", self.relay.as_ref().unwrap().addr())
    }

    /// Ends it.
    pub fn down(&mut self) {
        let relay = self.relay.take().unwrap();
        self.runtime.block_on(relay.shutdown()).unwrap();
    }
}

/// Pairs the two and lets what they share leave at once.
pub fn pair(network: &Network, ada: &Place, sam: &Place) {
    for place in [ada, sam] {
        place.run(&["settings", "--hold", "0"]).done();
    }
    ada.run(&["relay", "set", &network.url()]).done();
    let mut inviting = ada.command(&["pair", "invite", "--json"]).spawn().unwrap();
    let mut lines = BufReader::new(inviting.stdout.take().unwrap()).lines();
    let invitation: Value = serde_json::from_str(&lines.next().unwrap().unwrap()).unwrap();
    let text = invitation["text"].as_str().unwrap();
    let accepted = sam
        .run_with(&["pair", "accept", "-", "--json"], &[], text)
        .done()
        .json();
    let invited: Value = serde_json::from_str(&lines.next().unwrap().unwrap()).unwrap();
    assert!(inviting.wait().unwrap().success());
    assert_eq!(invited["comparison_words"], accepted["comparison_words"]);
    assert_eq!(invited["comparison_words"].as_array().unwrap().len(), 4);
    sam.run(&["pair", "accept", text])
        .refused(8, "unavailable (invitation-used)");
}

/// Lets each sync once, in order.
pub fn sync(places: &[&Place]) {
    for place in places {
        place.run(&["sync"]).done();
    }
}
