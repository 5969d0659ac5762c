//! A small blind relay for sealed envelopes.
//!
//! It keeps mailboxes (numbered, immutable envelopes under an Ed25519 key) and rendezvous slots, and
//! serves them over HTTP. It cannot read what it keeps, knows no accounts and links no two mailboxes.
//! What may be here: storage, HTTP, limits, the operator's settings. What must not enter: anything
//! that would have to know what an envelope holds. The wire is described in `docs/protocol.md`,
//! running one in `docs/relay.md`.

mod clock;
mod config;
pub mod engine;
mod error;
mod http;
mod in_process;
mod listener;
mod metrics;
pub mod operator;
mod paced;
mod private_files;
mod random;
mod rate;
mod relay;
mod tls;
mod token;
mod wakeups;

pub use clock::{Clock, SystemClock};
pub use config::{DEFAULT_PORT, EngineChoice, MetricsAccess, RelayConfig, RelayLimits, TlsFiles};
pub use error::RelayError;
pub use in_process::{InProcessAnswer, InProcessRelay, InProcessRequest};
pub use relay::{Relay, RunningRelay};
pub use token::{BATCH, OperatorKey};
