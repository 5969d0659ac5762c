//! The relay's own program, killed and cut off: what it answered for is on the disk.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::print_stdout,
    reason = "a test may stop at the first surprise; counts are printed"
)]

mod common;

use std::path::Path;

use belay_durability::{Acknowledged, Event, GROUP, Kill, RelayProcess, answers};
use belay_testkit::SeededEntropy;
use common::{Recorded, Root, is_long, seed};
use rusqlite::Connection;

/// Posted to at the same time.
const MAILBOXES: u8 = 4;

/// Posts to all mailboxes at once until each has `count` more groups or the relay is gone.
async fn load(relay: &RelayProcess, known: &Acknowledged, count: u64) -> Acknowledged {
    let posts: Vec<_> = (0..MAILBOXES)
        .map(|mailbox| {
            let (origin, from) = (relay.origin().to_owned(), known.next_group(mailbox));
            tokio::spawn(
                async move { Acknowledged::by_posting(&origin, mailbox, from, count).await },
            )
        })
        .collect();
    let mut taken = Acknowledged::default();
    for post in posts {
        taken.add(post.await.unwrap());
    }
    taken
}

/// Records a relay that makes its files and takes `count` groups for each mailbox.
async fn record(root: &Root, mailboxes: u8, count: u64) -> Recorded {
    let recording = Recorded::begin(&root.path);
    let relay = RelayProcess::start(&root.path, &recording.log(), None).unwrap();
    let taken = if mailboxes == 1 {
        Acknowledged::by_posting(relay.origin(), 0, 0, count).await
    } else {
        load(&relay, &Acknowledged::default(), count).await
    };
    relay.stop();
    let expected = u64::from(mailboxes) * count * GROUP;
    assert_eq!(taken.len() as u64, expected);
    recording.end()
}

#[tokio::test]
async fn a_relay_that_is_killed_keeps_every_acknowledged_envelope() {
    let seed = seed();
    let mut random = SeededEntropy::new(seed);
    let (mut kills, mut acknowledged) = (0, 0);
    let times = if is_long() { 600 } else { 60 };
    while kills < times {
        let root = Root::new();
        let mut known = Acknowledged::default();
        for _ in 0..10 {
            let kill = Kill {
                at: 1 + random.below(400),
                torn: random.below(2) == 0,
            };
            let recording = Recorded::begin(&root.path);
            let log = recording.log();
            if let Some(relay) = RelayProcess::start(&root.path, &log, Some(kill)) {
                let taken = load(&relay, &known, 10_000).await;
                relay.kill();
                acknowledged += taken.len();
                known.add(taken);
            }
            kills += 1;
            known.check(&root.path.join("data"), MAILBOXES).await;
        }
    }
    println!("{kills} kills, {acknowledged} acknowledged envelopes");
}

#[test]
fn no_power_cut_takes_an_acknowledged_envelope_or_leaves_half_a_request() {
    let seed = seed();
    let runtime = tokio::runtime::Runtime::new().unwrap();
    let root = Root::new();
    let groups = 45;
    let recorded = runtime.block_on(record(&root, MAILBOXES, groups));
    recorded.cut(60, seed, |left, told| {
        let root = Root::of(left);
        let mut known = Acknowledged::by_answers(told, MAILBOXES, groups);
        runtime.block_on(known.check(&root.path.join("data"), MAILBOXES));
    });
}

#[tokio::test]
async fn a_relay_answers_after_one_sync_of_its_log_and_many_at_once_share_one() {
    let root = Root::new();
    let alone = record(&root, 1, 50).await;
    let mut disk = alone.disk();
    let mut syncs = 0;
    let mut counts = Vec::new();
    for event in &alone.events {
        if let Event::Synced { fd } = event {
            let log = Path::new("data/relay.sqlite-wal");
            syncs += usize::from(disk.name_of(*fd) == Some(log));
        }
        disk.apply(event);
        if !answers(std::slice::from_ref(event)).is_empty() {
            assert!(disk.unsynced().is_empty(), "{:?}", disk.unsynced());
            counts.push(std::mem::take(&mut syncs));
        }
    }
    println!("one after the other: {counts:?}");
    assert_eq!(counts.len(), 50);
    // The first one also makes the mailbox.
    assert!(counts[1..].iter().all(|syncs| *syncs == 1), "{counts:?}");

    let root = Root::new();
    let together = record(&root, MAILBOXES, 50).await;
    let answers = answers(&together.events).len();
    let syncs = together.events.iter();
    let syncs = syncs.filter(|event| matches!(event, Event::Synced { .. }));
    let syncs = syncs.count();
    println!("{answers} answers at once, {syncs} syncs");
    assert_eq!(answers, 200);
    // Never more than one for each, beside those for files, mailboxes and checkpoints.
    assert!(syncs <= answers + 40, "{syncs} syncs for {answers} answers");
}

#[test]
fn the_operators_key_is_there_whole_before_a_code_is_printed() {
    let seed = seed();
    let root = Root::new();
    let recording = Recorded::begin(&root.path);
    let codes = RelayProcess::codes(&root.path, &recording.log());
    assert_eq!(codes.lines().count(), 24);
    let key = Path::new("data/operator.key");
    let whole = std::fs::read(root.path.join(key)).unwrap();
    recording
        .end()
        .cut(200, seed, |left, told| match left.0.get(key) {
            Some(bytes) => assert_eq!(bytes.as_deref(), Some(&whole[..])),
            None => assert!(told.is_empty(), "codes were printed"),
        });
}

/// What a database of a relay holds, if it is there: generations, and how many envelopes. It must be whole.
fn held(database: &Path) -> Option<(Vec<i64>, i64)> {
    if !database.exists() {
        return None;
    }
    let database = Connection::open(database).unwrap();
    let whole: String = database
        .query_row("PRAGMA integrity_check", [], |row| row.get(0))
        .unwrap();
    assert_eq!(whole, "ok");
    let mut generations = database
        .prepare("SELECT gen FROM mailbox ORDER BY pk")
        .unwrap();
    let generations = generations.query_map([], |row| row.get(0)).unwrap();
    let generations = generations.map(Result::unwrap).collect();
    let count = database.query_row("SELECT count(*) FROM envelope", [], |row| row.get(0));
    Some((generations, count.unwrap()))
}

#[test]
fn a_power_cut_leaves_a_copy_whole_or_none_and_never_data_put_back_under_old_generations() {
    let seed = seed();
    let runtime = tokio::runtime::Runtime::new().unwrap();
    let root = Root::new();
    let (groups, envelopes) = (
        20,
        i64::try_from(u64::from(MAILBOXES) * 20 * GROUP).unwrap(),
    );
    drop(runtime.block_on(record(&root, MAILBOXES, groups)));
    let before = held(&root.path.join("data/relay.sqlite")).unwrap();
    assert_eq!(before.1, envelopes);

    let copy = root.path.join("copy");
    let copy = copy.to_str().unwrap();
    let recording = Recorded::begin(&root.path);
    let said = RelayProcess::command(&root.path, &recording.log(), &["backup", copy]);
    assert!(said.starts_with("copied"), "{said}");
    let recorded = recording.end();
    recorded.cut(60, seed, |left, told| {
        let root = Root::of(left);
        match held(&root.path.join("copy/relay.sqlite")) {
            Some(copied) => assert_eq!(copied, before),
            None => assert!(told.is_empty(), "it said that it was done"),
        }
    });

    std::fs::rename(root.path.join("data"), root.path.join("lost")).unwrap();
    let recording = Recorded::begin(&root.path);
    let said = RelayProcess::command(&root.path, &recording.log(), &["restore", copy]);
    assert!(said.starts_with("restored"), "{said}");
    let recorded = recording.end();
    recorded.cut(60, seed, |left, told| {
        let root = Root::of(left);
        match held(&root.path.join("data/relay.sqlite")) {
            Some((generations, count)) => {
                assert_eq!(count, envelopes);
                let same = generations
                    .iter()
                    .zip(&before.0)
                    .any(|(new, old)| new == old);
                assert!(!same && generations.len() == before.0.len());
            }
            None => assert!(told.is_empty(), "it said that it was done"),
        }
    });
}
