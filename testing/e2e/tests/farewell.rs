//! Deleting everything (D6): at once, also offline, finished later or by force, and resumed wherever it was
//! interrupted. There is never a store that is half alive.

#![allow(clippy::unwrap_used, reason = "a test may stop at the first surprise")]

mod cast;

use std::path::Path;
use std::sync::Arc;

use belay_e2e::Companion;
use belay_engine::{BelayError, Engine, Farewell, NewPerson, PartnershipStandingView, SecretStore};
use cast::{Cast, HOLD_MS, cast};

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
