//! The epoch secrets that are held of a space, with their keys derived when they are first asked for: after
//! ten years there are more than a hundred, and an ordinary evening needs one.

use std::cell::OnceCell;
use std::collections::BTreeMap;

use belay_crypto::{EpochKeys, EpochSecret};
use belay_model::EpochId;

/// The ring.
#[derive(Debug, Default)]
pub(crate) struct EpochRing {
    held: BTreeMap<EpochId, (EpochSecret, OnceCell<EpochKeys>)>,
}

impl EpochRing {
    /// Puts a secret on the ring; one that is there stays.
    pub fn insert(&mut self, id: EpochId, secret: EpochSecret) {
        self.held
            .entry(id)
            .or_insert_with(|| (secret, OnceCell::new()));
    }

    /// Whether the epoch can be opened.
    pub fn contains_key(&self, id: &EpochId) -> bool {
        self.held.contains_key(id)
    }

    /// The epoch's keys.
    pub fn get(&self, id: &EpochId) -> Option<&EpochKeys> {
        let (secret, keys) = self.held.get(id)?;
        Some(keys.get_or_init(|| secret.keys(id)))
    }

    /// The epoch's secret, to be wrapped to a device that is added.
    pub fn secret(&self, id: &EpochId) -> Option<&EpochSecret> {
        self.held.get(id).map(|(secret, _)| secret)
    }

    /// Every epoch on the ring, in ascending order.
    pub fn ids(&self) -> impl Iterator<Item = EpochId> + '_ {
        self.held.keys().copied()
    }
}
