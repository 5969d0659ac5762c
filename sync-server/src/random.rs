//! The system's randomness: generations and operator keys.

use belay_protocol::relay::Generation;

use crate::RelayError;

/// Fills `bytes` from the system.
pub(crate) fn fill(bytes: &mut [u8]) -> Result<(), RelayError> {
    getrandom::fill(bytes).map_err(|_| RelayError::NoRandomness)
}

/// A new generation of a mailbox.
pub(crate) fn make_generation() -> Result<Generation, RelayError> {
    let mut bytes = [0; 8];
    fill(&mut bytes)?;
    Ok(Generation(u64::from_le_bytes(bytes)))
}
