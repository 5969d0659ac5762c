//! Pairing at a distance where the relay lies, or somebody else knows the words.

use std::sync::{Arc, Mutex};

use belay_crypto::pairing::DistanceInvitation;
use belay_e2e::{Companion, TestRelay};
use belay_engine::model::{Entropy, TERMS_VERSION};
use belay_engine::{
    ComparisonView, Engine, EngineConfig, InvitationStateView, InviteBy, NewPerson,
};
use belay_protocol::InvitationLink;
use belay_protocol::relay::{RendezvousId, Slot, SlotLife};
use belay_testkit::{FakeClock, KeystoreSecrets, SeededEntropy};
use belay_transport::{RelayClient, RelayOptions};

use super::{DAY_MS, START_MS, reason};

/// A relay's own hand: reads and fills slots of a rendezvous whose id it knows, without the key.
struct Hand {
    client: RelayClient,
    id: RendezvousId,
}

impl Hand {
    fn on(link: &str) -> Self {
        let link = InvitationLink::parse(link).unwrap();
        let place = DistanceInvitation::from_link(&link.secret);
        Self {
            client: RelayClient::new(link.relay.clone(), &RelayOptions::default()).unwrap(),
            id: RendezvousId::from_bytes(place.id),
        }
    }

    async fn read(&self, number: u8) -> Vec<u8> {
        let slot = Slot::new(number).unwrap();
        let read = self.client.get_slot(self.id, slot, 0).await.unwrap();
        read.unwrap_or_else(|| panic!("slot {number} is empty"))
    }

    async fn fill(&self, number: u8, bytes: &[u8]) {
        let slot = Slot::new(number).unwrap();
        let life = SlotLife::Link;
        let put = self.client.put_slot_for(self.id, slot, bytes, life);
        put.await.unwrap();
    }
}

struct Cast {
    clock: FakeClock,
    relay: TestRelay,
    ada: Companion,
    sam: Companion,
}

async fn cast(seed: u64) -> Cast {
    let clock = FakeClock::at(START_MS, "UTC");
    let relay = TestRelay::start(&clock).await;
    let ada = Companion::new("Ada", &clock, seed);
    let sam = Companion::new("Sam", &clock, seed + 1);
    ada.engine.set_relay(Some(relay.origin()), false).unwrap();
    Cast {
        clock,
        relay,
        ada,
        sam,
    }
}

impl Cast {
    async fn link(&self) -> String {
        let made = self.ada.engine.invite_apart(InviteBy::Link).await.unwrap();
        made.text.unwrap()
    }

    /// Nobody has a partner, and both were told that the invitation is burnt.
    fn assert_burned_for(&self, who: &[&Companion]) {
        for one in [&self.ada, &self.sam] {
            assert!(one.engine.partners().unwrap().is_empty());
        }
        for one in who {
            let open = one.engine.open_invitations().unwrap();
            assert_eq!(open.len(), 1);
            assert_eq!(open[0].state, InvitationStateView::Burned);
            assert!(open[0].text.is_none());
        }
    }
}

#[tokio::test]
async fn an_answer_of_the_relays_own_making_burns_the_invitation() {
    let cast = cast(1).await;
    let text = cast.link().await;
    let hand = Hand::on(&text);
    // As long as an answer, and sealed with another key.
    hand.fill(1, &hand.read(0).await.repeat(20)).await;
    let late = cast.sam.engine.accept_apart(&text, None).await;
    assert_eq!(reason(late), "invitation-used");
    let report = cast.ada.sync().await;
    assert_eq!(report.invitations[0].state, InvitationStateView::Burned);
    cast.assert_burned_for(&[&cast.ada]);
    // One answer, and no other after it.
    let report = cast.ada.sync().await;
    assert!(report.invitations.is_empty(), "{report:?}");
}

#[tokio::test]
async fn a_reveal_of_the_relays_own_making_leaves_no_partnership_on_either_side() {
    let cast = cast(3).await;
    let text = cast.link().await;
    cast.sam.engine.accept_apart(&text, None).await.unwrap();
    let hand = Hand::on(&text);
    hand.fill(2, &hand.read(1).await).await;
    let report = cast.ada.sync().await;
    assert_eq!(report.invitations[0].state, InvitationStateView::Burned);
    // It lies beside something that may be a welcome.
    hand.fill(3, &hand.read(1).await).await;
    let report = cast.sam.sync().await;
    assert_eq!(report.invitations[0].state, InvitationStateView::Burned);
    cast.assert_burned_for(&[&cast.ada, &cast.sam]);
}

#[tokio::test]
async fn a_welcome_of_the_relays_own_making_leaves_no_partnership_on_either_side() {
    let cast = cast(5).await;
    let text = cast.link().await;
    cast.sam.engine.accept_apart(&text, None).await.unwrap();
    let hand = Hand::on(&text);
    hand.fill(3, &hand.read(1).await).await;
    cast.ada.sync().await;
    cast.sam.sync().await;
    cast.assert_burned_for(&[&cast.ada, &cast.sam]);
}

#[tokio::test]
async fn an_old_first_message_opens_nothing_at_another_place_and_leads_nowhere_at_its_own() {
    let cast = cast(7).await;
    let text = cast.link().await;
    let m0 = Hand::on(&text).read(0).await;
    let elsewhere = InvitationLink {
        relay: cast.relay.origin().parse().unwrap(),
        secret: [7; 16],
    };
    let elsewhere = elsewhere.to_text();
    Hand::on(&elsewhere).fill(0, &m0).await;
    let refused = cast.sam.engine.accept_apart(&elsewhere, None).await;
    assert_eq!(reason(refused), "pairing-refused");
    assert!(cast.sam.engine.open_invitations().unwrap().is_empty());

    cast.clock.advance_ms(8 * DAY_MS);
    cast.ada.sync().await;
    Hand::on(&text).fill(0, &m0).await;
    cast.sam.engine.accept_apart(&text, None).await.unwrap();
    for _ in 0..2 {
        cast.ada.sync().await;
        cast.sam.sync().await;
    }
    for one in [&cast.ada, &cast.sam] {
        assert!(one.engine.partners().unwrap().is_empty());
    }
}

/// Random bytes of somebody who may choose the next sixteen.
struct Rigged {
    seeded: SeededEntropy,
    chosen: Arc<Mutex<Option<[u8; 16]>>>,
}

impl Entropy for Rigged {
    fn fill(&mut self, bytes: &mut [u8]) {
        let wanted = bytes.len() == 16;
        match self.chosen.lock().unwrap().take_if(|_| wanted) {
            Some(chosen) => bytes.copy_from_slice(&chosen),
            None => self.seeded.fill(bytes),
        }
    }
}

#[tokio::test]
async fn somebody_in_between_who_knows_the_secret_is_found_out_by_the_words() {
    let cast = cast(9).await;
    let text = cast.link().await;
    let secret = InvitationLink::parse(&text).unwrap().secret;
    // Mallory knows what the invitation says, answers it as Sam, and invites Sam as Ada, at a relay that
    // Sam takes for the right one.
    let mallory = Companion::new("Sam", &cast.clock, 90);
    mallory.engine.accept_apart(&text, None).await.unwrap();
    let other_relay = TestRelay::start(&cast.clock).await;
    let chosen = Arc::new(Mutex::new(None));
    let folder = tempfile::tempdir().unwrap();
    let mut config = EngineConfig::new(
        folder.path().join("store"),
        Arc::new(cast.clock.clone()),
        Arc::new(KeystoreSecrets::default()),
    );
    let rigged = Arc::clone(&chosen);
    config.entropy = Arc::new(move || {
        Box::new(Rigged {
            seeded: SeededEntropy::new(91),
            chosen: Arc::clone(&rigged),
        })
    });
    let as_ada = NewPerson {
        display_name: Some("Ada".to_owned()),
        ..NewPerson::default()
    };
    let double = Engine::create(config, as_ada).unwrap();
    double.agree_to_share(TERMS_VERSION).unwrap();
    double.set_relay(Some(other_relay.origin()), false).unwrap();
    *chosen.lock().unwrap() = Some(secret);
    let forged = double.invite_apart(InviteBy::Link).await.unwrap();
    let forged = forged.text.unwrap();
    assert_eq!(InvitationLink::parse(&forged).unwrap().secret, secret);
    cast.sam.engine.accept_apart(&forged, None).await.unwrap();

    cast.ada.sync().await;
    mallory.sync().await;
    double.sync(&|_| {}).await.unwrap();
    cast.sam.sync().await;
    cast.ada.sync().await;
    let [ada, sam] = [&cast.ada, &cast.sam].map(|one| one.engine.partners().unwrap().remove(0));
    assert_eq!((ada.name.as_str(), sam.name.as_str()), ("Sam", "Ada"));
    assert_eq!(ada.comparison, ComparisonView::NotCompared);
    assert_ne!(ada.comparison_words, sam.comparison_words);
    assert_ne!(ada.comparison_digits, sam.comparison_digits);
}
