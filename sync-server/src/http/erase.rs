//! `POST /v1/mailboxes/{pk}/erase`: authors take envelopes back.

use axum::extract::Request;
use axum::http::StatusCode;
use belay_crypto::erase_hash;
use belay_protocol::relay::{Code, EraseEntry, EraseResult, limits};

use super::body;
use super::info::json;
use super::router::Answer;
use super::shared::Shared;
use super::signed::Claim;
use crate::engine::{EraseOrder, Erased};

const DAY_MS: i64 = 86_400_000;

pub(crate) async fn erase(shared: &Shared, request: Request) -> Answer {
    let (parts, sent) = request.into_parts();
    let claim = Claim::read(shared, &parts)?;
    let sent = body::collect(shared, sent, limits::ERASE_BYTES_MAX).await?;
    let mailbox = claim.verify(shared, &parts, &sent.bytes)?;
    let entries: Vec<EraseEntry> =
        serde_json::from_slice(&sent.bytes).map_err(|_| Code::Malformed)?;
    if entries.len() > limits::ERASE_ENTRIES_MAX {
        return Err(Code::TooLarge.into());
    }
    let at = shared.moment();
    let mut orders = Vec::with_capacity(entries.len());
    for entry in &entries {
        if entry.grace_days != 0 && entry.grace_days != limits::ERASE_GRACE_DAYS {
            return Err(Code::Malformed.into());
        }
        orders.push(EraseOrder {
            id: entry.env_id,
            erase_hash: erase_hash(entry.token.as_bytes()),
            due_ms: at.now_ms + i64::from(entry.grace_days) * DAY_MS,
        });
    }
    match shared.engine.erase(mailbox, orders, at).await? {
        Erased::Done(outcomes) => {
            let results: Vec<_> = entries
                .iter()
                .zip(outcomes)
                .map(|(entry, outcome)| EraseResult {
                    env_id: entry.env_id,
                    outcome,
                })
                .collect();
            Ok(json(StatusCode::OK, &results))
        }
        Erased::NoMailbox => Err(Code::NoMailbox.into()),
        Erased::QuotaExceeded => Err(Code::QuotaExceeded.into()),
    }
}
