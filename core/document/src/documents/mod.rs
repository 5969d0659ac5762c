//! Documents.

mod genesis;

pub use genesis::{genesis_bytes, genesis_facts};
