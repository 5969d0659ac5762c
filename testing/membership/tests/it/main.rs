//! Membership of more than two, through the public face of core/sync.
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::print_stdout,
    reason = "a test may stop at the first surprise, and says its seed"
)]

mod common;
mod graphs;
mod rules;
mod secrets;
