//! A relay's whole file and people's stores, copied as they are at one moment, and what Python opens of them.

use std::collections::{BTreeMap, BTreeSet};

use belay_e2e::{Companion, TestRelay};
use data_encoding::HEXLOWER;
use serde::Deserialize;
use serde_json::{Value, json};
use tempfile::TempDir;

use crate::ask_python;

/// A copy of a store or of a relay's file, as it was at one moment.
pub struct Copied {
    _dir: TempDir,
    given: Value,
}

impl Copied {
    /// A person's store with the key that opens it.
    ///
    /// # Panics
    /// When it cannot be copied.
    #[must_use]
    pub fn store(of: &Companion) -> Self {
        let dir = tempfile::tempdir().expect("a temporary folder");
        let (path, key) = of.copy_database(dir.path());
        let given = json!({"path": path, "key": HEXLOWER.encode(key.bytes())});
        Self { _dir: dir, given }
    }

    /// Every byte of a relay.
    ///
    /// # Panics
    /// When it cannot be copied.
    pub async fn whole_relay(relay: &mut TestRelay) -> Self {
        let dir = tempfile::tempdir().expect("a temporary folder");
        relay.pause().await;
        TestRelay::copy_files(relay.dir(), dir.path());
        relay.resume().await;
        let given = json!(dir.path().join("relay.sqlite"));
        Self { _dir: dir, given }
    }

    /// What Python opens of this relay's file with the keys of each of these stores.
    ///
    /// # Panics
    /// When Python cannot read it.
    #[must_use]
    pub fn read_with(&self, stores: &[(&str, &Self)]) -> Vec<Envelope> {
        let stores: BTreeMap<_, _> = stores
            .iter()
            .map(|(name, copy)| (*name, &copy.given))
            .collect();
        let given = json!({"relay": self.given, "stores": stores});
        let given = serde_json::to_vec(&given).expect("JSON");
        serde_json::from_slice(&ask_python("read_relay.py", &given)).expect("an answer")
    }
}

/// An envelope at a relay.
#[derive(Debug, Deserialize)]
pub struct Envelope {
    /// Its id.
    pub id: String,
    /// The key of the mailbox that it lies in.
    pub mailbox: String,
    /// The items in it, by the store whose keys open it.
    pub opened: BTreeMap<String, Vec<Item>>,
}

/// An item as Python shows it.
#[derive(Debug, Deserialize)]
pub struct Item {
    /// What kind it is.
    pub kind: String,
    /// The device that wrote it.
    pub device: String,
    /// Texts in it.
    pub texts: Vec<String>,
    /// The device that it removes, or nothing.
    pub removed: String,
    /// Devices that a secret in it is wrapped to.
    pub wrapped_for: BTreeSet<String>,
    /// Devices that an epoch in it is for.
    pub recipients: BTreeSet<String>,
}

/// The items that one store opens.
pub fn opened<'a>(envelopes: &'a [Envelope], by: &'a str) -> impl Iterator<Item = &'a Item> {
    envelopes
        .iter()
        .filter_map(move |one| one.opened.get(by))
        .flatten()
}
