//! Everybody in a space and each of their devices, and the secrets of the space, for the self-check.

use belay_model::{Hlc, PersonId};
use belay_protocol::SpaceType;
use belay_store::{Chain, DeviceRow, ItemState, PeerAck, ReadTx};
use belay_sync::Owed;

use crate::Result;
use crate::space_state::SpaceState;
use crate::status_views::{DeviceStatusView, EpochStatusView, PeerStatusView};

/// Everybody who was ever in the space, this person first.
pub(crate) fn peers(
    tx: &ReadTx<'_>,
    state: &SpaceState,
    now_ms: i64,
) -> Result<Vec<PeerStatusView>> {
    let known = Known::of(tx, state)?;
    let members = state.membership.current();
    let mut peers = Vec::new();
    for (person, member) in &members.persons {
        let own = *person == state.own_person;
        peers.push(PeerStatusView {
            person: *person,
            name: match own {
                true => None,
                false => Some(crate::partners::shown_name(tx, state)?),
            },
            gone: !member.is_present(),
            devices: known.devices(tx, state, person, now_ms)?,
        });
    }
    peers.sort_by_key(|peer| peer.person != state.own_person);
    Ok(peers)
}

/// How the secrets of the space stand.
pub(crate) fn epochs(state: &SpaceState) -> EpochStatusView {
    let writing = state.writing_epoch();
    let holds = |id: &belay_model::EpochId| state.keys.contains_key(id);
    EpochStatusView {
        count: state.epochs.ids().count() as u64,
        held: state.keys.ids().count() as u64,
        since_at_ms: writing.and_then(|epoch| state.key_ages.get(&epoch).copied()),
        owed: matches!(state.epochs.owed(&state.membership, holds), Owed::Rotation),
    }
}

/// What is known of the devices of a space, looked up once.
struct Known {
    chains: Vec<Chain>,
    acks: Vec<PeerAck>,
    own: Option<DeviceRow>,
    twice: Vec<DeviceRow>,
}

impl Known {
    fn of(tx: &ReadTx<'_>, state: &SpaceState) -> Result<Self> {
        let troubled = tx.troubled_items(state.row)?.into_iter();
        let own = tx.find_device(state.row, &state.own_device)?;
        Ok(Self {
            chains: tx.chains(state.row)?,
            acks: tx.peer_acks(state.row)?,
            own: own.map(|(row, _)| row),
            twice: troubled
                .filter(|item| item.state == ItemState::Shadowed)
                .map(|item| item.device)
                .collect(),
        })
    }

    fn devices(
        &self,
        tx: &ReadTx<'_>,
        state: &SpaceState,
        person: &PersonId,
        now_ms: i64,
    ) -> Result<Vec<DeviceStatusView>> {
        let members = state.membership.current();
        let mut names = match state.space_type {
            SpaceType::SelfSpace => crate::own_devices::names(tx, state)?,
            _ => std::collections::BTreeMap::new(),
        };
        let mut devices = Vec::new();
        for device in crate::copies_read::devices_of(state, person) {
            let row = tx.find_device(state.row, &device)?.map(|(row, _)| row);
            let this_device = device == state.own_device;
            let told = || self.acks.iter().filter(|ack| Some(ack.by) == row);
            devices.push(DeviceStatusView {
                device,
                name: names.remove(&device),
                this_device,
                removed: !members.is_valid(&device),
                as_of_at_ms: self.newest_ms(row).map(|at_ms| at_ms.min(now_ms)),
                incomplete_from: self.missing_from(row),
                not_told: if this_device { 0 } else { self.not_told(row) },
                told_at_ms: told().map(|ack| ack.at_ms).max(),
                met_at_ms: crate::lan::met_ms(tx, &state.id, &device)?,
                twice: row.is_some_and(|row| self.twice.contains(&row)),
            });
        }
        devices.sort_by_key(|device| (!device.this_device, device.device));
        Ok(devices)
    }

    fn chains_of(&self, row: Option<DeviceRow>) -> impl Iterator<Item = &Chain> {
        let chains = self.chains.iter();
        chains.filter(move |chain| Some(chain.device) == row)
    }

    fn newest_ms(&self, row: Option<DeviceRow>) -> Option<i64> {
        // A place that was filled by an erase alone has no time.
        let written = self.chains_of(row).filter(|chain| chain.top_seq > 0);
        written
            .map(|chain| Hlc::from_u64(chain.top_hlc).wall_ms())
            .max()
    }

    fn missing_from(&self, row: Option<DeviceRow>) -> Option<u64> {
        let broken = self.chains_of(row).filter(|chain| !chain.ranges.is_empty());
        broken.map(|chain| chain.contiguous + 1).min()
    }

    /// How many items of this device it did not tell yet that it has.
    fn not_told(&self, row: Option<DeviceRow>) -> u64 {
        let own = self.chains_of(self.own);
        own.map(|chain| {
            let told = self.acks.iter().filter(|ack| {
                Some(ack.by) == row && ack.about == chain.device && ack.inc == chain.inc
            });
            let has = told.map(|ack| ack.seq).max().unwrap_or(0);
            chain.contiguous.saturating_sub(has)
        })
        .sum()
    }
}
