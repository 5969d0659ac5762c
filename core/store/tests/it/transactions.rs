//! Two connections on one store, and transactions that do not end well.
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test may stop at the first surprise"
)]

use crate::common;

use std::panic::{AssertUnwindSafe, catch_unwind};

use belay_store::{Store, StoreError};
use common::{KEY, insert, made, place, read, write};

fn number(store: &Store) -> u64 {
    let bytes = read(store, |tx| tx.meta("number"));
    bytes.map_or(0, |bytes| u64::from_le_bytes(bytes.try_into().unwrap()))
}

#[test]
fn two_connections_see_each_others_commits() {
    let (dir, one) = made();
    let two = Store::open(dir.path(), &KEY).unwrap();
    write(&one, |tx| tx.put_meta("from", b"one"));
    assert_eq!(read(&two, |tx| tx.meta("from")).unwrap(), b"one");
    write(&two, |tx| tx.put_meta("from", b"two"));
    assert_eq!(read(&one, |tx| tx.meta("from")).unwrap(), b"two");
}

#[test]
fn a_snapshot_does_not_move_while_it_is_read() {
    let (dir, one) = made();
    let two = Store::open(dir.path(), &KEY).unwrap();
    read(&one, |tx| {
        assert_eq!(tx.meta("late")?, None);
        write(&two, |tx| tx.put_meta("late", b"1"));
        assert_eq!(tx.meta("late")?, None);
        Ok(())
    });
    assert!(read(&one, |tx| tx.meta("late")).is_some());
}

#[test]
fn only_what_another_connection_committed_makes_caches_stale() {
    let (dir, one) = made();
    let two = Store::open(dir.path(), &KEY).unwrap();
    let stale = |store: &Store| read(store, |tx| tx.changed_elsewhere());

    assert!(stale(&one), "nothing was seen yet");
    read(&one, |tx| tx.note_seen());
    assert!(!stale(&one));

    write(&one, |tx| tx.put_meta("a", b"1"));
    assert!(!stale(&one), "own commits do not count");

    write(&two, |tx| tx.put_meta("a", b"2"));
    assert!(stale(&one));
    write(&one, |tx| {
        assert!(tx.changed_elsewhere()?, "also inside a write");
        tx.note_seen()?;
        tx.put_meta("a", b"3")
    });
    assert!(!stale(&one));

    let failed = two.write(|tx| {
        tx.put_meta("a", b"4")?;
        Err::<(), _>(StoreError::Conflict("on purpose"))
    });
    assert!(failed.is_err());
    assert!(!stale(&one), "nothing was committed");
}

#[test]
fn a_number_is_taken_once_however_many_write() {
    let (dir, store) = made();
    let (threads, each) = (4, 25);
    std::thread::scope(|scope| {
        for _ in 0..threads {
            scope.spawn(|| {
                let store = Store::open(dir.path(), &KEY).unwrap();
                for _ in 0..each {
                    write(&store, |tx| {
                        let bytes = tx.meta("number")?;
                        let last =
                            bytes.map_or(0, |bytes| u64::from_le_bytes(bytes.try_into().unwrap()));
                        tx.put_meta("number", &(last + 1).to_le_bytes())
                    });
                }
            });
        }
    });
    assert_eq!(number(&store), threads * each);
}

#[test]
fn one_store_value_serves_many_threads() {
    let (_dir, store) = made();
    std::thread::scope(|scope| {
        for thread in 0..4_u8 {
            let store = &store;
            scope.spawn(move || {
                for turn in 0..20_u8 {
                    write(store, |tx| {
                        tx.put_meta(&format!("{thread}/{turn}"), &[turn])
                    });
                    assert!(read(store, |tx| tx.meta(&format!("{thread}/{turn}"))).is_some());
                }
            });
        }
    });
    assert!(read(&store, |tx| tx.meta("3/19")).is_some());
}

#[test]
fn an_error_takes_back_everything() {
    let (_dir, store) = made();
    let outcome = store.write(|tx| {
        let place = place(tx, 1);
        insert(tx, place, 1, b"body");
        tx.put_meta("number", &1_u64.to_le_bytes())?;
        Err::<(), _>(StoreError::Conflict("on purpose"))
    });
    assert_eq!(outcome.unwrap_err(), StoreError::Conflict("on purpose"));
    assert_eq!(number(&store), 0);
    assert!(read(&store, |tx| tx.spaces()).is_empty());
}

#[test]
fn a_panic_takes_back_everything_and_the_store_goes_on() {
    let (_dir, store) = made();
    let outcome = catch_unwind(AssertUnwindSafe(|| {
        store.write(|tx| -> Result<(), StoreError> {
            tx.put_meta("number", &1_u64.to_le_bytes())?;
            panic!("on purpose")
        })
    }));
    assert!(outcome.is_err());
    assert_eq!(number(&store), 0);
    write(&store, |tx| tx.put_meta("number", &2_u64.to_le_bytes()));
    assert_eq!(number(&store), 2);
}

#[test]
fn a_caller_may_answer_with_errors_of_its_own() {
    #[derive(Debug, PartialEq)]
    enum Own {
        Store(StoreError),
        Refused,
    }
    impl From<StoreError> for Own {
        fn from(error: StoreError) -> Self {
            Self::Store(error)
        }
    }
    let (_dir, store) = made();
    let refused: Result<(), Own> = store.write(|tx| {
        tx.put_meta("number", &1_u64.to_le_bytes())?;
        Err(Own::Refused)
    });
    assert_eq!(refused.unwrap_err(), Own::Refused);
    let missing: Result<_, Own> = store.read(|tx| Ok(tx.document(belay_store::DocRow(9))?));
    assert_eq!(
        missing.unwrap_err(),
        Own::Store(StoreError::MissingRow("document"))
    );
    assert_eq!(number(&store), 0);
}

#[test]
fn what_a_write_did_is_there_when_the_process_dies_right_after() {
    let (dir, store) = made();
    write(&store, |tx| tx.put_meta("number", &5_u64.to_le_bytes()));
    // What a crash leaves: the files as they are, with nothing closed.
    let crashed = tempfile::tempdir().unwrap();
    for entry in std::fs::read_dir(dir.path()).unwrap() {
        let entry = entry.unwrap();
        if entry.file_name() != "belay.db-shm" {
            std::fs::copy(entry.path(), crashed.path().join(entry.file_name())).unwrap();
        }
    }
    assert_eq!(number(&Store::open(crashed.path(), &KEY).unwrap()), 5);
}
