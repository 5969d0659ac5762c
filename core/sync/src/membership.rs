//! The signed graph of who belongs to a space. The state is a pure function of the set of acts: the
//! order in which they arrived changes nothing (docs/protocol.md, "Membership").

use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, OnceLock};

use belay_model::{DeviceId, ItemId, PersonId, SpaceId};
use belay_protocol::{DeviceCertificate, Genesis, MembershipBody, Operation};

use crate::cut::Cut;
use crate::view::{DeviceView, MembershipView};
use crate::{SyncError, genesis};

mod act_set;
mod linking;
mod node;
mod rights;
mod settle;
mod standing;
mod work;

use act_set::ActSet;
use node::{Node, Removing};
use standing::Standing;
use work::Work;

/// One membership item, reduced to what the rules need.
#[derive(Debug, Clone)]
pub struct Act {
    /// The item's id.
    pub id: ItemId,
    /// The device that signed the item.
    pub author: DeviceId,
    /// The acts its author held: its parents in the graph.
    pub heads: Vec<ItemId>,
    /// What it says.
    pub body: MembershipBody,
}

/// What became of an act that was handed in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ActVerdict {
    /// Its author had the right to it. It counts, unless a removal that it did not know voids it.
    Counted,
    /// It was known already.
    Known,
    /// A parent is missing; hand it in again when that one is there.
    MissingHeads,
    /// Its author had no right to it in its own causal past. It stays in the graph without effect.
    Void,
}

/// All acts of one space that this device holds.
#[derive(Debug, Clone)]
pub struct Membership {
    space: SpaceId,
    /// In the order they came; a set of acts holds places in this list.
    nodes: Vec<Node>,
    numbers: BTreeMap<ItemId, usize>,
    leaves: BTreeSet<ItemId>,
    /// Devices named by any act, valid or not: the id is a hash of the key, so the name proves itself.
    directory: BTreeMap<DeviceId, DeviceView>,
    /// Which acts used a nonce of a device up.
    nonces: BTreeMap<(DeviceId, [u8; 16]), ActSet>,
    removals: Vec<usize>,
    /// Acts of recovery keys, and acts that replace one.
    roots: Vec<usize>,
    rotations: Vec<usize>,
    /// Whether any act may fall to another.
    contested: bool,
    now: OnceLock<Standing>,
    recent: Vec<(ItemId, Arc<MembershipView>)>,
    work: Work,
}

impl Membership {
    /// A space of which nothing is known but its name.
    #[must_use]
    pub fn new(space: SpaceId) -> Self {
        Self {
            space,
            nodes: Vec::new(),
            numbers: BTreeMap::new(),
            leaves: BTreeSet::new(),
            directory: BTreeMap::new(),
            nonces: BTreeMap::new(),
            removals: Vec::new(),
            roots: Vec::new(),
            rotations: Vec::new(),
            contested: false,
            now: OnceLock::new(),
            recent: Vec::new(),
            work: Work::default(),
        }
    }

    /// The space.
    #[must_use]
    pub fn space(&self) -> SpaceId {
        self.space
    }

    /// The acts that no other act follows, in ascending order: what a new item names as its heads.
    #[must_use]
    pub fn leaves(&self) -> Vec<ItemId> {
        self.leaves.iter().copied().collect()
    }

    /// Whether the act is held.
    #[must_use]
    pub fn knows(&self, id: &ItemId) -> bool {
        self.numbers.contains_key(id)
    }

    /// An act that is held.
    #[must_use]
    pub fn act(&self, id: &ItemId) -> Option<&Act> {
        self.find(id).map(|node| &node.act)
    }

    /// A device that some act names, whether or not it is a valid member now.
    #[must_use]
    pub fn device(&self, id: &DeviceId) -> Option<&DeviceView> {
        self.directory.get(id)
    }

    /// The acts by which a device left, having the right to.
    #[must_use]
    pub fn leavings_of(&self, device: &DeviceId) -> Vec<ItemId> {
        let leaves = |node: &&Node| {
            node.right
                && node.act.author == *device
                && matches!(node.act.body.operation, Operation::Leave)
        };
        self.ids_of(leaves)
    }

    /// The removals that count and by which a device no longer belongs to the space: those about it or its
    /// person, and those that void what its own addition stands on.
    #[must_use]
    pub fn removals_of(&self, device: &DeviceId) -> Vec<ItemId> {
        let additions: Vec<usize> = (0..self.nodes.len())
            .filter(|number| {
                let node = self.node(*number);
                node.right && node.named.as_ref().is_some_and(|named| named.id == *device)
            })
            .collect();
        let fallen = &self.standing().fallen;
        let ends = |removing: &Removing| {
            let about = self.directory.get(device).is_some_and(|known| {
                use belay_protocol::RemoveTarget::{Device, Person};
                match &removing.target {
                    Person(person) => known.person == *person,
                    Device(target) => device == target,
                }
            });
            let voids = |number: &usize| {
                removing.reach.contains(*number) || removing.reach.meets(&self.node(*number).rests)
            };
            about || (!additions.is_empty() && additions.iter().all(voids))
        };
        self.removals()
            .filter(|(number, removing)| !fallen.contains(*number) && ends(removing))
            .map(|(number, _)| self.node(number).act.id)
            .collect()
    }

    /// Where the chains of a device end that others removed, as far as the removals themselves tell; `None` for one
    /// that nobody removed. What remaining devices acknowledge to have had is joined to it.
    #[must_use]
    pub fn cut_of(&self, device: &DeviceId) -> Option<Cut> {
        let view = self.current();
        let known = view.device(device);
        let present = known.is_some_and(|known| {
            !view.removed_devices.contains(device)
                && view
                    .persons
                    .get(&known.person)
                    .is_some_and(|person| !person.removed)
        });
        if present {
            return None;
        }
        let removals = self.removals_of(device);
        let mut cut = Cut::default();
        for removal in &removals {
            if let Some(Operation::Remove { seen, .. }) =
                self.find(removal).map(|node| &node.act.body.operation)
            {
                cut.join(seen);
            }
        }
        (!removals.is_empty()).then_some(cut)
    }

    /// The removals that count, ascending: who wrote each, and the devices that no longer belong because of it.
    #[must_use]
    pub fn removals_in_force(&self) -> BTreeMap<ItemId, (DeviceId, Vec<DeviceId>)> {
        let mut found: BTreeMap<ItemId, (DeviceId, Vec<DeviceId>)> = BTreeMap::new();
        if self.removals.is_empty() {
            return found;
        }
        for device in self.directory.keys() {
            if self.current().is_valid(device) {
                continue;
            }
            for removal in self.removals_of(device) {
                let Some(node) = self.find(&removal) else {
                    continue;
                };
                let entry = found
                    .entry(removal)
                    .or_insert_with(|| (node.act.author, Vec::new()));
                entry.1.push(*device);
            }
        }
        found
    }

    /// Removals whose authors had the right and that do not count: another one voids them. A person is shown
    /// these, since only people can settle what is behind it.
    #[must_use]
    pub fn overruled(&self) -> Vec<ItemId> {
        let fallen = &self.standing().fallen;
        self.removals()
            .filter(|(number, _)| fallen.contains(*number))
            .map(|(number, _)| self.node(number).act.id)
            .collect()
    }

    /// The certificate by which a later device came into the space; `None` for one that a genesis names.
    #[must_use]
    pub fn certificate_of(&self, device: &DeviceId) -> Option<&DeviceCertificate> {
        self.nodes
            .iter()
            .filter(|node| node.named.as_ref().is_some_and(|named| named.id == *device))
            .find_map(|node| match &node.act.body.operation {
                Operation::AddDevice { certificate } => Some(certificate),
                _ => None,
            })
    }

    /// The genesis by which a person came into the space.
    #[must_use]
    pub fn genesis_of(&self, person: &PersonId) -> Option<&Genesis> {
        self.nodes
            .iter()
            .filter_map(|node| match &node.act.body.operation {
                Operation::Create { genesis, .. } | Operation::AddPerson { genesis } => {
                    Some(genesis)
                }
                _ => None,
            })
            .find(|genesis| belay_crypto::person_id(genesis) == *person)
    }

    /// Who belongs to the space now.
    #[must_use]
    pub fn current(&self) -> &MembershipView {
        &self.standing().view
    }

    /// Whether everything in `older` is in `newer` or before it. Unknown ids are covered by nothing.
    #[must_use]
    pub fn covers(&self, newer: &[ItemId], older: &[ItemId]) -> bool {
        older.iter().all(|wanted| {
            let number = self.numbers.get(wanted);
            newer.iter().any(|head| {
                head == wanted
                    || number.is_some_and(|number| {
                        self.find(head)
                            .is_some_and(|node| node.past.contains(*number))
                    })
            })
        })
    }

    /// Who belonged to the space for an author who held exactly `heads`; `None` while one is missing.
    #[must_use]
    pub fn view_at(&self, heads: &[ItemId]) -> Option<Arc<MembershipView>> {
        let past = self.past_of(heads)?;
        Some(self.standing_at(heads, &past).view)
    }

    /// How many acts were laid on views so far, and judged anew: what the graph costs, whatever the machine.
    #[must_use]
    pub fn work(&self) -> u64 {
        self.work.done()
    }

    /// Takes in one act whose signature and body hash were already checked against its author's key.
    ///
    /// # Errors
    /// [`SyncError::Genesis`] when a certificate inside does not hold. Nothing is changed then.
    pub fn insert(&mut self, act: Act) -> Result<ActVerdict, SyncError> {
        if self.knows(&act.id) {
            return Ok(ActVerdict::Known);
        }
        let Some(past) = self.past_of(&act.heads) else {
            return Ok(ActVerdict::MissingHeads);
        };
        let named = named_by(&act)?;
        let follows_all = self.is_everything(&act.heads);
        let before = self.standing_at(&act.heads, &past);
        let node = self.judged(act, named, past, &before);
        let right = node.right;
        if !follows_all {
            self.keep_branches(&node, &before);
        }
        drop(before);
        let number = self.link(node);
        if right {
            self.take_effect(number, follows_all);
        }
        Ok(if right {
            ActVerdict::Counted
        } else {
            ActVerdict::Void
        })
    }

    pub(crate) fn node(&self, number: usize) -> &Node {
        self.nodes
            .get(number)
            .expect("numbers come from this graph, which never shrinks")
    }

    pub(crate) const fn is_contested(&self) -> bool {
        self.contested
    }

    /// The removals whose authors had the right.
    pub(crate) fn removals(&self) -> impl Iterator<Item = (usize, &Removing)> {
        self.removals
            .iter()
            .filter_map(|number| Some((*number, self.node(*number).removal.as_ref()?)))
    }

    /// The acts of recovery keys whose authors had the right.
    pub(crate) fn roots(&self) -> impl Iterator<Item = usize> + '_ {
        self.roots.iter().copied()
    }

    fn find(&self, id: &ItemId) -> Option<&Node> {
        self.numbers.get(id).map(|number| self.node(*number))
    }

    fn ids_of(&self, wanted: impl Fn(&&Node) -> bool) -> Vec<ItemId> {
        let mut found: Vec<&Node> = self.nodes.iter().filter(wanted).collect();
        found.sort_by_key(|node| node.order);
        found.into_iter().map(|node| node.act.id).collect()
    }

    fn is_everything(&self, heads: &[ItemId]) -> bool {
        heads.len() == self.leaves.len() && heads.iter().all(|head| self.leaves.contains(head))
    }

    fn past_of(&self, heads: &[ItemId]) -> Option<ActSet> {
        let mut past = ActSet::default();
        for head in heads {
            let number = *self.numbers.get(head)?;
            past.join(&self.node(number).past);
            past.insert(number);
        }
        Some(past)
    }
}

/// Checks the certificate an act carries and returns the device it names.
fn named_by(act: &Act) -> Result<Option<DeviceView>, SyncError> {
    Ok(match &act.body.operation {
        Operation::Create { genesis, .. } | Operation::AddPerson { genesis } => {
            Some(genesis::check(genesis)?)
        }
        Operation::AddDevice { certificate } => Some(genesis::device_of_certificate(certificate)),
        _ => None,
    })
}
