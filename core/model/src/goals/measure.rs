//! How a goal counts (G1), and what one day's outcome is worth.

use serde::{Deserialize, Serialize};

use super::{Amount, TermsError, TermsRule, Unit};
use crate::limits::{MAX_TITLE_CHARS, check_chars};
use crate::profile::breaks_a_line_or_turns_it;
use crate::{CivilDay, OutcomeStatus, Rule};

/// The most milestones of one goal.
pub const MAX_MILESTONES: usize = 50;
/// What a day done is worth, in thousandths.
pub const FULL_CREDIT: u32 = 1_000;
/// What a day partly done is worth where nothing was counted.
const HALF_CREDIT: u32 = 500;

/// One step of a goal that is reached in steps.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Milestone {
    /// What it is.
    pub title: String,
    /// The civil day it was reached.
    pub reached_on: Option<CivilDay>,
}

/// How a goal counts (G1).
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Measure {
    /// Done or not.
    YesNo,
    /// At least so much on a day that counts.
    AtLeast {
        /// How much.
        amount: Amount,
        /// Of what.
        unit: Unit,
    },
    /// At most so much; a day without a word is not a day within it.
    AtMost {
        /// How much.
        amount: Amount,
        /// Of what.
        unit: Unit,
    },
    /// Not at all: "done" says that the day went without.
    Avoid,
    /// Steps on a way, each reached once. It has no schedule.
    Milestones(Vec<Milestone>),
    /// Days since something last happened. "Not done" on a day says that it happened. It has no schedule.
    DaysSince {
        /// The first day that counts.
        since: CivilDay,
    },
}

impl Measure {
    /// Whether it is due in a schedule.
    #[must_use]
    pub const fn has_schedule(&self) -> bool {
        !matches!(self, Self::Milestones(_) | Self::DaysSince { .. })
    }

    /// Whether a day can hold an amount.
    #[must_use]
    pub const fn counts_amounts(&self) -> bool {
        matches!(self, Self::AtLeast { .. } | Self::AtMost { .. })
    }

    /// Whether something can be said of a day, and this: nothing of milestones, and of days since only that
    /// it happened.
    #[must_use]
    pub const fn takes(&self, status: OutcomeStatus) -> bool {
        match self {
            Self::Milestones(_) => false,
            Self::DaysSince { .. } => matches!(status, OutcomeStatus::NotDone),
            _ => true,
        }
    }

    /// The same way of counting with a step reached on that day, or open again. `None` where there is no
    /// such step.
    #[must_use]
    pub fn with_step(&self, title: &str, reached_on: Option<CivilDay>) -> Option<Self> {
        let Self::Milestones(steps) = self else {
            return None;
        };
        let mut steps = steps.clone();
        steps
            .iter_mut()
            .find(|step| step.title == title)?
            .reached_on = reached_on;
        Some(Self::Milestones(steps))
    }

    /// Checks the rules for what a person writes.
    pub fn validate(&self) -> Result<(), TermsError> {
        match self {
            Self::AtLeast { amount, .. } if *amount == Amount::ZERO => {
                Err(TermsError::value("amount", Rule::OutOfRange))
            }
            Self::Milestones(steps) => {
                if steps.is_empty() {
                    return Err(TermsError::value("milestones", Rule::Empty));
                }
                if steps.len() > MAX_MILESTONES {
                    let limit = MAX_MILESTONES;
                    return Err(TermsError::new("milestones", TermsRule::TooMany { limit }));
                }
                for (index, step) in steps.iter().enumerate() {
                    check_chars("milestones", Some(&step.title), MAX_TITLE_CHARS)?;
                    if step.title.chars().any(breaks_a_line_or_turns_it) {
                        return Err(TermsError::value("milestones", Rule::ControlCharacter));
                    }
                    if steps[..index].iter().any(|other| other.title == step.title) {
                        return Err(TermsError::new("milestones", TermsRule::Twice));
                    }
                }
                Ok(())
            }
            _ => Ok(()),
        }
    }

    /// What an amount says of the day: enough, some of it, or nothing; for "at most", within or above.
    /// `None` where amounts have no place.
    #[must_use]
    pub fn status_of(&self, counted: Amount) -> Option<OutcomeStatus> {
        match self {
            Self::AtLeast { amount, .. } if counted >= *amount => Some(OutcomeStatus::Done),
            Self::AtLeast { .. } if counted > Amount::ZERO => Some(OutcomeStatus::Partly),
            Self::AtMost { amount, .. } if counted <= *amount => Some(OutcomeStatus::Done),
            Self::AtLeast { .. } | Self::AtMost { .. } => Some(OutcomeStatus::NotDone),
            _ => None,
        }
    }

    /// What a day is worth, 0 to [`FULL_CREDIT`]; `None` for a skip, which counts for nothing either way.
    /// Partly done is worth the part that was counted, else half.
    #[must_use]
    pub fn credit(&self, status: OutcomeStatus, counted: Option<Amount>) -> Option<u32> {
        Some(match (status, self, counted) {
            (OutcomeStatus::Done, ..) => FULL_CREDIT,
            (OutcomeStatus::NotDone, ..) => 0,
            (OutcomeStatus::Skipped, ..) => return None,
            (OutcomeStatus::Partly, Self::AtLeast { amount, .. }, Some(counted)) => {
                let full = i64::from(FULL_CREDIT);
                let part = counted.thousandths() * full / amount.thousandths().max(1);
                u32::try_from(part.clamp(1, full - 1)).unwrap_or(HALF_CREDIT)
            }
            (OutcomeStatus::Partly, ..) => HALF_CREDIT,
        })
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test may stop at the first surprise")]

    use super::*;

    fn pages(least: bool) -> Measure {
        let (amount, unit) = (Amount::whole(20), Unit::new("pages").unwrap());
        if least {
            Measure::AtLeast { amount, unit }
        } else {
            Measure::AtMost { amount, unit }
        }
    }

    fn steps(titles: &[&str]) -> Measure {
        let step = |title: &&str| Milestone {
            title: (*title).to_owned(),
            reached_on: None,
        };
        Measure::Milestones(titles.iter().map(step).collect())
    }

    #[test]
    fn an_amount_says_what_came_of_the_day() {
        let said = |measure: &Measure, n| measure.status_of(Amount::whole(n)).unwrap();
        assert_eq!(said(&pages(true), 20), OutcomeStatus::Done);
        assert_eq!(said(&pages(true), 19), OutcomeStatus::Partly);
        assert_eq!(said(&pages(true), 0), OutcomeStatus::NotDone);
        assert_eq!(said(&pages(false), 20), OutcomeStatus::Done);
        assert_eq!(said(&pages(false), 21), OutcomeStatus::NotDone);
        assert_eq!(said(&pages(false), 0), OutcomeStatus::Done);
        assert_eq!(Measure::YesNo.status_of(Amount::whole(1)), None);
    }

    #[test]
    fn partly_is_worth_its_part_and_never_all_or_nothing() {
        let worth = |n| pages(true).credit(OutcomeStatus::Partly, Some(n));
        assert_eq!(worth(Amount::whole(5)), Some(250));
        assert_eq!(worth(Amount::from_thousandths(1).unwrap()), Some(1));
        assert_eq!(worth(Amount::MAX), Some(999));
        assert_eq!(
            Measure::YesNo.credit(OutcomeStatus::Partly, None),
            Some(500)
        );
        assert_eq!(Measure::YesNo.credit(OutcomeStatus::Skipped, None), None);
    }

    #[test]
    fn a_step_is_reached_once_and_can_be_open_again() {
        let day = "2026-03-03".parse().unwrap();
        let way = steps(&["a", "b"]);
        let reached = way.with_step("b", Some(day)).unwrap();
        assert_ne!(reached, way);
        assert_eq!(reached.with_step("b", None), Some(way.clone()));
        assert_eq!(way.with_step("c", Some(day)), None);
        assert_eq!(Measure::YesNo.with_step("a", Some(day)), None);
        assert!(!way.takes(OutcomeStatus::Done) && Measure::Avoid.takes(OutcomeStatus::Done));
        let since = Measure::DaysSince { since: day };
        assert!(since.takes(OutcomeStatus::NotDone) && !since.takes(OutcomeStatus::Done));
    }

    #[test]
    fn each_impossible_measure_has_its_rule() {
        let zero = Measure::AtLeast {
            amount: Amount::ZERO,
            unit: Unit::new("pages").unwrap(),
        };
        assert_eq!(
            zero.validate(),
            Err(TermsError::value("amount", Rule::OutOfRange))
        );
        assert_eq!(
            steps(&[]).validate(),
            Err(TermsError::value("milestones", Rule::Empty))
        );
        assert_eq!(
            steps(&["a", " "]).validate(),
            Err(TermsError::value("milestones", Rule::Empty))
        );
        assert_eq!(
            steps(&["a\nb"]).validate(),
            Err(TermsError::value("milestones", Rule::ControlCharacter))
        );
        let twice = TermsError::new("milestones", TermsRule::Twice);
        assert_eq!(steps(&["a", "b", "a"]).validate(), Err(twice));
        let many: Vec<String> = (0..51).map(|n| n.to_string()).collect();
        let many: Vec<&str> = many.iter().map(String::as_str).collect();
        let too_many = TermsError::new("milestones", TermsRule::TooMany { limit: 50 });
        assert_eq!(steps(&many).validate(), Err(too_many));
        assert_eq!(steps(&many[..50]).validate(), Ok(()));
    }
}
