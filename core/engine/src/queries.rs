//! Small questions that several commands and views ask.

use std::collections::{BTreeMap, BTreeSet};

use belay_document::documents::Contact;
use belay_model::{DeviceId, DocName, EpochId, Hlc, Settings, SpaceId};
use belay_protocol::{DocKind, ItemKind, SpaceType};
use belay_store::{ItemState, Own, ReadTx};
use serde::de::DeserializeOwned;

use crate::open::SELF_SPACE;
use crate::projection::SettingsRow;
use crate::space_state::{SpaceState, array};
use crate::{BelayError, Result};

/// The id of the person's own space.
pub(crate) fn self_space(tx: &ReadTx<'_>) -> Result<SpaceId> {
    let bytes = tx
        .meta(SELF_SPACE)?
        .ok_or(BelayError::unavailable("device-waiting"))?;
    Ok(SpaceId::from_bytes(array(&bytes, "self-space")?))
}

/// The settings as the projection holds them.
pub(crate) fn settings(tx: &ReadTx<'_>) -> Result<Settings> {
    match tx.own_by_name(DocKind::Settings.into(), &DocName::ZERO)? {
        Some(own) => projected(&own),
        None => Ok(Settings::default()),
    }
}

/// Everything that stands in the settings document, as the projection holds it.
pub(crate) fn settings_row(tx: &ReadTx<'_>) -> Result<SettingsRow> {
    match tx.own_by_name(DocKind::Settings.into(), &DocName::ZERO)? {
        Some(own) => projected(&own),
        None => Ok(SettingsRow::default()),
    }
}

/// What is noted here about each partner.
pub(crate) fn contacts(tx: &ReadTx<'_>) -> Result<BTreeMap<SpaceId, Contact>> {
    match tx.own_by_name(DocKind::Contacts.into(), &DocName::ZERO)? {
        Some(own) => {
            let rows: Vec<crate::projection::ContactRow> = projected(&own)?;
            Ok(rows
                .into_iter()
                .map(|row| (row.space, row.into_contact()))
                .collect())
        }
        None => Ok(BTreeMap::new()),
    }
}

/// What is noted here about one partner. Where notes are kept that this version could never read, sharing
/// counts as paused: they may say so.
pub(crate) fn contact(tx: &ReadTx<'_>, space: &SpaceId) -> Result<Contact> {
    if let Some(contact) = contacts(tx)?.remove(space) {
        return Ok(contact);
    }
    Ok(Contact {
        paused: has_unread_contacts(tx)?,
        ..Contact::default()
    })
}

/// Whether a contacts document is here of which nothing can be shown.
fn has_unread_contacts(tx: &ReadTx<'_>) -> Result<bool> {
    let kind = DocKind::Contacts.into();
    if tx.own_by_name(kind, &DocName::ZERO)?.is_some() {
        return Ok(false);
    }
    let Some(own) = tx.space(self_space(tx)?)? else {
        return Ok(false);
    };
    let document = tx.find_document(own.row, &own.own_person, kind, &DocName::ZERO)?;
    let items = document
        .map(|row| tx.items_of_document(row))
        .transpose()?
        .unwrap_or_default();
    Ok(items
        .iter()
        .any(|item| item.state == ItemState::Applied && item.kind == u8::from(ItemKind::Changes)))
}

/// A projected value. It was written by this program, so a fault in it is the program's.
pub(crate) fn projected<T: DeserializeOwned>(own: &Own) -> Result<T> {
    serde_json::from_str(&own.json).map_err(|_| BelayError::internal("projection"))
}

/// Under which meta key stands the epoch that a device's newest acknowledgement named.
pub(crate) fn acked_epoch_key(space: &SpaceId, device: &DeviceId) -> String {
    format!("acked-epoch/{space}/{device}")
}

/// The epoch each other valid device named in its newest acknowledgement.
pub(crate) fn acked_epochs(
    tx: &ReadTx<'_>,
    state: &SpaceState,
) -> Result<BTreeMap<DeviceId, Option<EpochId>>> {
    let mut acked = BTreeMap::new();
    for device in state.membership.current().valid_devices() {
        if device.id == state.own_device {
            continue;
        }
        acked.insert(device.id, acked_epoch(tx, state, &device.id)?);
    }
    Ok(acked)
}

/// How long mailboxes are looked into in which a removed device may have left something.
const LATE_MS: i64 = 400 * 24 * 60 * 60 * 1000;

/// Whose mailboxes to read: those in which a valid device may write, and those in which a removed one could before
/// it learned of it, for what it wrote in time may come late.
pub(crate) fn epochs_to_read(tx: &ReadTx<'_>, state: &SpaceState) -> Result<Vec<EpochId>> {
    let acked = acked_epochs(tx, state)?;
    let mut epochs = state.epochs_to_poll(&acked);
    let now_ms = Hlc::from_u64(state.hlc).wall_ms();
    for (removal, (_, devices)) in state.membership.removals_in_force() {
        let removed_at_ms = state.act_written_at_ms(&removal);
        if removed_at_ms.is_some_and(|at_ms| now_ms.saturating_sub(at_ms) > LATE_MS) {
            continue;
        }
        for device in devices {
            let known = acked_epoch(tx, state, &device)?;
            let since = known.map(|epoch| state.epochs.from(&epoch));
            epochs.extend(state.keys.ids().filter(|epoch| {
                state.epochs.reaches(epoch, &device)
                    && since.as_ref().is_none_or(|since| since.contains(epoch))
            }));
        }
    }
    epochs.sort_unstable();
    epochs.dedup();
    Ok(epochs)
}

/// Whose mailboxes a round reads: besides [`epochs_to_read`] those in which something waits to be sent, after a move
/// also under epochs that nobody writes under any more; those that were never read, for a newcomer reads everything
/// once; and in `self` all, as long as more is known to exist than is here.
pub(crate) fn epochs_in_round(tx: &ReadTx<'_>, state: &SpaceState) -> Result<Vec<EpochId>> {
    let mut epochs = epochs_to_read(tx, state)?;
    epochs.extend(tx.unsent_epochs(state.row)?);
    let own = state.space_type == SpaceType::SelfSpace;
    let arriving = own && !crate::own_devices::arrival::arrival(tx, state)?.is_whole();
    let mut read = BTreeSet::new();
    for mailbox in tx.mailboxes(state.row)? {
        if mailbox.generation.is_some() {
            read.insert(mailbox.epoch);
        }
    }
    let unread = |epoch: &EpochId| arriving || !read.contains(epoch);
    epochs.extend(state.keys.ids().filter(unread));
    let mut seen = BTreeSet::new();
    epochs.retain(|epoch| state.keys.contains_key(epoch) && seen.insert(*epoch));
    Ok(epochs)
}

/// The epochs that other devices named in their newest acknowledgements, those of removed ones too, as far as they
/// can be sealed under.
pub(crate) fn epochs_others_are_at(
    tx: &ReadTx<'_>,
    state: &SpaceState,
) -> Result<BTreeSet<EpochId>> {
    let removed = state.membership.removals_in_force().into_values();
    let mut devices: BTreeSet<DeviceId> = removed.flat_map(|(_, devices)| devices).collect();
    devices.extend(
        state
            .membership
            .current()
            .valid_devices()
            .map(|device| device.id),
    );
    devices.remove(&state.own_device);
    let mut epochs = BTreeSet::new();
    for device in devices {
        epochs.extend(acked_epoch(tx, state, &device)?);
    }
    epochs.retain(|epoch| state.keys.contains_key(epoch));
    Ok(epochs)
}

fn acked_epoch(tx: &ReadTx<'_>, state: &SpaceState, device: &DeviceId) -> Result<Option<EpochId>> {
    let kept = tx.meta(&acked_epoch_key(&state.id, device))?;
    Ok(kept.and_then(|kept| EpochId::from_slice(kept.get(8..)?)))
}
