//! The boundary card: what helps, what does not, and when not to be reached (P2).

use serde::{Deserialize, Serialize};

use super::{QuietHours, SupportLevel, check_quiet_hours};
use crate::goals::{TermsError, TermsRule};
use crate::limits::{MAX_TAG_CHARS, MAX_WHY_CHARS, check_chars};
use crate::{Need, ResponseKind, Rule, fold_tag};

/// No card allows more nudges a day from one person: there is never a sixth.
pub const MAX_NUDGES_A_DAY: u8 = 5;
/// The most topics of one list.
pub const MAX_TOPICS: usize = 20;

/// What a person tells a partner about being reached. Where it begins, nothing is allowed that nobody agreed
/// to: no nudges.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct BoundaryCard {
    /// What helps, in own words.
    pub helps: Option<String>,
    /// What does not help, in own words.
    pub does_not_help: Option<String>,
    /// When not to be reached, by the clock where the person is.
    pub quiet: Vec<QuietHours>,
    /// How many nudges a day this partner may send: 0 to 5.
    pub nudges_a_day: u8,
    /// What nudges are welcome about; empty: about anything that is not below.
    pub welcome: Vec<String>,
    /// What not to be nudged about.
    pub unwelcome: Vec<String>,
    /// Which kinds of answer are liked, the best first; empty: all of them.
    pub answers: Vec<ResponseKind>,
    /// What is usually needed.
    pub need: Option<Need>,
    /// From which level on a request for support may be shown in quiet hours; `None`: none may.
    pub reach_at_night: Option<SupportLevel>,
}

impl BoundaryCard {
    /// Checks the rules for what a person sets.
    pub fn validate(&self) -> Result<(), TermsError> {
        check_chars("helps", self.helps.as_deref(), MAX_WHY_CHARS)?;
        check_chars(
            "does_not_help",
            self.does_not_help.as_deref(),
            MAX_WHY_CHARS,
        )?;
        check_quiet_hours(&self.quiet)?;
        if self.nudges_a_day > MAX_NUDGES_A_DAY {
            return Err(TermsError::value("nudges_a_day", Rule::OutOfRange));
        }
        let all: Vec<&String> = self.welcome.iter().chain(&self.unwelcome).collect();
        for (index, topic) in all.iter().enumerate() {
            check_chars("topics", Some(topic.as_str()), MAX_TAG_CHARS)?;
            if all[..index]
                .iter()
                .any(|other| fold_tag(other) == fold_tag(topic))
            {
                return Err(TermsError::new("topics", TermsRule::Twice));
            }
        }
        if self.welcome.len() > MAX_TOPICS || self.unwelcome.len() > MAX_TOPICS {
            let limit = MAX_TOPICS;
            return Err(TermsError::new("topics", TermsRule::TooMany { limit }));
        }
        for (index, kind) in self.answers.iter().enumerate() {
            if self.answers[..index].contains(kind) {
                return Err(TermsError::new("answers", TermsRule::Twice));
            }
        }
        Ok(())
    }

    /// What holds where two own devices wrote a card at the same time: whatever is quieter and allows less.
    #[must_use]
    pub fn cautious(mut self, other: Self) -> Self {
        self.helps = self.helps.or(other.helps);
        self.does_not_help = self.does_not_help.or(other.does_not_help);
        for quiet in other.quiet {
            if !self.quiet.contains(&quiet) {
                self.quiet.push(quiet);
            }
        }
        self.nudges_a_day = self.nudges_a_day.min(other.nudges_a_day);
        let both: Vec<String> = self
            .welcome
            .iter()
            .filter(|topic| holds(&other.welcome, topic))
            .cloned()
            .collect();
        self.welcome = match (self.welcome.is_empty(), other.welcome.is_empty()) {
            (true, _) => other.welcome,
            (_, true) => self.welcome,
            _ if both.is_empty() => {
                // Nothing is welcome by both; no topic at all would mean that everything is.
                self.nudges_a_day = 0;
                self.welcome
            }
            _ => both,
        };
        for topic in other.unwelcome {
            if !holds(&self.unwelcome, &topic) {
                self.unwelcome.push(topic);
            }
        }
        if self.answers.is_empty() {
            self.answers = other.answers;
        }
        self.need = self.need.or(other.need);
        self.reach_at_night = match (self.reach_at_night, other.reach_at_night) {
            (Some(one), Some(another)) => Some(one.max(another)),
            _ => None,
        };
        self
    }

    /// Whether a nudge about this is welcome; one that names no topic is.
    #[must_use]
    pub fn welcomes(&self, topic: Option<&str>) -> bool {
        let Some(topic) = topic else {
            return true;
        };
        !holds(&self.unwelcome, topic) && (self.welcome.is_empty() || holds(&self.welcome, topic))
    }

    /// Every kind of answer, the liked ones first. None is forbidden: that is for people to say.
    #[must_use]
    pub fn answers_in_order(&self) -> Vec<ResponseKind> {
        let liked = self.answers.iter().copied();
        let rest = ResponseKind::ALL.iter().copied();
        liked
            .chain(rest.filter(|kind| !self.answers.contains(kind)))
            .collect()
    }
}

/// Whether a list names a topic, as people write it.
fn holds(list: &[String], topic: &str) -> bool {
    let topic = fold_tag(topic);
    list.iter().any(|own| fold_tag(own) == topic)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test may stop at the first surprise")]

    use super::*;

    #[test]
    fn an_empty_card_agrees_to_nothing_and_asks_for_nothing() {
        let card = BoundaryCard::default();
        assert_eq!(card.validate(), Ok(()));
        assert_eq!((card.nudges_a_day, card.reach_at_night), (0, None));
        assert_eq!(card.answers_in_order(), ResponseKind::ALL);
    }

    #[test]
    fn topics_are_compared_as_people_write_them() {
        let card = BoundaryCard {
            welcome: vec!["Sport".into()],
            unwelcome: vec!["Essen".into()],
            ..BoundaryCard::default()
        };
        assert!(card.welcomes(None) && card.welcomes(Some("sport")));
        assert!(!card.welcomes(Some("ESSEN")) && !card.welcomes(Some("work")));
    }

    #[test]
    fn of_two_cards_written_at_once_the_quieter_holds() {
        let hour = |from: &str, to: &str| QuietHours {
            from: from.parse().unwrap(),
            to: to.parse().unwrap(),
        };
        let phone = BoundaryCard {
            quiet: vec![hour("22:00", "07:00")],
            nudges_a_day: 3,
            welcome: vec!["Sport".into(), "Work".into()],
            reach_at_night: Some(SupportLevel::TalkToday),
            ..BoundaryCard::default()
        };
        let tablet = BoundaryCard {
            quiet: vec![hour("12:00", "14:00")],
            nudges_a_day: 1,
            welcome: vec!["sport".into()],
            unwelcome: vec!["Food".into()],
            reach_at_night: Some(SupportLevel::SomebodyNow),
            ..BoundaryCard::default()
        };
        let both = phone.clone().cautious(tablet.clone());
        assert_eq!((both.nudges_a_day, both.quiet.len()), (1, 2));
        assert!(both.welcomes(Some("sport")) && !both.welcomes(Some("work")));
        assert_eq!(both.reach_at_night, Some(SupportLevel::SomebodyNow));
        assert_eq!(
            tablet.cautious(BoundaryCard::default()).reach_at_night,
            None
        );
        let other = BoundaryCard {
            nudges_a_day: 5,
            welcome: vec!["music".into()],
            ..BoundaryCard::default()
        };
        assert_eq!(phone.cautious(other).nudges_a_day, 0);
    }

    #[test]
    fn each_impossible_card_has_its_rule() {
        let card = BoundaryCard::default;
        let rule = |card: BoundaryCard| {
            let error = card.validate().unwrap_err();
            (error.field, error.rule.word())
        };
        let topics = |n: usize| (0..n).map(|n| n.to_string()).collect::<Vec<_>>();
        assert_eq!(
            rule(BoundaryCard {
                nudges_a_day: 6,
                ..card()
            }),
            ("nudges_a_day", "out_of_range")
        );
        assert_eq!(
            rule(BoundaryCard {
                helps: Some(" ".into()),
                ..card()
            }),
            ("helps", "empty")
        );
        assert_eq!(
            rule(BoundaryCard {
                welcome: topics(21),
                ..card()
            }),
            ("topics", "too_many")
        );
        let twice = BoundaryCard {
            welcome: vec!["a".into()],
            unwelcome: vec!["A".into()],
            ..card()
        };
        assert_eq!(rule(twice), ("topics", "twice"));
        let kinds = vec![ResponseKind::Seen, ResponseKind::Seen];
        assert_eq!(
            rule(BoundaryCard {
                answers: kinds,
                ..card()
            }),
            ("answers", "twice")
        );
    }

    #[test]
    fn liked_answers_come_first_and_none_is_left_out() {
        let card = BoundaryCard {
            answers: vec![ResponseKind::Question, ResponseKind::Seen],
            ..BoundaryCard::default()
        };
        let order = card.answers_in_order();
        assert_eq!(order[..2], [ResponseKind::Question, ResponseKind::Seen]);
        assert_eq!(order.len(), ResponseKind::ALL.len());
    }
}
