//! A clock that only moves when told.

use std::sync::{Arc, Mutex, PoisonError};

use belay_engine::Clock;

/// Time and zone, shared by everyone who holds a clone.
#[derive(Debug, Clone)]
pub struct FakeClock {
    state: Arc<Mutex<State>>,
}

#[derive(Debug)]
struct State {
    now_ms: i64,
    zone_name: String,
    offset_seconds: Option<i32>,
}

impl FakeClock {
    /// A clock that stands at the given time (milliseconds since 1970) in the zone of that IANA name.
    #[must_use]
    pub fn at(now_ms: i64, zone_name: &str) -> Self {
        Self {
            state: Arc::new(Mutex::new(State {
                now_ms,
                zone_name: zone_name.to_owned(),
                offset_seconds: None,
            })),
        }
    }

    /// Moves the clock on; a negative number moves it back.
    pub fn advance_ms(&self, by: i64) {
        self.with(|state| state.now_ms += by);
    }

    /// Puts the clock to a time.
    pub fn set_ms(&self, now_ms: i64) {
        self.with(|state| state.now_ms = now_ms);
    }

    /// Takes the clock to another zone, whose offset comes from the zone data built into Belay.
    pub fn travel_to(&self, zone_name: &str) {
        self.with(|state| {
            zone_name.clone_into(&mut state.zone_name);
            state.offset_seconds = None;
        });
    }

    /// Takes the clock to a zone of that name which shows so many seconds east of UTC, as a phone with
    /// zone data of its own does.
    pub fn travel_to_offset(&self, zone_name: &str, offset_seconds: i32) {
        self.with(|state| {
            zone_name.clone_into(&mut state.zone_name);
            state.offset_seconds = Some(offset_seconds);
        });
    }

    fn with<T>(&self, change: impl FnOnce(&mut State) -> T) -> T {
        change(&mut self.state.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

impl Clock for FakeClock {
    fn now_ms(&self) -> i64 {
        self.with(|state| state.now_ms)
    }

    fn zone_name(&self) -> String {
        self.with(|state| state.zone_name.clone())
    }

    fn offset_seconds(&self, _at_ms: i64) -> Option<i32> {
        self.with(|state| state.offset_seconds)
    }
}

impl belay_relay::Clock for FakeClock {
    fn now_ms(&self) -> i64 {
        self.with(|state| state.now_ms)
    }
}
