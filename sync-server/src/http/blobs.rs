//! `/v1/mailboxes/{pk}/blobs/{id}`: sealed blobs, part by part.

use std::sync::Arc;
use std::sync::atomic::Ordering;

use axum::body::Body;
use axum::extract::Request;
use axum::http::request::Parts;
use axum::http::{HeaderValue, StatusCode, Uri, header};
use axum::response::Response;
use belay_crypto::erase_hash;
use belay_protocol::relay::{
    BlobErase, BlobErased, BlobId, BlobPage, BlobPart, BlobRange, Code, header as names, limits,
};

use super::body;
use super::info::json;
use super::page_body::PageBody;
use super::refusal::Refusal;
use super::router::Answer;
use super::shared::{MEMORY_UNIT, Shared};
use super::signed::Claim;
use crate::engine::{BlobGone, BlobPiece, BlobPut, BlobRead};

const DAY_MS: i64 = 86_400_000;

/// Takes a part of an upload and says how much is held.
pub(crate) async fn put(shared: &Shared, request: Request) -> Answer {
    let (parts, sent) = request.into_parts();
    let claim = Claim::read(shared, &parts)?;
    let id = target(&parts.uri)?;
    let sent = body::collect(shared, sent, limits::BLOB_PART_MAX).await?;
    let mailbox = claim.verify(shared, &parts, &sent.bytes)?;
    let part = BlobPart::parse(parts.uri.query().unwrap_or_default())?;
    part.check(sent.bytes.len())?;
    let quota = shared.config.limits.blob_bytes;
    let put = shared.engine.put_part(
        mailbox,
        id,
        part,
        sent.bytes.clone(),
        quota,
        shared.moment(),
    );
    match put.await? {
        BlobPut::Held(state) => {
            if state.held == part.offset + sent.bytes.len() as u64 {
                let taken = &shared.metrics.blob_bytes;
                taken.fetch_add(sent.bytes.len() as u64, Ordering::Relaxed);
            }
            Ok(json(StatusCode::OK, &state))
        }
        BlobPut::NoMailbox => Err(Code::NoMailbox.into()),
        BlobPut::Differs => Err(Code::BlobDiffers.into()),
        BlobPut::Erased => Err(Code::Erased.into()),
        BlobPut::QuotaExceeded => Err(Code::QuotaExceeded.into()),
    }
}

/// Gives bytes of a blob, whole or not yet.
pub(crate) async fn get(shared: &Shared, parts: Parts) -> Answer {
    let claim = Claim::read(shared, &parts)?;
    let id = target(&parts.uri)?;
    let mailbox = claim.verify(shared, &parts, &[])?;
    let range = BlobRange::parse(parts.uri.query().unwrap_or_default())?;
    let at = shared.moment();
    let piece = match shared.engine.read_blob(mailbox, id, range, at).await? {
        BlobRead::Piece(piece) => piece,
        BlobRead::NoMailbox => return Err(Code::NoMailbox.into()),
        BlobRead::NoBlob => return Err(Code::NoBlob.into()),
    };
    // A reader keeps a mailbox alive; once a day is enough.
    if at.renew_to_ms - piece.expires_ms >= DAY_MS {
        shared.engine.renew(mailbox, at).await?;
    }
    send(shared, &piece, range.offset)
}

/// Erases a blob for who knows its token.
pub(crate) async fn erase(shared: &Shared, request: Request) -> Answer {
    let (parts, sent) = request.into_parts();
    let claim = Claim::read(shared, &parts)?;
    let id = target(&parts.uri)?;
    let sent = body::collect(shared, sent, limits::BLOB_ERASE_MAX).await?;
    let mailbox = claim.verify(shared, &parts, &sent.bytes)?;
    let order: BlobErase = serde_json::from_slice(&sent.bytes).map_err(|_| Code::Malformed)?;
    let hash = erase_hash(order.token.as_bytes());
    let erased = shared.engine.erase_blob(mailbox, id, hash, shared.moment());
    match erased.await? {
        BlobGone::Done(outcome) => Ok(json(StatusCode::OK, &BlobErased { outcome })),
        BlobGone::NoMailbox => Err(Code::NoMailbox.into()),
        BlobGone::QuotaExceeded => Err(Code::QuotaExceeded.into()),
    }
}

fn send(shared: &Shared, piece: &BlobPiece, offset: u64) -> Answer {
    let size: usize = piece.bytes.iter().map(axum::body::Bytes::len).sum();
    let units = (size + BlobPage::HEAD).div_ceil(MEMORY_UNIT);
    let units = u32::try_from(units).map_err(|_| Code::Internal)?;
    let share = Arc::clone(&shared.memory)
        .try_acquire_many_owned(units)
        .map_err(|_| Code::Busy)?;
    let mut page = BlobPage::head(piece.state, &piece.erase_hash, offset);
    page.reserve_exact(size);
    for bytes in &piece.bytes {
        page.extend_from_slice(bytes);
    }
    let mut answer = Response::new(Body::new(PageBody::new(page.into(), share)));
    let headers = answer.headers_mut();
    let kind = HeaderValue::from_static(names::BYTES);
    headers.insert(header::CONTENT_TYPE, kind);
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    Ok(answer)
}

fn target(uri: &Uri) -> Result<BlobId, Refusal> {
    Ok(uri
        .path()
        .split('/')
        .nth(5)
        .ok_or(Code::NotFound)?
        .parse()?)
}
