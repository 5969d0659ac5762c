//! Sealed blobs.

use axum::body::Bytes;
use belay_protocol::relay::limits::BLOB_UNFINISHED_DAYS;
use belay_protocol::relay::{BlobId, BlobPart, BlobRange, BlobState, EraseOutcome, MailboxPk};
use rusqlite::{Connection, OptionalExtension, params};

use super::mailbox::{self, day, find_live, place};
use crate::engine::{BlobGone, BlobPiece, BlobPut, BlobRead, Moment, ROW_BYTES};

// A part is at most 1 MiB, and each is overwritten before it goes.
const PARTS: i64 = 16;
const BLOBS: i64 = 200;
// While somebody waits for an erase, others write in between.
const SLICE: i64 = 4;

struct Row {
    id: i64,
    erase_hash: [u8; 32],
    state: BlobState,
}

pub(super) fn put(
    connection: &Connection,
    key: &MailboxPk,
    id: &BlobId,
    part: BlobPart,
    bytes: &[u8],
    quota: u64,
    at: Moment,
) -> rusqlite::Result<BlobPut> {
    let Some(owner) = find_live(connection, key, at)? else {
        return Ok(BlobPut::NoMailbox);
    };
    let found = find(connection, owner.id, id)?;
    if found.is_none() && is_withdrawn(connection, owner.id, id, &part.erase_hash)? {
        return Ok(BlobPut::Erased);
    }
    let row = match found {
        Some(row) => row,
        None if part.offset > 0 => {
            mailbox::renew(connection, key, at)?;
            return Ok(BlobPut::Held(BlobState {
                held: 0,
                total: part.total,
            }));
        }
        None => match begin(connection, owner.id, id, part, quota, at)? {
            Some(row) => row,
            None => return Ok(BlobPut::QuotaExceeded),
        },
    };
    let mut state = row.state;
    if (state.total, row.erase_hash) != (part.total, part.erase_hash) {
        return Ok(BlobPut::Differs);
    }
    if part.offset == state.held {
        state.held += bytes.len() as u64;
        connection
            .prepare_cached("INSERT INTO blob_part (place, body) VALUES (?1, ?2)")?
            .execute(params![place(row.id, part.offset), bytes])?;
        connection
            .prepare_cached("UPDATE blob SET held = ?2, touched = ?3 WHERE id = ?1")?
            .execute(params![row.id, state.held.cast_signed(), day(at.now_ms)])?;
    }
    mailbox::renew(connection, key, at)?;
    Ok(BlobPut::Held(state))
}

/// A blob without bytes yet, with room for all of them; `None` if there is no room.
fn begin(
    connection: &Connection,
    owner: i64,
    id: &BlobId,
    part: BlobPart,
    quota: u64,
    at: Moment,
) -> rusqlite::Result<Option<Row>> {
    let cost = part.total + ROW_BYTES;
    let taken: i64 = connection
        .prepare_cached("SELECT blob_bytes FROM mailbox WHERE id = ?1")?
        .query_row([owner], |row| row.get(0))?;
    if taken.cast_unsigned() + cost > quota {
        return Ok(None);
    }
    add_bytes(connection, owner, cost.cast_signed())?;
    connection
        .prepare_cached(
            "INSERT INTO blob (mailbox, name, erase_hash, total, held, touched)
             VALUES (?1, ?2, ?3, ?4, 0, ?5)",
        )?
        .execute(params![
            owner,
            id.as_bytes().as_slice(),
            part.erase_hash.as_slice(),
            part.total.cast_signed(),
            day(at.now_ms)
        ])?;
    Ok(Some(Row {
        id: connection.last_insert_rowid(),
        erase_hash: part.erase_hash,
        state: BlobState {
            held: 0,
            total: part.total,
        },
    }))
}

pub(super) fn read(
    connection: &Connection,
    key: &MailboxPk,
    id: &BlobId,
    range: BlobRange,
    at: Moment,
) -> rusqlite::Result<BlobRead> {
    // One snapshot for what is held and its bytes.
    let snapshot = connection.unchecked_transaction()?;
    let Some(owner) = find_live(&snapshot, key, at)? else {
        return Ok(BlobRead::NoMailbox);
    };
    let Some(row) = find(&snapshot, owner.id, id)? else {
        return Ok(BlobRead::NoBlob);
    };
    let from = range.offset.min(row.state.held);
    let end = from
        .saturating_add(u64::from(range.bytes))
        .min(row.state.held);
    let mut bytes = Vec::new();
    if from < end {
        // The part that `from` lies in begins at or before it.
        let mut statement = snapshot.prepare_cached(
            "SELECT place, body FROM blob_part WHERE place < ?2 AND place >= coalesce(
                 (SELECT max(place) FROM blob_part WHERE place >= ?3 AND place <= ?1), ?1)
             ORDER BY place",
        )?;
        let mut parts = statement.query(params![
            place(row.id, from),
            place(row.id, end),
            place(row.id, 0)
        ])?;
        while let Some(part) = parts.next()? {
            let offset = mailbox::seq_of(part.get(0)?);
            let body = part.get_ref(1)?.as_blob()?;
            let length = body.len() as u64;
            let first = from.saturating_sub(offset).min(length) as usize;
            let last = end.saturating_sub(offset).min(length) as usize;
            bytes.push(Bytes::copy_from_slice(&body[first..last]));
        }
    }
    Ok(BlobRead::Piece(BlobPiece {
        state: row.state,
        erase_hash: row.erase_hash,
        bytes,
        expires_ms: owner.state.expires_ms,
    }))
}

/// Takes a blob back. Where it is long, the parts that are still to be overwritten are those of the blob in
/// the answer: nobody can read it any more, and [`erase_more`] goes on. So does tidying, after a crash.
pub(super) fn erase(
    connection: &Connection,
    key: &MailboxPk,
    id: &BlobId,
    erase_hash: &[u8; 32],
    at: Moment,
) -> rusqlite::Result<(BlobGone, Option<i64>)> {
    let Some(owner) = find_live(connection, key, at)? else {
        return Ok((BlobGone::NoMailbox, None));
    };
    let found = find(connection, owner.id, id)?;
    if found
        .as_ref()
        .is_some_and(|row| row.erase_hash != *erase_hash)
    {
        return Ok((BlobGone::Done(EraseOutcome::WrongToken), None));
    }
    if !is_withdrawn(connection, owner.id, id, erase_hash)? {
        let full = owner.state.bytes + ROW_BYTES > owner.state.quota;
        // What is here can always be taken back.
        if found.is_none() && full {
            return Ok((BlobGone::QuotaExceeded, None));
        }
        remember(connection, owner.id, id, erase_hash, at)?;
    }
    let (outcome, more) = match &found {
        Some(row) => {
            forget(connection, owner.id, row)?;
            connection.execute("INSERT INTO dropped_blob (blob) VALUES (?1)", [row.id])?;
            let more = erase_more(connection, row.id)?;
            (EraseOutcome::Erased, more.then_some(row.id))
        }
        None => (EraseOutcome::Remembered, None),
    };
    mailbox::renew(connection, key, at)?;
    Ok((BlobGone::Done(outcome), more))
}

/// Overwrites some more parts of a blob that was taken back; says whether there are others. An author who
/// erases waits for all of them, and not for the next tidying.
pub(super) fn erase_more(connection: &Connection, blob: i64) -> rusqlite::Result<bool> {
    let more = remove_parts(connection, blob, SLICE)? == SLICE;
    if !more {
        connection.execute("DELETE FROM dropped_blob WHERE blob = ?1", [blob])?;
    }
    Ok(more)
}

/// Lets go of the blobs of a mailbox that is gone; their parts follow little by little.
pub(super) fn drop_all(connection: &Connection, owner: i64) -> rusqlite::Result<()> {
    connection.execute(
        "INSERT INTO dropped_blob (blob) SELECT id FROM blob WHERE mailbox = ?1",
        [owner],
    )?;
    connection.execute("DELETE FROM blob WHERE mailbox = ?1", [owner])?;
    Ok(())
}

/// Uploads that do not go on, and some parts of blobs that are gone. Gives how many rows went and
/// whether there may be more.
pub(super) fn collect(connection: &Connection, at: Moment) -> rusqlite::Result<(i64, bool)> {
    let mut statement = connection.prepare_cached(
        "SELECT id, mailbox, erase_hash, held, total FROM blob
         WHERE held < total AND touched < ?1 LIMIT ?2",
    )?;
    let stale: Vec<(i64, Row)> = statement
        .query_map([day(at.now_ms) - BLOB_UNFINISHED_DAYS, BLOBS], |row| {
            Ok((
                row.get(1)?,
                Row {
                    id: row.get(0)?,
                    erase_hash: row.get(2)?,
                    state: BlobState {
                        held: row.get::<_, i64>(3)?.cast_unsigned(),
                        total: row.get::<_, i64>(4)?.cast_unsigned(),
                    },
                },
            ))
        })?
        .collect::<Result<_, _>>()?;
    for (owner, row) in &stale {
        connection.execute("INSERT INTO dropped_blob (blob) VALUES (?1)", [row.id])?;
        forget(connection, *owner, row)?;
    }
    let count = stale.len() as i64;
    let dropped: Option<i64> = connection
        .prepare_cached("SELECT blob FROM dropped_blob LIMIT 1")?
        .query_row([], |row| row.get(0))
        .optional()?;
    let Some(blob) = dropped else {
        return Ok((count, count >= BLOBS));
    };
    let removed = remove_parts(connection, blob, PARTS)?;
    if removed < PARTS {
        connection.execute("DELETE FROM dropped_blob WHERE blob = ?1", [blob])?;
    }
    Ok((count + removed, true))
}

fn find(connection: &Connection, owner: i64, id: &BlobId) -> rusqlite::Result<Option<Row>> {
    connection
        .prepare_cached(
            "SELECT id, erase_hash, held, total FROM blob WHERE mailbox = ?1 AND name = ?2",
        )?
        .query_row(params![owner, id.as_bytes().as_slice()], |row| {
            Ok(Row {
                id: row.get(0)?,
                erase_hash: row.get(1)?,
                state: BlobState {
                    held: row.get::<_, i64>(2)?.cast_unsigned(),
                    total: row.get::<_, i64>(3)?.cast_unsigned(),
                },
            })
        })
        .optional()
}

fn remove_parts(connection: &Connection, blob: i64, most: i64) -> rusqlite::Result<i64> {
    let removed = connection
        .prepare_cached(
            "DELETE FROM blob_part WHERE place IN
             (SELECT place FROM blob_part WHERE place >= ?1 AND place < ?2 LIMIT ?3)",
        )?
        .execute([place(blob, 0), place(blob + 1, 0), most])?;
    Ok((removed as u64).cast_signed())
}

fn forget(connection: &Connection, owner: i64, row: &Row) -> rusqlite::Result<()> {
    connection
        .prepare_cached("DELETE FROM blob WHERE id = ?1")?
        .execute([row.id])?;
    add_bytes(
        connection,
        owner,
        -(row.state.total + ROW_BYTES).cast_signed(),
    )
}

fn add_bytes(connection: &Connection, owner: i64, bytes: i64) -> rusqlite::Result<()> {
    connection
        .prepare_cached("UPDATE mailbox SET blob_bytes = blob_bytes + ?2 WHERE id = ?1")?
        .execute([owner, bytes])?;
    Ok(())
}

/// Ids of blobs stand beside those of envelopes: both are 32 bytes that nobody can choose for another.
fn is_withdrawn(
    connection: &Connection,
    owner: i64,
    id: &BlobId,
    erase_hash: &[u8; 32],
) -> rusqlite::Result<bool> {
    connection
        .prepare_cached(
            "SELECT 1 FROM withdrawn WHERE mailbox = ?1 AND env_id = ?2 AND erase_hash = ?3",
        )?
        .exists(params![
            owner,
            id.as_bytes().as_slice(),
            erase_hash.as_slice()
        ])
}

fn remember(
    connection: &Connection,
    owner: i64,
    id: &BlobId,
    erase_hash: &[u8; 32],
    at: Moment,
) -> rusqlite::Result<()> {
    connection
        .prepare_cached(
            "INSERT INTO withdrawn (mailbox, env_id, erase_hash, day) VALUES (?1, ?2, ?3, ?4)",
        )?
        .execute(params![
            owner,
            id.as_bytes().as_slice(),
            erase_hash.as_slice(),
            day(at.now_ms)
        ])?;
    connection
        .prepare_cached(
            "UPDATE mailbox SET withdrawn = withdrawn + 1, bytes = bytes + ?2 WHERE id = ?1",
        )?
        .execute(params![owner, ROW_BYTES.cast_signed()])?;
    Ok(())
}
