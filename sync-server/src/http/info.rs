//! `GET /v1/info` and `GET /healthz`.

use axum::body::Body;
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::Response;
use belay_protocol::relay::{Creation, Info, InfoLimits, limits};
use serde::Serialize;

use super::router::Answer;
use super::shared::Shared;

/// What the relay is and allows.
#[expect(clippy::unused_async, reason = "a handler like the others")]
pub(crate) async fn info(shared: &Shared) -> Answer {
    let own = &shared.config.limits;
    let info = Info {
        protocol: vec![1],
        software: concat!("belay-relay ", env!("CARGO_PKG_VERSION")).to_owned(),
        origin: shared.origin.clone(),
        time_ms: shared.clock.now_ms(),
        creation: match shared.config.operator_key {
            Some(_) => Creation::Codes,
            None => Creation::Open,
        },
        limits: InfoLimits {
            envelope_bytes: limits::ENVELOPE_MAX as u64,
            append_bytes: limits::APPEND_BYTES_MAX as u64,
            append_envelopes: limits::APPEND_ENVELOPES_MAX as u64,
            page_envelopes: u64::from(limits::READ_ENVELOPES_MAX),
            page_bytes: u64::from(limits::READ_BYTES_MAX),
            wait_seconds: u64::from(limits::WAIT_SECONDS_MAX),
            mailbox_bytes: own.mailbox_bytes,
            blob_bytes: limits::BLOB_BYTES_MAX.min(own.blob_bytes),
            mailbox_blob_bytes: own.blob_bytes,
            idle_days: u64::from(own.idle_days),
            grace_days: u64::from(own.grace_days),
        },
    };
    Ok(json(StatusCode::OK, &info))
}

/// All paths and what they answer, as an OpenAPI document. A test compares it with what the relay does.
#[expect(clippy::unused_async, reason = "a handler like the others")]
pub(crate) async fn describe() -> Answer {
    let mut answer = Response::new(Body::from(include_str!("openapi.json")));
    let kind = HeaderValue::from_static("application/json");
    answer.headers_mut().insert(header::CONTENT_TYPE, kind);
    Ok(answer)
}

/// Whether the storage answers.
pub(crate) async fn health(shared: &Shared) -> Answer {
    shared.engine.check().await?;
    let mut answer = Response::new(Body::from("ok\n"));
    let kind = HeaderValue::from_static("text/plain; charset=utf-8");
    answer.headers_mut().insert(header::CONTENT_TYPE, kind);
    Ok(answer)
}

/// An answer in JSON.
pub(crate) fn json(status: StatusCode, value: &impl Serialize) -> Response {
    let body = serde_json::to_vec(value).expect("answers have only plain fields");
    let mut answer = Response::new(Body::from(body));
    *answer.status_mut() = status;
    let headers = answer.headers_mut();
    let kind = HeaderValue::from_static("application/json");
    headers.insert(header::CONTENT_TYPE, kind);
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    answer
}
