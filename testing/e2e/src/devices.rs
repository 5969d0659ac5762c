//! What tests of several own devices share.

use belay_engine::NewCheckIn;
use belay_engine::model::{CheckInFields, DocName, Mood, SpaceId};
use belay_testkit::FakeClock;

use crate::{Companion, TestRelay, add_own_device};

/// Writes a check-in that only the person sees.
///
/// # Panics
/// When it is refused.
pub fn writes(by: &Companion, win: &str) -> DocName {
    writes_to(by, &[], win)
}

/// Writes a check-in of which these partners see everything.
///
/// # Panics
/// When it is refused.
pub fn writes_to(by: &Companion, spaces: &[SpaceId], win: &str) -> DocName {
    let audience = spaces.iter().map(|space| (*space, CheckInFields::all()));
    let new = NewCheckIn {
        mood: Some(Mood::new(4).expect("a mood")),
        win: Some(win.to_owned()),
        audience: Some(audience.collect()),
        ..NewCheckIn::default()
    };
    by.engine.write_check_in(new).expect("a check-in").name
}

/// What a device shows of the person's own check-ins, sorted.
///
/// # Panics
/// When the store cannot be read.
#[must_use]
pub fn wins(by: &Companion) -> Vec<String> {
    let all = by.engine.check_ins(1_000).expect("check-ins").into_iter();
    let mut wins: Vec<String> = all.filter_map(|one| one.check_in.win).collect();
    wins.sort_unstable();
    wins
}

/// What a device shows of a partner's check-ins, sorted.
///
/// # Panics
/// When the store cannot be read.
#[must_use]
pub fn sees(by: &Companion, space: &SpaceId) -> Vec<String> {
    let page = by.engine.partner(space).expect("a partner");
    let all = page.check_ins.into_iter();
    let mut wins: Vec<String> = all.filter_map(|one| one.check_in.win).collect();
    wins.sort_unstable();
    wins
}

/// Two rounds of each, without trouble.
///
/// # Panics
/// When a relay made trouble or something was refused.
pub async fn settle(devices: &[&Companion]) {
    for _ in 0..2 {
        for device in devices {
            let report = device.sync().await;
            assert!(report.troubles.is_empty(), "{:?}", report.troubles);
            assert_eq!(report.envelopes_refused, 0);
        }
    }
}

/// A phone that keeps a sealed copy on the relay.
///
/// # Panics
/// When the store cannot be made.
#[must_use]
pub fn phone(clock: &FakeClock, relay: &TestRelay) -> Companion {
    let phone = Companion::new("Ada", clock, 1);
    let relay = Some(relay.origin());
    phone.engine.set_relay(relay, false).expect("a relay");
    phone.engine.set_self_copy(true).expect("a copy");
    phone
}

/// A further device that was let in and has everything; it meets the others at the same relay.
pub async fn further(by: &Companion, name: &str, seed: u64) -> Companion {
    let new = Companion::further_device(&by.clock, seed);
    add_own_device(by, &new, name).await;
    settle(&[by, &new]).await;
    new
}
