//! The demonstration: two people, a relay, no network, then network. Everything in it is real (stores,
//! pairing, envelopes, relay, files); only the time is told by the story. It ends with what the relay has
//! learned, and fails when that or what a partner sees is not as promised. A second story has no relay: two
//! people who only ever meet in one room.

mod clock;
mod companion;
mod lan;
mod lan_restore;
mod network;
mod promise;
mod room;
mod scenes;
mod search;
mod story;
mod typed;

pub use lan::tell_near;
pub use story::{Ended, tell};
