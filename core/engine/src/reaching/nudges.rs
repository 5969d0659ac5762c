//! Nudges (product id P3): a partner says that they think of somebody. What becomes of one is decided by the device that
//! gets it, by its person's card; what the sender's device refuses is a courtesy.

use belay_document::records::RecordPayload;
use belay_model::boundary::{Arrival, BoundaryCard, NudgeDay, SharedNudge, nudge_now};
use belay_model::{DocName, Moment, SharedMoment, SpaceId, make_bytes};
use belay_protocol::DocKind;
use belay_store::{ReadTx, Shared, WriteTx};
use serde::Serialize;

use crate::boundaries::Flow;
use crate::check_ins::given;
use crate::engine::Engine;
use crate::reaching::reached::Here;
use crate::session::Session;
use crate::space_state::SpaceState;
use crate::views::DeliveryView;
use crate::{BelayError, Result};

const KIND: DocKind = DocKind::Nudge;

/// How many nudges of one person are looked through.
pub(crate) const LOOKED_AT: usize = 200;

/// A nudge, from either side.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct NudgeView {
    /// Its name in the shared space.
    pub name: DocName,
    /// The space.
    pub space: SpaceId,
    /// The partner, as named here.
    pub partner: String,
    /// This person sent it.
    pub own: bool,
    /// What it is about.
    pub topic: Option<String>,
    /// When it was sent, by its sender's clock.
    pub sent_at_ms: i64,
    /// How far an own one has come. Never "seen", and not whether it was shown: that is theirs.
    pub delivery: Option<DeliveryView>,
}

/// What this device decided about a nudge that came.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Decided {
    /// It was shown, first at this time.
    Shown(i64),
    /// It stands in the list and was never shown by itself.
    Listed,
}

impl Decided {
    fn to_bytes(self) -> Vec<u8> {
        match self {
            Self::Shown(at_ms) => at_ms.to_le_bytes().to_vec(),
            Self::Listed => Vec::new(),
        }
    }

    fn from_bytes(bytes: &[u8]) -> Self {
        match bytes.try_into().map(i64::from_le_bytes) {
            Ok(at_ms) => Self::Shown(at_ms),
            Err(_) => Self::Listed,
        }
    }
}

fn decided_key(space: &SpaceId, name: &DocName) -> String {
    format!("nudge/{space}/{name}")
}

fn days_key(space: &SpaceId) -> String {
    format!("nudge-days/{space}")
}

/// What was decided about a nudge, if anything was.
pub(crate) fn decided(tx: &ReadTx<'_>, space: &SpaceId, name: &DocName) -> Result<Option<Decided>> {
    let kept = tx.meta(&decided_key(space, name))?;
    Ok(kept.map(|kept| Decided::from_bytes(&kept)))
}

/// By what this device decides about a partner's nudges.
pub(crate) struct NudgeRules {
    card: BoundaryCard,
    /// Whether anything of theirs comes up by itself: not while sharing with them is paused, or the words differed.
    pub open: bool,
    /// How many were shown on the latest days.
    pub days: Vec<NudgeDay>,
}

impl NudgeRules {
    pub fn of(tx: &ReadTx<'_>, space: &SpaceId) -> Result<Self> {
        let days = match tx.meta(&days_key(space))? {
            Some(kept) => {
                serde_json::from_slice(&kept).map_err(|_| BelayError::internal("nudge-days"))?
            }
            None => Vec::new(),
        };
        Ok(Self {
            card: crate::reaching::boundary_cards::in_force(tx, space)?,
            open: Flow::of(&crate::queries::contact(tx, space)?) == Flow::Whole,
            days,
        })
    }

    /// What is to become of a nudge now, after as many as `days` says were shown.
    pub fn arrival(&self, nudge: &SharedNudge, days: &[NudgeDay], here: &Here) -> Arrival {
        if !self.open {
            return Arrival::List;
        }
        nudge_now(
            &self.card,
            &nudge.arriving(),
            days,
            here.now_ms,
            &here.zone,
            here.day_start,
        )
    }
}

/// Notes what was decided about a nudge.
pub(crate) fn note(
    tx: &WriteTx<'_>,
    space: &SpaceId,
    name: &DocName,
    decided: Decided,
) -> Result<()> {
    Ok(tx.put_meta(&decided_key(space, name), &decided.to_bytes())?)
}

/// Notes how many of a partner's nudges were shown on the latest days.
pub(crate) fn note_days(tx: &WriteTx<'_>, space: &SpaceId, days: &[NudgeDay]) -> Result<()> {
    let kept = serde_json::to_vec(days).map_err(|_| BelayError::internal("nudge-days"))?;
    Ok(tx.put_meta(&days_key(space), &kept)?)
}

pub(crate) fn view(
    tx: &ReadTx<'_>,
    state: &SpaceState,
    shared: &Shared,
    now_ms: i64,
) -> Result<NudgeView> {
    let nudge: SharedNudge = crate::partners::projected(shared)?;
    let own = shared.person == state.own_person;
    let delivery = if own {
        let stored = tx.item(shared.item)?;
        let stored = stored.ok_or(BelayError::internal("item-row"))?;
        crate::partners::delivery(tx, state, &stored, now_ms)?
    } else {
        None
    };
    Ok(NudgeView {
        name: shared.name,
        space: state.id,
        partner: crate::partners::shown_name(tx, state)?,
        own,
        topic: nudge.topic,
        sent_at_ms: nudge.sent.at_ms(),
        delivery,
    })
}

impl Engine {
    /// Nudges a partner: says that one thinks of them, and perhaps about what. It leaves with the next sync. Writes to
    /// disk.
    ///
    /// # Errors
    /// `NotFound`; `InvalidInput{topic, ..}`; `Unavailable{nudge-not-agreed}` unless their card allows nudges,
    /// `{nudge-topic-unwelcome}`, `{nudges-used-up}` beyond what it allows in a day,
    /// `{sharing-paused | words-differ}` where nothing is shared now.
    pub fn nudge(&self, space: &SpaceId, topic: Option<&str>) -> Result<NudgeView> {
        self.write(|session| session.nudge(space, topic))
    }

    /// The nudges of a partnership, the latest first: also those that were never brought up.
    ///
    /// # Errors
    /// `NotFound`.
    pub fn nudges(&self, space: &SpaceId) -> Result<Vec<NudgeView>> {
        self.read_spaces(|tx, spaces| {
            let now_ms = spaces.now_ms;
            let state = crate::partners::pair(tx, spaces, space)?;
            let mut nudges = Vec::new();
            for shared in tx.shared_of_kind(state.row, KIND.into())?.iter().rev() {
                if nudges.len() == LOOKED_AT {
                    break;
                }
                nudges.push(view(tx, state, shared, now_ms)?);
            }
            Ok(nudges)
        })
    }
}

/// Whether a partner's card, as far as it was received, lets a nudge through that day.
fn check_welcome(
    card: Option<&BoundaryCard>,
    topic: Option<&str>,
    sent_today: usize,
) -> Result<()> {
    let allowed = card.map_or(0, |card| card.nudges_a_day);
    if allowed == 0 {
        return Err(BelayError::unavailable("nudge-not-agreed"));
    }
    if card.is_some_and(|card| !card.welcomes(topic)) {
        return Err(BelayError::unavailable("nudge-topic-unwelcome"));
    }
    if sent_today >= usize::from(allowed) {
        return Err(BelayError::unavailable("nudges-used-up"));
    }
    Ok(())
}

impl Session<'_> {
    fn nudge(&mut self, space: &SpaceId, topic: Option<&str>) -> Result<NudgeView> {
        let (tx, now_ms) = (self.tx, self.now_ms);
        self.pair(space)?;
        crate::partners::require_active(tx, space)?;
        Flow::of(&crate::queries::contact(tx, space)?).require_whole()?;
        let settings = crate::queries::settings(tx)?;
        let moment = self.moment(&settings)?;
        let nudge = SharedNudge {
            topic: given(topic),
            sent: SharedMoment::from(&moment),
        };
        nudge.validate()?;
        let state = self.space(space)?;
        let card = crate::reaching::boundary_cards::theirs(tx, state)?;
        let mut sent_today = 0;
        for shared in tx.shared_of(state.row, &state.own_person, KIND.into(), LOOKED_AT)? {
            let sent: SharedNudge = crate::partners::projected(&shared)?;
            let then = Moment::with_offset(
                sent.sent.at_ms(),
                moment.zone().name(),
                moment.zone().offset_seconds(),
            )?;
            let on = then.civil_day(settings.day_start);
            sent_today += usize::from(on == moment.civil_day(settings.day_start));
        }
        check_welcome(card.as_ref(), nudge.topic.as_deref(), sent_today)?;
        let name = DocName::from_bytes(make_bytes(self.entropy));
        self.write_record(space, KIND, name, nudge.to_body(1), 0)?;
        let state = self.space(space)?;
        let row = tx.find_document(state.row, &state.own_person, KIND.into(), &name)?;
        let shared = row.map(|row| tx.shared(row)).transpose()?.flatten();
        let shared = shared.ok_or(BelayError::internal("record-row"))?;
        view(tx, state, &shared, now_ms)
    }
}
