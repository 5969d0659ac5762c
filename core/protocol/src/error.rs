//! What can be wrong with bytes that claim to be one of our formats.

/// Bytes that are not what they should be. Carries no user data.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum ProtocolError {
    /// The bytes end before the value does.
    #[error("the bytes end too early")]
    Truncated,
    /// Bytes follow where the value ends.
    #[error("bytes follow the end of the value")]
    Trailing,
    /// A size or count is above its limit.
    #[error("{what} is larger than {max}")]
    TooLarge {
        /// What is too large.
        what: &'static str,
        /// The limit, in bytes or entries.
        max: usize,
    },
    /// The shape is wrong.
    #[error("malformed: {0}")]
    Malformed(&'static str),
    /// The value is readable but not in its one allowed encoding.
    #[error("not in canonical form")]
    NotCanonical,
    /// A version this program does not know: park, do not reject.
    #[error("unknown version {0}")]
    UnknownVersion(u8),
    /// A kind or operation this program does not know: park, do not reject.
    #[error("unknown kind {0}")]
    UnknownKind(u8),
    /// A cipher suite this program does not know: park, do not reject.
    #[error("unknown suite {0}")]
    UnknownSuite(u8),
    /// The text is not an invitation at all.
    #[error("not an invitation")]
    NotAnInvitation,
    /// The text is an invitation with a wrong or missing character.
    #[error("the invitation has a wrong or missing character")]
    InvitationDamaged,
    /// The text is not a share of recovery words at all.
    #[error("not a share")]
    NotAShare,
    /// The text is a share with a wrong or missing character.
    #[error("the share has a wrong or missing character")]
    ShareDamaged,
}

impl ProtocolError {
    /// Whether a newer program may understand the bytes: such bytes are parked, never rejected.
    #[must_use]
    pub const fn needs_newer(self) -> bool {
        matches!(
            self,
            Self::UnknownVersion(_) | Self::UnknownKind(_) | Self::UnknownSuite(_)
        )
    }
}
