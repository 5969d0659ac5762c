//! File bundles: core/engine/src/file_bundle. A shell gives a path of its own private folder, shares what was
//! written from there, and copies there what it was given.

use std::path::Path;
use std::sync::Arc;

use belay_engine::{BundleProgress, BundleReadView, BundleWrittenView, NewBundle};

use crate::{BelayCore, Result, worker};

/// Is told how far the writing or reading of a bundle is.
#[uniffi::export(rust, foreign)]
pub trait BundleObserver: Send + Sync {
    /// A part was written or read.
    fn on_progress(&self, progress: BundleProgress);
}

#[uniffi::export]
impl BelayCore {
    /// Writes a bundle to a file, which is there once it is whole. Writes to disk.
    #[uniffi::method(default(observer = None))]
    pub async fn write_bundle(
        &self,
        path: String,
        new: NewBundle,
        observer: Option<Arc<dyn BundleObserver>>,
    ) -> Result<BundleWrittenView> {
        self.on_disk(move |engine| {
            engine.write_bundle(Path::new(&path), new, &|progress| tell(&observer, progress))
        })
        .await
    }

    /// Takes in what a file holds for this device; doing it twice changes nothing. Writes to disk.
    #[uniffi::method(default(observer = None))]
    pub async fn read_bundle(
        &self,
        path: String,
        observer: Option<Arc<dyn BundleObserver>>,
    ) -> Result<BundleReadView> {
        self.on_disk(move |engine| {
            engine.read_bundle(Path::new(&path), &|progress| tell(&observer, progress))
        })
        .await
    }
}

fn tell(observer: &Option<Arc<dyn BundleObserver>>, progress: BundleProgress) {
    observer
        .iter()
        .for_each(|observer| worker::let_be(|| observer.on_progress(progress)));
}
