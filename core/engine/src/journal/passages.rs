//! Passages: a part of an entry, given to a partner as a copy (product id J7). The copy is a record of the
//! shared space and nothing else of the entry is in it. It lives on its own: editing, deleting or erasing
//! the entry does not touch it, and taking it back does not touch the entry.

use std::collections::{BTreeMap, BTreeSet};

use belay_document::documents::{Comparison, Draft as DocumentDraft, PublishState};
use belay_document::records::RecordPayload;
use belay_model::{
    DocName, Moment, Passage, PersonId, SharedPassage, SpaceId, make_bytes, publish_passage,
};
use belay_protocol::DocKind;
use belay_store::{BlobFiles, ReadTx, Shared};

use crate::attachments::with_passage;
use crate::boundaries::Flow;
use crate::engine::Engine;
use crate::journal::input::NewPassage;
use crate::journal::views::{PartnerPassageView, PassagePreviewView, PassageView};
use crate::session::{Session, Spaces};
use crate::space_state::SpaceState;
use crate::syncing::catch_up::is_deferred;
use crate::views::UndoneView;
use crate::{BelayError, Result};

const KIND: DocKind = DocKind::Passage;

/// How many passages of a partner a page shows.
const PAGE: usize = 100;

const MISSING: BelayError = BelayError::NotFound { what: "passage" };

impl Engine {
    /// Exactly what the partner would see of a passage, before anything is written. Changes nothing.
    ///
    /// # Errors
    /// `NotFound` for an entry or partner that is not there; `InvalidInput{passage, ..}` for words that do
    /// not stand in the entry or are too many; `Unavailable{sharing-paused | words-differ | not-in-space}`;
    /// `NotFound{attachment}` for what is not attached to the entry, `InvalidInput{attachments, ..}` above 32 or
    /// for one named twice, `Unavailable{not-here-yet}` for one that is not whole on this device.
    pub fn preview_passage(&self, new: &NewPassage) -> Result<PassagePreviewView> {
        let attached = self.to_be_given(&new.entry, &new.attachments)?;
        self.read_spaces(|tx, spaces| {
            let settings = crate::queries::settings(tx)?;
            let moment = self.moment(&settings)?;
            let comparison = comparison(tx, &new.space)?;
            let text = tx
                .own_by_name(DocKind::JournalEntry.into(), &new.entry)?
                .filter(|own| own.deleted_at_ms.is_none())
                .map(|own| tx.entry_text(own.document))
                .transpose()?
                .flatten()
                .ok_or(crate::journal::MISSING)?;
            let passage = compose(&text, &new.text, moment)?;
            Ok(PassagePreviewView {
                space: new.space,
                partner: crate::partners::shown_name(tx, spaces.get(tx, &new.space)?)?,
                compared: comparison == Comparison::Matched,
                passage: publish_passage(&passage),
                attachments: attached.into_iter().map(|(_, view)| view).collect(),
            })
        })
    }

    /// Gives a passage to a partner, behind the hold. Writes to disk.
    ///
    /// # Errors
    /// As [`Engine::preview_passage`]; `Unavailable{not-compared}` while the four words were not compared
    /// and the person did not say that they want to give it all the same.
    pub fn share_passage(&self, new: NewPassage) -> Result<PassageView> {
        // Everything that can be refused is, before long files are sealed.
        self.preview_passage(&new)?;
        let copies = self.seal_to_give(&new.entry, &new.attachments)?;
        let given = self.write(|session| {
            let settings = crate::queries::settings(session.tx)?;
            let moment = session.moment(&settings)?;
            let comparison = comparison(session.tx, &new.space)?;
            let document = session.present_entry(&new.entry)?;
            let passage = compose(&document.text()?, &new.text, moment)?;
            if comparison != Comparison::Matched && !new.confirmed_not_compared {
                return Err(BelayError::unavailable("not-compared"));
            }
            let name = DocName::from_bytes(make_bytes(session.entropy));
            let draft = DocumentDraft::new().passage_given(&new.space, &name);
            session.write_entry(&new.entry, document, &draft)?;
            let body = publish_passage(&passage).to_body(1);
            let not_before = session.hold_until(&settings);
            session.write_record(&new.space, KIND, name, body, not_before)?;
            session.give_attachments(&new.space, &name, copies, not_before)?;
            Ok(name)
        });
        if given.is_err() && !new.attachments.is_empty() {
            self.tidy_attachments()?;
        }
        self.passage(&new.space, &given?)
    }

    /// Takes a passage back. While it is held nothing of it leaves; later the partner's copy goes with the
    /// next sync, where sharing is paused with the first one after that. Writes to disk.
    ///
    /// # Errors
    /// `NotFound`; `Unavailable{not-in-space}` after the partnership ended: what they have stays theirs.
    pub fn retract_passage(&self, space: &SpaceId, name: &DocName) -> Result<UndoneView> {
        let undone = self.write(|session| {
            let tx = session.tx;
            let shared = own_passage(tx, session.space(space)?, name)?.ok_or(MISSING)?;
            crate::partners::require_active(tx, space)?;
            let may_have_left = tx.was_sealed(shared.item)?;
            if !session.defer(space, KIND, name, false)? {
                session.withdraw_passage(space, name)?;
            }
            Ok(UndoneView { may_have_left })
        });
        self.tidy_attachments_if_asked()?;
        undone
    }

    /// One passage that was given to a partner.
    ///
    /// # Errors
    /// `NotFound`, also for one that was taken back.
    pub fn passage(&self, space: &SpaceId, name: &DocName) -> Result<PassageView> {
        self.read_spaces(|tx, spaces| {
            let made = Made::of(spaces);
            let state = spaces.get(tx, space)?;
            let shared = own_passage(tx, state, name)?.ok_or(MISSING)?;
            view(tx, state, &shared, &made)
        })
    }

    /// Every passage that partners have or will have, also of entries that are gone; newest first within
    /// each partner.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn passages(&self) -> Result<Vec<PassageView>> {
        self.read_spaces(|tx, spaces| {
            let made = Made::of(spaces);
            let mut passages = Vec::new();
            for space in tx.spaces()? {
                let Ok(state) = spaces.sound(tx, &space.id)? else {
                    continue;
                };
                let all = tx.shared_of(state.row, &state.own_person, KIND.into(), usize::MAX)?;
                for shared in all {
                    if !is_deferred(tx, &space.id, KIND, &shared.name)? {
                        passages.push(view(tx, state, &shared, &made)?);
                    }
                }
            }
            Ok(passages)
        })
    }
}

impl Session<'_> {
    /// Takes a passage back if it stands.
    pub fn withdraw_passage(&mut self, space: &SpaceId, name: &DocName) -> Result<()> {
        let (tx, now_ms) = (self.tx, self.now_ms);
        let Some(shared) = standing(tx, self.space(space)?, name)? else {
            return Ok(());
        };
        let state = PublishState::new(shared.rev + 1, None);
        self.replace_record(space, KIND, *name, &state, None, now_ms)?;
        self.withdraw_attachments(space, name)?;
        self.project_record(shared.document, &tx.document(shared.document)?)
    }
}

/// Whether the words were compared, for a partner to whom something may be given.
fn comparison(tx: &ReadTx<'_>, space: &SpaceId) -> Result<Comparison> {
    crate::partners::require_active(tx, space)?;
    let contact = crate::queries::contact(tx, space)?;
    Flow::of(&contact).require_whole()?;
    Ok(contact.comparison)
}

/// The passage: words that stand in the entry exactly like this, without blanks around them.
fn compose(entry: &str, words: &str, shared: Moment) -> Result<Passage> {
    let words = words.trim();
    let passage = Passage {
        text: words.to_owned(),
        shared,
    };
    passage.validate()?;
    if !entry.contains(words) {
        return Err(BelayError::InvalidInput {
            field: "passage",
            rule: "not_allowed_here",
        });
    }
    Ok(passage)
}

/// An own passage, unless the person took it back, also where the partner will hear of that after a pause.
fn own_passage(tx: &ReadTx<'_>, state: &SpaceState, name: &DocName) -> Result<Option<Shared>> {
    if is_deferred(tx, &state.id, KIND, name)? {
        return Ok(None);
    }
    standing(tx, state, name)
}

fn standing(tx: &ReadTx<'_>, state: &SpaceState, name: &DocName) -> Result<Option<Shared>> {
    let row = tx.find_document(state.row, &state.own_person, KIND.into(), name)?;
    let shared = row.map(|row| tx.shared(row)).transpose()?.flatten();
    Ok(shared.filter(|shared| !shared.withdrawn))
}

/// With what a view is made.
struct Made {
    now_ms: i64,
    files: BlobFiles,
}

impl Made {
    fn of(spaces: &Spaces) -> Self {
        Self {
            now_ms: spaces.now_ms,
            files: spaces.files.clone(),
        }
    }
}

fn view(tx: &ReadTx<'_>, state: &SpaceState, shared: &Shared, made: &Made) -> Result<PassageView> {
    let stored = tx.item(shared.item)?;
    let stored = stored.ok_or(BelayError::internal("item-row"))?;
    Ok(PassageView {
        name: shared.name,
        space: state.id,
        partner: crate::partners::shown_name(tx, state)?,
        passage: crate::partners::projected(shared)?,
        delivery: crate::partners::delivery(tx, state, &stored, made.now_ms)?,
        responses: crate::responses::about(tx, state, &shared.person, KIND, &shared.name)?,
        attachments: with_passage(tx, &made.files, state, &shared.person, &shared.name)?,
    })
}

/// The passages of one entry that still stand, newest first within each partner.
pub(crate) fn given(
    tx: &ReadTx<'_>,
    spaces: &mut Spaces,
    noted: &BTreeMap<SpaceId, BTreeSet<DocName>>,
) -> Result<Vec<PassageView>> {
    let made = Made::of(spaces);
    let mut views = Vec::new();
    for (space, names) in noted {
        if tx.space(*space)?.is_none() {
            // A partnership that another own device has and this one does not.
            continue;
        }
        let state = spaces.get(tx, space)?;
        let mut standing = Vec::new();
        for name in names {
            standing.extend(own_passage(tx, state, name)?);
        }
        standing.sort_by_key(|shared| std::cmp::Reverse((shared.hlc, shared.name)));
        for shared in &standing {
            views.push(view(tx, state, shared, &made)?);
        }
    }
    Ok(views)
}

/// The passages a partner gave, newest first.
pub(crate) fn of_partner(
    tx: &ReadTx<'_>,
    files: &BlobFiles,
    state: &SpaceState,
    person: &PersonId,
) -> Result<Vec<PartnerPassageView>> {
    tx.shared_of(state.row, person, KIND.into(), PAGE)?
        .iter()
        .map(|shared| {
            Ok(PartnerPassageView {
                name: shared.name,
                passage: crate::partners::projected::<SharedPassage>(shared)?,
                responses: crate::responses::about(tx, state, person, KIND, &shared.name)?,
                attachments: with_passage(tx, files, state, person, &shared.name)?,
            })
        })
        .collect()
}
