//! Boundaries (product id P5): pausing what is shared, leaving, blocking. All work at once, without a
//! network and from every state, and doing one again changes nothing.

use belay_document::documents::{Comparison, Contact};
use belay_model::{DocName, SpaceId};
use belay_protocol::{
    DocKind, EraseBody, ErasedSlot, Item, ItemKind, MembershipBody, Operation, RecordBody,
};
use belay_store::{ItemRow, Queued, ReadTx, SpaceState as Standing, StoredItem};

use crate::engine::Engine;
use crate::erasures::has_ended;
use crate::projection::{CheckInRow, GoalRow, OutcomeRow};
use crate::session::{Draft, Session};
use crate::space_state::SpaceState;
use crate::syncing::catch_up::{any_left, is_deferred};
use crate::syncing::held_counts::HeldCounts;
use crate::views::PartnerView;
use crate::{BelayError, Result};

/// What becomes of things a partner never had, which waited while sharing was paused.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Waited {
    /// They go out now, as they are.
    Share,
    /// They stay with their writer, and are shared with nobody by themselves.
    Keep,
}

/// What of a space may leave.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Flow {
    /// Everything that waits.
    Whole,
    /// Acknowledgements, acts and keys go on, so that a pause cannot be told from a quiet week; nothing
    /// that the person wrote or took back.
    Paused,
    /// The words differed: only what takes something back.
    Endings,
}

impl Flow {
    /// What the person's notes about a partner let through.
    pub fn of(contact: &Contact) -> Self {
        if contact.comparison == Comparison::Differed {
            Self::Endings
        } else if contact.paused {
            Self::Paused
        } else {
            Self::Whole
        }
    }

    /// Fails where nothing new goes to a partner now.
    pub fn require_whole(self) -> Result<()> {
        match self {
            Self::Whole => Ok(()),
            Self::Paused => Err(BelayError::unavailable("sharing-paused")),
            Self::Endings => Err(BelayError::unavailable("words-differ")),
        }
    }

    /// Whether an item that waits may be sealed.
    pub fn lets(self, queued: &Queued) -> Result<bool> {
        Ok(match self {
            Self::Whole => true,
            Self::Paused => !is_said(queued.kind),
            Self::Endings => is_ending(queued)?,
        })
    }
}

/// Whether an item of this kind holds something the person wrote, or takes such a thing back.
fn is_said(kind: u8) -> bool {
    kind == u8::from(ItemKind::Record) || kind == u8::from(ItemKind::Erase)
}

/// Whether an item takes something back, or belongs to the space itself.
pub(crate) fn is_ending(queued: &Queued) -> Result<bool> {
    if queued.kind != u8::from(ItemKind::Record) {
        return Ok(true);
    }
    let item = Item::parse(&queued.item_bytes).map_err(|_| BelayError::internal("stored-item"))?;
    Ok(item
        .body
        .as_deref()
        .and_then(|body| RecordBody::parse(body).ok())
        .is_some_and(|body| body.withdrawn))
}

impl Engine {
    /// Pauses what is shared with a partner. They are not told: acknowledgements, acts and keys go on as
    /// before. Nothing that was written here leaves any more, also not what still waited, nor what is
    /// taken back, until [`Engine::resume_sharing`]. Writes to disk.
    ///
    /// # Errors
    /// `NotFound`.
    pub fn pause_sharing(&self, space: &SpaceId) -> Result<PartnerView> {
        self.write(|session| {
            session.pair(space)?;
            if crate::queries::contact(session.tx, space)?.paused {
                return Ok(());
            }
            session.edit_contact(space, |contact| contact.paused = true)?;
            session.hold_back(space)
        })?;
        self.partner_view(space)
    }

    /// Shares with a partner again. What they have already is brought up to date: edits and what was taken
    /// back meanwhile go out. What they never had goes out or stays here, as the person chooses. Writes to
    /// disk.
    ///
    /// # Errors
    /// `NotFound`; `Unavailable{words-differ}` while somebody may stand between the two.
    pub fn resume_sharing(&self, space: &SpaceId, waited: Waited) -> Result<PartnerView> {
        self.write(|session| {
            let standing = session.pair(space)?.standing;
            let contact = crate::queries::contact(session.tx, space)?;
            if contact.comparison == Comparison::Differed {
                return Err(BelayError::unavailable("words-differ"));
            }
            if !contact.paused {
                return Ok(());
            }
            session.edit_contact(space, |contact| contact.paused = false)?;
            if standing != Standing::Active {
                return Ok(());
            }
            if waited == Waited::Keep {
                session.keep_here(space)?;
            }
            session.catch_up(space, waited)
        })?;
        self.partner_view(space)
    }

    /// How many things wait that a partner never had: what [`Engine::resume_sharing`] asks about.
    ///
    /// # Errors
    /// `NotFound`.
    pub fn waiting_to_be_shared(&self, space: &SpaceId) -> Result<u64> {
        self.read_spaces(|tx, spaces| {
            let state = crate::partners::pair(tx, spaces, space)?;
            let new = crate::syncing::catch_up::new_meanwhile(tx, state)?;
            Ok(never_had(tx, state)?.len() as u64 + new)
        })
    }

    /// Leaves a partnership: at once, also offline. Nothing that still waited to be sent leaves any more,
    /// except the leaving itself and what takes something back. What was received stays readable. Doing it
    /// again changes nothing. Writes to disk.
    ///
    /// # Errors
    /// `NotFound`.
    pub fn leave(&self, space: &SpaceId) -> Result<()> {
        self.write(|session| session.leave(space))
    }

    /// Blocks a partner: leaves, and from now on everything that comes from them is dropped unread. They
    /// are told no more than that this person left. Invitations that nobody answered yet are burnt, those at a
    /// distance too, for they may be in that person's hands. Final for this space; two people who want to meet again pair
    /// anew. Writes to disk.
    ///
    /// # Errors
    /// `NotFound`.
    pub fn block(&self, space: &SpaceId) -> Result<()> {
        self.write(|session| {
            session.leave(space)?;
            let tx = session.tx;
            let state = session.space(space)?;
            tx.set_space_state(state.row, Standing::Blocked)?;
            tx.drop_held(state.row)?;
            state.standing = Standing::Blocked;
            state.held = HeldCounts::default();
            session.cancel_open_invitations()
        })?;
        self.invitations.burn_all();
        // What was overwritten leaves the write log too.
        self.checkpoint()
    }

    /// Removes from this device what a partner shared: their words are overwritten here and gone from
    /// every page. What this person wrote stays. Writes to disk; says how many things went.
    ///
    /// # Errors
    /// `NotFound`.
    pub fn remove_what_they_shared(&self, space: &SpaceId) -> Result<u64> {
        let removed = self.write(|session| session.remove_theirs(space))?;
        self.tidy_attachments_if_asked()?;
        self.checkpoint()?;
        Ok(removed)
    }
}

impl Session<'_> {
    /// Gives up envelopes that were sealed and hold something the person wrote: it waits again, unsealed.
    /// What goes on meanwhile is written in a new incarnation: in this one it would stand behind what
    /// waits, and the gap would tell of the pause.
    pub(crate) fn hold_back(&mut self, space: &SpaceId) -> Result<()> {
        let tx = self.tx;
        let state = self.space(space)?;
        let row = state.row;
        if has_ended(state.standing) {
            return Ok(());
        }
        for (envelope, _, kinds) in tx.unsent_own(row)? {
            if kinds.iter().copied().any(is_said) {
                tx.unseal(envelope)?;
            }
        }
        let waiting = tx.queued(row, i64::MAX, usize::MAX)?;
        if waiting.iter().any(|queued| is_said(queued.kind)) {
            let inc = crate::syncing::incarnation::begin_anew(tx, space, self.entropy)?;
            self.space(space)?.inc = inc;
        }
        Ok(())
    }

    /// Takes what a partner never had out of the line again: it is shared with them no more.
    pub(crate) fn keep_here(&mut self, space: &SpaceId) -> Result<()> {
        for kind in [DocKind::CheckIn, DocKind::Goal, DocKind::Outcome] {
            for name in self.shared_documents(space, kind)? {
                if self.had(space, kind, &name)? {
                    continue;
                }
                self.keep_document(space, kind, &name)?;
            }
        }
        // Answers, and whatever else is no copy of an own document.
        let tx = self.tx;
        let waiting = never_had(tx, self.space(space)?)?;
        for row in waiting {
            self.take_out(space, row)?;
        }
        Ok(())
    }

    /// Own documents of a kind of which a partner sees something.
    fn shared_documents(&mut self, space: &SpaceId, kind: DocKind) -> Result<Vec<DocName>> {
        let mut names = Vec::new();
        for own in self.tx.own_all(kind.into(), usize::MAX)? {
            let shared = match kind {
                DocKind::CheckIn => crate::queries::projected::<CheckInRow>(&own)?
                    .shares
                    .contains_key(space),
                DocKind::Goal => crate::queries::projected::<GoalRow>(&own)?
                    .shares
                    .contains_key(space),
                _ => crate::queries::projected::<OutcomeRow>(&own)?
                    .shares
                    .contains_key(space),
            };
            if shared {
                names.push(own.name);
            }
        }
        Ok(names)
    }

    /// Drops one waiting record, and fills its place, so that nobody waits for it.
    fn take_out(&mut self, space: &SpaceId, row: ItemRow) -> Result<()> {
        let tx = self.tx;
        tx.erase_item_body(row)?;
        let stored = tx.item(row)?.ok_or(BelayError::internal("item-row"))?;
        if let Some(document) = stored.document {
            self.reproject(document, &tx.document(document)?)?;
        }
        self.fill_place(space, row)
    }

    /// Fills the place of a record that will not arrive.
    pub(crate) fn fill_place(&mut self, space: &SpaceId, row: ItemRow) -> Result<()> {
        let tx = self.tx;
        let stored = tx.item(row)?.ok_or(BelayError::internal("item-row"))?;
        let Some(document) = stored.document else {
            return Ok(());
        };
        let named = tx.document(document)?;
        let Ok(kind) = DocKind::try_from(named.kind) else {
            return Ok(());
        };
        let slot = ErasedSlot {
            device_id: tx.device(stored.device)?.id,
            inc: stored.inc,
            seq: stored.seq,
            item_id: stored.item_id,
        };
        let written = self.append(
            space,
            Draft {
                kind: ItemKind::Erase,
                doc_kind: kind,
                doc_name: named.name,
                body: EraseBody { slots: vec![slot] }.encode(),
            },
        )?;
        self.queue(space, written, 0)
    }

    /// Leaves, unless this person has left before.
    pub(crate) fn leave(&mut self, space: &SpaceId) -> Result<()> {
        let state = self.pair(space)?;
        if has_ended(state.standing) {
            return Ok(());
        }
        let row = state.row;
        self.take_back_changed(space)?;
        self.keep_only_endings(space)?;
        let body = MembershipBody {
            operation: Operation::Leave,
            root_signature: None,
        };
        let draft = Draft::control(ItemKind::Membership, body.encode());
        let written = self.append(space, draft)?;
        self.queue(space, written, 0)?;
        self.tx.set_space_state(row, Standing::Left)?;
        self.space(space)?.standing = Standing::Left;
        Ok(())
    }

    fn remove_theirs(&mut self, space: &SpaceId) -> Result<u64> {
        let tx = self.tx;
        let state = self.pair(space)?;
        let (row, own) = (state.row, state.own_person);
        let mut removed = 0;
        for device in tx.devices(row)? {
            if device.person == own {
                continue;
            }
            for stored in tx.records_of_device(device.row)? {
                tx.erase_item_body(stored.row)?;
                if let Some(document) = stored.document {
                    self.reproject(document, &tx.document(document)?)?;
                }
                removed += 1;
            }
        }
        tx.drop_received_bytes(row)?;
        tx.drop_held(row)?;
        self.space(space)?.held = HeldCounts::default();
        Ok(removed)
    }
}

/// Whether an item holds a passage or a request that was taken back while nothing went out.
fn is_retracted(tx: &ReadTx<'_>, state: &SpaceState, stored: &StoredItem) -> Result<bool> {
    let Some(document) = stored.document else {
        return Ok(false);
    };
    let named = tx.document(document)?;
    match DocKind::try_from(named.kind) {
        Ok(kind @ (DocKind::Passage | DocKind::SupportRequest)) => {
            is_deferred(tx, &state.id, kind, &named.name)
        }
        _ => Ok(false),
    }
}

/// Records of this person's that wait and of which no version is known to have left, in the order written.
pub(crate) fn never_had(tx: &ReadTx<'_>, state: &SpaceState) -> Result<Vec<ItemRow>> {
    let mut rows = Vec::new();
    for queued in tx.queued(state.row, i64::MAX, usize::MAX)? {
        if is_ending(&queued)? {
            continue;
        }
        let stored = tx
            .item(queued.item)?
            .ok_or(BelayError::internal("item-row"))?;
        if is_retracted(tx, state, &stored)? {
            continue;
        }
        let versions = stored
            .document
            .map(|document| tx.items_of_document(document))
            .transpose()?
            .unwrap_or_default();
        if !any_left(tx, state, &versions)? {
            rows.push(queued.item);
        }
    }
    Ok(rows)
}
