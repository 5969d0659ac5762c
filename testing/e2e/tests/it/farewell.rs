//! Deleting everything (D6): at once, also offline, finished later or by force, and resumed wherever it was
//! interrupted. There is never a store that is half alive.

#![allow(clippy::unwrap_used, reason = "a test may stop at the first surprise")]

use crate::cast;

use std::path::Path;
use std::sync::Arc;

use belay_e2e::{Companion, Lie, LyingRelay, TestRelay, add_own_device, pair};
use belay_engine::{
    BelayError, Engine, Farewell, NewCheckIn, NewOwnDevice, NewPerson, PartnershipStandingView,
    SecretStore,
};
use belay_testkit::FakeClock;
use cast::{Cast, HOLD_MS, START_MS, cast};

fn unavailable(reason: &'static str) -> Option<BelayError> {
    Some(BelayError::Unavailable { reason })
}

fn files(dir: &Path) -> Vec<String> {
    let Ok(entries) = std::fs::read_dir(dir) else {
        return Vec::new();
    };
    let mut names: Vec<String> = entries
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .collect();
    names.sort();
    names
}

fn store(who: &Companion) -> std::path::PathBuf {
    who.dir().join("store")
}

/// Nothing is left: no file, no secret, and nothing opens.
fn assert_gone(who: &Companion) {
    assert_eq!(files(&store(who)), Vec::<String>::new());
    assert_eq!(who.config().secrets.load().unwrap(), None);
    assert_eq!(
        Engine::open(who.config(), None).err(),
        Some(BelayError::NotFound { what: "store" })
    );
}

impl Cast {
    async fn with_history(mut self) -> Self {
        self.ada_writes("seen by Sam");
        self.sam_writes("seen by Ada");
        self.exchange().await;
        self.ada.sync().await;
        self.relay.pause().await;
        self.ada_writes("never sent");
        self.clock.advance_ms(HOLD_MS);
        self
    }
}

#[tokio::test]
async fn everything_deleted_offline_is_finished_later_and_leaves_nothing_anywhere() {
    let mut cast = cast().await.with_history().await;
    cast.ada.engine.delete_everything().unwrap();
    assert_eq!(cast.ada.engine.today().err(), Some(BelayError::Closed));
    assert_eq!(
        Engine::open(cast.ada.config(), None).err(),
        unavailable("being-deleted")
    );

    // Without a relay it stays, across restarts, and holds nothing but what has to be said.
    for _ in 0..2 {
        let farewell = Farewell::open(cast.ada.config(), None).unwrap();
        let left = farewell.left().unwrap();
        assert!(left.envelopes > 0 && left.erasures > 0);
        let view = farewell.send().await.unwrap();
        assert_eq!(view.troubles, ["offline"]);
        assert!(!view.finished);
        assert_eq!(
            (view.envelopes, view.erasures),
            (left.envelopes, left.erasures)
        );
    }

    cast.relay.resume().await;
    let view = Farewell::open(cast.ada.config(), None)
        .unwrap()
        .send()
        .await
        .unwrap();
    assert!(view.finished && view.troubles.is_empty(), "{view:?}");
    assert_eq!((view.envelopes, view.erasures), (0, 0));
    assert_gone(&cast.ada);

    cast.sam.sync().await;
    assert_eq!(
        cast.sam_sees().standing,
        PartnershipStandingView::PartnerLeft
    );
    assert_eq!(
        cast.wins(),
        ["seen by Sam"],
        "what they had stays with them"
    );
    assert!(!cast.decoded_by_sam().contains("never sent"));
}

#[tokio::test]
async fn what_was_on_the_relay_can_be_fetched_by_nobody_afterwards() {
    let cast = cast().await;
    cast.ada_writes("on the relay, unread");
    cast.clock.advance_ms(HOLD_MS);
    cast.ada.sync().await;
    cast.ada.engine.delete_everything().unwrap();
    let farewell = Farewell::open(cast.ada.config(), None).unwrap();
    assert!(farewell.send().await.unwrap().finished);
    let report = cast.sam.sync().await;
    assert!(report.troubles.is_empty(), "{report:?}");
    assert!(cast.wins().is_empty(), "it was erased before Sam read it");
    assert_eq!(
        cast.sam_sees().standing,
        PartnershipStandingView::PartnerLeft,
        "the leaving does not need what was erased"
    );
}

#[tokio::test]
async fn no_word_is_left_in_the_store_once_it_only_says_goodbye() {
    let cast = cast().await.with_history().await;
    let dir = store(&cast.ada);
    std::fs::write(dir.join("belay.damaged-1.db"), b"an old copy").unwrap();
    std::fs::write(dir.join("key.before-1.belay"), b"an old key").unwrap();
    cast.ada.engine.delete_everything().unwrap();
    let names = files(&dir);
    assert!(
        !names
            .iter()
            .any(|name| name.contains("damaged") || name.contains("before")),
        "{names:?}"
    );
    let log = std::fs::metadata(dir.join("belay.db-wal")).map_or(0, |log| log.len());
    assert_eq!(log, 0, "the log is emptied, too");
    let kept = Farewell::open(cast.ada.config(), None)
        .unwrap()
        .kept_tables()
        .unwrap();
    assert_eq!(kept, ["meta"], "every other table is empty");
}

#[tokio::test]
async fn removal_goes_on_wherever_it_was_interrupted() {
    let names = {
        let cast = cast().await;
        cast.ada.engine.shutdown().unwrap();
        files(&store(&cast.ada))
    };
    for cut in 0..=names.len() {
        let cast = cast().await;
        cast.ada.engine.shutdown().unwrap();
        let dir = store(&cast.ada);
        // The mark stands, and the process died after some of the files were gone.
        std::fs::write(dir.join("belay.going"), b"").unwrap();
        for name in &names[..cut] {
            std::fs::remove_file(dir.join(name)).unwrap();
        }
        if cut % 2 == 0 {
            cast.ada.config().secrets.delete().unwrap();
        }
        assert_gone_after_opening(&cast.ada);
    }
}

fn assert_gone_after_opening(who: &Companion) {
    assert_eq!(
        Engine::open(who.config(), None).err(),
        Some(BelayError::NotFound { what: "store" })
    );
    assert_gone(who);
    let new = NewPerson::default();
    Engine::create(who.config(), new).unwrap();
}

/// A keystore that is shut when the secret is to go.
struct Shut(Arc<dyn SecretStore>);

impl SecretStore for Shut {
    fn load(&self) -> Result<Option<Vec<u8>>, BelayError> {
        self.0.load()
    }

    fn save(&self, secret: &[u8]) -> Result<(), BelayError> {
        self.0.save(secret)
    }

    fn delete(&self) -> Result<(), BelayError> {
        Err(BelayError::Locked)
    }

    fn opens(&self) -> Result<Option<u64>, BelayError> {
        self.0.opens()
    }

    fn save_opens(&self, opens: u64) -> Result<(), BelayError> {
        self.0.save_opens(opens)
    }
}

#[tokio::test]
async fn a_keystore_that_is_shut_delays_the_end_and_brings_nothing_back() {
    let cast = cast().await;
    cast.ada.engine.shutdown().unwrap();
    let mut shut = cast.ada.config();
    shut.secrets = Arc::new(Shut(Arc::clone(&shut.secrets)));
    assert_eq!(Engine::erase_now(&shut).err(), Some(BelayError::Locked));
    assert_eq!(Engine::open(shut, None).err(), Some(BelayError::Locked));
    assert_gone_after_opening(&cast.ada);
}

#[tokio::test]
async fn the_last_way_tells_nobody_and_needs_no_key() {
    let cast = cast().await.with_history().await;
    cast.ada.engine.delete_everything().unwrap();
    Engine::erase_now(&cast.ada.config()).unwrap();
    assert_gone(&cast.ada);
    assert_eq!(
        Engine::erase_now(&cast.ada.config()).err(),
        Some(BelayError::NotFound { what: "store" })
    );
    assert_eq!(
        Farewell::open(cast.ada.config(), None).err(),
        Some(BelayError::NotFound { what: "store" })
    );
    assert_eq!(
        cast.sam
            .engine
            .partner(&cast.space)
            .unwrap()
            .partner
            .standing,
        PartnershipStandingView::Active
    );
}

#[tokio::test]
async fn a_store_that_nobody_deletes_says_no_farewell() {
    let cast = cast().await;
    assert_eq!(
        Farewell::open(cast.ada.config(), None).err(),
        Some(BelayError::NotFound { what: "farewell" })
    );
    cast.ada.engine.today().unwrap();
}

fn alone(clock: &FakeClock, relay: &str) -> Companion {
    let phone = Companion::new("Ada", clock, 1);
    phone.engine.set_relay(Some(relay), false).unwrap();
    phone.engine.set_self_copy(true).unwrap();
    let new = NewCheckIn {
        win: Some("for nobody else".to_owned()),
        ..NewCheckIn::default()
    };
    phone.engine.write_check_in(new).unwrap();
    phone
}

#[tokio::test]
async fn the_sealed_copy_leaves_every_relay_with_the_last_device() {
    let clock = FakeClock::at(START_MS, "UTC");
    let [first, second] = [
        TestRelay::start(&clock).await,
        TestRelay::start(&clock).await,
    ];
    let phone = alone(&clock, first.origin());
    phone.sync().await;
    phone.engine.set_self_copy(false).unwrap();
    let there = second.origin();
    phone.engine.set_relay(Some(there), false).unwrap();
    phone.engine.set_self_copy(true).unwrap();
    phone.sync().await;
    phone.engine.delete_everything().unwrap();
    let farewell = Farewell::open(phone.config(), None).unwrap();
    let left = farewell.left().unwrap();
    assert_eq!(left.envelopes, 0, "nobody is there to be told");
    assert!(
        left.erasures > 0 && left.erasures.is_multiple_of(2),
        "{left:?}"
    );
    let view = farewell.send().await.unwrap();
    assert!(view.finished && view.troubles.is_empty(), "{view:?}");
    assert_gone(&phone);
}

#[tokio::test]
async fn the_sealed_copy_stays_for_another_device() {
    let clock = FakeClock::at(START_MS, "UTC");
    let relay = TestRelay::start(&clock).await;
    let phone = alone(&clock, relay.origin());
    let tablet = Companion::further_device(&clock, 2);
    add_own_device(&phone, &tablet, "tablet").await;
    phone.sync().await;
    phone.engine.delete_everything().unwrap();
    let farewell = Farewell::open(phone.config(), None).unwrap();
    assert_eq!(farewell.left().unwrap().erasures, 0);
    assert!(farewell.send().await.unwrap().finished);
    tablet.sync().await;
    assert_eq!(tablet.engine.check_ins(10).unwrap().len(), 1);
}

#[tokio::test]
async fn a_further_device_begins_only_after_a_removal_that_was_begun_is_finished() {
    let cast = cast().await;
    cast.ada.engine.shutdown().unwrap();
    std::fs::write(store(&cast.ada).join("belay.going"), b"").unwrap();
    let new = NewOwnDevice::default();
    drop(Engine::create_own_device(cast.ada.config(), new).unwrap());
    let opened = Engine::open(cast.ada.config(), None).unwrap();
    assert!(opened.is_waiting_device().unwrap());
}

#[tokio::test]
async fn a_relay_that_forgets_the_mailbox_it_just_made_is_not_asked_without_end() {
    let clock = FakeClock::at(START_MS, "UTC");
    let mut liar = LyingRelay::new().await;
    let relay = TestRelay::start_as(&clock, &liar.origin()).await;
    liar.lead_to(relay.addr());
    let (ada, sam) = (
        Companion::new("Ada", &clock, 1),
        Companion::new("Sam", &clock, 2),
    );
    pair(&ada, &sam, relay.origin()).await;
    ada.engine.delete_everything().unwrap();
    liar.tell(Lie::ForgetsMailboxes);
    let farewell = Farewell::open(ada.config(), None).unwrap();
    let view = farewell.send().await.unwrap();
    assert!(!view.finished && !view.troubles.is_empty(), "{view:?}");
    liar.tell(Lie::None);
    let farewell = Farewell::open(ada.config(), None).unwrap();
    assert!(farewell.send().await.unwrap().finished);
}
