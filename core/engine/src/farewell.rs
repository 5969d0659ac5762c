//! Deleting everything (product id D6). What the store holds is erased at once, but for the least that is
//! needed to say goodbye: sealed leavings, keys of mailboxes and proofs for erasing. Once every relay has
//! them, or the person does not want to wait, the files and the keystore's secret go, too.

mod sending;

pub use sending::Farewell;

use std::collections::BTreeSet;

use belay_crypto::{blob_erase_token, erase_token, seal_envelope};
use belay_model::{EnvelopeId, EpochId, SpaceId, make_bytes};
use belay_protocol::relay::EraseToken;
use belay_protocol::{ItemKind, SpaceType};
use belay_store::{BlobFiles, OpenPage, Store, SyncLock};
use serde::{Deserialize, Serialize};
use zeroize::{Zeroize, Zeroizing};

use crate::engine::Engine;
use crate::input::EngineConfig;
use crate::relays::clients::plain_http_key;
use crate::session::Session;
use crate::{BelayError, Result};

/// Under which meta keys stands what is still to be said; nothing else is kept.
const KEPT: &str = "farewell";

/// What one mailbox at one relay is still to be told.
#[derive(Serialize, Deserialize)]
struct Errand {
    relay: String,
    plain_http: bool,
    mailbox: [u8; 32],
    /// Sealed leavings.
    posts: Vec<Vec<u8>>,
    /// Envelopes to erase, and the proofs.
    erases: Vec<(EnvelopeId, EraseToken)>,
    /// Blobs of attachments to erase, and the proofs.
    blobs: Vec<([u8; 32], EraseToken)>,
}

impl Drop for Errand {
    fn drop(&mut self) {
        self.mailbox.zeroize();
    }
}

fn errand_key(number: usize) -> String {
    format!("{KEPT}/{number:06}")
}

impl Engine {
    /// Whether somebody asked to delete this store for good and it could not be finished yet.
    pub(crate) fn check_not_leaving(store: &Store) -> Result<()> {
        match store.read(|tx| tx.meta(KEPT))? {
            Some(_) => Err(BelayError::unavailable("being-deleted")),
            None => Ok(()),
        }
    }

    /// Deletes everything: leaves every partnership and erases what the store holds, at once and also
    /// offline. What is left is sealed leavings and the proofs with which relays erase what was posted;
    /// [`Farewell::send`] hands them over and removes the rest. There is no way back. The engine is closed
    /// afterwards. Writes to disk.
    ///
    /// # Errors
    /// `Unavailable{already-syncing}` while another worker has the store; what the disk refuses, and then
    /// everything is as it was.
    pub fn delete_everything(&self) -> Result<()> {
        let _lock = SyncLock::acquire(&self.dir)?;
        // What anybody can read goes first; if the rest does not happen, it is as it was at the next start.
        OpenPage::remove(&self.dir)?;
        self.write(|session| session.say_farewell())?;
        BlobFiles::remove_all(&self.dir)?;
        self.store.checkpoint()?;
        self.store.give_back_space()?;
        Store::remove_copies(&self.dir)?;
        self.shutdown()
    }

    /// Removes a store without telling anybody, and without opening it: the last way, also for one whose
    /// passphrase is lost. Relays keep what was posted until it runs out; partners see silence. Interrupted
    /// anywhere, doing it again finishes it. Writes to disk and to the secret store.
    ///
    /// # Errors
    /// `NotFound` where no store is; `Unavailable{already-syncing}`; what the disk or the secret store
    /// refuses.
    pub fn erase_now(config: &EngineConfig) -> Result<()> {
        let dir = &config.dir;
        if !Self::exists(dir) && !Self::is_going(dir) {
            return Err(BelayError::NotFound { what: "store" });
        }
        let _lock = SyncLock::acquire(dir)?;
        Store::begin_going(dir)?;
        config.secrets.delete()?;
        Store::remove_files(dir)?;
        Ok(())
    }

    /// Whether removing a store was begun and not finished: [`Engine::erase_now`] finishes it.
    #[must_use]
    pub fn is_going(dir: &std::path::Path) -> bool {
        Store::is_going(dir)
    }
}

impl Session<'_> {
    /// Leaves every space, notes what is to be said, and empties everything else.
    fn say_farewell(&mut self) -> Result<()> {
        let mut errands = Vec::new();
        // A device that was removed before speaks for nobody: the others go on with what it shared.
        let mut spaces = match self.is_removed()? {
            true => Vec::new(),
            false => self.tx.spaces()?,
        };
        // `self` last: who is out of it writes nowhere any more.
        spaces.sort_by_key(|space| space.kind == u8::from(SpaceType::SelfSpace));
        for space in spaces {
            // Of one that cannot be loaded nothing can be said any more; it goes with the rest.
            if self.spaces.sound(self.tx, &space.id)?.is_err() {
                continue;
            }
            let relays = self.space(&space.id)?.relays();
            if !self.is_only_device(&space.id)? {
                // Only this device goes; the person stays where their other devices are.
                self.remove_this_device(&space.id)?;
                let leaving = self.leaving_items(&space.id)?;
                errands.extend(self.errands(&space.id, &leaving, &relays, false)?);
            } else if space.kind == u8::from(SpaceType::Pair) {
                self.leave(&space.id)?;
                let leaving = self.leaving_items(&space.id)?;
                errands.extend(self.errands(&space.id, &leaving, &relays, true)?);
            } else {
                let relays = self.relays_asked(&space.id)?;
                errands.extend(self.errands(&space.id, &[], &relays, true)?);
            }
        }
        self.tx.empty_but(KEPT)?;
        self.tx.put_meta(KEPT, &self.now_ms.to_le_bytes())?;
        for (number, errand) in errands.iter().enumerate() {
            self.tx.put_meta(&errand_key(number), &encode(errand)?)?;
        }
        Ok(())
    }

    /// Whether this person has no other device in a space: nobody goes on there for them.
    fn is_only_device(&mut self, space: &SpaceId) -> Result<bool> {
        let state = self.space(space)?;
        let (own, person) = (state.own_device, state.own_person);
        let view = state.membership.current();
        let is_other =
            |device: &belay_sync::DeviceView| device.person == person && device.id != own;
        Ok(!view.is_valid(&own) || !view.valid_devices().any(is_other))
    }

    /// Takes this very device out of a space; what it wrote there counts on.
    fn remove_this_device(&mut self, space: &SpaceId) -> Result<()> {
        let own = self.space(space)?.own_device;
        self.remove_device(space, &own, None).map(drop)
    }

    /// Every relay that ever had a mailbox of a space, also where no more is sent.
    fn relays_asked(&mut self, space: &SpaceId) -> Result<BTreeSet<String>> {
        let row = self.space(space)?.row;
        let mailboxes = self.tx.mailboxes(row)?;
        Ok(mailboxes.into_iter().map(|mailbox| mailbox.relay).collect())
    }

    /// The leaving of a space, and what it stands on.
    fn leaving_items(&mut self, space: &SpaceId) -> Result<Vec<Vec<u8>>> {
        let tx = self.tx;
        let state = self.space(space)?;
        let row = state.row;
        let mut items = Vec::new();
        // What the leaving stands on travels with it: the envelopes it came in are about to be erased.
        for stored in tx.control_items(row)? {
            let item = stored.item()?;
            let own = item.header.device_id == state.own_device;
            if own && item.header.kind == ItemKind::Membership && item.body.is_some() {
                items.push(item.encode());
            }
        }
        for queued in tx.queued(row, i64::MAX, usize::MAX)? {
            if queued.kind != u8::from(ItemKind::Membership) {
                items.push(queued.item_bytes);
            }
        }
        Ok(items)
    }

    /// What the mailboxes of a space are to be told: `leaving`, under every epoch that the other side may
    /// still read, and, if `erase` says so, the erasing of every envelope that was sealed here.
    fn errands<'a>(
        &mut self,
        space: &SpaceId,
        leaving: &[Vec<u8>],
        relays: impl IntoIterator<Item = &'a String> + Clone,
        erase: bool,
    ) -> Result<Vec<Errand>> {
        let tx = self.tx;
        let state = self.space(space)?;
        let row = state.row;
        let groups = crate::syncing::outbox::fitting(leaving);
        let acked = crate::queries::acked_epochs(tx, state)?;
        let readable = state.epochs_to_poll(&acked);
        let envelopes = match erase {
            true => tx.every_own_envelope(row)?,
            false => Vec::new(),
        };
        let blobs = match erase {
            true => self.blobs_to_erase(space)?,
            false => Vec::new(),
        };
        let state = self.space(space)?;
        let mut errands = Vec::new();
        let epochs: Vec<_> = state.epochs.ids().collect();
        for epoch in epochs {
            let nonces: Vec<[u8; 24]> = groups.iter().map(|_| make_bytes(self.entropy)).collect();
            let state = self.spaces.get(tx, space)?;
            let Some(keys) = state.keys.get(&epoch) else {
                continue;
            };
            let mut posts = Vec::new();
            if readable.contains(&epoch) {
                for (group, nonce) in groups.iter().zip(nonces) {
                    let sealed =
                        seal_envelope(group, keys, space, &epoch, &state.erase_key, nonce)?;
                    posts.push(sealed.bytes);
                }
            }
            let erases: Vec<_> = envelopes
                .iter()
                .filter(|envelope| envelope.epoch == epoch)
                .map(|envelope| {
                    let token = erase_token(&state.erase_key, &envelope.nonce);
                    (envelope.env_id, EraseToken::from_bytes(token))
                })
                .collect();
            let blobs: Vec<_> = blobs
                .iter()
                .filter(|(_, at)| *at == epoch)
                .map(|(id, _)| {
                    let token = blob_erase_token(&state.erase_key, id);
                    (*id, EraseToken::from_bytes(token))
                })
                .collect();
            if posts.is_empty() && erases.is_empty() && blobs.is_empty() {
                continue;
            }
            for relay in relays.clone() {
                errands.push(Errand {
                    relay: relay.clone(),
                    plain_http: tx.meta(&plain_http_key(relay))?.is_some(),
                    mailbox: *keys.mailbox().seed(),
                    posts: posts.clone(),
                    erases: erases.clone(),
                    blobs: blobs.clone(),
                });
            }
        }
        Ok(errands)
    }

    /// The blobs that this person attached in a space, also those that relays were to erase anyway.
    fn blobs_to_erase(&mut self, space: &SpaceId) -> Result<Vec<([u8; 32], EpochId)>> {
        let tx = self.tx;
        let mut blobs: Vec<_> = crate::attachments::own_blobs(tx, self.space(space)?)?;
        let before = crate::attachments::taken_back(tx)?.into_iter();
        let before = before.filter(|blob| blob.at.space == *space);
        blobs.extend(before.map(|blob| (blob.id, blob.at.epoch)));
        Ok(blobs)
    }
}

fn encode(errand: &Errand) -> Result<Zeroizing<Vec<u8>>> {
    serde_json::to_vec(errand)
        .map(Zeroizing::new)
        .map_err(|_| BelayError::internal("farewell"))
}
