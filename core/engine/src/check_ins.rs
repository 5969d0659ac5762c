//! Check-ins: write, edit, take back, look at (product ids C1, C3, C4, C5).

pub(crate) mod drafts;
pub(crate) mod edits;
pub(crate) mod form;

use std::collections::BTreeMap;

use belay_document::documents::{Draft as DocumentDraft, SelfDocument};
use belay_model::{
    CheckIn, CheckInFields, CivilDay, DocName, Moment, Settings, SpaceId, make_bytes,
    offered_fields, publish_check_in,
};
use belay_protocol::DocKind;
use belay_store::{Own, ReadTx};

use crate::boundaries::Flow;
use crate::engine::Engine;
use crate::input::NewCheckIn;
use crate::projection::CheckInRow;
use crate::session::{Session, Spaces};
use crate::sharing::{Copy, copy_of};
use crate::views::{CheckInView, PreviewView, SharedFieldsView};
use crate::{BelayError, Result};

impl Engine {
    /// What each partner would see of this check-in, exactly, before anything is written (C4). Changes
    /// nothing.
    ///
    /// # Errors
    /// `InvalidInput` as [`Engine::write_check_in`].
    pub fn preview_check_in(&self, new: &NewCheckIn) -> Result<Vec<PreviewView>> {
        self.read_spaces(|tx, spaces| {
            let settings = crate::queries::settings(tx)?;
            let moment = self.moment(&settings)?;
            let check_in = compose(new, &moment, &settings)?;
            let audience = audience(tx, new)?;
            previews(tx, spaces, &check_in, audience, new, &moment, &settings)
        })
    }

    /// Writes a check-in and the outcomes that come with it, and queues what is shared of them behind
    /// the hold; the draft of that day is used up. All of it or nothing. Writes to disk.
    ///
    /// # Errors
    /// `InvalidInput{field, rule}`, `NotFound` for a goal or partner that is not there.
    pub fn write_check_in(&self, new: NewCheckIn) -> Result<CheckInView> {
        let name = self.write(|session| {
            let settings = crate::queries::settings(session.tx)?;
            let moment = session.moment(&settings)?;
            let check_in = compose(&new, &moment, &settings)?;
            let name = DocName::from_bytes(make_bytes(session.entropy));
            let audience = audience(session.tx, &new)?;
            let document = SelfDocument::new(DocKind::CheckIn)?;
            session.write_check_in(&name, document, &check_in, &audience, &settings)?;
            for outcome in &new.outcomes {
                let on = outcome.on.unwrap_or(check_in.on);
                session.log_outcome(outcome, on, &moment, &settings)?;
            }
            session.use_up_draft(check_in.on, None)?;
            Ok(name)
        })?;
        self.check_in(&name)
    }

    /// One check-in, also a deleted one.
    ///
    /// # Errors
    /// `NotFound`.
    pub fn check_in(&self, name: &DocName) -> Result<CheckInView> {
        self.read_spaces(|tx, spaces| {
            let own = tx
                .own_by_name(DocKind::CheckIn.into(), name)?
                .ok_or(BelayError::NotFound { what: "check-in" })?;
            view(tx, spaces, &own)
        })
    }

    /// The check-ins of one civil day, oldest first.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn check_ins_on(&self, on: CivilDay) -> Result<Vec<CheckInView>> {
        self.read_spaces(|tx, spaces| on_day(tx, spaces, on))
    }

    /// The newest check-ins, newest first.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn check_ins(&self, limit: usize) -> Result<Vec<CheckInView>> {
        self.read_spaces(|tx, spaces| {
            tx.own_all(DocKind::CheckIn.into(), limit)?
                .iter()
                .map(|own| view(tx, spaces, own))
                .collect()
        })
    }
}

/// The check-ins of one civil day, oldest first.
pub(crate) fn on_day(
    tx: &ReadTx<'_>,
    spaces: &mut Spaces,
    on: CivilDay,
) -> Result<Vec<CheckInView>> {
    tx.own_on(DocKind::CheckIn.into(), &on.to_string())?
        .iter()
        .map(|own| view(tx, spaces, own))
        .collect()
}

pub(crate) fn view(tx: &ReadTx<'_>, spaces: &mut Spaces, own: &Own) -> Result<CheckInView> {
    let row: CheckInRow = crate::queries::projected(own)?;
    let now_ms = spaces.now_ms;
    let mut shared_with = Vec::new();
    let mut responses = Vec::new();
    for (space, fields) in &row.shares {
        let Some(state) = spaces.find(tx, space)? else {
            continue;
        };
        shared_with.push(crate::partners::shared_with(
            tx,
            state,
            DocKind::CheckIn,
            &own.name,
            SharedFieldsView::CheckIn { fields: *fields },
            now_ms,
        )?);
        responses.extend(crate::responses::to_own(
            tx,
            state,
            DocKind::CheckIn,
            &own.name,
        )?);
    }
    Ok(CheckInView {
        name: own.name,
        late: row.check_in.is_late(),
        edited: row.check_in.is_edited(),
        deleted: own.deleted_at_ms.is_some(),
        check_in: row.check_in,
        shared_with,
        responses,
    })
}

/// The check-in that the input makes at this moment.
pub(crate) fn compose(new: &NewCheckIn, moment: &Moment, settings: &Settings) -> Result<CheckIn> {
    let today = moment.civil_day(settings.day_start);
    let mut check_in = CheckIn::new(
        new.on.unwrap_or(today),
        new.template,
        moment.clone(),
        settings.day_start,
    );
    check_in.mood = new.mood;
    check_in.emotions.clone_from(&new.emotions);
    check_in.energy = new.energy;
    check_in.win = given(new.win.as_deref());
    check_in.struggle = given(new.struggle.as_deref());
    check_in.plan = given(new.plan.as_deref());
    check_in.need = new.need;
    check_in.note = given(new.note.as_deref());
    check_in.validate()?;
    Ok(check_in)
}

/// A field left blank is a field not answered.
pub(crate) fn given(text: Option<&str>) -> Option<String> {
    text.map(str::trim)
        .filter(|text| !text.is_empty())
        .map(str::to_owned)
}

/// What every partner will see: those the check-in is shared with, and those whom the goals are shared with
/// that are logged along with it.
pub(crate) fn previews(
    tx: &ReadTx<'_>,
    spaces: &mut Spaces,
    check_in: &CheckIn,
    mut audience: BTreeMap<SpaceId, CheckInFields>,
    new: &NewCheckIn,
    moment: &Moment,
    settings: &Settings,
) -> Result<Vec<PreviewView>> {
    let mut outcomes =
        crate::goals::outcomes::previews(tx, &new.outcomes, check_in.on, moment, settings)?;
    for space in outcomes.keys() {
        audience.entry(*space).or_default();
    }
    let mut previews = Vec::new();
    for (space, fields) in audience {
        // What a partner sees whom only another own device knows is that device's to show.
        let Some(state) = spaces.find(tx, &space)? else {
            continue;
        };
        previews.push(PreviewView {
            space,
            partner: crate::partners::shown_name(tx, state)?,
            fields,
            check_in: publish_check_in(check_in, fields),
            outcomes: outcomes.remove(&space).unwrap_or_default(),
        });
    }
    Ok(previews)
}

/// Who sees what of a new check-in: as the person chose, else each partner's usual fields.
fn audience(tx: &ReadTx<'_>, new: &NewCheckIn) -> Result<BTreeMap<SpaceId, CheckInFields>> {
    if let Some(chosen) = &new.audience {
        return known_audience(tx, chosen);
    }
    let mut audience = BTreeMap::new();
    for (space, contact) in crate::queries::contacts(tx)? {
        let active = tx
            .space(space)?
            .is_some_and(|space| space.state == belay_store::SpaceState::Active);
        let sharing = active && Flow::of(&contact) == Flow::Whole;
        let fields = offered_fields(contact.check_in_default, None, sharing);
        if !fields.is_empty() {
            audience.insert(space, fields);
        }
    }
    Ok(audience)
}

pub(crate) fn known_audience(
    tx: &ReadTx<'_>,
    chosen: &BTreeMap<SpaceId, CheckInFields>,
) -> Result<BTreeMap<SpaceId, CheckInFields>> {
    for space in chosen.keys() {
        crate::partners::require_active(tx, space)?;
    }
    Ok(chosen.clone())
}

pub(crate) fn copies(
    check_in: &CheckIn,
    shares: &BTreeMap<SpaceId, CheckInFields>,
) -> BTreeMap<SpaceId, Copy> {
    shares
        .iter()
        .map(|(space, fields)| {
            let copy = publish_check_in(check_in, *fields);
            (*space, copy.as_ref().map(copy_of))
        })
        .collect()
}

impl Session<'_> {
    /// The present moment for the person.
    pub fn moment(&self, settings: &Settings) -> Result<Moment> {
        crate::settings::moment(settings, self.now_ms, &self.device_zone)
    }

    /// When something written now may leave (C5).
    pub fn hold_until(&self, settings: &Settings) -> i64 {
        self.now_ms + i64::from(settings.hold_seconds) * 1000
    }

    pub fn write_check_in(
        &mut self,
        name: &DocName,
        document: SelfDocument,
        check_in: &CheckIn,
        shares: &BTreeMap<SpaceId, CheckInFields>,
        settings: &Settings,
    ) -> Result<()> {
        let mut draft = DocumentDraft::new().check_in(check_in);
        for (space, fields) in shares {
            if self.tx.space(*space)?.is_some() {
                draft = draft.share_check_in(space, *fields, &document);
            }
        }
        let copies = copies(check_in, shares);
        let not_before = self.hold_until(settings);
        self.write_shared(DocKind::CheckIn, name, document, draft, copies, not_before)
    }

    /// Writes a document together with its published copies: the notes about them are part of the same
    /// change.
    pub fn write_shared(
        &mut self,
        kind: DocKind,
        name: &DocName,
        document: SelfDocument,
        draft: DocumentDraft,
        copies: BTreeMap<SpaceId, Copy>,
        not_before_ms: i64,
    ) -> Result<()> {
        let (draft, publications) = self.plan_publications(&document, draft, kind, name, copies)?;
        self.write_into(kind, name, document, &draft)?;
        self.publish(publications, not_before_ms)
    }
}
