//! A store that comes to a layout of the future.

use std::path::Path;

use belay_crypto::{StoreKey, unwrap_store_key};
use belay_engine::SecretStore;
use belay_store::{KeyFile, Store, StoreError};

use crate::{FolderKeystore, Tree};

/// Writes new pages and changes old ones.
const NEXT: &str = "CREATE TABLE later (document INTEGER PRIMARY KEY, words TEXT NOT NULL) STRICT;
    INSERT INTO later SELECT document, json FROM own;
    UPDATE own SET json = json || ' ';";

fn key(root: &Path) -> StoreKey {
    let secret = FolderKeystore::new(&root.join("keystore")).load().unwrap();
    let wrapped = KeyFile::read(&root.join("store")).unwrap();
    unwrap_store_key(&wrapped, &secret.unwrap(), None).unwrap()
}

/// Opens the store in `root/store` as a program does that knows a newer layout.
///
/// # Panics
/// When it does not open.
pub fn migrate(root: &Path) {
    drop(Store::open_with_next(&root.join("store"), key(root).bytes(), NEXT).unwrap());
}

/// What screens read in the store in `root/store`, opened by a program of today.
///
/// # Errors
/// `NewerData` once it has migrated.
pub fn content(root: &Path) -> Result<Vec<String>, StoreError> {
    let store = Store::open(&root.join("store"), key(root).bytes())?;
    store.read(|tx| tx.projection_dump())
}

fn is_copy(name: &Path) -> bool {
    let name = name.file_name().unwrap().to_string_lossy();
    name.starts_with("belay.before-")
}

/// Looks at a folder after a crash while its store migrated: the store is whole in the old layout, or in the
/// new one beside a whole copy in the old; and it can go on.
///
/// # Panics
/// When it is not so.
pub fn check_migration(left: &Tree, root: &Path, expected: &[String], acknowledged: bool) {
    left.write_to(root);
    match content(root) {
        Ok(content) => {
            assert!(!acknowledged, "it had migrated");
            assert_eq!(content, expected);
        }
        Err(StoreError::NewerData { .. }) => {
            let copy = left.0.iter().find(|(name, _)| is_copy(name));
            let copy = copy.expect("a copy from before").1.clone();
            let mut old = left.clone();
            old.0.remove(Path::new("store/belay.db-wal"));
            old.0.insert("store/belay.db".into(), copy);
            let elsewhere = tempfile::tempdir().unwrap();
            old.write_to(elsewhere.path());
            assert_eq!(content(elsewhere.path()).unwrap(), expected);
        }
        Err(other) => panic!("{other:?}"),
    }
    migrate(root);
    assert!(matches!(content(root), Err(StoreError::NewerData { .. })));
}
