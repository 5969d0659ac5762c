//! Taking in a request's body: bounded in size, in time, and over all requests in memory.

use std::future::poll_fn;
use std::pin::Pin;
use std::sync::Arc;

use axum::body::{Body, Bytes, HttpBody};
use belay_protocol::relay::Code;
use tokio::sync::{OwnedSemaphorePermit, Semaphore};

use super::refusal::Refusal;
use super::shared::{MEMORY_UNIT, Shared};

// A client that sends too much first hears so when it has sent it; beyond this it is cut off.
const DISCARD_MAX: usize = 4 * 1024 * 1024;

/// A body and its share of memory.
pub(crate) struct HeldBody {
    pub(crate) bytes: Bytes,
    _share: Option<OwnedSemaphorePermit>,
}

/// Takes in at most `most` bytes.
pub(crate) async fn collect(shared: &Shared, body: Body, most: usize) -> Result<HeldBody, Refusal> {
    let collected = tokio::time::timeout(
        shared.config.limits.body,
        collect_untimed(&shared.memory, body, most),
    );
    collected.await.map_err(|_| Code::Timeout)?
}

async fn collect_untimed(
    memory: &Arc<Semaphore>,
    mut body: Body,
    most: usize,
) -> Result<HeldBody, Refusal> {
    let announced = usize::try_from(body.size_hint().lower()).unwrap_or(usize::MAX);
    let mut bytes = Vec::new();
    let mut share: Option<OwnedSemaphorePermit> = None;
    let mut held = 0;
    let mut refused = (announced > most).then_some(Code::TooLarge);
    let mut discarded = 0;
    while let Some(frame) = poll_fn(|cx| Pin::new(&mut body).poll_frame(cx)).await {
        let Ok(data) = frame.map_err(|_| Code::Malformed)?.into_data() else {
            continue;
        };
        if refused.is_none() && bytes.len() + data.len() > most {
            refused = Some(Code::TooLarge);
        }
        if refused.is_some() {
            bytes = Vec::new();
            share = None;
            discarded += data.len();
            if discarded > DISCARD_MAX {
                break;
            }
            continue;
        }
        // Memory is taken as bytes arrive, not as they are promised, so promises hold none.
        let needed = (bytes.len() + data.len()).div_ceil(MEMORY_UNIT);
        if needed > held {
            let units = u32::try_from(needed - held).map_err(|_| Code::TooLarge)?;
            match Arc::clone(memory).try_acquire_many_owned(units) {
                Ok(more) => match &mut share {
                    Some(share) => share.merge(more),
                    None => share = Some(more),
                },
                Err(_) => {
                    refused = Some(Code::Busy);
                    continue;
                }
            }
            held = needed;
        }
        if bytes.is_empty() {
            bytes.reserve_exact(announced.max(data.len()).min(MEMORY_UNIT * 8));
        }
        bytes.extend_from_slice(&data);
    }
    match refused {
        Some(code) => Err(code.into()),
        None => Ok(HeldBody {
            bytes: Bytes::from(bytes),
            _share: share,
        }),
    }
}
