//! How quickly somebody came back to a goal: counted kindly, from what is known, and only where they did.

use std::collections::BTreeMap;

use crate::{CivilDay, OutcomeStatus};

/// For how many days before today a return is told of.
const TOLD_FOR_DAYS: i64 = 14;

/// How far back a break may have begun.
pub const COMING_BACK_DAYS: i64 = 90;

/// After how many due days that stayed open the person came back, if that was within the last fourteen days:
/// "back after 2 days". Days off and days skipped on purpose count for nothing; whoever began with the goal only
/// then, or is away now, came back from nowhere: `None`. Of two statuses on one day the later counts.
#[must_use]
pub fn back_after_days(
    is_due: impl Fn(CivilDay) -> bool,
    statuses: impl IntoIterator<Item = (CivilDay, OutcomeStatus)>,
    today: CivilDay,
) -> Option<u32> {
    let statuses: BTreeMap<CivilDay, OutcomeStatus> = statuses.into_iter().collect();
    let mut open = 0;
    let mut there = false;
    for back in 0..COMING_BACK_DAYS {
        let on = today.minus_days(back)?;
        match statuses.get(&on) {
            Some(OutcomeStatus::Done | OutcomeStatus::Partly) if open > 0 => return Some(open),
            Some(OutcomeStatus::Done | OutcomeStatus::Partly) => there = true,
            Some(OutcomeStatus::Skipped) => {}
            // A day off leaves nothing open, and today is not over.
            _ if !is_due(on) || back == 0 => {}
            _ if there && (open > 0 || back <= TOLD_FOR_DAYS) => open += 1,
            _ => return None,
        }
    }
    None
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test may stop at the first surprise")]

    use super::*;

    /// Marks up to today, the last one: `d` done, `p` partly, `s` skipped, `n` said to be not done, `.` nothing.
    fn back(marks: &str) -> Option<u32> {
        let today: CivilDay = "2026-03-31".parse().unwrap();
        let statuses = marks.chars().rev().enumerate().filter_map(|(back, mark)| {
            let on = today.minus_days(i64::try_from(back).unwrap()).unwrap();
            let status = match mark {
                'd' => OutcomeStatus::Done,
                'p' => OutcomeStatus::Partly,
                's' => OutcomeStatus::Skipped,
                'n' => OutcomeStatus::NotDone,
                _ => return None,
            };
            Some((on, status))
        });
        back_after_days(|_| true, statuses.collect::<Vec<_>>(), today)
    }

    #[test]
    fn a_return_is_told_with_the_days_that_stayed_open() {
        for (marks, expected) in [
            ("d..d", Some(2)),
            ("d..dd", Some(2)),
            ("p.np.", Some(2)),
            ("d.s.d", Some(2)),
            ("dsd", None),
            ("ddd", None),
            ("d.d.......d", Some(7)),
            ("....d", None),
            ("d...", None),
            ("d.", None),
            ("", None),
        ] {
            assert_eq!(back(marks), expected, "{marks}");
        }
    }

    #[test]
    fn a_return_long_ago_is_not_told_again() {
        assert_eq!(back(&format!("d..{}", "d".repeat(14))), Some(2));
        assert_eq!(back(&format!("d..{}", "d".repeat(15))), None);
        assert_eq!(back(&format!("d{}d", ".".repeat(88))), Some(88));
        assert_eq!(back(&format!("d{}d", ".".repeat(89))), None);
    }

    #[test]
    fn days_off_count_for_nothing() {
        let monday: CivilDay = "2026-03-30".parse().unwrap();
        let workdays = |day: CivilDay| day.weekday().number() <= 5;
        let done = |day: &str| (day.parse().unwrap(), OutcomeStatus::Done);
        let friday = [done("2026-03-27"), done("2026-03-30")];
        assert_eq!(back_after_days(workdays, friday, monday), None);
        let thursday = [done("2026-03-26"), done("2026-03-30")];
        assert_eq!(back_after_days(workdays, thursday, monday), Some(1));
    }
}
