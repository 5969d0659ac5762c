//! Who belongs to a space, as one set of acts tells it.

use std::collections::{BTreeMap, BTreeSet};

use belay_model::{DeviceId, ItemId, PersonId};
use belay_protocol::{KemStatement, Operation, Policy, RemoveTarget, Role, SpaceType, limits};

/// A device as its certificate names it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DeviceView {
    /// The device.
    pub id: DeviceId,
    /// Whose device it is.
    pub person: PersonId,
    /// Its Ed25519 public key.
    pub sign_pk: [u8; 32],
    /// The encryption key its certificate started with; later `kem` items replace it.
    pub kem: KemStatement,
}

/// A person of the space.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PersonView {
    /// The public half of the key that only the recovery words open.
    pub recovery_pk: [u8; 32],
    /// Whether the person has left.
    pub left: bool,
    /// Whether others removed the person.
    pub removed: bool,
    /// The role that was given last. Who acts as steward says [`MembershipView::is_steward`].
    pub role: Role,
    pub(crate) added_by: Order,
    pub(crate) role_by: Option<Order>,
    recovery_by: Option<Order>,
}

impl PersonView {
    /// Whether the person belongs to the space: neither left nor removed.
    #[must_use]
    pub const fn is_present(&self) -> bool {
        !self.left && !self.removed
    }
}

/// The order in which acts are laid on a view. It respects causality, and any two acts have one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Order {
    pub depth: u32,
    pub author: DeviceId,
    pub id: ItemId,
}

/// An act that counts, as far as a view needs it.
pub(crate) struct Laid<'a> {
    pub order: Order,
    pub operation: &'a Operation,
    /// The author's person.
    pub person: PersonId,
    /// The device the act names, so that no certificate is hashed twice.
    pub named: Option<&'a DeviceView>,
}

/// Persons and devices of a space for one set of acts.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct MembershipView {
    /// What kind of space it is; `None` before its first act.
    pub space_type: Option<SpaceType>,
    /// Who made it.
    pub creator: Option<PersonId>,
    /// What its members agreed on.
    pub policy: Option<Policy>,
    /// Everyone who was ever added.
    pub persons: BTreeMap<PersonId, PersonView>,
    /// Every device that was ever validly added.
    pub devices: BTreeMap<DeviceId, DeviceView>,
    /// Devices that were removed one by one. A certificate never comes back: who returns has a new one.
    pub removed_devices: BTreeSet<DeviceId>,
    /// Which act added each device.
    pub(crate) added_by: BTreeMap<DeviceId, Order>,
    policy_by: Option<Order>,
}

impl MembershipView {
    /// A device that was validly added.
    #[must_use]
    pub fn device(&self, id: &DeviceId) -> Option<&DeviceView> {
        self.devices.get(id)
    }

    /// Whether the device may write: it was added and not removed, and its person belongs to the space.
    #[must_use]
    pub fn is_valid(&self, id: &DeviceId) -> bool {
        !self.removed_devices.contains(id)
            && self
                .devices
                .get(id)
                .is_some_and(|device| self.is_present(&device.person))
    }

    /// Whether the person belongs to the space.
    #[must_use]
    pub fn is_present(&self, person: &PersonId) -> bool {
        self.persons.get(person).is_some_and(PersonView::is_present)
    }

    /// The act that added a device and counts, and the device that wrote it.
    #[must_use]
    pub fn addition_of(&self, id: &DeviceId) -> Option<(ItemId, DeviceId)> {
        let added = self.added_by.get(id)?;
        Some((added.id, added.author))
    }

    /// Everyone who belongs to the space, in ascending order.
    pub fn present(&self) -> impl Iterator<Item = (&PersonId, &PersonView)> {
        self.persons
            .iter()
            .filter(|(_, person)| person.is_present())
    }

    /// Every device that may write, in ascending order.
    pub fn valid_devices(&self) -> impl Iterator<Item = &DeviceView> {
        self.devices
            .values()
            .filter(|device| self.is_valid(&device.id))
    }

    /// Whether the person acts as steward of a circle. Where no steward is left, whoever of those present was
    /// added first takes the place, so that no circle is left without one.
    #[must_use]
    pub fn is_steward(&self, person: &PersonId) -> bool {
        if self.space_type != Some(SpaceType::Circle) || !self.is_present(person) {
            return false;
        }
        let is = |view: &PersonView| view.role == Role::Steward;
        if self.present().any(|(_, view)| is(view)) {
            return self.persons.get(person).is_some_and(is);
        }
        let first = self.present().min_by_key(|(_, view)| view.added_by);
        first.is_some_and(|(id, _)| id == person)
    }

    /// Whether laying the operation on this view gives the same before and after any other act that is
    /// concurrent with it: then it may be laid on as it comes.
    pub(crate) fn commutes(&self, operation: &Operation) -> bool {
        match operation {
            // Of two partners at once a pair keeps the first.
            Operation::AddPerson { .. } => self.space_type == Some(SpaceType::Circle),
            // Of devices at once beyond what wraps reach the first count.
            Operation::AddDevice { .. } => self.devices.len() < limits::DEVICES_MAX,
            _ => true,
        }
    }

    /// Lets an act take effect.
    pub(crate) fn apply(&mut self, act: &Laid<'_>) {
        let order = act.order;
        match act.operation {
            Operation::Create {
                space_type,
                genesis,
                policy,
            } => {
                self.space_type = Some(*space_type);
                self.policy = Some(policy.clone());
                self.creator = Some(act.person);
                let role = match space_type {
                    SpaceType::Circle => Role::Steward,
                    _ => Role::Member,
                };
                self.add_person(genesis.recovery_pk, role, act);
            }
            Operation::AddPerson { genesis } => {
                if self.space_type == Some(SpaceType::Pair) && self.persons.len() >= 2 {
                    return;
                }
                self.add_person(genesis.recovery_pk, Role::Member, act);
            }
            Operation::AddDevice { .. } => {
                if self.valid_devices().count() >= limits::DEVICES_MAX {
                    return;
                }
                self.add_device(act);
            }
            Operation::Remove { target, .. } => match target {
                RemoveTarget::Person(person) => {
                    if let Some(person) = self.persons.get_mut(person) {
                        person.removed = true;
                    }
                }
                RemoveTarget::Device(device) => {
                    self.removed_devices.insert(*device);
                }
            },
            Operation::Leave => {
                if let Some(person) = self.persons.get_mut(&act.person) {
                    person.left = true;
                }
            }
            Operation::SetRole { person, role } => {
                if let Some(person) = self.persons.get_mut(person)
                    && person.role_by.is_none_or(|by| by < order)
                {
                    (person.role, person.role_by) = (*role, Some(order));
                }
            }
            Operation::SetPolicy { policy, .. } => {
                if self.policy_by.is_none_or(|by| by < order) {
                    (self.policy, self.policy_by) = (Some(policy.clone()), Some(order));
                }
            }
            Operation::RotateRecovery { new_recovery_pk } => {
                if let Some(person) = self.persons.get_mut(&act.person)
                    && person.recovery_by.is_none_or(|by| by < order)
                {
                    (person.recovery_pk, person.recovery_by) = (*new_recovery_pk, Some(order));
                }
            }
            Operation::Merge => {}
        }
    }

    fn add_person(&mut self, recovery_pk: [u8; 32], role: Role, act: &Laid<'_>) {
        let Some(device) = act.named else { return };
        let new = PersonView {
            recovery_pk,
            left: false,
            removed: false,
            role,
            added_by: act.order,
            role_by: None,
            recovery_by: None,
        };
        let person = self.persons.entry(device.person).or_insert(new);
        person.added_by = person.added_by.min(act.order);
        self.add_device(act);
    }

    fn add_device(&mut self, act: &Laid<'_>) {
        let Some(device) = act.named else { return };
        let by = self.added_by.entry(device.id).or_insert(act.order);
        // Of several certificates of one device the first counts.
        if act.order <= *by {
            *by = act.order;
            self.devices.insert(device.id, device.clone());
        }
    }
}
