//! The generations of a space's secret: which exist, who can open them, and under which one to write
//! (docs/protocol.md, "Epochs").

use std::collections::{BTreeMap, BTreeSet};

use belay_model::{DeviceId, EpochId, ItemId};
use belay_protocol::{EpochBody, History};

use crate::membership::Membership;
use crate::view::MembershipView;

/// Age after which a space's secret is renewed: 30 days, counted from when this device first saw it.
pub const EPOCH_MAX_AGE_MS: i64 = 30 * 24 * 60 * 60 * 1000;

/// Envelopes after which a space's secret is renewed.
pub const EPOCH_MAX_ENVELOPES: u64 = 10_000;

/// An epoch item that passed the Gate.
#[derive(Debug, Clone)]
pub struct NewEpoch {
    /// The item's id, which is the epoch's.
    pub id: EpochId,
    /// The device that made the secret, and so knows it.
    pub author: DeviceId,
    /// The acts its author held.
    pub heads: Vec<ItemId>,
    /// What it says.
    pub body: EpochBody,
}

/// What a space's secrets lack before something can be written for exactly those who may read it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Owed {
    /// Nothing: everybody who may read on can.
    Nothing,
    /// A new secret.
    Rotation,
    /// The secret in use, wrapped to devices that came while it was made.
    Wraps {
        /// The epoch in use.
        epoch: EpochId,
        /// The devices, in ascending order.
        devices: Vec<DeviceId>,
    },
}

#[derive(Debug, Clone)]
struct Node {
    body: EpochBody,
    heads: Vec<ItemId>,
    recipients: BTreeSet<DeviceId>,
    depth: Option<u32>,
}

/// The epoch items of one space.
#[derive(Debug, Clone, Default)]
pub struct Epochs {
    nodes: BTreeMap<EpochId, Node>,
    /// Recipients told by a `wraps` item that came before its epoch.
    early: BTreeMap<EpochId, BTreeSet<DeviceId>>,
}

impl Epochs {
    /// Takes in an epoch item that passed the Gate. Arrival order does not matter: depths are found
    /// once the parents are there.
    pub fn insert(&mut self, epoch: NewEpoch) {
        let mut recipients: BTreeSet<DeviceId> = epoch.body.recipients.iter().copied().collect();
        // Whoever makes a secret knows it, also when the list says otherwise.
        recipients.insert(epoch.author);
        recipients.extend(self.early.remove(&epoch.id).unwrap_or_default());
        self.nodes.entry(epoch.id).or_insert(Node {
            body: epoch.body,
            heads: epoch.heads,
            recipients,
            depth: None,
        });
        self.measure();
    }

    /// A `wraps` item that passed the Gate names further devices that can open the epoch.
    pub fn add_recipients(&mut self, id: &EpochId, devices: impl IntoIterator<Item = DeviceId>) {
        match self.nodes.get_mut(id) {
            Some(node) => node.recipients.extend(devices),
            None => self.early.entry(*id).or_default().extend(devices),
        }
    }

    /// The epoch item's body.
    #[must_use]
    pub fn body(&self, id: &EpochId) -> Option<&EpochBody> {
        self.nodes.get(id).map(|node| &node.body)
    }

    /// Every known epoch, in ascending order of id.
    pub fn ids(&self) -> impl Iterator<Item = EpochId> + '_ {
        self.nodes.keys().copied()
    }

    /// Whether the device can open the epoch, as far as the items tell.
    #[must_use]
    pub fn reaches(&self, id: &EpochId, device: &DeviceId) -> bool {
        self.nodes
            .get(id)
            .is_some_and(|node| node.recipients.contains(device))
    }

    /// The epochs that no other epoch follows, in ascending order: the parents of the next one.
    #[must_use]
    pub fn leaves(&self) -> Vec<EpochId> {
        let parents: BTreeSet<EpochId> = self
            .nodes
            .values()
            .flat_map(|node| node.body.parents.iter().copied())
            .collect();
        self.nodes
            .keys()
            .filter(|id| !parents.contains(id))
            .copied()
            .collect()
    }

    /// Where word of something reaches everybody who reads these epochs, as far as this device can seal it: each of
    /// them whose secret `holds` says is here, and for one that is not, the nearest before it that are. In ascending
    /// order.
    #[must_use]
    pub fn within_reach(
        &self,
        epochs: &[EpochId],
        holds: impl Fn(&EpochId) -> bool,
    ) -> Vec<EpochId> {
        let mut found = BTreeSet::new();
        let mut seen = BTreeSet::new();
        let mut open = epochs.to_vec();
        while let Some(epoch) = open.pop() {
            if !seen.insert(epoch) {
                continue;
            }
            if holds(&epoch) {
                found.insert(epoch);
            } else if let Some(node) = self.nodes.get(&epoch) {
                open.extend(node.body.parents.iter().copied());
            }
        }
        found.into_iter().collect()
    }

    /// The epoch itself and every known epoch that follows it.
    #[must_use]
    pub fn from(&self, id: &EpochId) -> BTreeSet<EpochId> {
        let mut found = BTreeSet::from([*id]);
        loop {
            let before = found.len();
            for (next, node) in &self.nodes {
                if node
                    .body
                    .parents
                    .iter()
                    .any(|parent| found.contains(parent))
                {
                    found.insert(*next);
                }
            }
            if found.len() == before {
                return found;
            }
        }
    }

    /// The deepest epoch, then the lowest id, among those whose secret `holds` says is here, whoever can
    /// open it: where a leaving is told.
    #[must_use]
    pub fn deepest(&self, holds: impl Fn(&EpochId) -> bool) -> Option<EpochId> {
        self.nodes
            .iter()
            .filter(|(id, _)| holds(id))
            .filter_map(|(id, node)| node.depth.map(|depth| (std::cmp::Reverse(depth), *id)))
            .min()
            .map(|(_, id)| id)
    }

    /// Under which epoch to write: the deepest, then the lowest id, that no device reaches which may
    /// not read on, among those whose secret `holds` says is here.
    #[must_use]
    pub fn writing_epoch(
        &self,
        view: &MembershipView,
        holds: impl Fn(&EpochId) -> bool,
    ) -> Option<EpochId> {
        self.nodes
            .iter()
            .filter(|(id, node)| {
                holds(id) && node.recipients.iter().all(|device| view.is_valid(device))
            })
            .filter_map(|(id, node)| node.depth.map(|depth| (std::cmp::Reverse(depth), *id)))
            .min()
            .map(|(_, id)| id)
    }

    /// What is owed before this device writes again. A removal makes a new secret due; so does a newcomer who may
    /// not read what was sealed under the one in use. Anybody else who cannot open it is given it.
    #[must_use]
    pub fn owed(&self, members: &Membership, holds: impl Fn(&EpochId) -> bool) -> Owed {
        let view = members.current();
        let Some(epoch) = self.writing_epoch(view, holds) else {
            return Owed::Rotation;
        };
        let devices: Vec<DeviceId> = view
            .valid_devices()
            .map(|device| device.id)
            .filter(|device| !self.reaches(&epoch, device))
            .collect();
        if devices.is_empty() {
            Owed::Nothing
        } else if devices
            .iter()
            .all(|device| self.may_be_given(members, &epoch, device))
        {
            Owed::Wraps { epoch, devices }
        } else {
            Owed::Rotation
        }
    }

    /// Whether a device may be given the secret of an epoch: it is a valid one, and its person was added where
    /// newcomers read everything, or before the epoch was made. So a person's further devices read what the
    /// first one may.
    #[must_use]
    pub fn may_be_given(&self, members: &Membership, epoch: &EpochId, device: &DeviceId) -> bool {
        let view = members.current();
        let person = view
            .device(device)
            .filter(|device| view.is_valid(&device.id))
            .and_then(|device| view.persons.get(&device.person));
        let (Some(person), Some(node)) = (person, self.nodes.get(epoch)) else {
            return false;
        };
        let addition = person.added_by.id;
        let history = members
            .view_at(&[addition])
            .and_then(|then| then.policy.as_ref().map(|policy| policy.history));
        history == Some(History::All) || members.covers(&node.heads, &[addition])
    }

    fn measure(&mut self) {
        loop {
            let found: Vec<(EpochId, u32)> = self
                .nodes
                .iter()
                .filter(|(_, node)| node.depth.is_none())
                .filter_map(|(id, node)| {
                    let parents: Option<Vec<u32>> = node
                        .body
                        .parents
                        .iter()
                        .map(|parent| self.nodes.get(parent).and_then(|parent| parent.depth))
                        .collect();
                    parents.map(|depths| (*id, depths.into_iter().max().map_or(0, |d| d + 1)))
                })
                .collect();
            if found.is_empty() {
                return;
            }
            for (id, depth) in found {
                if let Some(node) = self.nodes.get_mut(&id) {
                    node.depth = Some(depth);
                }
            }
        }
    }
}
