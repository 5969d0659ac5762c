//! Rendezvous slots.

use axum::body::Bytes;
use belay_protocol::relay::{RendezvousId, Slot};
use rusqlite::{Connection, OptionalExtension, params};

use crate::engine::SlotPut;

pub(super) fn put(
    connection: &Connection,
    id: &RendezvousId,
    slot: Slot,
    body: &[u8],
    now_ms: i64,
    expires_ms: i64,
    bytes_max: u64,
) -> rusqlite::Result<SlotPut> {
    if let Some(held) = get(connection, id, slot, now_ms)? {
        return Ok(if held == body {
            SlotPut::Same
        } else {
            SlotPut::Taken
        });
    }
    // Answered from the index alone, without touching a body.
    let bytes: i64 = connection
        .prepare_cached("SELECT coalesce(sum(size), 0) FROM slot WHERE expires > ?1")?
        .query_row([now_ms], |row| row.get(0))?;
    let size = body.len() as u64;
    if bytes.cast_unsigned() + size > bytes_max {
        return Ok(SlotPut::Full);
    }
    connection
        .prepare_cached(
            "INSERT OR REPLACE INTO slot (rendezvous, number, expires, size, body)
             VALUES (?1, ?2, ?3, ?4, ?5)",
        )?
        .execute(params![
            id.as_bytes().as_slice(),
            slot.number(),
            expires_ms,
            size.cast_signed(),
            body
        ])?;
    Ok(SlotPut::Written)
}

pub(super) fn get(
    connection: &Connection,
    id: &RendezvousId,
    slot: Slot,
    now_ms: i64,
) -> rusqlite::Result<Option<Bytes>> {
    connection
        .prepare_cached(
            "SELECT body FROM slot WHERE rendezvous = ?1 AND number = ?2 AND expires > ?3",
        )?
        .query_row(
            params![id.as_bytes().as_slice(), slot.number(), now_ms],
            |row| row.get::<_, Vec<u8>>(0),
        )
        .optional()
        .map(|body| body.map(Bytes::from))
}
