//! Ada between two partners: Sam, who is honest, and one whose every byte a test decides.

#![allow(
    dead_code,
    clippy::unwrap_used,
    reason = "a test may stop at the first surprise, and each test file uses a part of this"
)]

pub mod keys;

use std::collections::{BTreeMap, BTreeSet};

use belay_document::records::RecordPayload;
use belay_e2e::{Companion, RawPartner, TestRelay, pair};
use belay_engine::{NewCheckIn, SpaceStatusView, SyncReport};
use belay_model::{
    CheckInFields, CheckInTemplate, DocName, ItemId, SharedCheckIn, SharedMoment, SpaceId,
};
use belay_protocol::{DocKind, Item, ItemKind, MembershipBody, Operation};
use belay_testkit::FakeClock;

pub const START_MS: i64 = 1_772_476_200_000;
pub const DAY_MS: u64 = 86_400_000;

/// The clock of an item written `ms` after the beginning.
pub fn hlc(ms: u64) -> u64 {
    (START_MS.unsigned_abs() + ms) << 16
}

pub fn id(item: &Item) -> ItemId {
    belay_crypto::item_id(&item.header)
}

/// A record of the partner's: a check-in with that win, under a name of its own.
pub fn check_in(partner: &mut RawPartner, name: u32, win: &str) -> Item {
    check_in_rev(partner, name, win, 1)
}

pub fn check_in_rev(partner: &mut RawPartner, name: u32, win: &str, rev: u64) -> Item {
    let shared = SharedCheckIn {
        on: "2026-03-02".parse().unwrap(),
        written: SharedMoment::new(START_MS, 3600).unwrap(),
        template: CheckInTemplate::Free,
        late: false,
        edited: false,
        mood: None,
        emotions: BTreeSet::new(),
        energy: None,
        win: Some(win.to_owned()),
        struggle: None,
        plan: None,
        need: None,
        note: None,
    };
    record(
        partner,
        DocKind::CheckIn.into(),
        name,
        shared.to_body(rev).encode(),
    )
}

pub fn record(partner: &mut RawPartner, kind: u8, name: u32, body: Vec<u8>) -> Item {
    let mut bytes = [0; 16];
    bytes[..4].copy_from_slice(&name.to_le_bytes());
    partner.item(ItemKind::Record, kind, DocName::from_bytes(bytes), body)
}

/// An item about no document.
pub fn control(partner: &mut RawPartner, kind: ItemKind, body: Vec<u8>) -> Item {
    partner.item(kind, 0, DocName::ZERO, body)
}

pub fn act(partner: &mut RawPartner, operation: Operation) -> Item {
    let body = MembershipBody {
        operation,
        root_signature: None,
    };
    control(partner, ItemKind::Membership, body.encode())
}

/// Ada, her honest partner and the other one.
pub struct Stage {
    pub clock: FakeClock,
    pub relay: TestRelay,
    pub ada: Companion,
    pub sam: Companion,
    pub with_sam: SpaceId,
    pub partner: RawPartner,
    written: u32,
}

pub async fn stage() -> Stage {
    let clock = FakeClock::at(START_MS, "UTC");
    let relay = TestRelay::start(&clock).await;
    let ada = Companion::new("Ada", &clock, 1);
    let sam = Companion::new("Sam", &clock, 2);
    let with_sam = pair(&ada, &sam, relay.origin()).await;
    let partner = RawPartner::pair(&ada, relay.origin(), 3).await;
    Stage {
        clock,
        relay,
        ada,
        sam,
        with_sam,
        partner,
        written: 0,
    }
}

impl Stage {
    /// Puts the items into one envelope each, in that order, and lets Ada read after each.
    pub async fn deliver(&mut self, items: &[&Item]) {
        for item in items {
            self.partner.send(&[item.encode()]).await;
            self.read().await;
        }
    }

    /// Puts the items into as few envelopes as they fit, and lets Ada read.
    pub async fn deliver_many(&mut self, items: &[Item]) {
        let bytes: Vec<Vec<u8>> = items.iter().map(Item::encode).collect();
        // Wraps are long and random: fewer of them fit.
        let long = bytes.iter().any(|item| item.len() > 2_000);
        for some in bytes.chunks(if long { 40 } else { 250 }) {
            self.partner.send(some).await;
        }
        self.read().await;
    }

    /// Puts the items into one envelope each, in that order, and lets Ada read all of it at once.
    pub async fn deliver_at_once(&mut self, items: &[&Item]) {
        for item in items {
            self.partner.send(&[item.encode()]).await;
        }
        self.read().await;
    }

    /// Ada reads; nothing stops her.
    pub async fn read(&self) -> SyncReport {
        let report = self.ada.sync().await;
        assert!(report.troubles.is_empty(), "{:?}", report.troubles);
        report
    }

    /// The wins Ada sees on the hostile partner's page, sorted.
    pub fn seen(&self) -> Vec<String> {
        let page = self.ada.engine.partner(&self.partner.space).unwrap();
        let mut wins: Vec<String> = page
            .check_ins
            .into_iter()
            .filter_map(|shown| shown.check_in.win)
            .collect();
        wins.sort();
        wins
    }

    pub fn status(&self) -> SpaceStatusView {
        let status = self.ada.engine.status().unwrap();
        let mut spaces = status.spaces.into_iter();
        spaces
            .find(|shown| shown.space == self.partner.space)
            .unwrap()
    }

    /// Ada writes for both, reads what Sam wrote, what she sees is what her items say, also after a restart,
    /// and she can leave.
    pub async fn nothing_is_harmed(&mut self) {
        self.ada_and_sam_share().await;
        let before = self.ada.engine.projection_dump().unwrap();
        self.ada.engine.rebuild_projection().unwrap();
        assert_eq!(self.ada.engine.projection_dump().unwrap(), before);
        self.ada.restart();
        assert_eq!(self.ada.engine.projection_dump().unwrap(), before);
        self.ada_and_sam_share().await;
        self.ada.engine.leave(&self.partner.space).unwrap();
        self.read().await;
        let left = self.status();
        assert_eq!(left.queued, 0, "the leaving is out: {left:?}");
        self.ada_and_sam_share().await;
    }

    async fn ada_and_sam_share(&mut self) {
        self.written += 1;
        let word = format!("word {}", self.written);
        let mut audience = BTreeMap::from([(self.with_sam, CheckInFields::all())]);
        if self.status_is_open() {
            audience.insert(self.partner.space, CheckInFields::all());
        }
        self.ada
            .engine
            .write_check_in(written(&word, audience))
            .unwrap();
        let to_ada = BTreeMap::from([(self.with_sam, CheckInFields::all())]);
        self.sam
            .engine
            .write_check_in(written(&word, to_ada))
            .unwrap();
        self.clock.advance_ms(11_000);
        self.read().await;
        for report in [self.sam.sync().await, self.ada.sync().await] {
            assert!(report.troubles.is_empty(), "{:?}", report.troubles);
        }
        for companion in [&self.ada, &self.sam] {
            let page = companion.engine.partner(&self.with_sam).unwrap();
            assert!(
                page.check_ins
                    .iter()
                    .any(|shown| shown.check_in.win.as_ref() == Some(&word)),
                "{word} arrived"
            );
        }
    }

    fn status_is_open(&self) -> bool {
        let page = self.ada.engine.partner(&self.partner.space).unwrap();
        use belay_engine::PartnershipStandingView::{Active, Waiting};
        matches!(page.partner.standing, Active | Waiting)
    }
}

fn written(win: &str, audience: BTreeMap<SpaceId, CheckInFields>) -> NewCheckIn {
    NewCheckIn {
        win: Some(win.to_owned()),
        audience: Some(audience),
        ..NewCheckIn::default()
    }
}
