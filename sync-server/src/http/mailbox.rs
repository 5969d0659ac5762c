//! `PUT /v1/mailboxes/{pk}`: making a mailbox.

use axum::extract::Request;
use axum::http::StatusCode;
use axum::http::request::Parts;
use axum::response::Response;
use belay_protocol::relay::{Code, MailboxCreated, MailboxPk, header, limits};

use super::body;
use super::info::json;
use super::router::Answer;
use super::shared::{Peer, Shared};
use super::signed::Claim;
use crate::engine::{Created, MailboxState, NewMailbox, SpentToken};
use crate::random;

pub(crate) async fn create(shared: &Shared, request: Request) -> Answer {
    let (parts, sent) = request.into_parts();
    let claim = Claim::read(shared, &parts)?;
    let sent = body::collect(shared, sent, 0).await?;
    let mailbox = claim.verify(shared, &parts, &sent.bytes)?;
    let peer = parts.extensions.get::<Peer>().copied();
    shared.limit_creation(peer.ok_or(Code::Internal)?, &parts.headers)?;
    make(shared, &parts, mailbox).await
}

async fn make(shared: &Shared, parts: &Parts, mailbox: MailboxPk) -> Answer {
    let limits = &shared.config.limits;
    let token = token(shared, parts);
    let new = NewMailbox {
        generation: random::make_generation().map_err(|_| Code::Internal)?,
        quota: limits.mailbox_bytes,
        // Without a valid token only a mailbox that is there already is given.
        mailboxes_max: if token.is_ok() { limits.mailboxes } else { 0 },
        token: token.as_ref().ok().copied().flatten(),
    };
    match shared.engine.create(mailbox, new, shared.moment()).await? {
        Created::New(state) => Ok(answer(StatusCode::CREATED, &state)),
        Created::Existing(state) => Ok(answer(StatusCode::OK, &state)),
        Created::Full => Err(token.err().unwrap_or(Code::RelayFull).into()),
        Created::TokenSpent => Err(Code::TokenRefused.into()),
    }
}

/// The token that pays for it, if this relay asks for one.
fn token(shared: &Shared, parts: &Parts) -> Result<Option<SpentToken>, Code> {
    let Some(key) = &shared.config.operator_key else {
        return Ok(None);
    };
    let text = parts
        .headers
        .get(header::TOKEN)
        .ok_or(Code::TokenRequired)?;
    text.to_str()
        .ok()
        .filter(|text| text.len() <= limits::TOKEN_BYTES_MAX)
        .and_then(|text| key.check(text, shared.clock.now_ms()))
        .map(Some)
        .ok_or(Code::TokenRefused)
}

fn answer(status: StatusCode, state: &MailboxState) -> Response {
    let created = MailboxCreated {
        generation: state.generation,
        head: state.head,
        quota_bytes: state.quota,
        expires_at_ms: state.expires_ms,
    };
    json(status, &created)
}
