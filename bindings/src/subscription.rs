//! Something that goes on until it is no longer wanted.

use std::future::Future;
use std::sync::Arc;

use tokio::sync::watch;

/// A handle on something that goes on: it ends when this is cancelled or dropped.
#[derive(uniffi::Object)]
pub struct Subscription {
    end: watch::Sender<bool>,
}

/// The other side of a [`Subscription`].
pub(crate) struct Ended(watch::Receiver<bool>);

#[uniffi::export]
impl Subscription {
    /// Ends it. Once more does nothing.
    pub fn cancel(&self) {
        self.end.send_replace(true);
    }
}

impl Subscription {
    pub(crate) fn begin() -> (Arc<Self>, Ended) {
        let (end, ended) = watch::channel(false);
        (Arc::new(Self { end }), Ended(ended))
    }
}

impl Ended {
    /// Goes on with `job` until that ends or is no longer wanted.
    pub async fn or_until(self, job: impl Future<Output = ()>) {
        tokio::select! {
            () = self.wait() => {}
            () = job => {}
        }
    }

    /// Ready when it was cancelled or dropped.
    pub async fn wait(mut self) {
        // An error says that the handle is gone, which ends it as well.
        let _ = self.0.wait_for(|ended| *ended).await;
    }
}
