//! The HTTP face: routes, signatures, bodies, refusals. It decides who may ask; what is kept and how
//! is the engine's.

mod berth;
mod blobs;
mod body;
mod envelopes;
mod erase;
mod info;
mod live;
mod long_poll;
mod mailbox;
mod metrics;
mod page_body;
mod refusal;
mod rendezvous;
mod router;
mod shared;
mod signed;

pub(crate) use berth::{Berth, Parked};
pub(crate) use live::Live;
pub(crate) use long_poll::LongPoll;
pub(crate) use router::router;
pub(crate) use shared::{Peer, Shared};
