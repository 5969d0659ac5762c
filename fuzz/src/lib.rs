//! What every target does with one input. The programs in `fuzz_targets` hand inputs in guided by coverage, the
//! `record` program by a seeded generator that counts, times and weighs each of them.

pub mod bodies;
pub mod change_bytes;
pub mod change_crafted;
mod chunk;
pub mod envelope;
pub mod file_bundle;
pub mod gate;
pub mod handshake;
mod input;
pub mod invitation;
pub mod item;
pub mod keyring;
pub mod lan;
pub mod membership;
pub mod pairing;
pub mod picture;
pub mod plain;
pub mod record_bodies;
pub mod relay_wire;
pub mod share;
mod sound;
mod world;
