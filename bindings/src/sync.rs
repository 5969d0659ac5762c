//! Exchanging with relays: core/engine/src/syncing/worker.rs and watch.rs.

use std::sync::Arc;

use belay_engine::{SyncProgress, SyncReport};

use crate::subscription::Subscription;
use crate::{BelayCore, BelayError, Result, worker};

/// Is told what a sync is doing.
#[uniffi::export(rust, foreign)]
pub trait ProgressObserver: Send + Sync {
    /// A step was taken.
    fn on_progress(&self, progress: SyncProgress);
}

/// Is told how keeping in touch goes.
#[uniffi::export(rust, foreign)]
pub trait SyncObserver: Send + Sync {
    /// A round ended.
    fn on_report(&self, report: SyncReport);

    /// Nobody keeps in touch any more: the subscription was cancelled (no error), or something forbids it.
    fn on_stopped(&self, error: Option<BelayError>);
}

#[uniffi::export]
impl BelayCore {
    /// Exchanges everything with the relay of every space, once. Touches the network.
    #[uniffi::method(default(observer = None))]
    pub async fn sync(&self, observer: Option<Arc<dyn ProgressObserver>>) -> Result<SyncReport> {
        let report = self
            .on_network(|engine| async move {
                let told = |progress| {
                    observer
                        .iter()
                        .for_each(|observer| worker::let_be(|| observer.on_progress(progress)));
                };
                engine.sync(&told).await
            })
            .await?;
        self.log.troubles(codes(&report));
        Ok(report)
    }

    /// [`BelayCore::keep_in_touch`] makes a round with every relay at once: the person asked for it, or the device
    /// found another network.
    pub fn look_now(&self) -> Result<()> {
        self.engine().look_now();
        Ok(())
    }

    /// When the next thing that waits may leave, in milliseconds since 1970; nothing when nothing waits.
    pub async fn next_departure_at_ms(&self) -> Result<Option<i64>> {
        self.on_disk(belay_engine::Engine::next_departure_at_ms)
            .await
    }

    /// Exchanges again and again, as soon as there is something, until the subscription ends. Touches the network.
    pub fn keep_in_touch(&self, observer: Arc<dyn SyncObserver>) -> Result<Arc<Subscription>> {
        let engine = self.engine();
        let (subscription, ended) = Subscription::begin();
        let log = self.log.clone();
        worker::detached(async move {
            let heard = Arc::clone(&observer);
            let troubled = log.clone();
            let kept = worker::on_network(async move {
                engine
                    .watch(
                        &|report| {
                            troubled.troubles(codes(report));
                            worker::let_be(|| heard.on_report(report.clone()));
                        },
                        ended.wait(),
                    )
                    .await
            });
            let error = log.told(kept.await).err();
            worker::let_be(|| observer.on_stopped(error));
        });
        Ok(subscription)
    }
}

fn codes(report: &SyncReport) -> impl Iterator<Item = &str> {
    report.troubles.iter().map(|trouble| trouble.code.as_str())
}
