//! What can go wrong with keys and sealed bytes.

use belay_protocol::ProtocolError;

/// A key, signature or seal that does not fit. Carries no user data and no secret.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum CryptoError {
    /// The bytes are not in the format expected.
    #[error(transparent)]
    Format(#[from] ProtocolError),
    /// A signature is not by the key it should be by.
    #[error("the signature is not valid")]
    BadSignature,
    /// A body is not the one its header names.
    #[error("the body does not belong to its header")]
    WrongBody,
    /// An envelope belongs to another mailbox.
    #[error("the envelope belongs to another mailbox")]
    OtherMailbox,
    /// An envelope or wrap was made with another key than it commits to.
    #[error("the key is not the one committed to")]
    WrongCommitment,
    /// Sealed bytes do not open with this key: altered, or meant for another.
    #[error("the sealed bytes do not open")]
    DoesNotOpen,
    /// A chunk of an attachment has a length that no chunk has in its place.
    #[error("the chunk has a wrong length")]
    WrongLength,
    /// A compressed envelope breaks the rules for compression.
    #[error("the compressed items break the rules")]
    BadCompression,
    /// A public key is not a valid one.
    #[error("not a valid public key")]
    BadPublicKey,
    /// A handshake message does not fit: another key, or altered.
    #[error("the handshake failed")]
    Handshake,
    /// A bundle's parts contradict each other or the commitment before it.
    #[error("the other side's keys contradict what it sent before")]
    Contradiction,
    /// More recipients than a space may have devices, or one of them twice.
    #[error("not a list of at most 64 different devices")]
    BadRecipients,
    /// Neither keystore secret nor passcode was given.
    #[error("a keystore secret or a passcode is needed")]
    NoSecret,
    /// The keystore secret or passcode is not the right one.
    #[error("the secret is not the right one")]
    WrongSecret,
    /// The file that holds the wrapped store key is damaged.
    #[error("the key file is damaged")]
    DamagedKeyFile,
    /// Argon2id parameters outside what is allowed.
    #[error("passcode hashing parameters out of range")]
    BadPasscodeParameters,
    /// A word is not in the list.
    #[error("word {position} is not in the list; the nearest is \"{nearest}\"")]
    UnknownWord {
        /// Which word, from 1.
        position: usize,
        /// The nearest word of the list.
        nearest: &'static str,
    },
    /// The wrong number of words.
    #[error("{found} words where {expected} are needed")]
    WordCount {
        /// How many are needed.
        expected: usize,
        /// How many there are.
        found: usize,
    },
    /// Shares of different sets, or one of them twice.
    #[error("the shares are not of one set")]
    MixedShares,
    /// Fewer shares than the set needs.
    #[error("{found} shares where {needed} are needed")]
    TooFewShares {
        /// How many are needed.
        needed: u8,
        /// How many different ones there are.
        found: u8,
    },
    /// The shares are of one set and do not give what it was made of: one of them was altered.
    #[error("the shares do not give what they were made of")]
    WrongShares,
    /// Fewer than two needed, more needed than there are, or too many.
    #[error("not a way to cut a secret into shares")]
    BadThreshold,
    /// All words are in the list, but they do not belong together.
    #[error("the words do not belong together: one is wrong or out of place")]
    WordChecksum,
}
