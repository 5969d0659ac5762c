//! Boundary cards (product id P2): what a person tells a partner about being reached. The card stands in `self`, where
//! this person's devices hold to it; the partner gets a copy as a record.

use belay_document::documents::{Draft as DocumentDraft, PublishState};
use belay_model::boundary::BoundaryCard;
use belay_model::{DocName, SpaceId};
use belay_protocol::DocKind;
use belay_store::{ReadTx, Shared, SpaceState as Standing};
use serde::Serialize;

use crate::boundaries::Flow;
use crate::engine::Engine;
use crate::projection::ContactRow;
use crate::session::Session;
use crate::sharing::{copy_of, hash_of};
use crate::space_state::SpaceState;
use crate::views::DeliveryView;
use crate::{BelayError, Result};

const KIND: DocKind = DocKind::BoundaryCard;

/// The cards of a partnership.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct BoundaryCardsView {
    /// The space the two share.
    pub space: SpaceId,
    /// The partner, as named here.
    pub partner: String,
    /// What this person's devices hold to; `None` before a card was written: no nudges then.
    pub own: Option<BoundaryCard>,
    /// How far the partner's copy of it has come.
    pub delivery: Option<DeliveryView>,
    /// The partner's card, as far as it was received; `None` before the first. Their device holds to it, not this one.
    pub theirs: Option<BoundaryCard>,
    /// When the last verified item of theirs was written: the card may have changed since.
    pub as_of_at_ms: Option<i64>,
}

impl Engine {
    /// Both cards of a partnership.
    ///
    /// # Errors
    /// `NotFound`.
    pub fn boundary_cards(&self, space: &SpaceId) -> Result<BoundaryCardsView> {
        self.read_spaces(|tx, spaces| {
            let now_ms = spaces.now_ms;
            let state = crate::partners::pair(tx, spaces, space)?;
            let partner = crate::partners::view(tx, state, now_ms)?;
            let published = own_record(tx, state)?;
            let delivery = match published {
                Some(shared) => {
                    let stored = tx.item(shared.item)?;
                    let stored = stored.ok_or(BelayError::internal("item-row"))?;
                    crate::partners::delivery(tx, state, &stored, now_ms)?
                }
                None => None,
            };
            Ok(BoundaryCardsView {
                space: *space,
                partner: partner.name,
                own: own_card(tx, space)?,
                delivery,
                theirs: theirs(tx, state)?,
                as_of_at_ms: partner.as_of_at_ms,
            })
        })
    }

    /// Writes the card for a partner. This device holds to it at once, other own devices when they hear of it; the
    /// partner sees it with the next sync, while sharing is paused after that. Writes to disk.
    ///
    /// # Errors
    /// `NotFound`; `InvalidInput{field, rule}`, and then everything stays as it was.
    pub fn set_boundary_card(
        &self,
        space: &SpaceId,
        card: BoundaryCard,
    ) -> Result<BoundaryCardsView> {
        card.validate()?;
        self.write(|session| {
            session.pair(space)?;
            let draft = DocumentDraft::new().boundary_card(space, &card);
            session.write_document(DocKind::Contacts, &DocName::ZERO, &draft)?;
            session.publish_boundary_card(space)
        })?;
        self.boundary_cards(space)
    }
}

/// What this person's devices hold to towards a partner; `None` before a card was written.
pub(crate) fn own_card(tx: &ReadTx<'_>, space: &SpaceId) -> Result<Option<BoundaryCard>> {
    let Some(own) = tx.own_by_name(DocKind::Contacts.into(), &DocName::ZERO)? else {
        return Ok(None);
    };
    let rows: Vec<ContactRow> = crate::queries::projected(&own)?;
    let row = rows.into_iter().find(|row| row.space == *space);
    Ok(row.and_then(|row| row.card))
}

/// What holds towards a partner now: the card, and the hours in which the phone stays quiet for everybody.
pub(crate) fn in_force(tx: &ReadTx<'_>, space: &SpaceId) -> Result<BoundaryCard> {
    let mut card = own_card(tx, space)?.unwrap_or_default();
    card.quiet.extend(crate::queries::settings_row(tx)?.quiet);
    Ok(card)
}

/// The partner's card, as far as it was received.
pub(crate) fn theirs(tx: &ReadTx<'_>, state: &SpaceState) -> Result<Option<BoundaryCard>> {
    let Some(person) = state.partner() else {
        return Ok(None);
    };
    tx.shared_of(state.row, &person, KIND.into(), 1)?
        .first()
        .map(crate::partners::projected)
        .transpose()
}

fn own_record(tx: &ReadTx<'_>, state: &SpaceState) -> Result<Option<Shared>> {
    let row = tx.find_document(state.row, &state.own_person, KIND.into(), &DocName::ZERO)?;
    Ok(row.map(|row| tx.shared(row)).transpose()?.flatten())
}

impl Session<'_> {
    /// Brings the partner's copy of the card up to date, where anything may leave.
    pub(crate) fn publish_boundary_card(&mut self, space: &SpaceId) -> Result<()> {
        let tx = self.tx;
        let open = Flow::of(&crate::queries::contact(tx, space)?) == Flow::Whole;
        let state = self.space(space)?;
        if !open || state.standing != Standing::Active {
            return Ok(());
        }
        let known = own_record(tx, state)?;
        let Some(card) = own_card(tx, space)? else {
            return Ok(());
        };
        if let Some(known) = &known
            && crate::partners::projected::<BoundaryCard>(known)? == card
        {
            return Ok(());
        }
        let rev = known.map_or(0, |known| known.rev);
        let copy = Some(copy_of(&card));
        let published = PublishState::new(rev + 1, hash_of(&copy));
        self.replace_record(space, KIND, DocName::ZERO, &published, copy, 0)?;
        let state = self.space(space)?;
        let row = tx.find_document(state.row, &state.own_person, KIND.into(), &DocName::ZERO)?;
        let row = row.ok_or(BelayError::internal("record-row"))?;
        self.project_record(row, &tx.document(row)?)
    }
}
