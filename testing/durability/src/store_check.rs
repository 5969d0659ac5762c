//! Looking at a closed store from outside.

use std::collections::BTreeMap;
use std::path::Path;

use belay_crypto::unwrap_store_key;
use belay_engine::SecretStore;
use belay_protocol::Item;
use belay_store::KeyFile;
use rusqlite::Connection;

use crate::FolderKeystore;

/// Checks that the database of the store in `root/store` is sound in every page and every chain is without
/// a gap, each item naming the one before. Only for a store that nobody has open.
///
/// # Panics
/// When it is not so.
pub fn check_database(root: &Path, passphrase: Option<&str>) {
    let dir = root.join("store");
    let secret = FolderKeystore::new(&root.join("keystore")).load().unwrap();
    let wrapped = KeyFile::read(&dir).unwrap();
    let key = unwrap_store_key(&wrapped, &secret.unwrap(), passphrase).unwrap();
    let connection = Connection::open(dir.join("belay.db")).unwrap();
    let digits: String = key
        .bytes()
        .iter()
        .map(|byte| format!("{byte:02x}"))
        .collect();
    connection
        .execute_batch(&format!("PRAGMA key = \"x'{digits}'\""))
        .unwrap();
    for check in [
        "integrity_check",
        "foreign_key_check",
        "cipher_integrity_check",
    ] {
        assert_eq!(
            complaints(&connection, check),
            Vec::<String>::new(),
            "{check}"
        );
    }
    check_chains(&connection);
    check_names(&dir);
}

/// What one of SQLite's own checks says, apart from `ok`.
pub(crate) fn complaints(connection: &Connection, check: &str) -> Vec<String> {
    let mut statement = connection.prepare(&format!("PRAGMA {check}")).unwrap();
    let rows = statement.query_map([], |row| Ok(format!("{:?}", row.get_ref(0)?)));
    let said: Vec<String> = rows.unwrap().map(Result::unwrap).collect();
    let ok = format!("{:?}", rusqlite::types::ValueRef::Text(b"ok"));
    said.into_iter().filter(|line| *line != ok).collect()
}

fn check_chains(connection: &Connection) {
    type Chain = Vec<(u64, Vec<u8>, Item)>;
    let mut chains: BTreeMap<(i64, i64), Chain> = BTreeMap::new();
    let mut statement = connection
        .prepare("SELECT device, inc, seq, item_id, detached FROM item ORDER BY device, inc, seq")
        .unwrap();
    let mut rows = statement.query([]).unwrap();
    while let Some(row) = rows.next().unwrap() {
        let item = Item::parse_detached(row.get_ref(4).unwrap().as_blob().unwrap()).unwrap();
        let place = row.get::<_, i64>(2).unwrap().cast_unsigned();
        let chain = chains.entry((row.get(0).unwrap(), row.get(1).unwrap()));
        chain.or_default().push((place, row.get(3).unwrap(), item));
    }
    assert!(!chains.is_empty(), "a store has a chain of its own");
    for ((device, inc), items) in &chains {
        for (expected, (place, _, _)) in (1..).zip(items) {
            assert_eq!(*place, expected, "no gap");
        }
        for pair in items.windows(2) {
            assert_eq!(
                pair[1].2.header.prev[..],
                pair[0].1,
                "each names the one before"
            );
        }
        let (contiguous, top): (i64, i64) = connection
            .query_row(
                "SELECT contiguous, top_seq FROM chain WHERE device = ?1 AND inc = ?2",
                [device, inc],
                |row| Ok((row.get(0)?, row.get(1)?)),
            )
            .unwrap();
        let length = items.len() as i64;
        assert_eq!(
            (contiguous, top),
            (length, length),
            "the chain's note of itself"
        );
    }
}

/// No damage was noted, and nothing is left of what was being made.
fn check_names(dir: &Path) {
    for entry in std::fs::read_dir(dir).unwrap() {
        let name = entry.unwrap().file_name().into_string().unwrap();
        let bad = ["belay.damaged-", "belay.suspect", "belay.making-"];
        assert!(!bad.iter().any(|bad| name.starts_with(bad)), "{name}");
    }
}
