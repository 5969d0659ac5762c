//! Devices that asked to be admitted and wait for the person's word. They stay on this side of the border: what
//! they hold are keys.

use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};

use belay_engine::AskingDevice;

use crate::BelayError;

/// Those that wait, by number.
#[derive(Default)]
pub(crate) struct AskingDevices {
    waiting: Mutex<Waiting>,
}

#[derive(Default)]
struct Waiting {
    last: u64,
    devices: HashMap<u64, AskingDevice>,
}

impl AskingDevices {
    /// Keeps one, under a number of its own.
    pub fn keep(&self, device: AskingDevice) -> u64 {
        let mut waiting = self.lock();
        waiting.last += 1;
        let number = waiting.last;
        waiting.devices.insert(number, device);
        number
    }

    /// Hands one out, once.
    pub fn take(&self, number: u64) -> Result<AskingDevice, BelayError> {
        let taken = self.lock().devices.remove(&number);
        taken.ok_or_else(|| BelayError::NotFound {
            what: "device".to_owned(),
        })
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, Waiting> {
        self.waiting.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
