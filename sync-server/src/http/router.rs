//! Which path and method goes where, and how a refusal becomes an answer.

use std::sync::Arc;

use axum::Router;
use axum::extract::{Request, State};
use axum::response::Response;
use axum::routing::{get, post, put};
use belay_protocol::relay::{Code, path};

use super::refusal::Refusal;
use super::shared::Shared;
use super::{envelopes, erase, info, mailbox, rendezvous};

/// A handler's end: an answer, or why not.
pub(crate) type Answer = Result<Response, Refusal>;

/// The routes of a relay.
pub(crate) fn router(shared: Arc<Shared>) -> Router {
    let read = |State(shared): State<Arc<Shared>>, request: Request| async move {
        let (parts, _) = request.into_parts();
        end(&shared, envelopes::read(&shared, parts).await)
    };
    let append = |State(shared): State<Arc<Shared>>, request: Request| async move {
        end(&shared, envelopes::append(&shared, request).await)
    };
    let create = |State(shared): State<Arc<Shared>>, request: Request| async move {
        end(&shared, mailbox::create(&shared, request).await)
    };
    let erase = |State(shared): State<Arc<Shared>>, request: Request| async move {
        end(&shared, erase::erase(&shared, request).await)
    };
    let put_slot = |State(shared): State<Arc<Shared>>, request: Request| async move {
        end(&shared, rendezvous::put(&shared, request).await)
    };
    let get_slot = |State(shared): State<Arc<Shared>>, request: Request| async move {
        let (parts, _) = request.into_parts();
        end(&shared, rendezvous::get(&shared, parts).await)
    };
    let about = |State(shared): State<Arc<Shared>>| async move { info::info(&shared) };
    let health = |State(shared): State<Arc<Shared>>| async move {
        end(&shared, info::health(&shared).await)
    };
    let no_method = |State(shared): State<Arc<Shared>>| async move {
        end(&shared, Err(Code::MethodNotAllowed.into()))
    };
    let no_path =
        |State(shared): State<Arc<Shared>>| async move { end(&shared, Err(Code::NotFound.into())) };
    Router::new()
        .route(path::INFO, get(about))
        .route(path::HEALTH, get(health))
        .route(path::MAILBOX, put(create))
        .route(path::ENVELOPES, get(read).post(append))
        .route(path::ERASE, post(erase))
        .route(path::RENDEZVOUS, get(get_slot).put(put_slot))
        .method_not_allowed_fallback(no_method)
        .fallback(no_path)
        .with_state(shared)
}

fn end(shared: &Shared, answer: Answer) -> Response {
    match answer {
        Ok(answer) => answer,
        Err(refusal) => {
            // The code and nothing about who or which mailbox.
            if refusal.code == Code::Internal {
                tracing::warn!(code = refusal.code.as_str(), "request failed");
            } else {
                tracing::debug!(code = refusal.code.as_str(), "request refused");
            }
            refusal.into_answer(shared.clock.now_ms())
        }
    }
}
