//! A clock that only moves when told.

use std::sync::{Arc, Mutex, PoisonError};

use belay_engine::Clock;

/// Time and zone, shared by everyone who holds a clone.
#[derive(Debug, Clone)]
pub struct FakeClock {
    state: Arc<Mutex<(i64, String)>>,
}

impl FakeClock {
    /// A clock that stands at the given time (milliseconds since 1970) in the zone of that IANA name.
    #[must_use]
    pub fn at(now_ms: i64, zone_name: &str) -> Self {
        Self {
            state: Arc::new(Mutex::new((now_ms, zone_name.to_owned()))),
        }
    }

    /// Moves the clock on; a negative number moves it back.
    pub fn advance_ms(&self, by: i64) {
        self.with(|state| state.0 += by);
    }

    /// Puts the clock to a time.
    pub fn set_ms(&self, now_ms: i64) {
        self.with(|state| state.0 = now_ms);
    }

    /// Takes the clock to another zone.
    pub fn travel_to(&self, zone_name: &str) {
        self.with(|state| zone_name.clone_into(&mut state.1));
    }

    fn with<T>(&self, change: impl FnOnce(&mut (i64, String)) -> T) -> T {
        change(&mut self.state.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

impl Clock for FakeClock {
    fn now_ms(&self) -> i64 {
        self.with(|state| state.0)
    }

    fn zone_name(&self) -> String {
        self.with(|state| state.1.clone())
    }
}

impl belay_relay::Clock for FakeClock {
    fn now_ms(&self) -> i64 {
        self.with(|state| state.0)
    }
}
