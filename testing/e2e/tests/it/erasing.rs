//! What was taken back leaves the relay, and what travelled with it stays: looked at by a partner who holds
//! the keys and reads the mailbox from its beginning.

#![allow(clippy::unwrap_used, reason = "a test may stop at the first surprise")]

use std::collections::{BTreeMap, BTreeSet};

use belay_e2e::{Companion, Door, RawPartner, TestRelay};
use belay_engine::model::{CheckInFields, DocName, Mood};
use belay_engine::{ErasureCountsView, ErasureStateView, NewCheckIn, SyncReport, Waited};
use belay_model::make_bytes;
use belay_protocol::relay::EraseOutcome;
use belay_protocol::{EraseBody, Item, ItemKind};
use belay_testkit::{FakeClock, SeededEntropy};
use belay_transport::TransportError;

const START_MS: i64 = 1_772_476_200_000;
const HOLD_MS: i64 = 11_000;
const DAY_MS: i64 = 86_400_000;

struct Scene {
    clock: FakeClock,
    door: Door,
    relay: TestRelay,
    ada: Companion,
    partner: RawPartner,
}

impl Scene {
    async fn new(seed: u64) -> Self {
        let clock = FakeClock::at(START_MS, "UTC");
        let mut door = Door::new().await;
        let relay = TestRelay::start_behind(&clock, &mut door).await;
        let ada = Companion::new("Ada", &clock, seed);
        let partner = RawPartner::pair(&ada, relay.origin(), seed + 1).await;
        Self {
            clock,
            door,
            relay,
            ada,
            partner,
        }
    }

    fn check_in(&self, win: &str) -> NewCheckIn {
        let audience = BTreeMap::from([(self.partner.space, CheckInFields::all())]);
        NewCheckIn {
            mood: Some(Mood::new(2).unwrap()),
            win: Some(win.to_owned()),
            audience: Some(audience),
            ..NewCheckIn::default()
        }
    }

    fn write(&self, win: &str) -> DocName {
        let written = self.ada.engine.write_check_in(self.check_in(win));
        written.unwrap().name
    }

    /// Lets every hold end, then syncs.
    async fn exchange(&self) -> SyncReport {
        self.clock.advance_ms(HOLD_MS);
        self.ada.sync().await
    }

    async fn exchange_well(&self) {
        let report = self.exchange().await;
        assert!(report.troubles.is_empty(), "{report:?}");
    }

    /// Envelopes of the mailbox in which somebody who holds the keys reads such words.
    async fn holding(&self, words: &str) -> Vec<Vec<u8>> {
        let mut held = self.partner.mailbox().await;
        held.retain(|bytes| {
            self.partner
                .open(bytes)
                .iter()
                .any(|item| says(item, words))
        });
        held
    }

    async fn is_there(&self, words: &str) -> bool {
        !self.holding(words).await.is_empty()
    }

    /// Every place of Ada's chains is filled for whoever begins to read now: by an item, or by an `erase`.
    async fn check_that_nothing_is_missing(&self) {
        let (mut filled, mut highest) = (BTreeSet::new(), BTreeMap::new());
        for bytes in self.partner.mailbox().await {
            for item in self.partner.open(&bytes) {
                let header = &item.header;
                if header.device_id == self.partner.device {
                    continue;
                }
                let top = highest.entry((header.device_id, header.inc)).or_insert(0);
                *top = header.seq.max(*top);
                filled.insert((header.device_id, header.inc, header.seq));
                if header.kind == ItemKind::Erase {
                    let body = EraseBody::parse(item.body.as_deref().unwrap()).unwrap();
                    let slots = body.slots.iter();
                    filled.extend(slots.map(|slot| (slot.device_id, slot.inc, slot.seq)));
                }
            }
        }
        // What stands before the first epoch travels in the welcome.
        for ((device, inc), top) in highest {
            let first = filled
                .iter()
                .find(|(of, under, _)| (*of, *under) == (device, inc));
            for seq in first.unwrap().2..=top {
                assert!(filled.contains(&(device, inc, seq)), "{seq} is missing");
            }
        }
    }

    fn counts(&self) -> ErasureCountsView {
        let status = self.ada.engine.status().unwrap();
        let space = status
            .spaces
            .iter()
            .find(|shown| shown.space == self.partner.space);
        space.unwrap().relays[0].erasures
    }

    /// Whether the relay's files still have the sealed bytes somewhere.
    async fn files_hold(&mut self, envelope: &[u8]) -> bool {
        self.relay.pause().await;
        let sealed = &envelope[envelope.len() - 64..];
        let held = std::fs::read_dir(self.relay.dir()).unwrap().any(|entry| {
            let bytes = std::fs::read(entry.unwrap().path()).unwrap();
            bytes.windows(sealed.len()).any(|window| window == sealed)
        });
        self.relay.resume().await;
        held
    }
}

fn says(item: &Item, words: &str) -> bool {
    item.body.as_deref().is_some_and(|body| {
        body.windows(words.len())
            .any(|part| part == words.as_bytes())
    })
}

#[tokio::test]
async fn what_was_taken_back_late_leaves_the_relay_and_what_travelled_with_it_stays() {
    let mut scene = Scene::new(1).await;
    scene.write("this one stays");
    let gone = scene.write("this one goes");
    scene.exchange_well().await;
    let before = scene.holding("this one goes").await;
    assert_eq!(before.len(), 1);
    assert_eq!(
        scene.holding("this one stays").await,
        before,
        "one envelope"
    );
    assert!(scene.files_hold(&before[0]).await);

    assert!(scene.ada.engine.undo_check_in(&gone).unwrap().may_have_left);
    let shown = scene.ada.engine.check_in(&gone).unwrap();
    let erasure = &shown.shared_with[0].erasures[0];
    assert_eq!(erasure.state, ErasureStateView::Waiting);
    scene.exchange_well().await;
    assert!(!scene.is_there("this one goes").await);
    assert!(scene.is_there("this one stays").await);
    scene.check_that_nothing_is_missing().await;
    assert!(
        !scene.files_hold(&before[0]).await,
        "overwritten on the disk"
    );
    let shown = scene.ada.engine.check_in(&gone).unwrap();
    let erasure = &shown.shared_with[0].erasures[0];
    assert_eq!(erasure.state, ErasureStateView::Erased);
    assert_eq!(erasure.relay, scene.relay.origin());
    let counts = scene.counts();
    assert_eq!((counts.waiting, counts.erased), (0, 1));
    let quiet = scene.exchange().await;
    assert_eq!(quiet.envelopes_sent, 0, "once is enough");
}

#[tokio::test]
async fn an_edit_leaves_nothing_of_the_earlier_words_on_the_relay() {
    let scene = Scene::new(3).await;
    let name = scene.write("first words");
    scene.exchange_well().await;
    for (earlier, later) in [
        ("first words", "second words"),
        ("second words", "third words"),
    ] {
        let edit = scene.check_in(later);
        scene.ada.engine.edit_check_in(&name, edit).unwrap();
        assert!(
            scene.is_there(earlier).await,
            "until the new ones are there"
        );
        scene.exchange_well().await;
        assert!(!scene.is_there(earlier).await);
        assert!(scene.is_there(later).await);
        scene.check_that_nothing_is_missing().await;
    }
    // Shown to nobody any more: the same as taken back.
    let narrowed = NewCheckIn {
        audience: Some(BTreeMap::new()),
        ..scene.check_in("third words")
    };
    scene.ada.engine.edit_check_in(&name, narrowed).unwrap();
    scene.exchange_well().await;
    assert!(!scene.is_there("third words").await);
    scene.check_that_nothing_is_missing().await;
}

#[tokio::test]
async fn a_relay_that_is_away_is_asked_when_it_is_back() {
    let mut scene = Scene::new(5).await;
    scene.write("this one stays");
    let gone = scene.write("this one goes");
    scene.exchange_well().await;
    scene.relay.pause().await;
    scene.ada.engine.undo_check_in(&gone).unwrap();
    assert_eq!(scene.exchange().await.troubles[0].code, "offline");
    scene.ada.restart();
    scene.relay.resume().await;
    scene.exchange_well().await;
    assert!(!scene.is_there("this one goes").await);
    assert!(scene.is_there("this one stays").await);
}

#[tokio::test]
async fn killed_between_sending_again_and_erasing_it_goes_on_where_it_stopped() {
    let mut scene = Scene::new(7).await;
    scene.write("this one stays");
    let gone = scene.write("this one goes");
    scene.exchange_well().await;
    scene.ada.engine.undo_check_in(&gone).unwrap();
    scene.door.shut_for_erasing(true);
    let report = scene.exchange().await;
    assert_eq!(report.troubles[0].code, "offline");
    assert!(report.envelopes_sent > 0);
    assert_eq!(scene.holding("this one stays").await.len(), 2);
    assert!(scene.is_there("this one goes").await);
    assert_eq!(scene.counts().waiting, 1);
    scene.ada.restart();
    scene.door.shut_for_erasing(false);
    scene.exchange_well().await;
    assert!(!scene.is_there("this one goes").await);
    assert_eq!(scene.holding("this one stays").await.len(), 1);
    assert_eq!(scene.counts().waiting, 0);
}

#[tokio::test]
async fn a_carrier_cannot_bring_back_what_its_author_erased() {
    let scene = Scene::new(9).await;
    let gone = scene.write("this one goes");
    scene.exchange_well().await;
    let carried = scene.holding("this one goes").await.remove(0);
    scene.ada.engine.undo_check_in(&gone).unwrap();
    scene.exchange_well().await;
    let refused = scene.partner.offer(&carried).await.unwrap_err();
    let envelopes = vec![belay_crypto::envelope_id(&carried)];
    assert_eq!(refused, TransportError::Erased { envelopes });
    assert!(!scene.is_there("this one goes").await);
}

#[tokio::test]
async fn nobody_but_the_author_can_erase() {
    let scene = Scene::new(11).await;
    scene.write("hers");
    scene.exchange_well().await;
    let hers = scene.holding("hers").await.remove(0);
    let asked = scene.partner.ask_to_erase(&hers, [7; 32]).await;
    assert_eq!(asked, EraseOutcome::WrongToken);
    assert!(scene.is_there("hers").await);
}

#[tokio::test]
async fn a_relay_put_back_from_a_copy_erases_again() {
    let mut scene = Scene::new(13).await;
    scene.write("this one stays");
    let gone = scene.write("this one goes");
    scene.exchange_well().await;
    scene.relay.pause().await;
    let copy = tempfile::tempdir().unwrap();
    TestRelay::copy_files(scene.relay.dir(), copy.path());
    scene.relay.resume().await;
    scene.ada.engine.undo_check_in(&gone).unwrap();
    scene.exchange_well().await;
    assert!(!scene.is_there("this one goes").await);

    scene.relay.pause().await;
    TestRelay::copy_files(copy.path(), scene.relay.dir());
    scene.relay.resume().await;
    assert!(scene.is_there("this one goes").await, "as the copy has it");
    scene.exchange_well().await;
    assert!(!scene.is_there("this one goes").await);
    assert!(scene.is_there("this one stays").await);
    scene.check_that_nothing_is_missing().await;
}

#[tokio::test]
async fn an_envelope_from_before_a_new_secret_can_still_be_erased() {
    let scene = Scene::new(15).await;
    let gone = scene.write("this one goes");
    scene.exchange_well().await;
    assert!(scene.is_there("this one goes").await);
    let epoch = || {
        let status = scene.ada.engine.status().unwrap();
        let mut spaces = status.spaces.into_iter();
        spaces
            .find(|shown| shown.space == scene.partner.space)
            .unwrap()
            .epoch
    };
    let before = epoch();
    scene.clock.advance_ms(31 * DAY_MS);
    scene.exchange_well().await;
    assert_ne!(epoch(), before, "a month is over");
    scene.ada.engine.undo_check_in(&gone).unwrap();
    scene.exchange_well().await;
    assert!(!scene.is_there("this one goes").await);
    let counts = scene.counts();
    assert_eq!((counts.waiting, counts.erased), (0, 1));
}

#[tokio::test]
async fn an_envelope_whose_answer_was_lost_is_erased_with_what_it_held() {
    let scene = Scene::new(17).await;
    scene.write("this one stays");
    let gone = scene.write("this one goes");
    // Sealed, and for all this device knows not there.
    scene.door.shut_for_sending(true);
    scene.exchange().await;
    scene.ada.engine.undo_check_in(&gone).unwrap();
    scene.door.shut_for_sending(false);
    scene.exchange_well().await;
    assert!(!scene.is_there("this one goes").await);
    assert!(scene.is_there("this one stays").await);
    let counts = scene.counts();
    assert_eq!((counts.waiting, counts.not_there), (0, 1));
    scene.check_that_nothing_is_missing().await;
}

#[tokio::test]
async fn what_was_taken_back_during_a_pause_leaves_the_relay_after_it() {
    let scene = Scene::new(21).await;
    let space = scene.partner.space;
    scene.write("this one stays");
    let gone = scene.write("this one goes");
    scene.exchange_well().await;
    scene.ada.engine.pause_sharing(&space).unwrap();
    scene.ada.engine.undo_check_in(&gone).unwrap();
    scene.exchange_well().await;
    assert!(scene.is_there("this one goes").await, "a pause is silent");
    scene
        .ada
        .engine
        .resume_sharing(&space, Waited::Keep)
        .unwrap();
    scene.exchange_well().await;
    assert!(!scene.is_there("this one goes").await);
    assert!(scene.is_there("this one stays").await);
    scene.check_that_nothing_is_missing().await;
}

#[tokio::test]
async fn a_delivery_that_meets_its_own_erasure_goes_on_without_what_was_taken_back() {
    let mut scene = Scene::new(19).await;
    scene.write("this one stays");
    let gone = scene.write("this one goes");
    scene.door.shut_for_sending(true);
    scene.exchange().await;
    // The same sealed envelope is on two phones now.
    let copy = scene.ada.copied();
    scene.door.shut_for_sending(false);
    scene.door.keep_next_delivery();
    let (copied, ()) = tokio::join!(copy.sync(), async {
        scene.door.until_kept().await;
        scene.exchange_well().await;
        assert!(scene.is_there("this one goes").await);
        scene.ada.engine.undo_check_in(&gone).unwrap();
        scene.exchange_well().await;
        assert!(!scene.is_there("this one goes").await);
        scene.door.let_go();
    });
    assert!(copied.troubles.is_empty(), "{copied:?}");
    assert!(!scene.is_there("this one goes").await);
    assert!(scene.is_there("this one stays").await);
    assert!(copy.sync().await.troubles.is_empty(), "nothing is stuck");
    assert!(scene.ada.sync().await.troubles.is_empty());
    assert!(!scene.is_there("this one goes").await);
    assert!(scene.is_there("this one stays").await);
}

#[tokio::test]
async fn whatever_happens_what_lives_is_there_and_what_was_taken_back_is_not() {
    for seed in 0..4 {
        let mut scene = Scene::new(100 + 10 * seed).await;
        let mut chance = SeededEntropy::new(seed);
        // Names and the words that stand; words that were taken back.
        let mut standing: Vec<(DocName, String)> = Vec::new();
        let mut gone: Vec<String> = Vec::new();
        for step in 0..24 {
            let [what, which] = make_bytes::<2>(&mut chance);
            let words = format!("words of step {step:02} in life {seed}");
            let at = usize::from(which) % standing.len().max(1);
            match what % 8 {
                0..=2 => standing.push((scene.write(&words), words)),
                3 if !standing.is_empty() => {
                    let edit = scene.check_in(&words);
                    let name = standing[at].0;
                    scene.ada.engine.edit_check_in(&name, edit).unwrap();
                    gone.push(std::mem::replace(&mut standing[at].1, words));
                }
                4 if !standing.is_empty() => {
                    let (name, words) = standing.remove(at);
                    scene.ada.engine.undo_check_in(&name).unwrap();
                    gone.push(words);
                }
                5 => scene.ada.restart(),
                6 => {
                    scene.door.shut_for_sending(which % 2 == 0);
                    scene.door.shut_for_erasing(which % 3 == 0);
                }
                _ => {
                    scene.exchange().await;
                }
            }
        }
        scene.door.shut_for_sending(false);
        scene.door.shut_for_erasing(false);
        scene.exchange_well().await;
        scene.exchange_well().await;
        for (_, words) in &standing {
            assert!(scene.is_there(words).await, "seed {seed}: {words} is lost");
        }
        for words in &gone {
            assert!(!scene.is_there(words).await, "seed {seed}: {words} is left");
        }
        scene.check_that_nothing_is_missing().await;
        assert_eq!(scene.counts().waiting, 0, "seed {seed}");
    }
}
