//! The mailbox row, and reading a mailbox.

use axum::body::Bytes;
use belay_protocol::relay::{Cursor, Generation, MailboxPk};
use rusqlite::{Connection, OptionalExtension, params};

use crate::RelayError;
use crate::engine::{Created, MailboxState, Moment, NewMailbox, Page, ReadLimits};

const DAY_MS: i64 = 86_400_000;
/// Numbers take the low half of a place, so a mailbox ends here.
pub(super) const SEQ_MAX: u64 = u32::MAX as u64;

/// The row as it is in the transaction.
pub(super) struct Row {
    pub(super) id: i64,
    pub(super) state: MailboxState,
    pub(super) withdrawn: i64,
}

pub(super) const fn day(ms: i64) -> i64 {
    ms.div_euclid(DAY_MS)
}

/// Where an envelope lies in its table.
pub(super) const fn place(mailbox: i64, seq: u64) -> i64 {
    (mailbox << 32) | seq.cast_signed()
}

pub(super) const fn seq_of(place: i64) -> u64 {
    (place & 0xffff_ffff).cast_unsigned()
}

/// The row of a mailbox whatever its age.
pub(super) fn find(connection: &Connection, key: &MailboxPk) -> rusqlite::Result<Option<Row>> {
    let mut statement = connection.prepare_cached(
        "SELECT id, gen, head, floor, bytes, quota, expires, withdrawn FROM mailbox WHERE pk = ?1",
    )?;
    statement
        .query_row([key.as_bytes().as_slice()], |row| {
            Ok(Row {
                id: row.get(0)?,
                state: MailboxState {
                    generation: Generation(row.get::<_, i64>(1)?.cast_unsigned()),
                    head: row.get::<_, i64>(2)?.cast_unsigned(),
                    floor: row.get::<_, i64>(3)?.cast_unsigned(),
                    bytes: row.get::<_, i64>(4)?.cast_unsigned(),
                    quota: row.get::<_, i64>(5)?.cast_unsigned(),
                    expires_ms: row.get(6)?,
                },
                withdrawn: row.get(7)?,
            })
        })
        .optional()
}

/// The row of a mailbox that is not gone at that moment.
pub(super) fn find_live(
    connection: &Connection,
    key: &MailboxPk,
    at: Moment,
) -> rusqlite::Result<Option<Row>> {
    Ok(find(connection, key)?.filter(|row| row.state.expires_ms >= at.gone_before_ms))
}

pub(super) fn create(
    connection: &Connection,
    key: &MailboxPk,
    new: NewMailbox,
    at: Moment,
) -> rusqlite::Result<Created> {
    let found = find(connection, key)?;
    if let Some(row) = &found
        && row.state.expires_ms >= at.gone_before_ms
    {
        return Ok(Created::Existing(row.state));
    }
    let count: i64 = connection.query_row("SELECT count(*) FROM mailbox", [], |row| row.get(0))?;
    if count.cast_unsigned() >= new.mailboxes_max {
        return Ok(Created::Full);
    }
    if let Some(token) = new.token {
        let fresh = connection
            .prepare_cached("INSERT OR IGNORE INTO token (id, expires) VALUES (?1, ?2)")?
            .execute(params![token.id.as_slice(), token.expires_ms])?;
        if fresh == 0 {
            return Ok(Created::TokenSpent);
        }
    }
    if let Some(row) = found {
        drop_mailbox(connection, row.id)?;
    }
    let quota = new.quota.min(i64::MAX.cast_unsigned());
    connection
        .prepare_cached(
            "INSERT INTO mailbox (pk, gen, head, floor, bytes, quota, created, expires)
             VALUES (?1, ?2, 0, 0, 0, ?3, ?4, ?5)",
        )?
        .execute(params![
            key.as_bytes().as_slice(),
            new.generation.0.cast_signed(),
            quota.cast_signed(),
            day(at.now_ms),
            at.renew_to_ms,
        ])?;
    Ok(Created::New(MailboxState {
        generation: new.generation,
        head: 0,
        floor: 0,
        bytes: 0,
        quota,
        expires_ms: at.renew_to_ms,
    }))
}

pub(super) fn read(
    connection: &Connection,
    key: &MailboxPk,
    after: Option<Cursor>,
    limits: ReadLimits,
    at: Moment,
) -> rusqlite::Result<Option<Page>> {
    // One snapshot for the head and the envelopes.
    let snapshot = connection.unchecked_transaction()?;
    let Some(row) = find_live(&snapshot, key, at)? else {
        return Ok(None);
    };
    let from = after
        .filter(|cursor| cursor.generation == row.state.generation)
        .map_or(0, |cursor| cursor.seq)
        .max(row.state.floor);
    let mut envelopes = Vec::new();
    if from < row.state.head {
        let mut statement = snapshot.prepare_cached(
            "SELECT place, size, CASE WHEN due <= ?4 THEN NULL ELSE body END FROM envelope
             WHERE place > ?1 AND place <= ?2 ORDER BY place LIMIT ?3",
        )?;
        let mut rows = statement.query(params![
            place(row.id, from),
            place(row.id, row.state.head),
            limits.envelopes,
            at.now_ms,
        ])?;
        let mut bytes = 0u64;
        while let Some(found) = rows.next()? {
            let body = found.get_ref(2)?.as_blob_or_null()?;
            bytes += body.map_or(0, |body| body.len() as u64);
            if bytes > u64::from(limits.bytes) && !envelopes.is_empty() {
                break;
            }
            let seq = seq_of(found.get(0)?);
            envelopes.push((seq, body.map(Bytes::copy_from_slice)));
        }
    }
    Ok(Some(Page {
        state: row.state,
        envelopes,
    }))
}

pub(super) fn renew(connection: &Connection, key: &MailboxPk, at: Moment) -> rusqlite::Result<()> {
    connection
        .prepare_cached(
            "UPDATE mailbox SET expires = ?2 WHERE pk = ?1 AND expires < ?2 AND expires >= ?3",
        )?
        .execute(params![
            key.as_bytes().as_slice(),
            at.renew_to_ms,
            at.gone_before_ms
        ])?;
    Ok(())
}

pub(super) fn trim(
    connection: &Connection,
    key: &MailboxPk,
    generation: Generation,
    floor: u64,
) -> rusqlite::Result<bool> {
    let found = find(connection, key)?.filter(|row| row.state.generation == generation);
    let Some(row) = found else {
        return Ok(false);
    };
    let floor = floor.min(row.state.head).max(row.state.floor);
    let range = params![place(row.id, 0), place(row.id, floor)];
    let freed: i64 = connection.query_row(
        "SELECT coalesce(sum(size + 128), 0) FROM envelope WHERE place > ?1 AND place <= ?2",
        range,
        |row| row.get(0),
    )?;
    connection.execute(
        "DELETE FROM envelope WHERE place > ?1 AND place <= ?2",
        range,
    )?;
    connection.execute(
        "UPDATE mailbox SET floor = ?2, bytes = bytes - ?3 WHERE id = ?1",
        params![row.id, floor.cast_signed(), freed],
    )?;
    Ok(true)
}

pub(super) fn restart(
    connection: &Connection,
    key: &MailboxPk,
    from: Generation,
    to: Generation,
) -> rusqlite::Result<bool> {
    let found = find(connection, key)?.filter(|row| row.state.generation == from);
    let Some(row) = found else {
        return Ok(false);
    };
    // A new id: the old rows are another partition, removed little by little.
    let changed = connection.execute(
        "INSERT INTO mailbox (pk, gen, head, floor, bytes, quota, created, expires)
         SELECT x'', ?2, 0, 0, 0, quota, created, expires FROM mailbox WHERE id = ?1",
        params![row.id, to.0.cast_signed()],
    )?;
    let id = connection.last_insert_rowid();
    drop_mailbox(connection, row.id)?;
    connection.execute(
        "UPDATE mailbox SET pk = ?2 WHERE id = ?1",
        params![id, key.as_bytes().as_slice()],
    )?;
    Ok(changed == 1)
}

pub(super) fn delete(
    connection: &Connection,
    key: &MailboxPk,
    generation: Generation,
    at: Moment,
) -> rusqlite::Result<bool> {
    let gone = find(connection, key)?.filter(|row| {
        row.state.generation == generation && row.state.expires_ms < at.gone_before_ms
    });
    match gone {
        Some(row) => drop_mailbox(connection, row.id).map(|()| true),
        None => Ok(false),
    }
}

fn drop_mailbox(connection: &Connection, id: i64) -> rusqlite::Result<()> {
    connection.execute("DELETE FROM mailbox WHERE id = ?1", [id])?;
    super::blobs::drop_all(connection, id)?;
    connection.execute("INSERT INTO dropped (mailbox) VALUES (?1)", [id])?;
    Ok(())
}

pub(super) fn renew_generations(connection: &Connection) -> Result<u64, RelayError> {
    let transaction = connection.unchecked_transaction()?;
    let mut every = transaction.prepare("SELECT id FROM mailbox")?;
    let ids: Vec<i64> = every
        .query_map([], |row| row.get(0))?
        .collect::<Result<_, _>>()?;
    drop(every);
    for id in &ids {
        let generation = crate::random::make_generation()?;
        transaction.execute(
            "UPDATE mailbox SET gen = ?2 WHERE id = ?1",
            params![id, generation.0.cast_signed()],
        )?;
    }
    transaction.commit()?;
    Ok(ids.len() as u64)
}
