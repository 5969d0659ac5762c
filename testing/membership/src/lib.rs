//! Membership of more than two people, checked against a model that anybody can read, and the secrets that go with
//! it. `belay-membership` goes through every small graph; the tests draw long ones.
//!
//! What must not enter: anything that a phone would need.
#![allow(clippy::unwrap_used, clippy::panic, reason = "what happens here is a test: it may stop at the first surprise")]

pub mod cast;
pub mod chance;
pub mod exhaustive;
mod model;
mod twin;
pub mod twin_chance;
