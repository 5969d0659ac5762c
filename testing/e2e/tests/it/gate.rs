//! What a partner's own program can send, and what becomes of it.

#![allow(clippy::unwrap_used, reason = "a test may stop at the first surprise")]

use std::collections::BTreeMap;

use belay_document::records::RecordPayload;
use belay_e2e::{Companion, RawPartner, TestRelay};
use belay_engine::{NewCheckIn, SpaceStatusView};
use belay_model::{CheckInFields, CheckInTemplate, DocName, SharedCheckIn, SharedMoment};
use belay_protocol::{
    DocKind, EraseBody, ErasedSlot, Item, ItemKind, MembershipBody, Operation, RecordBody,
};
use belay_testkit::FakeClock;

const START_MS: i64 = 1_772_476_200_000;

fn check_in(win: &str) -> SharedCheckIn {
    SharedCheckIn {
        on: "2026-03-02".parse().unwrap(),
        written: SharedMoment::new(START_MS, 3600).unwrap(),
        template: CheckInTemplate::Free,
        late: false,
        edited: false,
        mood: None,
        emotions: std::collections::BTreeSet::new(),
        energy: None,
        win: Some(win.to_owned()),
        struggle: None,
        plan: None,
        need: None,
        note: None,
    }
}

fn record(partner: &mut RawPartner, name: u8, body: Vec<u8>) -> Item {
    let name = DocName::from_bytes([name; 16]);
    partner.item(ItemKind::Record, DocKind::CheckIn.into(), name, body)
}

async fn met() -> (TestRelay, Companion, RawPartner) {
    let clock = FakeClock::at(START_MS, "UTC");
    let relay = TestRelay::start(&clock).await;
    let ada = Companion::new("Ada", &clock, 1);
    let partner = RawPartner::pair(&ada, relay.origin(), 2).await;
    (relay, ada, partner)
}

fn status(companion: &Companion, partner: &RawPartner) -> SpaceStatusView {
    let status = companion.engine.status().unwrap();
    let mut spaces = status.spaces.into_iter();
    spaces.find(|shown| shown.space == partner.space).unwrap()
}

#[tokio::test]
async fn an_item_of_an_unknown_kind_or_schema_is_kept_for_a_newer_belay_and_the_rest_is_read() {
    let (_relay, ada, mut partner) = met().await;
    let mut newer_schema = check_in("from the future").to_body(1);
    newer_schema.schema = 99;
    let known = record(&mut partner, 1, check_in("understood").to_body(1).encode());
    let schema = record(&mut partner, 2, newer_schema.encode());
    let mut kind = record(&mut partner, 3, check_in("x").to_body(1).encode()).encode();
    kind[1] = 200;
    let mut version = known.encode();
    version[0] = 9;
    partner
        .send(&[known.encode(), schema.encode(), kind, version])
        .await;
    let report = ada.sync().await;
    assert_eq!(report.envelopes_refused, 0);
    let shown = status(&ada, &partner);
    assert_eq!((shown.needs_newer, shown.quarantined), (3, 0));
    let page = ada.engine.partner(&partner.space).unwrap();
    assert_eq!(page.check_ins.len(), 1);
    assert_eq!(page.partner.needs_newer, 3);
}

#[tokio::test]
async fn a_record_out_of_form_is_set_aside_and_the_next_one_is_read() {
    let (_relay, ada, mut partner) = met().await;
    let mut ill_typed = check_in("x").to_body(1);
    ill_typed.payload = vec![0xa1, 0x00, 0x01];
    let first = record(&mut partner, 1, ill_typed.encode());
    let second = record(&mut partner, 2, vec![1, 2, 3]);
    let third = record(&mut partner, 3, check_in("fine").to_body(1).encode());
    partner
        .send(&[first.encode(), second.encode(), third.encode()])
        .await;
    ada.sync().await;
    let shown = status(&ada, &partner);
    assert_eq!((shown.quarantined, shown.needs_newer), (2, 0));
    let page = ada.engine.partner(&partner.space).unwrap();
    assert_eq!(page.check_ins.len(), 1);
    assert!(!page.partner.incomplete);
}

#[tokio::test]
async fn an_envelope_that_does_not_open_changes_nothing_and_stops_nothing() {
    let (_relay, ada, mut partner) = met().await;
    let item = record(&mut partner, 1, check_in("fine").to_body(1).encode());
    let mut garbage = vec![7; 700];
    garbage[0] = 1;
    garbage[1] = 1;
    garbage[106..110].copy_from_slice(&590u32.to_le_bytes());
    // The relay only looks at framing and at the mailbox's tag.
    let tag = belay_crypto::mailbox_tag(partner.epoch.1.mailbox_pk());
    garbage[34..50].copy_from_slice(&tag);
    partner.send_bytes(garbage).await;
    partner.send(&[item.encode()]).await;
    let report = ada.sync().await;
    assert_eq!(report.envelopes_refused, 1);
    assert_eq!(
        ada.engine.partner(&partner.space).unwrap().check_ins.len(),
        1
    );
    let again = ada.sync().await;
    assert_eq!(again.envelopes_refused, 0, "it is not asked for again");
}

#[tokio::test]
async fn items_out_of_order_show_a_gap_until_it_is_filled_and_any_order_ends_the_same() {
    let (_relay, ada, mut partner) = met().await;
    let items: Vec<Vec<u8>> = (1..=4)
        .map(|name| {
            let body = check_in(&format!("win {name}")).to_body(1).encode();
            record(&mut partner, name, body).encode()
        })
        .collect();
    for (index, incomplete) in [(3, true), (0, true), (2, true), (1, false)] {
        partner.send(&[items[index].clone()]).await;
        ada.sync().await;
        let page = ada.engine.partner(&partner.space).unwrap();
        assert_eq!(page.partner.incomplete, incomplete, "after item {index}");
    }
    // All of it once more changes nothing.
    let before = ada.engine.projection_dump().unwrap();
    partner.send(&items).await;
    ada.sync().await;
    assert_eq!(ada.engine.projection_dump().unwrap(), before);
    assert_eq!(status(&ada, &partner).shadowed, 0);
}

#[tokio::test]
async fn a_fork_is_kept_shown_and_not_applied() {
    let (_relay, ada, mut partner) = met().await;
    let (seq, prev) = (partner.seq, partner.prev);
    let one = record(&mut partner, 1, check_in("one story").to_body(1).encode());
    (partner.seq, partner.prev) = (seq, prev);
    let other = record(&mut partner, 2, check_in("another").to_body(1).encode());
    let next = record(&mut partner, 3, check_in("goes on").to_body(1).encode());
    let lower = belay_crypto::item_id(&one.header) < belay_crypto::item_id(&other.header);
    // The branch that counts arrives last, and is believed all the same.
    let (first, last) = if lower {
        (&other, &one)
    } else {
        (&one, &other)
    };
    partner.send(&[first.encode()]).await;
    partner.send(&[next.encode()]).await;
    ada.sync().await;
    partner.send(&[last.encode()]).await;
    ada.sync().await;
    let wins: Vec<_> = ada
        .engine
        .partner(&partner.space)
        .unwrap()
        .check_ins
        .into_iter()
        .filter_map(|shown| shown.check_in.win)
        .collect();
    // "goes on" was written after `other`, and stands or falls with it.
    if lower {
        assert_eq!(
            (wins, status(&ada, &partner).shadowed),
            (vec!["one story".to_owned()], 2)
        );
    } else {
        assert_eq!(wins, ["goes on", "another"]);
        assert_eq!(status(&ada, &partner).shadowed, 1);
    }
}

#[tokio::test]
async fn a_higher_revision_replaces_and_a_lower_one_never_comes_back() {
    let (_relay, ada, mut partner) = met().await;
    let withdrawn = RecordBody {
        rev: 3,
        withdrawn: true,
        schema: 1,
        payload: Vec::new(),
    };
    let third = record(&mut partner, 1, withdrawn.encode());
    let second = record(&mut partner, 1, check_in("second").to_body(2).encode());
    partner.send(&[third.encode()]).await;
    partner.send(&[second.encode()]).await;
    ada.sync().await;
    assert!(
        ada.engine
            .partner(&partner.space)
            .unwrap()
            .check_ins
            .is_empty()
    );
}

#[tokio::test]
async fn an_author_who_pretends_to_know_less_than_before_is_not_believed_in_any_order() {
    for order in [[0, 1, 2], [2, 1, 0], [1, 2, 0]] {
        let (_relay, ada, mut partner) = met().await;
        let before = partner.heads.clone();
        let merge = MembershipBody {
            operation: Operation::Merge,
            root_signature: None,
        };
        let act = partner.item(ItemKind::Membership, 0, DocName::ZERO, merge.encode());
        partner.heads = vec![belay_crypto::item_id(&act.header)];
        let honest = record(&mut partner, 1, check_in("knows").to_body(1).encode());
        partner.heads = before;
        let backward = record(&mut partner, 2, check_in("forgot").to_body(1).encode());
        let items = [act.encode(), honest.encode(), backward.encode()];
        for index in order {
            partner.send(&[items[index].clone()]).await;
            ada.sync().await;
        }
        let page = ada.engine.partner(&partner.space).unwrap();
        let wins: Vec<_> = page
            .check_ins
            .into_iter()
            .filter_map(|shown| shown.check_in.win)
            .collect();
        assert_eq!(wins, ["knows"], "in order {order:?}");
    }
}

#[tokio::test]
async fn a_revision_beyond_what_a_store_can_hold_changes_nothing_and_stops_nothing() {
    let (_relay, ada, mut partner) = met().await;
    let huge_rev = record(&mut partner, 1, check_in("x").to_body(u64::MAX).encode());
    let fine = record(&mut partner, 3, check_in("fine").to_body(1).encode());
    partner.send(&[huge_rev.encode(), fine.encode()]).await;
    assert!(ada.sync().await.troubles.is_empty());
    assert_eq!(
        ada.engine.partner(&partner.space).unwrap().check_ins.len(),
        1
    );
}

#[tokio::test]
async fn a_clock_at_the_end_of_time_does_not_take_ours_along() {
    let (_relay, mut ada, mut partner) = met().await;
    partner.hlc = Some((1 << 63) - 1);
    let item = record(
        &mut partner,
        1,
        check_in("from the end of time").to_body(1).encode(),
    );
    partner.send(&[item.encode()]).await;
    ada.sync().await;
    ada.restart();
    ada.engine
        .write_check_in(NewCheckIn {
            win: Some("still writing".to_owned()),
            audience: Some(BTreeMap::from([(partner.space, CheckInFields::all())])),
            ..NewCheckIn::default()
        })
        .unwrap();
    ada.engine.leave(&partner.space).unwrap();
}

#[tokio::test]
async fn a_partner_who_branches_the_acts_without_end_cannot_keep_us_from_writing_or_leaving() {
    let (_relay, ada, mut partner) = met().await;
    let merge = MembershipBody {
        operation: Operation::Merge,
        root_signature: None,
    };
    let mut acts = Vec::new();
    for inc in 100..140 {
        (partner.seq, partner.prev, partner.inc) = (1, partner.device.to_bytes(), inc);
        let act = partner.item(ItemKind::Membership, 0, DocName::ZERO, merge.encode());
        acts.push(act.encode());
    }
    partner.send(&acts).await;
    let report = ada.sync().await;
    assert!(report.troubles.is_empty(), "{report:?}");
    ada.engine.leave(&partner.space).unwrap();
    assert!(ada.sync().await.troubles.is_empty());
}

#[tokio::test]
async fn an_erase_that_comes_before_its_item_leaves_an_acknowledgement_that_can_be_read() {
    let (_relay, ada, mut partner) = met().await;
    let first = record(&mut partner, 1, check_in("one").to_body(1).encode());
    let second = record(&mut partner, 2, check_in("two").to_body(1).encode());
    let third = record(&mut partner, 3, check_in("three").to_body(1).encode());
    let erase = EraseBody {
        slots: vec![ErasedSlot {
            device_id: partner.device,
            inc: second.header.inc,
            seq: second.header.seq,
            item_id: belay_crypto::item_id(&second.header),
        }],
    };
    let erase = partner.item(
        ItemKind::Erase,
        2,
        DocName::from_bytes([2; 16]),
        erase.encode(),
    );
    for item in [&erase, &first, &second] {
        partner.send(&[item.encode()]).await;
        assert!(ada.sync().await.troubles.is_empty());
    }
    let page = ada.engine.partner(&partner.space).unwrap();
    assert_eq!(page.check_ins.len(), 1, "the erased one does not come back");
    assert!(page.partner.incomplete);
    partner.send(&[third.encode()]).await;
    ada.sync().await;
    assert!(
        !ada.engine
            .partner(&partner.space)
            .unwrap()
            .partner
            .incomplete
    );
}

#[tokio::test]
async fn a_body_out_of_form_stays_set_aside_whichever_branch_counts() {
    let (_relay, mut ada, mut partner) = met().await;
    let first = record(&mut partner, 1, check_in("first").to_body(1).encode());
    let (seq, prev) = (partner.seq, partner.prev);
    let ill = record(&mut partner, 2, vec![1, 2, 3]);
    (partner.seq, partner.prev) = (seq, [9; 32]);
    let rival = record(&mut partner, 3, check_in("rival").to_body(1).encode());
    (partner.seq, partner.prev) = (seq, prev);
    for item in [&ill, &rival, &first] {
        partner.send(&[item.encode()]).await;
        assert!(ada.sync().await.troubles.is_empty());
    }
    ada.restart();
    ada.engine.rebuild_projection().unwrap();
    assert!(
        !ada.engine
            .partner(&partner.space)
            .unwrap()
            .check_ins
            .is_empty()
    );
}
