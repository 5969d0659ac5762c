//! The one error that shells see: at most twelve variants, each something a person or a shell can act on.
//! It never carries what somebody wrote.

use std::path::PathBuf;

/// What went wrong, as a shell needs it.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum BelayError {
    /// What was handed in breaks a rule; nothing was written. `field` and `rule` are stable words.
    #[error("{field}: {rule}")]
    InvalidInput {
        /// Which part of the input.
        field: &'static str,
        /// The rule it breaks.
        rule: &'static str,
    },
    /// There is no such thing here.
    #[error("{what} not found")]
    NotFound {
        /// What was looked for.
        what: &'static str,
    },
    /// The store is there, and its key is not.
    #[error("the store is locked")]
    Locked,
    /// The passphrase or key is not the one the store was made with.
    #[error("that is not the right passphrase or key")]
    WrongSecret,
    /// The relay could not be reached. Everything is kept and goes out later.
    #[error("the relay could not be reached")]
    Offline,
    /// The relay answered and refused. `code` is the relay's own stable code.
    #[error("the relay refused: {code}")]
    RelayRefused {
        /// The relay's stable code.
        code: String,
    },
    /// The store was written by a newer Belay; nothing was changed.
    #[error("written by a newer Belay")]
    NewerData,
    /// The store was damaged and is set aside under this path, whole.
    #[error("the store was damaged and set aside")]
    DataDamaged {
        /// Where it lies now.
        backup_path: PathBuf,
    },
    /// The disk is full; nothing of this write is kept in part.
    #[error("the disk is full")]
    StorageFull,
    /// Cannot be done now, or not in this state. `reason` is a stable word.
    #[error("not possible now: {reason}")]
    Unavailable {
        /// Why.
        reason: &'static str,
    },
    /// The engine was shut down.
    #[error("closed")]
    Closed,
    /// A fault of the program itself. `code` tells its makers where.
    #[error("internal fault {code}")]
    Internal {
        /// Where.
        code: &'static str,
    },
}

/// Shorthand.
pub type Result<T> = std::result::Result<T, BelayError>;

/// Every stable code a [`BelayError`] can have, compared by a test with docs/errors.md.
pub const CODES: &[&str] = &[
    "invalid-input",
    "not-found",
    "locked",
    "wrong-secret",
    "offline",
    "relay-refused",
    "newer-data",
    "data-damaged",
    "storage-full",
    "unavailable",
    "closed",
    "internal",
];

/// Every reason of [`BelayError::Unavailable`].
pub const REASONS: &[&str] = &[
    "already-exists",
    "already-syncing",
    "already-paired",
    "attachment-damaged",
    "being-deleted",
    "bundle-cut-short",
    "bundle-damaged",
    "bundle-for-others",
    "busy",
    "device-not-waiting",
    "device-removed",
    "device-waiting",
    "enough-erased-today",
    "file-not-usable",
    "folder-not-writable",
    "invitation-burned",
    "invitation-cancelled",
    "invitation-damaged",
    "invitation-expired",
    "invitation-not-found",
    "invitation-own",
    "invitation-used",
    "key-file-damaged",
    "key-file-missing",
    "mixed-shares",
    "no-copy-found",
    "no-device-near",
    "no-network",
    "no-relay",
    "no-sealed-copy",
    "not-a-bundle",
    "not-a-device",
    "not-a-share",
    "not-agreed",
    "no-recovery-words",
    "not-an-invitation",
    "not-compared",
    "not-here-yet",
    "not-in-space",
    "not-sealed-to-words",
    "nudge-not-agreed",
    "nudge-topic-unwelcome",
    "nudges-used-up",
    "pairing-refused",
    "relay-answer",
    "relay-needs-token",
    "relay-plain-http",
    "relay-untrusted",
    "share-damaged",
    "sharing-paused",
    "store-suspect",
    "template-newer",
    "this-device",
    "too-few-shares",
    "too-many-devices",
    "waiting-for-partner",
    "words-differ",
    "words-replaced",
    "wrong-shares",
];

impl BelayError {
    /// Whether a document is kept that this version cannot read: a newer Belay wrote it, or part of it is
    /// still to come.
    pub(crate) fn is_unreadable(&self) -> bool {
        matches!(self, Self::NewerData | Self::Internal { code: "document" })
    }

    /// The stable code, one of [`CODES`].
    #[must_use]
    pub fn code(&self) -> &'static str {
        match self {
            Self::InvalidInput { .. } => "invalid-input",
            Self::NotFound { .. } => "not-found",
            Self::Locked => "locked",
            Self::WrongSecret => "wrong-secret",
            Self::Offline => "offline",
            Self::RelayRefused { .. } => "relay-refused",
            Self::NewerData => "newer-data",
            Self::DataDamaged { .. } => "data-damaged",
            Self::StorageFull => "storage-full",
            Self::Unavailable { .. } => "unavailable",
            Self::Closed => "closed",
            Self::Internal { .. } => "internal",
        }
    }

    /// What the code is about: field and rule, reason, or the relay's code.
    #[must_use]
    pub fn detail(&self) -> Option<String> {
        match self {
            Self::InvalidInput { field, rule } => Some(format!("{field}.{rule}")),
            Self::NotFound { what } => Some((*what).to_owned()),
            Self::RelayRefused { code } => Some(code.clone()),
            Self::Unavailable { reason } => Some((*reason).to_owned()),
            Self::Internal { code } => Some((*code).to_owned()),
            _ => None,
        }
    }

    pub(crate) fn unavailable(reason: &'static str) -> Self {
        debug_assert!(REASONS.contains(&reason), "{reason} is not listed");
        Self::Unavailable { reason }
    }

    pub(crate) fn internal(code: &'static str) -> Self {
        Self::Internal { code }
    }
}
