//! Requests for support (product id P3): three levels, and of their way exactly what is known. There is no push: nobody
//! knows when a phone looks next, and no text says otherwise.

use belay_document::documents::PublishState;
use belay_document::records::RecordPayload;
use belay_model::boundary::{SharedSupportRequest, SupportDelivery, SupportLevel, SupportRequest};
use belay_model::{DocName, Need, SharedMoment, SpaceId, make_bytes};
use belay_protocol::DocKind;
use belay_store::{ReadTx, Shared};
use serde::Serialize;

use crate::boundaries::Flow;
use crate::check_ins::given;
use crate::engine::Engine;
use crate::session::Session;
use crate::space_state::SpaceState;
use crate::syncing::catch_up::is_deferred;
use crate::views::{DeliveryView, ResponseView};
use crate::{BelayError, Result};

const KIND: DocKind = DocKind::SupportRequest;
const MISSING: BelayError = BelayError::NotFound {
    what: "support request",
};

/// A request for support, to be sent.
#[derive(Debug, Clone)]
pub struct NewSupportRequest {
    /// The partners who are asked.
    pub spaces: Vec<SpaceId>,
    /// How much is needed.
    pub level: SupportLevel,
    /// In own words.
    pub text: Option<String>,
    /// What would help.
    pub need: Option<Need>,
}

/// A request for support, from either side.
#[derive(Debug, Clone, Serialize)]
pub struct SupportRequestView {
    /// Its name in the shared space.
    pub name: DocName,
    /// The space.
    pub space: SpaceId,
    /// The partner, as named here.
    pub partner: String,
    /// This person asked.
    pub own: bool,
    /// What is asked.
    pub request: SharedSupportRequest,
    /// How far an own one is known to have come; `None` for a partner's.
    pub delivery: Option<SupportDelivery>,
    /// Sharing is paused, or the words differed: an own one stays here meanwhile.
    pub held_back: bool,
    /// When the partner's devices were last heard of. When they look next nobody knows.
    pub heard_at_ms: Option<i64>,
    /// The page for bad hours is to be offered beside it.
    pub offers_help_now: bool,
    /// Answers to it, oldest first.
    pub responses: Vec<ResponseView>,
}

pub(crate) fn view(
    tx: &ReadTx<'_>,
    state: &SpaceState,
    shared: &Shared,
    now_ms: i64,
) -> Result<SupportRequestView> {
    let request: SharedSupportRequest = crate::partners::projected(shared)?;
    let own = shared.person == state.own_person;
    let responses = crate::responses::about(tx, state, &shared.person, KIND, &shared.name)?;
    let came = if own {
        let stored = tx.item(shared.item)?;
        let stored = stored.ok_or(BelayError::internal("item-row"))?;
        crate::partners::delivery(tx, state, &stored, now_ms)?
    } else {
        None
    };
    let known = SupportRequest {
        level: request.level,
        left: matches!(came, Some(DeliveryView::OnRelay | DeliveryView::Received)),
        acknowledged: matches!(came, Some(DeliveryView::Received)),
        answered: responses.iter().any(|response| !response.own),
        taken_back: false,
    };
    let fresh = crate::syncing::freshness::Freshness::of(tx, state, state.partner(), now_ms)?;
    Ok(SupportRequestView {
        name: shared.name,
        space: state.id,
        partner: crate::partners::shown_name(tx, state)?,
        own,
        delivery: if own { known.delivery() } else { None },
        held_back: own && matches!(came, Some(DeliveryView::Paused)),
        heard_at_ms: fresh.as_of_ms,
        offers_help_now: request.level.offers_help_now(),
        responses,
        request,
    })
}

/// The request of that name that stands, from either side.
fn standing(tx: &ReadTx<'_>, state: &SpaceState, name: &DocName) -> Result<Option<Shared>> {
    let all = tx.shared_of_kind(state.row, KIND.into())?;
    let found = all.into_iter().find(|shared| shared.name == *name);
    match found {
        Some(shared)
            if shared.person == state.own_person && is_deferred(tx, &state.id, KIND, name)? =>
        {
            // Taken back while nothing goes out.
            Ok(None)
        }
        found => Ok(found),
    }
}

impl Engine {
    /// Asks partners for support: each gets a request of their own, which leaves with the next sync, without the hold.
    /// All are asked, or none. Writes to disk.
    ///
    /// # Errors
    /// `InvalidInput{partner, empty}` without anybody to ask, `{text, ..}`; `NotFound`; `Unavailable{not-in-space}`,
    /// `{sharing-paused | words-differ}` where nothing is shared with one of them now.
    pub fn ask_for_support(&self, new: NewSupportRequest) -> Result<Vec<SupportRequestView>> {
        if new.spaces.is_empty() {
            return Err(BelayError::InvalidInput {
                field: "partner",
                rule: "empty",
            });
        }
        self.write(|session| {
            let settings = crate::queries::settings(session.tx)?;
            let request = SharedSupportRequest {
                level: new.level,
                text: given(new.text.as_deref()),
                need: new.need,
                written: SharedMoment::from(&session.moment(&settings)?),
            };
            request.validate()?;
            let spaces: std::collections::BTreeSet<SpaceId> = new.spaces.iter().copied().collect();
            spaces
                .iter()
                .map(|space| session.ask_one(space, &request))
                .collect()
        })
    }

    /// Every request for support that stands, own and partners', the latest first.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn support_requests(&self) -> Result<Vec<SupportRequestView>> {
        self.read_spaces(|tx, spaces| {
            let now_ms = spaces.now_ms;
            let mut views = Vec::new();
            for partner in crate::partners::all(tx, spaces)? {
                let state = spaces.get(tx, &partner.space)?;
                for shared in tx.shared_of_kind(state.row, KIND.into())? {
                    if standing(tx, state, &shared.name)?.is_some() {
                        views.push(view(tx, state, &shared, now_ms)?);
                    }
                }
            }
            views.sort_by_key(|view| {
                (
                    std::cmp::Reverse(view.request.written.at_ms()),
                    view.space,
                    view.name,
                )
            });
            Ok(views)
        })
    }

    /// Takes an own request back: what was not sent never leaves, what was goes from the partner's device with the next
    /// sync, while sharing is paused after that. Writes to disk.
    ///
    /// # Errors
    /// `NotFound`; `Unavailable{not-in-space}` after the partnership ended.
    pub fn take_back_request(&self, space: &SpaceId, name: &DocName) -> Result<()> {
        self.write(|session| {
            let tx = session.tx;
            let state = session.pair(space)?;
            let own = state.own_person;
            standing(tx, state, name)?
                .filter(|shared| shared.person == own)
                .ok_or(MISSING)?;
            crate::partners::require_active(tx, space)?;
            if !session.defer(space, KIND, name, false)? {
                session.withdraw_request(space, name)?;
            }
            Ok(())
        })
    }
}

impl Session<'_> {
    fn ask_one(
        &mut self,
        space: &SpaceId,
        request: &SharedSupportRequest,
    ) -> Result<SupportRequestView> {
        let (tx, now_ms) = (self.tx, self.now_ms);
        self.pair(space)?;
        crate::partners::require_active(tx, space)?;
        Flow::of(&crate::queries::contact(tx, space)?).require_whole()?;
        let name = DocName::from_bytes(make_bytes(self.entropy));
        self.write_record(space, KIND, name, request.to_body(1), 0)?;
        let state = self.space(space)?;
        let shared = standing(tx, state, &name)?.ok_or(BelayError::internal("record-row"))?;
        view(tx, state, &shared, now_ms)
    }

    /// Takes an own request back if it stands.
    pub(crate) fn withdraw_request(&mut self, space: &SpaceId, name: &DocName) -> Result<()> {
        let (tx, now_ms) = (self.tx, self.now_ms);
        let state = self.space(space)?;
        let row = tx.find_document(state.row, &state.own_person, KIND.into(), name)?;
        let shared = row.map(|row| tx.shared(row)).transpose()?.flatten();
        let Some(shared) = shared.filter(|shared| !shared.withdrawn) else {
            return Ok(());
        };
        let published = PublishState::new(shared.rev + 1, None);
        self.replace_record(space, KIND, *name, &published, None, now_ms)?;
        self.project_record(shared.document, &tx.document(shared.document)?)
    }
}
