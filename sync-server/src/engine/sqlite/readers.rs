//! A few connections that only read, lent to one caller at a time.

use std::path::PathBuf;
use std::sync::{Arc, Mutex, PoisonError};

use rusqlite::Connection;
use tokio::sync::Semaphore;

use super::database::open_reader;
use crate::engine::{EngineError, EngineFuture};

const CONNECTIONS: usize = 4;

pub(super) struct Readers {
    pool: Arc<Pool>,
    places: Arc<Semaphore>,
}

struct Pool {
    path: PathBuf,
    idle: Mutex<Vec<Connection>>,
}

impl Readers {
    pub(super) fn new(path: PathBuf) -> Self {
        Self {
            pool: Arc::new(Pool {
                path,
                idle: Mutex::new(Vec::new()),
            }),
            places: Arc::new(Semaphore::new(CONNECTIONS)),
        }
    }

    /// Runs `query` on a connection of its own, off the threads that serve sockets.
    pub(super) fn submit<T, F>(&self, query: F) -> EngineFuture<'_, T>
    where
        T: Send + 'static,
        F: FnOnce(&Connection) -> rusqlite::Result<T> + Send + 'static,
    {
        Box::pin(async move {
            let place = Arc::clone(&self.places).acquire_owned().await;
            let place = place.map_err(|_| EngineError::Closed)?;
            let pool = Arc::clone(&self.pool);
            let read = tokio::task::spawn_blocking(move || {
                let value = pool.run(query);
                drop(place);
                value
            });
            match read.await {
                Ok(Ok(value)) => Ok(value),
                Ok(Err(error)) => {
                    tracing::error!(code = ?error.sqlite_error_code(), "not read");
                    Err(EngineError::Unknown)
                }
                Err(_) => Err(EngineError::Unknown),
            }
        })
    }

    /// Waits for the queries under way, whoever asked them and may have gone away since, and closes all connections:
    /// one that still reads would keep the write log, with what was erased, from being emptied.
    pub(super) async fn close(&self) {
        let all = u32::try_from(CONNECTIONS).unwrap_or(u32::MAX);
        let places = self.places.acquire_many(all).await;
        self.places.close();
        drop(places);
        self.pool.idle().clear();
    }
}

impl Pool {
    fn run<T>(
        &self,
        query: impl FnOnce(&Connection) -> rusqlite::Result<T>,
    ) -> rusqlite::Result<T> {
        let idle = self.idle().pop();
        let connection = match idle {
            Some(connection) => connection,
            None => open_reader(&self.path)?,
        };
        // A connection that failed is not lent again.
        let value = query(&connection)?;
        self.idle().push(connection);
        Ok(value)
    }

    fn idle(&self) -> std::sync::MutexGuard<'_, Vec<Connection>> {
        self.idle.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test may stop at the first surprise")]

    use super::*;
    use crate::engine::sqlite::database::{Database, FILE};

    #[tokio::test]
    async fn closing_waits_for_a_query_whose_asker_has_gone_and_keeps_no_connection() {
        let folder = tempfile::tempdir().unwrap();
        let _database = Database::open(folder.path()).unwrap();
        let readers = Readers::new(folder.path().join(FILE));
        let (go, wait) = std::sync::mpsc::channel::<()>();
        let (begun, has_begun) = tokio::sync::oneshot::channel::<()>();
        let mut asking = readers.submit(move |_| {
            begun.send(()).unwrap();
            wait.recv().unwrap();
            Ok(())
        });
        tokio::select! {
            _ = &mut asking => {}
            begun = has_begun => begun.unwrap(),
        }
        drop(asking);
        let mut closing = Box::pin(readers.close());
        let polled =
            std::future::poll_fn(|cx| std::task::Poll::Ready(closing.as_mut().poll(cx).is_ready()));
        assert!(!polled.await, "a query is under way");
        go.send(()).unwrap();
        closing.await;
        assert!(readers.pool.idle().is_empty());
        assert!(readers.submit(|_| Ok(())).await.is_err());
    }
}
