//! Processes that are killed between any two calls that change something, over and over on the same files.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::print_stdout,
    reason = "a test may stop at the first surprise; counts are printed"
)]

mod common;

use belay_durability::{Kill, Line, Model, Person, Tree};
use belay_testkit::SeededEntropy;
use common::{Root, check_created, check_passphrase, check_store, drive, is_long, seed};

/// How often in an ordinary run, and in a long one.
fn times(ordinary: u64) -> u64 {
    if is_long() { 10 * ordinary } else { ordinary }
}

#[tokio::test]
async fn an_engine_that_is_killed_keeps_every_acknowledged_write() {
    let seed = seed();
    let mut random = SeededEntropy::new(seed);
    let paired = Root::with_keystore();
    Person::create_paired(&paired.path, seed).await;
    let paired = Tree::of(&paired.path);
    let (mut root, mut model) = (Root::of(&paired), Model::default());
    let mut acknowledged = 0;
    for round in 0..times(120) {
        if round % 30 == 0 {
            (root, model) = (Root::of(&paired), Model::default());
        }
        let kill = Kill {
            at: 1 + random.below(600),
            torn: random.below(2) == 0,
        };
        let seed = seed + 10 + 2 * round;
        let arguments = [&seed.to_string(), "steps", "10000"];
        let (lines, killed) = drive(&root.path, &arguments, Some(kill));
        assert!(killed, "{kill:?}");
        acknowledged += lines.iter().filter(|line| **line == Line::Done).count();
        model = check_store(&root.path, &model, &lines, seed + 1);
        // The next process does not know what was taken back before it began.
        model.taken_back.clear();
    }
    println!("{} kills, {acknowledged} acknowledged writes", times(120));
}

#[test]
fn a_kill_while_a_store_is_made_leaves_a_whole_one_or_none() {
    let seed = seed();
    let mut random = SeededEntropy::new(seed);
    let mut kills = 0;
    while kills < times(25) {
        let root = Root::with_keystore();
        let kill = Kill {
            at: 1 + random.below(170),
            torn: random.below(2) == 0,
        };
        let (lines, killed) = drive(&root.path, &[&seed.to_string(), "create"], Some(kill));
        kills += u64::from(killed);
        check_created(&root.path, &lines, seed + 1);
    }
}

#[test]
fn a_kill_while_the_passphrase_changes_leaves_the_old_key_or_the_new_one() {
    let seed = seed();
    let mut random = SeededEntropy::new(seed);
    for _ in 0..times(15) {
        let root = Root::with_keystore();
        Person::create(&root.path, seed).unwrap().leave();
        let kill = Kill {
            at: 1 + random.below(100),
            torn: random.below(2) == 0,
        };
        let arguments = [&(seed + 1).to_string(), "passphrases", "1000"];
        let (lines, killed) = drive(&root.path, &arguments, Some(kill));
        assert!(killed, "{kill:?}");
        check_passphrase(&root.path, &lines, seed + 2);
    }
}
