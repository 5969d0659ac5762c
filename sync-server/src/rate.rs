//! Token buckets: how often one caller may do something that costs and needs no signature.

use std::collections::HashMap;
use std::hash::Hash;
use std::net::{IpAddr, Ipv6Addr};
use std::sync::{Mutex, PoisonError};

// Enough for a busy day; about 4 MiB when full.
const CALLERS_MAX: usize = 65_536;

/// One kind of action, counted per caller.
pub(crate) struct Rate<K> {
    burst: f64,
    per_ms: f64,
    buckets: Mutex<HashMap<K, Bucket>>,
}

struct Bucket {
    left: f64,
    at_ms: i64,
}

impl<K: Eq + Hash> Rate<K> {
    /// `burst` at once, then `per_hour`.
    pub(crate) fn new(burst: u32, per_hour: u32) -> Self {
        Self {
            burst: f64::from(burst),
            per_ms: f64::from(per_hour) / 3_600_000.0,
            buckets: Mutex::new(HashMap::new()),
        }
    }

    /// Whether `caller` may do it once more now.
    pub(crate) fn take(&self, caller: K, now_ms: i64) -> bool {
        self.take_many(caller, 1, now_ms)
    }

    /// Whether `caller` may have `amount` more now, all or nothing.
    pub(crate) fn take_many(&self, caller: K, amount: u32, now_ms: i64) -> bool {
        let amount = f64::from(amount);
        let mut buckets = self.buckets.lock().unwrap_or_else(PoisonError::into_inner);
        if buckets.len() >= CALLERS_MAX && !buckets.contains_key(&caller) {
            buckets.retain(|_, bucket| self.refilled(bucket, now_ms) < self.burst);
            if buckets.len() >= CALLERS_MAX {
                // So many callers at once are one caller with many addresses. Forgetting them is
                // better than shutting everybody out; sizes and places are bounded elsewhere.
                buckets.clear();
            }
        }
        let bucket = buckets.entry(caller).or_insert(Bucket {
            left: self.burst,
            at_ms: now_ms,
        });
        bucket.left = self.refilled(bucket, now_ms);
        bucket.at_ms = now_ms;
        let allowed = bucket.left >= amount;
        if allowed {
            bucket.left -= amount;
        }
        allowed
    }

    /// Gives back what was taken and not needed.
    pub(crate) fn give_back(&self, caller: &K, amount: u32) {
        let mut buckets = self.buckets.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(bucket) = buckets.get_mut(caller) {
            bucket.left = (bucket.left + f64::from(amount)).min(self.burst);
        }
    }

    fn refilled(&self, bucket: &Bucket, now_ms: i64) -> f64 {
        let passed = now_ms.saturating_sub(bucket.at_ms).max(0);
        #[expect(clippy::cast_precision_loss, reason = "a rate needs no last digit")]
        let refill = passed as f64 * self.per_ms;
        (bucket.left + refill).min(self.burst)
    }
}

/// Who counts as one caller: an IPv4 address, or an IPv6 network of the size one household gets.
pub(crate) fn caller(ip: IpAddr) -> IpAddr {
    match ip {
        IpAddr::V4(_) => ip,
        IpAddr::V6(v6) => match v6.to_ipv4_mapped() {
            Some(v4) => IpAddr::V4(v4),
            None => {
                let [a, b, c, d, ..] = v6.segments();
                IpAddr::V6(Ipv6Addr::new(a, b, c, d, 0, 0, 0, 0))
            }
        },
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test may stop at the first surprise")]

    use super::*;

    #[test]
    fn a_caller_has_a_burst_then_waits_and_others_do_not() {
        let rate = Rate::new(2, 3600);
        assert!(rate.take(1, 0) && rate.take(1, 0));
        assert!(!rate.take(1, 999));
        assert!(rate.take(2, 999));
        assert!(rate.take(1, 1000));
        assert!(!rate.take(1, 1000));
        assert!(rate.take(1, 9_000_000) && rate.take(1, 9_000_000));
        assert!(!rate.take(1, 9_000_000));
    }

    #[test]
    fn an_amount_is_taken_whole_or_not_at_all_and_can_be_given_back() {
        let rate = Rate::new(10, 3600);
        assert!(rate.take_many(1, 7, 0));
        assert!(!rate.take_many(1, 4, 0));
        assert!(rate.take_many(1, 3, 0));
        rate.give_back(&1, 7);
        assert!(rate.take_many(1, 7, 0) && !rate.take(1, 0));
        rate.give_back(&1, 99);
        assert!(rate.take_many(1, 10, 0) && !rate.take(1, 0));
    }

    #[test]
    fn a_clock_that_goes_back_gives_nothing_and_takes_nothing() {
        let rate = Rate::new(1, 3600);
        assert!(rate.take(1, 1_000_000));
        assert!(!rate.take(1, 0));
        assert!(rate.take(1, 1000));
    }

    #[test]
    fn the_number_of_callers_remembered_is_bounded() {
        let rate = Rate::new(1, 1);
        for caller in 0..CALLERS_MAX + 10 {
            assert!(rate.take(caller, 0));
        }
        assert!(rate.buckets.lock().unwrap().len() <= CALLERS_MAX);
    }

    #[test]
    fn one_household_is_one_caller() {
        let ip = |text: &str| caller(text.parse().unwrap());
        assert_eq!(ip("2001:db8:1:2:3::4"), ip("2001:db8:1:2:ffff::1"));
        assert_ne!(ip("2001:db8:1:2::1"), ip("2001:db8:1:3::1"));
        assert_eq!(ip("::ffff:192.0.2.1"), ip("192.0.2.1"));
    }
}
