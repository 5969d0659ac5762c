//! The Today page and the self-check.

use belay_model::PartOfDay;
use belay_protocol::SpaceType;
use belay_store::{HeldReason, ItemState, ReadTx, SecretKind};

use crate::Result;
use crate::boundaries::Flow;
use crate::engine::Engine;
use crate::session::Spaces;
use crate::status_views::EpochStatusView;
use crate::views::{
    PartnerTodayView, PartnershipStandingView, RelayStatusView, SpaceStatusView, StatusView,
    TodayView,
};

impl Engine {
    /// Everything the Today page shows, as of one moment.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn today(&self) -> Result<TodayView> {
        let settings = self.read(crate::queries::settings)?;
        let now = self.moment(&settings)?;
        let on = now.civil_day(settings.day_start);
        self.read_spaces(|tx, spaces| {
            let mut goals = crate::goals::all(tx, spaces, on)?;
            goals.retain(|goal| goal.due_today || goal.today.is_some());
            let mut partners = Vec::new();
            for partner in crate::partners::all(tx, spaces)? {
                if partner.standing == PartnershipStandingView::Blocked {
                    continue;
                }
                let state = spaces.get(tx, &partner.space)?;
                let last = match &partner.person {
                    Some(person) => crate::partners::check_ins(tx, state, person, 1)?.pop(),
                    None => None,
                };
                partners.push(PartnerTodayView { partner, last });
            }
            Ok(TodayView {
                on,
                zone: now.zone().name().to_owned(),
                local_time: now.local_time().to_string(),
                display_name: settings
                    .display_name
                    .as_ref()
                    .map(|name| name.as_str().to_owned()),
                check_ins: crate::check_ins::on_day(tx, spaces, on)?,
                goals,
                partners,
                part_of_day: PartOfDay::at(now.local_time()),
                drafts: crate::check_ins::drafts::all(tx)?,
                recovery_words_due: recovery_words_due(tx)?,
                on_this_day: crate::journal::on_this_day::years_before(tx, on)?,
            })
        })
    }

    /// The self-check (product id D5): every space, what waits, what is held back and why.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn status(&self) -> Result<StatusView> {
        let relay = self.relay()?;
        let store_bytes = self.store.size()?;
        let set_aside = self.store.files_set_aside()?;
        let set_aside = set_aside.iter().map(|path| path.display().to_string());
        let now_ms = self.clock.now_ms();
        self.read_spaces(|tx, spaces| {
            let mut shown = Vec::new();
            for space in tx.spaces()? {
                shown.push(space_status(tx, spaces, &space, now_ms)?);
            }
            Ok(StatusView {
                recovery_words_due: recovery_words_due(tx)?,
                store_bytes,
                set_aside: set_aside.collect(),
                relay,
                spaces: shown,
                invitations: crate::distance::all(tx, spaces)?,
            })
        })
    }
}

/// Whether the recovery words were not confirmed yet.
pub(crate) fn recovery_words_due(tx: &ReadTx<'_>) -> Result<bool> {
    let kept = tx.secret(None, SecretKind::RecoveryEntropy, b"")?;
    Ok(kept.is_some())
}

fn space_status(
    tx: &ReadTx<'_>,
    spaces: &mut Spaces,
    space: &belay_store::Space,
    now_ms: i64,
) -> Result<SpaceStatusView> {
    let state = match spaces.sound(tx, &space.id)? {
        Ok(state) => state,
        Err(code) => return unreadable_status(tx, space, code, now_ms),
    };
    let counts = tx.delivery_counts(space.row, now_ms)?;
    // Where no relay takes part, what waits is what nobody who was met has.
    let not_out = if state.relays().is_empty() {
        counts.sealed.min(crate::lan::not_met(tx, state)?)
    } else {
        counts.sealed
    };
    let (mut waiting, mut needs_newer, mut parked) = (0, 0, 0);
    for (reason, count, _) in tx.held_counts(space.row)? {
        match reason {
            HeldReason::NewerVersion => needs_newer += count,
            HeldReason::OverBudget => parked += count,
            _ => waiting += count,
        }
    }
    let mut relays = Vec::new();
    let mailboxes = tx.mailboxes(space.row)?;
    let mut origins: Vec<_> = state
        .relays()
        .into_iter()
        .map(|used| (used, None))
        .collect();
    let left = crate::relays::moves::still_read(tx, state, now_ms)?;
    origins.extend(
        left.into_iter()
            .map(|left| (left.relay, Some(left.read_until_ms))),
    );
    for (origin, read_until_ms) in origins {
        let of_relay = || mailboxes.iter().filter(|mailbox| mailbox.relay == origin);
        relays.push(RelayStatusView {
            read_until_ms,
            last_contact_at_ms: of_relay()
                .filter_map(|mailbox| mailbox.last_contact_ms)
                .max(),
            last_error: of_relay().find_map(|mailbox| mailbox.last_error.clone()),
            next_try_at_ms: crate::relays::clients::next_try(tx, &space.id, &origin)?
                .filter(|at_ms| *at_ms > now_ms),
            noticed: crate::relays::words::noticed(tx, &space.id, &origin)?,
            clock_offset_ms: crate::relays::words::clock_offset(tx, &origin)?,
            erasures: tx.erasure_counts(space.row, &origin)?.into(),
            origin: origin.clone(),
        });
    }
    let is_self = state.space_type == SpaceType::SelfSpace;
    Ok(SpaceStatusView {
        space: space.id,
        kind: state.space_type.into(),
        partner: if is_self {
            None
        } else {
            Some(crate::partners::shown_name(tx, state)?)
        },
        comparison: if is_self {
            None
        } else {
            Some(crate::partners::comparison(tx, &space.id)?)
        },
        items: tx.item_count(space.row)?,
        own_incarnations: own_incarnations(tx, space)?,
        held: counts.held,
        queued: counts.queued + not_out,
        paused: Flow::of(&crate::queries::contact(tx, &space.id)?) != Flow::Whole,
        epoch: state
            .writing_epoch()
            .map(|epoch| epoch.to_string().chars().take(8).collect()),
        relays,
        waiting,
        needs_newer,
        parked,
        dropped: crate::syncing::held::dropped(tx, &space.id)?,
        quarantined: tx.items_in_state(space.row, ItemState::Quarantined)?,
        shadowed: tx.items_in_state(space.row, ItemState::Shadowed)?,
        own_device_twice: own_device_twice(tx, space)?,
        fault: None,
        peers: crate::status_peers::peers(tx, state, now_ms)?,
        epochs: crate::status_peers::epochs(state),
        traffic: crate::syncing::traffic::of(tx, &space.id)?,
    })
}

/// What can be told of a space that cannot be loaded.
fn unreadable_status(
    tx: &ReadTx<'_>,
    space: &belay_store::Space,
    code: &'static str,
    now_ms: i64,
) -> Result<SpaceStatusView> {
    let counts = tx.delivery_counts(space.row, now_ms)?;
    let contact = crate::queries::contact(tx, &space.id)?;
    Ok(SpaceStatusView {
        space: space.id,
        kind: SpaceType::try_from(space.kind)
            .unwrap_or(SpaceType::Pair)
            .into(),
        partner: (space.kind != u8::from(SpaceType::SelfSpace))
            .then(|| contact.label.unwrap_or_default()),
        comparison: None,
        items: tx.item_count(space.row)?,
        own_incarnations: own_incarnations(tx, space)?,
        held: counts.held,
        queued: counts.queued + counts.sealed,
        paused: contact.paused,
        epoch: None,
        relays: Vec::new(),
        waiting: 0,
        needs_newer: 0,
        parked: 0,
        dropped: 0,
        quarantined: tx.items_in_state(space.row, ItemState::Quarantined)?,
        shadowed: tx.items_in_state(space.row, ItemState::Shadowed)?,
        own_device_twice: own_device_twice(tx, space)?,
        fault: Some(code.to_owned()),
        peers: Vec::new(),
        epochs: EpochStatusView::default(),
        traffic: crate::syncing::traffic::of(tx, &space.id)?,
    })
}

fn own_device_twice(tx: &ReadTx<'_>, space: &belay_store::Space) -> Result<bool> {
    crate::own_devices::page::twice_in(tx, &space.id, &space.own_device)
}

fn own_incarnations(tx: &ReadTx<'_>, space: &belay_store::Space) -> Result<u64> {
    let Some((own, _)) = tx.find_device(space.row, &space.own_device)? else {
        return Ok(0);
    };
    let chains = tx.chains(space.row)?;
    Ok(chains.iter().filter(|chain| chain.device == own).count() as u64)
}
