//! Which relays are still to erase which blobs. An attachment that is gone here is gone there once each relay that
//! may have it was asked: those that keep the space now, those that did, and any this device sent it to.

use std::collections::BTreeSet;

use belay_model::{EpochId, SpaceId};
use belay_protocol::ManifestBody;
use belay_protocol::relay::BlobId;
use belay_store::ReadTx;
use serde::{Deserialize, Serialize};

use super::blobs::file_name;
use crate::session::Session;
use crate::{BelayError, Result};

/// Under which meta keys stand the blobs that relays are to erase.
const TO_ERASE: &str = "blob-erase/";

/// Under which meta keys stand the relays, one a line, to which a blob was sent whole.
const SENT: &str = "blob-sent/";

/// A blob that relays are to erase.
#[derive(Debug, Clone)]
pub(crate) struct TakenBack {
    /// Its id.
    pub id: [u8; 32],
    /// Where it is, or may be.
    pub at: Place,
}

/// Where a blob is.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct Place {
    /// Its space.
    pub space: SpaceId,
    /// In whose mailbox.
    pub epoch: EpochId,
    /// The relays that were not asked yet.
    pub relays: BTreeSet<String>,
}

fn to_erase_key(id: &[u8; 32]) -> String {
    format!("{TO_ERASE}{}", file_name(id))
}

fn sent_key(id: &[u8; 32]) -> String {
    format!("{SENT}{}", file_name(id))
}

/// The relays to which this device sent a blob whole.
pub(super) fn sent_to(tx: &ReadTx<'_>, id: &[u8; 32]) -> Result<BTreeSet<String>> {
    let sent = tx.meta(&sent_key(id))?.unwrap_or_default();
    let sent = String::from_utf8(sent).map_err(|_| BelayError::internal("blob-sent"))?;
    Ok(sent.lines().map(str::to_owned).collect())
}

/// The blobs that relays are to erase.
pub(crate) fn taken_back(tx: &ReadTx<'_>) -> Result<Vec<TakenBack>> {
    let fault = || BelayError::internal("blob-erase");
    let kept = tx.meta_beginning_with(TO_ERASE)?.into_iter();
    kept.map(|(key, place)| {
        let id = key.strip_prefix(TO_ERASE);
        let id = id.and_then(|id| id.parse::<BlobId>().ok());
        Ok(TakenBack {
            id: *id.ok_or_else(fault)?.as_bytes(),
            at: serde_json::from_slice(&place).map_err(|_| fault())?,
        })
    })
    .collect()
}

impl Session<'_> {
    /// Notes that a relay has a blob whole.
    pub(super) fn note_blob_sent(&mut self, id: &[u8; 32], relay: &str) -> Result<()> {
        let mut sent = sent_to(self.tx, id)?;
        sent.insert(relay.to_owned());
        let sent: Vec<String> = sent.into_iter().collect();
        Ok(self
            .tx
            .put_meta(&sent_key(id), sent.join("\n").as_bytes())?)
    }

    /// Notes which relays are to erase the blobs of an attachment that is gone here.
    pub(crate) fn take_blobs_back(&mut self, space: &SpaceId, body: &ManifestBody) -> Result<()> {
        let (tx, now_ms) = (self.tx, self.now_ms);
        let state = self.space(space)?;
        // Another own device may have sent it to any of them.
        let mut known: BTreeSet<String> = state.relays().into_iter().collect();
        let left = crate::relays::moves::still_read(tx, state, now_ms)?;
        known.extend(left.into_iter().map(|left| left.relay));
        for blob in body.blobs() {
            let mut relays = sent_to(tx, &blob.id)?;
            relays.extend(known.iter().cloned());
            tx.delete_meta(&sent_key(&blob.id))?;
            self.put_taken_back(&TakenBack {
                id: blob.id,
                at: Place {
                    space: *space,
                    epoch: body.epoch,
                    relays,
                },
            })?;
        }
        Ok(())
    }

    /// Notes that a relay erased a blob, or never had it.
    pub(super) fn note_blob_erased(&mut self, mut erased: TakenBack, relay: &str) -> Result<()> {
        erased.at.relays.remove(relay);
        self.put_taken_back(&erased)
    }

    fn put_taken_back(&mut self, blob: &TakenBack) -> Result<()> {
        let key = to_erase_key(&blob.id);
        if blob.at.relays.is_empty() {
            return Ok(self.tx.delete_meta(&key)?);
        }
        let place = serde_json::to_vec(&blob.at).map_err(|_| BelayError::internal("blob-erase"))?;
        Ok(self.tx.put_meta(&key, &place)?)
    }
}
