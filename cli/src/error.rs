//! The one error of the command line: what the engine says, and the few things only a shell can trip over.
//! The words for each stand in `error_words.rs`.

use std::io;
use std::path::PathBuf;

use belay_engine::BelayError;
use belay_engine::model::RuleError;

use crate::typed_words::TypedWords;

/// What went wrong.
#[derive(Debug, thiserror::Error)]
pub enum CliError {
    /// The engine says no.
    #[error(transparent)]
    Belay(#[from] BelayError),
    /// What was typed breaks a rule of the model.
    #[error(transparent)]
    Rule(#[from] RuleError),
    /// What was typed breaks a rule of the command line. Both are stable words.
    #[error("{field}: {rule}")]
    Input {
        /// Which part of what was typed.
        field: &'static str,
        /// Which rule.
        rule: &'static str,
    },
    /// More than one thing begins like this.
    #[error("{what} is not the only one")]
    Ambiguous {
        /// `goal`, `partner` or `check_in`.
        what: &'static str,
        /// How many fit.
        count: usize,
    },
    /// A word of an invitation is not in the list.
    #[error("word {position} is not in the list")]
    MistypedWord {
        /// Which word, from 1.
        position: usize,
        /// As it was typed.
        typed: String,
        /// The nearest word of the list.
        nearest: &'static str,
    },
    /// One of the recovery words is not in the list. It is not repeated: it may be nearly right.
    #[error("word {position} is not in the list")]
    MistypedRecoveryWord {
        /// Which word, from 1.
        position: usize,
        /// The nearest word of the list.
        nearest: &'static str,
    },
    /// A question would have to be asked, and nobody is there to answer.
    #[error("needs an answer: {flag}")]
    NeedsAnswer {
        /// The flag that answers it.
        flag: &'static str,
    },
    /// The person said no; nothing was changed.
    #[error("left as it was")]
    Declined,
    /// There is no keyring to keep the key in.
    #[error("no keyring")]
    NoKeyring,
    /// The keyring is there and does not open.
    #[error("the keyring does not open")]
    KeyringClosed,
    /// The store was made with its key in the keyring, and the keyring has no such key.
    #[error("the key is not in the keyring")]
    KeyringEmpty,
    /// The key file is there and cannot be read as one.
    #[error("the key file is damaged")]
    KeyFileDamaged {
        /// Where it lies.
        path: PathBuf,
    },
    /// The key file is gone.
    #[error("the key file is gone")]
    KeyFileMissing {
        /// Where it should lie.
        path: PathBuf,
    },
    /// Relays could not be used; everything else was done.
    #[error("relays could not be used")]
    Troubles {
        /// Stable codes of the engine, without repeats.
        codes: Vec<String>,
    },
    /// A file or the terminal could not be used.
    #[error("{what}: {source}")]
    Io {
        /// What it was for.
        what: &'static str,
        /// What the operating system says.
        source: io::Error,
    },
    /// The demonstration saw something that must never be.
    #[error("the demonstration found: {what}")]
    Demo {
        /// What.
        what: String,
    },
    /// Something was refused; the words are handed back so that they can be shown again.
    #[error("{source}")]
    Typed {
        /// Why.
        source: Box<CliError>,
        /// What was typed.
        typed: TypedWords,
    },
}

/// Shorthand.
pub type Result<T> = std::result::Result<T, CliError>;

impl CliError {
    /// Something the operating system did not do.
    pub fn io(what: &'static str) -> impl FnOnce(io::Error) -> Self {
        move |source| Self::Io { what, source }
    }

    /// Keeps what was typed with the error, so that it is not lost.
    pub fn with_typed(self, typed: impl Into<TypedWords>) -> Self {
        match self {
            Self::Typed { .. } => self,
            source => Self::Typed {
                source: Box::new(source),
                typed: typed.into(),
            },
        }
    }

    /// The error without what was typed.
    pub fn cause(&self) -> &Self {
        match self {
            Self::Typed { source, .. } => source.cause(),
            other => other,
        }
    }

    /// What was typed, if it came with the error.
    pub fn typed(&self) -> Option<&TypedWords> {
        match self {
            Self::Typed { typed, .. } => Some(typed),
            _ => None,
        }
    }
}
