//! Files that something else has spoiled or holds.
#![allow(clippy::unwrap_used, reason = "a test may stop at the first surprise")]

use crate::common;

use std::fs;

use belay_store::{Store, StoreError};
use common::{KEY, OTHER_KEY, made, read, write};

#[test]
fn a_log_that_is_no_log_is_kept_and_the_store_opens_as_it_was_before_it() {
    let (dir, store) = made();
    write(&store, |tx| tx.put_meta("word", b"before"));
    store.checkpoint().unwrap();
    write(&store, |tx| tx.put_meta("word", b"after"));
    // What a crash leaves.
    let crashed = tempfile::tempdir().unwrap();
    for name in ["belay.db", "belay.db-wal", "belay.check"] {
        fs::copy(dir.path().join(name), crashed.path().join(name)).unwrap();
    }
    let log = crashed.path().join("belay.db-wal");
    let mut bytes = fs::read(&log).unwrap();
    bytes[..8].fill(0);
    fs::write(&log, &bytes).unwrap();

    assert_eq!(
        Store::open(crashed.path(), &OTHER_KEY).unwrap_err(),
        StoreError::WrongKey
    );
    let store = Store::open(crashed.path(), &KEY).unwrap();
    assert_eq!(read(&store, |tx| tx.meta("word")).unwrap(), b"before");
    let aside = store.files_set_aside().unwrap();
    assert_eq!(aside, [crashed.path().join("belay.damaged-1.db-wal")]);
    assert_eq!(fs::read(&aside[0]).unwrap(), bytes);
    drop(store);

    // A log that was cut short ends where it was cut, and is no damage.
    fs::copy(dir.path().join("belay.db"), crashed.path().join("belay.db")).unwrap();
    let whole = fs::read(dir.path().join("belay.db-wal")).unwrap();
    for length in [0, 20, 32, whole.len() - 1, whole.len()] {
        fs::write(&log, &whole[..length]).unwrap();
        let store = Store::open(crashed.path(), &KEY).unwrap();
        let word = read(&store, |tx| tx.meta("word")).unwrap();
        assert!(word == b"before" || word == b"after");
        assert_eq!(store.files_set_aside().unwrap().len(), 1, "cut to {length}");
    }
}

#[test]
fn a_store_that_another_holds_is_busy_and_nothing_is_lost() {
    let (dir, one) = made();
    let other = Store::open(dir.path(), &KEY).unwrap();
    write(&one, |tx| {
        tx.put_meta("word", b"one")?;
        let refused = other.write(|tx| tx.put_meta("word", b"other"));
        assert_eq!(refused.unwrap_err(), StoreError::Busy);
        assert_eq!(read(&other, |tx| tx.meta("word")), None, "reading goes on");
        Ok(())
    });
    write(&other, |tx| tx.put_meta("more", b"other"));
    assert_eq!(read(&other, |tx| tx.meta("word")).unwrap(), b"one");
}
