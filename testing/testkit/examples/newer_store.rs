//! Writes the exemplar of a store that a far later Belay left: `testing/testkit/exemplars/newer-store`.
//!
//! `cargo run -p belay-testkit --example newer_store -- FOLDER`. Encryption draws a salt of its own, so the bytes
//! differ each time; what they say does not.
#![allow(
    clippy::expect_used,
    reason = "run by hand: it may stop at the first surprise"
)]

use std::path::PathBuf;

use belay_crypto::{StoreKey, key_file_of_later, wrap_store_key};
use belay_store::{KeyFile, Store};
use belay_testkit::{NEWER_LAYOUT, NEWER_SECRET, SeededEntropy};

fn main() {
    let folder = std::env::args().nth(1).map(PathBuf::from);
    let folder = folder.expect("the folder to write into");
    let mut random = SeededEntropy::new(1);
    let key = StoreKey::make(&mut random);
    let wrapped = wrap_store_key(&key, &NEWER_SECRET, None, None, &mut random);
    let wrapped = wrapped.expect("a key file");
    KeyFile::write_new(&folder, &wrapped).expect("written");
    let later = key_file_of_later(wrapped);
    std::fs::write(folder.join("later-key.belay"), later).expect("written");
    Store::make_newer(&folder, key.bytes(), NEWER_LAYOUT).expect("written");
}
