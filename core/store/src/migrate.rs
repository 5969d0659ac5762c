//! Brings a database to the newest layout. A migration is a file of SQL; the version is this loop's.

use rusqlite::{Connection, TransactionBehavior};

use crate::{Result, StoreError};

/// All migrations, oldest first; the version of a store is how many it has gone through.
pub(crate) const MIGRATIONS: &[&str] = &[
    include_str!("../migrations/0001_line.sql"),
    include_str!("../migrations/0002_journal.sql"),
    include_str!("../migrations/0003_envelope_items.sql"),
    include_str!("../migrations/0004_search.sql"),
];

/// The version of a database; 0 for one without anything in it.
pub(crate) fn version(conn: &Connection) -> Result<u32> {
    Ok(conn.query_row("PRAGMA user_version", [], |row| row.get(0))?)
}

/// Runs the migrations that a database lacks, all or none. `copy` is called before the first one with
/// the version found, unless there is nothing to lose; writers are kept out meanwhile. Says whether
/// there was something to do.
pub(crate) fn migrate(
    conn: &mut Connection,
    migrations: &[&str],
    copy: impl FnOnce(u32) -> Result<()>,
) -> Result<bool> {
    let known = u32::try_from(migrations.len()).expect("migrations are few");
    if version(conn)? == known {
        return Ok(false);
    }
    let tx = conn.transaction_with_behavior(TransactionBehavior::Immediate)?;
    // Again: another process may have been at it meanwhile.
    let found = version(&tx)?;
    if found > known {
        return Err(StoreError::NewerData { found, known });
    }
    if found == known {
        return Ok(false);
    }
    if found > 0 {
        copy(found)?;
    }
    for migration in migrations.iter().skip(found as usize) {
        tx.execute_batch(migration)?;
    }
    tx.pragma_update(None, "user_version", known)?;
    tx.commit()?;
    Ok(true)
}

#[cfg(test)]
mod tests {
    #![allow(
        clippy::unwrap_used,
        clippy::panic,
        reason = "a test may stop at the first surprise"
    )]

    use super::*;

    const FIRST: &str = "CREATE TABLE a (x)";
    const SECOND: &str = "CREATE TABLE b (y)";
    const BROKEN: &str = "CREATE TABLE c (z); INSERT INTO nowhere VALUES (1)";

    #[test]
    fn only_what_is_lacking_runs_and_a_copy_is_asked_for_first() {
        let mut conn = Connection::open_in_memory().unwrap();
        let no_copy = |found| panic!("nothing to lose at {found}");
        assert!(migrate(&mut conn, &[FIRST], no_copy).unwrap());
        let mut copied = None;
        let copy = |found| {
            copied = Some(found);
            Ok(())
        };
        assert!(migrate(&mut conn, &[FIRST, SECOND], copy).unwrap());
        assert_eq!(copied, Some(1));
        assert!(!migrate(&mut conn, &[FIRST, SECOND], no_copy).unwrap());
        assert_eq!(version(&conn).unwrap(), 2);
    }

    #[test]
    fn a_migration_that_fails_leaves_the_old_layout() {
        let mut conn = Connection::open_in_memory().unwrap();
        migrate(&mut conn, &[FIRST], |_| Ok(())).unwrap();
        migrate(&mut conn, &[FIRST, SECOND, BROKEN], |_| Ok(())).unwrap_err();
        assert_eq!(version(&conn).unwrap(), 1);
        let tables: i64 = conn
            .query_row("SELECT count(*) FROM sqlite_schema", [], |row| row.get(0))
            .unwrap();
        assert_eq!(tables, 1);
    }

    #[test]
    fn without_a_copy_nothing_is_migrated() {
        let mut conn = Connection::open_in_memory().unwrap();
        migrate(&mut conn, &[FIRST], |_| Ok(())).unwrap();
        let full = |_| Err(StoreError::StorageFull);
        assert_eq!(
            migrate(&mut conn, &[FIRST, SECOND], full).unwrap_err(),
            StoreError::StorageFull
        );
        assert_eq!(version(&conn).unwrap(), 1);
    }
}
