//! What a shared check-in weighs on the wire, against what it says. Bytes, so one round tells all.

use std::path::Path;
use std::sync::Arc;

use belay_document::records::RecordPayload;
use belay_model::publish_check_in;
use belay_relay::{EngineChoice, Relay, RelayConfig};
use belay_testkit::FakeClock;
use rusqlite::Connection;

use crate::Outcome;
use crate::content::shared_fields;
use crate::home::Home;
use crate::person::{Person, ZONE, paired, runtime};
use crate::row::{Bar, Measured, Row};
use crate::shared_check_in::CheckInWriter;
use crate::ten_years::END_MS;

/// How many wait for a network.
const WAITING: usize = 30;
/// What an item needs besides its body: header with one head, and no more (docs/protocol.md, "Items").
const ITEM_BYTES: usize = 208;
/// The smallest plaintext of an envelope.
const FLOOR: usize = 512;
/// As `core/crypto` compresses.
const LEVEL: i32 = 3;
/// Longer than the hold.
const WAIT_MS: i64 = 11_000;

/// Measures both rows.
pub fn measure(home: &Home) -> Outcome<Vec<Row>> {
    let folder = home.scratch()?;
    let clock = FakeClock::at(END_MS, ZONE);
    runtime()?.block_on(async {
        let config = RelayConfig {
            engine: EngineChoice::Sqlite(folder.path().join("relay")),
            ..RelayConfig::default()
        };
        let relay = Relay::start(config, Arc::new(clock.clone())).await?;
        let (ada, _sam) = paired(folder.path(), &clock, &relay.origin().to_string()).await?;
        let held = folder.path().join("relay").join("relay.sqlite");
        let mut writer = CheckInWriter::new(&ada)?;
        let one = weigh(&ada, &mut writer, &held, 1).await?;
        let many = weigh(&ada, &mut writer, &held, WAITING).await?;
        relay.shutdown().await?;
        Ok(vec![one.alone()?, many.together()?])
    })
}

/// What went out for some check-ins.
struct Weighed {
    bodies: Vec<Vec<u8>>,
    on_the_wire: usize,
}

async fn weigh(
    person: &Person,
    writer: &mut CheckInWriter<'_>,
    held: &Path,
    count: usize,
) -> Outcome<Weighed> {
    let before = bytes_held(held)?;
    let mut bodies = Vec::new();
    for _ in 0..count {
        let written = writer.write()?.0;
        let record = publish_check_in(&written.check_in, shared_fields());
        let record = record.ok_or("nothing is shared")?;
        bodies.push(record.to_body(1).encode());
    }
    person.clock.advance_ms(WAIT_MS);
    person.sync().await?;
    Ok(Weighed {
        bodies,
        on_the_wire: bytes_held(held)? - before,
    })
}

fn bytes_held(held: &Path) -> Outcome<usize> {
    let relay = Connection::open(held)?;
    let query = "SELECT coalesce(sum(size), 0) FROM envelope";
    let bytes: i64 = relay.query_row(query, [], |row| row.get(0))?;
    Ok(usize::try_from(bytes)?)
}

impl Weighed {
    fn alone(&self) -> Outcome<Row> {
        let [body] = &self.bodies[..] else {
            return Err("not one check-in".into());
        };
        let says = body.len().max(FLOOR);
        Ok(self.row(
            "published copy of one check-in on the wire",
            vec![Measured::bytes(
                format!(
                    "its record of {} B, or the floor of an envelope",
                    body.len()
                ),
                says as f64,
            )],
            2.1,
        ))
    }

    fn together(&self) -> Outcome<Row> {
        let says = zstd::bulk::compress(&self.bodies.concat(), LEVEL)?.len();
        Ok(self.row(
            "30 that waited, sealed together",
            vec![
                Measured::bytes("zstd of the 30 records", says as f64),
                Measured::bytes("208 B an item", (ITEM_BYTES * self.bodies.len()) as f64),
            ],
            1.2,
        ))
    }

    fn row(&self, what: &str, parts: Vec<Measured>, most: f64) -> Row {
        let says: f64 = parts.iter().map(|part| part.amount).sum();
        Row {
            path: Measured::bytes(what, self.on_the_wire as f64),
            parts,
            ratios: vec![self.on_the_wire as f64 / says],
            bar: Bar::AtMost(most),
        }
    }
}
