//! What went wrong, for a shell's log: codes and places in the source, and nothing of anybody's.

use std::sync::{Arc, Mutex, Once, PoisonError};

use crate::BelayError;

/// Keeps what went wrong where the makers of a shell look for it. Lines hold codes (docs/errors.md) and places in
/// Belay's source: never what somebody wrote, a name, an address or a key.
#[uniffi::export(rust, foreign)]
pub trait LogSink: Send + Sync {
    /// A line. Is called from the core's threads and quick.
    fn log(&self, line: LogLine);
}

/// A line of the log.
#[derive(Debug, Clone, PartialEq, Eq, uniffi::Record)]
pub struct LogLine {
    /// What it is about.
    pub about: LogSubject,
    /// The error in the fixed words of its kind, with its code or field and rule; the bare code of a trouble; for a
    /// panic the file and line of the source.
    pub code: String,
}

/// What a line of the log is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, uniffi::Enum)]
pub enum LogSubject {
    /// A call ended with an error.
    Call,
    /// An exchange with a relay had trouble.
    Sync,
    /// The program's own fault: a call panicked. What it wrote was rolled back.
    Panic,
}

/// Where lines go; nowhere without a sink.
#[derive(Clone, Default)]
pub(crate) struct Log(Option<Arc<dyn LogSink>>);

impl Log {
    pub fn to(sink: Option<Arc<dyn LogSink>>) -> Self {
        watch_panics();
        Self(sink)
    }

    /// Tells how a call ended, and hands it on.
    pub fn told<T>(&self, ended: crate::Result<T>) -> crate::Result<T> {
        ended.inspect_err(|error| self.error(error))
    }

    /// Tells the troubles of an exchange.
    pub fn troubles<'a>(&self, codes: impl Iterator<Item = &'a str>) {
        codes.for_each(|code| self.line(LogSubject::Sync, code.to_owned()));
    }

    fn error(&self, error: &BelayError) {
        match error {
            BelayError::Internal { code } if code == PANIC => {
                self.line(LogSubject::Panic, last_panic());
            }
            other => self.line(LogSubject::Call, other.to_string()),
        }
    }

    fn line(&self, about: LogSubject, code: String) {
        let line = LogLine { about, code };
        self.0
            .iter()
            .for_each(|sink| crate::worker::let_be(|| sink.log(line.clone())));
    }
}

/// The code of an error that was a panic.
pub(crate) const PANIC: &str = "panic";

/// The name of this room's threads.
pub(crate) const THREADS: &str = "belay";

static LAST_PANIC: Mutex<String> = Mutex::new(String::new());
static WATCHING: Once = Once::new();

/// Where the latest panic of this room's threads was.
fn last_panic() -> String {
    LAST_PANIC
        .lock()
        .unwrap_or_else(PoisonError::into_inner)
        .clone()
}

/// From now on a panic on this room's threads keeps its place and prints nothing: its message may hold what somebody
/// wrote. Panics of other threads are none of ours.
fn watch_panics() {
    WATCHING.call_once(|| {
        let others = std::panic::take_hook();
        std::panic::set_hook(Box::new(move |panic| {
            if std::thread::current().name() != Some(THREADS) {
                return others(panic);
            }
            if let Some(place) = panic.location() {
                *LAST_PANIC.lock().unwrap_or_else(PoisonError::into_inner) =
                    format!("{}:{}", place.file(), place.line());
            }
        }));
    });
}
