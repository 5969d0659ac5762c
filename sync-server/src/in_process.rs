//! A relay without a socket: requests are handed to it and answered in the same program. For networks that a test
//! decides; everything behind the socket is what a relay that listens has.

use std::net::{IpAddr, Ipv4Addr};
use std::sync::Arc;

use axum::Router;
use axum::body::{Body, to_bytes};
use hyper::Request;
use hyper::service::Service;
use hyper_util::service::TowerToHyperService;
use tokio::sync::watch;

use crate::clock::Clock;
use crate::config::RelayConfig;
use crate::engine::MemoryEngine;
use crate::http::{Peer, Shared, router};

/// Most bytes of an answer; a page of envelopes is far below.
const ANSWER_MAX: usize = 8 << 20;

/// A request as it would come over a connection.
#[derive(Clone, Debug)]
pub struct InProcessRequest<'a> {
    /// `GET`, `PUT`, `POST` or `DELETE`.
    pub method: &'a str,
    /// Path and query.
    pub target: &'a str,
    /// Names and values.
    pub headers: &'a [(&'static str, String)],
    /// The body.
    pub body: Vec<u8>,
}

/// What came of a request.
#[derive(Clone, Debug)]
pub struct InProcessAnswer {
    /// The status.
    pub status: u16,
    /// Its `Content-Type`.
    pub content_type: Option<String>,
    /// The body.
    pub body: Vec<u8>,
}

/// The relay. It keeps what the memory that it was made with keeps.
pub struct InProcessRelay {
    router: TowerToHyperService<Router>,
    /// Whoever holds it can end long polls; nobody does.
    _stop: watch::Sender<bool>,
}

impl InProcessRelay {
    /// A relay at the origin of the configuration, over that memory.
    #[must_use]
    pub fn new(
        config: RelayConfig,
        origin: String,
        memory: MemoryEngine,
        clock: Arc<dyn Clock>,
    ) -> Self {
        let (stop, stopping) = watch::channel(false);
        let shared = Arc::new(Shared::new(
            Box::new(memory),
            clock,
            config,
            origin,
            stopping,
        ));
        Self {
            router: TowerToHyperService::new(router(shared)),
            _stop: stop,
        }
    }

    /// Answers one request; one that may wait for something to come waits here.
    ///
    /// # Errors
    /// When it is no HTTP request, or its answer is longer than any of a relay.
    pub async fn answer(&self, asked: InProcessRequest<'_>) -> std::io::Result<InProcessAnswer> {
        let mut request = Request::builder().method(asked.method).uri(asked.target);
        for (name, value) in asked.headers {
            request = request.header(*name, value);
        }
        let request = request
            .header("content-length", asked.body.len())
            .extension(Peer(IpAddr::V4(Ipv4Addr::LOCALHOST)))
            .body(Body::from(asked.body))
            .map_err(std::io::Error::other)?;
        let answer = match self.router.call(request).await {
            Ok(answer) => answer,
            Err(never) => match never {},
        };
        let (parts, body) = answer.into_parts();
        let content_type = parts.headers.get("content-type");
        let body = to_bytes(body, ANSWER_MAX).await;
        Ok(InProcessAnswer {
            status: parts.status.as_u16(),
            content_type: content_type
                .and_then(|value| value.to_str().ok())
                .map(str::to_owned),
            body: body.map_err(std::io::Error::other)?.into(),
        })
    }
}
