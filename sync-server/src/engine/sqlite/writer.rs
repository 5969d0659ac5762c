//! The one thread that writes, in groups.

use std::sync::Mutex;
use std::sync::PoisonError;
use std::thread::JoinHandle;
use std::time::{Duration, Instant};

use rusqlite::{Connection, TransactionBehavior};
use tokio::sync::{mpsc, oneshot};

use super::database::Database;
use crate::RelayError;
use crate::engine::{EngineError, EngineFuture};

// A group ends when nobody waits any more, or by these.
const GROUP_TIME: Duration = Duration::from_millis(2);
const GROUP_JOBS: usize = 256;
// Callers beyond wait outside; each holds at most one request's body, which is bounded elsewhere.
const QUEUE: usize = 512;

/// Tells the caller what came out, once it is known whether the group was committed.
type Answer = Box<dyn FnOnce(bool) + Send>;
type Job = Box<dyn FnOnce(&Connection) -> rusqlite::Result<Answer> + Send>;

pub(super) struct Writer {
    queue: Mutex<Option<mpsc::Sender<Job>>>,
    thread: Mutex<Option<JoinHandle<()>>>,
}

impl Writer {
    pub(super) fn start(database: Database) -> Result<Self, RelayError> {
        let (queue, jobs) = mpsc::channel(QUEUE);
        let thread = std::thread::Builder::new()
            .name("relay-writer".to_owned())
            .spawn(move || run(database, jobs))?;
        Ok(Self {
            queue: Mutex::new(Some(queue)),
            thread: Mutex::new(Some(thread)),
        })
    }

    /// Runs `operation` inside the next group. It is answered when the group is on disk.
    pub(super) fn submit<T, F>(&self, operation: F) -> EngineFuture<'_, T>
    where
        T: Send + 'static,
        F: FnOnce(&Connection) -> rusqlite::Result<T> + Send + 'static,
    {
        let queue = self.sender();
        Box::pin(async move {
            let queue = queue.ok_or(EngineError::Closed)?;
            let (answer, answered) = oneshot::channel();
            let job: Job = Box::new(move |connection| {
                let value = operation(connection)?;
                Ok(Box::new(move |committed| {
                    // The caller may have gone away meanwhile; what it asked for stays done.
                    drop(answer.send(committed.then_some(value)));
                }))
            });
            queue.send(job).await.map_err(|_| EngineError::Closed)?;
            drop(queue);
            match answered.await {
                Ok(Some(value)) => Ok(value),
                Ok(None) | Err(_) => Err(EngineError::Unknown),
            }
        })
    }

    pub(super) fn is_closed(&self) -> bool {
        self.sender().is_none_or(|queue| queue.is_closed())
    }

    /// Lets the queue run empty and closes the database.
    pub(super) async fn close(&self) -> Result<(), EngineError> {
        drop(
            self.queue
                .lock()
                .unwrap_or_else(PoisonError::into_inner)
                .take(),
        );
        let thread = self
            .thread
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .take();
        if let Some(thread) = thread {
            tokio::task::spawn_blocking(move || thread.join())
                .await
                .map_err(|_| EngineError::Unknown)?
                .map_err(|_| EngineError::Unknown)?;
        }
        Ok(())
    }

    fn sender(&self) -> Option<mpsc::Sender<Job>> {
        self.queue
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .clone()
    }
}

fn run(mut database: Database, mut jobs: mpsc::Receiver<Job>) {
    let mut answers = Vec::new();
    while let Some(first) = jobs.blocking_recv() {
        let committed = write_group(database.connection_mut(), first, &mut jobs, &mut answers);
        if let Err(error) = &committed {
            // The code names no data: SQLite's own word for what failed (disk full, I/O error).
            tracing::error!(code = ?error.sqlite_error_code(), "group not written");
        }
        for answer in answers.drain(..) {
            answer(committed.is_ok());
        }
    }
    // The first column says that somebody still read.
    let emptied = database
        .connection()
        .query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |row| {
            row.get::<_, i64>(0)
        });
    match emptied {
        Ok(0) => {}
        Ok(_) => tracing::warn!("last checkpoint not done: somebody still read"),
        Err(error) => {
            tracing::warn!(code = ?error.sqlite_error_code(), "last checkpoint not done");
        }
    }
}

/// One transaction. When any job fails, nothing of the group is kept: jobs look before they write, so
/// what fails here is the disk.
fn write_group(
    connection: &mut Connection,
    first: Job,
    jobs: &mut mpsc::Receiver<Job>,
    answers: &mut Vec<Answer>,
) -> rusqlite::Result<()> {
    let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
    let started = Instant::now();
    let mut next = Some(first);
    while let Some(job) = next {
        answers.push(job(&transaction)?);
        let room = answers.len() < GROUP_JOBS && started.elapsed() < GROUP_TIME;
        next = if room { jobs.try_recv().ok() } else { None };
    }
    transaction.commit()
}
