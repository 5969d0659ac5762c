//! What items hold: Automerge documents of the `self` space and CBOR records of shared spaces.
//!
//! The only crate that knows Automerge. Three parts: [`changes`] reads what other devices wrote
//! before Automerge may, [`documents`] writes and reads the own documents, [`records`] the copies
//! that are published. No I/O, no clock, no randomness, no keys: names, writers and times are handed
//! in. Formats and rules stand in `docs/documents.md`.

pub mod changes;
pub mod documents;
mod error;
pub mod pictures;
pub mod records;

pub use error::DocumentError;
