//! `/v1/mailboxes/{pk}/envelopes`: posting and reading.

use std::sync::Arc;
use std::sync::atomic::Ordering;

use axum::body::Body;
use axum::extract::Request;
use axum::http::request::Parts;
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::Response;
use belay_crypto::{envelope_id, mailbox_tag};
use belay_protocol::relay::{
    AppendAnswer, Code, MailboxPk, PageWriter, ReadQuery, header as names, limits, split_envelopes,
};

use super::berth::Berth;
use super::body;
use super::info::json;
use super::long_poll::{LongPoll, Subject};
use super::page_body::PageBody;
use super::refusal::Refusal;
use super::router::Answer;
use super::shared::{MEMORY_UNIT, Shared};
use super::signed::Claim;
use crate::engine::{Appended, NewEnvelope, Page, ReadLimits};

const DAY_MS: i64 = 86_400_000;

/// Stores a batch of envelopes, all or none.
pub(crate) async fn append(shared: &Arc<Shared>, request: Request) -> Answer {
    let (parts, sent) = request.into_parts();
    let claim = Claim::read(shared, &parts)?;
    let sent = body::collect(shared, sent, limits::APPEND_BYTES_MAX).await?;
    let mailbox = claim.verify(shared, &parts, &sent.bytes)?;
    let tag = mailbox_tag(mailbox.as_bytes());
    let mut envelopes = Vec::new();
    for envelope in split_envelopes(&sent.bytes)? {
        if envelope.mailbox_tag() != tag {
            return Err(Code::WrongMailbox.into());
        }
        envelopes.push(NewEnvelope {
            id: envelope_id(envelope.bytes()),
            erase_hash: envelope.erase_hash(),
            bytes: sent.bytes.slice_ref(envelope.bytes()),
        });
    }
    // A task of its own: a client that hangs up must not keep readers from being woken.
    let relay = Arc::clone(shared);
    let stored = tokio::spawn(async move {
        let at = relay.moment();
        let stored = relay.engine.append(mailbox, None, envelopes, at).await;
        drop(sent);
        if let Ok(Appended::Stored { outcomes, .. }) = &stored {
            let fresh = outcomes.iter().filter(|one| !one.duplicate).count();
            let envelopes = &relay.metrics.envelopes;
            envelopes.fetch_add(fresh as u64, Ordering::Relaxed);
            relay.mailboxes.wake(&mailbox);
        }
        stored
    });
    match stored.await.map_err(|_| Code::Internal)?? {
        Appended::Stored {
            generation,
            head,
            outcomes,
        } => Ok(json(
            StatusCode::OK,
            &AppendAnswer {
                generation,
                head,
                outcomes,
            },
        )),
        Appended::NoMailbox => Err(Code::NoMailbox.into()),
        Appended::QuotaExceeded => Err(Code::QuotaExceeded.into()),
        Appended::Erased(erased) => Err(Refusal::erased(erased)),
        // Only a caller that names a generation gets this, and this one names none.
        Appended::WrongGeneration => Err(Code::Internal.into()),
    }
}

/// Gives a page, waiting for one if asked to.
pub(crate) async fn read(shared: &Shared, mut parts: Parts) -> Answer {
    let berth = Berth::of(&mut parts);
    let resumed = berth.as_ref().and_then(|berth| berth.take_resumed());
    let mut poll = match resumed {
        Some(poll) => poll,
        None => {
            let claim = Claim::read(shared, &parts)?;
            let mailbox = claim.verify(shared, &parts, &[])?;
            let query = ReadQuery::parse(parts.uri.query().unwrap_or_default())?;
            let page = fetch(shared, mailbox, query).await?;
            renew(shared, mailbox, &page).await?;
            if worth_sending(&page, query) || query.wait == 0 {
                return send(shared, &page);
            }
            LongPoll::begin(shared, Subject::Mailbox(mailbox, query), query.wait)?
        }
    };
    drop(parts);
    loop {
        let Subject::Mailbox(mailbox, query) = poll.subject else {
            return Err(Code::Internal.into());
        };
        poll.listen();
        let page = fetch(shared, mailbox, query).await?;
        if worth_sending(&page, query) || poll.is_over() {
            return send(shared, &page);
        }
        drop(page);
        poll = poll.pause(berth.as_ref()).await;
    }
}

async fn fetch(shared: &Shared, mailbox: MailboxPk, query: ReadQuery) -> Result<Page, Refusal> {
    let limits = ReadLimits {
        envelopes: query.limit,
        bytes: query.bytes,
    };
    let page = shared
        .engine
        .read(mailbox, query.after, limits, shared.moment());
    page.await?.ok_or(Code::NoMailbox.into())
}

/// Whether a reader should hear of it now: there is something, or its cursor means nothing here.
fn worth_sending(page: &Page, query: ReadQuery) -> bool {
    let strange = query.after.is_some_and(|after| {
        after.generation != page.state.generation || after.seq > page.state.head
    });
    strange || !page.envelopes.is_empty()
}

/// A reader keeps a mailbox alive; once a day is enough.
async fn renew(shared: &Shared, mailbox: MailboxPk, page: &Page) -> Result<(), Refusal> {
    let at = shared.moment();
    if at.renew_to_ms - page.state.expires_ms >= DAY_MS {
        shared.engine.renew(mailbox, at).await?;
    }
    Ok(())
}

fn send(shared: &Shared, page: &Page) -> Answer {
    let bodies = page.envelopes.iter().filter_map(|(_, body)| body.as_ref());
    let size = bodies.map(|body| body.len() + 12).sum::<usize>() + 64;
    let units = u32::try_from(size.div_ceil(MEMORY_UNIT)).map_err(|_| Code::Internal)?;
    let share = Arc::clone(&shared.memory)
        .try_acquire_many_owned(units)
        .map_err(|_| Code::Busy)?;
    let state = &page.state;
    let mut writer = PageWriter::new(state.generation, state.head, state.floor);
    for (seq, body) in &page.envelopes {
        let body = body.as_deref().unwrap_or_default();
        writer.push(*seq, body).map_err(|_| Code::Internal)?;
    }
    let mut answer = Response::new(Body::new(PageBody::new(writer.finish().into(), share)));
    let headers = answer.headers_mut();
    let kind = HeaderValue::from_static(names::BYTES);
    headers.insert(header::CONTENT_TYPE, kind);
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    Ok(answer)
}
