//! Which path and method goes where, and how a refusal becomes an answer.

use std::sync::Arc;

use axum::Router;
use axum::extract::{Request, State};
use axum::response::Response;
use axum::routing::{MethodRouter, delete, get, post, put};
use belay_protocol::relay::{Code, path};

use super::refusal::Refusal;
use super::shared::Shared;
use super::{blobs, envelopes, erase, info, live, mailbox, metrics, rendezvous};
use crate::metrics::Operation;

/// A handler's end: an answer, or why not.
pub(crate) type Answer = Result<Response, Refusal>;

type Routes = MethodRouter<Arc<Shared>>;

/// A handler that is given the whole request, and one that is given its head only.
macro_rules! handler {
    ($operation:ident, $shared:ident, request: $request:ident => $answer:expr) => {
        |State($shared): State<Arc<Shared>>, $request: Request| async move {
            let answer = $answer.await;
            end(&$shared, Operation::$operation, answer)
        }
    };
    ($operation:ident, $shared:ident, parts: $parts:ident => $answer:expr) => {
        |State($shared): State<Arc<Shared>>, request: Request| async move {
            let ($parts, _) = request.into_parts();
            let answer = $answer.await;
            end(&$shared, Operation::$operation, answer)
        }
    };
}

/// The routes of a relay.
pub(crate) fn router(shared: Arc<Shared>) -> Router {
    let no_method = |State(shared): State<Arc<Shared>>| async move {
        end(
            &shared,
            Operation::Other,
            Err(Code::MethodNotAllowed.into()),
        )
    };
    let no_path = |State(shared): State<Arc<Shared>>| async move {
        end(&shared, Operation::Other, Err(Code::NotFound.into()))
    };
    let mut router = Router::new();
    for (path, routes) in general().into_iter().chain(of_mailboxes()) {
        router = router.route(path, routes);
    }
    router
        .method_not_allowed_fallback(no_method)
        .fallback(no_path)
        .with_state(shared)
}

fn general() -> Vec<(&'static str, Routes)> {
    let about = handler!(Info, shared, parts: _parts => info::info(&shared));
    let health = handler!(Health, shared, parts: _parts => info::health(&shared));
    let counts = handler!(Metrics, shared, parts: parts => metrics::metrics(&shared, parts));
    let describe = handler!(Describe, shared, parts: _parts => info::describe());
    let several =
        handler!(LiveSeveral, shared, request: request => live::several(&shared, request));
    let put_slot = handler!(PutSlot, shared, request: request => rendezvous::put(&shared, request));
    let get_slot = handler!(GetSlot, shared, parts: parts => rendezvous::get(&shared, parts));
    vec![
        (path::INFO, get(about)),
        (path::HEALTH, get(health)),
        (path::METRICS, get(counts)),
        (path::OPENAPI, get(describe)),
        (path::LIVE, post(several)),
        (path::RENDEZVOUS, get(get_slot).put(put_slot)),
    ]
}

fn of_mailboxes() -> Vec<(&'static str, Routes)> {
    let create = handler!(Create, shared, request: request => mailbox::create(&shared, request));
    let read = handler!(Read, shared, parts: parts => envelopes::read(&shared, parts));
    let append = handler!(Append, shared, request: request => envelopes::append(&shared, request));
    let erase = handler!(Erase, shared, request: request => erase::erase(&shared, request));
    let live = handler!(LiveOne, shared, parts: parts => live::one(&shared, parts));
    let put_blob = handler!(PutBlob, shared, request: request => blobs::put(&shared, request));
    let get_blob = handler!(GetBlob, shared, parts: parts => blobs::get(&shared, parts));
    let erase_blob =
        handler!(EraseBlob, shared, request: request => blobs::erase(&shared, request));
    vec![
        (path::MAILBOX, put(create)),
        (path::ENVELOPES, get(read).post(append)),
        (path::ERASE, post(erase)),
        (path::MAILBOX_LIVE, get(live)),
        (
            path::BLOB,
            get(get_blob).merge(put(put_blob)).merge(delete(erase_blob)),
        ),
    ]
}

fn end(shared: &Shared, operation: Operation, answer: Answer) -> Response {
    let refused = answer.as_ref().err().map(|refusal| refusal.code);
    shared.metrics.count(operation, refused);
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
