//! Bringing what a person wrote back to a day (product id J6): the journal and the check-ins say again what they said
//! when that day ended, by new changes. Whom anything is shared with, partners, devices and settings stay as they are:
//! going back never shows anything to anybody anew. What was erased stays erased.

use std::collections::BTreeMap;

use belay_document::documents::{Draft as DocumentDraft, SelfDocument, text_difference};
use belay_model::{CheckIn, CivilDay, DocName, Hlc, JournalEntry, Moment, Settings};
use belay_protocol::DocKind;
use belay_store::ReadTx;
use serde::{Deserialize, Serialize};

use crate::documents::load_row;
use crate::engine::Engine;
use crate::session::{Session, Spaces};
use crate::{BelayError, Result};

/// Under which meta key it stands what the last return changed.
const LAST_RETURN: &str = "day-return";

/// Kinds that go back.
const KINDS: [DocKind; 2] = [DocKind::JournalEntry, DocKind::CheckIn];

/// Milliseconds of a day.
const DAY_MS: i64 = 24 * 60 * 60 * 1000;

/// What a return to a day changes, or changed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct DayReturnView {
    /// The civil day at whose end everything is as it was.
    pub on: CivilDay,
    /// When it was done; `None` for a preview.
    pub at_ms: Option<i64>,
    /// What becomes of each thing that differs, in the order of their days.
    pub things: Vec<ReturningThingView>,
    /// Things that were changed again since, and so were left as they are; only when a return is undone.
    pub left: u64,
}

/// Something that a return changes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ReturningThingView {
    /// What it is.
    pub kind: ReturningKind,
    /// Its name.
    pub name: DocName,
    /// The civil day it is about.
    pub on: CivilDay,
    /// What it is called, or how it begins.
    pub title: String,
    /// What becomes of it.
    pub step: ReturningStep,
    /// Words of its text that come back; only for entries.
    pub words_added: u64,
    /// Words of its text that go into the past; only for entries.
    pub words_removed: u64,
}

/// What can go back to a day.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum ReturningKind {
    /// A journal entry.
    Entry,
    /// A check-in.
    CheckIn,
}

/// What a return does with a thing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum ReturningStep {
    /// It says again what it said.
    Earlier,
    /// It was deleted since, and comes back.
    Back,
    /// It was not there yet: it goes to the deleted ones, from which it can be brought back.
    Deleted,
}

/// Where a thing is to go.
enum Aim {
    /// It is to be deleted.
    Absent,
    /// It is to be there and say this.
    Entry(Box<JournalEntry>),
    /// It is to be there and say this.
    CheckIn(Box<CheckIn>),
}

/// What the last return did, kept on this device until it is undone or followed by another.
#[derive(Debug, Serialize, Deserialize)]
struct Kept {
    on: CivilDay,
    at_ms: i64,
    things: Vec<KeptThing>,
}

#[derive(Debug, Serialize, Deserialize)]
struct KeptThing {
    kind: u8,
    name: DocName,
    before: String,
    after: String,
}

/// A thing and what becomes of it.
struct Returning {
    view: ReturningThingView,
    document: SelfDocument,
    aim: Aim,
}

impl Engine {
    /// What going back to the end of a civil day would change. Changes nothing.
    ///
    /// # Errors
    /// `InvalidInput{on, in_the_future}` for a day that is not over.
    pub fn preview_day_return(&self, on: CivilDay) -> Result<DayReturnView> {
        self.read_spaces(|tx, spaces| {
            let settings = crate::queries::settings(tx)?;
            let now = self.moment(&settings)?;
            let things = returning(tx, spaces, on, &now, &settings)?;
            Ok(view(
                on,
                None,
                things.into_iter().map(|it| it.view).collect(),
            ))
        })
    }

    /// Brings the journal and the check-ins back to what they said at the end of a civil day, as new changes. The
    /// answer says what changed; [`Engine::undo_day_return`] takes it back. Writes to disk.
    ///
    /// # Errors
    /// `InvalidInput{on, in_the_future}` for a day that is not over; nothing is changed then.
    pub fn return_to_day(&self, on: CivilDay) -> Result<DayReturnView> {
        self.write(|session| {
            let settings = crate::queries::settings(session.tx)?;
            let now = session.moment(&settings)?;
            let things = returning(session.tx, session.spaces, on, &now, &settings)?;
            let mut kept = Kept {
                on,
                at_ms: session.now_ms,
                things: Vec::new(),
            };
            let mut views = Vec::new();
            for thing in things {
                kept.things.push(session.bring_to(
                    thing.document,
                    &thing.view,
                    thing.aim,
                    &settings,
                )?);
                views.push(thing.view);
            }
            if !views.is_empty() {
                let kept = crate::projection::json(&kept)?;
                session.tx.put_meta(LAST_RETURN, kept.as_bytes())?;
            }
            Ok(view(on, Some(session.now_ms), views))
        })
    }

    /// The last return made on this device that can still be undone: its day and when it was done.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn last_day_return(&self) -> Result<Option<DayReturnView>> {
        self.read(|tx| Ok(kept(tx)?.map(|kept| view(kept.on, Some(kept.at_ms), Vec::new()))))
    }

    /// Undoes the last return made on this device, as new changes. What was changed again since stays as it is.
    /// Writes to disk.
    ///
    /// # Errors
    /// `NotFound` where there is none to undo.
    pub fn undo_day_return(&self) -> Result<DayReturnView> {
        self.write(|session| {
            let kept = kept(session.tx)?.ok_or(BelayError::NotFound { what: "day-return" })?;
            let settings = crate::queries::settings(session.tx)?;
            let mut views = Vec::new();
            let mut left = 0;
            for thing in &kept.things {
                match session.undo_one(thing, &settings)? {
                    Some(view) => views.push(view),
                    None => left += 1,
                }
            }
            session.tx.delete_meta(LAST_RETURN)?;
            Ok(DayReturnView {
                left,
                ..view(kept.on, Some(session.now_ms), views)
            })
        })
    }
}

fn view(on: CivilDay, at_ms: Option<i64>, mut things: Vec<ReturningThingView>) -> DayReturnView {
    things.sort_by_key(|thing| (thing.on, thing.kind, thing.name));
    DayReturnView {
        on,
        at_ms,
        things,
        left: 0,
    }
}

fn kept(tx: &ReadTx<'_>) -> Result<Option<Kept>> {
    let Some(bytes) = tx.meta(LAST_RETURN)? else {
        return Ok(None);
    };
    let kept = serde_json::from_slice(&bytes);
    Ok(Some(kept.map_err(|_| BelayError::internal("day-return"))?))
}

/// Everything that differs from how it was when that day ended.
fn returning(
    tx: &ReadTx<'_>,
    spaces: &mut Spaces,
    on: CivilDay,
    now: &Moment,
    settings: &Settings,
) -> Result<Vec<Returning>> {
    if on >= now.civil_day(settings.day_start) {
        return Err(BelayError::InvalidInput {
            field: "on",
            rule: "in_the_future",
        });
    }
    let zone = now.zone().name().to_owned();
    let written = |at_ms: i64| {
        Moment::new(at_ms, &zone).is_ok_and(|at| at.civil_day(settings.day_start) <= on)
    };
    let own = crate::queries::self_space(tx)?;
    let row = spaces.get(tx, &own)?.row;
    // No day anywhere ends before it began in UTC.
    let began = CivilDay::new(1970, 1, 1)?.days_until(on);
    let since = Hlc::tick(Hlc::from_u64(0), began.saturating_mul(DAY_MS).max(0)).to_u64();
    let mut things = Vec::new();
    for document_row in tx.documents_since(row, since)? {
        let described = tx.document(document_row)?;
        let kind = DocKind::try_from(described.kind).unwrap_or(DocKind::None);
        if !KINDS.contains(&kind) {
            continue;
        }
        let document = load_row(tx, document_row, kind)?;
        if document.change_count() == 0 {
            continue;
        }
        let heads = document.heads_where(written);
        let then = match &heads {
            Some(heads) => Some(document.as_of(heads)?),
            None => None,
        };
        things.extend(differing(document, described.name, kind, then)?);
    }
    Ok(things)
}

/// What has to become of a document so that it says what it said; nothing where it does, or where one of the two
/// cannot be read by this version.
fn differing(
    document: SelfDocument,
    name: DocName,
    kind: DocKind,
    then: Option<SelfDocument>,
) -> Result<Option<Returning>> {
    let is_there = document.deleted_at_ms()?.is_none();
    let was_there = match &then {
        Some(then) => then.deleted_at_ms()?.is_none(),
        None => false,
    };
    if !is_there && !was_there {
        return Ok(None);
    }
    let then = then.filter(|_| was_there);
    let told = match kind {
        DocKind::JournalEntry => entry_told(&document, then.as_ref()),
        _ => check_in_told(&document, then.as_ref()),
    };
    let (mut view, aim, same) = match told {
        Ok(told) => told,
        Err(error) if error.is_unreadable() => return Ok(None),
        Err(error) => return Err(error),
    };
    view.name = name;
    view.step = match (is_there, was_there) {
        (true, true) if same => return Ok(None),
        (true, true) => ReturningStep::Earlier,
        (false, _) => ReturningStep::Back,
        (true, false) => ReturningStep::Deleted,
    };
    Ok(Some(Returning {
        view,
        document,
        aim,
    }))
}

type Told = (ReturningThingView, Aim, bool);

fn entry_told(document: &SelfDocument, then: Option<&SelfDocument>) -> Result<Told> {
    let now = document.journal_entry()?;
    let then = then.map(SelfDocument::journal_entry).transpose()?;
    let said = then.as_ref().unwrap_or(&now);
    let difference = text_difference(&now.text, &said.text);
    let view = ReturningThingView {
        kind: ReturningKind::Entry,
        name: DocName::ZERO,
        on: said.on,
        title: said.title.clone().unwrap_or_else(|| said.excerpt()),
        step: ReturningStep::Earlier,
        words_added: difference.words_added,
        words_removed: difference.words_removed,
    };
    let same = crate::journal::history::is_same(said, &now);
    let aim = then.map_or(Aim::Absent, |then| Aim::Entry(Box::new(then)));
    Ok((view, aim, same))
}

fn check_in_told(document: &SelfDocument, then: Option<&SelfDocument>) -> Result<Told> {
    let now = document.check_in()?;
    let then = then.map(SelfDocument::check_in).transpose()?;
    let said = then.as_ref().unwrap_or(&now);
    let view = ReturningThingView {
        kind: ReturningKind::CheckIn,
        name: DocName::ZERO,
        on: said.on,
        title: said.win.clone().or(said.note.clone()).unwrap_or_default(),
        step: ReturningStep::Earlier,
        words_added: 0,
        words_removed: 0,
    };
    let same = said.on == now.on && said.differing(&now).is_empty();
    let aim = then.map_or(Aim::Absent, |then| Aim::CheckIn(Box::new(then)));
    Ok((view, aim, same))
}

impl Session<'_> {
    /// Brings one thing to where it is to go, and notes both ends of the way.
    fn bring_to(
        &mut self,
        document: SelfDocument,
        view: &ReturningThingView,
        aim: Aim,
        settings: &Settings,
    ) -> Result<KeptThing> {
        let (kind, name) = (document.kind(), view.name);
        let before = document.state_name();
        match aim {
            Aim::Absent => self.put_away(kind, &name, document)?,
            Aim::Entry(entry) => {
                let document = self.taken_out(kind, &name, document)?;
                self.bring_entry_back_to(&name, document, *entry)?;
            }
            Aim::CheckIn(check_in) => {
                let now = document.check_in()?;
                let on = check_in.on;
                let mut check_in = check_in.as_edit_of(&now, self.now_ms);
                check_in.on = on;
                let document = self.taken_out(kind, &name, document)?;
                let mut shares = crate::projection::check_in_shares(&document)?;
                shares.retain(|space, _| crate::partners::require_active(self.tx, space).is_ok());
                self.write_check_in(&name, document, &check_in, &shares, settings)?;
            }
        }
        let after = self.document(kind, &name)?.state_name();
        Ok(KeptThing {
            kind: kind.into(),
            name,
            before,
            after,
        })
    }

    /// Deletes something as its person would, copies included; it can be brought back.
    fn put_away(&mut self, kind: DocKind, name: &DocName, document: SelfDocument) -> Result<()> {
        let draft = DocumentDraft::new().deleted_at_ms(Some(self.now_ms));
        if kind == DocKind::JournalEntry {
            return self.write_entry(name, document, &draft);
        }
        let spaces = document.shared_spaces()?.into_iter();
        let copies: BTreeMap<_, _> = spaces.map(|space| (space, None)).collect();
        let now_ms = self.now_ms;
        self.write_shared(kind, name, document, draft, copies, now_ms)
    }

    /// Takes something out of the deleted ones, if it is there.
    fn taken_out(
        &mut self,
        kind: DocKind,
        name: &DocName,
        document: SelfDocument,
    ) -> Result<SelfDocument> {
        if document.deleted_at_ms()?.is_none() {
            return Ok(document);
        }
        let draft = DocumentDraft::new().deleted_at_ms(None);
        self.write_into(kind, name, document, &draft)?;
        self.document(kind, name)
    }

    /// Brings one thing back to before a return; nothing where it was changed again since, or is gone.
    fn undo_one(
        &mut self,
        kept: &KeptThing,
        settings: &Settings,
    ) -> Result<Option<ReturningThingView>> {
        let Ok(kind) = DocKind::try_from(kept.kind) else {
            return Ok(None);
        };
        let document = self.document(kind, &kept.name)?;
        if document.change_count() == 0 || document.state_name() != kept.after {
            return Ok(None);
        }
        let Some(heads) = document.state(&kept.before) else {
            return Ok(None);
        };
        let then = document.as_of(&heads)?;
        let Some(thing) = differing(document, kept.name, kind, Some(then))? else {
            return Ok(None);
        };
        self.bring_to(thing.document, &thing.view, thing.aim, settings)?;
        Ok(Some(thing.view))
    }
}
