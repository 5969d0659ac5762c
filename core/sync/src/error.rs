//! What can be wrong with what a peer says.

/// A peer's item breaks a rule of the protocol. None of these carries a byte of what it said.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum SyncError {
    /// A certificate is not signed by the key it names.
    #[error("a certificate does not hold")]
    Genesis,
    /// A cryptographic check failed.
    #[error("a seal or signature did not hold")]
    Crypto,
    /// Bytes are not what the protocol says they are.
    #[error("bytes are not in the agreed form")]
    Format,
}

impl From<belay_crypto::CryptoError> for SyncError {
    fn from(_: belay_crypto::CryptoError) -> Self {
        Self::Crypto
    }
}

impl From<belay_protocol::ProtocolError> for SyncError {
    fn from(_: belay_protocol::ProtocolError) -> Self {
        Self::Format
    }
}
