//! Rule 1 of membership: what an author may do, given the view of the author's own past
//! (docs/protocol.md, "Membership").

use belay_model::{DeviceId, ItemId, PersonId, SpaceId};
use belay_protocol::{Operation, Policy, RemoveTarget, SpaceType, limits};

use super::Act;
use crate::view::{DeviceView, MembershipView};

/// Persons in one circle at a time: a peer group that listens to everyone is small (product id K).
const CIRCLE_PERSONS_MAX: usize = 20;

/// In whose name an act stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum By {
    /// The device that signed the item.
    Device(PersonId),
    /// The person's recovery key P, whichever device carries the item. The key is the one that holds.
    Root(PersonId, [u8; 32]),
    /// Nobody who belongs to the space.
    Nobody,
}

impl By {
    /// The person.
    pub const fn person(&self) -> Option<PersonId> {
        match self {
            Self::Device(person) | Self::Root(person, _) => Some(*person),
            Self::Nobody => None,
        }
    }
}

/// A member's consent whose signature holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Consent {
    pub device: DeviceId,
    pub person: PersonId,
}

/// An act and what is known of it without any view.
pub(crate) struct Claim<'a> {
    pub space: SpaceId,
    pub act: &'a Act,
    pub by: By,
    pub named: Option<&'a DeviceView>,
    pub consents: &'a [Consent],
}

impl Claim<'_> {
    /// Whether the author has the right, if the view is what the author's past says.
    pub fn holds(&self, view: &MembershipView) -> bool {
        let author = &self.act.author;
        match &self.act.body.operation {
            Operation::Create { .. } => {
                self.act.heads.is_empty()
                    && self.act.id == ItemId::from(self.space)
                    && self.named.is_some_and(|device| device.id == *author)
            }
            Operation::AddPerson { .. } => {
                let Some(person) = self.member(view) else {
                    return false;
                };
                let room = match view.space_type {
                    Some(SpaceType::Pair) => {
                        view.creator == Some(person) && view.persons.len() == 1
                    }
                    Some(SpaceType::Circle) => {
                        view.is_steward(&person) && view.present().count() < CIRCLE_PERSONS_MAX
                    }
                    _ => false,
                };
                let new = |device: &DeviceView| !view.persons.contains_key(&device.person);
                room && self.named.is_some_and(new)
            }
            Operation::AddDevice { certificate } => {
                let new = |device: &DeviceView| !view.devices.contains_key(&device.id);
                view.is_present(&certificate.person_id)
                    && self.acts_for(view, &certificate.person_id)
                    && self.named.is_some_and(new)
                    && view.valid_devices().count() < limits::DEVICES_MAX
            }
            Operation::Remove { target, .. } => match target {
                RemoveTarget::Device(device) => view.device(device).is_some_and(|device| {
                    view.is_valid(&device.id) && self.acts_for(view, &device.person)
                }),
                RemoveTarget::Person(target) => self.may_remove(view, target),
            },
            Operation::Leave | Operation::Merge => self.member(view).is_some(),
            Operation::SetRole { person, .. } => self.is_steward(view) && view.is_present(person),
            Operation::SetPolicy { policy, .. } => self.may_set_policy(view, policy),
            Operation::RotateRecovery { new_recovery_pk } => {
                let known = |person| view.persons.get(&person);
                self.member(view)
                    .and_then(known)
                    .is_some_and(|person| person.recovery_pk != *new_recovery_pk)
            }
        }
    }

    /// Whether a removal was written by somebody who is steward in this view: it ranks contested ones.
    pub fn is_steward(&self, view: &MembershipView) -> bool {
        self.member(view)
            .is_some_and(|person| view.is_steward(&person))
    }

    /// The persons who consent in this view, the author's among them; never the one it is about.
    pub fn consenting(&self, view: &MembershipView) -> Vec<(PersonId, DeviceId)> {
        let target = match &self.act.body.operation {
            Operation::Remove {
                target: RemoveTarget::Person(person),
                ..
            } => Some(*person),
            _ => None,
        };
        let author = self.member(view).map(|person| (person, self.act.author));
        let others = self
            .consents
            .iter()
            .filter(|consent| view.is_valid(&consent.device))
            .map(|consent| (consent.person, consent.device));
        let mut all: Vec<_> = author.into_iter().chain(others).collect();
        all.retain(|(person, _)| Some(*person) != target);
        all
    }

    /// The person of a valid device that acts in its own name.
    fn member(&self, view: &MembershipView) -> Option<PersonId> {
        match self.by {
            By::Device(person) if view.is_valid(&self.act.author) => Some(person),
            _ => None,
        }
    }

    /// Whether the act stands for this very person: by a valid device of theirs, or by P as it is now.
    fn acts_for(&self, view: &MembershipView, person: &PersonId) -> bool {
        match &self.by {
            By::Root(of, pk) => {
                of == person
                    && view
                        .persons
                        .get(person)
                        .is_some_and(|known| known.is_present() && known.recovery_pk == *pk)
            }
            _ => self.member(view) == Some(*person),
        }
    }

    fn may_remove(&self, view: &MembershipView, target: &PersonId) -> bool {
        let Some(person) = self.member(view) else {
            return false;
        };
        let removal = match (&view.space_type, &view.policy) {
            (Some(SpaceType::Circle), Some(policy)) => policy.removal,
            _ => return false,
        };
        let enough = match removal {
            belay_protocol::Removal::Steward => view.is_steward(&person),
            belay_protocol::Removal::Majority => self.is_majority(view),
        };
        person != *target && view.is_present(target) && enough
    }

    fn may_set_policy(&self, view: &MembershipView, policy: &Policy) -> bool {
        let (Some(_), Some(present)) = (self.member(view), &view.policy) else {
            return false;
        };
        let only_relays = present.removal == policy.removal && present.history == policy.history;
        match view.space_type {
            Some(SpaceType::Pair | SpaceType::SelfSpace) => only_relays,
            Some(SpaceType::Circle) if only_relays => self.is_steward(view),
            Some(SpaceType::Circle) => self.is_majority(view),
            _ => false,
        }
    }

    /// Whether more than half of those present consent.
    fn is_majority(&self, view: &MembershipView) -> bool {
        let mut persons: Vec<PersonId> = self
            .consenting(view)
            .into_iter()
            .map(|(person, _)| person)
            .collect();
        persons.sort_unstable();
        persons.dedup();
        2 * persons.len() > view.present().count()
    }
}
