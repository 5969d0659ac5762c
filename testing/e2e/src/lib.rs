//! People with real stores and relays with real sockets, for stories that cross every room.

mod companion;
mod relay;

pub use companion::{Companion, pair};
pub use relay::TestRelay;
