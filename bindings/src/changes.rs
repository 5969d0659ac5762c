//! What became stale, for whoever shows it: core/engine/src/changes.rs.

use std::sync::Arc;

use belay_engine::model::DocName;
use belay_engine::{ChangeArea, ChangeView};

use crate::subscription::Subscription;
use crate::{BelayCore, Result, worker};

#[uniffi::remote(Enum)]
pub enum ChangeArea {
    CheckIns,
    Goals,
    Journal,
    Drafts,
    Partners,
    Invitations,
    Settings,
    Devices,
    Delivery,
    Status,
}

/// Is told what became stale, never what changed in it.
#[uniffi::export(rust, foreign)]
pub trait ChangeObserver: Send + Sync {
    /// At first the present revision, with no areas; then once for everything that became stale since the call
    /// before. No `ids` with `areas`: everything of them is stale. Is not called again before it returned.
    fn on_change(&self, areas: Vec<ChangeArea>, ids: Vec<DocName>, revision: u64);
}

#[uniffi::export]
impl BelayCore {
    /// Tells the observer of every change, until the subscription ends or the core is shut down.
    pub fn subscribe(&self, observer: Arc<dyn ChangeObserver>) -> Result<Arc<Subscription>> {
        let mut feed = self.engine().changes();
        let (subscription, ended) = Subscription::begin();
        worker::detached(ended.or_until(async move {
            while let Some(change) = feed.next().await {
                let ChangeView {
                    areas,
                    ids,
                    revision,
                } = change;
                let observer = Arc::clone(&observer);
                worker::aside(move || observer.on_change(areas, ids, revision)).await;
            }
        }));
        Ok(subscription)
    }
}
