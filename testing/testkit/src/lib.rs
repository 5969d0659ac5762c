//! What tests of every room share: a clock that only moves when told, seeded random bytes, a secret
//! store in memory. Nothing in here may be needed outside tests.

mod clock;
mod entropy;
mod newer;
mod secrets;

pub use clock::FakeClock;
pub use entropy::SeededEntropy;
pub use newer::{NEWER_LAYOUT, NEWER_SECRET, copy_newer_key, copy_newer_store, newer_store};
pub use secrets::{KeystoreSecrets, PlainSecrets};
