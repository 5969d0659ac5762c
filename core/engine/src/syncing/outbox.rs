//! What waits to leave: sealing happens here, at the moment of sending, under the epoch that is valid
//! then. A partner who was blocked while this phone was offline gets nothing that was still waiting.

use belay_crypto::seal_envelope;
use belay_model::{DeviceId, EpochId, ItemId, SpaceId, make_bytes};
use belay_protocol::{AckBody, DocKind, Item, ItemKind, SpaceType, VectorEntry};
use belay_store::{ItemRow, NewEnvelope, Queued, ReadTx, SpaceState as Standing};
use belay_sync::{Content, Filled, News, is_ack_due};

use crate::boundaries::Flow;
use crate::changes::ChangeArea;
use crate::erasures::is_fixed_to_epoch;
use crate::session::{Draft, Session, Written};
use crate::syncing::catch_up::any_left;
use crate::{BelayError, Result};

/// Bytes of items sealed into one envelope at most: also incompressible ones fit the outer cap then.
const ENVELOPE_ITEMS_MAX_BYTES: usize = 200 * 1024;

/// Chains one acknowledgement speaks of, the latest ones: what fits an item whatever its ranges are.
const ACK_ENTRIES_MAX: usize = 200;

/// How many waiting items one transaction seals: at most 32 MiB.
const SEAL_BATCH: usize = 500;

/// The whole encoding of a stored item.
pub(crate) fn item_bytes(tx: &ReadTx<'_>, row: ItemRow) -> Result<Vec<u8>> {
    let stored = tx.item(row)?.ok_or(BelayError::internal("item-row"))?;
    Ok(stored.item()?.encode())
}

/// Whether an item that came is to be acknowledged at once: it changes who belongs or what opens the space, it takes
/// something back, or somebody asks for support.
pub(crate) fn is_urgent(item: &Item, content: &Content) -> bool {
    let asks = item.header.doc_kind == u8::from(DocKind::SupportRequest);
    matches!(item.header.kind, ItemKind::Epoch | ItemKind::Erase)
        || matches!(content, Content::Membership(_))
        || (asks && matches!(content, Content::Record(_)))
}

/// What [`Session::prepare`] left to do.
#[derive(Debug, Default)]
pub(crate) struct Prepared {
    /// Epochs with envelopes that were not sent yet.
    pub to_send: Vec<EpochId>,
    /// Epochs that did not exist before.
    pub made: Vec<EpochId>,
    /// More waits to be sealed than one transaction does; [`Session::prepare_more`] goes on.
    pub more: bool,
    /// Epochs with envelopes that the relay is to erase.
    pub to_erase: Vec<EpochId>,
}

impl Session<'_> {
    /// Writes what the state of the space asks for, and seals what is due.
    pub fn prepare(&mut self, space: &SpaceId, relay: &str) -> Result<Prepared> {
        let mut prepared = Prepared::default();
        prepared.made.extend(self.overrule_removals_here(space)?);
        if self.space(space)?.is_removed_here() || self.is_removed()? {
            // What waits stays here, for nobody would let it in; all but the acts, by which it is settled who is in.
            prepared.to_send = self.prepare_acts_alone(space)?;
            return Ok(prepared);
        }
        if self.space(space)?.space_type == SpaceType::SelfSpace {
            self.tend_places()?;
        }
        let standing = self.space(space)?.standing;
        if standing == Standing::Active {
            self.remove_revoked(space)?;
            self.renew_kem_if_old(space)?;
            prepared.made.extend(self.rotate_if_owed(space)?);
            self.exchange_secrets(space)?;
            self.answer_removals(space)?;
            self.ack_if_due(space)?;
        }
        self.settle_taken_back(space)?;
        self.reconsider_unsent(space)?;
        self.seal_into(space, relay, &mut prepared)?;
        Ok(prepared)
    }

    /// Gives up what was sealed and never arrived, but for acts and the keys that go with them, and seals acts that wait.
    fn prepare_acts_alone(&mut self, space: &SpaceId) -> Result<Vec<EpochId>> {
        let tx = self.tx;
        let row = self.space(space)?.row;
        for (envelope, _, kinds) in tx.unsent_own(row)? {
            if !kinds.iter().copied().all(is_fixed_to_epoch) {
                tx.unseal(envelope)?;
            }
        }
        self.send_waiting_acts(space)?;
        Ok(tx.unsent_epochs(row)?)
    }

    /// Seals what [`Self::prepare`] left over.
    pub fn prepare_more(&mut self, space: &SpaceId, relay: &str) -> Result<Prepared> {
        let mut prepared = Prepared::default();
        self.seal_into(space, relay, &mut prepared)?;
        Ok(prepared)
    }

    fn seal_into(&mut self, space: &SpaceId, relay: &str, prepared: &mut Prepared) -> Result<()> {
        prepared.more = self.seal_due(space)?;
        let row = self.space(space)?.row;
        prepared.to_send = self.tx.unsent_epochs(row)?;
        prepared.to_erase = self.tx.epochs_to_erase_in(row, relay)?;
        Ok(())
    }

    /// Gives up envelopes that were sealed but never arrived and may not go out as they are: somebody could
    /// open them who may not read on.
    fn reconsider_unsent(&mut self, space: &SpaceId) -> Result<()> {
        let tx = self.tx;
        let state = self.space(space)?;
        let (row, standing, writing) = (state.row, state.standing, state.writing_epoch());
        if standing != Standing::Active {
            return Ok(());
        }
        for (envelope, epoch, kinds) in tx.unsent_own(row)? {
            let fixed = kinds.iter().copied().all(is_fixed_to_epoch);
            if writing != Some(epoch) && !fixed {
                tx.unseal(envelope)?;
            }
        }
        Ok(())
    }

    /// Takes out of the outbox what must not go out any more once sharing ends: every record that is no
    /// withdrawal. Its place is filled by an `erase`, so that nobody waits for it; its writer keeps it.
    pub fn keep_only_endings(&mut self, space: &SpaceId) -> Result<()> {
        let tx = self.tx;
        let row = self.space(space)?.row;
        self.settle_taken_back(space)?;
        for (envelope, _, kinds) in tx.unsent_own(row)? {
            if kinds.contains(&u8::from(ItemKind::Record)) {
                tx.unseal(envelope)?;
            }
        }
        for queued in tx.queued(row, i64::MAX, usize::MAX)? {
            if !crate::boundaries::is_ending(&queued)? {
                tx.unqueue_item(queued.item)?;
                let stored = tx
                    .item(queued.item)?
                    .ok_or(BelayError::internal("item-row"))?;
                // What only waits to go out once more is with them already, and stays.
                if !any_left(tx, self.space(space)?, &[stored])? {
                    self.fill_place(space, queued.item)?;
                }
            }
        }
        Ok(())
    }

    /// Takes out of the outbox again what may not go out after an ending, and came back from an envelope that
    /// was taken back.
    pub(crate) fn unqueue_all_but_endings(&mut self, space: &SpaceId) -> Result<()> {
        let tx = self.tx;
        let row = self.space(space)?.row;
        for queued in tx.queued(row, i64::MAX, usize::MAX)? {
            if !crate::boundaries::is_ending(&queued)? {
                tx.unqueue_item(queued.item)?;
            }
        }
        Ok(())
    }

    /// Seals one batch of what is due; says whether more may wait.
    fn seal_due(&mut self, space: &SpaceId) -> Result<bool> {
        let (tx, now_ms) = (self.tx, self.now_ms);
        let state = self.space(space)?;
        let (sealing, flow) = match state.standing {
            // After leaving, only the leaving itself and erases go out, under the epoch the others
            // still read.
            Standing::Left | Standing::Blocked => (last_shared_epoch(state), Flow::Whole),
            _ => {
                let contact = crate::queries::contact(tx, space)?;
                (state.writing_epoch(), Flow::of(&contact))
            }
        };
        let whole = flow == Flow::Whole;
        let queued = if whole {
            tx.queued(state.row, now_ms, SEAL_BATCH)?
        } else {
            // What may not leave stays in the line, and must not hide what may.
            let mut open = Vec::new();
            for queued in tx.queued(state.row, now_ms, usize::MAX)? {
                if flow.lets(&queued)? {
                    open.push(queued);
                }
            }
            open
        };
        let Some(epoch) = sealing.filter(|_| !queued.is_empty()) else {
            return Ok(false);
        };
        for group in groups(&queued) {
            self.seal_group(space, &epoch, group)?;
        }
        Ok(whole && queued.len() == SEAL_BATCH)
    }

    fn seal_group(&mut self, space: &SpaceId, epoch: &EpochId, group: &[Queued]) -> Result<()> {
        self.spaces.touched.part(ChangeArea::Delivery);
        let items: Vec<Vec<u8>> = group.iter().map(|item| item.item_bytes.clone()).collect();
        let rows: Vec<ItemRow> = group.iter().map(|item| item.item).collect();
        self.seal_items(space, epoch, &items, &rows)
    }

    /// Seals items into one envelope, which waits to be sent; `rows` name them in the store.
    pub(crate) fn seal_items(
        &mut self,
        space: &SpaceId,
        epoch: &EpochId,
        items: &[Vec<u8>],
        rows: &[ItemRow],
    ) -> Result<()> {
        let tx = self.tx;
        let nonce = make_bytes::<24>(self.entropy);
        let state = self.space(space)?;
        let keys = state
            .keys
            .get(epoch)
            .ok_or(BelayError::internal("epoch-keys"))?;
        let sealed = seal_envelope(items, keys, space, epoch, &state.erase_key, nonce)?;
        tx.insert_sealed(&NewEnvelope {
            space: state.row,
            epoch: *epoch,
            env_id: sealed.id,
            nonce,
            bytes: &sealed.bytes,
            items: rows,
        })?;
        Ok(())
    }

    fn ack_if_due(&mut self, space: &SpaceId) -> Result<()> {
        let (tx, now_ms) = (self.tx, self.now_ms);
        let news_key = news_key(space);
        let last_key = format!("ack-at/{space}");
        let news = News {
            items: tx.meta(&news_key)?.is_some(),
            urgent: tx.meta(&news_key)?.is_some_and(|flag| flag == [2]),
        };
        let last = tx
            .meta(&last_key)?
            .and_then(|bytes| bytes.try_into().ok())
            .map(i64::from_le_bytes);
        if !is_ack_due(news, last, now_ms) {
            return Ok(());
        }
        if self.acknowledge(space)?.is_some() {
            tx.put_meta(&last_key, &now_ms.to_le_bytes())?;
            tx.delete_meta(&news_key)?;
        }
        Ok(())
    }

    /// Says what this device has of everybody else's chains.
    pub(crate) fn acknowledge(&mut self, space: &SpaceId) -> Result<Option<Written>> {
        let Some(epoch) = self.space(space)?.writing_epoch() else {
            return Ok(None);
        };
        let vector = self.vector(space)?;
        let body = AckBody {
            vector,
            removal: None,
            epoch,
        };
        let written = self.append(space, Draft::control(ItemKind::Ack, body.encode()))?;
        self.queue(space, written, 0)?;
        Ok(Some(written))
    }

    /// What this device holds of everybody else's chains.
    fn vector(&mut self, space: &SpaceId) -> Result<Vec<VectorEntry>> {
        let own = self.space(space)?.own_device;
        self.vector_of(space, |device| *device != own)
    }

    /// What this device holds of the chains of some devices, the latest ones.
    pub(crate) fn vector_of(
        &mut self,
        space: &SpaceId,
        wanted: impl Fn(&DeviceId) -> bool,
    ) -> Result<Vec<VectorEntry>> {
        let tx = self.tx;
        let row = self.space(space)?.row;
        let devices = tx.devices(row)?;
        let mut vector: Vec<VectorEntry> = Vec::new();
        let mut chains = tx.chains(row)?;
        chains.sort_by_key(|chain| std::cmp::Reverse(chain.top_hlc));
        for chain in chains {
            if vector.len() == ACK_ENTRIES_MAX {
                break;
            }
            let Some(device) = devices.iter().find(|device| device.row == chain.device) else {
                continue;
            };
            if !wanted(&device.id) {
                continue;
            }
            let filled = Filled {
                contiguous: chain.contiguous,
                ranges: chain.ranges,
            };
            let Some(item_id) = chain
                .contiguous_id
                .or((chain.contiguous == 0).then_some(ItemId::ZERO))
            else {
                continue;
            };
            vector.push(VectorEntry {
                device_id: device.id,
                inc: chain.inc,
                seq: chain.contiguous,
                item_id,
                ranges: filled.told_ranges(),
            });
        }
        vector.sort_by_key(|entry| (entry.device_id, entry.inc));
        Ok(vector)
    }
}

/// Under which meta key it stands that something came in since the last acknowledgement.
pub(crate) fn news_key(space: &SpaceId) -> String {
    format!("ack-news/{space}")
}

/// The deepest epoch whose secret is held, whoever can open it.
fn last_shared_epoch(state: &crate::space_state::SpaceState) -> Option<EpochId> {
    state.epochs.deepest(|epoch| state.keys.contains_key(epoch))
}

/// Cuts the waiting items, in their order, into groups that fit an envelope.
fn groups(queued: &[Queued]) -> Vec<&[Queued]> {
    cut(queued, |item| item.item_bytes.len())
}

/// Cuts items, in their order, into groups that fit an envelope.
pub(crate) fn fitting(items: &[Vec<u8>]) -> Vec<&[Vec<u8>]> {
    cut(items, Vec::len)
}

fn cut<T>(queued: &[T], size_of: impl Fn(&T) -> usize) -> Vec<&[T]> {
    let mut groups = Vec::new();
    let (mut start, mut bytes) = (0, 0);
    for (index, item) in queued.iter().enumerate() {
        let size = size_of(item) + 4;
        if index > start && bytes + size > ENVELOPE_ITEMS_MAX_BYTES {
            groups.push(&queued[start..index]);
            (start, bytes) = (index, 0);
        }
        bytes += size;
    }
    if start < queued.len() {
        groups.push(&queued[start..]);
    }
    groups
}
