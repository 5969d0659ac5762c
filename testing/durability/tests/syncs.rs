//! How often the disk is waited for. A kill proves nothing about that: what a process wrote outlives it
//! without any sync.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::print_stdout,
    reason = "a test may stop at the first surprise; counts are printed"
)]

mod common;

use std::collections::BTreeMap;
use std::path::Path;

use belay_durability::{Event, Line, Loss, Person, Step, Tree};
use belay_testkit::SeededEntropy;
use common::{Recorded, Root, lines, seed};

/// What happened between the beginning of a step and its acknowledgement.
#[derive(Debug)]
struct Taken {
    step: Step,
    wrote: bool,
    /// How often each file was synced.
    syncs: BTreeMap<String, usize>,
    /// Files with writes that were not synced when the step was acknowledged.
    unsynced: Vec<String>,
}

/// What each step of a recorded run took.
fn taken(recorded: &Recorded) -> Vec<Taken> {
    let mut disk = recorded.disk();
    let mut all = Vec::new();
    let mut under_way = None;
    for event in &recorded.events {
        if let (Event::Synced { fd }, Some(taken)) = (event, &mut under_way) {
            let name = disk.name_of(*fd).unwrap().to_str().unwrap().to_owned();
            let taken: &mut Taken = taken;
            *taken.syncs.entry(name).or_default() += 1;
        }
        disk.apply(event);
        if let (Event::Wrote { .. }, Some(taken)) = (event, &mut under_way) {
            taken.wrote = true;
        }
        if !matches!(event, Event::Said(_)) {
            continue;
        }
        for line in lines(std::slice::from_ref(event)) {
            match line {
                Line::Does(step) => {
                    under_way = Some(Taken {
                        step,
                        wrote: false,
                        syncs: BTreeMap::new(),
                        unsynced: Vec::new(),
                    });
                }
                Line::Done => {
                    let mut taken = under_way.take().unwrap();
                    let unsynced = disk.unsynced().into_iter();
                    taken.unsynced = unsynced
                        .map(|name| name.to_str().unwrap().to_owned())
                        .collect();
                    all.push(taken);
                }
            }
        }
    }
    all
}

#[tokio::test]
async fn a_write_is_acknowledged_after_one_sync_of_the_log_and_waits_for_no_other() {
    let seed = seed();
    let root = Root::with_keystore();
    Person::create_paired(&root.path, seed).await;
    let recorded = Recorded::driver(&root.path, &[&seed.to_string(), "steps", "250"]);
    let mut counts: BTreeMap<(usize, usize), usize> = BTreeMap::new();
    for taken in taken(&recorded) {
        let of = |name: &str| taken.syncs.get(name).copied().unwrap_or(0);
        let (log, database) = (of("store/belay.db-wal"), of("store/belay.db"));
        assert_eq!(taken.unsynced, Vec::<String>::new(), "{:?}", taken.step);
        if taken.step == Step::Checkpoint {
            assert!(log <= 1 && database <= 1, "{taken:?}");
            continue;
        }
        assert!(taken.wrote, "{taken:?}");
        // The first write into an emptied log syncs the log's head too: else old frames could look new.
        assert!((1..=2).contains(&log) && database == 0, "{taken:?}");
        *counts.entry((log, database)).or_default() += 1;
    }
    println!("(log, database): steps {counts:?}");
    let writes: usize = counts.values().sum();
    let syncs: usize = counts.iter().map(|((log, _), steps)| log * steps).sum();
    assert!(writes > 200, "{writes}");
    assert!(syncs <= writes + writes / 10, "{syncs} for {writes} writes");
}

#[test]
fn a_store_and_its_key_are_on_the_disk_with_their_names_when_it_is_made() {
    let seed = seed();
    let root = Root::with_keystore();
    let recorded = Recorded::driver(&root.path, &[&seed.to_string(), "create"]);
    let [made] = &taken(&recorded)[..] else {
        panic!("one step")
    };
    println!("{made:?}");
    assert_eq!(made.unsynced, Vec::<String>::new());
    let mut disk = recorded.disk();
    for event in &recorded.events {
        if matches!(event, Event::Said(_)) && lines(std::slice::from_ref(event)) == [Line::Done] {
            break;
        }
        disk.apply(event);
    }
    let left = disk.after_power_cut(Loss::All, &mut SeededEntropy::new(0));
    let here = Tree::of(&root.path);
    for name in [
        "store",
        "store/key.belay",
        "store/belay.db",
        "store/belay.check",
    ] {
        let name = Path::new(name);
        assert!(
            here.0.contains_key(name) && left.0.contains_key(name),
            "{name:?}"
        );
    }
    assert_eq!(
        left.0.get(Path::new("store/key.belay")),
        here.0.get(Path::new("store/key.belay"))
    );
}

#[test]
fn a_new_passphrase_is_on_the_disk_before_it_takes_the_place_of_the_old_one() {
    let seed = seed();
    let root = Root::with_keystore();
    Person::create(&root.path, seed).unwrap().leave();
    let seed_text = (seed + 1).to_string();
    let recorded = Recorded::driver(&root.path, &[&seed_text, "passphrases", "5"]);
    for taken in taken(&recorded) {
        let expected = [("store", 1), ("store/key.belay.new", 1)];
        let syncs = taken
            .syncs
            .iter()
            .map(|(name, count)| (name.as_str(), *count));
        assert_eq!(syncs.collect::<Vec<_>>(), expected, "{:?}", taken.step);
        assert_eq!(taken.unsynced, Vec::<String>::new());
    }
}
