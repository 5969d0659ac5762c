//! People with keys, and the acts they sign.

use belay_crypto::{
    DeviceKey, KemKey, RootKey, device_id, first_device_id, make_genesis, person_id, sign_endorsement, sign_root,
};
use belay_model::{DeviceId, ItemId, PersonId, SpaceId, make_bytes};
use belay_protocol::{
    DeviceCertificate, Endorsement, Genesis, History, MembershipBody, Operation, Policy, Removal, RemoveTarget,
    SpaceType, endorsed_policy_bytes,
};
use belay_sync::Act;

use crate::chance::Chance;

/// A device in somebody's hand.
pub struct Device {
    /// The device.
    pub id: DeviceId,
    /// Whose it is.
    pub person: PersonId,
    /// What it signs with.
    pub key: DeviceKey,
    /// What is sealed to it opens with this.
    pub kem: KemKey,
    /// What an act that adds it carries.
    pub certificate: DeviceCertificate,
}

/// One coming of a person into a space: who comes back has a new one.
pub struct Persona {
    /// The recovery key P.
    pub root: RootKey,
    /// What P signed.
    pub genesis: Genesis,
    /// The device the person comes with.
    pub first: Device,
}

impl Persona {
    /// Makes keys for a person who comes.
    pub fn make(chance: &mut Chance) -> Self {
        let (root, key, kem) = (RootKey::make(chance), DeviceKey::make(chance), KemKey::make(chance));
        let genesis = make_genesis(&root, &key, kem.statement(0), chance);
        let person = person_id(&genesis);
        let certificate = DeviceCertificate {
            person_id: person,
            sign_pk: key.public(),
            random: genesis.random,
            kem: genesis.kem.clone(),
        };
        let first = Device { id: first_device_id(&genesis), person, key, kem, certificate };
        Self { root, genesis, first }
    }

    /// Makes keys for a further device.
    pub fn device(&self, chance: &mut Chance) -> Device {
        let (key, kem, random) = (DeviceKey::make(chance), KemKey::make(chance), make_bytes(chance));
        let person = self.first.person;
        let certificate = DeviceCertificate { person_id: person, sign_pk: key.public(), random, kem: kem.statement(0) };
        Device { id: device_id(&person, &key.public(), &random), person, key, kem, certificate }
    }

    /// The person's id in the space.
    #[must_use]
    pub const fn id(&self) -> PersonId {
        self.first.person
    }

    /// The operation that brings this person into a space.
    #[must_use]
    pub fn addition(&self) -> Operation {
        Operation::AddPerson { genesis: self.genesis.clone() }
    }

    /// The operation that begins a space.
    #[must_use]
    pub fn creation(&self, space_type: SpaceType, policy: Policy) -> Operation {
        Operation::Create { space_type, genesis: self.genesis.clone(), policy }
    }
}

/// A policy without relays.
#[must_use]
pub const fn policy(removal: Removal, history: History) -> Policy {
    Policy { relays: Vec::new(), removal, history }
}

/// The removal of a person, without consents.
#[must_use]
pub const fn removal(person: PersonId) -> Operation {
    Operation::Remove { target: RemoveTarget::Person(person), seen: Vec::new(), endorsements: Vec::new() }
}

/// The removal of a device.
#[must_use]
pub const fn removal_of(device: DeviceId) -> Operation {
    Operation::Remove { target: RemoveTarget::Device(device), seen: Vec::new(), endorsements: Vec::new() }
}

/// Puts members' consents to a removal or a change of policy into the operation.
pub fn consent(operation: &mut Operation, space: SpaceId, by: &[&Device], nonce: [u8; 16]) {
    let target = match operation {
        Operation::Remove { target, .. } => target.endorsed_bytes(),
        Operation::SetPolicy { policy, .. } => endorsed_policy_bytes(policy),
        _ => return,
    };
    let mut consents: Vec<Endorsement> = by
        .iter()
        .map(|device| Endorsement {
            device_id: device.id,
            nonce,
            signature: sign_endorsement(&device.key, &space, &target, &nonce),
        })
        .collect();
    consents.sort_by_key(|one| one.device_id);
    if let Operation::Remove { endorsements, .. } | Operation::SetPolicy { endorsements, .. } = operation {
        *endorsements = consents;
    }
}

/// An act with an id that follows from what it says, as an item's does. Nobody looks at items here.
#[must_use]
pub fn act(author: DeviceId, mut heads: Vec<ItemId>, operation: Operation) -> Act {
    heads.sort_unstable();
    let body = MembershipBody { operation, root_signature: None };
    Act { id: id_of(author, &heads, &body), author, heads, body }
}

/// An act in the name of a recovery key, carried by a device.
#[must_use]
pub fn root_act(
    root: &RootKey,
    space: SpaceId,
    carrier: DeviceId,
    mut heads: Vec<ItemId>,
    operation: Operation,
) -> Act {
    heads.sort_unstable();
    let signature = sign_root(root, &space, &heads, &operation);
    let body = MembershipBody { operation, root_signature: Some(signature) };
    Act { id: id_of(carrier, &heads, &body), author: carrier, heads, body }
}

fn id_of(author: DeviceId, heads: &[ItemId], body: &MembershipBody) -> ItemId {
    let mut bytes = author.as_bytes().to_vec();
    heads.iter().for_each(|head| bytes.extend_from_slice(head.as_bytes()));
    bytes.extend(body.encode());
    let mut sum = 0xcbf2_9ce4_8422_2325_u64;
    for byte in bytes {
        sum = (sum ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
    }
    ItemId::from_bytes(Chance::new(sum).bytes())
}
