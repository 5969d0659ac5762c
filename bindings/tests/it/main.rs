//! The border from Rust's side: what crosses it when something goes wrong.

#![allow(clippy::unwrap_used, reason = "a test may stop at the first surprise")]

mod going_wrong;
mod host;
