//! The crypto room through its public face, with its exemplars.
//!
//! One program, not one per file: every test program links the whole core, and linking is most of what building tests costs.

mod common;
mod envelopes;
mod exemplars;
mod items;
mod key_file;
mod keyrings;
mod lan;
mod pairing;
mod shares;
mod wraps;
