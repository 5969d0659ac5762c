//! Errors of the rooms below, as a shell needs them.

use std::io::ErrorKind;

use belay_crypto::CryptoError;
use belay_document::DocumentError;
use belay_model::RuleError;
use belay_model::goals::TermsError;
use belay_protocol::ProtocolError;
use belay_store::StoreError;
use belay_sync::SyncError;
use belay_transport::TransportError;

use crate::BelayError;

impl From<RuleError> for BelayError {
    fn from(error: RuleError) -> Self {
        Self::InvalidInput {
            field: error.field,
            rule: error.rule.word(),
        }
    }
}

impl From<TermsError> for BelayError {
    fn from(error: TermsError) -> Self {
        Self::InvalidInput {
            field: error.field,
            rule: error.rule.word(),
        }
    }
}

impl From<StoreError> for BelayError {
    fn from(error: StoreError) -> Self {
        match error {
            StoreError::NotFound => Self::NotFound { what: "store" },
            StoreError::WrongKey => Self::WrongSecret,
            StoreError::NewerData { .. } => Self::NewerData,
            StoreError::Damaged { set_aside } => Self::DataDamaged {
                backup_path: set_aside,
            },
            StoreError::StorageFull => Self::StorageFull,
            StoreError::Exists => Self::unavailable("already-exists"),
            StoreError::AlreadySyncing => Self::unavailable("already-syncing"),
            StoreError::Busy => Self::unavailable("busy"),
            // 14 is SQLite's "cannot open", which is what a folder without write permission gives.
            StoreError::ReadOnly
            | StoreError::Io(
                ErrorKind::PermissionDenied | ErrorKind::NotADirectory | ErrorKind::AlreadyExists,
            )
            | StoreError::Sqlite(14) => Self::unavailable("folder-not-writable"),
            StoreError::KeyMissing => Self::unavailable("key-file-missing"),
            StoreError::Malformed("key file") => Self::unavailable("key-file-damaged"),
            StoreError::Corrupt => Self::unavailable("store-suspect"),
            _ => Self::internal("store"),
        }
    }
}

impl From<CryptoError> for BelayError {
    fn from(error: CryptoError) -> Self {
        match error {
            CryptoError::WrongSecret => Self::WrongSecret,
            CryptoError::NoSecret => Self::Locked,
            CryptoError::Format(error) if error.needs_newer() => Self::NewerData,
            CryptoError::TooFewShares { .. } => Self::unavailable("too-few-shares"),
            CryptoError::MixedShares => Self::unavailable("mixed-shares"),
            CryptoError::WrongShares => Self::unavailable("wrong-shares"),
            CryptoError::BadThreshold => Self::InvalidInput {
                field: "threshold",
                rule: "out_of_range",
            },
            CryptoError::DamagedKeyFile => Self::unavailable("key-file-damaged"),
            _ => Self::internal("crypto"),
        }
    }
}

impl From<DocumentError> for BelayError {
    fn from(error: DocumentError) -> Self {
        match error {
            DocumentError::NewerData { .. } => Self::NewerData,
            DocumentError::TooLarge { .. } => Self::InvalidInput {
                field: "text",
                rule: "too_many_bytes",
            },
            _ => Self::internal("document"),
        }
    }
}

impl From<SyncError> for BelayError {
    fn from(_: SyncError) -> Self {
        Self::internal("sync")
    }
}

impl From<ProtocolError> for BelayError {
    fn from(error: ProtocolError) -> Self {
        match error {
            ProtocolError::NotAnInvitation => Self::unavailable("not-an-invitation"),
            ProtocolError::NotAShare => Self::unavailable("not-a-share"),
            ProtocolError::ShareDamaged => Self::unavailable("share-damaged"),
            ProtocolError::InvitationDamaged => Self::unavailable("invitation-damaged"),
            error if error.needs_newer() => Self::NewerData,
            _ => Self::internal("format"),
        }
    }
}

impl From<TransportError> for BelayError {
    fn from(error: TransportError) -> Self {
        match error {
            TransportError::Unreachable | TransportError::Interrupted => Self::Offline,
            TransportError::Refused { code, .. } => Self::RelayRefused {
                code: code.as_str().to_owned(),
            },
            TransportError::BadAnswer(_) | TransportError::Erased { .. } => {
                Self::unavailable("relay-answer")
            }
            TransportError::UnsafeOrigin => Self::unavailable("relay-plain-http"),
            TransportError::Tls => Self::unavailable("relay-untrusted"),
            TransportError::TooLarge | TransportError::Setup => Self::internal("transport"),
        }
    }
}
