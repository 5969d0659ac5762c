//! One time for everybody, moved by the story: the companions' clocks and the relay's all read it.

use std::sync::atomic::{AtomicI64, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

use belay_engine::model::{CivilDay, RuleError};

/// The time of the story.
#[derive(Debug, Default)]
pub struct StoryTime(AtomicI64);

impl StoryTime {
    /// Moves the time to a moment in UTC; the story only moves it on.
    pub fn set(
        &self,
        year: i32,
        month: u32,
        day: u32,
        hour: i64,
        minute: i64,
    ) -> Result<(), RuleError> {
        let days = CivilDay::new(1970, 1, 1)?.days_until(CivilDay::new(year, month, day)?);
        let minutes = days * 1_440 + hour * 60 + minute;
        self.0.store(minutes * 60_000, Ordering::SeqCst);
        Ok(())
    }

    fn now_ms(&self) -> i64 {
        self.0.load(Ordering::SeqCst)
    }
}

impl belay_relay::Clock for StoryTime {
    fn now_ms(&self) -> i64 {
        self.now_ms()
    }
}

/// The clock of a companion's device, in the zone they are in.
#[derive(Debug)]
pub struct DeviceClock {
    time: Arc<StoryTime>,
    zone: Mutex<String>,
}

impl DeviceClock {
    /// A device in this zone.
    pub fn new(time: Arc<StoryTime>, zone: &str) -> Self {
        Self {
            time,
            zone: Mutex::new(zone.to_owned()),
        }
    }

    /// The device lands somewhere else.
    pub fn travel(&self, zone: &str) {
        *self.zone.lock().unwrap_or_else(PoisonError::into_inner) = zone.to_owned();
    }
}

impl belay_engine::Clock for DeviceClock {
    fn now_ms(&self) -> i64 {
        self.time.now_ms()
    }

    fn zone_name(&self) -> String {
        self.zone
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .clone()
    }
}
