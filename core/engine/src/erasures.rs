//! Taking envelopes back from relays (product id J8): what held something erased must go there too, and what
//! else it held must stay obtainable. The store marks such envelopes when a body is erased; a round deals
//! with the marks before it seals, sends what was sealed again, and only then asks the relay to erase.

pub(crate) mod erased;
pub(crate) mod limit;
pub(crate) mod overdue;
pub(crate) mod receipts;
pub(crate) mod set_aside;
pub(crate) mod views;

#[cfg(test)]
mod erased_tests;
#[cfg(test)]
mod set_aside_tests;

use belay_crypto::erase_token;
use belay_document::documents::Comparison;
use belay_model::{EnvelopeId, EpochId, SpaceId};
use belay_protocol::ItemKind;
use belay_protocol::relay::limits::ERASE_ENTRIES_MAX;
use belay_protocol::relay::{EraseOutcome, EraseToken};
use belay_store::{
    DueErasure, EnvelopeRow, ErasureState, Mailbox, ReadTx, Sealed, SpaceState as Standing,
};
use belay_sync::Event;

use crate::relays::clients::{Link, is_no_mailbox};
use crate::session::Session;
use crate::space_state::SpaceState;
use crate::syncing::worker::Round;
use crate::{BelayError, Result};

/// How long relays keep the ids of what was erased; what was asked longer ago is not asked again.
pub(crate) const REPEATED_FOR_MS: i64 = 400 * 24 * 60 * 60 * 1000;

/// What a relay is asked: which envelope, the proof, and after how many days.
type Order = (EnvelopeId, EraseToken, u32);

/// Items that everyone needs to follow the space. They travel under the epoch they were sealed for, to
/// those who must learn of them.
pub(crate) fn is_fixed_to_epoch(kind: u8) -> bool {
    [ItemKind::Membership, ItemKind::Epoch, ItemKind::Wraps]
        .iter()
        .any(|fixed| u8::from(*fixed) == kind)
}

/// Whether a space has ended for this person: nothing but endings leaves it any more.
pub(crate) fn has_ended(standing: Standing) -> bool {
    matches!(standing, Standing::Left | Standing::Blocked)
}

/// What a relay can be asked to erase now, with the tokens that prove the right to it. One answer holds
/// either envelopes that are known to be at a relay or others: remembering those takes room there, and a
/// full relay must not keep its contents for want of it.
fn due_erasures(
    tx: &ReadTx<'_>,
    state: &SpaceState,
    epoch: &EpochId,
    relay: &str,
    count: usize,
) -> Result<(Vec<DueErasure>, Vec<Order>)> {
    if crate::relays::words::is_in_doubt(tx, state, relay)? {
        // The envelope that has what still lives in an earlier one may be the one that is missing.
        return Ok((Vec::new(), Vec::new()));
    }
    // Where the words differed nothing that was said goes out again either.
    let differed = crate::queries::contact(tx, &state.id)?.comparison == Comparison::Differed;
    let ended = differed || has_ended(state.standing);
    let mut due = tx.due_erasures(state.row, epoch, relay, ended, count)?;
    let known = due.first().is_some_and(|first| first.known_there);
    due.retain(|erasure| erasure.known_there == known);
    let orders = due
        .iter()
        .map(|erasure| {
            let token = erase_token(&state.erase_key, &erasure.nonce);
            (erasure.env_id, EraseToken::from_bytes(token), 0)
        })
        .collect();
    Ok((due, orders))
}

impl Session<'_> {
    /// Deals with envelopes that hold something taken back: what still lives in them is sealed again or put
    /// in line for it, and the relays of the space are to erase them.
    pub(crate) fn settle_taken_back(&mut self, space: &SpaceId) -> Result<()> {
        let (tx, now_ms) = (self.tx, self.now_ms);
        let state = self.space(space)?;
        let (row, ended) = (state.row, has_ended(state.standing));
        let mut relays = state.relays();
        let left = crate::relays::moves::still_read(tx, state, now_ms)?;
        relays.extend(left.into_iter().map(|left| left.relay));
        let taken_back = tx.taken_back(row)?;
        for envelope in &taken_back {
            self.seal_again_what_is_fixed(space, *envelope)?;
            tx.requeue(*envelope)?;
            for relay in &relays {
                tx.ask_to_erase(*envelope, relay, now_ms)?;
            }
            tx.settle_taken_back(*envelope)?;
        }
        if ended && !taken_back.is_empty() {
            self.unqueue_all_but_endings(space)?;
        }
        Ok(())
    }

    /// Takes in that a relay would not have envelopes because their author erased them there: it is not
    /// offered them again, and what still lives in own ones goes into others.
    fn take_refusal(
        &mut self,
        space: &SpaceId,
        relay: &str,
        refused: &[EnvelopeRow],
    ) -> Result<()> {
        let (tx, now_ms) = (self.tx, self.now_ms);
        for envelope in refused {
            tx.drop_envelope(*envelope)?;
        }
        let row = self.space(space)?.row;
        let own = tx.taken_back(row)?;
        self.settle_taken_back(space)?;
        for envelope in refused.iter().filter(|envelope| own.contains(envelope)) {
            tx.ask_to_erase(*envelope, relay, now_ms)?;
            tx.note_erasure(*envelope, relay, ErasureState::Erased)?;
        }
        Ok(())
    }

    /// Notes what a relay answered to [`due_erasures`].
    fn note_erasures(
        &mut self,
        relay: &str,
        answered: impl IntoIterator<Item = (EnvelopeRow, EraseOutcome)>,
    ) -> Result<()> {
        for (envelope, outcome) in answered {
            let state = match outcome {
                EraseOutcome::Erased => ErasureState::Erased,
                EraseOutcome::Remembered => ErasureState::NotThere,
                EraseOutcome::WrongToken => ErasureState::Refused,
            };
            self.tx.note_erasure(envelope, relay, state)?;
        }
        Ok(())
    }

    /// After a relay lost its memory, or was put back from a copy: it may hold again what it had erased.
    pub(crate) fn erase_again(&mut self, mailbox: &Mailbox) -> Result<()> {
        let since_ms = self.now_ms.saturating_sub(REPEATED_FOR_MS);
        Ok(self
            .tx
            .ask_again(mailbox.space, &mailbox.epoch, &mailbox.relay, since_ms)?)
    }

    /// Seals again, under the same epoch, what an envelope alone holds of items that stay with their epoch.
    fn seal_again_what_is_fixed(&mut self, space: &SpaceId, envelope: EnvelopeRow) -> Result<()> {
        let tx = self.tx;
        let epoch = tx.envelope(envelope)?.epoch;
        let fixed: Vec<_> = tx
            .only_in(envelope)?
            .into_iter()
            .filter_map(|(item, kind)| is_fixed_to_epoch(kind).then_some(item))
            .collect();
        if fixed.is_empty() || self.space(space)?.keys.get(&epoch).is_none() {
            return Ok(());
        }
        let items = fixed
            .iter()
            .map(|item| crate::syncing::outbox::item_bytes(tx, *item))
            .collect::<Result<Vec<_>>>()?;
        self.seal_items(space, &epoch, &items, &fixed)
    }
}

impl Round<'_> {
    /// Asks the relay to erase what it may erase by now.
    pub(crate) async fn erase(&mut self, epoch: &EpochId) -> Result<Event> {
        let (space, relay) = (self.link.space, self.link.relay.as_str());
        let now_ms = self.engine.clock.now_ms();
        let (due, orders) = self.engine.read_spaces(|tx, spaces| {
            let state = spaces.get(tx, &space)?;
            due_erasures(tx, state, epoch, relay, ERASE_ENTRIES_MAX)
        })?;
        if due.is_empty() {
            return Ok(Event::Erased { more: false });
        }
        let key = self.key(epoch)?;
        let outcomes = match self.client.erase(&key, &orders, now_ms).await {
            Ok(results) => results.into_iter().map(|result| result.outcome).collect(),
            Err(error) if is_no_mailbox(&error) => vec![EraseOutcome::Remembered; due.len()],
            Err(error) => return Err(error.into()),
        };
        let envelopes = due.iter().map(|erasure| erasure.envelope);
        self.engine
            .write(|session| session.note_erasures(relay, envelopes.zip(outcomes)))?;
        Ok(Event::Erased { more: true })
    }

    /// Takes in that the relay took nothing of what was sent because some of it was erased there.
    pub(crate) fn take_refusal(&self, sent: &[Sealed], named: &[EnvelopeId]) -> Result<Event> {
        let refused = named_rows(sent, named)?;
        let Link { space, relay } = self.link;
        self.engine
            .write(|session| session.take_refusal(space, relay, &refused))?;
        Ok(Event::TakenBack)
    }
}

/// The rows among `sent` that a relay named; an answer that names another is none.
fn named_rows(sent: &[Sealed], named: &[EnvelopeId]) -> Result<Vec<EnvelopeRow>> {
    let rows: Option<Vec<_>> = named
        .iter()
        .map(|id| {
            sent.iter()
                .find(|sealed| sealed.env_id == *id)
                .map(|sealed| sealed.row)
        })
        .collect();
    rows.filter(|rows| !rows.is_empty())
        .ok_or(BelayError::unavailable("relay-answer"))
}
