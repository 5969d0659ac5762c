//! A goal: what someone sets out to do, how it counts, when it is due, and what helps (G1-G3, G5, G9).

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use crate::goals::{Measure, Occasion, PausedDays, Pauses, Schedule, Terms, TermsError};
use crate::limits::{MAX_TITLE_CHARS, MAX_WHY_CHARS, check_chars};
use crate::words::word_enum;
use crate::{CivilDay, DayStart, LocalTime, Moment, Rule, RuleError, Weekday};

word_enum!(
    /// Which part of life a goal belongs to (G3).
    LifeArea, "area", {
        /// Body and sleep.
        Body = 1, "body";
        /// Mind and mood.
        Mind = 2, "mind";
        /// Recovery from something.
        Recovery = 3, "recovery";
        /// Family, friends, partner.
        People = 4, "people";
        /// Caring for somebody.
        Care = 5, "care";
        /// Work and study.
        Work = 6, "work";
        /// Home and money.
        Home = 7, "home";
        /// Learning and making.
        Learning = 8, "learning";
        /// Joy and rest.
        Joy = 9, "joy";
        /// Meaning and giving.
        Meaning = 10, "meaning";
    }
);

/// A goal as its owner keeps it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Goal {
    /// What it is.
    pub title: String,
    /// How it counts. What the first version kept under another name reads as the same.
    #[serde(alias = "kind")]
    pub measure: Measure,
    /// How often it is due; `None` where the measure has no schedule.
    pub schedule: Option<Schedule>,
    /// Why it matters (G3).
    pub why: Option<String>,
    /// When it was made, on which clock.
    pub created: Moment,
    /// The first civil day it can be due. Outcomes of earlier days may be filled in and count.
    pub starts_on: CivilDay,
    /// From this civil day on it is no longer due (G9).
    pub archived_on: Option<CivilDay>,
    /// The last civil day it can be due.
    #[serde(default)]
    pub ends_on: Option<CivilDay>,
    /// What may come in the way (G3).
    #[serde(default)]
    pub obstacle: Option<String>,
    /// If this happens ... (G3)
    #[serde(default)]
    pub if_this: Option<String>,
    /// ... then I do that.
    #[serde(default)]
    pub then_that: Option<String>,
    /// What I am good at that helps (G3).
    #[serde(default)]
    pub strengths: Option<String>,
    /// Who and what helps (G3).
    #[serde(default)]
    pub resources: Option<String>,
    /// Which part of life it belongs to (G3).
    #[serde(default)]
    pub area: Option<LifeArea>,
    /// Its own pauses (G5).
    #[serde(default)]
    pub pauses: Pauses,
    /// At which times of a day it is due its person is reminded (R1).
    #[serde(default)]
    pub reminders: BTreeSet<LocalTime>,
    /// It was let go, not only put away (G9).
    #[serde(default)]
    pub let_go: bool,
    /// What was learned, where it was let go (G9). For its owner only.
    #[serde(default)]
    pub learned: Option<String>,
}

impl Goal {
    /// A yes/no goal that starts on the day it is made.
    #[must_use]
    pub fn new(title: String, schedule: Schedule, created: Moment, day_start: DayStart) -> Self {
        Self {
            title,
            measure: Measure::YesNo,
            schedule: Some(schedule),
            why: None,
            starts_on: created.civil_day(day_start),
            created,
            archived_on: None,
            ends_on: None,
            obstacle: None,
            if_this: None,
            then_that: None,
            strengths: None,
            resources: None,
            area: None,
            pauses: Pauses::default(),
            reminders: BTreeSet::new(),
            let_go: false,
            learned: None,
        }
    }

    /// Checks the rules for what a person writes.
    pub fn validate(&self, week_start: Weekday) -> Result<(), TermsError> {
        self.validate_words()?;
        let mut terms = self.terms();
        // Archived is said afterwards: a goal that was put away on its first day is no impossible one.
        terms.ends_on = self.ends_on;
        terms.validate(week_start)
    }

    fn validate_words(&self) -> Result<(), RuleError> {
        check_chars("title", Some(&self.title), MAX_TITLE_CHARS)?;
        for (field, text) in [
            ("why", &self.why),
            ("obstacle", &self.obstacle),
            ("if_this", &self.if_this),
            ("then_that", &self.then_that),
            ("strengths", &self.strengths),
            ("resources", &self.resources),
            ("learned", &self.learned),
        ] {
            check_chars(field, text.as_deref(), MAX_WHY_CHARS)?;
        }
        match (&self.if_this, &self.then_that) {
            (Some(_), None) => Err(RuleError::new("then_that", Rule::Empty)),
            (None, Some(_)) => Err(RuleError::new("if_this", Rule::Empty)),
            _ => Ok(()),
        }
    }

    /// What it asks for. Archived from a day on, it was last due the day before.
    #[must_use]
    pub fn terms(&self) -> Terms {
        let put_away = self.archived_on.map(|day| day.minus_days(1).unwrap_or(day));
        let ends_on = [self.ends_on, put_away].into_iter().flatten().min();
        let has_schedule = self.measure.has_schedule();
        Terms {
            measure: self.measure.clone(),
            schedule: self.schedule.clone().filter(|_| has_schedule),
            starts_on: self.starts_on,
            ends_on,
        }
    }

    /// What is paused for it, with the pauses of everything.
    #[must_use]
    pub fn paused_days(&self, everything: &Pauses) -> PausedDays {
        PausedDays {
            own: self.pauses.clone(),
            everything: everything.clone(),
        }
    }

    /// Whether that civil day is asked for by itself: not one of a week to choose from, and not paused by a
    /// pause of the goal's own.
    #[must_use]
    pub fn is_due(&self, day: CivilDay) -> bool {
        // Only days to choose from depend on where a week begins.
        let asked = self.terms().occasion_on(day, Weekday::Monday) == Some(Occasion::on(day));
        asked && !self.pauses.covers(day)
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
    use crate::goals::{Pause, TermsRule};

    fn goal(title: &str) -> Goal {
        let created = Moment::new(1_772_571_600_000, "Europe/Berlin").unwrap(); // 2026-03-03
        Goal::new(title.into(), Schedule::Daily, created, DayStart::MIDNIGHT)
    }

    fn day(text: &str) -> CivilDay {
        text.parse().unwrap()
    }

    fn refused(change: impl FnOnce(&mut Goal)) -> (&'static str, &'static str) {
        let mut goal = goal("Walk");
        change(&mut goal);
        let error = goal.validate(Weekday::Monday).unwrap_err();
        (error.field, error.rule.word())
    }

    #[test]
    fn a_goal_is_due_from_its_start_until_it_is_archived() {
        let mut goal = goal("Walk");
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
    fn a_paused_day_and_one_to_choose_from_are_not_asked_for_by_themselves() {
        let mut walk = goal("Walk");
        walk.pauses = vec![Pause {
            first: day("2026-03-04"),
            last: None,
            reason: None,
        }]
        .into();
        assert!(walk.is_due(day("2026-03-03")) && !walk.is_due(day("2026-03-04")));
        let mut swim = goal("Swim");
        swim.schedule = Some(Schedule::TimesPerWeek(3));
        assert!(!swim.is_due(day("2026-03-03")));
    }

    #[test]
    fn a_goal_needs_a_title_of_reasonable_length() {
        assert_eq!(goal("Walk").validate(Weekday::Monday), Ok(()));
        assert_eq!(refused(|goal| goal.title = " ".into()), ("title", "empty"));
        assert_eq!(
            refused(|goal| goal.title = "x".repeat(201)),
            ("title", "too_many_characters")
        );
    }

    #[test]
    fn half_a_plan_and_an_end_before_the_start_are_refused() {
        assert_eq!(
            refused(|goal| goal.if_this = Some("it rains".into())),
            ("then_that", "empty")
        );
        assert_eq!(
            refused(|goal| goal.then_that = Some("I dance".into())),
            ("if_this", "empty")
        );
        assert_eq!(
            refused(|goal| goal.ends_on = Some(day("2026-03-02"))),
            ("ends_on", TermsRule::EndsBeforeItStarts.word())
        );
        assert_eq!(
            refused(|goal| goal.learned = Some("x".repeat(2_001))),
            ("learned", "too_many_characters")
        );
        let mut away = goal("Walk");
        away.archived_on = Some(away.starts_on);
        assert_eq!(away.validate(Weekday::Monday), Ok(()));
    }

    #[test]
    fn a_goal_as_the_first_version_laid_it_out_is_read() {
        let json = serde_json::to_value(goal("Walk")).unwrap();
        let mut old = serde_json::Map::new();
        for field in [
            "title",
            "schedule",
            "why",
            "created",
            "starts_on",
            "archived_on",
        ] {
            old.insert(field.into(), json[field].clone());
        }
        old.insert("kind".into(), "yes_no".into());
        let read: Goal = serde_json::from_value(old.into()).unwrap();
        assert_eq!(read, goal("Walk"));
    }
}
