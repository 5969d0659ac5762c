//! A partner with a program of their own: it pairs by the rules and then sends whatever a test wants.

use belay_crypto::pairing::Scanner;
use belay_crypto::{
    DeviceKey, EpochKeys, EraseKey, ItemDraft, KemKey, RootKey, envelope_id, first_device_id,
    item_id, make_genesis, open_envelope, open_wrap, seal_envelope, sign_item,
};
use belay_model::{DeviceId, DocName, EpochId, Incarnation, ItemId, PersonId, SpaceId, make_bytes};
use belay_protocol::relay::{Cursor, EraseOutcome, EraseToken, RelayOrigin, RendezvousId, Slot};
use belay_protocol::{Bundle, EpochBody, InvitationQr, Item, ItemKind, WrapsBody};
use belay_testkit::{FakeClock, SeededEntropy};
use belay_transport::{RelayClient, RelayOptions, TransportError};

use crate::Companion;

/// The other end of a partnership, in the test's hands.
pub struct RawPartner {
    /// Where every random byte comes from.
    pub entropy: SeededEntropy,
    /// The shared space.
    pub space: SpaceId,
    /// This side's persona.
    pub person: PersonId,
    /// This side's device.
    pub device: DeviceId,
    /// The next place in this device's chain.
    pub seq: u64,
    /// The item before it.
    pub prev: [u8; 32],
    /// The incarnation written under.
    pub inc: u64,
    /// The hybrid clock of the next items; `None` for an honest one.
    pub hlc: Option<u64>,
    /// All leaf acts.
    pub heads: Vec<ItemId>,
    /// The items of the welcome: what the other side wrote so far.
    pub welcomed: Vec<Item>,
    /// The epoch and its keys.
    pub epoch: (EpochId, EpochKeys),
    pub(crate) key: DeviceKey,
    client: RelayClient,
    clock: FakeClock,
}

impl RawPartner {
    /// Pairs with a companion, who shows the invitation.
    ///
    /// # Panics
    /// When the pairing fails.
    pub async fn pair(with: &Companion, relay: &str, seed: u64) -> Self {
        with.engine.set_relay(Some(relay), false).expect("a relay");
        let invitation = with.engine.invite().await.expect("an invitation");
        let (paired, partner) = tokio::join!(
            with.engine.await_partner(&invitation.id),
            Self::accept(&invitation.text, with.clock.clone(), seed),
        );
        paired.expect("paired");
        partner
    }

    async fn accept(text: &str, clock: FakeClock, seed: u64) -> Self {
        let mut entropy = SeededEntropy::new(seed);
        let invitation = InvitationQr::parse(text).expect("an invitation");
        let origin: RelayOrigin = invitation
            .relay
            .as_deref()
            .expect("a relay")
            .parse()
            .expect("an origin");
        let client = RelayClient::new(origin, &RelayOptions::default()).expect("a client");
        let id = RendezvousId::from_bytes(invitation.id);
        let slot = |number| Slot::new(number).expect("a slot");
        let (root, key) = (RootKey::make(&mut entropy), DeviceKey::make(&mut entropy));
        let kem = KemKey::make(&mut entropy);
        let genesis = make_genesis(&root, &key, kem.statement(0), &mut entropy);
        let (scanner, slot0) = Scanner::start(&invitation, &mut entropy).expect("slot 0");
        client.put_slot(id, slot(0), &slot0).await.expect("put 0");
        let slot1 = wait_for(&client, id, slot(1)).await;
        let mut session = scanner.connect(&slot1).expect("slot 1");
        let slot2 = session
            .bundle_slot(&Bundle::Person(genesis.clone()), &key, &mut entropy)
            .expect("slot 2");
        client.put_slot(id, slot(2), &slot2).await.expect("put 2");
        let slot3 = wait_for(&client, id, slot(3)).await;
        let device = first_device_id(&genesis);
        let (_, space, welcome) = session
            .open_welcome_slot(&slot3, &device, &kem)
            .expect("a welcome");
        let items: Vec<Item> = welcome
            .items
            .iter()
            .map(|bytes| Item::parse(bytes).expect("an item"))
            .collect();
        let (heads, epoch) = read_welcome(&items, &space, &device, &kem);
        Self {
            entropy,
            space,
            person: belay_crypto::person_id(&genesis),
            device,
            seq: 1,
            inc: 5,
            hlc: None,
            prev: device.to_bytes(),
            heads,
            welcomed: items,
            epoch,
            key,
            client,
            clock,
        }
    }

    /// Signs an item at the next place of the chain.
    ///
    /// # Panics
    /// When the draft breaks a limit of the format.
    pub fn item(&mut self, kind: ItemKind, doc_kind: u8, name: DocName, body: Vec<u8>) -> Item {
        let draft = ItemDraft {
            kind,
            space_id: self.space,
            device_id: self.device,
            inc: Incarnation(self.inc),
            seq: self.seq,
            prev: self.prev,
            hlc: self.hlc.unwrap_or(self.seq << 16),
            heads: self.heads.clone(),
            doc_kind,
            doc_name: name,
            body,
        };
        let item = sign_item(&self.key, draft, &mut self.entropy).expect("an item");
        self.seq += 1;
        self.prev = item_id(&item.header).to_bytes();
        item
    }

    /// Seals the bytes into one envelope and puts it into the mailbox.
    ///
    /// # Panics
    /// When the relay does not take it.
    pub async fn send(&mut self, items: &[Vec<u8>]) {
        let bytes = self.seal(items);
        self.send_bytes(bytes).await;
    }

    /// Seals the bytes into one envelope.
    ///
    /// # Panics
    /// When they do not fit into one.
    pub fn seal(&mut self, items: &[Vec<u8>]) -> Vec<u8> {
        let nonce = make_bytes(&mut self.entropy);
        let erase_key = EraseKey::make(&mut self.entropy);
        let (epoch, keys) = &self.epoch;
        let sealed =
            seal_envelope(items, keys, &self.space, epoch, &erase_key, nonce).expect("an envelope");
        sealed.bytes
    }

    /// Puts bytes into the mailbox as they are.
    ///
    /// # Panics
    /// When the relay does not take them.
    pub async fn send_bytes(&self, bytes: Vec<u8>) {
        let id = envelope_id(&bytes);
        let now_ms = belay_engine::Clock::now_ms(&self.clock);
        let mailbox = self.epoch.1.mailbox();
        self.client
            .create_mailbox(mailbox, None, now_ms)
            .await
            .expect("a mailbox");
        let taken = self
            .client
            .append(mailbox, &[bytes], now_ms)
            .await
            .expect("taken");
        assert_eq!(taken[0].env_id, id);
    }

    /// Every item in the mailbox that this side can open, as its bytes: all that a partner ever gets.
    ///
    /// # Panics
    /// When the relay does not answer, or an envelope does not open.
    pub async fn read_items(&self) -> Vec<Vec<u8>> {
        let now_ms = belay_engine::Clock::now_ms(&self.clock);
        let (epoch, keys) = &self.epoch;
        let page = self
            .client
            .read(keys.mailbox(), None, 500, 1024 * 1024, 0, now_ms)
            .await
            .expect("a page");
        page.envelopes
            .iter()
            .filter_map(|(_, bytes)| bytes.as_deref())
            .flat_map(|bytes| open_envelope(bytes, keys, &self.space, epoch).expect("opens"))
            .collect()
    }
}

impl RawPartner {
    /// Everything the mailbox holds now, as whoever begins to read would get it; erased envelopes are left
    /// out.
    ///
    /// # Panics
    /// When the relay does not give it.
    pub async fn mailbox(&self) -> Vec<Vec<u8>> {
        let now_ms = belay_engine::Clock::now_ms(&self.clock);
        let (mut held, mut after) = (Vec::new(), None);
        loop {
            let page = self
                .client
                .read(self.epoch.1.mailbox(), after, 100, 1 << 20, 0, now_ms)
                .await
                .expect("a page");
            let seq = page.envelopes.last().map_or(page.head, |(seq, _)| *seq);
            held.extend(page.envelopes.into_iter().filter_map(|(_, bytes)| bytes));
            if seq >= page.head {
                return held;
            }
            after = Some(Cursor {
                generation: page.generation,
                seq,
            });
        }
    }

    /// Opens an envelope with the keys of the epoch.
    ///
    /// # Panics
    /// When it does not open, or holds something else than items.
    #[must_use]
    pub fn open(&self, bytes: &[u8]) -> Vec<Item> {
        let (epoch, keys) = &self.epoch;
        open_envelope(bytes, keys, &self.space, epoch)
            .expect("an envelope of the epoch")
            .iter()
            .map(|bytes| Item::parse(bytes).expect("an item"))
            .collect()
    }

    /// Offers bytes to the mailbox, as a carrier does.
    ///
    /// # Errors
    /// What the relay answers.
    pub async fn offer(&self, bytes: &[u8]) -> Result<(), TransportError> {
        let now_ms = belay_engine::Clock::now_ms(&self.clock);
        let mailbox = self.epoch.1.mailbox();
        let offered = [bytes.to_vec()];
        self.client
            .append(mailbox, &offered, now_ms)
            .await
            .map(|_| ())
    }

    /// Asks the relay to erase an envelope, with a token of this side's own.
    ///
    /// # Panics
    /// When the relay does not answer.
    pub async fn ask_to_erase(&self, bytes: &[u8], token: [u8; 32]) -> EraseOutcome {
        let now_ms = belay_engine::Clock::now_ms(&self.clock);
        let order = (envelope_id(bytes), EraseToken::from_bytes(token), 0);
        let asked = self
            .client
            .erase(self.epoch.1.mailbox(), &[order], now_ms)
            .await
            .expect("an answer");
        asked[0].outcome
    }
}

async fn wait_for(client: &RelayClient, id: RendezvousId, slot: Slot) -> Vec<u8> {
    loop {
        if let Some(bytes) = client.get_slot(id, slot, 25).await.expect("an answer") {
            return bytes;
        }
    }
}

fn read_welcome(
    items: &[Item],
    space: &SpaceId,
    device: &DeviceId,
    kem: &KemKey,
) -> (Vec<ItemId>, (EpochId, EpochKeys)) {
    let body = |item: &Item| item.body.clone().expect("a body");
    let acts: Vec<&Item> = items
        .iter()
        .filter(|item| item.header.kind == ItemKind::Membership)
        .collect();
    let heads = vec![item_id(&acts.last().expect("an act").header)];
    let epoch_item = items
        .iter()
        .find(|item| item.header.kind == ItemKind::Epoch)
        .expect("an epoch");
    let epoch = EpochId::from(item_id(&epoch_item.header));
    let epoch_body = EpochBody::parse(&body(epoch_item)).expect("an epoch body");
    let secret = items
        .iter()
        .filter(|item| item.header.kind == ItemKind::Wraps)
        .find_map(|item| {
            let wraps = WrapsBody::parse(&body(item)).expect("wraps");
            let wrap = wraps.wrap_for(device)?;
            open_wrap(wrap, kem, space, &epoch, &epoch_body).ok()
        })
        .expect("a wrap for this device");
    (heads, (epoch, secret.keys(&epoch)))
}
