//! Coming back after a loss (product id X4): sealed copies of the keyring, restoring from the words, shares that
//! trusted people keep, new words, and the drill.

mod copies;
mod drill;
mod file;
mod found;
mod gather;
mod kept_shares;
mod keystore;
mod new_words;
mod removal;
mod restore;
mod shares;
mod words;

use belay_model::SpaceId;

pub(crate) use copies::READ_MAX as KEYRING_ENVELOPES_MAX;
pub use drill::{KeyringCopyView, RecoveryGapView, RecoveryView};
pub(crate) use gather::mailbox;
pub use kept_shares::KeptShareView;
pub use restore::{NewRestored, RestoredView};
pub(crate) use shares::ShareRow;
pub use shares::{NewShares, ShareHolderView, SharesView, words_of_shares};
pub use words::{
    TypedWordsVerdict, TypedWordsView, WORD_RULES, check_words, mistyped_recovery_word,
};

/// Under which meta key it stands that this device came back and has not read all of a space since: until then
/// it looks into every mailbox it has the key of.
pub(crate) fn catching_up_key(space: &SpaceId) -> String {
    format!("catching-up/{space}")
}
