//! Refusing: RFC 9457 problem details.

use axum::body::Body;
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::Response;
use belay_model::EnvelopeId;
use belay_protocol::relay::{Code, Problem, header as names};

use crate::engine::EngineError;

const RETRY_AFTER_SECONDS: &str = "30";

/// Why a request is not done.
#[derive(Debug)]
pub(crate) struct Refusal {
    pub(crate) code: Code,
    erased: Vec<EnvelopeId>,
}

impl From<Code> for Refusal {
    fn from(code: Code) -> Self {
        Self {
            code,
            erased: Vec::new(),
        }
    }
}

impl From<EngineError> for Refusal {
    fn from(_: EngineError) -> Self {
        Code::Internal.into()
    }
}

impl From<belay_protocol::ProtocolError> for Refusal {
    fn from(error: belay_protocol::ProtocolError) -> Self {
        match error {
            belay_protocol::ProtocolError::TooLarge { .. } => Code::TooLarge.into(),
            _ => Code::Malformed.into(),
        }
    }
}

impl Refusal {
    /// Refused because these were erased.
    pub(crate) const fn erased(erased: Vec<EnvelopeId>) -> Self {
        Self {
            code: Code::Erased,
            erased,
        }
    }

    /// The answer, telling the relay's time.
    pub(crate) fn into_answer(self, time_ms: i64) -> Response {
        let mut problem = Problem::new(self.code, time_ms);
        problem.erased = self.erased;
        let body = serde_json::to_vec(&problem).expect("a problem has only plain fields");
        let mut answer = Response::new(Body::from(body));
        *answer.status_mut() =
            StatusCode::from_u16(problem.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
        let headers = answer.headers_mut();
        headers.insert(
            header::CONTENT_TYPE,
            HeaderValue::from_static(names::PROBLEM),
        );
        headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
        if matches!(self.code, Code::RateLimited | Code::Busy) {
            let seconds = HeaderValue::from_static(RETRY_AFTER_SECONDS);
            headers.insert(header::RETRY_AFTER, seconds);
        }
        answer
    }
}
