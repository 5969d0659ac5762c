//! Two and three devices of one person: a further one is admitted, gets everything, and what both write
//! offline comes together.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test may stop at the first surprise"
)]

use std::sync::Mutex;

use belay_e2e::{Companion, TestRelay, add_own_device, pair};
use belay_engine::model::{
    CheckInFields, DayStart, DisplayName, DocName, Mood, OutcomeStatus, SpaceId,
};
use belay_engine::{NewCheckIn, NewGoal, NewOutcome, SettingsEdit, SpaceKindView, SpaceStatusView};
use belay_testkit::FakeClock;

const START_MS: i64 = 1_772_476_200_000;
const HOLD_MS: i64 = 11_000;
const MINUTE_MS: i64 = 60_000;

fn check_in(by: &Companion, win: &str) -> DocName {
    let new = NewCheckIn {
        mood: Some(Mood::new(4).unwrap()),
        win: Some(win.to_owned()),
        ..NewCheckIn::default()
    };
    by.engine.write_check_in(new).unwrap().name
}

fn wins(by: &Companion) -> Vec<String> {
    let mut wins: Vec<String> = by
        .engine
        .check_ins(1_000)
        .unwrap()
        .into_iter()
        .filter_map(|check_in| check_in.check_in.win)
        .collect();
    wins.sort_unstable();
    wins
}

fn goal(by: &Companion, title: &str) -> DocName {
    let new = NewGoal {
        title: title.to_owned(),
        ..NewGoal::default()
    };
    by.engine.add_goal(new).unwrap().name
}

fn log(by: &Companion, goal: DocName, status: OutcomeStatus, note: Option<&str>) {
    let new = NewOutcome {
        goal,
        on: None,
        status,
        note: note.map(str::to_owned),
        reason: None,
        amount: None,
    };
    by.engine.log_outcome(new).unwrap();
}

/// Rounds of both until nothing is new.
async fn settle(devices: &[&Companion]) {
    for _ in 0..2 {
        for device in devices {
            let report = device.sync().await;
            assert!(report.troubles.is_empty(), "{:?}", report.troubles);
            assert_eq!(report.envelopes_refused, 0);
        }
    }
}

/// The rows that screens read, without the order in which they came to be here.
fn shown(by: &Companion) -> Vec<String> {
    let mut rows: Vec<String> = by.engine.projection_dump().unwrap();
    rows.sort_unstable();
    rows
}

#[tokio::test]
async fn a_further_device_is_asked_for_admitted_and_gets_everything_written_before() {
    let clock = FakeClock::at(START_MS, "Europe/Berlin");
    let relay = TestRelay::start(&clock).await;
    let phone = Companion::new("Ada", &clock, 1);
    phone.engine.set_relay(Some(relay.origin()), false).unwrap();
    for day in 0..5 {
        check_in(&phone, &format!("win {day}"));
    }
    goal(&phone, "read");
    let tablet = Companion::further_device(&clock, 2);
    assert!(tablet.engine.is_waiting_device().unwrap());
    let refused = tablet.engine.write_check_in(NewCheckIn {
        win: Some("too early".to_owned()),
        ..NewCheckIn::default()
    });
    assert_eq!(
        refused.unwrap_err().detail().as_deref(),
        Some("device-waiting")
    );
    let refused = phone.engine.invite_own_device().await;
    assert_eq!(
        refused.unwrap_err().detail().as_deref(),
        Some("no-sealed-copy"),
        "nothing of self leaves before the person says so"
    );
    assert_eq!(phone.sync().await.envelopes_sent, 0);
    phone.engine.set_self_copy(true).unwrap();

    let invitation = phone.engine.invite_own_device().await.unwrap();
    let on_tablet = Mutex::new(Vec::new());
    let show = |words: &[String]| *on_tablet.lock().unwrap() = words.to_vec();
    let (admitted, joined) = tokio::join!(
        async {
            let asking = phone.engine.await_own_device(&invitation.id).await.unwrap();
            let words = asking.comparison_words();
            assert_eq!(words.len(), 4);
            // Nobody is in before the person said yes.
            assert_eq!(phone.engine.own_devices().unwrap().len(), 1);
            let name = DisplayName::new("tablet").unwrap();
            let devices = phone.engine.admit_asking_device(asking, &name).await;
            (words, devices.unwrap())
        },
        tablet.engine.join_as_own_device(&invitation.text, &show),
    );
    joined.unwrap();
    let (on_phone, devices) = admitted;
    assert_eq!(on_phone, *on_tablet.lock().unwrap());
    assert_eq!(devices.len(), 2);
    assert_eq!(devices[1].name.as_deref(), Some("tablet"));
    assert!(!tablet.engine.is_waiting_device().unwrap());

    settle(&[&phone, &tablet, &phone]).await;
    assert_eq!(wins(&tablet), wins(&phone));
    assert_eq!(shown(&tablet), shown(&phone));
    assert_eq!(
        tablet.engine.settings().unwrap().settings.display_name,
        phone.engine.settings().unwrap().settings.display_name
    );
    assert!(devices[1].as_of_at_ms.is_none());
    let devices = phone.engine.own_devices().unwrap();
    assert!(devices[1].as_of_at_ms.is_some(), "the phone heard of it");
}

/// A phone with a sealed copy on the relay, and a tablet that was added and has everything.
async fn phone_and_tablet(clock: &FakeClock, relay: &TestRelay) -> (Companion, Companion) {
    let phone = Companion::new("Ada", clock, 1);
    phone.engine.set_relay(Some(relay.origin()), false).unwrap();
    phone.engine.set_self_copy(true).unwrap();
    let tablet = Companion::further_device(clock, 2);
    add_own_device(&phone, &tablet, "tablet").await;
    settle(&[&phone, &tablet]).await;
    (phone, tablet)
}

fn edit(by: &Companion, name: &DocName, change: impl FnOnce(&mut NewCheckIn)) {
    let before = by.engine.check_in(name).unwrap().check_in;
    let mut edited = NewCheckIn {
        on: Some(before.on),
        mood: before.mood,
        win: before.win,
        plan: before.plan,
        note: before.note,
        ..NewCheckIn::default()
    };
    change(&mut edited);
    by.engine.edit_check_in(name, edited).unwrap();
}

fn of_self(by: &Companion) -> SpaceStatusView {
    let status = by.engine.status().unwrap();
    let mut spaces = status.spaces.into_iter();
    spaces
        .find(|space| space.kind == SpaceKindView::Own)
        .unwrap()
}

/// All devices show the same, and would after laying everything out anew.
fn assert_converged(devices: &[&Companion]) {
    for device in devices {
        assert_eq!(shown(device), shown(devices[0]));
        let before = shown(device);
        device.engine.rebuild_projection().unwrap();
        assert_eq!(shown(device), before);
        let status = of_self(device);
        assert_eq!((status.waiting, status.quarantined), (0, 0));
        assert_eq!(status.queued, 0);
    }
}

#[tokio::test]
async fn what_two_devices_write_offline_comes_together_field_by_field() {
    let clock = FakeClock::at(START_MS, "Europe/Berlin");
    let relay = TestRelay::start(&clock).await;
    let (phone, tablet) = phone_and_tablet(&clock, &relay).await;
    let both = check_in(&phone, "the chapter");
    let reading = goal(&phone, "read");
    settle(&[&phone, &tablet]).await;

    // Both are offline now, on the same evening.
    edit(&phone, &both, |edited| {
        edited.note = Some("from the phone".to_owned());
    });
    edit(&tablet, &both, |edited| {
        edited.plan = Some("from the tablet".to_owned());
    });
    check_in(&phone, "phone only");
    check_in(&tablet, "tablet only");
    log(&phone, reading, OutcomeStatus::Done, None);
    clock.advance_ms(MINUTE_MS);
    log(&tablet, reading, OutcomeStatus::Done, Some("two pages"));
    let walking = goal(&tablet, "walk");
    phone
        .engine
        .edit_settings(SettingsEdit {
            hold_seconds: Some(30),
            ..SettingsEdit::default()
        })
        .unwrap();
    tablet
        .engine
        .edit_settings(SettingsEdit {
            day_start: Some(DayStart::new(4).unwrap()),
            ..SettingsEdit::default()
        })
        .unwrap();
    settle(&[&phone, &tablet, &phone]).await;

    assert_converged(&[&phone, &tablet]);
    for device in [&phone, &tablet] {
        let merged = device.engine.check_in(&both).unwrap().check_in;
        assert_eq!(merged.note.as_deref(), Some("from the phone"));
        assert_eq!(merged.plan.as_deref(), Some("from the tablet"));
        assert_eq!(wins(device), ["phone only", "tablet only", "the chapter"]);
        // One outcome of the day, not two.
        let logged = device.engine.goal(&reading).unwrap().today.unwrap();
        assert_eq!(logged.status, OutcomeStatus::Done);
        assert_eq!(logged.note.as_deref(), Some("two pages"));
        assert_eq!(device.engine.goal(&walking).unwrap().goal.title, "walk");
        let settings = device.engine.settings().unwrap().settings;
        assert_eq!((settings.hold_seconds, settings.day_start.hour()), (30, 4));
    }
}

#[tokio::test]
async fn what_one_device_erased_is_gone_on_the_other_also_after_an_edit_there() {
    for eraser_first in [true, false] {
        let clock = FakeClock::at(START_MS, "Europe/Berlin");
        let relay = TestRelay::start(&clock).await;
        let (phone, tablet) = phone_and_tablet(&clock, &relay).await;
        let gone = check_in(&phone, "to be gone");
        check_in(&phone, "stays");
        settle(&[&phone, &tablet]).await;
        phone.engine.undo_check_in(&gone).unwrap();
        phone.engine.erase_check_in(&gone).unwrap();
        edit(&tablet, &gone, |edited| {
            edited.plan = Some("once more".to_owned());
        });
        let order = if eraser_first {
            [&phone, &tablet]
        } else {
            [&tablet, &phone]
        };
        let mut told_by_tablet = 0;
        for round in 0..3 {
            for device in order {
                let report = device.sync().await;
                assert!(report.troubles.is_empty());
                let tablet = std::ptr::eq(device, &tablet);
                told_by_tablet += u64::from(tablet) * report.edited_after_deletion;
                assert!(report.edited_after_deletion == 0 || round < 2);
            }
        }
        assert_eq!(told_by_tablet, 1, "where it was edited, it is told once");
        for device in [&phone, &tablet] {
            assert!(device.engine.check_in(&gone).is_err());
            assert_eq!(wins(device), ["stays"]);
        }
        assert_converged(&[&phone, &tablet]);
    }
}

#[tokio::test]
async fn a_third_device_that_comes_late_is_admitted_by_the_second_and_gets_everything() {
    let clock = FakeClock::at(START_MS, "Europe/Berlin");
    let relay = TestRelay::start(&clock).await;
    let (phone, tablet) = phone_and_tablet(&clock, &relay).await;
    let gone = check_in(&phone, "to be gone");
    for number in 0..3 {
        check_in(&phone, &format!("phone {number}"));
        check_in(&tablet, &format!("tablet {number}"));
    }
    settle(&[&phone, &tablet]).await;
    tablet.engine.undo_check_in(&gone).unwrap();
    tablet.engine.erase_check_in(&gone).unwrap();
    // Long enough for a new secret and new keys of the devices.
    clock.advance_ms(40 * 24 * 60 * MINUTE_MS);
    check_in(&phone, "a month later");
    settle(&[&tablet, &phone]).await;

    let laptop = Companion::further_device(&clock, 3);
    add_own_device(&tablet, &laptop, "laptop").await;
    settle(&[&laptop, &tablet, &phone, &laptop]).await;
    assert_eq!(wins(&laptop).len(), 7);
    assert!(laptop.engine.check_in(&gone).is_err());
    check_in(&laptop, "from the laptop");
    settle(&[&laptop, &phone, &tablet, &laptop]).await;
    assert_converged(&[&phone, &tablet, &laptop]);
    assert_eq!(phone.engine.own_devices().unwrap().len(), 3);
}

#[tokio::test]
async fn a_relay_that_loses_its_disk_gets_everything_again() {
    let clock = FakeClock::at(START_MS, "Europe/Berlin");
    let mut relay = TestRelay::start(&clock).await;
    let (phone, tablet) = phone_and_tablet(&clock, &relay).await;
    check_in(&phone, "before");
    settle(&[&phone, &tablet]).await;
    relay.pause().await;
    for entry in std::fs::read_dir(relay.dir()).unwrap() {
        std::fs::remove_file(entry.unwrap().path()).unwrap();
    }
    relay.resume().await;
    check_in(&tablet, "after");
    settle(&[&tablet, &phone]).await;
    assert_converged(&[&phone, &tablet]);
    // Also what was written before the loss is there for whoever comes now.
    let laptop = Companion::further_device(&clock, 3);
    add_own_device(&phone, &laptop, "laptop").await;
    settle(&[&laptop, &phone, &laptop]).await;
    assert_eq!(wins(&laptop), ["after", "before"]);
}

#[tokio::test]
async fn a_device_put_back_to_an_older_state_takes_nothing_away_and_catches_up() {
    let clock = FakeClock::at(START_MS, "Europe/Berlin");
    let relay = TestRelay::start(&clock).await;
    let (phone, mut tablet) = phone_and_tablet(&clock, &relay).await;
    let gone = check_in(&tablet, "to be gone");
    settle(&[&phone, &tablet]).await;
    let older = tablet.copy_store();
    check_in(&tablet, "kept on the phone");
    tablet.engine.undo_check_in(&gone).unwrap();
    tablet.engine.erase_check_in(&gone).unwrap();
    settle(&[&tablet, &phone]).await;
    let full = wins(&phone);
    // The count beside the secret moves on with every opening.
    tablet.restart();
    let tablet = tablet.put_back(older);
    assert_eq!(wins(&tablet), ["to be gone"]);
    check_in(&tablet, "written after");
    settle(&[&tablet, &phone, &tablet]).await;
    assert_eq!(of_self(&tablet).own_incarnations, 2);
    for device in [&phone, &tablet] {
        assert_eq!(of_self(device).shadowed, 0);
        assert!(device.engine.check_in(&gone).is_err());
        let mut all = full.clone();
        all.push("written after".to_owned());
        assert_eq!(wins(device), all);
    }
    assert_converged(&[&phone, &tablet]);
}

#[tokio::test]
async fn a_device_that_exists_twice_is_shown_and_both_show_the_same_in_the_end() {
    let clock = FakeClock::at(START_MS, "Europe/Berlin");
    let relay = TestRelay::start(&clock).await;
    let (phone, tablet) = phone_and_tablet(&clock, &relay).await;
    // Folder and keystore are copied together: nothing on the device can tell.
    let twin = tablet.twin(77);
    check_in(&tablet, "from the one");
    check_in(&twin, "from the other");
    settle(&[&tablet, &twin, &phone]).await;
    assert!(of_self(&phone).shadowed > 0);
    assert_eq!(wins(&phone).len(), 1);
    settle(&[&tablet, &twin, &phone]).await;
    assert_eq!(wins(&tablet), wins(&phone));
    assert_eq!(wins(&twin), wins(&phone));
}

fn seen_by(partner: &Companion, space: &SpaceId) -> Vec<(Option<String>, Option<String>)> {
    let page = partner.engine.partner(space).unwrap();
    page.check_ins
        .into_iter()
        .map(|shared| (shared.check_in.win, shared.check_in.plan))
        .collect()
}

#[tokio::test]
async fn a_device_without_the_partnership_says_so_and_bends_nothing_that_is_shared() {
    let clock = FakeClock::at(START_MS, "Europe/Berlin");
    let relay = TestRelay::start(&clock).await;
    let (phone, tablet) = phone_and_tablet(&clock, &relay).await;
    let sam = Companion::new("Sam", &clock, 5);
    let space = pair(&phone, &sam, relay.origin()).await;
    let shared = NewCheckIn {
        mood: Some(Mood::new(4).unwrap()),
        win: Some("the chapter".to_owned()),
        audience: Some([(space, CheckInFields::all())].into()),
        ..NewCheckIn::default()
    };
    let name = phone.engine.write_check_in(shared).unwrap().name;
    clock.advance_ms(HOLD_MS);
    let _ = (phone.sync().await, sam.sync().await, tablet.sync().await);
    assert_eq!(
        seen_by(&sam, &space),
        [(Some("the chapter".to_owned()), None)]
    );

    // The tablet knows of the partnership and showed its keys; nobody has let it in yet.
    assert!(tablet.engine.partners().unwrap().is_empty());
    assert_eq!(tablet.engine.partnerships_elsewhere().unwrap(), 1);
    assert_eq!(phone.engine.partnerships_elsewhere().unwrap(), 0);
    assert!(
        tablet
            .engine
            .check_in(&name)
            .unwrap()
            .shared_with
            .is_empty()
    );
    // New things are not shared from here, and an edit reaches Sam through the phone.
    check_in(&tablet, "for me alone");
    edit(&tablet, &name, |edited| {
        edited.plan = Some("the next one".to_owned());
    });
    settle(&[&tablet, &phone]).await;
    clock.advance_ms(HOLD_MS);
    settle(&[&phone, &sam]).await;
    assert_eq!(
        seen_by(&sam, &space),
        [(
            Some("the chapter".to_owned()),
            Some("the next one".to_owned())
        )]
    );
    let delivered = &phone.engine.check_in(&name).unwrap().shared_with;
    assert_eq!(delivered.len(), 1);
    // Deleting and erasing on the tablet takes it back at Sam's, also when both come at once.
    tablet.engine.undo_check_in(&name).unwrap();
    tablet.engine.erase_check_in(&name).unwrap();
    settle(&[&tablet, &phone]).await;
    clock.advance_ms(HOLD_MS);
    settle(&[&phone, &sam]).await;
    assert!(seen_by(&sam, &space).is_empty());
    settle(&[&phone, &tablet]).await;
    assert_eq!(wins(&phone), wins(&tablet));
}
