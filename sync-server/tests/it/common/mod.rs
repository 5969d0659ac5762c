//! What the relay's tests share: a clock by hand, made-up envelopes, a running relay and its client.

#![allow(
    dead_code,
    clippy::unwrap_used,
    clippy::panic,
    reason = "each test file uses a part; a test may stop at the first surprise"
)]

pub mod asks;
pub mod engines;
pub mod openapi;
pub mod wire;

use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};
use std::time::Duration;

use belay_crypto::{MailboxKey, erase_hash, mailbox_tag};
use belay_relay::{Clock, Relay, RelayConfig, RelayLimits, RunningRelay};
use belay_transport::{RelayClient, RelayOptions};

pub const DAY_MS: i64 = 86_400_000;
/// A day in 2026.
pub const START_MS: i64 = 1_790_000_000_000;

/// A clock that only moves when told to.
#[derive(Debug)]
pub struct HandClock(AtomicI64);

impl HandClock {
    pub fn new() -> Arc<Self> {
        Arc::new(Self(AtomicI64::new(START_MS)))
    }

    pub fn advance(&self, ms: i64) {
        self.0.fetch_add(ms, Ordering::SeqCst);
    }
}

impl Clock for HandClock {
    fn now_ms(&self) -> i64 {
        self.0.load(Ordering::SeqCst)
    }
}

/// The mailbox key with this number.
pub fn mailbox_key(number: u8) -> MailboxKey {
    MailboxKey::from_seed(&[number; 32])
}

/// The erase token of the envelope with this number.
pub fn token(number: u64) -> [u8; 32] {
    let mut token = [7; 32];
    token[..8].copy_from_slice(&number.to_le_bytes());
    token
}

/// An envelope for a mailbox: right in form, its ciphertext made up.
pub fn envelope(key: &MailboxKey, number: u64, ciphertext: usize) -> Vec<u8> {
    let mut bytes = vec![1, 1];
    bytes.extend_from_slice(&erase_hash(&token(number)));
    bytes.extend_from_slice(&mailbox_tag(&key.public()));
    bytes.extend_from_slice(&[3; 16]);
    bytes.extend_from_slice(&number.to_le_bytes());
    bytes.extend_from_slice(&[5; 32]);
    bytes.extend_from_slice(&u32::try_from(ciphertext).unwrap().to_le_bytes());
    bytes.extend((0..ciphertext).map(|at| (at as u64 ^ number) as u8));
    bytes
}

/// A relay that is not patient, so that tests of patience are short.
pub fn config() -> RelayConfig {
    RelayConfig {
        limits: RelayLimits {
            stall: Duration::from_secs(2),
            body: Duration::from_millis(300),
            drain: Duration::from_secs(5),
            ..RelayLimits::default()
        },
        ..RelayConfig::default()
    }
}

pub async fn start(config: RelayConfig, clock: &Arc<HandClock>) -> RunningRelay {
    let clock: Arc<dyn Clock> = Arc::<HandClock>::clone(clock);
    Relay::start(config, clock).await.unwrap()
}

pub fn client(relay: &RunningRelay) -> RelayClient {
    RelayClient::new(relay.origin().clone(), &RelayOptions::default()).unwrap()
}
