//! Seeded worlds: several devices of several people, each the real engine on its real store, meet over relays and
//! networks that lose, repeat, delay, lie and forget. Every run is a function of its seed, on one thread and by clocks
//! that only move when told; what must hold afterwards stands in `properties`.
//!
//! What must not enter: a rule of the product. The simulator knows what it asked for and what was acknowledged.

mod acts;
mod chance;
mod daily_acts;
mod device;
mod eye;
mod faults;
mod journal_acts;
mod ledger;
mod near;
mod network;
mod partner_acts;
mod plan;
mod program;
mod properties;
mod quiet;
mod relay_line;
mod remains;
mod removal;
mod run;
mod seen;
mod stale;
mod template;
mod unheard;
mod world;

pub use belay_engine::Planted;
pub use plan::PLANS;
pub use run::{Failure, Passed, Runner};
