//! What can go wrong on the way to a relay. No address, key or content stands in any of it.

use belay_model::EnvelopeId;
use belay_protocol::relay::Code;

/// Why a request did not bring what it should. After `Interrupted` the relay may have done it; every
/// request may be sent again.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum TransportError {
    /// No connection came about: no network, no such host, nobody listening, or a gateway without its
    /// relay.
    #[error("the relay cannot be reached")]
    Unreachable,
    /// The connection broke or the answer did not come in time.
    #[error("the connection to the relay was interrupted")]
    Interrupted,
    /// The relay answered that it will not.
    #[error("the relay refused: {}", code.as_str())]
    Refused {
        /// HTTP status.
        status: u16,
        /// The stable code; `Unknown` for an answer that does not come from a relay.
        code: Code,
        /// The relay's clock, milliseconds since 1970, where it told it.
        relay_time_ms: Option<i64>,
    },
    /// Nothing was stored because these envelopes of the batch were erased by their author.
    #[error("the relay refused: {} of the envelopes were erased by their author", envelopes.len())]
    Erased {
        /// Which.
        envelopes: Vec<EnvelopeId>,
    },
    /// What should be sent is larger than the protocol allows; nothing was sent.
    #[error("larger than the relay protocol allows")]
    TooLarge,
    /// The answer is not what a correct relay sends.
    #[error("the relay sent a wrong answer: {0}")]
    BadAnswer(&'static str),
    /// Plain HTTP to another machine, and nobody agreed to that.
    #[error("the relay's address is not protected by TLS")]
    UnsafeOrigin,
    /// The relay's certificate is not trusted, or no secure connection came about.
    #[error("no secure connection to the relay")]
    Tls,
    /// The client could not be set up.
    #[error("the network client could not be set up")]
    Setup,
}

impl TransportError {
    /// Whether the same may work later without anyone doing something about it.
    #[must_use]
    pub const fn is_temporary(&self) -> bool {
        match self {
            Self::Unreachable | Self::Interrupted => true,
            Self::Refused { code, .. } => {
                matches!(
                    code,
                    Code::RateLimited | Code::Busy | Code::Timeout | Code::Internal
                )
            }
            _ => false,
        }
    }

    /// Whether a connection that was there ended before any answer came.
    pub(crate) fn broke_off(error: &reqwest::Error) -> bool {
        error.is_request() && !error.is_connect() && !error.is_timeout() && !is_tls(error)
    }

    /// Judges what the HTTP library reports.
    pub(crate) fn of(error: &reqwest::Error) -> Self {
        if is_tls(error) {
            Self::Tls
        } else if error.is_connect() {
            Self::Unreachable
        } else {
            Self::Interrupted
        }
    }
}

fn is_tls(error: &(dyn std::error::Error + 'static)) -> bool {
    if error.is::<rustls::Error>() {
        return true;
    }
    // An I/O error's source is its inner error's source, so the inner error itself needs asking for.
    let inner = error
        .downcast_ref::<std::io::Error>()
        .and_then(std::io::Error::get_ref);
    if let Some(inner) = inner
        && is_tls(inner)
    {
        return true;
    }
    error.source().is_some_and(is_tls)
}
