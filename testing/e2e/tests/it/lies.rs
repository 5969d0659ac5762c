//! A relay that lies, and clocks that are wrong: nothing is lost, nothing runs without end, and it is said.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test may stop at the first surprise"
)]

use std::collections::{BTreeMap, BTreeSet};

use belay_e2e::{Companion, Lie, LyingRelay, TestRelay, pair};
use belay_engine::model::{CheckInFields, Mood, SpaceId};
use belay_engine::{NewCheckIn, RelayStatusView};
use belay_testkit::FakeClock;

const START_MS: i64 = 1_772_476_200_000;
const HOLD_MS: i64 = 11_000;
const DAY_MS: i64 = 86_400_000;
const YEAR_MS: i64 = 365 * DAY_MS;

/// Requests that one sync may take at most, whatever the relay does.
const REQUESTS_MAX: usize = 100;

struct Story {
    _relay: TestRelay,
    liar: LyingRelay,
    clock: FakeClock,
    ada: Companion,
    sam: Companion,
    space: SpaceId,
}

async fn begun() -> Story {
    let clock = FakeClock::at(START_MS, "UTC");
    let mut liar = LyingRelay::new().await;
    let relay = TestRelay::start_as(&clock, &liar.origin()).await;
    liar.lead_to(relay.addr());
    let ada = Companion::new("Ada", &clock, 1);
    let sam = Companion::new("Sam", &clock, 2);
    let space = pair(&ada, &sam, relay.origin()).await;
    let story = Story {
        _relay: relay,
        liar,
        clock,
        ada,
        sam,
        space,
    };
    story.both_write("before").await;
    story.sync().await;
    story.sync().await;
    story
}

impl Story {
    async fn both_write(&self, win: &str) {
        for (by, name) in [(&self.ada, "Ada"), (&self.sam, "Sam")] {
            write(by, self.space, &format!("{name} {win}"));
        }
        self.clock.advance_ms(HOLD_MS);
    }

    /// Lets both sync; says what went wrong.
    async fn sync(&self) -> BTreeSet<String> {
        let mut troubles = BTreeSet::new();
        for by in [&self.ada, &self.sam, &self.ada] {
            let before = self.liar.requests();
            let report = by.sync().await;
            let requests = self.liar.requests() - before;
            assert!(requests <= REQUESTS_MAX, "{requests} requests in one sync");
            troubles.extend(report.troubles.into_iter().map(|trouble| trouble.code));
        }
        troubles
    }

    fn wins(&self) -> [BTreeSet<String>; 2] {
        [&self.ada, &self.sam].map(|by| {
            let page = by.engine.partner(&self.space).unwrap();
            page.check_ins
                .into_iter()
                .filter_map(|shown| shown.check_in.win)
                .collect()
        })
    }
}

fn write(by: &Companion, space: SpaceId, win: &str) {
    let new = NewCheckIn {
        mood: Some(Mood::new(4).unwrap()),
        win: Some(win.to_owned()),
        audience: Some(BTreeMap::from([(space, CheckInFields::all())])),
        ..NewCheckIn::default()
    };
    by.engine.write_check_in(new).unwrap();
}

fn relay_status(by: &Companion, space: SpaceId) -> RelayStatusView {
    let status = by.engine.status().unwrap();
    let mut spaces = status.spaces.into_iter();
    let shown = spaces.find(|shown| shown.space == space).unwrap();
    shown.relays.into_iter().next().unwrap()
}

fn word(by: &Companion, space: SpaceId) -> Option<String> {
    relay_status(by, space).noticed.map(|notice| notice.word)
}

#[tokio::test]
async fn no_lie_of_a_relay_loses_a_word_or_runs_without_end() {
    for lie in Lie::ALL {
        let story = begun().await;
        let as_of = |by: &Companion| by.engine.partner(&story.space).unwrap().partner.as_of_at_ms;
        let known = [as_of(&story.ada), as_of(&story.sam)];
        story.liar.tell(lie);
        story.both_write("meanwhile").await;
        let mut troubles = BTreeSet::new();
        for _ in 0..2 {
            troubles.extend(story.sync().await);
        }
        // Nobody is told of news there are none of.
        let [of_sam, of_ada] = story.wins();
        if !of_sam.contains("Sam meanwhile") && lie != Lie::Duplicate {
            assert_eq!(as_of(&story.ada), known[0], "{lie:?}");
        }
        let garbled = [
            Lie::Giant,
            Lie::Endless,
            Lie::Garbage,
            Lie::Half,
            Lie::WebPage,
            Lie::Redirect,
            Lie::ReplayOldPages,
        ];
        if garbled.contains(&lie) {
            assert!(!troubles.is_empty(), "{lie:?} is no trouble");
            let told = relay_status(&story.ada, story.space).last_error;
            assert!(told.is_some(), "{lie:?} is not told");
            assert!(!of_ada.contains("Ada meanwhile"), "{lie:?}");
        }
        story.liar.tell(Lie::None);
        // A relay that lost something gets everything again once a day.
        for _ in 0..3 {
            story.clock.advance_ms(DAY_MS + 1);
            story.both_write("afterwards").await;
            let left = story.sync().await;
            assert!(left.is_empty(), "{lie:?}: {left:?}");
        }
        let [of_sam, of_ada] = story.wins();
        for when in ["before", "meanwhile", "afterwards"] {
            assert!(
                of_sam.contains(&format!("Sam {when}")),
                "{lie:?}: {of_sam:?}"
            );
            assert!(
                of_ada.contains(&format!("Ada {when}")),
                "{lie:?}: {of_ada:?}"
            );
        }
        for by in [&story.ada, &story.sam] {
            let shown = by.engine.partner(&story.space).unwrap().partner;
            assert!(!shown.incomplete, "{lie:?}");
            let status = by.engine.status().unwrap();
            assert!(status.spaces.iter().all(|space| space.shadowed == 0));
        }
    }
}

#[tokio::test]
async fn a_relay_that_shows_something_else_than_it_took_is_named_on_status() {
    for lie in [Lie::AnotherText, Lie::EverythingErased, Lie::TakeAndDrop] {
        let story = begun().await;
        assert_eq!(word(&story.ada, story.space), None);
        story.liar.tell(lie);
        story.both_write("meanwhile").await;
        story.sync().await;
        if lie == Lie::TakeAndDrop {
            // It shows when others' envelopes stand where ours should.
            story.liar.tell(Lie::None);
            for _ in 0..2 {
                story.clock.advance_ms(DAY_MS + 1);
                story.both_write("afterwards").await;
                story.sync().await;
            }
        }
        let words = [&story.ada, &story.sam].map(|by| word(by, story.space));
        assert!(
            words
                .iter()
                .flatten()
                .any(|word| word == "contradicts-itself" || word == "went-back"),
            "{lie:?}: {words:?}"
        );
    }
}

#[tokio::test]
async fn a_clock_a_year_off_either_way_and_then_right_again_stops_nothing() {
    for off_ms in [YEAR_MS, -YEAR_MS] {
        for ada_is_off in [true, false] {
            let clock = FakeClock::at(START_MS, "Europe/Berlin");
            let relay = TestRelay::start(&clock).await;
            let wrong = FakeClock::at(START_MS + off_ms, "Europe/Berlin");
            let (ada_clock, sam_clock) = if ada_is_off {
                (&wrong, &clock)
            } else {
                (&clock, &wrong)
            };
            let ada = Companion::new("Ada", ada_clock, 1);
            let sam = Companion::new("Sam", sam_clock, 2);
            // They met while all was well.
            wrong.set_ms(START_MS);
            let space = pair(&ada, &sam, relay.origin()).await;
            wrong.set_ms(START_MS + off_ms);
            let pass = |ms: i64| {
                clock.advance_ms(ms);
                wrong.advance_ms(ms);
            };
            write(&ada, space, "under a wrong clock");
            write(&sam, space, "under a wrong clock");
            pass(HOLD_MS);
            for by in [&ada, &sam, &ada] {
                let report = by.sync().await;
                assert!(report.troubles.is_empty(), "{:?}", report.troubles);
            }
            let off = if ada_is_off { &ada } else { &sam };
            let right = if ada_is_off { &sam } else { &ada };
            let told = relay_status(off, space).clock_offset_ms;
            assert_eq!(told, Some(-off_ms), "the one with the wrong clock is told");
            assert_eq!(relay_status(right, space).clock_offset_ms, None);
            let as_of = right.engine.partner(&space).unwrap().partner.as_of_at_ms;
            let now_ms = belay_engine::Clock::now_ms(&clock);
            assert!(as_of.unwrap() <= now_ms, "as of no day that has not come");

            wrong.set_ms(now_ms);
            write(&ada, space, "under a right clock");
            write(&sam, space, "under a right clock");
            pass(HOLD_MS);
            for _ in 0..2 {
                for by in [&ada, &sam] {
                    assert!(by.sync().await.troubles.is_empty());
                }
                pass(DAY_MS);
            }
            let today: belay_engine::model::CivilDay = "2026-03-02".parse().unwrap();
            for by in [&ada, &sam] {
                let page = by.engine.partner(&space).unwrap();
                assert_eq!(page.check_ins.len(), 2);
                assert!(!page.partner.incomplete);
                let last = page
                    .check_ins
                    .iter()
                    .find(|shown| shown.check_in.win.as_deref() == Some("under a right clock"));
                assert_eq!(last.unwrap().check_in.on, today);
                assert_eq!(relay_status(by, space).clock_offset_ms, None);
                let own = by.engine.check_ins(9).unwrap();
                let delivered = own.iter().filter(|own| {
                    own.shared_with[0].delivery == Some(belay_engine::DeliveryView::Received)
                });
                assert_eq!(delivered.count(), 2, "all of it was acknowledged");
            }
        }
    }
}
