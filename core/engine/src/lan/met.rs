//! Who was met, and when.

use belay_model::{DeviceId, PersonId, SpaceId};
use belay_store::{ReadTx, SpaceState as Standing};

use super::views::MetDeviceView;
use crate::changes::ChangeArea;
use crate::session::{Session, Spaces};
use crate::space_state::{SpaceState, array};
use crate::{BelayError, Result};

fn prefix(space: &SpaceId) -> String {
    format!("lan-met/{space}/")
}

/// Under which meta key it stands that what was left to say after leaving was said to a device.
fn told_key(space: &SpaceId) -> String {
    format!("lan-told/{space}")
}

/// The devices of a space that were met, and when.
fn met_in(tx: &ReadTx<'_>, space: &SpaceId) -> Result<Vec<(DeviceId, i64)>> {
    let prefix = prefix(space);
    tx.meta_beginning_with(&prefix)?
        .into_iter()
        .map(|(key, at_ms)| {
            let device = key.strip_prefix(&prefix).and_then(|id| id.parse().ok());
            let device = device.ok_or(BelayError::internal("lan-met"))?;
            Ok((device, i64::from_le_bytes(array(&at_ms, "lan-met")?)))
        })
        .collect()
}

/// When a device of a space was last met.
pub(crate) fn met_ms(tx: &ReadTx<'_>, space: &SpaceId, device: &DeviceId) -> Result<Option<i64>> {
    let met = tx.meta(&format!("{}{device}", prefix(space)))?;
    met.map(|at_ms| Ok(i64::from_le_bytes(array(&at_ms, "lan-met")?)))
        .transpose()
}

/// When a device of a person was last met.
pub(crate) fn last_met_ms(
    tx: &ReadTx<'_>,
    state: &SpaceState,
    person: Option<PersonId>,
) -> Result<Option<i64>> {
    let theirs = |device: &DeviceId| {
        let known = state.membership.device(device);
        known.is_some_and(|known| Some(known.person) == person)
    };
    let met = met_in(tx, &state.id)?.into_iter();
    Ok(met
        .filter(|(device, _)| theirs(device))
        .map(|(_, at_ms)| at_ms)
        .max())
}

/// How many items of this device no other device told that it has.
pub(crate) fn not_met(tx: &ReadTx<'_>, state: &SpaceState) -> Result<u64> {
    let Some((own, _)) = tx.find_device(state.row, &state.own_device)? else {
        return Ok(0);
    };
    let acks = tx.peer_acks(state.row)?;
    let chains = tx.chains(state.row)?.into_iter();
    Ok(chains
        .filter(|chain| chain.device == own)
        .map(|chain| {
            let about = acks
                .iter()
                .filter(|ack| ack.about == own && ack.by != own && ack.inc == chain.inc);
            let had = about.map(|ack| ack.seq).max().unwrap_or(0);
            chain.contiguous.saturating_sub(had)
        })
        .sum())
}

/// Whether a space that was left has said so to somebody: then nothing is to be said there any more.
pub(crate) fn has_told_of_leaving(tx: &ReadTx<'_>, space: &SpaceId) -> Result<bool> {
    Ok(tx.meta(&told_key(space))?.is_some())
}

/// Everybody who was met, latest first.
pub(crate) fn met(tx: &ReadTx<'_>, spaces: &mut Spaces) -> Result<Vec<MetDeviceView>> {
    let mut met = Vec::new();
    for space in tx.spaces()? {
        if space.state == Standing::Blocked {
            continue;
        }
        let Ok(state) = spaces.sound(tx, &space.id)? else {
            continue;
        };
        let own = state.space_type == belay_protocol::SpaceType::SelfSpace;
        let partner = if own {
            None
        } else {
            Some(crate::partners::shown_name(tx, state)?)
        };
        for (device, met_at_ms) in met_in(tx, &space.id)? {
            met.push(MetDeviceView {
                space: space.id,
                partner: partner.clone(),
                device,
                met_at_ms,
            });
        }
    }
    met.sort_by_key(|met| std::cmp::Reverse(met.met_at_ms));
    Ok(met)
}

impl Session<'_> {
    /// Notes that a meeting went well.
    pub(crate) fn note_met(&mut self, space: &SpaceId, device: &DeviceId) -> Result<()> {
        let (tx, now_ms) = (self.tx, self.now_ms);
        if self.space(space)?.standing == Standing::Left {
            tx.put_meta(&told_key(space), &[1])?;
        }
        self.spaces.touched.part(ChangeArea::Partners);
        let key = format!("{}{device}", prefix(space));
        Ok(tx.put_meta(&key, &now_ms.to_le_bytes())?)
    }
}
