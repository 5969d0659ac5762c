//! Days that count for nothing (G5): ranges with a reason, of one goal or of everything.

use serde::{Deserialize, Serialize};

use super::{TermsError, TermsRule};
use crate::CivilDay;
use crate::words::word_enum;

/// The most pauses that are kept in one list.
pub const MAX_PAUSES: usize = 500;

word_enum!(
    /// Why somebody pauses, if they say so (G5).
    PauseReason, "reason", {
        /// Holiday.
        Holiday = 1, "holiday";
        /// Ill.
        Ill = 2, "ill";
        /// Rest.
        Rest = 3, "rest";
    }
);

/// A range of days that count for nothing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Pause {
    /// Its first day.
    pub first: CivilDay,
    /// Its last day; `None` until somebody ends it.
    pub last: Option<CivilDay>,
    /// Why.
    pub reason: Option<PauseReason>,
}

impl Pause {
    /// Whether the day is in it.
    #[must_use]
    pub fn covers(&self, day: CivilDay) -> bool {
        day >= self.first && self.last.is_none_or(|last| day <= last)
    }

    fn meets(&self, other: &Self) -> bool {
        self.last.is_none_or(|last| other.first <= last)
            && other.last.is_none_or(|last| self.first <= last)
    }
}

/// The pauses of one goal, or those of everything, by their first day.
///
/// A person cannot enter two that overlap: each has a reason of its own, and the one that is there can be
/// changed. Two devices that were apart can: then both stay, and a day in both is paused once.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(from = "Vec<Pause>", into = "Vec<Pause>")]
pub struct Pauses(Vec<Pause>);

impl From<Vec<Pause>> for Pauses {
    /// Takes what merged, overlaps and all; a range that ends before it starts covers no day and goes.
    fn from(mut pauses: Vec<Pause>) -> Self {
        pauses.retain(|pause| pause.last.is_none_or(|last| pause.first <= last));
        pauses.sort_unstable();
        pauses.dedup();
        Self(pauses)
    }
}

impl From<Pauses> for Vec<Pause> {
    fn from(pauses: Pauses) -> Self {
        pauses.0
    }
}

impl Pauses {
    /// These and one more that a person entered. Refused where it ends before it starts, where it overlaps
    /// one that is there, and beyond [`MAX_PAUSES`]; nothing is changed then.
    pub fn with(&self, pause: Pause) -> Result<Self, TermsError> {
        if pause.last.is_some_and(|last| last < pause.first) {
            return Err(TermsError::new("pause", TermsRule::EndsBeforeItStarts));
        }
        if self.0.iter().any(|other| other.meets(&pause)) {
            return Err(TermsError::new("pause", TermsRule::Overlaps));
        }
        if self.0.len() >= MAX_PAUSES {
            let limit = MAX_PAUSES;
            return Err(TermsError::new("pause", TermsRule::TooMany { limit }));
        }
        let mut all = self.0.clone();
        all.push(pause);
        Ok(all.into())
    }

    /// These without that one.
    #[must_use]
    pub fn without(&self, pause: &Pause) -> Self {
        Self(
            self.0
                .iter()
                .filter(|other| *other != pause)
                .copied()
                .collect(),
        )
    }

    /// These with whatever covers `today` ended the day before: somebody is back early. One that began
    /// today is gone.
    #[must_use]
    pub fn ended(&self, today: CivilDay) -> Self {
        let end = |mut pause: Pause| {
            if pause.covers(today) {
                pause.last = Some(today.minus_days(1).filter(|day| *day >= pause.first)?);
            }
            Some(pause)
        };
        self.0
            .iter()
            .copied()
            .filter_map(end)
            .collect::<Vec<_>>()
            .into()
    }

    /// Whether any covers the day.
    #[must_use]
    pub fn covers(&self, day: CivilDay) -> bool {
        self.0.iter().any(|pause| pause.covers(day))
    }

    /// Each pause, by its first day.
    pub fn iter(&self) -> impl Iterator<Item = &Pause> {
        self.0.iter()
    }

    /// The first day that is paused in one of the two and not in the other.
    pub(crate) fn differ_from(&self, other: &Self) -> Option<CivilDay> {
        let only = |a: &Self, b: &Self| {
            a.0.iter()
                .filter(|pause| !b.0.contains(pause))
                .map(|pause| pause.first)
                .min()
        };
        [only(self, other), only(other, self)]
            .into_iter()
            .flatten()
            .min()
    }
}

/// What is paused for one goal: its own pauses and those of everything. A day in both is paused once.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct PausedDays {
    /// The goal's own.
    pub own: Pauses,
    /// Those of everything.
    pub everything: Pauses,
}

impl PausedDays {
    /// Whether the day is paused.
    #[must_use]
    pub fn covers(&self, day: CivilDay) -> bool {
        self.own.covers(day) || self.everything.covers(day)
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test may stop at the first surprise")]

    use proptest::prelude::*;

    use super::*;

    fn day(n: i64) -> CivilDay {
        CivilDay::new(2026, 3, 1).unwrap().plus_days(n).unwrap()
    }

    fn pause(first: i64, last: Option<i64>) -> Pause {
        Pause {
            first: day(first),
            last: last.map(day),
            reason: None,
        }
    }

    #[test]
    fn a_pause_that_overlaps_or_ends_before_it_starts_is_refused_and_changes_nothing() {
        let there = Pauses::default().with(pause(5, Some(9))).unwrap();
        for (first, last) in [
            (9, Some(12)),
            (1, Some(5)),
            (6, Some(7)),
            (0, None),
            (9, None),
        ] {
            let refused = there.with(pause(first, last)).unwrap_err();
            assert_eq!(refused.rule, TermsRule::Overlaps, "{first} {last:?}");
        }
        let refused = there.with(pause(20, Some(19))).unwrap_err();
        assert_eq!(refused.rule, TermsRule::EndsBeforeItStarts);
        assert_eq!(there.with(pause(10, None)).unwrap().iter().count(), 2);
        assert_eq!(there.with(pause(0, Some(4))).unwrap().iter().count(), 2);
    }

    #[test]
    fn overlapping_pauses_of_two_devices_pause_a_day_once() {
        let merged: Pauses = vec![
            pause(3, Some(9)),
            pause(1, Some(5)),
            pause(1, Some(5)),
            pause(8, Some(7)),
        ]
        .into();
        assert_eq!(merged.iter().count(), 2);
        let json = serde_json::to_string(&merged).unwrap();
        assert_eq!(serde_json::from_str::<Pauses>(&json).unwrap(), merged);
        assert!((1..=9).all(|n| merged.covers(day(n))));
        assert!(!merged.covers(day(0)) && !merged.covers(day(10)));
    }

    #[test]
    fn coming_back_early_ends_a_pause_the_day_before() {
        let there = Pauses::default().with(pause(5, None)).unwrap();
        let back = there.ended(day(8));
        assert_eq!(back.iter().collect::<Vec<_>>(), [&pause(5, Some(7))]);
        assert_eq!(there.ended(day(5)).iter().count(), 0);
        assert_eq!(there.ended(day(4)), there);
    }

    proptest! {
        #[test]
        fn what_was_entered_covers_exactly_the_days_of_what_was_taken(ranges in prop::collection::vec((0i64..60, 0i64..10), 0..20)) {
            let mut pauses = Pauses::default();
            let mut paused = [false; 80];
            for (first, length) in ranges {
                let asked = first as usize..=(first + length) as usize;
                match pauses.with(pause(first, Some(first + length))) {
                    Ok(more) => {
                        prop_assert!(!paused[asked.clone()].contains(&true));
                        paused[asked].fill(true);
                        pauses = more;
                    }
                    Err(_) => prop_assert!(paused[asked].contains(&true)),
                }
            }
            for (n, expected) in paused.into_iter().enumerate() {
                prop_assert_eq!(pauses.covers(day(n as i64)), expected);
            }
        }
    }
}
