//! Blobs between this device and a relay of a space: erased ones go first, then what is here and not there is sent,
//! then what is there and not here is fetched, small pictures before anything else. A relay that the space moved
//! away from is sent nothing.
//! Both ways go on where they stopped, also in another run of the program.

use belay_crypto::{EraseKey, MailboxKey, blob_erase_token, erase_hash};
use belay_model::EpochId;
use belay_protocol::SpaceType;
use belay_protocol::relay::limits::BLOB_PART_MAX;
use belay_protocol::relay::{BlobId, BlobPart, Code, EraseToken};
use belay_store::{BlobHeld, SpaceState as Standing};
use belay_transport::{RelayClient, TransportError};

use super::taken_back::sent_to;
use super::{Blob, taken_back};
use crate::engine::Engine;
use crate::relays::clients::Link;
use crate::{BelayError, Result};

impl Engine {
    /// Carries blobs once everything else was exchanged; what it was refused, or what was refused before, is said.
    ///
    /// # Errors
    /// What ends syncing altogether.
    pub(crate) async fn carry_blobs_after(
        &self,
        link: &Link,
        client: &RelayClient,
        refused: Option<BelayError>,
    ) -> Result<Option<BelayError>> {
        match self.carry_blobs(link, client).await {
            Ok(()) => Ok(refused),
            Err(error @ (BelayError::StorageFull | BelayError::Closed)) => Err(error),
            Err(error) => Ok(refused.or(Some(error))),
        }
    }

    /// Carries blobs both ways.
    ///
    /// # Errors
    /// Why it broke off; what was carried before stays where it is.
    async fn carry_blobs(&self, link: &Link, client: &RelayClient) -> Result<()> {
        let (erase_key, own, goes_on) = self.read_spaces(|tx, spaces| {
            let state = spaces.get(tx, &link.space)?;
            let own = state.space_type == SpaceType::SelfSpace;
            let goes_on = state.standing == Standing::Active;
            Ok((state.erase_key.clone(), own, goes_on))
        })?;
        let carrier = Carrier {
            engine: self,
            link,
            client,
            erase_key,
        };
        match own {
            true => self.tidy_attachments()?,
            false => self.tidy_attachments_if_asked()?,
        }
        carrier.erase().await?;
        if !goes_on {
            return Ok(());
        }
        if !self.is_left(link)? {
            for blob in self.blobs_of(&link.space)?.iter().filter(|blob| blob.own) {
                carrier.send(blob).await?;
            }
        }
        for blob in self.lacking_blobs(&link.space)? {
            carrier.fetch(&blob).await?;
        }
        Ok(())
    }
}

/// One link, with what is needed on it.
struct Carrier<'a> {
    engine: &'a Engine,
    link: &'a Link,
    client: &'a RelayClient,
    erase_key: EraseKey,
}

impl Carrier<'_> {
    /// The mailbox of an epoch; `None` while its secret is not here.
    fn mailbox(&self, epoch: &EpochId) -> Result<Option<MailboxKey>> {
        self.engine.read_spaces(|tx, spaces| {
            let state = spaces.get(tx, &self.link.space)?;
            let keys = state.keys.get(epoch);
            Ok(keys.map(|keys| keys.mailbox().clone()))
        })
    }

    fn now_ms(&self) -> i64 {
        self.engine.clock.now_ms()
    }

    async fn erase(&self) -> Result<()> {
        for erased in self.engine.read(taken_back)? {
            let here = erased.at.space == self.link.space;
            if !here || !erased.at.relays.contains(&self.link.relay) {
                continue;
            }
            let Some(key) = self.mailbox(&erased.at.epoch)? else {
                continue;
            };
            let token = EraseToken::from_bytes(blob_erase_token(&self.erase_key, &erased.id));
            let blob = BlobId::from_bytes(erased.id);
            let asked = self.client.erase_blob(&key, &blob, &token, self.now_ms());
            match asked.await {
                Ok(_) => {}
                Err(error) if is_nowhere(&error) => {}
                Err(error) => return Err(error.into()),
            }
            self.engine
                .write(|session| session.note_blob_erased(erased, &self.link.relay))?;
        }
        Ok(())
    }

    /// Sends a blob that is whole here, unless this relay is known to have it.
    async fn send(&self, blob: &Blob) -> Result<()> {
        let (id, total) = (BlobId::from_bytes(blob.inner.id), blob.inner.sealed_len());
        let relay = &self.link.relay;
        let sent = self.engine.read(|tx| sent_to(tx, &blob.inner.id))?;
        if sent.contains(relay) {
            return Ok(());
        }
        let files = self.engine.blob_files();
        if files.held(&blob.file_name())? != BlobHeld::Whole {
            return Ok(());
        }
        let Some(mailbox) = self.mailbox(&blob.epoch)? else {
            return Ok(());
        };
        let mut offset = match self.client.blob(&mailbox, &id, 0, 0, self.now_ms()).await {
            Ok(page) if page.state.total == total => page.state.held,
            Ok(_) => return Err(BelayError::unavailable("relay-answer")),
            Err(error) if is_refused(&error, Code::NoBlob) => 0,
            // It is made when something is written under that epoch, or never again.
            Err(error) if is_nowhere(&error) => return Ok(()),
            Err(error) => return Err(error.into()),
        };
        let erase_hash = erase_hash(&blob_erase_token(&self.erase_key, &blob.inner.id));
        while offset < total {
            let Some(bytes) = files.read(&blob.file_name(), offset, BLOB_PART_MAX)? else {
                return Ok(());
            };
            let part = BlobPart {
                offset,
                total,
                erase_hash,
            };
            let put = self
                .client
                .put_blob_part(&mailbox, &id, &part, bytes, self.now_ms());
            match put.await {
                Ok(state) if state.held > offset => offset = state.held,
                Ok(_) => return Err(BelayError::unavailable("relay-answer")),
                // Another own device erased it; word of that is on its way here.
                Err(TransportError::Erased { .. }) => break,
                Err(error) => return Err(error.into()),
            }
        }
        self.engine
            .write(|session| session.note_blob_sent(&blob.inner.id, relay))
    }

    /// Fetches what the relay has of a blob that is not whole here.
    async fn fetch(&self, blob: &Blob) -> Result<()> {
        let (id, total) = (BlobId::from_bytes(blob.inner.id), blob.inner.sealed_len());
        let BlobHeld::Part(mut held) = self.engine.blob_files().held(&blob.file_name())? else {
            return Ok(());
        };
        let Some(mailbox) = self.mailbox(&blob.epoch)? else {
            return Ok(());
        };
        if held >= total {
            // It had come, and was not looked at any more.
            match self.engine.take_blob_bytes(blob, held, &[]) {
                Err(BelayError::Unavailable {
                    reason: "attachment-damaged",
                }) => held = 0,
                other => return other.map(drop),
            }
        }
        while held < total {
            let asked = self
                .client
                .blob(&mailbox, &id, held, BLOB_PART_MAX as u32, self.now_ms());
            let page = match asked.await {
                Ok(page) => page,
                Err(error) if is_nowhere(&error) => return Ok(()),
                Err(error) => return Err(error.into()),
            };
            if page.state.total != total {
                return Err(BelayError::unavailable("relay-answer"));
            }
            if page.bytes.is_empty() {
                // Whoever sends it has not come further.
                return Ok(());
            }
            let taken = self.engine.take_blob_bytes(blob, held, &page.bytes);
            held = taken.map_err(|error| match error {
                BelayError::Unavailable {
                    reason: "attachment-damaged",
                } => BelayError::unavailable("relay-answer"),
                error => error,
            })?;
        }
        Ok(())
    }
}

fn is_refused(error: &TransportError, wanted: Code) -> bool {
    matches!(error, TransportError::Refused { code, .. } if *code == wanted)
}

/// Whether the relay has no such mailbox or blob.
pub(crate) fn is_nowhere(error: &TransportError) -> bool {
    is_refused(error, Code::NoBlob)
        || is_refused(error, Code::NoMailbox)
        || matches!(error, TransportError::Erased { .. })
}
