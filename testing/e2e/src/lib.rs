//! People with real stores and relays with real sockets, for stories that cross every room.

mod companion;
pub mod devices;
mod door;
mod lying_relay;
pub mod near;
mod raw_caller;
mod raw_partner;
mod relay;

pub use companion::{Companion, Place, add_own_device, pair};
pub use door::Door;
pub use lying_relay::{Lie, LyingRelay};
pub use raw_caller::RawCaller;
pub use raw_partner::RawPartner;
pub use relay::TestRelay;
