//! A small cast: personas with keys, who sign items of one space.

#![allow(
    dead_code,
    clippy::unwrap_used,
    reason = "each test file uses its own part; a test may stop at the first surprise"
)]

use belay_crypto::{
    DeviceKey, ItemDraft, KemKey, RootKey, first_device_id, item_id, make_genesis, person_id,
    sign_item,
};
use belay_model::{DeviceId, DocName, Incarnation, ItemId, PersonId, SpaceId};
use belay_protocol::{
    Genesis, History, Item, ItemKind, MembershipBody, Operation, Policy, Removal, SpaceType,
};
use belay_sync::{Act, Content, Membership, Neighbours};
use belay_testkit::SeededEntropy;

/// A persona with its keys and its place in its chain.
pub struct Actor {
    pub root: RootKey,
    pub key: DeviceKey,
    pub genesis: Genesis,
    pub person: PersonId,
    pub device: DeviceId,
    pub seq: u64,
    pub prev: [u8; 32],
}

impl Actor {
    pub fn new(entropy: &mut SeededEntropy) -> Self {
        let root = RootKey::make(entropy);
        let key = DeviceKey::make(entropy);
        let kem = KemKey::make(entropy).statement(0);
        let genesis = make_genesis(&root, &key, kem, entropy);
        let device = first_device_id(&genesis);
        Self {
            person: person_id(&genesis),
            prev: device.to_bytes(),
            root,
            key,
            genesis,
            device,
            seq: 0,
        }
    }

    /// Signs the next item of this actor's chain.
    pub fn item(
        &mut self,
        space: SpaceId,
        kind: ItemKind,
        heads: Vec<ItemId>,
        body: Vec<u8>,
        entropy: &mut SeededEntropy,
    ) -> (ItemId, Item) {
        self.seq += 1;
        let doc_kind = u8::from(kind == ItemKind::Record) * 2;
        let item = sign_item(
            &self.key,
            ItemDraft {
                kind,
                space_id: space,
                device_id: self.device,
                inc: Incarnation(7),
                seq: self.seq,
                prev: self.prev,
                hlc: self.seq << 16,
                heads,
                doc_kind,
                doc_name: DocName::ZERO,
                body,
            },
            entropy,
        )
        .unwrap();
        let id = item_id(&item.header);
        self.prev = id.to_bytes();
        (id, item)
    }

    pub fn act(
        &mut self,
        space: SpaceId,
        heads: Vec<ItemId>,
        operation: Operation,
        entropy: &mut SeededEntropy,
    ) -> (ItemId, Item) {
        let body = MembershipBody {
            operation,
            root_signature: None,
        };
        self.item(space, ItemKind::Membership, heads, body.encode(), entropy)
    }

    /// The `create` item; its id is the space's.
    pub fn create(
        &mut self,
        space_type: SpaceType,
        entropy: &mut SeededEntropy,
    ) -> (SpaceId, Item) {
        let operation = Operation::Create {
            space_type,
            genesis: self.genesis.clone(),
            policy: Policy {
                relays: Vec::new(),
                removal: Removal::Steward,
                history: History::All,
            },
        };
        let (id, item) = self.act(SpaceId::ZERO, Vec::new(), operation, entropy);
        (SpaceId::from(id), item)
    }
}

/// The act an item holds, as the engine hands it to the membership.
pub fn act_of(item: &Item) -> Act {
    let Content::Membership(body) = Content::parse(item).unwrap() else {
        unreachable!("only acts are asked for");
    };
    Act {
        id: item_id(&item.header),
        author: item.header.device_id,
        heads: item.header.heads.clone(),
        body,
    }
}

/// A pair: both personas, the space and its membership.
pub fn pair(entropy: &mut SeededEntropy) -> (Actor, Actor, Membership) {
    let (mut ada, sam) = (Actor::new(entropy), Actor::new(entropy));
    let (space, create) = ada.create(SpaceType::Pair, entropy);
    let operation = Operation::AddPerson {
        genesis: sam.genesis.clone(),
    };
    let (_, added) = ada.act(space, vec![ItemId::from(space)], operation, entropy);
    let mut membership = Membership::new(space);
    for item in [create, added] {
        membership.insert(act_of(&item)).unwrap();
    }
    (ada, sam, membership)
}

/// Nothing is held around the place but the item just before.
pub fn after(before: Option<ItemId>, due: Vec<ItemId>) -> Neighbours {
    Neighbours {
        before,
        due,
        ..Neighbours::default()
    }
}
