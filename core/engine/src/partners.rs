//! Partners: who they are, how it stands, what they shared. Everything about another person carries
//! "as of": what was not received is not "not done".

use std::collections::BTreeMap;

use belay_document::documents::{Comparison, Contact};
use belay_model::{
    CheckInFields, DocName, PersonId, SharedCheckIn, SharedGoal, SharedOutcome, SpaceId,
};
use belay_protocol::{DocKind, SpaceType};
use belay_store::{Delivery, ReadTx, Shared, SpaceState as Standing, StoredItem, WriteTx};
use serde::de::DeserializeOwned;

use crate::boundaries::{Flow, Waited};
use crate::engine::Engine;
use crate::session::{Session, Spaces};
use crate::shared_records::SharedOutcomeRow;
use crate::space_state::SpaceState;
use crate::syncing::freshness::Freshness;
use crate::views::{
    ComparisonView, DeliveryView, PartnerCheckInView, PartnerGoalView, PartnerPageView,
    PartnerView, PartnershipStandingView, SharedFieldsView, SharedWithView,
};
use crate::{BelayError, Result};

/// How many of a partner's check-ins a page shows.
const PAGE_CHECK_INS: usize = 30;

/// How many goals and outcomes of a partner a page shows.
const PAGE_ROWS: usize = 500;

impl Engine {
    /// Every partner, in the order the partnerships began.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn partners(&self) -> Result<Vec<PartnerView>> {
        self.read_spaces(all)
    }

    /// A partner's page.
    ///
    /// # Errors
    /// `NotFound`.
    pub fn partner(&self, space: &SpaceId) -> Result<PartnerPageView> {
        self.read_spaces(|tx, spaces| {
            let (now_ms, files) = (spaces.now_ms, spaces.files.clone());
            let state = pair(tx, spaces, space)?;
            let partner = view(tx, state, now_ms)?;
            let Some(person) = partner.person else {
                return Ok(PartnerPageView {
                    partner,
                    check_ins: Vec::new(),
                    goals: Vec::new(),
                    passages: Vec::new(),
                });
            };
            Ok(PartnerPageView {
                check_ins: check_ins(tx, state, &person, PAGE_CHECK_INS)?,
                goals: goals(tx, state, &person)?,
                passages: crate::journal::passages::of_partner(tx, &files, state, &person)?,
                partner,
            })
        })
    }

    /// Chooses what a partner usually sees of a check-in. Nothing that was written before changes.
    ///
    /// # Errors
    /// `NotFound`.
    pub fn set_usual_fields(&self, space: &SpaceId, fields: CheckInFields) -> Result<PartnerView> {
        self.edit_contact(space, |contact| contact.check_in_default = fields)
    }

    /// Notes how comparing the four words ended (product id P1). When they differed, somebody may stand
    /// between: nothing is shared any more until they are found to be the same. What waited, and they never
    /// had, stays here then. A pause that the person chose is another matter and lasts. Writes to disk.
    ///
    /// # Errors
    /// `NotFound`; `NewerData` where only a newer Belay can read what is noted about partners.
    pub fn mark_compared(&self, space: &SpaceId, same: bool) -> Result<PartnerView> {
        self.write(|session| {
            let standing = session.pair(space)?.standing;
            let before = Flow::of(&crate::queries::contact(session.tx, space)?);
            session.edit_contact(space, |contact| {
                if same {
                    contact.comparison = Comparison::Matched;
                } else {
                    contact.check_in_default = CheckInFields::empty();
                    contact.comparison = Comparison::Differed;
                }
            })?;
            if !same {
                return session.hold_back(space);
            }
            let open = Flow::of(&crate::queries::contact(session.tx, space)?) == Flow::Whole;
            if open && standing == Standing::Active {
                if before == Flow::Endings {
                    session.keep_here(space)?;
                }
                session.catch_up(space, Waited::Keep)?;
            }
            Ok(())
        })?;
        self.partner_view(space)
    }

    fn edit_contact(
        &self,
        space: &SpaceId,
        edit: impl FnOnce(&mut Contact),
    ) -> Result<PartnerView> {
        self.write(|session| {
            session.pair(space)?;
            session.edit_contact(space, edit)
        })?;
        self.partner_view(space)
    }

    /// One partner.
    pub(crate) fn partner_view(&self, space: &SpaceId) -> Result<PartnerView> {
        self.read_spaces(|tx, spaces| {
            let now_ms = spaces.now_ms;
            view(tx, pair(tx, spaces, space)?, now_ms)
        })
    }

    /// How a partner is named here, for reports.
    pub(crate) fn partner_label(&self, space: &SpaceId) -> Result<Option<String>> {
        self.read_spaces(|tx, spaces| {
            let state = spaces.get(tx, space)?;
            match state.space_type {
                SpaceType::SelfSpace => Ok(None),
                _ => shown_name(tx, state).map(Some),
            }
        })
    }
}

impl Session<'_> {
    /// The partnership, or `NotFound`.
    pub fn pair(&mut self, space: &SpaceId) -> Result<&mut SpaceState> {
        pair(self.tx, self.spaces, space)
    }

    /// Changes what is noted about a partner; `NewerData` where this version cannot read the notes.
    pub fn edit_contact(&mut self, space: &SpaceId, edit: impl FnOnce(&mut Contact)) -> Result<()> {
        let document = self.document(DocKind::Contacts, &DocName::ZERO)?;
        let contacts = document.contacts().map_err(BelayError::from);
        let mut contact = contacts
            .map_err(|error| match error {
                // A number or a shape that only a later program knows.
                error if error.is_unreadable() => BelayError::NewerData,
                error => error,
            })?
            .remove(space)
            .unwrap_or_default();
        edit(&mut contact);
        let draft = belay_document::documents::Draft::new().contact(space, &contact, &document);
        self.write_into(DocKind::Contacts, &DocName::ZERO, document, &draft)?;
        Ok(())
    }
}

/// Every pair space, in the order they began.
pub(crate) fn all(tx: &ReadTx<'_>, spaces: &mut Spaces) -> Result<Vec<PartnerView>> {
    let mut partners = Vec::new();
    for space in tx.spaces()? {
        if space.kind == u8::from(SpaceType::Pair) {
            let now_ms = spaces.now_ms;
            // One that cannot be loaded is told of by the self-check.
            if let Ok(state) = spaces.sound(tx, &space.id)? {
                partners.push(view(tx, state, now_ms)?);
            }
        }
    }
    Ok(partners)
}

/// Those for whom something can be meant: nobody left or was blocked. Who was not heard from yet counts.
pub(crate) fn together(tx: &ReadTx<'_>, spaces: &mut Spaces) -> Result<Vec<PartnerView>> {
    let mut partners = all(tx, spaces)?;
    partners.retain(|partner| {
        matches!(
            partner.standing,
            PartnershipStandingView::Active | PartnershipStandingView::Waiting
        )
    });
    Ok(partners)
}

/// The partnership, or `NotFound`.
pub(crate) fn pair<'a>(
    tx: &ReadTx<'_>,
    spaces: &'a mut Spaces,
    space: &SpaceId,
) -> Result<&'a mut SpaceState> {
    let missing = BelayError::NotFound { what: "partner" };
    match spaces.get(tx, space) {
        Ok(state) if state.space_type == SpaceType::Pair => Ok(state),
        Ok(_) | Err(BelayError::NotFound { .. }) => Err(missing),
        Err(error) => Err(error),
    }
}

/// Fails unless the space is a partnership that is going on.
pub(crate) fn require_active(tx: &ReadTx<'_>, space: &SpaceId) -> Result<()> {
    let known = tx
        .space(*space)?
        .filter(|space| space.kind == u8::from(SpaceType::Pair))
        .ok_or(BelayError::NotFound { what: "partner" })?;
    if known.state == Standing::Active {
        Ok(())
    } else {
        Err(BelayError::unavailable("not-in-space"))
    }
}

/// The partner's shown name: the label given here, else the profile they wrote, else how it stands.
pub(crate) fn shown_name(tx: &ReadTx<'_>, state: &SpaceState) -> Result<String> {
    let contact = crate::queries::contact(tx, &state.id)?;
    if let Some(label) = contact.label {
        return Ok(label);
    }
    let profile = match state.partner() {
        Some(person) => tx
            .shared_of(state.row, &person, DocKind::Profile.into(), 1)?
            .first()
            .map(projected::<String>)
            .transpose()?,
        None => None,
    };
    Ok(profile.unwrap_or_default())
}

/// One partner.
pub(crate) fn view(tx: &ReadTx<'_>, state: &SpaceState, now_ms: i64) -> Result<PartnerView> {
    let contact = crate::queries::contact(tx, &state.id)?;
    let person = state.partner();
    let heard = person.is_some_and(|person| {
        !matches!(
            tx.shared_of(state.row, &person, DocKind::Profile.into(), 1),
            Ok(rows) if rows.is_empty()
        )
    });
    let fresh = Freshness::of(tx, state, person, now_ms)?;
    let left = person
        .and_then(|person| state.membership.current().persons.get(&person))
        .is_some_and(|person| person.left);
    let (comparison_digits, comparison_words) = kept_code(tx, &state.id)?;
    Ok(PartnerView {
        space: state.id,
        person,
        name: shown_name(tx, state)?,
        standing: match state.standing {
            Standing::Left => PartnershipStandingView::Left,
            Standing::Blocked => PartnershipStandingView::Blocked,
            _ if left => PartnershipStandingView::PartnerLeft,
            Standing::Active if heard => PartnershipStandingView::Active,
            Standing::Active | Standing::Waiting => PartnershipStandingView::Waiting,
        },
        comparison: shown_comparison(contact.comparison),
        comparison_words,
        comparison_digits,
        usual_fields: contact.check_in_default,
        paused: contact.paused,
        as_of_at_ms: fresh.as_of_ms,
        clock_ahead: fresh.clock_ahead,
        incomplete: fresh.incomplete_from.is_some(),
        incomplete_from: fresh.incomplete_from,
        reached_at_ms: fresh.reached_ms,
        may_be_behind: fresh.may_be_behind(state.standing, now_ms),
        needs_newer: fresh.needs_newer,
        parked: fresh.parked,
        meets_nearby: !contact.not_near,
    })
}

/// Whether the words were compared with the partner of a space.
pub(crate) fn comparison(tx: &ReadTx<'_>, space: &SpaceId) -> Result<ComparisonView> {
    Ok(shown_comparison(
        crate::queries::contact(tx, space)?.comparison,
    ))
}

fn shown_comparison(comparison: Comparison) -> ComparisonView {
    match comparison {
        Comparison::NotCompared => ComparisonView::NotCompared,
        Comparison::Matched => ComparisonView::Same,
        Comparison::Differed => ComparisonView::Different,
    }
}

/// Keeps what both people compare, so that comparing later stays sound.
pub(crate) fn keep_code(
    tx: &WriteTx<'_>,
    space: &SpaceId,
    code: belay_crypto::pairing::ComparisonCode,
) -> Result<()> {
    let kept = format!("{} {}", code.digits(), code.words().join(" "));
    keep_code_text(tx, space, &kept)
}

/// As [`keep_code`], as another own device kept it.
pub(crate) fn keep_code_text(tx: &WriteTx<'_>, space: &SpaceId, kept: &str) -> Result<()> {
    Ok(tx.put_meta(&format!("pairing-code/{space}"), kept.as_bytes())?)
}

/// What was kept to compare, digits first; nothing where nothing was.
pub(crate) fn kept_code_text(tx: &ReadTx<'_>, space: &SpaceId) -> Result<Option<String>> {
    tx.meta(&format!("pairing-code/{space}"))?
        .map(|kept| String::from_utf8(kept).map_err(|_| BelayError::internal("pairing-code")))
        .transpose()
}

/// The digits and the words, or nothing where none were kept.
fn kept_code(tx: &ReadTx<'_>, space: &SpaceId) -> Result<(String, Vec<String>)> {
    let text = kept_code_text(tx, space)?.unwrap_or_default();
    let mut parts = text.split(' ').map(str::to_owned);
    let digits = parts.next().unwrap_or_default();
    Ok((digits, parts.filter(|word| !word.is_empty()).collect()))
}

/// What a partner shared last, newest day first.
pub(crate) fn check_ins(
    tx: &ReadTx<'_>,
    state: &SpaceState,
    person: &PersonId,
    limit: usize,
) -> Result<Vec<PartnerCheckInView>> {
    tx.shared_of(state.row, person, DocKind::CheckIn.into(), limit)?
        .iter()
        .map(|shared| {
            Ok(PartnerCheckInView {
                name: shared.name,
                check_in: projected::<SharedCheckIn>(shared)?,
                responses: crate::responses::about(
                    tx,
                    state,
                    person,
                    DocKind::CheckIn,
                    &shared.name,
                )?,
            })
        })
        .collect()
}

fn goals(tx: &ReadTx<'_>, state: &SpaceState, person: &PersonId) -> Result<Vec<PartnerGoalView>> {
    let mut outcomes: BTreeMap<DocName, Vec<SharedOutcome>> = BTreeMap::new();
    for shared in tx.shared_of(state.row, person, DocKind::Outcome.into(), PAGE_ROWS)? {
        let row: SharedOutcomeRow = projected(&shared)?;
        outcomes.entry(row.goal).or_default().push(row.outcome);
    }
    tx.shared_of(state.row, person, DocKind::Goal.into(), PAGE_ROWS)?
        .iter()
        .map(|shared| {
            Ok(PartnerGoalView {
                name: shared.name,
                goal: projected::<SharedGoal>(shared)?,
                outcomes: outcomes.remove(&shared.name).unwrap_or_default(),
            })
        })
        .collect()
}

/// A projected record. It was written by this program, so a fault in it is the program's.
pub(crate) fn projected<T: DeserializeOwned>(shared: &Shared) -> Result<T> {
    serde_json::from_str(&shared.json).map_err(|_| BelayError::internal("projection"))
}

/// A partner's part in an own document: which fields, and how far the copy has come.
pub(crate) fn shared_with(
    tx: &ReadTx<'_>,
    state: &SpaceState,
    kind: DocKind,
    self_name: &DocName,
    fields: SharedFieldsView,
    now_ms: i64,
) -> Result<SharedWithView> {
    let name = belay_crypto::published_name(&state.erase_key, kind.into(), self_name);
    let delivery = if crate::syncing::catch_up::is_deferred(tx, &state.id, kind, self_name)? {
        Some(DeliveryView::Paused)
    } else {
        match crate::sharing::own_records(tx, state, kind, &name)?.last() {
            Some(stored) => delivery(tx, state, stored, now_ms)?,
            None => None,
        }
    };
    Ok(SharedWithView {
        space: state.id,
        partner: shown_name(tx, state)?,
        fields,
        delivery,
        erasures: crate::erasures::views::erasures_of_copy(tx, state, kind, self_name)?,
    })
}

/// How far an own record has come: held, queued, on the relay, received. Never "seen".
pub(crate) fn delivery(
    tx: &ReadTx<'_>,
    state: &SpaceState,
    stored: &StoredItem,
    now_ms: i64,
) -> Result<Option<DeliveryView>> {
    let delivery = tx.delivery(stored.row, now_ms)?;
    let left = matches!(delivery, Delivery::Sealed | Delivery::OnRelay);
    if left && is_acked(tx, state, stored)? {
        return Ok(Some(DeliveryView::Received));
    }
    let waits = matches!(
        delivery,
        Delivery::Held { .. } | Delivery::Queued | Delivery::Sealed
    );
    if waits && Flow::of(&crate::queries::contact(tx, &state.id)?) != Flow::Whole {
        return Ok(Some(DeliveryView::Paused));
    }
    Ok(match delivery {
        Delivery::Held { until_ms } => Some(DeliveryView::Held {
            until_at_ms: until_ms,
        }),
        Delivery::OnRelay => Some(DeliveryView::OnRelay),
        Delivery::Queued | Delivery::Sealed => Some(DeliveryView::Queued),
        // It was taken out of the outbox by leaving, and goes nowhere any more.
        Delivery::Local => None,
    })
}

/// Whether a device of the partner told that it has an own item.
pub(crate) fn is_acked(tx: &ReadTx<'_>, state: &SpaceState, stored: &StoredItem) -> Result<bool> {
    let devices = tx.devices(state.row)?;
    let by_partner = |by| {
        devices
            .iter()
            .any(|device| device.row == by && device.person != state.own_person)
    };
    Ok(tx.peer_acks(state.row)?.iter().any(|ack| {
        ack.about == stored.device
            && ack.inc == stored.inc
            && ack.seq >= stored.seq
            && by_partner(ack.by)
    }))
}
