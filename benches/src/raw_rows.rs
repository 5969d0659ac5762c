//! The part of taking things in that is SQLite's: the rows that the engine stored, inserted by prepared
//! statements into a copy of the same encrypted store that lacks them, one durable commit a batch.

use std::collections::BTreeMap;
use std::path::Path;

use belay_crypto::unwrap_store_key;
use belay_store::KeyFile;
use rusqlite::types::Value;
use rusqlite::{Connection, TransactionBehavior, params_from_iter};

use crate::Outcome;
use crate::person::store_dir;

/// Tables in an order in which every row finds what it refers to; and for each the received envelope with which its
/// rows came. What was sealed here meanwhile, such as an acknowledgement, brought nothing.
const TABLES: [(&str, &str); 11] = [
    (
        "epoch",
        "SELECT (SELECT min(v.id) FROM envelope v WHERE v.epoch = t.id AND v.own = 0), t.* FROM epoch t",
    ),
    (
        "envelope",
        "SELECT t.id, t.* FROM envelope t WHERE t.own = 0",
    ),
    (
        "envelope_bytes",
        "SELECT t.envelope, t.* FROM envelope_bytes t",
    ),
    (
        "document",
        "SELECT (SELECT min(v.id) FROM item i JOIN envelope_item h ON h.item = i.id
                 JOIN envelope v ON v.id = h.envelope AND v.own = 0
                 WHERE i.document = t.id), t.* FROM document t",
    ),
    (
        "item",
        "SELECT (SELECT min(v.id) FROM envelope_item h JOIN envelope v ON v.id = h.envelope AND v.own = 0
                 WHERE h.item = t.id), t.* FROM item t",
    ),
    (
        "envelope_item",
        "SELECT t.envelope, t.* FROM envelope_item t",
    ),
    (
        "shared",
        "SELECT (SELECT min(v.id) FROM envelope_item h JOIN envelope v ON v.id = h.envelope AND v.own = 0
                 WHERE h.item = t.item), t.* FROM shared t",
    ),
    (
        "own",
        "SELECT (SELECT max(v.id) FROM item i JOIN envelope_item h ON h.item = i.id
                 JOIN envelope v ON v.id = h.envelope AND v.own = 0
                 WHERE i.document = t.document), t.* FROM own t",
    ),
    (
        "entry_text",
        "SELECT (SELECT max(v.id) FROM item i JOIN envelope_item h ON h.item = i.id
                 JOIN envelope v ON v.id = h.envelope AND v.own = 0
                 WHERE i.document = t.document), t.* FROM entry_text t",
    ),
    (
        "entry_place",
        "SELECT (SELECT max(v.id) FROM item i JOIN envelope_item h ON h.item = i.id
                 JOIN envelope v ON v.id = h.envelope AND v.own = 0
                 WHERE i.document = t.document), t.* FROM entry_place t",
    ),
    (
        "entry_search (rowid, title, body, tags, facets)",
        "SELECT (SELECT max(v.id) FROM item i JOIN envelope_item h ON h.item = i.id
                 JOIN envelope v ON v.id = h.envelope AND v.own = 0
                 WHERE i.document = p.document), t.rowid, t.title, t.body, t.tags, t.facets
         FROM entry_search t JOIN entry_place p ON p.place = t.rowid",
    ),
];

/// The rows of one batch, by table.
type Batch = [Vec<Vec<Value>>; TABLES.len()];

/// Rows that came with envelopes.
pub struct RawRows {
    inserts: Vec<String>,
    batches: Vec<Batch>,
}

impl RawRows {
    /// Reads the rows out of a store into which they came; `batches` says with which envelope's row.
    pub fn read(folder: &Path, batches: &BTreeMap<i64, usize>) -> Outcome<Self> {
        let connection = connect(folder)?;
        let count = batches.values().max().map_or(0, |last| last + 1);
        let mut rows = Self {
            inserts: Vec::new(),
            batches: (0..count).map(|_| Batch::default()).collect(),
        };
        for (index, (table, query)) in TABLES.iter().enumerate() {
            let mut statement = connection.prepare(query)?;
            let width = statement.column_count();
            let mut found = statement.query([])?;
            while let Some(row) = found.next()? {
                let envelope: Option<i64> = row.get(0)?;
                let Some(batch) = envelope.and_then(|envelope| batches.get(&envelope)) else {
                    continue;
                };
                let values = (1..width)
                    .map(|column| row.get(column))
                    .collect::<Result<_, _>>()?;
                rows.batches[*batch][index].push(values);
            }
            let places: Vec<String> = (1..width).map(|place| format!("?{place}")).collect();
            // What stood there before anything came is put anew, such as the name of an epoch.
            let places = places.join(", ");
            rows.inserts
                .push(format!("INSERT OR IGNORE INTO {table} VALUES ({places})"));
        }
        Ok(rows)
    }

    /// Inserts all of them into the store of a folder, which is open already.
    pub fn insert(&self, connection: &mut Connection) -> Outcome<()> {
        for batch in &self.batches {
            let transaction =
                connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
            for (rows, insert) in batch.iter().zip(&self.inserts) {
                let mut statement = transaction.prepare_cached(insert)?;
                for row in rows {
                    statement.execute(params_from_iter(row))?;
                }
            }
            transaction.commit()?;
        }
        Ok(())
    }

    /// How many durable commits that takes.
    pub fn commits(&self) -> usize {
        self.batches.len()
    }
}

/// Opens the encrypted file of a folder's store, set as core/store sets its own connections.
pub fn connect(folder: &Path) -> Outcome<Connection> {
    let dir = store_dir(folder);
    let secret = std::fs::read(folder.join("secret"))?;
    let key = unwrap_store_key(&KeyFile::read(&dir)?, &secret, None)?;
    let connection = Connection::open(dir.join("belay.db"))?;
    crate::calibrated_file::configure(&connection, key.bytes())?;
    Ok(connection)
}
