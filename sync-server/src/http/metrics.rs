//! `GET /metrics`: counts for who runs the relay.

use axum::body::Body;
use axum::http::request::Parts;
use axum::http::{HeaderValue, header};
use axum::response::Response;
use belay_protocol::relay::Code;

use super::router::Answer;
use super::shared::{Peer, Shared};
use crate::config::MetricsAccess;

/// The counts, or nothing at all for who may not see them.
pub(crate) async fn metrics(shared: &Shared, parts: Parts) -> Answer {
    let allowed = match shared.config.metrics {
        MetricsAccess::Off => false,
        MetricsAccess::Local => is_local(&parts),
        MetricsAccess::Open => true,
    };
    if !allowed {
        return Err(Code::NotFound.into());
    }
    let text = shared.metrics.text(&shared.gauges().await?);
    let mut answer = Response::new(Body::from(text));
    let headers = answer.headers_mut();
    let kind = HeaderValue::from_static("text/plain; version=0.0.4; charset=utf-8");
    headers.insert(header::CONTENT_TYPE, kind);
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    Ok(answer)
}

/// A proxy on this machine comes from here too, but says for whom it asks.
fn is_local(parts: &Parts) -> bool {
    let here = parts.extensions.get::<Peer>();
    let forwarded = ["forwarded", "x-forwarded-for", "via"];
    here.is_some_and(|peer| peer.0.to_canonical().is_loopback())
        && !forwarded
            .iter()
            .any(|name| parts.headers.contains_key(*name))
}
