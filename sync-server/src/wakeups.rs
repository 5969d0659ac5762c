//! Waking readers when something came. A hint only: who is woken looks again, who is not finds out at
//! the end of the poll.

use std::collections::HashMap;
use std::hash::Hash;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use tokio::sync::Notify;

struct Waiters {
    notify: Arc<Notify>,
    count: usize,
}

/// Who waits for what.
pub(crate) struct Wakeups<K: Eq + Hash + Copy> {
    waiting: Mutex<HashMap<K, Waiters>>,
    most: usize,
}

/// One who waits; leaves when dropped.
pub(crate) struct Waiter<K: Eq + Hash + Copy> {
    wakeups: Arc<Wakeups<K>>,
    key: K,
    notify: Arc<Notify>,
}

impl<K: Eq + Hash + Copy> Waiter<K> {
    /// What [`Wakeups::wake`] notifies.
    pub(crate) fn notify(&self) -> Arc<Notify> {
        Arc::clone(&self.notify)
    }
}

impl<K: Eq + Hash + Copy> Wakeups<K> {
    /// At most `most` may wait for one key.
    pub(crate) fn new(most: usize) -> Self {
        Self {
            waiting: Mutex::new(HashMap::new()),
            most,
        }
    }

    /// Joins those who wait for `key`; `None` if they are too many.
    pub(crate) fn join(self: &Arc<Self>, key: K) -> Option<Waiter<K>> {
        let mut waiting = self.waiting();
        let waiters = waiting.entry(key).or_insert_with(|| Waiters {
            notify: Arc::new(Notify::new()),
            count: 0,
        });
        if waiters.count >= self.most {
            return None;
        }
        waiters.count += 1;
        Some(Waiter {
            wakeups: Arc::clone(self),
            key,
            notify: Arc::clone(&waiters.notify),
        })
    }

    /// Wakes all who wait for `key`.
    pub(crate) fn wake(&self, key: &K) {
        let notify = self
            .waiting()
            .get(key)
            .map(|waiters| Arc::clone(&waiters.notify));
        if let Some(notify) = notify {
            notify.notify_waiters();
        }
    }

    fn waiting(&self) -> MutexGuard<'_, HashMap<K, Waiters>> {
        self.waiting.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl<K: Eq + Hash + Copy> Drop for Waiter<K> {
    fn drop(&mut self) {
        let mut waiting = self.wakeups.waiting();
        if let Some(waiters) = waiting.get_mut(&self.key) {
            waiters.count -= 1;
            if waiters.count == 0 {
                waiting.remove(&self.key);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test may stop at the first surprise")]

    use super::*;

    #[tokio::test]
    async fn all_who_wait_for_a_key_wake_and_nothing_stays_behind() {
        let wakeups = Arc::new(Wakeups::new(2));
        let first = wakeups.join(1).unwrap();
        let second = wakeups.join(1).unwrap();
        assert!(wakeups.join(1).is_none());
        let one = first.notify().notified_owned();
        let two = second.notify().notified_owned();
        wakeups.wake(&2);
        wakeups.wake(&1);
        one.await;
        two.await;
        drop(first);
        drop(second);
        assert!(wakeups.waiting().is_empty());
    }
}
