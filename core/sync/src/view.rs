//! Who belongs to a space, as one set of acts tells it.

use std::collections::BTreeMap;

use belay_model::{DeviceId, PersonId};
use belay_protocol::{KemStatement, Operation, Policy, SpaceType};

use crate::membership::Act;

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
}

/// Persons and devices of a space for one set of acts.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct MembershipView {
    /// What kind of space it is; `None` before its first act.
    pub space_type: Option<SpaceType>,
    /// Who made it.
    pub creator: Option<PersonId>,
    /// What all its members agreed on at the start.
    pub policy: Option<Policy>,
    /// Everyone who was ever added.
    pub persons: BTreeMap<PersonId, PersonView>,
    /// Every device that was ever validly added.
    pub devices: BTreeMap<DeviceId, DeviceView>,
}

impl MembershipView {
    /// A device that was validly added.
    #[must_use]
    pub fn device(&self, id: &DeviceId) -> Option<&DeviceView> {
        self.devices.get(id)
    }

    /// Whether the device may write: it was added, and its person has not left.
    #[must_use]
    pub fn is_valid(&self, id: &DeviceId) -> bool {
        self.devices.get(id).is_some_and(|device| {
            self.persons
                .get(&device.person)
                .is_some_and(|person| !person.left)
        })
    }

    /// Every device that may write, in ascending order.
    pub fn valid_devices(&self) -> impl Iterator<Item = &DeviceView> {
        self.devices
            .values()
            .filter(|device| self.is_valid(&device.id))
    }

    /// Lets a valid act take effect. `named` is the device it names, so that no certificate is hashed twice.
    pub(crate) fn apply(&mut self, act: &Act, named: Option<&DeviceView>) {
        match &act.body.operation {
            Operation::Create {
                space_type,
                genesis,
                policy,
            } => {
                self.space_type = Some(*space_type);
                self.policy = Some(policy.clone());
                self.creator = named.map(|device| device.person);
                self.add_person(genesis, named);
            }
            Operation::AddPerson { genesis } => {
                // A forked creator could add two partners at once; a pair keeps the first by order.
                if self.space_type == Some(SpaceType::Pair) && self.persons.len() >= 2 {
                    return;
                }
                self.add_person(genesis, named);
            }
            Operation::AddDevice { .. } => {
                // Devices added at the same time by several siblings could be more than wraps reach.
                if self.devices.len() >= belay_protocol::limits::DEVICES_MAX {
                    return;
                }
                self.add_device(named);
            }
            Operation::Leave => {
                if let Some(person) = self
                    .devices
                    .get(&act.author)
                    .map(|device| device.person)
                    .and_then(|id| self.persons.get_mut(&id))
                {
                    person.left = true;
                }
            }
            _ => {}
        }
    }

    fn add_person(&mut self, genesis: &belay_protocol::Genesis, named: Option<&DeviceView>) {
        if let Some(device) = named {
            self.persons.entry(device.person).or_insert(PersonView {
                recovery_pk: genesis.recovery_pk,
                left: false,
            });
        }
        self.add_device(named);
    }

    fn add_device(&mut self, named: Option<&DeviceView>) {
        if let Some(device) = named {
            let known = self.devices.entry(device.id);
            known.or_insert_with(|| device.clone());
        }
    }
}
