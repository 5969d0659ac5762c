//! Who reached this person (product ids P2 and P3, principle 9): nudges and requests for support that may be brought up
//! now, by this person's own cards. The device that gets them decides, at the moment it looks.

use belay_model::boundary::{
    Arrival, NudgeDay, SUPPORT_FRESH_MS, SharedNudge, SharedSupportRequest, support_now,
};
use belay_model::{DayStart, DocName, IanaZone, SpaceId, ZoneRules, ZoneTable};
use belay_protocol::DocKind;
use belay_store::{ReadTx, Shared};
use serde::Serialize;

use crate::Result;
use crate::engine::Engine;
use crate::reaching::nudges::{self, Decided, LOOKED_AT, NudgeRules, NudgeView};
use crate::reaching::support_requests::SupportRequestView;
use crate::session::Spaces;
use crate::space_state::SpaceState;
use crate::views::PartnershipStandingView;

/// For how long a nudge stays up once it was shown.
const NUDGE_UP_MS: i64 = 24 * 60 * 60 * 1000;

/// What may be brought up now.
#[derive(Debug, Clone, Default, Serialize)]
pub struct ReachedView {
    /// Nudges of partners, the latest first.
    pub nudges: Vec<NudgeView>,
    /// Requests for support that nobody here answered yet, what is needed most first.
    pub requests: Vec<SupportRequestView>,
    /// The names of those among them that are brought up for the first time.
    pub new: Vec<DocName>,
    /// When to look again, because quiet hours end then; by the zone this device is in now.
    pub look_again_at_ms: Option<i64>,
}

/// Where the person is: whose clock on the wall quiet hours go by.
pub(crate) struct Here {
    pub now_ms: i64,
    pub zone: WallClock,
    pub day_start: DayStart,
}

/// The zone of the settings or the device, as far as this program's data knows it; else its offset now.
pub(crate) enum WallClock {
    Known(IanaZone),
    Offset(ZoneTable),
}

impl ZoneRules for WallClock {
    fn offset_seconds(&self, at_ms: i64) -> i32 {
        match self {
            Self::Known(zone) => zone.offset_seconds(at_ms),
            Self::Offset(table) => table.offset_seconds(at_ms),
        }
    }
}

/// What a look found.
#[derive(Default)]
struct Found {
    shown: ReachedView,
    /// Nudges about which something was decided just now.
    decided: Vec<(SpaceId, DocName, Decided)>,
    /// How many nudges of a partner were shown on the latest days, where that changed.
    days: Vec<(SpaceId, Vec<NudgeDay>)>,
    /// Requests that are up for the first time.
    up: Vec<(SpaceId, DocName)>,
}

impl Engine {
    /// What may be brought up now: what a shell shows by itself or tells of in a notification. Nudges beyond a card's
    /// limit, unwelcome or old ones are never among them, and nothing is in quiet hours that the card does not let
    /// through; all of it stands on the partner's page. Each look decides, and writes that down.
    ///
    /// # Errors
    /// When the store cannot be read or written.
    pub fn reached(&self) -> Result<ReachedView> {
        let here = self.here()?;
        let found = self.read_spaces(|tx, spaces| look(tx, spaces, &here))?;
        if (found.decided.is_empty() && found.up.is_empty()) || self.is_removed()? {
            return Ok(found.shown);
        }
        self.write(|session| {
            // Another program on the store may have looked meanwhile.
            let found = look(session.tx, session.spaces, &here)?;
            for (space, name, decided) in found.decided {
                nudges::note(session.tx, &space, &name, decided)?;
            }
            for (space, days) in found.days {
                nudges::note_days(session.tx, &space, &days)?;
            }
            for (space, name) in found.up {
                session.tx.put_meta(&up_key(&space, &name), &[])?;
            }
            Ok(found.shown)
        })
    }

    fn here(&self) -> Result<Here> {
        let settings = self.read(crate::queries::settings)?;
        let moment = self.moment(&settings)?;
        let zone = moment.zone();
        // What the device's wall clock shows counts before what this program knows of its zone.
        let known = IanaZone::new(zone.name()).ok();
        let known =
            known.filter(|known| known.offset_seconds(moment.at_ms()) == zone.offset_seconds());
        Ok(Here {
            now_ms: moment.at_ms(),
            zone: known.map_or_else(
                || WallClock::Offset(ZoneTable::new(zone.offset_seconds(), Vec::new())),
                WallClock::Known,
            ),
            day_start: settings.day_start,
        })
    }
}

/// Under which meta key it stands that a request was brought up.
fn up_key(space: &SpaceId, name: &DocName) -> String {
    format!("support-up/{space}/{name}")
}

fn look(tx: &ReadTx<'_>, spaces: &mut Spaces, here: &Here) -> Result<Found> {
    let mut found = Found::default();
    for partner in crate::partners::all(tx, spaces)? {
        let (Some(person), PartnershipStandingView::Active) = (partner.person, partner.standing)
        else {
            continue;
        };
        let state = spaces.get(tx, &partner.space)?;
        let nudges = tx.shared_of(state.row, &person, DocKind::Nudge.into(), LOOKED_AT)?;
        let rules = NudgeRules::of(tx, &partner.space)?;
        let mut days = rules.days.clone();
        // The first that came is the first that is shown.
        for shared in nudges.iter().rev() {
            look_at_nudge(tx, state, shared, here, &rules, &mut days, &mut found)?;
        }
        if days != rules.days {
            found.days.push((partner.space, days));
        }
        let requests = tx.shared_of(
            state.row,
            &person,
            DocKind::SupportRequest.into(),
            LOOKED_AT,
        )?;
        for shared in &requests {
            look_at_request(tx, state, shared, here, &mut found)?;
        }
    }
    let shown = &mut found.shown;
    shown
        .nudges
        .sort_by_key(|nudge| std::cmp::Reverse(nudge.sent_at_ms));
    shown
        .requests
        .sort_by_key(|view| std::cmp::Reverse((view.request.level, view.request.written.at_ms())));
    Ok(found)
}

fn look_at_nudge(
    tx: &ReadTx<'_>,
    state: &SpaceState,
    shared: &Shared,
    here: &Here,
    rules: &NudgeRules,
    days: &mut Vec<NudgeDay>,
    found: &mut Found,
) -> Result<()> {
    let nudge: SharedNudge = crate::partners::projected(shared)?;
    let decided = match nudges::decided(tx, &state.id, &shared.name)? {
        Some(decided) => decided,
        None => {
            let decided = match rules.arrival(&nudge, days, here) {
                Arrival::HoldUntil(at_ms) => {
                    found.shown.look_again_at(at_ms);
                    return Ok(());
                }
                Arrival::List => Decided::Listed,
                Arrival::Show => {
                    *days = NudgeDay::shown_now(days, here.now_ms, &here.zone, here.day_start);
                    found.shown.new.push(shared.name);
                    Decided::Shown(here.now_ms)
                }
            };
            found.decided.push((state.id, shared.name, decided));
            decided
        }
    };
    if let Decided::Shown(at_ms) = decided
        && here.now_ms.abs_diff(at_ms) < NUDGE_UP_MS.unsigned_abs()
        && rules.open
    {
        let view = nudges::view(tx, state, shared, here.now_ms)?;
        found.shown.nudges.push(view);
    }
    Ok(())
}

fn look_at_request(
    tx: &ReadTx<'_>,
    state: &SpaceState,
    shared: &Shared,
    here: &Here,
    found: &mut Found,
) -> Result<()> {
    let request: SharedSupportRequest = crate::partners::projected(shared)?;
    let age_ms = here.now_ms.saturating_sub(request.written.at_ms());
    if age_ms > SUPPORT_FRESH_MS {
        return Ok(());
    }
    let card = crate::reaching::boundary_cards::in_force(tx, &state.id)?;
    match support_now(&card, request.level, here.now_ms, &here.zone) {
        Arrival::HoldUntil(at_ms) => found.shown.look_again_at(at_ms),
        Arrival::List => {}
        Arrival::Show => {
            let view = crate::reaching::support_requests::view(tx, state, shared, here.now_ms)?;
            if view.responses.iter().any(|response| response.own) {
                return Ok(());
            }
            if tx.meta(&up_key(&state.id, &shared.name))?.is_none() {
                found.shown.new.push(shared.name);
                found.up.push((state.id, shared.name));
            }
            found.shown.requests.push(view);
        }
    }
    Ok(())
}

impl ReachedView {
    fn look_again_at(&mut self, at_ms: i64) {
        let earlier = self.look_again_at_ms.is_none_or(|known| at_ms < known);
        if earlier {
            self.look_again_at_ms = Some(at_ms);
        }
    }
}
