//! The demonstration: two people, a relay, no network, then network. Everything in it is real (stores,
//! pairing, envelopes, relay, files); only the time is told by the story. It ends with what the relay has
//! learned, and fails when that or what a partner sees is not as promised.

mod clock;
mod companion;
mod network;
mod promise;
mod scenes;
mod search;
mod story;
mod typed;

pub use story::{Ended, tell};
