//! Typed recovery words: which one is mistyped, and what is wrong with all of them together.

use belay_crypto::{CryptoError, RecoverySecret};

use crate::distance::MistypedWord;
use crate::{BelayError, Result};

/// The first word that is in no list, with the word that was probably meant. `None` when the number of words
/// is another, or all are in the list.
#[must_use]
pub fn mistyped_recovery_word(text: &str) -> Option<MistypedWord> {
    match RecoverySecret::parse(text) {
        Err(CryptoError::UnknownWord { position, nearest }) => {
            Some(MistypedWord { position, nearest })
        }
        _ => None,
    }
}

/// Reads 24 typed words.
pub(crate) fn parse(text: &str) -> Result<RecoverySecret> {
    RecoverySecret::parse(text).map_err(|error| BelayError::InvalidInput {
        field: "recovery_words",
        rule: match error {
            CryptoError::WordCount { .. } => "wrong_number",
            CryptoError::UnknownWord { .. } => "unknown_word",
            _ => "wrong_together",
        },
    })
}
