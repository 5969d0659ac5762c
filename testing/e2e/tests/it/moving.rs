//! Moving to another relay: nothing that was exchanged is lost, whichever relay dies when, nothing that was
//! erased comes back, and whoever did not know of it follows.

#![allow(clippy::unwrap_used, reason = "a test may stop at the first surprise")]

use belay_e2e::{Companion, TestRelay, add_own_device, pair};
use belay_engine::model::SpaceId;
use belay_engine::{Clock, NewCheckIn, RelayMoveView, SpaceKindView, SystemClock};
use belay_testkit::FakeClock;

use crate::cast::{Cast, DAY_MS, HOLD_MS, START_MS, cast, check_in};
use crate::process::RelayProcess;

fn left(view: &RelayMoveView) -> Vec<(String, bool)> {
    let left = view.left.iter();
    left.map(|left| (left.relay.clone(), left.told)).collect()
}

impl Cast {
    fn ada_moves(&self, to: &str) -> RelayMoveView {
        self.ada.engine.move_relay(&self.space, to, false).unwrap()
    }

    fn ada_reads(&self) -> Vec<String> {
        let page = self.ada.engine.partner(&self.space).unwrap();
        let wins = page.check_ins.into_iter();
        wins.filter_map(|shown| shown.check_in.win).collect()
    }
}

#[tokio::test]
async fn a_partnership_moves_with_all_that_was_exchanged_and_the_old_relay_may_go() {
    let mut cast = cast().await;
    cast.ada_writes("before");
    cast.sam_writes("his own");
    cast.exchange().await;
    cast.exchange().await;
    let old = cast.relay.origin().to_owned();
    let new = TestRelay::start(&cast.clock).await;
    let begun = cast.ada_moves(new.origin());
    assert_eq!(begun.relays, [new.origin()]);
    assert_eq!(begun.partner.as_deref(), Some("Sam"));
    assert_eq!(left(&begun), [(old.clone(), false)]);
    assert_eq!((begun.others, begun.followed), (1, 0));
    cast.ada_writes("behind");
    // Sam knows nothing of it and writes where they were.
    cast.sam_writes("meanwhile");
    cast.clock.advance_ms(HOLD_MS);
    cast.sam.sync().await;
    cast.exchange().await;
    let moved = cast.ada.engine.relay_move(&cast.space).unwrap();
    assert_eq!(left(&moved), [(old.clone(), true)]);
    // Sam read the act at the old one and went on to the new one in the same sync.
    let his = cast.sam.engine.relay_move(&cast.space).unwrap();
    assert_eq!(his.relays, [new.origin()]);
    assert_eq!(left(&his), [(old, true)]);
    assert_eq!(cast.wins(), ["behind", "before"]);
    assert_eq!(cast.ada_reads(), ["meanwhile", "his own"]);
    // The old one goes for good; both are read and written elsewhere, and nobody is warned of anything.
    cast.relay.pause().await;
    cast.ada_writes("after");
    cast.sam_writes("his last");
    cast.exchange().await;
    cast.exchange().await;
    assert_eq!(cast.wins(), ["after", "behind", "before"]);
    assert_eq!(cast.ada_reads(), ["his last", "meanwhile", "his own"]);
    assert!(!cast.ada_sees().may_be_behind);
    let followed = cast.ada.engine.relay_move(&cast.space).unwrap();
    assert_eq!((followed.others, followed.followed), (1, 1));
    // After 30 days it is asked no more.
    cast.clock.advance_ms(31 * DAY_MS);
    assert!(cast.ada.sync().await.troubles.is_empty());
    let done = cast.ada.engine.relay_move(&cast.space).unwrap();
    assert!(done.left.is_empty());
}

#[tokio::test]
async fn what_lay_at_a_relay_that_died_before_anybody_moved_comes_from_those_who_have_it() {
    let clock = FakeClock::at(
        SystemClock {
            zone_name: "UTC".to_owned(),
        }
        .now_ms(),
        "UTC",
    );
    let [first, second] = [(); 2].map(|()| tempfile::tempdir().unwrap());
    let old = RelayProcess::start(first.path(), 0);
    let origin = format!("http://127.0.0.1:{}", old.port);
    let ada = Companion::new("Ada", &clock, 3);
    let sam = Companion::new("Sam", &clock, 4);
    let space = pair(&ada, &sam, &origin).await;
    sam.engine
        .write_check_in(check_in(space, "on its way"))
        .unwrap();
    clock.advance_ms(HOLD_MS);
    assert!(sam.sync().await.troubles.is_empty());
    // Killed with what Ada never read.
    old.kill();
    let new = RelayProcess::start(second.path(), 0);
    let target = format!("http://127.0.0.1:{}", new.port);
    ada.engine.move_relay(&space, &target, false).unwrap();
    let report = ada.sync().await;
    assert_eq!(report.troubles[0].code, "offline");
    let hers = ada.engine.relay_move(&space).unwrap();
    assert_eq!(
        left(&hers),
        [(origin.clone(), false)],
        "nobody could be told"
    );
    assert!(ada.engine.partner(&space).unwrap().partner.may_be_behind);
    // The new one dies half-way too, and comes back with what it had.
    sam.engine.move_relay(&space, &target, false).unwrap();
    let port = new.kill();
    assert!(!sam.sync().await.troubles.is_empty());
    let new = RelayProcess::start(second.path(), port);
    sam.sync().await;
    ada.sync().await;
    let page = ada.engine.partner(&space).unwrap();
    assert_eq!(page.check_ins.len(), 1);
    assert_eq!(
        page.check_ins[0].check_in.win.as_deref(),
        Some("on its way")
    );
    assert!(!page.partner.incomplete);
    new.kill();
}

#[tokio::test]
async fn a_new_relay_that_is_away_keeps_nothing_from_being_told_and_nothing_is_lost() {
    let cast = cast().await;
    let mut new = TestRelay::start(&cast.clock).await;
    new.pause().await;
    cast.ada_moves(new.origin());
    cast.ada_writes("waits");
    cast.exchange().await;
    let moved = cast.sam.engine.relay_move(&cast.space).unwrap();
    assert_eq!(moved.relays, [new.origin()], "the old one told of it");
    cast.sam_writes("waits too");
    cast.exchange().await;
    assert!(cast.wins().is_empty());
    new.resume().await;
    cast.exchange().await;
    cast.exchange().await;
    assert_eq!(cast.wins(), ["waits"]);
    assert_eq!(cast.ada_reads(), ["waits too"]);
}

#[tokio::test]
async fn what_was_erased_stays_so_at_both_relays_whoever_carried_it() {
    let cast = cast().await;
    let early = cast.ada_writes("erased early");
    let late = cast.ada_writes("erased late");
    cast.exchange().await;
    cast.exchange().await;
    cast.ada.engine.undo_check_in(&early).unwrap();
    cast.clock.advance_ms(HOLD_MS);
    cast.ada.sync().await;
    let new = TestRelay::start(&cast.clock).await;
    cast.ada_moves(new.origin());
    // Sam has both, carries what he has, and reads of the first erasing on the way.
    cast.exchange().await;
    cast.exchange().await;
    cast.ada.engine.undo_check_in(&late).unwrap();
    cast.clock.advance_ms(HOLD_MS);
    for _ in 0..2 {
        cast.ada.sync().await;
        cast.sam.sync().await;
    }
    assert!(cast.wins().is_empty());
    let status = cast.ada.engine.status().unwrap();
    let space = status.spaces.iter().find(|one| one.space == cast.space);
    let relays = &space.unwrap().relays;
    assert_eq!(relays.len(), 2);
    for relay in relays {
        assert_eq!(
            (relay.erasures.waiting, relay.erasures.refused),
            (0, 0),
            "{relay:?}"
        );
        assert!(relay.erasures.erased + relay.erasures.not_there > 0);
        assert_eq!(
            relay.read_until_ms.is_some(),
            relay.origin == cast.relay.origin()
        );
    }
    // Whoever reads the new one from its beginning finds neither.
    let texts = cast.decoded_by_sam();
    assert!(!texts.contains("erased early") && !texts.contains("erased late"));
}

#[tokio::test]
async fn a_space_that_moves_back_finds_what_stayed_there() {
    let cast = cast().await;
    cast.ada_writes("one");
    cast.exchange().await;
    let new = TestRelay::start(&cast.clock).await;
    cast.ada_moves(new.origin());
    cast.exchange().await;
    cast.ada_writes("two");
    cast.exchange().await;
    let back = cast
        .sam
        .engine
        .move_relay(&cast.space, cast.relay.origin(), false);
    assert_eq!(left(&back.unwrap()), [(new.origin().to_owned(), false)]);
    cast.sam.sync().await;
    cast.ada_writes("three");
    cast.exchange().await;
    cast.exchange().await;
    assert_eq!(cast.wins(), ["three", "two", "one"]);
    let hers = cast.ada.engine.relay_move(&cast.space).unwrap();
    assert_eq!(hers.relays, [cast.relay.origin()]);
    // Again is nothing.
    let again = cast.ada_moves(cast.relay.origin());
    assert_eq!(again, cast.ada.engine.relay_move(&cast.space).unwrap());
}

fn own_space(of: &Companion) -> SpaceId {
    let status = of.engine.status().unwrap();
    let own = status
        .spaces
        .iter()
        .find(|one| one.kind == SpaceKindView::Own);
    own.unwrap().space
}

fn wins(of: &Companion) -> usize {
    of.engine.check_ins(100).unwrap().len()
}

fn write(by: &Companion, win: &str) {
    let new = NewCheckIn {
        win: Some(win.to_owned()),
        ..NewCheckIn::default()
    };
    by.engine.write_check_in(new).unwrap();
}

#[tokio::test]
async fn the_sealed_copy_of_own_devices_moves_and_the_tablet_follows() {
    let clock = FakeClock::at(START_MS, "UTC");
    let mut old = TestRelay::start(&clock).await;
    let phone = Companion::new("Ada", &clock, 5);
    phone.engine.set_relay(Some(old.origin()), false).unwrap();
    let own = own_space(&phone);
    let refused = phone
        .engine
        .move_relay(&own, "https://relay.example.org", false);
    assert_eq!(
        refused.unwrap_err().detail().as_deref(),
        Some("no-sealed-copy")
    );
    phone.engine.set_self_copy(true).unwrap();
    let tablet = Companion::further_device(&clock, 6);
    add_own_device(&phone, &tablet, "tablet").await;
    write(&phone, "before");
    phone.sync().await;
    let new = TestRelay::start(&clock).await;
    let begun = phone.engine.move_relay(&own, new.origin(), false).unwrap();
    assert_eq!(begun.partner, None);
    assert_eq!(
        phone.engine.self_copy().unwrap().as_deref(),
        Some(new.origin())
    );
    write(&phone, "behind");
    phone.sync().await;
    write(&tablet, "on the tablet");
    tablet.sync().await;
    assert_eq!(
        tablet.engine.self_copy().unwrap().as_deref(),
        Some(new.origin())
    );
    assert_eq!(wins(&tablet), 3);
    old.pause().await;
    phone.sync().await;
    assert_eq!(wins(&phone), 3);
    write(&tablet, "after");
    tablet.sync().await;
    phone.sync().await;
    assert_eq!(wins(&phone), 4);
}

#[tokio::test]
async fn a_move_that_cannot_be_is_refused_and_changes_nothing() {
    let cast = cast().await;
    let (engine, space) = (&cast.ada.engine, &cast.space);
    let before = engine.relay_move(space).unwrap();
    assert_eq!(before.relays, [cast.relay.origin()]);
    assert!(before.left.is_empty());
    let words = engine.move_relay(space, "not an address", false);
    assert_eq!(words.unwrap_err().code(), "invalid-input");
    let plain = engine.move_relay(space, "http://relay.example.org", false);
    assert_eq!(
        plain.unwrap_err().detail().as_deref(),
        Some("relay-plain-http")
    );
    let nobody = SpaceId::from_bytes([7; 32]);
    let elsewhere = engine.move_relay(&nobody, "https://relay.example.org", false);
    assert_eq!(elsewhere.unwrap_err().code(), "not-found");
    assert_eq!(engine.relay_move(space).unwrap(), before);
    engine.leave(space).unwrap();
    let ended = engine.move_relay(space, "https://relay.example.org", false);
    assert_eq!(ended.unwrap_err().detail().as_deref(), Some("not-in-space"));
}
