//! A person with two devices, and a pair of people: keys, acts and an epoch, always the same.

use belay_crypto::{
    DeviceKey, EpochKeys, EpochSecret, EraseKey, ItemDraft, KemKey, RootKey, device_id,
    first_device_id, item_id, make_genesis, person_id, sign_item,
};
use belay_model::{DeviceId, DocName, Entropy, EpochId, Incarnation, ItemId, PersonId, SpaceId};
use belay_protocol::{
    DeviceCertificate, History, Item, ItemKind, MembershipBody, Operation, Policy, Removal,
    SpaceType,
};
use belay_sync::{Act, Membership};

/// Counts instead of drawing, so that every run is the same.
pub struct Counted(pub u64);

impl Entropy for Counted {
    fn fill(&mut self, bytes: &mut [u8]) {
        for chunk in bytes.chunks_mut(8) {
            self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
            let mixed = (self.0 ^ (self.0 >> 29)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
            chunk.copy_from_slice(&mixed.to_le_bytes()[..chunk.len()]);
        }
    }
}

/// One device and the key it signs with.
pub struct Author {
    pub key: DeviceKey,
    pub device: DeviceId,
    pub person: PersonId,
}

/// A space with an honest device and one in the fuzzer's hands.
pub struct World {
    pub space: SpaceId,
    pub membership: Membership,
    pub honest: Author,
    pub hostile: Author,
    pub epoch: EpochId,
    pub keys: EpochKeys,
    pub erase: EraseKey,
}

/// Signs an item; the caller chooses everything.
pub fn sign(author: &Author, draft: ItemDraft) -> Option<Item> {
    sign_item(&author.key, draft, &mut Counted(3)).ok()
}

fn act(author: &Author, space: SpaceId, heads: Vec<ItemId>, operation: Operation) -> Act {
    let body = MembershipBody {
        operation,
        root_signature: None,
    };
    let draft = ItemDraft {
        kind: ItemKind::Membership,
        space_id: space,
        device_id: author.device,
        inc: Incarnation(0),
        seq: 1,
        prev: author.device.to_bytes(),
        hlc: 1,
        heads: heads.clone(),
        doc_kind: 0,
        doc_name: DocName::ZERO,
        body: body.encode(),
    };
    let Some(item) = sign(author, draft) else {
        panic!("an honest act is well formed");
    };
    Act {
        id: item_id(&item.header),
        author: author.device,
        heads,
        body,
    }
}

impl World {
    /// A `self` space with a phone and a stolen tablet, or a pair with a hostile partner.
    pub fn new(space_type: SpaceType) -> Self {
        let mut entropy = Counted(space_type as u64);
        let (root, key) = (RootKey::make(&mut entropy), DeviceKey::make(&mut entropy));
        let kem = KemKey::make(&mut entropy).statement(0);
        let genesis = make_genesis(&root, &key, kem, &mut entropy);
        let honest = Author {
            device: first_device_id(&genesis),
            person: person_id(&genesis),
            key,
        };
        let policy = Policy {
            relays: Vec::new(),
            removal: Removal::Steward,
            history: History::All,
        };
        let create = Operation::Create {
            space_type,
            genesis,
            policy,
        };
        let create = act(&honest, SpaceId::ZERO, Vec::new(), create);
        let space = SpaceId::from(create.id);
        let heads = vec![create.id];
        let mut membership = Membership::new(space);
        let key = DeviceKey::make(&mut entropy);
        let kem = KemKey::make(&mut entropy).statement(0);
        let (hostile, addition) = if space_type == SpaceType::SelfSpace {
            let random = [5; 16];
            let certificate = DeviceCertificate {
                person_id: honest.person,
                sign_pk: key.public(),
                random,
                kem,
            };
            let device = device_id(&honest.person, &key.public(), &random);
            let person = honest.person;
            let author = Author {
                key,
                device,
                person,
            };
            (author, Operation::AddDevice { certificate })
        } else {
            let root = RootKey::make(&mut entropy);
            let genesis = make_genesis(&root, &key, kem, &mut entropy);
            let author = Author {
                device: first_device_id(&genesis),
                person: person_id(&genesis),
                key,
            };
            (author, Operation::AddPerson { genesis })
        };
        let addition = act(&honest, space, heads, addition);
        for act in [create, addition] {
            if membership.insert(act).is_err() {
                panic!("honest acts count");
            }
        }
        let epoch = EpochId::from_bytes([6; 32]);
        Self {
            space,
            membership,
            honest,
            hostile,
            keys: EpochSecret::from_bytes([1; 32]).keys(&epoch),
            epoch,
            erase: EraseKey::from_bytes([2; 32]),
        }
    }
}
