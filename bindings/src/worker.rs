//! The threads of this room. A job that was handed over runs to its end, whoever still waits for it.

use std::future::Future;
use std::sync::LazyLock;

use tokio::runtime::{Builder, Runtime};
use tokio::task::{JoinError, JoinHandle};

use crate::log::{PANIC, THREADS};
use crate::{BelayError, Result};

/// Two carry the network; what blocks on a disk gets threads of its own.
const NETWORK_THREADS: usize = 2;

static RUNTIME: LazyLock<Runtime> = LazyLock::new(|| {
    Builder::new_multi_thread()
        .worker_threads(NETWORK_THREADS)
        .thread_name(THREADS)
        .enable_all()
        .build()
        .expect("a process that runs can start threads")
});

/// Runs what touches the disk.
pub(crate) async fn on_disk<T: Send + 'static>(
    job: impl FnOnce() -> belay_engine::Result<T> + Send + 'static,
) -> Result<T> {
    settled(RUNTIME.spawn_blocking(job)).await
}

/// Runs what touches the network.
pub(crate) async fn on_network<T: Send + 'static>(
    job: impl Future<Output = belay_engine::Result<T>> + Send + 'static,
) -> Result<T> {
    settled(RUNTIME.spawn(job)).await
}

async fn settled<T>(job: JoinHandle<belay_engine::Result<T>>) -> Result<T> {
    job.await.map_err(stopped)?.map_err(BelayError::from)
}

/// A panic inside a call. What it wrote was rolled back, and the next call finds the store as it was.
fn stopped(_: JoinError) -> BelayError {
    BelayError::Internal {
        code: PANIC.to_owned(),
    }
}

/// Runs on, with nobody waiting.
pub(crate) fn detached(job: impl Future<Output = ()> + Send + 'static) {
    RUNTIME.spawn(job);
}

/// Calls into a shell from a thread that may take its time, and waits for the end. What is thrown there ends
/// there.
pub(crate) async fn aside(call: impl FnOnce() + Send + 'static) {
    // A panic is the shell's fault; nothing of ours was half done.
    let _ = RUNTIME.spawn_blocking(call).await;
}

/// Calls into a shell. What is thrown there ends there: the core goes on, and so do later calls.
pub(crate) fn let_be(call: impl FnOnce()) {
    // The panic is a shell's fault that nothing here could mend, and nothing of ours was half done.
    std::panic::catch_unwind(std::panic::AssertUnwindSafe(call)).unwrap_or(());
}
