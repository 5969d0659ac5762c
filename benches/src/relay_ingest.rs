//! What the relay stores in a second through its engine, against raw SQLite that commits the same rows.

use std::sync::Arc;
use std::time::{Duration, Instant};

use belay_model::EnvelopeId;
use belay_protocol::relay::{Generation, MailboxPk};
use belay_relay::engine::{Appended, MailboxEngine, Moment, NewEnvelope, NewMailbox, SqliteEngine};
use belay_testkit::SeededEntropy;
use tokio::runtime::Runtime;

use crate::home::Home;
use crate::person::{START_MS, runtime};
use crate::raw_relay::RawRelay;
use crate::row::{Bar, Measured, Row};
use crate::spread::{Spread, micros};
use crate::{Outcome, PER_ROUND};

/// A sealed check-in is about this long.
const ENVELOPE_BYTES: usize = 1024;
const GROUP: usize = 30;
const WRITERS: usize = 4;
/// Writers share so many mailboxes in turn.
const MAILBOXES: usize = 4;
/// After so many envelopes a space goes on in another mailbox.
const MAILBOX_HOLDS: usize = belay_sync::EPOCH_MAX_ENVELOPES as usize;
/// Single envelopes are quick: more of them make a round that can be timed.
const SINGLES_PER_ROUND: usize = 4 * PER_ROUND;
const MOMENT: Moment = Moment {
    now_ms: START_MS,
    gone_before_ms: 0,
    renew_to_ms: START_MS + 180 * 24 * 60 * 60 * 1000,
};

/// How the rows of a round come.
struct Load {
    what: &'static str,
    part: &'static str,
    writers: usize,
    appends: usize,
    per_append: usize,
    per_commit: usize,
    is_indexed: bool,
    bar: Bar,
}

const LOADS: [Load; 4] = [
    Load {
        what: "relay ingest, 4 writers, 30 envelopes an append, each",
        part: "raw commits of 30 rows, each row",
        writers: WRITERS,
        appends: PER_ROUND,
        per_append: GROUP,
        per_commit: GROUP,
        is_indexed: false,
        bar: Bar::RateAtLeast(0.5),
    },
    Load {
        what: "the same",
        part: "raw commits of 30 rows into a table with an index by id, each row",
        writers: WRITERS,
        appends: PER_ROUND,
        per_append: GROUP,
        per_commit: GROUP,
        is_indexed: true,
        bar: Bar::RateTold,
    },
    Load {
        what: "relay ingest, 4 writers, one envelope an append, each",
        part: "raw commits of one row, each row",
        writers: WRITERS,
        appends: SINGLES_PER_ROUND,
        per_append: 1,
        per_commit: 1,
        is_indexed: false,
        bar: Bar::RateAtLeast(0.5),
    },
    Load {
        what: "relay ingest, 60 writers, one envelope an append, each",
        part: "raw commits of 30 rows, each row",
        writers: 2 * GROUP,
        appends: GROUP * PER_ROUND,
        per_append: 1,
        per_commit: GROUP,
        is_indexed: false,
        bar: Bar::RateTold,
    },
];

/// Measures the rows.
pub fn measure(home: &Home, rounds: usize) -> Outcome<Vec<Row>> {
    let runtime = runtime()?;
    LOADS
        .iter()
        .map(|load| measure_load(home, &runtime, load, rounds))
        .collect()
}

fn measure_load(home: &Home, runtime: &Runtime, load: &Load, rounds: usize) -> Outcome<Row> {
    let folder = home.scratch()?;
    let engine = Arc::new(SqliteEngine::open(&folder.path().join("relay"))?);
    let mut raw = RawRelay::make(folder.path(), load.is_indexed)?;
    let mut source = Envelopes(SeededEntropy::new(0x1a7e));
    let mut times = [const { Vec::<f64>::new() }; 2];
    let mut ratios = Vec::new();
    for round in 0..=rounds {
        let rows = source.next(load.appends * load.per_append);
        let first = round * rows.len() / (MAILBOXES * MAILBOX_HOLDS) * MAILBOXES;
        for number in first..first + MAILBOXES {
            runtime.block_on(make_mailbox(&engine, number))?;
        }
        let (path, part) = if round % 2 == 0 {
            let path = runtime.block_on(ingest(&engine, load, first, &rows))?;
            (path, commit_all(&mut raw, load, &rows)?)
        } else {
            let part = commit_all(&mut raw, load, &rows)?;
            (runtime.block_on(ingest(&engine, load, first, &rows))?, part)
        };
        if round > 0 {
            times[0].push(micros(path) / rows.len() as f64);
            times[1].push(micros(part) / rows.len() as f64);
            ratios.push(part.as_secs_f64() / path.as_secs_f64());
        }
    }
    runtime.block_on(engine.close())?;
    Ok(Row {
        path: Measured::micros(load.what, Spread::of(&times[0]).median),
        parts: vec![Measured::micros(load.part, Spread::of(&times[1]).median)],
        ratios,
        bar: load.bar,
    })
}

async fn make_mailbox(engine: &SqliteEngine, number: usize) -> Outcome<()> {
    let new = NewMailbox {
        generation: Generation(1),
        quota: 1 << 40,
        mailboxes_max: 1_000_000,
        token: None,
    };
    engine.create(mailbox(number)?, new, MOMENT).await?;
    Ok(())
}

fn mailbox(number: usize) -> Outcome<MailboxPk> {
    let mut bytes = [0; 32];
    bytes[..8].copy_from_slice(&u64::try_from(number)?.to_le_bytes());
    Ok(MailboxPk::from_bytes(bytes))
}

/// All rows through the engine, every writer waiting for each answer before the next append.
async fn ingest(
    engine: &Arc<SqliteEngine>,
    load: &Load,
    first: usize,
    rows: &[NewEnvelope],
) -> Outcome<Duration> {
    let mut work: Vec<Vec<Vec<NewEnvelope>>> = vec![Vec::new(); load.writers];
    for (index, append) in rows.chunks(load.per_append).enumerate() {
        work[index % load.writers].push(append.to_vec());
    }
    let started = Instant::now();
    let mut writers = Vec::new();
    for (writer, appends) in work.into_iter().enumerate() {
        let (engine, key) = (Arc::clone(engine), mailbox(first + writer % MAILBOXES)?);
        writers.push(tokio::spawn(async move {
            for append in appends {
                let outcome = engine.append(key, None, append, MOMENT).await?;
                if !matches!(outcome, Appended::Stored { .. }) {
                    return Err(format!("not stored: {outcome:?}").into());
                }
            }
            Outcome::Ok(())
        }));
    }
    for writer in writers {
        writer.await??;
    }
    Ok(started.elapsed())
}

fn commit_all(raw: &mut RawRelay, load: &Load, rows: &[NewEnvelope]) -> Outcome<Duration> {
    let started = Instant::now();
    for group in rows.chunks(load.per_commit) {
        raw.commit(group)?;
    }
    Ok(started.elapsed())
}

/// Makes envelopes that no two of are equal.
struct Envelopes(SeededEntropy);

impl Envelopes {
    fn next(&mut self, count: usize) -> Vec<NewEnvelope> {
        (0..count)
            .map(|_| NewEnvelope {
                id: EnvelopeId::from_bytes(self.bytes()),
                erase_hash: self.bytes(),
                bytes: self.bytes::<ENVELOPE_BYTES>().to_vec().into(),
            })
            .collect()
    }

    fn bytes<const N: usize>(&mut self) -> [u8; N] {
        belay_model::make_bytes(&mut self.0)
    }
}
