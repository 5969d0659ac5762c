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
use belay_store::{ReadTx, SpaceState as Standing, StoredItem};

use crate::boundaries::{Flow, Waited};
use crate::session::Session;
use crate::sharing::{Copy, copy_of};
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

impl Session<'_> {
    /// Whether nothing may be written into a space for now. If so, what changed is noted.
    pub fn defer(&mut self, space: &SpaceId, kind: DocKind, name: &DocName) -> Result<bool> {
        let tx = self.tx;
        let standing = self.space(space)?.standing;
        let ended = matches!(standing, Standing::Left | Standing::Blocked);
        if ended || Flow::of(&crate::queries::contact(tx, space)?) == Flow::Whole {
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
            self.tx.delete_meta(&key(space, kind, &name))?;
            let document = self.document(kind, &name)?;
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
        Ok(())
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
        count += u64::from(!had(tx, state, kind, &name)?);
    }
    Ok(count)
}

fn had(tx: &ReadTx<'_>, state: &SpaceState, kind: DocKind, name: &DocName) -> Result<bool> {
    let name = belay_crypto::published_name(&state.erase_key, kind.into(), name);
    let Some(row) = tx.find_document(state.row, &state.own_person, kind.into(), &name)? else {
        return Ok(false);
    };
    any_left(tx, &tx.items_of_document(row)?)
}

/// Whether one of the items stood in an envelope that a relay has.
pub(crate) fn any_left(tx: &ReadTx<'_>, items: &[StoredItem]) -> Result<bool> {
    for stored in items {
        if tx.is_at_relay(stored.row)? {
            return Ok(true);
        }
    }
    Ok(false)
}
