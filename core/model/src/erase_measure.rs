//! How much one device may erase at once, so that a stranger who holds it cannot empty a life in an evening.

use crate::Hlc;

const HOUR_MS: i64 = 60 * 60 * 1000;
const DAY_MS: i64 = 24 * HOUR_MS;

/// How many living things one device may erase within any 24 hours with effect at once.
pub const ERASES_A_DAY: usize = 20;

/// For how long what goes beyond that lies aside before it is destroyed.
pub const SET_ASIDE_FOR_MS: i64 = 72 * HOUR_MS;

/// How far back an erasure that is heard of late counts as of when it was said; an earlier one counts as of then.
const BELIEVED_BACK_MS: i64 = 31 * DAY_MS;

/// The erasures of one device that took effect at once, as far as they can still matter: when each was.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct EraseMeasure {
    /// Ascending; of any 24 hours at most [`ERASES_A_DAY`].
    at_ms: Vec<i64>,
}

impl EraseMeasure {
    /// Counts one more if it is within the measure; says whether it is. `said_at_ms` is when the device says it was:
    /// never believed to be later than `now_ms`, so that a clock set ahead again and again gains nothing where
    /// somebody else's clock decides, and not believed to be longer ago than a month.
    pub fn take(&mut self, said_at_ms: i64, now_ms: i64) -> bool {
        let earliest_ms = now_ms.saturating_sub(BELIEVED_BACK_MS);
        let at_ms = said_at_ms.clamp(earliest_ms, now_ms);
        // Those of a clock that was ahead once, and those from before anything that can still be said.
        let near = |other: &i64| other.abs_diff(at_ms) < DAY_MS.unsigned_abs();
        self.at_ms.retain(|other| {
            near(other) || (*other > earliest_ms.saturating_sub(DAY_MS) && *other <= now_ms)
        });
        let within = self.at_ms.iter().filter(|other| near(other)).count() < ERASES_A_DAY;
        if within {
            let place = self.at_ms.partition_point(|other| *other <= at_ms);
            self.at_ms.insert(place, at_ms);
        }
        within
    }

    /// How many more could be erased now with effect at once.
    #[must_use]
    pub fn left(&self, now_ms: i64) -> usize {
        let near = |other: &&i64| other.abs_diff(now_ms) < DAY_MS.unsigned_abs();
        ERASES_A_DAY.saturating_sub(self.at_ms.iter().filter(near).count())
    }

    /// As it is kept: eight bytes each, the lowest first.
    #[must_use]
    pub fn to_bytes(&self) -> Vec<u8> {
        self.at_ms
            .iter()
            .flat_map(|at_ms| at_ms.to_le_bytes())
            .collect()
    }

    /// What [`Self::to_bytes`] kept; bytes that are none of it count for nothing.
    #[must_use]
    pub fn from_bytes(bytes: &[u8]) -> Self {
        let (times, _) = bytes.as_chunks::<8>();
        let mut at_ms: Vec<i64> = times.iter().map(|time| i64::from_le_bytes(*time)).collect();
        at_ms.sort_unstable();
        Self { at_ms }
    }
}

/// Whether something that was erased had lain among the deleted ones for as long as what is set aside does, by the
/// clocks of its own items: nobody was surprised then, and the erasure counts towards no measure. An erasure that
/// says to be later than `now_ms` proves nothing.
#[must_use]
pub fn had_its_time(last_written: Hlc, erased: Hlc, now_ms: i64) -> bool {
    let erased_ms = erased.wall_ms();
    erased_ms <= now_ms.saturating_add(Hlc::MAX_AHEAD_MS)
        && last_written.wall_ms().saturating_add(SET_ASIDE_FOR_MS) <= erased_ms
}

/// When something goes for good whose erasure was asked for beyond the measure: 72 hours after it was, and not
/// before this device had it so for that long. `kept_since_ms` is when this device first had it deleted, and
/// `otherwise_ms` when it would go anyway.
#[must_use]
pub fn destroyed_at_ms(asked_at_ms: i64, kept_since_ms: i64, otherwise_ms: i64) -> i64 {
    asked_at_ms
        .max(kept_since_ms)
        .saturating_add(SET_ASIDE_FOR_MS)
        .min(otherwise_ms)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const NOW_MS: i64 = 1_772_476_200_000;

    #[test]
    fn twenty_go_at_once_and_the_next_a_day_after_the_first() {
        let mut measure = EraseMeasure::default();
        for number in 0..20 {
            assert_eq!(measure.left(NOW_MS + number), 20 - number as usize);
            assert!(measure.take(NOW_MS + number, NOW_MS + number));
        }
        assert!(!measure.take(NOW_MS + 20, NOW_MS + 20));
        assert!(!measure.take(NOW_MS + DAY_MS - 1, NOW_MS + DAY_MS - 1));
        assert_eq!(measure.left(NOW_MS + DAY_MS), 1);
        assert!(measure.take(NOW_MS + DAY_MS, NOW_MS + DAY_MS));
        assert!(!measure.take(NOW_MS + DAY_MS, NOW_MS + DAY_MS));
    }

    #[test]
    fn weeks_of_ordinary_days_heard_of_at_once_are_no_flood() {
        let mut measure = EraseMeasure::default();
        for day in 1..=30 {
            for _ in 0..20 {
                assert!(measure.take(NOW_MS - day * DAY_MS, NOW_MS), "day {day}");
            }
        }
    }

    #[test]
    fn a_clock_that_runs_ahead_gains_nothing_where_another_one_decides() {
        let mut measure = EraseMeasure::default();
        let ahead = |day: i64| NOW_MS + day * DAY_MS;
        let taken = (0..400).filter(|day| measure.take(ahead(*day), NOW_MS));
        assert_eq!(taken.count(), ERASES_A_DAY);
    }

    #[test]
    fn what_was_deleted_three_days_before_had_its_time_and_a_clock_ahead_proves_none() {
        let at = |ms: i64| Hlc::tick(Hlc::ZERO, ms);
        let three_days = NOW_MS + SET_ASIDE_FOR_MS;
        assert!(had_its_time(at(NOW_MS), at(three_days), three_days));
        assert!(!had_its_time(at(NOW_MS), at(three_days - 1), three_days));
        assert!(!had_its_time(at(NOW_MS), at(three_days), NOW_MS));
    }

    #[test]
    fn nothing_goes_sooner_than_three_days_after_this_device_had_it_or_later_than_it_would_anyway()
    {
        let month = NOW_MS + 30 * DAY_MS;
        let goes = |asked, kept| destroyed_at_ms(asked, kept, month) - NOW_MS;
        assert_eq!(goes(NOW_MS, NOW_MS), SET_ASIDE_FOR_MS);
        assert_eq!(goes(NOW_MS - DAY_MS, NOW_MS), SET_ASIDE_FOR_MS);
        assert_eq!(goes(NOW_MS + DAY_MS, NOW_MS), SET_ASIDE_FOR_MS + DAY_MS);
        assert_eq!(goes(i64::MAX, NOW_MS), 30 * DAY_MS);
    }

    proptest! {
        #[test]
        fn of_no_day_more_than_twenty_take_effect_whatever_is_said_when(
            said in prop::collection::vec((-40 * DAY_MS..40 * DAY_MS, 0..DAY_MS), 0..200),
        ) {
            let mut measure = EraseMeasure::default();
            let mut now_ms = NOW_MS;
            let mut taken = Vec::new();
            for (ago_ms, later_ms) in said {
                now_ms += later_ms / 50;
                let said_at_ms = now_ms - ago_ms;
                if measure.take(said_at_ms, now_ms) {
                    taken.push(said_at_ms.clamp(now_ms - BELIEVED_BACK_MS, now_ms));
                }
            }
            for from in &taken {
                let day = *from..from + DAY_MS;
                let within = taken.iter().filter(|at_ms| day.contains(at_ms)).count();
                prop_assert!(within <= ERASES_A_DAY, "{within}");
            }
        }

        #[test]
        fn it_is_kept_and_read_back(said in prop::collection::vec(-DAY_MS..DAY_MS, 0..60)) {
            let mut measure = EraseMeasure::default();
            for at_ms in said {
                measure.take(NOW_MS + at_ms, NOW_MS);
            }
            prop_assert_eq!(EraseMeasure::from_bytes(&measure.to_bytes()), measure);
        }
    }
}
