//! The signed graph of who belongs to a space. The state is a pure function of the set of acts: the
//! order in which they arrived changes nothing (docs/protocol.md, "Membership").

use std::collections::{BTreeMap, BTreeSet};

use belay_model::{DeviceId, ItemId, PersonId, SpaceId};
use belay_protocol::{Genesis, MembershipBody, Operation, SpaceType};

use crate::act_set::ActSet;
use crate::view::{DeviceView, MembershipView};
use crate::{SyncError, genesis};

/// Persons in one circle: a peer group that listens to everyone is small (product id K).
const CIRCLE_PERSONS_MAX: usize = 20;

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
    /// It counts from now on.
    Counted,
    /// It was known already.
    Known,
    /// A parent is missing; hand it in again when that one is there.
    MissingHeads,
    /// This version does not know the operation's rules; keep it for a newer one.
    NewerRules,
    /// Its author had no right to it in its own causal past. It stays in the graph without effect.
    Void,
}

#[derive(Debug, Clone)]
struct Node {
    act: Act,
    depth: u32,
    /// Which act this was, counting in the order they came.
    number: usize,
    /// Every act before this one.
    past: ActSet,
    /// The device the act names.
    named: Option<DeviceView>,
}

/// All acts of one space that this device holds.
#[derive(Debug, Clone)]
pub struct Membership {
    space: SpaceId,
    nodes: BTreeMap<ItemId, Node>,
    /// Valid acts with an effect, in the order they are applied: (depth, id).
    effective: BTreeMap<(u32, ItemId), usize>,
    leaves: BTreeSet<ItemId>,
    /// Devices named by any act, valid or not: the id is a hash of the key, so the name proves itself.
    directory: BTreeMap<DeviceId, DeviceView>,
    current: MembershipView,
}

impl Membership {
    /// A space of which nothing is known but its name.
    #[must_use]
    pub fn new(space: SpaceId) -> Self {
        Self {
            space,
            nodes: BTreeMap::new(),
            effective: BTreeMap::new(),
            leaves: BTreeSet::new(),
            directory: BTreeMap::new(),
            current: MembershipView::default(),
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
        self.nodes.contains_key(id)
    }

    /// A device that some act names, whether or not it is a valid member now.
    #[must_use]
    pub fn device(&self, id: &DeviceId) -> Option<&DeviceView> {
        self.directory.get(id)
    }

    /// The valid acts by which a device left.
    #[must_use]
    pub fn leavings_of(&self, device: &DeviceId) -> Vec<ItemId> {
        self.effective
            .keys()
            .filter(|(_, id)| {
                self.nodes.get(id).is_some_and(|node| {
                    node.act.author == *device
                        && matches!(node.act.body.operation, Operation::Leave)
                })
            })
            .map(|(_, id)| *id)
            .collect()
    }

    /// The genesis by which a person came into the space.
    #[must_use]
    pub fn genesis_of(&self, person: &PersonId) -> Option<&Genesis> {
        self.nodes
            .values()
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
        &self.current
    }

    /// Whether everything in `older` is in `newer` or before it. Unknown ids are covered by nothing.
    #[must_use]
    pub fn covers(&self, newer: &[ItemId], older: &[ItemId]) -> bool {
        older.iter().all(|wanted| {
            let number = self.nodes.get(wanted).map(|node| node.number);
            newer.iter().any(|head| {
                head == wanted
                    || number.is_some_and(|number| {
                        self.nodes
                            .get(head)
                            .is_some_and(|node| node.past.contains(number))
                    })
            })
        })
    }

    /// Who belonged to the space for an author who held exactly `heads`; `None` while one is missing.
    #[must_use]
    pub fn view_at(&self, heads: &[ItemId]) -> Option<MembershipView> {
        let past = self.past_of(heads)?;
        Some(self.view_of(|number| past.contains(number)))
    }

    /// Takes in one act whose signature and body hash were already checked against its author's key.
    ///
    /// # Errors
    /// [`SyncError::Genesis`] when a certificate inside does not hold. Nothing is changed then.
    pub fn insert(&mut self, act: Act) -> Result<ActVerdict, SyncError> {
        if self.nodes.contains_key(&act.id) {
            return Ok(ActVerdict::Known);
        }
        if !act.heads.iter().all(|head| self.nodes.contains_key(head)) {
            return Ok(ActVerdict::MissingHeads);
        }
        let Some(named) = self.certified(&act)? else {
            return Ok(ActVerdict::NewerRules);
        };
        let past = self.past_of(&act.heads).unwrap_or_default();
        let depth = act
            .heads
            .iter()
            .filter_map(|head| self.nodes.get(head))
            .map(|node| node.depth + 1)
            .max()
            .unwrap_or(0);
        let valid = self.has_right(&act, &past);
        for head in &act.heads {
            self.leaves.remove(head);
        }
        self.leaves.insert(act.id);
        if let Some(device) = &named {
            let known = self.directory.entry(device.id);
            known.or_insert_with(|| device.clone());
        }
        let id = act.id;
        let number = self.nodes.len();
        let effect = valid && !matches!(act.body.operation, Operation::Merge);
        self.nodes.insert(
            id,
            Node {
                act,
                depth,
                number,
                past,
                named,
            },
        );
        // Thousands of acts without effect must not cost thousands of views.
        if effect {
            self.effective.insert((depth, id), number);
            self.current = self.view_of(|_| true);
        }
        Ok(if valid {
            ActVerdict::Counted
        } else {
            ActVerdict::Void
        })
    }

    /// Checks the certificate an act carries and returns the device it names; `None` when the
    /// operation belongs to rules this version does not have.
    fn certified(&self, act: &Act) -> Result<Option<Option<DeviceView>>, SyncError> {
        Ok(match &act.body.operation {
            Operation::Create { genesis, .. } | Operation::AddPerson { genesis } => {
                Some(Some(genesis::check(genesis)?))
            }
            Operation::AddDevice { certificate } => {
                Some(Some(genesis::device_of_certificate(certificate)))
            }
            Operation::Leave | Operation::Merge => Some(None),
            _ => None,
        })
    }

    fn past_of(&self, heads: &[ItemId]) -> Option<ActSet> {
        let mut past = ActSet::default();
        for head in heads {
            let node = self.nodes.get(head)?;
            past.join(&node.past);
            past.insert(node.number);
        }
        Some(past)
    }

    /// Rule 1: an act counts if its author had the right in its own causal past.
    fn has_right(&self, act: &Act, past: &ActSet) -> bool {
        let before = self.view_of(|number| past.contains(number));
        match &act.body.operation {
            Operation::Create { genesis, .. } => {
                act.heads.is_empty()
                    && act.id == ItemId::from(self.space)
                    && genesis::check(genesis).is_ok_and(|device| device.id == act.author)
            }
            Operation::AddPerson { genesis } => {
                let creators = before.creator.is_some_and(|creator| {
                    before.device(&act.author).map(|d| d.person) == Some(creator)
                });
                let room = match before.space_type {
                    Some(SpaceType::Pair) => before.persons.len() == 1,
                    Some(SpaceType::Circle) => before.persons.len() < CIRCLE_PERSONS_MAX,
                    _ => false,
                };
                let new = genesis::check(genesis)
                    .is_ok_and(|device| !before.persons.contains_key(&device.person));
                before.is_valid(&act.author) && creators && room && new
            }
            Operation::AddDevice { certificate } => {
                let Some(person) = before.persons.get(&certificate.person_id) else {
                    return false;
                };
                let own = before
                    .device(&act.author)
                    .is_some_and(|device| device.person == certificate.person_id);
                let by_root = act.body.root_signature.is_some_and(|signature| {
                    genesis::root_signature_holds(
                        &person.recovery_pk,
                        &self.space,
                        &act.heads,
                        &act.body,
                        &signature,
                    )
                });
                let room = before.devices.len() < belay_protocol::limits::DEVICES_MAX;
                room && !person.left && ((own && before.is_valid(&act.author)) || by_root)
            }
            Operation::Leave | Operation::Merge => before.is_valid(&act.author),
            _ => false,
        }
    }

    /// Applies the valid acts of a set in the order of (depth, id), which respects causality.
    fn view_of(&self, held: impl Fn(usize) -> bool) -> MembershipView {
        let mut view = MembershipView::default();
        for ((_, id), number) in &self.effective {
            if held(*number)
                && let Some(node) = self.nodes.get(id)
            {
                view.apply(&node.act, node.named.as_ref());
            }
        }
        view
    }
}
