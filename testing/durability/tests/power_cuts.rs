//! The power goes at any moment, and a disk keeps what was synced and any part of what was not.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::print_stdout,
    reason = "a test may stop at the first surprise; counts are printed"
)]

mod common;

use belay_durability::{Line, Model, Person, check_migration, content};
use common::{Recorded, Root, check_created, check_passphrase, check_store, lines, seed};

#[tokio::test]
async fn no_power_cut_takes_an_acknowledged_write_or_leaves_half_of_one() {
    let seed = seed();
    let root = Root::with_keystore();
    Person::create_paired(&root.path, seed).await;
    let recorded = Recorded::driver(&root.path, &[&seed.to_string(), "steps", "150"]);
    recorded.cut(60, seed, |left, told| {
        let root = Root::of(left);
        check_store(&root.path, &Model::default(), &lines(told), seed + 1);
    });
}

#[test]
fn a_power_cut_while_a_store_is_made_leaves_a_whole_one_or_none() {
    let seed = seed();
    let root = Root::with_keystore();
    let recorded = Recorded::driver(&root.path, &[&seed.to_string(), "create"]);
    recorded.cut(60, seed, |left, told| {
        let root = Root::of(left);
        check_created(&root.path, &lines(told), seed + 1);
    });
}

#[test]
fn a_power_cut_while_the_passphrase_changes_leaves_the_old_key_or_the_new_one() {
    let seed = seed();
    let root = Root::with_keystore();
    Person::create(&root.path, seed).unwrap().leave();
    let seed_text = (seed + 1).to_string();
    let recorded = Recorded::driver(&root.path, &[&seed_text, "passphrases", "20"]);
    recorded.cut(60, seed, |left, told| {
        let root = Root::of(left);
        check_passphrase(&root.path, &lines(told), seed + 2);
    });
}

#[test]
fn a_power_cut_while_a_store_migrates_leaves_the_old_one_or_a_copy_of_it() {
    let seed = seed();
    let root = Root::with_keystore();
    Person::create(&root.path, seed).unwrap().leave();
    assert!(
        !Recorded::driver(&root.path, &[&(seed + 1).to_string(), "steps", "40"])
            .events
            .is_empty()
    );
    let expected = content(&root.path).unwrap();
    let recorded = Recorded::driver(&root.path, &["0", "migrate"]);
    recorded.cut(60, seed, |left, told| {
        let root = Root::new();
        let acknowledged = lines(told).contains(&Line::Done);
        check_migration(left, &root.path, &expected, acknowledged);
    });
}
