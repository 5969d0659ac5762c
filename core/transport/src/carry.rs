//! Carrying what a mailbox holds from one relay to another, when a space moves. Envelopes and blobs are
//! sealed for a mailbox and not for a relay, so whoever holds the mailbox key may carry them, and doing
//! it twice, or two people at once, changes nothing.

use belay_crypto::MailboxKey;
use belay_protocol::relay::{BlobId, BlobPart, BlobState, Code, Cursor, limits};

use crate::{RelayClient, TransportError};

/// What one step of carrying did.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Carried {
    /// Where the next step begins; worth keeping, so that a break costs one step.
    pub next: Cursor,
    /// How many envelopes the other relay had not yet.
    pub stored: usize,
    /// How many it will not take because their author erased them there.
    pub erased: usize,
    /// Whether this was the last step for now.
    pub done: bool,
}

impl RelayClient {
    /// Carries the envelopes after `after`, at most 64 and 1 MiB, to the same mailbox at `to`, which must
    /// have been made there. What was erased here is not carried: authors repeat their erases at a relay
    /// that is new to them.
    ///
    /// # Errors
    /// Of either relay, see [`TransportError`]; the same step may be taken again.
    pub async fn carry(
        &self,
        to: &Self,
        key: &MailboxKey,
        after: Option<Cursor>,
        now_ms: i64,
    ) -> Result<Carried, TransportError> {
        let most = limits::APPEND_ENVELOPES_MAX as u32;
        let bytes = limits::APPEND_BYTES_MAX as u32;
        let page = self.read(key, after, most, bytes, 0, now_ms).await?;
        let next = page.next(after);
        let done = next.seq >= page.head;
        let mut sent: Vec<Vec<u8>> = page
            .envelopes
            .into_iter()
            .filter_map(|(_, envelope)| envelope)
            .collect();
        let mut erased = 0;
        let outcomes = loop {
            match to.append(key, &sent, now_ms).await {
                Err(TransportError::Erased { envelopes }) => {
                    let before = sent.len();
                    sent.retain(|one| !envelopes.contains(&belay_crypto::envelope_id(one)));
                    if sent.len() == before {
                        return Err(TransportError::BadAnswer("other envelopes than sent"));
                    }
                    erased += before - sent.len();
                }
                other => break other?,
            }
        };
        Ok(Carried {
            next,
            stored: outcomes.iter().filter(|one| !one.duplicate).count(),
            erased,
            done,
        })
    }

    /// Carries the next part of a blob to the same mailbox at `to` and says how much that relay holds
    /// then. It is done when that is whole; a state that does not grow says that there is no more here
    /// for now.
    ///
    /// # Errors
    /// Of either relay, see [`TransportError`]; `Erased` when it was erased there.
    pub async fn carry_blob(
        &self,
        to: &Self,
        key: &MailboxKey,
        id: &BlobId,
        now_ms: i64,
    ) -> Result<BlobState, TransportError> {
        let held = match to.blob(key, id, 0, 0, now_ms).await {
            Ok(page) => page.state.held,
            Err(TransportError::Refused {
                code: Code::NoBlob, ..
            }) => 0,
            Err(error) => return Err(error),
        };
        let most = limits::BLOB_PART_MAX as u32;
        let page = self.blob(key, id, held, most, now_ms).await?;
        let total = page.state.total;
        let part = BlobPart {
            offset: held,
            total,
            erase_hash: page.erase_hash,
        };
        if part.check(page.bytes.len()).is_err() {
            return Ok(BlobState { held, total });
        }
        to.put_blob_part(key, id, &part, page.bytes, now_ms).await
    }
}
