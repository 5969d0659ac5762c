//! What sharing does about documents that changed while it was paused. Nothing is written into the shared
//! space meanwhile: a place in the chain that never arrives would tell of the pause. It is noted which
//! copies are behind, and afterwards they are computed anew: a copy is a pure function of the document and
//! its audience.

use std::collections::BTreeMap;

use belay_document::documents::{Draft as DocumentDraft, SelfDocument};
use belay_document::records::OutcomeRecord;
use belay_model::{
    CheckInFields, DocName, GoalFields, SpaceId, publish_check_in, publish_goal, publish_outcome,
};
use belay_protocol::DocKind;
use belay_store::{ReadTx, StoredItem};

use crate::boundaries::{Flow, Waited};
use crate::erasures::has_ended;
use crate::session::Session;
use crate::sharing::{Copy, copy_of, hash_of};
use crate::space_state::SpaceState;
use crate::{BelayError, Result};

fn prefix(space: &SpaceId) -> String {
    format!("deferred/{space}/")
}

fn key(space: &SpaceId, kind: DocKind, name: &DocName) -> String {
    format!("{}{}/{name}", prefix(space), u8::from(kind))
}

/// Whether a document's copy is behind because sharing was paused when it changed.
pub(crate) fn is_deferred(
    tx: &ReadTx<'_>,
    space: &SpaceId,
    kind: DocKind,
    name: &DocName,
) -> Result<bool> {
    Ok(tx.meta(&key(space, kind, name))?.is_some())
}

/// The documents whose copies in a space are behind.
fn deferred(tx: &ReadTx<'_>, space: &SpaceId) -> Result<Vec<(DocKind, DocName)>> {
    let prefix = prefix(space);
    tx.meta_beginning_with(&prefix)?
        .into_iter()
        .map(|(found, _)| {
            let parse = |text: &str| {
                let (kind, name) = text.strip_prefix(&prefix)?.split_once('/')?;
                let kind = DocKind::try_from(kind.parse::<u8>().ok()?).ok()?;
                Some((kind, name.parse().ok()?))
            };
            parse(&found).ok_or(BelayError::internal("deferred"))
        })
        .collect()
}

/// Whether such a thing is only noted when it was taken back: it is no copy of a document.
const fn is_only_withdrawn(kind: DocKind) -> bool {
    matches!(kind, DocKind::Passage | DocKind::SupportRequest)
}

impl Session<'_> {
    /// Whether a copy may not be written into a space for now; `says` tells a copy with content from one that
    /// is taken back. If so, it is noted that the document changed.
    pub fn defer(
        &mut self,
        space: &SpaceId,
        kind: DocKind,
        name: &DocName,
        says: bool,
    ) -> Result<bool> {
        let tx = self.tx;
        let ended = has_ended(self.space(space)?.standing);
        let waits = match Flow::of(&crate::queries::contact(tx, space)?) {
            Flow::Whole => false,
            Flow::Paused => true,
            Flow::Endings => says,
        };
        if ended || !waits {
            tx.delete_meta(&key(space, kind, name))?;
            return Ok(false);
        }
        tx.put_meta(&key(space, kind, name), &[])?;
        Ok(true)
    }

    /// Brings a partner's copies up to date. What they never had goes out or is shared with them no more.
    pub fn catch_up(&mut self, space: &SpaceId, waited: Waited) -> Result<()> {
        let settings = crate::queries::settings(self.tx)?;
        let not_before = self.hold_until(&settings);
        for (kind, name) in deferred(self.tx, space)? {
            if is_only_withdrawn(kind) {
                self.tx.delete_meta(&key(space, kind, &name))?;
                self.withdraw_now(space, kind, &name)?;
                continue;
            }
            // What a newer Belay wrote stays noted, and is brought up to date once it can be read.
            let Some(document) = self.readable(kind, &name)? else {
                continue;
            };
            self.tx.delete_meta(&key(space, kind, &name))?;
            if document.change_count() == 0 {
                self.withdraw_erased(space, kind, &name)?;
                continue;
            }
            if waited == Waited::Keep && !self.had(space, kind, &name)? {
                self.keep_document(space, kind, &name)?;
                continue;
            }
            let copy = self.copy_now(space, kind, &document)?;
            let copies = BTreeMap::from([(*space, copy)]);
            let draft = DocumentDraft::new();
            self.write_shared(kind, &name, document, draft, copies, not_before)?;
        }
        if settings.display_name.is_some() {
            self.publish_profile(space, &settings)?;
        }
        self.publish_boundary_card(space)
    }

    fn withdraw_now(&mut self, space: &SpaceId, kind: DocKind, name: &DocName) -> Result<()> {
        match kind {
            DocKind::Passage => self.withdraw_passage(space, name),
            _ => self.withdraw_request(space, name),
        }
    }

    /// Before leaving: takes back every copy that changed while nothing went out. What it says now goes
    /// nowhere any more, and what it said before was changed or taken back.
    pub fn take_back_changed(&mut self, space: &SpaceId) -> Result<()> {
        for (kind, name) in deferred(self.tx, space)? {
            self.tx.delete_meta(&key(space, kind, &name))?;
            if is_only_withdrawn(kind) {
                self.withdraw_now(space, kind, &name)?;
                continue;
            }
            let Some(there) = self.state_in_space(space, kind, &name)? else {
                continue;
            };
            let now = match self.readable(kind, &name)? {
                Some(document) if document.change_count() > 0 => {
                    hash_of(&self.copy_now(space, kind, &document)?)
                }
                // Erased, or nobody can tell what it says.
                _ => None,
            };
            if there.copy().is_some() && there.copy() != now {
                self.publish_withdrawal(space, kind, &name, there.rev.saturating_add(1))?;
            }
        }
        Ok(())
    }

    /// The document; `None` where only a newer Belay can read what is kept of it.
    fn readable(&mut self, kind: DocKind, name: &DocName) -> Result<Option<SelfDocument>> {
        let read = self.document(kind, name).and_then(|document| {
            if document.change_count() > 0 {
                match kind {
                    DocKind::CheckIn => drop(document.check_in()?),
                    DocKind::Goal => drop(document.goal()?),
                    _ => drop(document.outcome()?),
                }
                document.deleted_at_ms()?;
                document.shared_spaces()?;
            }
            Ok(document)
        });
        match read {
            Ok(document) => Ok(Some(document)),
            Err(error) if error.is_unreadable() => Ok(None),
            Err(error) => Err(error),
        }
    }

    /// Shares a document with a partner no more.
    pub fn keep_document(&mut self, space: &SpaceId, kind: DocKind, name: &DocName) -> Result<()> {
        let document = self.document(kind, name)?;
        let draft = DocumentDraft::new();
        let draft = if kind == DocKind::CheckIn {
            draft.share_check_in(space, CheckInFields::empty(), &document)
        } else {
            draft.share_goal(space, GoalFields::empty(), &document)
        };
        let copies = BTreeMap::from([(*space, None)]);
        let now_ms = self.now_ms;
        self.write_shared(kind, name, document, draft, copies, now_ms)
    }

    /// The copy of a document in a space, as it is to be now.
    pub fn copy_now(
        &mut self,
        space: &SpaceId,
        kind: DocKind,
        document: &SelfDocument,
    ) -> Result<Copy> {
        if document.deleted_at_ms()?.is_some() {
            return Ok(None);
        }
        Ok(match kind {
            DocKind::CheckIn => {
                publish_check_in(&document.check_in()?, document.check_in_share(space))
                    .as_ref()
                    .map(copy_of)
            }
            DocKind::Goal => publish_goal(&document.goal()?, document.goal_share(space))
                .as_ref()
                .map(copy_of),
            DocKind::Outcome => {
                let outcome = document.outcome()?;
                let goal = self.published_goal_name(space, &outcome.goal)?;
                publish_outcome(&outcome.outcome, document.goal_share(space))
                    .map(|outcome| copy_of(&OutcomeRecord { goal, outcome }))
            }
            _ => return Err(BelayError::internal("deferred")),
        })
    }

    /// Whether some version of an own document's copy is known to have left.
    pub fn had(&mut self, space: &SpaceId, kind: DocKind, name: &DocName) -> Result<bool> {
        let tx = self.tx;
        had(tx, self.space(space)?, kind, name)
    }
}

/// How many documents changed meanwhile of which a partner never had anything, and would see something.
pub(crate) fn new_meanwhile(tx: &ReadTx<'_>, state: &SpaceState) -> Result<u64> {
    let mut count = 0;
    for (kind, name) in deferred(tx, &state.id)? {
        let new = !is_only_withdrawn(kind) && !had(tx, state, kind, &name)?;
        count += u64::from(new);
    }
    Ok(count)
}

fn had(tx: &ReadTx<'_>, state: &SpaceState, kind: DocKind, name: &DocName) -> Result<bool> {
    let name = belay_crypto::published_name(&state.erase_key, kind.into(), name);
    let Some(row) = tx.find_document(state.row, &state.own_person, kind.into(), &name)? else {
        return Ok(false);
    };
    any_left(tx, state, &tx.items_of_document(row)?)
}

/// Whether one of the items is known to have left: a relay had it once, whatever became of that relay, or the
/// partner told that it came.
pub(crate) fn any_left(tx: &ReadTx<'_>, state: &SpaceState, items: &[StoredItem]) -> Result<bool> {
    for stored in items {
        if tx.was_at_relay(stored.row)? || crate::partners::is_acked(tx, state, stored)? {
            return Ok(true);
        }
    }
    Ok(false)
}
