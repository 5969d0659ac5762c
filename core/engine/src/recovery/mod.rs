//! Coming back after a loss (product id X4): sealed copies of the keyring, restoring from the words, shares that
//! trusted people keep, new words, and the drill.

mod copies;
mod found;
mod gather;
mod restore;
mod words;

use belay_model::SpaceId;

pub use restore::{NewRestored, RestoredView};
pub use words::mistyped_recovery_word;

/// Under which meta key it stands that this device came back and has not read all of a space since: until then
/// it looks into every mailbox it has the key of.
pub(crate) fn catching_up_key(space: &SpaceId) -> String {
    format!("catching-up/{space}")
}
