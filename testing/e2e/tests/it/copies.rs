//! A device that exists twice, and what only a newer Belay can read.

#![allow(clippy::unwrap_used, reason = "a test may stop at the first surprise")]

use std::collections::{BTreeMap, BTreeSet};

use belay_e2e::{Companion, RawPartner, TestRelay, pair};
use belay_engine::NewCheckIn;
use belay_engine::model::{CheckInFields, DocName, SpaceId};
use belay_protocol::{ItemKind, RecordBody};
use belay_testkit::FakeClock;

const START_MS: i64 = 1_772_476_200_000;
const HOLD_MS: i64 = 11_000;

fn write(by: &Companion, space: SpaceId, win: &str) {
    let new = NewCheckIn {
        win: Some(win.to_owned()),
        audience: Some(BTreeMap::from([(space, CheckInFields::all())])),
        ..NewCheckIn::default()
    };
    by.engine.write_check_in(new).unwrap();
}

fn wins(seen_by: &Companion, space: SpaceId) -> BTreeSet<String> {
    let page = seen_by.engine.partner(&space).unwrap();
    let shown = page.check_ins.into_iter();
    shown.filter_map(|shown| shown.check_in.win).collect()
}

#[tokio::test]
async fn a_copied_folder_with_a_plain_key_writes_apart_and_both_copies_keep_everything() {
    let clock = FakeClock::at(START_MS, "UTC");
    let relay = TestRelay::start(&clock).await;
    let ada = Companion::with_plain_key("Ada", &clock, 1);
    let sam = Companion::new("Sam", &clock, 2);
    let space = pair(&ada, &sam, relay.origin()).await;
    write(&ada, space, "before the copy");
    clock.advance_ms(HOLD_MS);
    ada.sync().await;
    let copy = ada.copied_with_plain_key(3);
    for round in 0..2 {
        write(&ada, space, &format!("by the first {round}"));
        write(&copy, space, &format!("by the copy {round}"));
        write(&sam, space, &format!("by Sam {round}"));
        clock.advance_ms(HOLD_MS);
        for by in [&copy, &ada, &sam, &ada, &copy] {
            let report = by.sync().await;
            assert!(report.troubles.is_empty(), "{:?}", report.troubles);
        }
    }
    let expected = [
        "before the copy",
        "by the copy 0",
        "by the copy 1",
        "by the first 0",
        "by the first 1",
    ];
    assert_eq!(wins(&sam, space), expected.map(str::to_owned).into());
    for by in [&ada, &copy] {
        let of_sam = ["by Sam 0", "by Sam 1"];
        assert_eq!(wins(by, space), of_sam.map(str::to_owned).into());
    }
    for by in [&ada, &copy, &sam] {
        let status = by.engine.status().unwrap();
        let shown = status.spaces.iter().find(|shown| shown.space == space);
        assert_eq!(shown.unwrap().shadowed, 0, "no place was taken twice");
        let partner = by.engine.partner(&space).unwrap().partner;
        assert!(!partner.incomplete);
    }
}

#[tokio::test]
async fn an_envelope_of_an_unknown_suite_is_kept_whole_and_counted_and_the_next_one_is_read() {
    let clock = FakeClock::at(START_MS, "UTC");
    let relay = TestRelay::start(&clock).await;
    let mut ada = Companion::new("Ada", &clock, 1);
    let mut partner = RawPartner::pair(&ada, relay.origin(), 2).await;
    let name = DocName::from_bytes([1; 16]);
    let body = RecordBody {
        rev: 1,
        withdrawn: false,
        schema: 1,
        payload: vec![0xa0],
    };
    let kind_of_document = partner.item(ItemKind::Record, 200, name, body.encode());
    let mut newer = partner.seal(&[kind_of_document.encode()]);
    newer[1] = 9;
    partner.send_bytes(newer).await;
    partner.send(&[kind_of_document.encode()]).await;
    for _ in 0..2 {
        let report = ada.sync().await;
        assert_eq!((report.envelopes_refused, report.troubles.len()), (0, 0));
        let status = ada.engine.status().unwrap();
        let mut spaces = status.spaces.iter();
        let shown = spaces.find(|shown| shown.space == partner.space).unwrap();
        assert_eq!((shown.needs_newer, shown.quarantined), (2, 0));
        ada.restart();
    }
}
