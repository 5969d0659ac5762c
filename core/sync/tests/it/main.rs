//! Gate, epochs and membership through the room's public face.
//!
//! One program, not one per file: every test program links the whole core, and linking is most of what building tests costs.

mod common;
mod epochs;
mod gate;
mod membership;
mod rounds;
