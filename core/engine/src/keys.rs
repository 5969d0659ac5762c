//! The secrets of spaces and devices as the store keeps them: epochs, their renewal, the keyring of recovery.

pub(crate) mod earlier_epochs;
pub(crate) mod epoch_ring;
pub(crate) mod keyring;
pub(crate) mod rotate;

#[cfg(test)]
mod age_tests;
