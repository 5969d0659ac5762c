//! A partnership for a chosen time that both renew on purpose (P4).

use serde::{Deserialize, Serialize};

use crate::CivilDay;
use crate::goals::{TermsError, TermsRule};

/// For how many days before its end both are asked.
pub const ASK_DAYS: i64 = 7;

/// Until when two people agreed to belay each other. Both have the same say.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Term {
    /// Its first day.
    pub from: CivilDay,
    /// The last day both agreed on.
    pub until: CivilDay,
    /// Until when I would go on, once I said so.
    pub mine: Option<CivilDay>,
    /// Until when they would go on, once they said so.
    pub theirs: Option<CivilDay>,
}

/// How a term stands on a day.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum TermState {
    /// It goes on; nothing to do.
    Running {
        /// Days after this one.
        days_left: u32,
    },
    /// It ends soon: a question, without a count-down.
    AskMe {
        /// Days after this one.
        days_left: u32,
    },
    /// I would go on; they have not said so yet. Never shown as a no.
    WaitingForThem {
        /// Days after this one; 0 when it is over.
        days_left: u32,
    },
    /// It is over: sharing rests both ways, nothing is deleted, and either may still renew.
    Resting,
}

impl Term {
    /// A term that both agreed on.
    pub fn new(from: CivilDay, until: CivilDay) -> Result<Self, TermsError> {
        if until < from {
            return Err(TermsError::new("until", TermsRule::EndsBeforeItStarts));
        }
        Ok(Self {
            from,
            until,
            mine: None,
            theirs: None,
        })
    }

    /// The last day that holds: once both said they would go on, the earlier of what both said. Neither
    /// can bind the other for longer, and no renewal shortens what was agreed.
    #[must_use]
    pub fn agreed_until(&self) -> CivilDay {
        match (self.mine, self.theirs) {
            (Some(mine), Some(theirs)) => self.until.max(mine.min(theirs)),
            _ => self.until,
        }
    }

    /// With my word that I would go on until then; it has to be later than what is agreed.
    pub fn renewed(mut self, until: CivilDay) -> Result<Self, TermsError> {
        if until <= self.agreed_until() {
            return Err(TermsError::new("until", TermsRule::EndsBeforeItStarts));
        }
        self.mine = Some(until);
        Ok(self)
    }

    /// How it stands on that day.
    #[must_use]
    pub fn state(&self, today: CivilDay) -> TermState {
        let agreed = self.agreed_until();
        let left = today.days_until(agreed);
        let days_left = u32::try_from(left).unwrap_or(0);
        let i_said_so = self.mine.is_some_and(|mine| mine > agreed);
        match (left, i_said_so) {
            (left, false) if left < 0 => TermState::Resting,
            (left, false) if left < ASK_DAYS => TermState::AskMe { days_left },
            // Of two answers the later may still wait for the other to say more.
            (left, true) if left < ASK_DAYS => TermState::WaitingForThem { days_left },
            _ => TermState::Running { days_left },
        }
    }

    /// Whether anything may leave or be read on that day.
    #[must_use]
    pub fn shares_on(&self, day: CivilDay) -> bool {
        (self.from..=self.agreed_until()).contains(&day)
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

    #[test]
    fn a_term_asks_in_its_last_week_and_rests_afterwards() {
        let term = Term::new(day(0), day(30)).unwrap();
        assert_eq!(term.state(day(23)), TermState::Running { days_left: 7 });
        assert_eq!(term.state(day(24)), TermState::AskMe { days_left: 6 });
        assert_eq!(term.state(day(31)), TermState::Resting);
        assert!(term.shares_on(day(30)) && !term.shares_on(day(31)));
    }

    #[test]
    fn it_goes_on_when_both_said_so_and_only_as_far_as_both_said() {
        let mut term = Term::new(day(0), day(30))
            .unwrap()
            .renewed(day(90))
            .unwrap();
        assert_eq!(
            term.state(day(28)),
            TermState::WaitingForThem { days_left: 2 }
        );
        assert!(!term.shares_on(day(31)));
        term.theirs = Some(day(60));
        assert_eq!(term.agreed_until(), day(60));
        assert_eq!(term.state(day(31)), TermState::Running { days_left: 29 });
    }

    #[test]
    fn what_ends_before_it_starts_is_refused() {
        assert_eq!(
            Term::new(day(1), day(0)).unwrap_err().rule,
            TermsRule::EndsBeforeItStarts
        );
        let term = Term::new(day(0), day(30)).unwrap();
        assert_eq!(term.renewed(day(30)).unwrap_err().field, "until");
    }

    proptest! {
        #[test]
        fn neither_binds_the_other_and_both_see_the_same_end(mine in 0i64..90, theirs in 0i64..90) {
            let term = Term { from: day(0), until: day(30), mine: Some(day(mine)), theirs: Some(day(theirs)) };
            let turned = Term { mine: term.theirs, theirs: term.mine, ..term };
            prop_assert_eq!(term.agreed_until(), turned.agreed_until());
            prop_assert!(term.agreed_until() >= day(30));
            prop_assert!(term.agreed_until() <= day(30.max(mine)) && term.agreed_until() <= day(30.max(theirs)));
        }
    }
}
