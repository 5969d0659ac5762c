//! Erasing: the body goes, number and id stay.

use belay_protocol::relay::{EraseOutcome, MailboxPk};
use rusqlite::{Connection, params};

use super::append::{Known, find_envelope};
use super::mailbox::{day, find_live};
use crate::engine::{EraseOrder, Erased, Moment, ROW_BYTES};

pub(super) fn erase(
    connection: &Connection,
    key: &MailboxPk,
    orders: &[EraseOrder],
    at: Moment,
) -> rusqlite::Result<Erased> {
    let Some(row) = find_live(connection, key, at)? else {
        return Ok(Erased::NoMailbox);
    };
    let mut found = Vec::with_capacity(orders.len());
    let mut unseen = 0;
    for order in orders {
        let known = find_envelope(connection, row.id, &order.id)?;
        if known.is_none() && !is_remembered(connection, row.id, order)? {
            unseen += 1;
        }
        found.push(known);
    }
    if unseen > 0 && row.state.bytes + unseen * ROW_BYTES > row.state.quota {
        return Ok(Erased::QuotaExceeded);
    }
    let (mut freed, mut remembered) = (0, 0);
    let mut outcomes = Vec::with_capacity(orders.len());
    for (order, known) in orders.iter().zip(found) {
        let Some(known) = known else {
            remembered += remember(connection, row.id, order, at)?;
            outcomes.push(EraseOutcome::Remembered);
            continue;
        };
        if known.erase_hash != order.erase_hash {
            outcomes.push(EraseOutcome::WrongToken);
            continue;
        }
        if order.due_ms <= at.now_ms {
            freed += blank(connection, &known)?;
        } else {
            delay(connection, &known, order.due_ms)?;
        }
        outcomes.push(EraseOutcome::Erased);
    }
    connection
        .prepare_cached(
            "UPDATE mailbox SET bytes = bytes - ?2 + ?3 * 128, withdrawn = withdrawn + ?3,
             expires = max(expires, ?4) WHERE id = ?1",
        )?
        .execute(params![row.id, freed, remembered, at.renew_to_ms])?;
    Ok(Erased::Done(outcomes))
}

/// Overwrites a body (secure_delete is on) and gives how many bytes that frees.
fn blank(connection: &Connection, known: &Known) -> rusqlite::Result<i64> {
    // Asked of the table, not of `known`: an earlier order of the same request may have blanked it.
    let changed = connection
        .prepare_cached(
            "UPDATE envelope SET body = NULL, size = 0, due = NULL
             WHERE place = ?1 AND body IS NOT NULL",
        )?
        .execute([known.place])?;
    Ok(if changed == 1 {
        known.size.cast_signed()
    } else {
        0
    })
}

fn delay(connection: &Connection, known: &Known, due_ms: i64) -> rusqlite::Result<()> {
    connection
        .prepare_cached(
            "UPDATE envelope SET due = min(coalesce(due, ?2), ?2)
             WHERE place = ?1 AND body IS NOT NULL",
        )?
        .execute(params![known.place, due_ms])?;
    Ok(())
}

fn is_remembered(
    connection: &Connection,
    mailbox: i64,
    order: &EraseOrder,
) -> rusqlite::Result<bool> {
    connection
        .prepare_cached(
            "SELECT 1 FROM withdrawn WHERE mailbox = ?1 AND env_id = ?2 AND erase_hash = ?3",
        )?
        .exists(params![
            mailbox,
            order.id.as_bytes().as_slice(),
            order.erase_hash.as_slice()
        ])
}

fn remember(
    connection: &Connection,
    mailbox: i64,
    order: &EraseOrder,
    at: Moment,
) -> rusqlite::Result<i64> {
    let added = connection
        .prepare_cached(
            "INSERT OR IGNORE INTO withdrawn (mailbox, env_id, erase_hash, day)
             VALUES (?1, ?2, ?3, ?4)",
        )?
        .execute(params![
            mailbox,
            order.id.as_bytes().as_slice(),
            order.erase_hash.as_slice(),
            day(at.now_ms)
        ])?;
    Ok((added as u64).cast_signed())
}
