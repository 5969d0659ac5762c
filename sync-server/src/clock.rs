//! Where the relay's time comes from. It is handed in, so a demonstration or a test can live through
//! months in a second; the relay asks nothing else what time it is.

use std::time::{SystemTime, UNIX_EPOCH};

/// The time for stamps, expiry and the check of a request's time.
pub trait Clock: Send + Sync {
    /// Milliseconds since 1970.
    fn now_ms(&self) -> i64;
}

/// The machine's clock.
#[derive(Clone, Copy, Debug, Default)]
pub struct SystemClock;

impl Clock for SystemClock {
    fn now_ms(&self) -> i64 {
        let since = SystemTime::now().duration_since(UNIX_EPOCH);
        since.map_or(0, |since| {
            i64::try_from(since.as_millis()).unwrap_or(i64::MAX)
        })
    }
}
