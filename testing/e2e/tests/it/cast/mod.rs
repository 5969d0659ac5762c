//! Two people who are paired, and what each of them sees.

#![allow(
    dead_code,
    clippy::unwrap_used,
    reason = "a test may stop at the first surprise, and each test file uses a part of this"
)]

use std::collections::BTreeMap;

use belay_e2e::{Companion, TestRelay, pair};
use belay_engine::model::{CheckInFields, DocName, Mood, SpaceId};
use belay_engine::{DeliveryView, NewCheckIn, PartnerView};
use belay_testkit::FakeClock;

pub const START_MS: i64 = 1_772_476_200_000;
pub const HOLD_MS: i64 = 11_000;
pub const DAY_MS: i64 = 86_400_000;

/// Ada and Sam, paired, with a relay between them.
pub struct Cast {
    pub clock: FakeClock,
    pub relay: TestRelay,
    pub ada: Companion,
    pub sam: Companion,
    pub space: SpaceId,
}

pub async fn cast() -> Cast {
    let clock = FakeClock::at(START_MS, "UTC");
    let relay = TestRelay::start(&clock).await;
    let ada = Companion::new("Ada", &clock, 1);
    let sam = Companion::new("Sam", &clock, 2);
    let space = pair(&ada, &sam, relay.origin()).await;
    Cast {
        clock,
        relay,
        ada,
        sam,
        space,
    }
}

pub fn check_in(space: SpaceId, win: &str) -> NewCheckIn {
    NewCheckIn {
        mood: Some(Mood::new(3).unwrap()),
        win: Some(win.to_owned()),
        audience: Some(BTreeMap::from([(space, CheckInFields::all())])),
        ..NewCheckIn::default()
    }
}

impl Cast {
    pub fn ada_writes(&self, win: &str) -> DocName {
        let new = check_in(self.space, win);
        self.ada.engine.write_check_in(new).unwrap().name
    }

    pub fn sam_writes(&self, win: &str) {
        let new = check_in(self.space, win);
        self.sam.engine.write_check_in(new).unwrap();
    }

    pub fn delivery(&self, name: &DocName) -> Option<DeliveryView> {
        let view = self.ada.engine.check_in(name).unwrap();
        view.shared_with.first().and_then(|shared| shared.delivery)
    }

    pub fn ada_sees(&self) -> PartnerView {
        self.ada.engine.partner(&self.space).unwrap().partner
    }

    pub fn sam_sees(&self) -> PartnerView {
        self.sam.engine.partner(&self.space).unwrap().partner
    }

    pub fn wins(&self) -> Vec<String> {
        let page = self.sam.engine.partner(&self.space).unwrap();
        page.check_ins
            .into_iter()
            .filter_map(|shown| shown.check_in.win)
            .collect()
    }

    /// Everything that Sam's device could decode, as text.
    pub fn decoded_by_sam(&self) -> String {
        self.sam.engine.projection_dump().unwrap().join("\n")
    }

    pub async fn exchange(&self) {
        self.clock.advance_ms(HOLD_MS);
        self.ada.sync().await;
        self.sam.sync().await;
    }
}
