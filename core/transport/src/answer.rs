//! Taking in an answer: never more than asked for, and refusals as what they are.

use belay_protocol::relay::{Code, Problem, header, limits};
use reqwest::{Response, StatusCode};
use serde::de::DeserializeOwned;

use crate::TransportError;

/// No correct relay answers so: what was asked for named its own bound.
pub(crate) const LARGER: TransportError = TransportError::BadAnswer("larger than asked for");

/// A relay's answer that is no refusal.
pub(crate) struct Answer {
    pub(crate) status: StatusCode,
    pub(crate) bytes: Vec<u8>,
}

impl Answer {
    /// Reads an answer of at most `most` bytes.
    pub(crate) async fn read(response: Response, most: usize) -> Result<Self, TransportError> {
        let status = response.status();
        if status.is_success() {
            let bytes = collect(response, most).await?;
            return Ok(Self { status, bytes });
        }
        Err(refusal(response).await)
    }

    /// The answer as JSON.
    pub(crate) fn json<T: DeserializeOwned>(&self) -> Result<T, TransportError> {
        serde_json::from_slice(&self.bytes).map_err(|_| TransportError::BadAnswer("JSON"))
    }
}

async fn collect(mut response: Response, most: usize) -> Result<Vec<u8>, TransportError> {
    let announced = response.content_length().unwrap_or(0);
    if announced > most as u64 {
        return Err(LARGER);
    }
    let mut bytes = Vec::new();
    let broken = |error: reqwest::Error| TransportError::of(&error);
    while let Some(piece) = response.chunk().await.map_err(broken)? {
        if bytes.len() + piece.len() > most {
            return Err(LARGER);
        }
        bytes.extend_from_slice(&piece);
    }
    Ok(bytes)
}

/// Judges an answer that is a refusal.
pub(crate) async fn refusal(response: Response) -> TransportError {
    let status = response.status();
    let kind = response.headers().get(reqwest::header::CONTENT_TYPE);
    let told = kind.is_some_and(|kind| kind.as_bytes() == header::PROBLEM.as_bytes());
    let body = if told {
        match collect(response, limits::JSON_BYTES_MAX).await {
            Ok(bytes) => Some(bytes),
            Err(error) => return error,
        }
    } else {
        None
    };
    refused(status.as_u16(), body.as_deref())
}

/// A refusal of that status; `problem` is its body where it says that it is a problem of the relay protocol.
pub(crate) fn refused(status: u16, problem: Option<&[u8]>) -> TransportError {
    let problem: Option<Problem> = problem.and_then(|bytes| serde_json::from_slice(bytes).ok());
    match problem {
        Some(problem) if problem.code() == Code::Erased => TransportError::Erased {
            envelopes: problem.erased,
        },
        Some(problem) => TransportError::Refused {
            status,
            code: problem.code(),
            relay_time_ms: Some(problem.time_ms),
        },
        // A gateway speaking for a relay that is not there.
        None if matches!(status, 502..=504) => TransportError::Unreachable,
        None => TransportError::Refused {
            status,
            code: Code::Unknown,
            relay_time_ms: None,
        },
    }
}
