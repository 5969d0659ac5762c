//! Plain data and pure rules: civil day, schedule, outcome, check-in, goal, audience.
//!
//! No I/O, no clock, no randomness and no format enters this room; whoever calls hands in what the
//! rule needs. Everything above may use it.

mod entropy;
mod id;

pub use entropy::{Entropy, make_bytes};
pub use id::{
    BodyHash, DeviceId, DocId, DocName, EnvelopeId, EpochId, IdError, Incarnation, ItemId, PersonId,
    SpaceId,
};
