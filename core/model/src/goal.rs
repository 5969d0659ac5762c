//! A goal: what someone sets out to do, how it counts and when it is due (G1-G3).

use serde::{Deserialize, Serialize};

use crate::limits::{MAX_TITLE_CHARS, MAX_WHY_CHARS, check_chars};
use crate::{CivilDay, DayStart, Moment, RuleError, Schedule};

/// How a goal counts (G1). More kinds (at least, at most, milestones, days since) join as variants.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum GoalKind {
    /// Done or not.
    YesNo,
}

/// A goal as its owner keeps it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Goal {
    /// What it is.
    pub title: String,
    /// How it counts.
    pub kind: GoalKind,
    /// When it is due.
    pub schedule: Schedule,
    /// Why it matters (G3).
    pub why: Option<String>,
    /// When it was made, on which clock.
    pub created: Moment,
    /// The first civil day it can be due. Outcomes of earlier days may be filled in and count.
    pub starts_on: CivilDay,
    /// From this civil day on it is no longer due (G9).
    pub archived_on: Option<CivilDay>,
}

impl Goal {
    /// A yes/no goal that starts on the day it is made.
    #[must_use]
    pub fn new(title: String, schedule: Schedule, created: Moment, day_start: DayStart) -> Self {
        Self {
            title,
            kind: GoalKind::YesNo,
            schedule,
            why: None,
            starts_on: created.civil_day(day_start),
            created,
            archived_on: None,
        }
    }

    /// Checks the rules for what a person writes.
    pub fn validate(&self) -> Result<(), RuleError> {
        check_chars("title", Some(&self.title), MAX_TITLE_CHARS)?;
        check_chars("why", self.why.as_deref(), MAX_WHY_CHARS)
    }

    /// Whether it is due on that civil day: started, not archived, and on its schedule.
    #[must_use]
    pub fn is_due(&self, day: CivilDay) -> bool {
        day >= self.starts_on
            && self.archived_on.is_none_or(|end| day < end)
            && self.schedule.is_due(day)
    }

    /// Whether it is archived as seen on that civil day.
    #[must_use]
    pub fn is_archived(&self, today: CivilDay) -> bool {
        self.archived_on.is_some_and(|end| end <= today)
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test may stop at the first surprise")]

    use super::*;
    use crate::Rule;

    fn goal(title: &str) -> Goal {
        let created = Moment::new(1_772_571_600_000, "Europe/Berlin").unwrap(); // 2026-03-03
        Goal::new(title.into(), Schedule::Daily, created, DayStart::MIDNIGHT)
    }

    #[test]
    fn a_goal_is_due_from_its_start_until_it_is_archived() {
        let mut goal = goal("Walk");
        let day = |text: &str| text.parse::<CivilDay>().unwrap();
        goal.archived_on = Some(day("2026-03-06"));
        let due: Vec<String> = day("2026-03-01")
            .through(day("2026-03-09"))
            .filter(|day| goal.is_due(*day))
            .map(|day| day.to_string())
            .collect();
        assert_eq!(due, ["2026-03-03", "2026-03-04", "2026-03-05"]);
        assert!(!goal.is_archived(day("2026-03-05")) && goal.is_archived(day("2026-03-06")));
    }

    #[test]
    fn a_goal_needs_a_title_of_reasonable_length() {
        assert_eq!(goal("Walk").validate(), Ok(()));
        assert_eq!(
            goal(" ").validate(),
            Err(RuleError::new("title", Rule::Empty))
        );
        let too_long = Rule::TooManyCharacters {
            limit: MAX_TITLE_CHARS,
        };
        assert_eq!(
            goal(&"x".repeat(201)).validate(),
            Err(RuleError::new("title", too_long))
        );
    }
}
