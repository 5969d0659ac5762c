//! Saying what is left to be said of a store that is being deleted, and its end.

use belay_crypto::MailboxKey;
use belay_protocol::relay::{BlobId, Code, RelayOrigin};
use belay_store::{BlobFiles, Store, SyncLock};
use belay_transport::{RelayClient, RelayOptions, TransportError};
use zeroize::Zeroizing;

use super::{Errand, KEPT, encode};
use crate::attachments::is_nowhere;
use crate::engine::Engine;
use crate::input::EngineConfig;
use crate::views::FarewellView;
use crate::{BelayError, Result};

/// Envelopes posted in one request at most; the leavings of a space are one or two.
const POSTS: usize = 3;

/// Envelopes that one request asks to erase at most.
const ERASES: usize = 256;

/// A store that is being deleted for good: what it still has to say, and its end.
pub struct Farewell {
    store: Store,
    config: EngineConfig,
}

impl std::fmt::Debug for Farewell {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Farewell").finish_non_exhaustive()
    }
}

impl Farewell {
    /// Opens a store that [`Engine::delete_everything`] emptied. Finishes what a crash may have left of
    /// that. Writes to disk.
    ///
    /// # Errors
    /// As [`Engine::open`]; `NotFound{farewell}` for a store that nobody deletes.
    pub fn open(config: EngineConfig, passphrase: Option<&str>) -> Result<Self> {
        let store = Engine::open_store(&config, passphrase)?;
        if store.read(|tx| tx.meta(KEPT))?.is_none() {
            return Err(BelayError::NotFound { what: "farewell" });
        }
        BlobFiles::remove_all(&config.dir)?;
        store.checkpoint()?;
        store.give_back_space()?;
        Store::remove_copies(&config.dir)?;
        Ok(Self { store, config })
    }

    /// What is still to be said.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn left(&self) -> Result<FarewellView> {
        let mut view = FarewellView::default();
        for (_, errand) in self.errands()? {
            view.envelopes += errand.posts.len() as u64;
            view.erasures += (errand.erases.len() + errand.blobs.len()) as u64;
        }
        Ok(view)
    }

    /// The names of the tables that are not empty, for the test that looks.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn kept_tables(&self) -> Result<Vec<String>> {
        self.store.read(|tx| Ok(tx.tables_in_use()?))
    }

    /// Hands everything over to the relays. When nothing is left to be said, the store is removed whole;
    /// else it stays for another time, and the view says why.
    ///
    /// # Errors
    /// `Unavailable{already-syncing}`; what the disk or the secret store refuses.
    pub async fn send(self) -> Result<FarewellView> {
        let lock = SyncLock::acquire(&self.config.dir)?;
        let mut troubles = Vec::new();
        for (key, errand) in self.errands()? {
            if let Err(error) = self.run(&key, errand).await {
                if !matches!(
                    error,
                    BelayError::Offline
                        | BelayError::RelayRefused { .. }
                        | BelayError::Unavailable { .. }
                ) {
                    return Err(error);
                }
                troubles.push(crate::relays::clients::trouble_code(&error));
            }
        }
        troubles.sort_unstable();
        troubles.dedup();
        let mut view = self.left()?;
        view.troubles = troubles;
        if self.errands()?.is_empty() {
            let config = self.config.clone();
            drop(self);
            drop(lock);
            Engine::erase_now(&config)?;
            view.finished = true;
        }
        Ok(view)
    }

    fn errands(&self) -> Result<Vec<(String, Errand)>> {
        let kept = self
            .store
            .read(|tx| tx.meta_beginning_with(&format!("{KEPT}/")))?;
        kept.into_iter()
            .map(|(key, bytes)| {
                let errand = serde_json::from_slice(&Zeroizing::new(bytes))
                    .map_err(|_| BelayError::internal("farewell"))?;
                Ok((key, errand))
            })
            .collect()
    }

    /// Does one errand; what was done of it is noted at once, so that nothing is said for ever.
    async fn run(&self, key: &str, mut errand: Errand) -> Result<()> {
        let client = self.client(&errand)?;
        let mailbox = MailboxKey::from_seed(&errand.mailbox);
        let mut made = false;
        while !errand.posts.is_empty() {
            let now_ms = self.config.clock.now_ms();
            let batch = errand.posts.len().min(POSTS);
            match client
                .append(&mailbox, &errand.posts[..batch], now_ms)
                .await
            {
                // Taken back before: nobody needs it.
                Ok(_) | Err(TransportError::Erased { .. }) => {
                    errand.posts.drain(..batch);
                    self.note(key, &errand)?;
                }
                // A relay that does not know what it just made would be asked without end.
                Err(error) if is_missing(&error) && !made => {
                    client.create_mailbox(&mailbox, None, now_ms).await?;
                    made = true;
                }
                Err(error) => return Err(error.into()),
            }
        }
        while !errand.erases.is_empty() {
            let now_ms = self.config.clock.now_ms();
            let batch = errand.erases.len().min(ERASES);
            let orders: Vec<_> = errand.erases[..batch]
                .iter()
                .map(|(env_id, token)| (*env_id, token.clone(), 0))
                .collect();
            match client.erase(&mailbox, &orders, now_ms).await {
                Ok(_) => {
                    errand.erases.drain(..batch);
                }
                // Without a mailbox there is nothing to erase.
                Err(error) if is_missing(&error) => errand.erases.clear(),
                Err(error) => return Err(error.into()),
            }
            self.note(key, &errand)?;
        }
        while let Some((id, token)) = errand.blobs.last() {
            let (id, now_ms) = (BlobId::from_bytes(*id), self.config.clock.now_ms());
            match client.erase_blob(&mailbox, &id, token, now_ms).await {
                Ok(_) => {}
                Err(error) if is_nowhere(&error) => {}
                Err(error) => return Err(error.into()),
            }
            errand.blobs.pop();
            self.note(key, &errand)?;
        }
        self.note(key, &errand)
    }

    fn note(&self, key: &str, errand: &Errand) -> Result<()> {
        self.store.write(|tx| {
            if errand.posts.is_empty() && errand.erases.is_empty() && errand.blobs.is_empty() {
                tx.delete_meta(key)?;
            } else {
                tx.put_meta(key, &encode(errand)?)?;
            }
            Ok(())
        })
    }

    fn client(&self, errand: &Errand) -> Result<RelayClient> {
        let origin: RelayOrigin = errand
            .relay
            .parse()
            .map_err(|_| BelayError::internal("farewell"))?;
        let options = RelayOptions {
            allow_plain_http: errand.plain_http,
            ..RelayOptions::default()
        };
        Ok(RelayClient::new(origin, &options)?)
    }
}

fn is_missing(error: &TransportError) -> bool {
    matches!(
        error,
        TransportError::Refused {
            code: Code::NoMailbox,
            ..
        }
    )
}
