//! Moving a space to another relay. Any of its devices may write the act that names the relays from now on
//! (docs/protocol.md, "Moving to another relay"). Everybody who learns of it offers the new relay everything
//! they hold, also what others sealed, so that a relay which is gone for good takes nothing along; the old one
//! is read for 30 more days, and what is found there is offered to the new one too.

use std::collections::BTreeSet;

use belay_model::SpaceId;
use belay_protocol::{ItemKind, MembershipBody, Operation, Policy, SpaceType};
use belay_store::{EnvelopeRow, ReadTx};
use belay_transport::TransportError;
use serde::Serialize;

use crate::changes::ChangeArea;
use crate::engine::Engine;
use crate::erasures::{REPEATED_FOR_MS, has_ended, is_fixed_to_epoch};
use crate::relays::clients::{Link, is_no_mailbox};
use crate::session::{Draft, Session};
use crate::space_state::SpaceState;
use crate::syncing::worker::Round;
use crate::{BelayError, Result};

/// How long a relay is still read after a space moved away from it.
const READ_ON_MS: i64 = 30 * 24 * 60 * 60 * 1000;

/// Under which meta key it stands to which relay the sealed copy of `self` was last moved.
const COPY_MOVED_TO: &str = "self-copy-moved-to";

/// How a space moves to another relay.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct RelayMoveView {
    /// The space.
    pub space: SpaceId,
    /// How this person calls the other one; `None` for their own devices.
    pub partner: Option<String>,
    /// Where everything goes now.
    pub relays: Vec<String>,
    /// Where it went before, as long as that is still read.
    pub left: Vec<LeftRelayView>,
    /// Other devices in the space.
    pub others: u64,
    /// Those of them that have written something since they knew where it goes now.
    pub followed: u64,
}

/// A relay that a space moved away from.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct LeftRelayView {
    /// Its origin.
    pub relay: String,
    /// Until when it is still read.
    pub read_until_ms: i64,
    /// Whoever reads there learns where everything goes now: it was told, or another device moved the space.
    pub told: bool,
}

/// Under which meta key it stands since when a relay is only read.
fn left_key(space: &SpaceId, relay: &str) -> String {
    format!("left-relay/{space}/{relay}")
}

/// Under which meta key the envelopes stand that a relay which was left is still to be given.
fn untold_key(space: &SpaceId, relay: &str) -> String {
    format!("left-relay-untold/{space}/{relay}")
}

/// Since when a relay is only read.
fn left_since(tx: &ReadTx<'_>, space: &SpaceId, relay: &str) -> Result<Option<i64>> {
    let kept = tx.meta(&left_key(space, relay))?;
    Ok(kept
        .and_then(|kept| kept.try_into().ok())
        .map(i64::from_le_bytes))
}

/// Whether a relay that a space moved away from is still to be given word of it.
fn is_untold(tx: &ReadTx<'_>, space: &SpaceId, relay: &str) -> Result<bool> {
    Ok(tx.meta(&untold_key(space, relay))?.is_some())
}

/// Relays that had mailboxes of a space.
fn known_relays(tx: &ReadTx<'_>, state: &SpaceState) -> Result<BTreeSet<String>> {
    let mailboxes = tx.mailboxes(state.row)?;
    Ok(mailboxes.into_iter().map(|mailbox| mailbox.relay).collect())
}

/// The relays that a space moved away from and that are still read at `now_ms`.
pub(crate) fn still_read(
    tx: &ReadTx<'_>,
    state: &SpaceState,
    now_ms: i64,
) -> Result<Vec<LeftRelayView>> {
    let used = state.relays();
    let mut left = Vec::new();
    for relay in known_relays(tx, state)? {
        if let Some(since_ms) = left_since(tx, &state.id, &relay)?
            && !used.contains(&relay)
            // A clock that was put back does not end the reading.
            && now_ms.saturating_sub(since_ms) < READ_ON_MS
        {
            left.push(LeftRelayView {
                told: !is_untold(tx, &state.id, &relay)?,
                read_until_ms: since_ms.saturating_add(READ_ON_MS),
                relay,
            });
        }
    }
    Ok(left)
}

/// Whether what goes wrong with a relay may hide something that the others shared: not where it was left, and
/// whoever still reads there has been told where everything goes.
pub(crate) fn may_hide(tx: &ReadTx<'_>, state: &SpaceState, relay: &str) -> Result<bool> {
    Ok(state.relays().iter().any(|used| used == relay) || is_untold(tx, &state.id, relay)?)
}

/// The relay that the own devices agreed on for the sealed copy, if that is another than was followed last.
fn copy_to_follow(tx: &ReadTx<'_>, state: &SpaceState) -> Result<Option<String>> {
    if state.space_type != SpaceType::SelfSpace {
        return Ok(None);
    }
    let agreed = policy_of(state).and_then(|policy| policy.relays.first());
    let followed = tx.meta(COPY_MOVED_TO)?;
    Ok(agreed
        .filter(|relay| followed.as_deref() != Some(relay.as_bytes()))
        .cloned())
}

fn policy_of(state: &SpaceState) -> Option<&Policy> {
    state.membership.current().policy.as_ref()
}

/// What changed since it was last looked where a space goes.
#[derive(Debug, Default)]
struct Turn {
    /// Relays that are only read from now on.
    dropped: Vec<String>,
    /// Relays that are used again.
    again: Vec<String>,
}

impl Turn {
    fn of(tx: &ReadTx<'_>, state: &SpaceState) -> Result<Self> {
        let mut turn = Self::default();
        let used = state.relays();
        // A sealed copy that was ended is nowhere else now.
        if used.is_empty() {
            return Ok(turn);
        }
        for relay in known_relays(tx, state)? {
            let left = left_since(tx, &state.id, &relay)?.is_some();
            match (used.contains(&relay), left) {
                (false, false) => turn.dropped.push(relay),
                (true, true) => turn.again.push(relay),
                _ => {}
            }
        }
        Ok(turn)
    }

    fn is_none(&self) -> bool {
        self.dropped.is_empty() && self.again.is_empty()
    }
}

impl Engine {
    /// Moves a space to another relay: a partnership, or the sealed copy for the person's own devices. Everything
    /// goes to the new one with the next sync, the old one is told and read for 30 more days. Doing it again
    /// changes nothing. Writes to disk.
    ///
    /// # Errors
    /// `NotFound`; `InvalidInput{relay, not_an_address}`; `Unavailable{relay-plain-http}` without the yes,
    /// `{not-in-space}` where the space has ended, `{no-sealed-copy}` for own devices that keep no copy anywhere.
    pub fn move_relay(
        &self,
        space: &SpaceId,
        origin: &str,
        allow_plain_http: bool,
    ) -> Result<RelayMoveView> {
        let relay = crate::relays::choice::parsed(origin)?;
        self.write(|session| {
            session.agree_to_plain_http(&relay, allow_plain_http)?;
            session.move_relay(space, &relay.to_string())
        })?;
        self.relay_move(space)
    }

    /// How the move of a space to another relay stands.
    ///
    /// # Errors
    /// `NotFound`.
    pub fn relay_move(&self, space: &SpaceId) -> Result<RelayMoveView> {
        let now_ms = self.clock.now_ms();
        self.read_spaces(|tx, spaces| {
            let Some(state) = spaces.find(tx, space)? else {
                return Err(BelayError::NotFound { what: "space" });
            };
            let left = still_read(tx, state, now_ms)?;
            let (others, followed) = followers(tx, state)?;
            let own = state.space_type == SpaceType::SelfSpace;
            let partner = (!own).then(|| crate::partners::shown_name(tx, state));
            Ok(RelayMoveView {
                space: *space,
                partner: partner.transpose()?,
                relays: state.relays(),
                left,
                others,
                followed,
            })
        })
    }

    /// Whether a space moved away from a relay: it is only read, and asked to erase.
    pub(crate) fn is_left(&self, link: &Link) -> Result<bool> {
        self.read_spaces(|tx, spaces| {
            let state = spaces.find(tx, &link.space)?;
            Ok(state.is_some_and(|state| !state.relays().contains(&link.relay)))
        })
    }

    /// Takes in where each space goes by now, before anything is asked of a relay.
    pub(crate) fn follow_moves(&self) -> Result<()> {
        let turned = self.read_spaces(|tx, spaces| {
            let mut turned = Vec::new();
            for space in tx.spaces()? {
                let Ok(state) = spaces.sound(tx, &space.id)? else {
                    continue;
                };
                let is_other = !Turn::of(tx, state)?.is_none();
                if is_other || copy_to_follow(tx, state)?.is_some() {
                    turned.push(space.id);
                }
            }
            Ok(turned)
        })?;
        if turned.is_empty() {
            return Ok(());
        }
        self.write(|session| {
            turned
                .iter()
                .try_for_each(|space| session.follow_move(space))
        })
    }
}

/// Other valid devices of a space, and those of them that have written something knowing where it goes.
fn followers(tx: &ReadTx<'_>, state: &SpaceState) -> Result<(u64, u64)> {
    let chains = tx.chains(state.row)?;
    let (mut others, mut followed) = (0, 0);
    for device in state.membership.current().valid_devices() {
        if device.id == state.own_device {
            continue;
        }
        others += 1;
        let row = tx.find_device(state.row, &device.id)?.map(|(row, _)| row);
        let knows = chains
            .iter()
            .filter(|chain| Some(chain.device) == row)
            .any(|chain| {
                let then = state.membership.view_at(&chain.heads);
                then.is_some_and(|then| then.policy.as_ref() == policy_of(state))
            });
        followed += u64::from(knows);
    }
    Ok((others, followed))
}

impl Session<'_> {
    fn move_relay(&mut self, space: &SpaceId, relay: &str) -> Result<()> {
        let missing = BelayError::NotFound { what: "space" };
        let tx = self.tx;
        let state = self.spaces.find(tx, space)?.ok_or(missing)?;
        if has_ended(state.standing) {
            return Err(BelayError::unavailable("not-in-space"));
        }
        let before = state.relays();
        let own = state.space_type == SpaceType::SelfSpace;
        if own && before.is_empty() {
            return Err(BelayError::unavailable("no-sealed-copy"));
        }
        if before == [relay.to_owned()] {
            return Ok(());
        }
        let policy = policy_of(state)
            .cloned()
            .ok_or(BelayError::internal("policy"))?;
        self.spaces.touched.part(ChangeArea::Partners);
        // What the others need to follow must be readable where they still are.
        self.rotate_if_owed(space)?;
        let body = MembershipBody {
            operation: Operation::SetPolicy {
                policy: Policy {
                    relays: vec![relay.to_owned()],
                    ..policy
                },
                endorsements: Vec::new(),
            },
            root_signature: None,
        };
        let draft = Draft::control(ItemKind::Membership, body.encode());
        let written = self.append(space, draft)?;
        let state = self.space(space)?;
        let (row, writing) = (state.row, state.writing_epoch());
        let epoch = writing.ok_or(BelayError::internal("writing-epoch"))?;
        let item = crate::syncing::outbox::item_bytes(tx, written.row)?;
        self.seal_items(space, &epoch, &[item], &[written.row])?;
        // Keys of an epoch that nobody heard of go there with it.
        let mut tell = Vec::new();
        for (envelope, _, kinds) in tx.unsent_own(row)? {
            if kinds.iter().copied().all(is_fixed_to_epoch) {
                tell.extend(envelope.0.to_le_bytes());
            }
        }
        for old in before.iter().filter(|old| *old != relay) {
            tx.put_meta(&untold_key(space, old), &tell)?;
        }
        self.follow_move(space)
    }

    /// Takes in that a space goes elsewhere: everything held is offered there, what was erased is erased there
    /// too, and the relay that was used before is only read.
    pub(crate) fn follow_move(&mut self, space: &SpaceId) -> Result<()> {
        let (tx, now_ms) = (self.tx, self.now_ms);
        if let Some(relay) = copy_to_follow(tx, self.space(space)?)? {
            tx.put_meta(COPY_MOVED_TO, relay.as_bytes())?;
            if crate::syncing::self_copy::relay_of_copy(tx)?.is_some() {
                self.begin_self_copy(&relay)?;
            }
        }
        let state = self.space(space)?;
        let turn = Turn::of(tx, state)?;
        if turn.is_none() {
            return Ok(());
        }
        let (row, used) = (state.row, state.relays());
        for relay in &turn.dropped {
            tx.put_meta(&left_key(space, relay), &now_ms.to_le_bytes())?;
        }
        for relay in &turn.again {
            tx.delete_meta(&left_key(space, relay))?;
            tx.delete_meta(&untold_key(space, relay))?;
        }
        let epochs: Vec<_> = state.epochs.ids().collect();
        for epoch in &epochs {
            tx.unsend(row, epoch)?;
            for relay in &turn.again {
                // Read once more from its beginning, so that what it has is not sent there again.
                if let Some(mut mailbox) = tx.mailbox(row, epoch, relay)? {
                    mailbox.generation = None;
                    mailbox.cursor = 0;
                    tx.put_mailbox(&mailbox)?;
                }
            }
        }
        let since_ms = now_ms.saturating_sub(REPEATED_FOR_MS);
        for relay in &used {
            tx.ask_elsewhere_too(row, relay, since_ms)?;
        }
        Ok(())
    }
}

impl Round<'_> {
    /// Whether a mailbox is at a relay that is only read: nothing new is made there.
    pub(crate) async fn is_there(
        &self,
        key: &belay_crypto::MailboxKey,
    ) -> std::result::Result<bool, TransportError> {
        let now_ms = self.engine.clock.now_ms();
        match self.client.read(key, None, 1, 1, 0, now_ms).await {
            Ok(_) => Ok(true),
            Err(error) if is_no_mailbox(&error) => Ok(false),
            Err(error) => Err(error),
        }
    }

    /// Gives a relay that was left the act by which whoever still reads there follows.
    pub(crate) async fn tell_of_move(&mut self) -> Result<()> {
        let (space, relay) = (self.link.space, self.link.relay.as_str());
        let name = untold_key(&space, relay);
        let untold = self.engine.read(|tx| {
            let rows = tx.meta(&name)?.unwrap_or_default();
            let mut untold = Vec::new();
            for row in rows.as_chunks::<8>().0 {
                let row = EnvelopeRow(i64::from_le_bytes(*row));
                untold.push((tx.envelope(row)?.epoch, tx.envelope_bytes(row)?));
            }
            Ok(untold)
        })?;
        if untold.is_empty() {
            return Ok(());
        }
        for (epoch, bytes) in untold {
            let key = self.key(&epoch)?;
            let now_ms = self.engine.clock.now_ms();
            let batch = [bytes];
            let mut sent = self.client.append(&key, &batch, now_ms).await;
            if sent.as_ref().is_err_and(is_no_mailbox) {
                self.client.create_mailbox(&key, None, now_ms).await?;
                sent = self.client.append(&key, &batch, now_ms).await;
            }
            match sent {
                Ok(_) | Err(TransportError::Erased { .. }) => {}
                Err(error) => return Err(error.into()),
            }
        }
        self.engine
            .write(|session| Ok(session.tx.delete_meta(&name)?))
    }
}
