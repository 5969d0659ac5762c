//! What is counted of a goal from its first day on, one occasion after the other (G6).

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::goals::{Amount, FULL_CREDIT};
use crate::{CivilDay, OutcomeStatus};

/// A full score, in millionths.
const FULL_SCORE: u32 = 1_000_000;
/// A good occasion closes at least this part of the way to a full score.
const STEPS_UP: u32 = 10;
/// An open one takes at most this part away: half as much as a good one brings.
const STEPS_DOWN: u32 = 20;

/// A return after times that stayed open.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Return {
    /// The civil day of the return.
    pub on: CivilDay,
    /// How many due times had stayed open: "back after 2 days".
    pub after: u32,
}

/// Everything that is counted. Totals never go down when time passes; only a change of what was logged,
/// paused or asked can change them.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Standing {
    score_millionths: u32,
    counted: u32,
    open: Option<u32>,
    returns: BTreeMap<u32, u32>,
    latest_return: Option<Return>,
    /// Days done, due or not.
    pub done_days: u32,
    /// Days partly done.
    pub partly_days: u32,
    /// Days skipped on purpose.
    pub skipped_days: u32,
    /// Days said to be not done. For their owner only.
    pub not_done_days: u32,
    /// All amounts together, in thousandths.
    pub total_thousandths: i64,
}

impl Standing {
    /// The forgiving score in thousandths, rounded down; `None` until the first occasion counted.
    #[must_use]
    pub fn score(&self) -> Option<u16> {
        let thousandths = self.score_millionths / (FULL_SCORE / FULL_CREDIT);
        (self.counted > 0).then(|| u16::try_from(thousandths).unwrap_or(u16::MAX))
    }

    /// How many occasions the score knows.
    #[must_use]
    pub const fn counted(&self) -> u32 {
        self.counted
    }

    /// How many times somebody came back.
    #[must_use]
    pub fn returns(&self) -> u32 {
        self.returns.values().sum()
    }

    /// The latest return.
    #[must_use]
    pub const fn latest_return(&self) -> Option<Return> {
        self.latest_return
    }

    /// The quickest return ever; it is never taken away by a slower one.
    #[must_use]
    pub fn best_recovery(&self) -> Option<u32> {
        self.returns.keys().next().copied()
    }

    /// The return in the middle of all, the quicker of two: "usually back after 2 days".
    #[must_use]
    pub fn usual_recovery(&self) -> Option<u32> {
        let middle = self.returns().div_ceil(2);
        let mut seen = 0;
        self.returns.iter().find_map(|(after, count)| {
            seen += count;
            (seen >= middle && middle > 0).then_some(*after)
        })
    }

    /// Takes in what was logged on one day. A day done or partly done is a return where times stayed open
    /// since the last one.
    pub(super) fn take_day(&mut self, on: CivilDay, status: OutcomeStatus, amount: Option<Amount>) {
        match status {
            OutcomeStatus::Done => self.done_days += 1,
            OutcomeStatus::Partly => self.partly_days += 1,
            OutcomeStatus::Skipped => self.skipped_days += 1,
            OutcomeStatus::NotDone => self.not_done_days += 1,
        }
        let amount = amount.map_or(0, Amount::thousandths);
        self.total_thousandths = self.total_thousandths.saturating_add(amount);
        let there = matches!(status, OutcomeStatus::Done | OutcomeStatus::Partly);
        let open = if there { self.open.replace(0) } else { None };
        if let Some(after) = open.filter(|open| *open > 0) {
            *self.returns.entry(after).or_default() += 1;
            self.latest_return = Some(Return { on, after });
        }
    }

    /// Takes in an occasion that is over, or complete before its end: how many times it asked and what
    /// came of it, in thousandths of one time.
    pub(super) fn take_occasion(&mut self, times: u32, credit: u32, nobody_there: bool) {
        if times == 0 {
            return;
        }
        if nobody_there {
            // Open times are counted only after somebody was there once: beginning is no return.
            self.open = self.open.map(|open| open.saturating_add(times));
        }
        self.counted = self.counted.saturating_add(1);
        let full = u64::from(times) * u64::from(FULL_CREDIT);
        let reached = u64::from(credit).min(full) * u64::from(FULL_SCORE) / full;
        let reached = u32::try_from(reached).unwrap_or(FULL_SCORE);
        let score = self.score_millionths;
        self.score_millionths = if reached >= score {
            score + (reached - score).div_ceil(self.counted.min(STEPS_UP))
        } else {
            score - (score - reached) / self.counted.saturating_mul(2).min(STEPS_DOWN)
        };
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test may stop at the first surprise")]

    use super::*;

    fn after(credits: &[u32]) -> Option<u16> {
        let mut standing = Standing::default();
        for credit in credits {
            standing.take_occasion(1, *credit, *credit == 0);
        }
        standing.score()
    }

    #[test]
    fn the_score_of_the_document_for_people_is_the_one_that_is_computed() {
        assert_eq!(after(&[]), None);
        assert_eq!(after(&[1000]), Some(1000));
        assert_eq!(after(&[0]), Some(0));
        assert_eq!(after(&[1000, 0]), Some(750));
        assert_eq!(after(&[1000, 0, 1000]), Some(833));
        assert_eq!(after(&[500]), Some(500));
        let mut long = vec![1000; 60];
        long.push(0);
        assert_eq!(after(&long), Some(950));
        long.push(1000);
        assert_eq!(after(&long), Some(955));
    }

    #[test]
    fn one_open_day_takes_less_than_one_good_day_brings() {
        for start in 1..20usize {
            for good in 0..=start {
                let mut days = vec![1000; good];
                days.extend(vec![0; start - good]);
                let before = after(&days).unwrap();
                let with = |credit| {
                    let mut days = days.clone();
                    days.push(credit);
                    after(&days).unwrap()
                };
                assert!(with(1000) >= before && with(0) <= before);
                let (up, down) = (with(1000) - before, before - with(0));
                assert!(down <= before.div_ceil(4) + 1, "{good} of {start}");
                let (before, up, down) = (u32::from(before), u32::from(up), u32::from(down));
                assert!(down * (1000 - before) <= (up + 1) * before + 1000);
            }
        }
    }
}
