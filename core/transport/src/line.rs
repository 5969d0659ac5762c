//! What carries a request to a relay where it is not this machine's HTTP: a shell's own way out, or the network of
//! a test that loses and delays.

use std::fmt::Debug;
use std::future::Future;
use std::pin::Pin;
use std::sync::Arc;

use belay_protocol::relay::{RelayOrigin, header, limits};
use reqwest::{Client, StatusCode};

use crate::TransportError;
use crate::answer::{Answer, LARGER, refused};

/// The answer to a request, when it comes.
pub type LineFuture<'a> =
    Pin<Box<dyn Future<Output = Result<LineAnswer, TransportError>> + Send + 'a>>;

/// Carries single requests. It sees what a relay sees: sealed bytes and signatures, no key.
pub trait RelayLine: Debug + Send + Sync {
    /// Carries one request to the relay of that origin and brings its answer back. The caller bounds neither
    /// its time nor its size; answers larger than asked for are refused afterwards.
    fn carry<'a>(&'a self, origin: &'a RelayOrigin, request: LineRequest) -> LineFuture<'a>;
}

/// A request as HTTP has it.
#[derive(Debug, Clone)]
pub struct LineRequest {
    /// `GET`, `PUT`, `POST` or `DELETE`.
    pub method: String,
    /// The path, from its slash.
    pub path: String,
    /// What follows the question mark; empty for none.
    pub query: String,
    /// Headers of the relay protocol.
    pub headers: Vec<(&'static str, String)>,
    /// The body.
    pub body: Vec<u8>,
}

/// An answer as HTTP has it.
#[derive(Debug, Clone)]
pub struct LineAnswer {
    /// The status.
    pub status: u16,
    /// Its `Content-Type`.
    pub content_type: Option<String>,
    /// The body.
    pub body: Vec<u8>,
}

/// How a client reaches its relay.
#[derive(Clone, Debug)]
pub(crate) enum Way {
    Http(Client),
    Line(Arc<dyn RelayLine>),
}

impl LineAnswer {
    /// Takes it in as [`Answer::read`] does one that came by HTTP.
    pub(crate) fn judged(self, most: usize) -> Result<Answer, TransportError> {
        let Ok(status) = StatusCode::from_u16(self.status) else {
            return Err(TransportError::BadAnswer("status"));
        };
        if status.is_success() {
            if self.body.len() > most {
                return Err(LARGER);
            }
            return Ok(Answer {
                status,
                bytes: self.body,
            });
        }
        let told = self.content_type.as_deref() == Some(header::PROBLEM);
        let told = told && self.body.len() <= limits::JSON_BYTES_MAX;
        let problem = told.then_some(self.body.as_slice());
        Err(refused(self.status, problem))
    }
}
