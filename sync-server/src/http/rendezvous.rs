//! `/v1/rendezvous/{id}/{slot}`: where two people with one invitation leave each other messages. It
//! needs no signature: who knows the id was invited.

use std::sync::Arc;

use axum::body::{Body, Bytes};
use axum::extract::Request;
use axum::http::request::Parts;
use axum::http::{HeaderValue, StatusCode, Uri, header};
use axum::response::Response;
use belay_protocol::relay::{Code, RendezvousId, Slot, SlotLife, header as names, limits};

use super::berth::Berth;
use super::body;
use super::long_poll::{LongPoll, Subject};
use super::page_body::PageBody;
use super::refusal::Refusal;
use super::router::Answer;
use super::shared::{MEMORY_UNIT, Peer, Shared};
use crate::engine::SlotPut;

/// Writes a slot, once. The same bytes again are fine: an answer may have been lost.
pub(crate) async fn put(shared: &Shared, request: Request) -> Answer {
    let (parts, sent) = request.into_parts();
    let (id, slot) = target(&parts.uri)?;
    let life = SlotLife::parse_query(parts.uri.query().unwrap_or_default())?;
    limit(shared, &parts, id)?;
    let sent = body::collect(shared, sent, slot.bytes_max()).await?;
    if sent.bytes.is_empty() {
        return Err(Code::Malformed.into());
    }
    let peer = parts.extensions.get::<Peer>().copied();
    let peer = peer.ok_or(Code::Internal)?;
    let share = shared.limit_slot_bytes(peer, &parts.headers, life, sent.bytes.len())?;
    let now_ms = shared.clock.now_ms();
    let put = shared.engine.put_slot(
        id,
        slot,
        sent.bytes.clone(),
        now_ms,
        now_ms + life.ms(),
        shared.slot_room(life),
    );
    let put = put.await?;
    if put != SlotPut::Written {
        share.give_back();
    }
    let status = match put {
        SlotPut::Written => StatusCode::CREATED,
        SlotPut::Same => StatusCode::OK,
        SlotPut::Taken => return Err(Code::SlotTaken.into()),
        SlotPut::Full => return Err(Code::RelayFull.into()),
    };
    shared.slots.wake(&id);
    let mut answer = Response::new(Body::empty());
    *answer.status_mut() = status;
    Ok(answer)
}

/// Gives a slot, waiting for it if asked to; 204 if there is nothing.
pub(crate) async fn get(shared: &Shared, mut parts: Parts) -> Answer {
    let berth = Berth::of(&mut parts);
    let resumed = berth.as_ref().and_then(|berth| berth.take_resumed());
    let mut poll = match resumed {
        Some(poll) => poll,
        None => {
            let (id, slot) = target(&parts.uri)?;
            let seconds = wait_seconds(parts.uri.query().unwrap_or_default())?;
            limit(shared, &parts, id)?;
            let written = find(shared, id, slot).await?;
            if written.is_some() || seconds == 0 {
                return send(shared, written);
            }
            LongPoll::begin(shared, Subject::Slot(id, slot), seconds)?
        }
    };
    drop(parts);
    loop {
        let Subject::Slot(id, slot) = poll.subject else {
            return Err(Code::Internal.into());
        };
        poll.listen();
        let written = find(shared, id, slot).await?;
        if written.is_some() || poll.is_over() {
            return send(shared, written);
        }
        poll = poll.pause(berth.as_ref()).await;
    }
}

async fn find(shared: &Shared, id: RendezvousId, slot: Slot) -> Result<Option<Bytes>, Refusal> {
    let now_ms = shared.clock.now_ms();
    Ok(shared.engine.slot(id, slot, now_ms).await?)
}

fn send(shared: &Shared, written: Option<Bytes>) -> Answer {
    let Some(bytes) = written else {
        let mut answer = Response::new(Body::empty());
        *answer.status_mut() = StatusCode::NO_CONTENT;
        return Ok(answer);
    };
    let units = u32::try_from(bytes.len().div_ceil(MEMORY_UNIT)).map_err(|_| Code::Internal)?;
    let share = Arc::clone(&shared.memory)
        .try_acquire_many_owned(units)
        .map_err(|_| Code::Busy)?;
    let mut answer = Response::new(Body::new(PageBody::new(bytes, share)));
    let headers = answer.headers_mut();
    let kind = HeaderValue::from_static(names::BYTES);
    headers.insert(header::CONTENT_TYPE, kind);
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    Ok(answer)
}

fn target(uri: &Uri) -> Result<(RendezvousId, Slot), Refusal> {
    let mut segments = uri.path().split('/').skip(3);
    let id = segments.next().ok_or(Code::NotFound)?.parse()?;
    let slot = segments.next().ok_or(Code::NotFound)?.parse()?;
    Ok((id, slot))
}

fn limit(shared: &Shared, parts: &Parts, id: RendezvousId) -> Result<(), Refusal> {
    let peer = parts.extensions.get::<Peer>().copied();
    shared.limit_meeting(peer.ok_or(Code::Internal)?, &parts.headers, id)
}

fn wait_seconds(query: &str) -> Result<u32, Refusal> {
    let seconds = match query.strip_prefix("wait=") {
        Some(digits) if digits.len() <= 2 => digits.parse().map_err(|_| Code::Malformed)?,
        None if query.is_empty() => 0,
        _ => return Err(Code::Malformed.into()),
    };
    Ok(limits::WAIT_SECONDS_MAX.min(seconds))
}
