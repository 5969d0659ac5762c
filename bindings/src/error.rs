//! The engine's error as Kotlin and Swift see it: the same variants and fields.

/// What went wrong, as a person or a shell can act on it (docs/errors.md).
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error, uniffi::Error)]
pub enum BelayError {
    /// What was handed in breaks a rule; nothing was written.
    #[error("{field}: {rule}")]
    InvalidInput {
        /// Which part of the input.
        field: String,
        /// The rule it breaks.
        rule: String,
    },
    /// There is no such thing here.
    #[error("{what} not found")]
    NotFound {
        /// What was looked for.
        what: String,
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
    /// The relay answered and refused.
    #[error("the relay refused: {code}")]
    RelayRefused {
        /// The relay's stable code.
        code: String,
    },
    /// The store was written by a newer Belay; nothing was changed.
    #[error("written by a newer Belay")]
    NewerData,
    /// The store was damaged and is set aside, whole.
    #[error("the store was damaged and set aside")]
    DataDamaged {
        /// Where it lies now.
        backup_path: String,
    },
    /// The disk is full; nothing of this write is kept in part.
    #[error("the disk is full")]
    StorageFull,
    /// Cannot be done now, or not in this state.
    #[error("not possible now: {reason}")]
    Unavailable {
        /// Why, a stable word.
        reason: String,
    },
    /// The core was shut down.
    #[error("closed")]
    Closed,
    /// A fault of the program itself.
    #[error("internal fault {code}")]
    Internal {
        /// Where, for its makers.
        code: String,
    },
}

/// Shorthand.
pub type Result<T> = std::result::Result<T, BelayError>;

#[uniffi::export]
impl BelayError {
    /// The stable code (docs/errors.md).
    pub fn code(&self) -> String {
        let code = match self {
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
        };
        code.to_owned()
    }

    /// What the code is about: field and rule, what was looked for, the relay's code, the reason.
    pub fn detail(&self) -> Option<String> {
        match self {
            Self::InvalidInput { field, rule } => Some(format!("{field}.{rule}")),
            Self::NotFound { what } => Some(what.clone()),
            Self::RelayRefused { code } | Self::Internal { code } => Some(code.clone()),
            Self::Unavailable { reason } => Some(reason.clone()),
            _ => None,
        }
    }
}

impl From<belay_engine::BelayError> for BelayError {
    fn from(error: belay_engine::BelayError) -> Self {
        use belay_engine::BelayError as Engine;
        match error {
            Engine::InvalidInput { field, rule } => Self::InvalidInput {
                field: field.to_owned(),
                rule: rule.to_owned(),
            },
            Engine::NotFound { what } => Self::NotFound {
                what: what.to_owned(),
            },
            Engine::Locked => Self::Locked,
            Engine::WrongSecret => Self::WrongSecret,
            Engine::Offline => Self::Offline,
            Engine::RelayRefused { code } => Self::RelayRefused { code },
            Engine::NewerData => Self::NewerData,
            Engine::DataDamaged { backup_path } => Self::DataDamaged {
                backup_path: backup_path.to_string_lossy().into_owned(),
            },
            Engine::StorageFull => Self::StorageFull,
            Engine::Unavailable { reason } => Self::Unavailable {
                reason: reason.to_owned(),
            },
            Engine::Closed => Self::Closed,
            Engine::Internal { code } => Self::Internal {
                code: code.to_owned(),
            },
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use belay_engine::BelayError as Engine;

    #[test]
    fn code_and_detail_cross_as_the_engine_says_them() {
        let every = [
            Engine::InvalidInput {
                field: "mood",
                rule: "out_of_range",
            },
            Engine::NotFound { what: "goal" },
            Engine::Locked,
            Engine::WrongSecret,
            Engine::Offline,
            Engine::RelayRefused {
                code: "quota".to_owned(),
            },
            Engine::NewerData,
            Engine::DataDamaged {
                backup_path: "aside".into(),
            },
            Engine::StorageFull,
            Engine::Unavailable { reason: "busy" },
            Engine::Closed,
            Engine::Internal { code: "store" },
        ];
        assert_eq!(every.len(), belay_engine::CODES.len());
        for (error, listed) in every.into_iter().zip(belay_engine::CODES) {
            let (code, detail) = (error.code(), error.detail());
            assert_eq!(code, *listed);
            let crossed = BelayError::from(error);
            assert_eq!(
                (crossed.code(), crossed.detail()),
                (code.to_owned(), detail)
            );
        }
    }
}
