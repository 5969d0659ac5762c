//! The budget of a member of a shared space, kept: which items are over it, and what becomes of one that an
//! earlier one pushes out. The rule itself is in core/sync (docs/protocol.md, "Gate", G26).

use belay_model::{ItemId, PersonId, SpaceId};
use belay_protocol::limits::ITEM_SALT;
use belay_protocol::{Item, ItemKind, Operation, SpaceType};
use belay_store::{HeldReason, ItemRow, ItemState, ReadTx};
use belay_sync::{Budget, Content, Filled, Limits, Sending};

use crate::places::place::author_person;
use crate::session::Session;
use crate::space_state::SpaceState;
use crate::syncing::ingest::Ingested;
use crate::{BelayError, Result};

/// Epochs that none follows yet, in one space: every one of them has mailboxes that are asked in each round.
const EPOCH_LEAVES_MAX: usize = 64;

impl Session<'_> {
    /// Whether an item that is signed by a member may be kept. Own items always may.
    pub(crate) fn within_budget(
        &mut self,
        space: &SpaceId,
        item: &Item,
        id: &ItemId,
        content: Option<&Content>,
    ) -> Result<bool> {
        let tx = self.tx;
        let state = self.space(space)?;
        let operation = match content {
            Some(Content::Membership(body)) => Some(&body.operation),
            _ => None,
        };
        let person = match (author_person(state, item), operation) {
            (Some(person), _) => person,
            // An act that brings its own author.
            (None, Some(Operation::AddDevice { certificate })) => certificate.person_id,
            _ => return Ok(true),
        };
        let view = state.membership.current();
        let last_word = matches!(operation, Some(Operation::Leave))
            && view.persons.get(&person).is_some_and(|known| !known.left);
        if let Some(Content::Epoch(body)) = content
            && person != state.own_person
        {
            let mut leaves = state.epochs.leaves();
            leaves.retain(|leaf| !body.parents.contains(leaf));
            if leaves.len() >= EPOCH_LEAVES_MAX {
                return Ok(false);
            }
        }
        let Some(budget) = budget_of(tx, state, &person)? else {
            return Ok(true);
        };
        let before = budget.cut();
        let takes = budget.takes(&sending(item, *id), last_word);
        let cut = budget.cut();
        if cut != before {
            self.keep_cut(space, &person, cut)?;
        }
        Ok(takes)
    }

    /// Counts an item that was stored, and parks those of its author that are over the budget because of it.
    pub(crate) fn count_sent(
        &mut self,
        space: &SpaceId,
        item: &Item,
        id: ItemId,
        row: ItemRow,
    ) -> Result<()> {
        let tx = self.tx;
        let state = self.space(space)?;
        let Some(person) = author_person(state, item) else {
            return Ok(());
        };
        let Some(budget) = budget_of(tx, state, &person)? else {
            return Ok(());
        };
        let before = budget.cut();
        let pushed_out = budget.note(&sending(item, id), row);
        let cut = budget.cut();
        if cut != before {
            self.keep_cut(space, &person, cut)?;
        }
        for row in pushed_out {
            self.push_out(space, row)?;
        }
        Ok(())
    }

    fn keep_cut(
        &mut self,
        space: &SpaceId,
        person: &PersonId,
        cut: Option<(u64, ItemId)>,
    ) -> Result<()> {
        let Some((hlc, id)) = cut else { return Ok(()) };
        let mut kept = hlc.to_le_bytes().to_vec();
        kept.extend_from_slice(id.as_bytes());
        Ok(self.tx.put_meta(&cut_key(space, person), &kept)?)
    }

    /// Takes an item out again, as if it had come after those that push it out: parked, its place empty.
    fn push_out(&mut self, space: &SpaceId, row: ItemRow) -> Result<()> {
        let tx = self.tx;
        let stored = tx.item(row)?.ok_or(BelayError::internal("item-row"))?;
        if stored.body.is_none() {
            // There is nothing left to park, and its place stays filled.
            return Ok(());
        }
        let bytes = stored.item()?.encode();
        let envelope = tx.envelopes_of(row)?.first().copied();
        tx.delete_item(row)?;
        self.hold(
            space,
            HeldReason::OverBudget,
            &stored.item_id,
            &bytes,
            envelope,
        )?;
        self.empty_place(space, &stored)?;
        if let Some(document) = stored.document {
            let described = tx.document(document)?;
            self.reproject(document, &described)?;
        }
        Ok(())
    }

    fn empty_place(&mut self, space: &SpaceId, stored: &belay_store::StoredItem) -> Result<()> {
        let tx = self.tx;
        let row = self.space(space)?.row;
        let Some(mut chain) = tx.chain(row, stored.device, stored.inc)? else {
            return Ok(());
        };
        if tx
            .items_at(row, stored.device, stored.inc, stored.seq)?
            .is_empty()
        {
            let mut filled = Filled {
                contiguous: chain.contiguous,
                ranges: std::mem::take(&mut chain.ranges),
            };
            filled.remove(stored.seq);
            (chain.contiguous, chain.ranges) = (filled.contiguous, filled.ranges);
            let last = tx.items_at(row, stored.device, stored.inc, chain.contiguous)?;
            chain.contiguous_id = crate::places::place::standing(&last);
            tx.put_chain(row, &chain)?;
        }
        let forked = tx.items_in_state(row, ItemState::Shadowed)? > 0;
        if forked || chain.top_seq == stored.seq {
            // A rival may stand now, or the chain end elsewhere.
            let mut changed = Ingested::default();
            self.settle_fork(space, stored.device, stored.inc, &mut changed)?;
        }
        Ok(())
    }
}

/// What a member has sent, counted from the store the first time; `None` where there is no bound: in `self`,
/// and for this person's own devices.
fn budget_of<'a>(
    tx: &ReadTx<'_>,
    state: &'a mut SpaceState,
    person: &PersonId,
) -> Result<Option<&'a mut Budget<ItemRow>>> {
    if state.space_type == SpaceType::SelfSpace || *person == state.own_person {
        return Ok(None);
    }
    if !state.budgets.contains_key(person) {
        let cut = tx
            .meta(&cut_key(&state.id, person))?
            .and_then(|kept| read_cut(&kept));
        let mut budget = Budget::new(Limits::default(), cut);
        for sent in tx.sent_by(state.row, person)? {
            let kind =
                ItemKind::try_from(sent.kind).map_err(|_| BelayError::internal("stored-kind"))?;
            let sending = Sending {
                kind,
                hlc: sent.hlc,
                id: sent.item_id,
                bytes: sent.bytes,
            };
            // Nothing that stands in the store is over the budget by another thing that stands there.
            let _ = budget.note(&sending, sent.row);
        }
        state.budgets.insert(*person, budget);
    }
    Ok(state.budgets.get_mut(person))
}

fn sending(item: &Item, id: ItemId) -> Sending {
    let body = ITEM_SALT as u64 + u64::from(item.header.body_len);
    Sending {
        kind: item.header.kind,
        hlc: item.header.hlc,
        id,
        bytes: item.encode_detached().len() as u64 + body,
    }
}

/// Under which meta key stands where a member's budget of bytes ended.
fn cut_key(space: &SpaceId, person: &PersonId) -> String {
    format!("budget-cut/{space}/{person}")
}

fn read_cut(kept: &[u8]) -> Option<(u64, ItemId)> {
    let (hlc, id) = kept.split_first_chunk()?;
    Some((u64::from_le_bytes(*hlc), ItemId::from_slice(id)?))
}
