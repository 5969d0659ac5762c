//! The store against real SQLite and real files.
//!
//! One program, not one per file: every test program links the whole core, and linking is most of what building tests costs.

mod common;
mod cost;
mod erasing;
mod erasing_in_any_order;
mod items;
mod journal;
mod misused;
mod opening;
mod projection;
mod records;
mod schema;
mod sending;
mod transactions;
