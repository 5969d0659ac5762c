//! Sealed blobs at a relay.

use belay_crypto::MailboxKey;
use belay_protocol::relay::{
    BlobErase, BlobErased, BlobId, BlobPage, BlobPart, BlobRange, BlobState, EraseOutcome,
    EraseToken, limits, path,
};
use reqwest::Method;

use crate::TransportError;
use crate::relay_client::{Call, RelayClient, mailbox_pk};

impl RelayClient {
    /// Uploads a part of a blob and says how much the relay holds then. Parts have 64 KiB to 1 MiB, the
    /// last may be smaller. A part the relay has already changes nothing, one that begins after what it
    /// holds is not taken: go on at `held`, also after a break and in another run of the program.
    ///
    /// # Errors
    /// `Erased` for a blob that was erased; `Refused` with `BlobDiffers` or `QuotaExceeded`; `TooLarge`
    /// for a part of a wrong size, before anything is sent.
    pub async fn put_blob_part(
        &self,
        key: &MailboxKey,
        id: &BlobId,
        part: &BlobPart,
        bytes: Vec<u8>,
        now_ms: i64,
    ) -> Result<BlobState, TransportError> {
        let total = 1..=limits::BLOB_BYTES_MAX;
        if part.check(bytes.len()).is_err() || !total.contains(&part.total) {
            return Err(TransportError::TooLarge);
        }
        let path = path::blob(&mailbox_pk(key), id);
        let query = part.encode();
        let call = Call {
            query: &query,
            body: bytes,
            ..Call::new(Method::PUT, &path)
        };
        let state: BlobState = self.send(call, Some((key, now_ms))).await?.json()?;
        if state.total != part.total || state.held > state.total {
            return Err(TransportError::BadAnswer("another blob than sent"));
        }
        Ok(state)
    }

    /// Downloads at most `bytes` (up to 1 MiB) of a blob from `offset` on; 0 bytes only asks how much
    /// the relay holds. Whether they are the right bytes shows when they are opened.
    ///
    /// # Errors
    /// `Refused` with `NoBlob`; `BadAnswer` for other bytes than asked for.
    pub async fn blob(
        &self,
        key: &MailboxKey,
        id: &BlobId,
        offset: u64,
        bytes: u32,
        now_ms: i64,
    ) -> Result<BlobPage, TransportError> {
        let bytes = bytes.min(limits::BLOB_PART_MAX as u32);
        let path = path::blob(&mailbox_pk(key), id);
        let query = BlobRange { offset, bytes }.encode();
        let call = Call {
            query: &query,
            answer_max: BlobPage::HEAD + bytes as usize,
            ..Call::new(Method::GET, &path)
        };
        let answer = self.send(call, Some((key, now_ms))).await?;
        let page = BlobPage::parse(&answer.bytes, bytes)
            .map_err(|_| TransportError::BadAnswer("blob page"))?;
        let due = page.state.held.saturating_sub(offset).min(u64::from(bytes));
        if page.offset != offset || page.bytes.len() as u64 != due {
            return Err(TransportError::BadAnswer("other bytes than asked for"));
        }
        Ok(page)
    }

    /// Erases a blob, whole or half there; one that never came is refused when it comes. Doing it again
    /// changes nothing.
    ///
    /// # Errors
    /// See [`TransportError`].
    pub async fn erase_blob(
        &self,
        key: &MailboxKey,
        id: &BlobId,
        token: &EraseToken,
        now_ms: i64,
    ) -> Result<EraseOutcome, TransportError> {
        let path = path::blob(&mailbox_pk(key), id);
        let order = BlobErase {
            token: token.clone(),
        };
        let call = Call {
            body: serde_json::to_vec(&order).map_err(|_| TransportError::Setup)?,
            ..Call::new(Method::DELETE, &path)
        };
        let erased: BlobErased = self.send(call, Some((key, now_ms))).await?.json()?;
        Ok(erased.outcome)
    }
}
