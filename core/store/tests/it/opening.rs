//! Creating, opening, and what a folder in a bad state gets.
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test may stop at the first surprise"
)]

use crate::common;

use std::fs;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::path::{Path, PathBuf};

use belay_store::{KeyFile, Store, StoreError, SyncLock};
use common::{KEY, OTHER_KEY, insert, made, place, read, write};
use rusqlite::Connection;

/// The database as SQLCipher gives it, without anything of this crate.
fn raw(dir: &Path) -> Connection {
    let conn = Connection::open(dir.join("belay.db")).unwrap();
    let key: String = KEY.iter().map(|byte| format!("{byte:02x}")).collect();
    conn.execute_batch(&format!("PRAGMA key = \"x'{key}'\""))
        .unwrap();
    conn
}

fn fill(store: &Store) {
    write(store, |tx| {
        tx.put_meta("word", b"kept")?;
        let place = place(tx, 1);
        for seq in 1..400 {
            insert(tx, place, seq, &[0x5a; 700]);
        }
        Ok(())
    });
    store.checkpoint().unwrap();
}

fn word(store: &Store) -> Option<Vec<u8>> {
    read(store, |tx| tx.meta("word"))
}

fn damaged(error: StoreError) -> PathBuf {
    match error {
        StoreError::Damaged { set_aside } => set_aside,
        other => panic!("{other:?}"),
    }
}

/// Names and contents; contents as a number, to be readable when they differ.
fn listing(dir: &Path) -> Vec<(String, u64)> {
    let mut files: Vec<_> = fs::read_dir(dir)
        .unwrap()
        .map(|entry| {
            let entry = entry.unwrap();
            let mut hasher = DefaultHasher::new();
            fs::read(entry.path()).unwrap().hash(&mut hasher);
            (entry.file_name().into_string().unwrap(), hasher.finish())
        })
        .collect();
    files.sort();
    files
}

#[test]
fn what_was_written_is_there_after_closing() {
    let (dir, store) = made();
    fill(&store);
    drop(store);
    let store = Store::open(dir.path(), &KEY).unwrap();
    assert_eq!(word(&store).unwrap(), b"kept");
    assert_eq!(store.dir(), dir.path());
}

#[test]
fn a_folder_without_a_store_is_told_apart() {
    let dir = tempfile::tempdir().unwrap();
    assert!(!Store::exists(dir.path()));
    assert_eq!(
        Store::open(dir.path(), &KEY).unwrap_err(),
        StoreError::NotFound
    );
    assert_eq!(
        Store::open(&dir.path().join("nowhere"), &KEY).unwrap_err(),
        StoreError::NotFound
    );
    assert!(listing(dir.path()).is_empty());
}

#[test]
fn a_store_is_never_made_over_another() {
    let (dir, store) = made();
    fill(&store);
    assert_eq!(
        Store::create(dir.path(), &OTHER_KEY).unwrap_err(),
        StoreError::Exists
    );
    drop(store);
    assert!(word(&Store::open(dir.path(), &KEY).unwrap()).is_some());
}

#[test]
fn of_many_that_make_a_store_at_once_one_does_and_its_key_opens_it() {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path();
    let outcomes: Vec<_> = std::thread::scope(|scope| {
        let makers: Vec<_> = (0..6_u8)
            .map(|number| scope.spawn(move || (number, Store::create(path, &[number; 32]))))
            .collect();
        makers
            .into_iter()
            .map(|maker| maker.join().unwrap())
            .collect()
    });
    let won: Vec<u8> = outcomes
        .iter()
        .filter(|(_, outcome)| outcome.is_ok())
        .map(|(number, _)| *number)
        .collect();
    for (_, outcome) in &outcomes {
        assert!(
            matches!(outcome, Ok(_) | Err(StoreError::Exists)),
            "{outcome:?}"
        );
    }
    assert_eq!(won.len(), 1, "{outcomes:?}");
    drop(outcomes);
    Store::open(path, &[won[0]; 32]).unwrap();
}

#[test]
fn a_wrong_key_changes_nothing() {
    let (dir, store) = made();
    fill(&store);
    drop(store);
    let before = listing(dir.path());
    assert_eq!(
        Store::open(dir.path(), &OTHER_KEY).unwrap_err(),
        StoreError::WrongKey
    );
    assert_eq!(listing(dir.path()), before);
}

#[test]
fn a_wrong_key_to_a_damaged_store_is_still_a_wrong_key() {
    let (dir, store) = made();
    fill(&store);
    drop(store);
    fs::write(dir.path().join("belay.db"), vec![0xaa; 50_000]).unwrap();
    let before = listing(dir.path());
    assert_eq!(
        Store::open(dir.path(), &OTHER_KEY).unwrap_err(),
        StoreError::WrongKey
    );
    assert_eq!(listing(dir.path()), before);
}

#[test]
fn a_store_without_its_key_check_opens_and_gets_a_new_one() {
    let (dir, store) = made();
    fill(&store);
    drop(store);
    for content in [None, Some(&b"not a key check"[..])] {
        let check = dir.path().join("belay.check");
        fs::remove_file(&check).unwrap();
        if let Some(content) = content {
            fs::write(&check, content).unwrap();
        }
        assert_eq!(
            Store::open(dir.path(), &OTHER_KEY).unwrap_err(),
            StoreError::WrongKey
        );
        assert!(word(&Store::open(dir.path(), &KEY).unwrap()).is_some());
        if content.is_none() {
            assert_eq!(fs::metadata(&check).unwrap().len(), 4096);
        }
    }
}

#[test]
fn a_truncated_garbled_or_emptied_store_is_set_aside_whole_and_named() {
    type Damage = fn(&mut Vec<u8>);
    let damages: [(&str, Damage); 4] = [
        ("emptied", Vec::clear),
        ("cut inside the first page", |bytes| bytes.truncate(1_000)),
        ("cut in the middle", |bytes| {
            let half = bytes.len() / 2;
            bytes.truncate(half);
        }),
        ("first page garbled", |bytes| {
            bytes[100..600].fill(0x11);
        }),
    ];
    for (what, damage) in damages {
        let (dir, store) = made();
        fill(&store);
        drop(store);
        let database = dir.path().join("belay.db");
        let mut bytes = fs::read(&database).unwrap();
        damage(&mut bytes);
        fs::write(&database, &bytes).unwrap();

        let aside = damaged(Store::open(dir.path(), &KEY).expect_err(what));
        assert_eq!(fs::read(&aside).unwrap(), bytes, "{what}");
        assert!(!Store::exists(dir.path()), "{what}");
        assert_eq!(aside.file_name().unwrap(), "belay.damaged-1.db", "{what}");

        let store = Store::create(dir.path(), &KEY).unwrap();
        assert_eq!(word(&store), None, "{what}");
        drop(store);
        fs::write(&database, b"again").unwrap();
        let second = damaged(Store::open(dir.path(), &KEY).unwrap_err());
        assert_ne!(second, aside, "{what}");
        assert_eq!(fs::read(&aside).unwrap(), bytes, "{what}");
    }
}

#[test]
fn damage_met_while_reading_is_found_by_the_next_open() {
    let (dir, store) = made();
    fill(&store);
    drop(store);
    let database = dir.path().join("belay.db");
    let mut bytes = fs::read(&database).unwrap();
    let middle = bytes.len() / 2;
    bytes[middle..middle + 8192].fill(0x22);
    fs::write(&database, &bytes).unwrap();

    let store = Store::open(dir.path(), &KEY).unwrap();
    let space = read(&store, |tx| tx.spaces())[0].row;
    let met = store.read(|tx| tx.all_items(space, belay_store::ItemRow(0), 1_000));
    assert_eq!(met.unwrap_err(), StoreError::Corrupt);
    drop(store);
    damaged(Store::open(dir.path(), &KEY).unwrap_err());
}

#[test]
fn suspicion_of_a_sound_store_is_lifted() {
    let (dir, store) = made();
    fill(&store);
    drop(store);
    let mark = dir.path().join("belay.suspect");
    fs::write(&mark, b"").unwrap();
    assert!(word(&Store::open(dir.path(), &KEY).unwrap()).is_some());
    assert!(!mark.exists());
}

#[test]
fn a_newer_store_is_refused_and_left_as_it_is() {
    let (dir, store) = made();
    fill(&store);
    drop(store);
    let conn = raw(dir.path());
    conn.pragma_update(None, "user_version", 9).unwrap();
    drop(conn);
    let before = listing(dir.path());
    let refused = Store::open(dir.path(), &KEY).unwrap_err();
    assert!(
        matches!(refused, StoreError::NewerData { found: 9, known } if known < 9),
        "{refused:?}"
    );
    // Looking at the version needs a log beside the database; it stays, and is empty.
    assert_eq!(fs::read(dir.path().join("belay.db-wal")).unwrap(), b"");
    let mut after = listing(dir.path());
    after.retain(|(name, _)| !name.ends_with("-wal") && !name.ends_with("-shm"));
    assert_eq!(after, before);
}

#[test]
fn a_newer_store_that_another_has_open_keeps_its_log() {
    let (dir, store) = made();
    drop(store);
    let conn = raw(dir.path());
    conn.pragma_update(None, "user_version", 9).unwrap();
    conn.execute_batch("INSERT INTO meta VALUES ('word', x'01')")
        .unwrap();
    let log = fs::read(dir.path().join("belay.db-wal")).unwrap();
    assert!(!log.is_empty());
    assert!(Store::open(dir.path(), &KEY).is_err());
    assert_eq!(fs::read(dir.path().join("belay.db-wal")).unwrap(), log);
}

#[test]
fn a_copy_opens_with_the_same_key_and_replaces_nothing() {
    let (dir, store) = made();
    fill(&store);
    let elsewhere = tempfile::tempdir().unwrap();
    let copy = elsewhere.path().join("belay.db");
    store.copy_to(&copy).unwrap();
    assert_eq!(store.copy_to(&copy).unwrap_err(), StoreError::Exists);
    let copied = Store::open(elsewhere.path(), &KEY).unwrap();
    assert_eq!(word(&copied).unwrap(), b"kept");
    assert_eq!(
        Store::open(elsewhere.path(), &OTHER_KEY).unwrap_err(),
        StoreError::WrongKey
    );
    drop(dir);
}

#[test]
fn copies_from_before_a_migration_go_with_the_next_good_open() {
    let (dir, store) = made();
    drop(store);
    let copy = dir.path().join("belay.before-0.db");
    fs::write(&copy, b"old").unwrap();
    assert!(Store::open(dir.path(), &OTHER_KEY).is_err());
    assert!(copy.exists());
    Store::open(dir.path(), &KEY).unwrap();
    assert!(!copy.exists());
}

#[test]
fn what_a_crash_left_half_made_goes_with_the_next_open_but_a_copy_that_may_be_under_way_stays() {
    let (dir, store) = made();
    drop(store);
    let before = listing(dir.path());
    for left in ["7-0-belay.db", "7-0-belay.db-wal", "7-1-belay.check"] {
        fs::write(dir.path().join(format!("belay.making-{left}")), b"half").unwrap();
    }
    Store::open(dir.path(), &KEY).unwrap();
    assert_eq!(listing(dir.path()), before);
    let copy = dir.path().join("belay.making-7-2-belay.before-");
    fs::write(&copy, b"half").unwrap();
    Store::open(dir.path(), &KEY).unwrap();
    assert!(copy.exists());
}

#[test]
fn the_key_file_is_written_once_and_replaced_whole() {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("inside");
    assert_eq!(KeyFile::read(&path).unwrap_err(), StoreError::KeyMissing);
    KeyFile::write_new(&path, b"first").unwrap();
    assert_eq!(
        KeyFile::write_new(&path, b"second").unwrap_err(),
        StoreError::Exists
    );
    assert_eq!(KeyFile::read(&path).unwrap(), b"first");
    KeyFile::replace(&path, b"third").unwrap();
    assert_eq!(KeyFile::read(&path).unwrap(), b"third");
    assert_eq!(listing(&path).len(), 1, "nothing is left over");
    fs::write(path.join("key.belay"), vec![0; 70_000]).unwrap();
    assert_eq!(
        KeyFile::read(&path).unwrap_err(),
        StoreError::Malformed("key file")
    );
}

#[cfg(unix)]
#[test]
fn nobody_else_may_read_any_file_of_the_folder() {
    use std::os::unix::fs::PermissionsExt;

    let outer = tempfile::tempdir().unwrap();
    let dir = outer.path().join("belay");
    KeyFile::write_new(&dir, b"wrapped").unwrap();
    let store = Store::create(&dir, &KEY).unwrap();
    let _lock = SyncLock::acquire(&dir).unwrap();
    fill(&store);
    let copy = dir.join("copy.db");
    store.copy_to(&copy).unwrap();
    let mode = |path: &Path| fs::metadata(path).unwrap().permissions().mode() & 0o777;
    assert_eq!(mode(&dir), 0o700);
    for entry in fs::read_dir(&dir).unwrap() {
        let path = entry.unwrap().path();
        assert_eq!(mode(&path), 0o600, "{}", path.display());
    }
}

#[test]
fn one_worker_syncs_and_the_next_may_when_it_ends() {
    let (dir, _store) = made();
    let lock = SyncLock::acquire(dir.path()).unwrap();
    assert_eq!(
        SyncLock::acquire(dir.path()).unwrap_err(),
        StoreError::AlreadySyncing
    );
    drop(lock);
    SyncLock::acquire(dir.path()).unwrap();
}

#[test]
fn the_size_is_what_database_and_log_take() {
    let (dir, store) = made();
    fill(&store);
    let file = fs::metadata(dir.path().join("belay.db")).unwrap().len();
    assert_eq!(store.size().unwrap(), file);
    write(&store, |tx| tx.put_meta("more", &[1; 10_000]));
    assert!(store.size().unwrap() > file + 10_000);
}

#[test]
fn space_is_given_back_after_much_was_deleted() {
    let (_dir, store) = made();
    fill(&store);
    let full = store.size().unwrap();
    write(&store, |tx| {
        let space = tx.spaces()?[0].row;
        for item in tx.all_items(space, belay_store::ItemRow(0), 1_000)? {
            tx.delete_item(item.row)?;
        }
        Ok(())
    });
    store.give_back_space().unwrap();
    store.checkpoint().unwrap();
    assert!(store.size().unwrap() < full / 2);
}
