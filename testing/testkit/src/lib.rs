//! What tests of every room share: a clock that only moves when told, seeded random bytes, a secret
//! store in memory. Nothing in here may be needed outside tests.

mod clock;
mod entropy;
mod secrets;

pub use clock::FakeClock;
pub use entropy::SeededEntropy;
pub use secrets::{KeystoreSecrets, PlainSecrets};
