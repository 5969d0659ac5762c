//! One act in the graph, with what is worked out once, when it comes: it follows from the act's own past and
//! never changes.

use std::collections::BTreeMap;

use belay_model::{DeviceId, ItemId, PersonId, SpaceId};
use belay_protocol::{Endorsement, Operation, RemoveTarget, endorsed_policy_bytes};

use super::Act;
use super::act_set::ActSet;
use super::rights::{By, Claim, Consent};
use crate::genesis;
use crate::view::{DeviceView, Laid, MembershipView, Order};

/// One act.
#[derive(Debug, Clone)]
pub(crate) struct Node {
    pub act: Act,
    pub order: Order,
    /// Every act before this one.
    pub past: ActSet,
    /// The device the act names.
    pub named: Option<DeviceView>,
    pub by: By,
    pub consents: Vec<Consent>,
    /// Whether its author had the right in its own past.
    pub right: bool,
    /// Acts of its past that had the right and do not count there.
    pub fallen: ActSet,
    /// What its author's right stands on: the additions that lead to the author, and the roles given on the way.
    pub rests: ActSet,
    /// What a removal needs to be weighed against others.
    pub removal: Option<Removing>,
}

/// A removal, beyond what every act has.
#[derive(Debug, Clone)]
pub(crate) struct Removing {
    pub target: RemoveTarget,
    /// Whether its author was steward.
    pub steward: bool,
    /// Who consents, the author too, each with what that one's own addition stands on.
    pub grounds: Vec<(PersonId, ActSet)>,
    /// Acts of the target that the removal did not know: those it voids if it stands.
    pub reach: ActSet,
}

impl Removing {
    /// Whether the act is one of the target's.
    pub fn is_about(&self, node: &Node) -> bool {
        match (&self.target, &node.by) {
            (RemoveTarget::Person(person), by) => by.person() == Some(*person),
            (RemoveTarget::Device(device), By::Device(_)) => node.act.author == *device,
            (RemoveTarget::Device(_), _) => false,
        }
    }
}

impl Node {
    /// The act as the rights look at it.
    pub fn claim(&self, space: SpaceId) -> Claim<'_> {
        Claim {
            space,
            act: &self.act,
            by: self.by,
            named: self.named.as_ref(),
            consents: &self.consents,
        }
    }

    /// The act as a view takes it; `None` for one that stands in nobody's name.
    pub fn laid(&self) -> Option<Laid<'_>> {
        Some(Laid {
            order: self.order,
            operation: &self.act.body.operation,
            person: self.by.person()?,
            named: self.named.as_ref(),
        })
    }

    /// Whether the act is by P of this person.
    pub fn is_root_of(&self, person: PersonId) -> bool {
        matches!(self.by, By::Root(of, _) if of == person)
    }

    /// The person whose recovery key the act replaces.
    pub fn rotates(&self) -> Option<PersonId> {
        match (&self.act.body.operation, self.by) {
            (Operation::RotateRecovery { .. }, By::Device(person)) => Some(person),
            _ => None,
        }
    }
}

/// In whose name the act stands, for somebody who knows what its author knew.
pub(crate) fn author_of(
    space: SpaceId,
    act: &Act,
    named: Option<&DeviceView>,
    view: &MembershipView,
) -> By {
    if let Some(signature) = &act.body.root_signature {
        let person = match &act.body.operation {
            Operation::AddDevice { certificate } => Some(certificate.person_id),
            Operation::Remove {
                target: RemoveTarget::Device(device),
                ..
            } => view.device(device).map(|device| device.person),
            _ => None,
        };
        let known = person.and_then(|id| Some((id, view.persons.get(&id)?.recovery_pk)));
        return match known {
            Some((person, pk))
                if genesis::root_signature_holds(&pk, &space, &act.heads, &act.body, signature) =>
            {
                By::Root(person, pk)
            }
            _ => By::Nobody,
        };
    }
    let introduced = match &act.body.operation {
        Operation::Create { .. } => named.filter(|device| device.id == act.author),
        _ => None,
    };
    introduced
        .or_else(|| view.device(&act.author))
        .map_or(By::Nobody, |device| By::Device(device.person))
}

/// The consents whose signature holds over this very target or policy, with a nonce that no act before used.
/// Whether a device may consent each view says: none holds a device that the act's past does not name.
pub(crate) fn consents_of(
    space: SpaceId,
    act: &Act,
    named: &BTreeMap<DeviceId, DeviceView>,
    is_used: impl Fn(&Endorsement) -> bool,
) -> Vec<Consent> {
    let (target, endorsements) = match &act.body.operation {
        Operation::Remove {
            target,
            endorsements,
            ..
        } => (target.endorsed_bytes(), endorsements),
        Operation::SetPolicy {
            policy,
            endorsements,
        } => (endorsed_policy_bytes(policy), endorsements),
        _ => return Vec::new(),
    };
    endorsements
        .iter()
        .filter(|consent| !is_used(consent))
        .filter_map(|consent| {
            let device = named.get(&consent.device_id)?;
            belay_crypto::verify_endorsement(
                &device.sign_pk,
                &space,
                &target,
                &consent.nonce,
                &consent.signature,
            )
            .ok()?;
            Some(Consent {
                device: device.id,
                person: device.person,
            })
        })
        .collect()
}

/// The nonces an act uses up, each of one device.
pub(crate) fn nonces_of(act: &Act) -> impl Iterator<Item = (DeviceId, [u8; 16])> + '_ {
    let endorsements = match &act.body.operation {
        Operation::Remove { endorsements, .. } | Operation::SetPolicy { endorsements, .. } => {
            endorsements.as_slice()
        }
        _ => &[],
    };
    endorsements.iter().map(|one| (one.device_id, one.nonce))
}

/// The acts that a view names as the ones an author's right stands on.
pub(crate) fn grounds_of(by: By, author: &DeviceId, view: &MembershipView) -> Vec<ItemId> {
    let Some(person) = by.person().and_then(|person| view.persons.get(&person)) else {
        return Vec::new();
    };
    let added = match by {
        By::Root(..) => Some(person.added_by),
        _ => view.added_by.get(author).copied(),
    };
    added
        .into_iter()
        .chain(person.role_by)
        .map(|order| order.id)
        .collect()
}
