//! The relay through its engine and over real sockets.
//!
//! One program, not one per file: every test program links the whole core, and linking is most of what building tests costs.

mod backup_story;
mod blob_story;
mod client_story;
mod common;
mod counts;
mod described;
mod engine_blobs;
mod engine_conformance;
mod engine_lifecycle;
mod engine_property;
mod hostile_requests;
mod lasting_story;
mod live_story;
mod pack_story;
mod rendezvous_room;
