//! Appending: first look at everything, then write everything.

use std::collections::HashMap;

use belay_model::EnvelopeId;
use belay_protocol::relay::{AppendOutcome, Generation, MailboxPk};
use rusqlite::{Connection, params};

use super::mailbox::{Row, SEQ_MAX, day, find_live, place, seq_of};
use crate::engine::{Appended, Moment, NewEnvelope, ROW_BYTES};

/// What the mailbox knows of an envelope.
pub(super) struct Known {
    pub(super) place: i64,
    pub(super) size: u64,
    pub(super) erase_hash: [u8; 32],
    pub(super) due_ms: Option<i64>,
    pub(super) blank: bool,
}

pub(super) fn append(
    connection: &Connection,
    key: &MailboxPk,
    generation: Option<Generation>,
    envelopes: &[NewEnvelope],
    at: Moment,
) -> rusqlite::Result<Appended> {
    let Some(row) = find_live(connection, key, at)? else {
        return Ok(Appended::NoMailbox);
    };
    let state = row.state;
    if generation.is_some_and(|given| given != state.generation) {
        return Ok(Appended::WrongGeneration);
    }
    let (mut head, mut bytes) = (state.head, state.bytes);
    let mut outcomes = Vec::with_capacity(envelopes.len());
    let mut erased = Vec::new();
    let mut fresh: HashMap<EnvelopeId, u64> = HashMap::with_capacity(envelopes.len());
    for envelope in envelopes {
        let env_id = envelope.id;
        let known = match fresh.get(&env_id) {
            Some(seq) => Some(*seq),
            None => match find_envelope(connection, row.id, &env_id)? {
                Some(known) => {
                    if known.blank || known.due_ms.is_some_and(|due| due <= at.now_ms) {
                        erased.push(env_id);
                    }
                    Some(seq_of(known.place))
                }
                None => None,
            },
        };
        if let Some(seq) = known {
            outcomes.push(AppendOutcome {
                env_id,
                seq,
                duplicate: true,
            });
            continue;
        }
        if row.withdrawn > 0 && is_withdrawn(connection, row.id, envelope)? {
            erased.push(env_id);
            continue;
        }
        head += 1;
        bytes += ROW_BYTES + envelope.bytes.len() as u64;
        fresh.insert(env_id, head);
        outcomes.push(AppendOutcome {
            env_id,
            seq: head,
            duplicate: false,
        });
    }
    if !erased.is_empty() {
        return Ok(Appended::Erased(erased));
    }
    if !fresh.is_empty() && (bytes > state.quota || head > SEQ_MAX) {
        return Ok(Appended::QuotaExceeded);
    }
    write(connection, &row, envelopes, &outcomes, (head, bytes), at)?;
    Ok(Appended::Stored {
        generation: state.generation,
        head,
        outcomes,
    })
}

fn write(
    connection: &Connection,
    row: &Row,
    envelopes: &[NewEnvelope],
    outcomes: &[AppendOutcome],
    (head, bytes): (u64, u64),
    at: Moment,
) -> rusqlite::Result<()> {
    let mut insert = connection.prepare_cached(
        "INSERT INTO envelope (place, mailbox, short, day, size, env_id, erase_hash, body)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)",
    )?;
    for (envelope, outcome) in envelopes.iter().zip(outcomes) {
        if outcome.duplicate {
            continue;
        }
        insert.execute(params![
            place(row.id, outcome.seq),
            row.id,
            short(&envelope.id),
            day(at.now_ms),
            (envelope.bytes.len() as u64).cast_signed(),
            envelope.id.as_bytes().as_slice(),
            envelope.erase_hash.as_slice(),
            &envelope.bytes[..],
        ])?;
    }
    // Only what changes is written: a replayed append on the same day leaves the disk alone.
    let expires = row.state.expires_ms.max(at.renew_to_ms);
    if head == row.state.head && day(expires) == day(row.state.expires_ms) {
        return Ok(());
    }
    connection
        .prepare_cached("UPDATE mailbox SET head = ?2, bytes = ?3, expires = ?4 WHERE id = ?1")?
        .execute(params![
            row.id,
            head.cast_signed(),
            bytes.cast_signed(),
            expires
        ])?;
    Ok(())
}

/// The part of an id that is indexed.
fn short(id: &EnvelopeId) -> i64 {
    let [a, b, c, d, e, f, g, h, ..] = *id.as_bytes();
    i64::from_be_bytes([a, b, c, d, e, f, g, h])
}

pub(super) fn find_envelope(
    connection: &Connection,
    mailbox: i64,
    id: &EnvelopeId,
) -> rusqlite::Result<Option<Known>> {
    let mut statement = connection.prepare_cached(
        "SELECT place, size, erase_hash, due, body IS NULL, env_id FROM envelope
         WHERE mailbox = ?1 AND short = ?2",
    )?;
    let mut rows = statement.query(params![mailbox, short(id)])?;
    while let Some(row) = rows.next()? {
        if row.get_ref(5)?.as_blob()? != id.as_bytes() {
            continue;
        }
        return Ok(Some(Known {
            place: row.get(0)?,
            size: row.get::<_, i64>(1)?.cast_unsigned(),
            erase_hash: row.get(2)?,
            due_ms: row.get(3)?,
            blank: row.get(4)?,
        }));
    }
    Ok(None)
}

fn is_withdrawn(
    connection: &Connection,
    mailbox: i64,
    envelope: &NewEnvelope,
) -> rusqlite::Result<bool> {
    connection
        .prepare_cached(
            "SELECT 1 FROM withdrawn WHERE mailbox = ?1 AND env_id = ?2 AND erase_hash = ?3",
        )?
        .exists(params![
            mailbox,
            envelope.id.as_bytes().as_slice(),
            envelope.erase_hash.as_slice()
        ])
}
