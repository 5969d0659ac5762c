//! Tidying up, a little at a time so that nobody waits long for the writer.

use belay_protocol::relay::{Generation, MailboxPk};
use rusqlite::{Connection, params};

use super::blobs;
use super::mailbox::{day, place};
use crate::engine::{Collected, Expired, Moment, ROW_BYTES, TOMBSTONE_DAYS, Totals};

const ROWS: i64 = 200;
const SCAN: i64 = 100;

pub(super) fn scan_expired(
    connection: &Connection,
    from: u64,
    at: Moment,
) -> rusqlite::Result<Expired> {
    let mut statement = connection.prepare_cached(
        "SELECT id, pk, gen FROM mailbox WHERE id > ?1 AND expires < ?2 ORDER BY id LIMIT ?3",
    )?;
    let mut rows = statement.query(params![from.cast_signed(), at.gone_before_ms, SCAN])?;
    let mut found = Vec::new();
    let mut last = 0;
    while let Some(row) = rows.next()? {
        last = row.get::<_, i64>(0)?;
        let generation = Generation(row.get::<_, i64>(2)?.cast_unsigned());
        found.push((MailboxPk::from_bytes(row.get(1)?), generation));
    }
    let next = (found.len() as i64 == SCAN).then_some(last.cast_unsigned());
    Ok(Expired { found, next })
}

pub(super) fn collect(connection: &Connection, at: Moment) -> rusqlite::Result<Collected> {
    let due = blank_due(connection, at)?;
    let dropped = remove_dropped(connection)?;
    let forgotten = forget(connection, at)?;
    let (of_blobs, more_blobs) = blobs::collect(connection, at)?;
    let slots = delete_some(
        connection,
        "DELETE FROM slot WHERE rowid IN (SELECT rowid FROM slot WHERE expires <= ?1 LIMIT ?2)",
        at.now_ms,
    )?;
    let tokens = delete_some(
        connection,
        "DELETE FROM token WHERE id IN (SELECT id FROM token WHERE expires <= ?1 LIMIT ?2)",
        at.now_ms,
    )?;
    let counts = [
        due,
        dropped.unwrap_or(0),
        forgotten,
        slots,
        tokens,
        of_blobs,
    ];
    if counts.iter().any(|count| *count > 0) {
        connection.execute_batch("PRAGMA incremental_vacuum(1024)")?;
    }
    Ok(Collected {
        rows: counts.iter().sum::<i64>().cast_unsigned(),
        // Where one mailbox was being removed, another may be next.
        more: dropped.is_some() || more_blobs || counts.iter().any(|count| *count >= ROWS),
    })
}

pub(super) fn totals(connection: &Connection) -> rusqlite::Result<Totals> {
    connection
        .prepare_cached(
            "SELECT count(*), coalesce(sum(bytes), 0), coalesce(sum(blob_bytes), 0) FROM mailbox",
        )?
        .query_row([], |row| {
            Ok(Totals {
                mailboxes: row.get::<_, i64>(0)?.cast_unsigned(),
                bytes: row.get::<_, i64>(1)?.cast_unsigned(),
                blob_bytes: row.get::<_, i64>(2)?.cast_unsigned(),
            })
        })
}

fn delete_some(connection: &Connection, sql: &str, before: i64) -> rusqlite::Result<i64> {
    let changed = connection.prepare_cached(sql)?.execute([before, ROWS])?;
    Ok((changed as u64).cast_signed())
}

/// Envelopes whose grace has ended.
fn blank_due(connection: &Connection, at: Moment) -> rusqlite::Result<i64> {
    let mut statement = connection.prepare_cached(
        "SELECT place, mailbox, size FROM envelope WHERE due <= ?1 ORDER BY due LIMIT ?2",
    )?;
    let due: Vec<(i64, i64, i64)> = statement
        .query_map([at.now_ms, ROWS], |row| {
            Ok((row.get(0)?, row.get(1)?, row.get(2)?))
        })?
        .collect::<Result<_, _>>()?;
    for (place, mailbox, size) in &due {
        connection
            .prepare_cached(
                "UPDATE envelope SET body = NULL, size = 0, due = NULL WHERE place = ?1",
            )?
            .execute([place])?;
        connection
            .prepare_cached("UPDATE mailbox SET bytes = bytes - ?2 WHERE id = ?1")?
            .execute([mailbox, size])?;
    }
    Ok(due.len() as i64)
}

/// Some rows of a deleted mailbox; `None` if there is no such mailbox.
fn remove_dropped(connection: &Connection) -> rusqlite::Result<Option<i64>> {
    let mut statement = connection.prepare_cached("SELECT mailbox FROM dropped LIMIT 1")?;
    let Some(mailbox) = statement.query([])?.next()?.map(|row| row.get::<_, i64>(0)) else {
        return Ok(None);
    };
    let mailbox = mailbox?;
    let envelopes = connection
        .prepare_cached(
            "DELETE FROM envelope WHERE place IN
             (SELECT place FROM envelope WHERE place >= ?1 AND place < ?2 LIMIT ?3)",
        )?
        .execute([place(mailbox, 0), place(mailbox + 1, 0), ROWS])?;
    let withdrawn = connection
        .prepare_cached(
            "DELETE FROM withdrawn WHERE mailbox = ?1 AND env_id IN
             (SELECT env_id FROM withdrawn WHERE mailbox = ?1 LIMIT ?2)",
        )?
        .execute([mailbox, ROWS])?;
    let removed = (envelopes.max(withdrawn) as u64).cast_signed();
    if removed < ROWS {
        connection.execute("DELETE FROM dropped WHERE mailbox = ?1", [mailbox])?;
    }
    Ok(Some(removed))
}

/// Withdrawals of envelopes that never came.
fn forget(connection: &Connection, at: Moment) -> rusqlite::Result<i64> {
    let mut statement = connection.prepare_cached(
        "SELECT mailbox, env_id, erase_hash FROM withdrawn WHERE day < ?1 LIMIT ?2",
    )?;
    let old: Vec<(i64, Vec<u8>, Vec<u8>)> = statement
        .query_map([day(at.now_ms) - TOMBSTONE_DAYS, ROWS], |row| {
            Ok((row.get(0)?, row.get(1)?, row.get(2)?))
        })?
        .collect::<Result<_, _>>()?;
    for (mailbox, id, hash) in &old {
        connection
            .prepare_cached(
                "DELETE FROM withdrawn WHERE mailbox = ?1 AND env_id = ?2 AND erase_hash = ?3",
            )?
            .execute(params![mailbox, id, hash])?;
        connection
            .prepare_cached(
                "UPDATE mailbox SET withdrawn = withdrawn - 1, bytes = bytes - ?2 WHERE id = ?1",
            )?
            .execute(params![mailbox, ROW_BYTES.cast_signed()])?;
    }
    Ok(old.len() as i64)
}
