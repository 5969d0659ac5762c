//! The part of merging own documents that is Automerge's: fork, apply, save and load again.

use std::collections::BTreeMap;

use automerge::{Automerge, Change};
use belay_document::documents::genesis_bytes;
use belay_protocol::DocKind;

use crate::Outcome;
use crate::received::Changes;

/// The empty documents of each kind, as they are before anybody wrote into them.
pub struct RawDocuments(BTreeMap<u8, Automerge>);

impl RawDocuments {
    /// Those of every kind that the changes are of.
    pub fn of(changes: &Changes) -> Outcome<Self> {
        let mut empty = BTreeMap::new();
        for (kind, _) in changes.keys() {
            if !empty.contains_key(kind) {
                let mut document = Automerge::new();
                let bytes = genesis_bytes(DocKind::try_from(*kind)?)?;
                document.apply_changes([Change::from_bytes(bytes.to_vec())?])?;
                empty.insert(*kind, document);
            }
        }
        Ok(Self(empty))
    }

    /// Makes every document from its changes on a fork, and loads what it saves.
    pub fn merge(&self, changes: &Changes) -> Outcome<()> {
        for ((kind, _), changes) in changes {
            let empty = self.0.get(kind).ok_or("an unknown kind")?;
            let mut fork = empty.fork();
            let parsed: Result<Vec<Change>, _> = changes
                .iter()
                .map(|change| Change::from_bytes(change.clone()))
                .collect();
            fork.apply_changes(parsed?)?;
            std::hint::black_box(Automerge::load(&fork.save())?);
        }
        Ok(())
    }
}
