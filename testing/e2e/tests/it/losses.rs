//! A relay that loses things more than once a day, and a sealed copy that moves to another relay.

#![allow(clippy::unwrap_used, reason = "a test may stop at the first surprise")]

use crate::cast;

use belay_e2e::{Companion, Door, TestRelay, add_own_device, pair};
use belay_engine::NewCheckIn;
use belay_testkit::FakeClock;
use cast::{Cast, DAY_MS, HOLD_MS, START_MS, cast};
use tempfile::TempDir;

impl Cast {
    async fn relay_loses_everything(&mut self) {
        self.relay.pause().await;
        for entry in std::fs::read_dir(self.relay.dir()).unwrap() {
            std::fs::remove_file(entry.unwrap().path()).unwrap();
        }
        self.relay.resume().await;
    }

    async fn copy_of_relay(&mut self) -> TempDir {
        self.relay.pause().await;
        let copy = tempfile::tempdir().unwrap();
        TestRelay::copy_files(self.relay.dir(), copy.path());
        self.relay.resume().await;
        copy
    }

    async fn put_relay_back(&mut self, copy: &TempDir) {
        self.relay.pause().await;
        TestRelay::copy_files(copy.path(), self.relay.dir());
        self.relay.resume().await;
    }

    async fn ada_syncs_well(&self) {
        self.clock.advance_ms(HOLD_MS);
        let report = self.ada.sync().await;
        assert!(report.troubles.is_empty(), "{report:?}");
    }
}

#[tokio::test]
async fn a_relay_that_loses_its_memory_twice_in_a_day_gets_everything_again_the_next_day() {
    let mut cast = cast().await;
    cast.ada_writes("not to be lost");
    cast.ada_syncs_well().await;
    for _ in 0..2 {
        cast.relay_loses_everything().await;
        cast.ada_syncs_well().await;
    }
    cast.clock.advance_ms(DAY_MS);
    cast.ada_syncs_well().await;
    cast.sam.sync().await;
    assert_eq!(cast.wins(), ["not to be lost"]);
    cast.clock.advance_ms(DAY_MS);
    let again = cast.ada.sync().await;
    assert_eq!(again.envelopes_sent, 0, "once is enough");
}

#[tokio::test]
async fn a_relay_put_back_twice_in_a_day_erases_nothing_that_holds_the_only_copy_of_something() {
    let mut cast = cast().await;
    let empty = cast.copy_of_relay().await;
    cast.ada_writes("this one stays");
    let gone = cast.ada_writes("this one goes");
    cast.ada_syncs_well().await;
    cast.put_relay_back(&empty).await;
    cast.ada_syncs_well().await;
    let both = cast.copy_of_relay().await;
    cast.ada.engine.undo_check_in(&gone).unwrap();
    cast.ada_syncs_well().await;
    // Reads on to the new end, so that the loss is noticed at once.
    cast.ada_syncs_well().await;
    // What stays was sealed again, and that envelope is missing from now on.
    cast.put_relay_back(&both).await;
    cast.ada_syncs_well().await;
    let early = cast.sam.copy_store();
    cast.sam.sync().await;
    assert!(cast.wins().contains(&"this one stays".to_owned()));

    cast.clock.advance_ms(DAY_MS);
    cast.ada_syncs_well().await;
    cast.sam = cast.sam.put_back(early);
    cast.sam.sync().await;
    assert_eq!(cast.wins(), ["this one stays"]);
    assert!(!cast.decoded_by_sam().contains("this one goes"));
}

#[tokio::test]
async fn a_sealed_copy_that_was_ended_and_begins_at_another_relay_is_whole_there() {
    let clock = FakeClock::at(START_MS, "UTC");
    let [first, second] = [
        TestRelay::start(&clock).await,
        TestRelay::start(&clock).await,
    ];
    let phone = Companion::new("Ada", &clock, 1);
    phone.engine.set_relay(Some(first.origin()), false).unwrap();
    phone.engine.set_self_copy(true).unwrap();
    phone
        .engine
        .write_check_in(NewCheckIn {
            win: Some("before the move".to_owned()),
            ..NewCheckIn::default()
        })
        .unwrap();
    phone.sync().await;
    phone.engine.set_self_copy(false).unwrap();
    phone
        .engine
        .set_relay(Some(second.origin()), false)
        .unwrap();
    phone.engine.set_self_copy(true).unwrap();
    phone.sync().await;
    let tablet = Companion::further_device(&clock, 2);
    add_own_device(&phone, &tablet, "tablet").await;
    tablet.sync().await;
    let there = tablet.engine.check_ins(10).unwrap();
    assert_eq!(there.len(), 1);
    assert_eq!(there[0].check_in.win.as_deref(), Some("before the move"));
}

#[tokio::test]
async fn a_relay_that_loses_its_memory_before_a_new_mailbox_was_first_read_gets_it_again() {
    let clock = FakeClock::at(START_MS, "UTC");
    let mut door = Door::new().await;
    let relay = TestRelay::start_behind(&clock, &mut door).await;
    let ada = Companion::new("Ada", &clock, 1);
    let sam = Companion::new("Sam", &clock, 2);
    let space = pair(&ada, &sam, relay.origin()).await;
    let mut cast = Cast {
        clock,
        relay,
        ada,
        sam,
        space,
    };
    cast.exchange().await;
    // A new secret is due. What Ada says goes out under it, and then the line breaks.
    cast.clock.advance_ms(31 * DAY_MS);
    cast.ada_writes("under a new secret");
    cast.clock.advance_ms(HOLD_MS);
    door.shut_after_deliveries(2);
    let report = cast.ada.sync().await;
    assert_eq!((report.envelopes_sent, report.troubles.len()), (2, 1));
    cast.relay_loses_everything().await;
    door.shut_after_deliveries(usize::MAX);
    for _ in 0..3 {
        cast.clock.advance_ms(DAY_MS);
        cast.exchange().await;
    }
    assert_eq!(cast.wins(), ["under a new secret"]);
}
