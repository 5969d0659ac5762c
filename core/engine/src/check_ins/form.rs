//! Everything that the form of a check-in shows, in one answer (product ids C1, C2).

use std::collections::BTreeMap;

use belay_library::Question;
use belay_model::{
    CheckInFields, CheckInTemplate, CivilDay, DocName, Emotion, Moment, MoodLabel, PartOfDay,
    SpaceId, offered_fields,
};
use belay_protocol::{DocKind, SpaceType};
use belay_store::{ReadTx, SpaceState as Standing};
use serde::Serialize;

use crate::boundaries::Flow;
use crate::engine::Engine;
use crate::input::NewCheckIn;
use crate::projection::CheckInRow;
use crate::session::Spaces;
use crate::views::{CheckInView, GoalView};
use crate::{BelayError, Result};

/// Of how many check-ins the feeling words are counted: about two months of evenings.
const COUNTED_CHECK_INS: usize = 60;

/// The form of a check-in.
#[derive(Debug, Clone, Serialize)]
pub struct CheckInFormView {
    /// The civil day it is about. What is written takes it along (`NewCheckIn::on`), so that midnight or a
    /// journey in between moves nothing.
    pub on: CivilDay,
    /// The person's present civil day.
    pub today: CivilDay,
    /// The day is over: what is written now says that it is late.
    pub late: bool,
    /// The part of the day it is.
    pub part_of_day: PartOfDay,
    /// Which questions to begin with.
    pub template: CheckInTemplate,
    /// The questions of every template.
    pub templates: Vec<CheckInTemplateView>,
    /// The person's own words for steps of the mood; a step without one has its usual word.
    pub mood_labels: Vec<MoodLabel>,
    /// Every feeling word, those used most lately first.
    pub emotions: Vec<Emotion>,
    /// Goals due on the day or logged for it, with what was logged.
    pub goals: Vec<GoalView>,
    /// Whom it can be shared with.
    pub partners: Vec<FormPartnerView>,
    /// Who sees what of it as long as the person says nothing else. What is handed in for `NewCheckIn::audience`
    /// begins with this, changed where they touched it.
    pub audience: BTreeMap<SpaceId, CheckInFields>,
    /// What was typed and not written.
    pub draft: Option<CheckInDraftView>,
    /// The check-in that is being edited; `None` for a new one.
    pub about: Option<CheckInView>,
    /// Check-ins of the day that are there already, oldest first.
    pub check_ins: Vec<CheckInView>,
}

/// The questions of one template.
#[derive(Debug, Clone, Serialize)]
pub struct CheckInTemplateView {
    /// Which.
    pub template: CheckInTemplate,
    /// What it asks, in order, in the language asked for.
    pub questions: Vec<Question>,
}

/// A partner on the share strip.
#[derive(Debug, Clone, Serialize)]
pub struct FormPartnerView {
    /// The partner's space.
    pub space: SpaceId,
    /// The partner, as named here.
    pub name: String,
    /// What they usually see.
    pub usual_fields: CheckInFields,
    /// What they see of the check-in that is being edited; `None` for a new one.
    pub present_fields: Option<CheckInFields>,
    /// Sharing is paused: what is chosen waits here.
    pub paused: bool,
    /// The four words differed: nothing goes there.
    pub words_differ: bool,
}

/// What a form held.
#[derive(Debug, Clone, Serialize)]
pub struct CheckInDraftView {
    /// When it was kept.
    pub at_ms: i64,
    /// What was chosen and typed.
    pub new: NewCheckIn,
}

/// A draft that waits.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct CheckInDraftLineView {
    /// The civil day it is about.
    pub on: CivilDay,
    /// The check-in that was being edited; `None` for a new one.
    pub about: Option<DocName>,
    /// When it was kept.
    pub at_ms: i64,
}

impl Engine {
    /// The form for a check-in about `on` (`None` for the present day), or for the edit of one that is there
    /// (`about`, whose day counts then). Questions come in `language`, a BCP 47 tag. Changes nothing.
    ///
    /// # Errors
    /// `NotFound` for a check-in that is not there or was taken back.
    pub fn check_in_form(
        &self,
        on: Option<CivilDay>,
        about: Option<DocName>,
        language: &str,
    ) -> Result<CheckInFormView> {
        self.read_spaces(|tx, spaces| {
            let settings = crate::queries::settings(tx)?;
            let now = self.moment(&settings)?;
            let today = now.civil_day(settings.day_start);
            let about = about.map(|name| present(tx, spaces, &name)).transpose()?;
            let on = match &about {
                Some(about) => about.check_in.on,
                None => on.unwrap_or(today),
            };
            let draft =
                crate::check_ins::drafts::kept(tx, on, about.as_ref().map(|view| &view.name))?;
            let mut goals = crate::goals::all(tx, spaces, on)?;
            goals.retain(|goal| goal.due_today || goal.today.is_some());
            let template = match (&draft, &about) {
                (Some(draft), _) => draft.new.template,
                (None, Some(about)) => about.check_in.template,
                (None, None) => offered(on, today, &now),
            };
            let partners = partners(tx, spaces, about.as_ref())?;
            Ok(CheckInFormView {
                on,
                today,
                late: on < today,
                part_of_day: PartOfDay::at(now.local_time()),
                template,
                templates: templates(language),
                mood_labels: settings.mood_labels,
                emotions: emotions_by_use(tx)?,
                goals,
                audience: audience(&partners),
                partners,
                draft,
                about,
                check_ins: crate::check_ins::on_day(tx, spaces, on)?,
            })
        })
    }
}

fn present(tx: &ReadTx<'_>, spaces: &mut Spaces, name: &DocName) -> Result<CheckInView> {
    let missing = BelayError::NotFound { what: "check-in" };
    let own = tx.own_by_name(DocKind::CheckIn.into(), name)?;
    let own = own.filter(|own| own.deleted_at_ms.is_none());
    crate::check_ins::view(tx, spaces, &own.ok_or(missing)?)
}

/// The evening looks back on its day, and so does whoever fills in an earlier one. A pledge in the morning is
/// only ever chosen.
fn offered(on: CivilDay, today: CivilDay, now: &Moment) -> CheckInTemplate {
    match PartOfDay::at(now.local_time()) {
        _ if on < today => CheckInTemplate::Evening,
        PartOfDay::Evening | PartOfDay::Night => CheckInTemplate::Evening,
        PartOfDay::Morning | PartOfDay::Day => CheckInTemplate::Free,
    }
}

fn templates(language: &str) -> Vec<CheckInTemplateView> {
    let all = CheckInTemplate::ALL.iter().copied();
    all.map(|template| CheckInTemplateView {
        template,
        questions: belay_library::questions(template, language).to_vec(),
    })
    .collect()
}

/// Every word, those that stand in the newest check-ins most often first; the others in their usual order.
fn emotions_by_use(tx: &ReadTx<'_>) -> Result<Vec<Emotion>> {
    let mut used: BTreeMap<Emotion, usize> = BTreeMap::new();
    for own in tx.own_all(DocKind::CheckIn.into(), COUNTED_CHECK_INS)? {
        let row: CheckInRow = crate::queries::projected(&own)?;
        for emotion in row.check_in.emotions {
            *used.entry(emotion).or_default() += 1;
        }
    }
    let mut emotions = Emotion::ALL.to_vec();
    // Stable: what was used as often keeps its order.
    emotions.sort_by_key(|emotion| std::cmp::Reverse(used.get(emotion).copied().unwrap_or(0)));
    Ok(emotions)
}

fn audience(partners: &[FormPartnerView]) -> BTreeMap<SpaceId, CheckInFields> {
    let offered = partners.iter().map(|partner| {
        let sharing = !partner.paused && !partner.words_differ;
        let fields = offered_fields(partner.usual_fields, partner.present_fields, sharing);
        (partner.space, fields)
    });
    offered.filter(|(_, fields)| !fields.is_empty()).collect()
}

/// Partnerships that go on, in the order they began.
fn partners(
    tx: &ReadTx<'_>,
    spaces: &mut Spaces,
    about: Option<&CheckInView>,
) -> Result<Vec<FormPartnerView>> {
    let mut partners = Vec::new();
    let shares = match about {
        Some(about) => Some(shares(tx, &about.name)?),
        None => None,
    };
    for space in tx.spaces()? {
        if space.kind != u8::from(SpaceType::Pair) || space.state != Standing::Active {
            continue;
        }
        let Ok(state) = spaces.sound(tx, &space.id)? else {
            continue;
        };
        let contact = crate::queries::contact(tx, &space.id)?;
        partners.push(FormPartnerView {
            space: space.id,
            name: crate::partners::shown_name(tx, state)?,
            usual_fields: contact.check_in_default,
            present_fields: shares
                .as_ref()
                .map(|shares| shares.get(&space.id).copied().unwrap_or_default()),
            paused: contact.paused,
            words_differ: Flow::of(&contact) == Flow::Endings,
        });
    }
    Ok(partners)
}

fn shares(tx: &ReadTx<'_>, name: &DocName) -> Result<BTreeMap<SpaceId, CheckInFields>> {
    let own = tx
        .own_by_name(DocKind::CheckIn.into(), name)?
        .ok_or(BelayError::NotFound { what: "check-in" })?;
    let row: CheckInRow = crate::queries::projected(&own)?;
    Ok(row.shares)
}
