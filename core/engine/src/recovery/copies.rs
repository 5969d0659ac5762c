//! Sealed copies of the keyring on the relay that keeps the person's own things: put there when something of
//! it changed, looked after once a day, the older ones taken back (docs/protocol.md, "Recovery").

use belay_crypto::{RecoveryMailbox, SealedEnvelope, envelope_id, erase_token};
use belay_model::{DeviceId, EnvelopeId};
use belay_protocol::relay::{Cursor, EraseToken};
use belay_protocol::{KeyringPart, Outer};
use belay_transport::RelayClient;
use serde::{Deserialize, Serialize};

use super::gather;
use crate::changes::ChangeArea;
use crate::engine::Engine;
use crate::relays::clients::Link;
use crate::{BelayError, Result};

/// Under which meta key it stands what was last put on a relay.
const COPY: &str = "keyring-copy";

/// Under which meta key it stands what that keyring was made of.
const MARK: &str = "keyring-copy-of";

/// After how long it is looked whether the copy is still there: one day.
const LOOK_AFTER_MS: i64 = 24 * 60 * 60 * 1000;

/// Bytes of envelopes sent in one request at most.
const BATCH_BYTES: usize = 960 * 1024;

/// Envelopes read from a mailbox at most: far above what own devices leave there, so that nobody who has the
/// key can keep a device reading for ever.
pub(crate) const READ_MAX: usize = 2_000;

/// Orders in one request to erase.
const ERASE_BATCH: usize = 200;

/// The copy this device put on a relay.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct KeptCopy {
    /// The relay.
    pub relay: String,
    n: u64,
    /// When it was put there.
    pub at_ms: i64,
    /// When it was last seen there.
    pub seen_at_ms: i64,
}

/// One part that lies on a relay.
pub(crate) struct Found {
    pub part: KeyringPart,
    pub env_id: EnvelopeId,
    pub nonce: [u8; 24],
}

/// What there is to do about the copy.
struct Due {
    mailbox: RecoveryMailbox,
    mark: Vec<u8>,
    device: DeviceId,
    /// What was put there before, if it was to this relay and of this keyring.
    before: Option<KeptCopy>,
}

/// The copy this device put on a relay last.
pub(crate) fn kept(tx: &belay_store::ReadTx<'_>) -> Result<Option<KeptCopy>> {
    // What cannot be read is made anew.
    Ok(tx
        .meta(COPY)?
        .and_then(|bytes| serde_json::from_slice(&bytes).ok()))
}

impl Engine {
    /// The person's keyring, sealed so that only the recovery words open it: envelopes for a file, or for
    /// another device of theirs. Writes the number it has.
    ///
    /// # Errors
    /// `Unavailable{device-waiting}` before this device was admitted.
    pub fn sealed_keyring(&self) -> Result<Vec<Vec<u8>>> {
        let (_, envelopes) = self.write(|session| session.sealed_keyring(0))?;
        Ok(envelopes.into_iter().map(|sealed| sealed.bytes).collect())
    }

    /// Sees to it that the relay with the sealed copy of `self` has this device's keyring as it is now.
    async fn keep_keyring_copy(&self, relay: &str, client: &RelayClient) -> Result<()> {
        self.empty_old_mailbox(client).await?;
        let Some(due) = self.due_copy(relay)? else {
            return Ok(());
        };
        let now_ms = self.clock.now_ms();
        let key = due.mailbox.key();
        client.create_mailbox(key, None, now_ms).await?;
        let there = read_all(client, &due.mailbox, now_ms).await?;
        let own = |found: &&Found| found.part.device_id == due.device;
        if let Some(before) = &due.before {
            let parts = there.iter().filter(own);
            let seen: Vec<_> = parts.filter(|found| found.part.n == before.n).collect();
            let count = seen.first().map_or(0, |found| found.part.count);
            if count > 0 && seen.len() == usize::from(count) {
                let mut kept = before.clone();
                kept.seen_at_ms = now_ms;
                return self.note_copy(&kept, &due.mark);
            }
        }
        // The store may be older than what this device put there once.
        let above = there.iter().filter(own).map(|found| found.part.n).max();
        let above = above.unwrap_or(0);
        let (n, envelopes) = self.write(|session| session.sealed_keyring(above))?;
        for batch in batches(&envelopes) {
            client.append(key, &batch, now_ms).await?;
        }
        self.take_back_older(client, &due, &there, n).await?;
        let kept = KeptCopy {
            relay: relay.to_owned(),
            n,
            at_ms: now_ms,
            seen_at_ms: now_ms,
        };
        self.note_copy(&kept, &due.mark)
    }

    /// After everything was exchanged with a relay: `whole` says that nothing of it was refused.
    pub(crate) async fn after_round(
        &self,
        link: &Link,
        client: &RelayClient,
        whole: bool,
    ) -> Result<()> {
        if whole {
            self.note_caught_up(link)?;
        }
        let keeps_copy = self.read(|tx| {
            let own = crate::queries::self_space(tx)? == link.space;
            let relay = crate::syncing::self_copy::relay_of_copy(tx)?;
            Ok(own && relay.as_deref() == Some(link.relay.as_str()))
        })?;
        if keeps_copy {
            // Without the copy everything else went well; the drill says that there is none.
            let _ = self.keep_keyring_copy(&link.relay, client).await;
        }
        Ok(())
    }

    /// Everything of a space was read from this relay: from now on only the mailboxes in use are looked into.
    fn note_caught_up(&self, link: &Link) -> Result<()> {
        let catching_up =
            self.read_spaces(|tx, spaces| Ok(spaces.get(tx, &link.space)?.catching_up))?;
        if !catching_up {
            return Ok(());
        }
        self.write(|session| {
            session
                .tx
                .delete_meta(&super::catching_up_key(&link.space))?;
            session.space(&link.space)?.catching_up = false;
            Ok(())
        })
    }

    fn due_copy(&self, relay: &str) -> Result<Option<Due>> {
        let now_ms = self.clock.now_ms();
        self.read_spaces(|tx, spaces| {
            let mark = gather::mark(tx, spaces)?;
            let of_this = tx.meta(MARK)?.is_some_and(|kept| kept == mark);
            let own = crate::queries::self_space(tx)?;
            let device = spaces.get(tx, &own)?.own_device;
            let same = |kept: &KeptCopy| of_this && kept.relay == relay;
            let before = kept(tx)?.filter(same);
            let fresh = before.as_ref().is_some_and(|kept| {
                (0..LOOK_AFTER_MS).contains(&now_ms.saturating_sub(kept.seen_at_ms))
            });
            Ok(if fresh {
                None
            } else {
                Some(Due {
                    mailbox: gather::mailbox(tx)?,
                    mark,
                    device,
                    before,
                })
            })
        })
    }

    /// Takes back what this device put there before, and what devices put there that are none of the
    /// person's any more.
    async fn take_back_older(
        &self,
        client: &RelayClient,
        due: &Due,
        there: &[Found],
        n: u64,
    ) -> Result<()> {
        let orders = self.read_spaces(|tx, spaces| {
            let own = crate::queries::self_space(tx)?;
            let state = spaces.get(tx, &own)?;
            let view = state.membership.current();
            let orders: Vec<_> = there
                .iter()
                .filter(|found| {
                    let device = &found.part.device_id;
                    *device == due.device && found.part.n < n || !view.is_valid(device)
                })
                .map(|found| {
                    let token = erase_token(&state.erase_key, &found.nonce);
                    (found.env_id, EraseToken::from_bytes(token), 0)
                })
                .collect();
            Ok(orders)
        })?;
        let now_ms = self.clock.now_ms();
        for batch in orders.chunks(ERASE_BATCH) {
            client.erase(due.mailbox.key(), batch, now_ms).await?;
        }
        Ok(())
    }

    fn note_copy(&self, kept: &KeptCopy, mark: &[u8]) -> Result<()> {
        let bytes = serde_json::to_vec(kept).map_err(|_| BelayError::internal("keyring-copy"))?;
        self.write(|session| {
            session.spaces.touched.part(ChangeArea::Settings);
            session.tx.put_meta(MARK, mark)?;
            Ok(session.tx.put_meta(COPY, &bytes)?)
        })
    }
}

/// Everything in the recovery mailbox that opens; what does not is somebody's junk.
pub(crate) async fn read_all(
    client: &RelayClient,
    mailbox: &RecoveryMailbox,
    now_ms: i64,
) -> Result<Vec<Found>> {
    const PAGE: u32 = 200;
    const PAGE_BYTES: u32 = 1024 * 1024;
    let mut found = Vec::new();
    let mut after: Option<Cursor> = None;
    let mut looked_at = 0;
    loop {
        let page = client
            .read(mailbox.key(), after, PAGE, PAGE_BYTES, 0, now_ms)
            .await?;
        let Some((last, _)) = page.envelopes.last() else {
            return Ok(found);
        };
        let last = *last;
        for bytes in page
            .envelopes
            .iter()
            .filter_map(|(_, bytes)| bytes.as_ref())
        {
            found.extend(open(mailbox, bytes));
        }
        looked_at += page.envelopes.len();
        if last >= page.head || looked_at >= READ_MAX {
            return Ok(found);
        }
        after = Some(Cursor {
            generation: page.generation,
            seq: last,
        });
    }
}

/// The part in an envelope, if it is one of this mailbox.
pub(crate) fn open(mailbox: &RecoveryMailbox, bytes: &[u8]) -> Option<Found> {
    let outer = Outer::parse(bytes).ok()?;
    Some(Found {
        part: mailbox.open(bytes).ok()?,
        env_id: envelope_id(bytes),
        nonce: outer.nonce,
    })
}

/// Cuts envelopes into what fits one request each.
fn batches(envelopes: &[SealedEnvelope]) -> Vec<Vec<Vec<u8>>> {
    let mut batches: Vec<Vec<Vec<u8>>> = Vec::new();
    let mut bytes = 0;
    for envelope in envelopes {
        if batches.is_empty() || bytes + envelope.bytes.len() > BATCH_BYTES {
            batches.push(Vec::new());
            bytes = 0;
        }
        bytes += envelope.bytes.len();
        if let Some(batch) = batches.last_mut() {
            batch.push(envelope.bytes.clone());
        }
    }
    batches
}
