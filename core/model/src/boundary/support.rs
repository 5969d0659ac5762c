//! Asking for support (P3): three levels, and an honest word on where the request is.

use serde::{Deserialize, Serialize};

use super::{Arrival, BoundaryCard, quiet_until};
use crate::limits::{MAX_RESPONSE_CHARS, check_chars};
use crate::words::word_enum;
use crate::{Need, RuleError, SharedMoment, ZoneRules};

word_enum!(
    /// How much somebody needs (P3). No level is an emergency call: that is what Help now is for.
    SupportLevel, "level", {
        /// A kind word when there is time.
        KindWord = 1, "kind word";
        /// To talk, today.
        TalkToday = 2, "talk today";
        /// Somebody now.
        SomebodyNow = 3, "somebody now";
    }
);

impl SupportLevel {
    /// Whether the page for bad hours is offered beside it at once: a partner's phone may look late.
    #[must_use]
    pub const fn offers_help_now(self) -> bool {
        matches!(self, Self::SomebodyNow)
    }
}

/// For how long a request is brought up by itself; later it stands on the partner's page.
pub const SUPPORT_FRESH_MS: i64 = 7 * 24 * 3_600_000;

/// A request for support as a partner gets it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SharedSupportRequest {
    /// How much is needed.
    pub level: SupportLevel,
    /// In own words.
    pub text: Option<String>,
    /// What would help.
    pub need: Option<Need>,
    /// When it was written.
    pub written: SharedMoment,
}

impl SharedSupportRequest {
    /// Checks the rules for what a person asks.
    pub fn validate(&self) -> Result<(), RuleError> {
        check_chars("text", self.text.as_deref(), MAX_RESPONSE_CHARS)
    }
}

/// Where a request is, as its writer may be told. Only what is known is said: nothing here means that
/// somebody read it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SupportDelivery {
    /// Saved here; it has not left this phone.
    Here,
    /// It left this phone and waits where their phone will look. Nobody knows when: there is no push.
    Left,
    /// A device of theirs has it and said so at once.
    OnTheirDevice,
    /// They answered by hand.
    Answered,
}

/// A request for support and what is known of its way.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct SupportRequest {
    /// How much is needed.
    pub level: SupportLevel,
    /// Whether it left this phone.
    pub left: bool,
    /// Whether one of their devices said that it has it.
    pub acknowledged: bool,
    /// Whether they answered.
    pub answered: bool,
    /// Whether its writer took it back.
    pub taken_back: bool,
}

impl SupportRequest {
    /// The furthest that is known; `None` once it was taken back. An acknowledgement that came by another
    /// way than the request left by still counts.
    #[must_use]
    pub const fn delivery(&self) -> Option<SupportDelivery> {
        if self.taken_back {
            return None;
        }
        Some(match (self.answered, self.acknowledged, self.left) {
            (true, ..) => SupportDelivery::Answered,
            (_, true, _) => SupportDelivery::OnTheirDevice,
            (_, _, true) => SupportDelivery::Left,
            _ => SupportDelivery::Here,
        })
    }
}

/// What the receiver's device does with a request for support at `now_ms`. It is never dropped into the
/// list alone and no limit counts it; quiet hours hold it, but for levels their owner wants to hear of at
/// night.
#[must_use]
pub fn support_now(
    card: &BoundaryCard,
    level: SupportLevel,
    now_ms: i64,
    rules: &impl ZoneRules,
) -> Arrival {
    if card.reach_at_night.is_some_and(|least| level >= least) {
        return Arrival::Show;
    }
    quiet_until(&card.quiet, now_ms, rules).map_or(Arrival::Show, Arrival::HoldUntil)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test may stop at the first surprise")]

    use super::*;
    use crate::ZoneTable;
    use crate::boundary::QuietHours;

    #[test]
    fn only_what_is_known_of_a_request_is_said() {
        let request = |left, acknowledged, answered, taken_back| SupportRequest {
            level: SupportLevel::TalkToday,
            left,
            acknowledged,
            answered,
            taken_back,
        };
        let said = |request: SupportRequest| request.delivery();
        assert_eq!(
            said(request(false, false, false, false)),
            Some(SupportDelivery::Here)
        );
        assert_eq!(
            said(request(true, false, false, false)),
            Some(SupportDelivery::Left)
        );
        assert_eq!(
            said(request(false, true, false, false)),
            Some(SupportDelivery::OnTheirDevice)
        );
        assert_eq!(
            said(request(true, true, true, false)),
            Some(SupportDelivery::Answered)
        );
        assert_eq!(said(request(true, true, true, true)), None);
    }

    #[test]
    fn at_night_only_what_its_owner_wants_to_hear_of_is_shown() {
        let utc = ZoneTable::new(0, Vec::new());
        let mut card = BoundaryCard {
            quiet: vec![QuietHours {
                from: "22:00".parse().unwrap(),
                to: "07:00".parse().unwrap(),
            }],
            ..BoundaryCard::default()
        };
        let three = 1_772_506_800_000; // 2026-03-03T03:00:00Z
        let ask = |card: &BoundaryCard, level| support_now(card, level, three, &utc);
        let morning = Arrival::HoldUntil(three + 4 * 3_600_000);
        assert_eq!(ask(&card, SupportLevel::SomebodyNow), morning);
        card.reach_at_night = Some(SupportLevel::SomebodyNow);
        assert_eq!(ask(&card, SupportLevel::TalkToday), morning);
        assert_eq!(ask(&card, SupportLevel::SomebodyNow), Arrival::Show);
        assert!(
            SupportLevel::SomebodyNow.offers_help_now()
                && !SupportLevel::KindWord.offers_help_now()
        );
    }

    #[test]
    fn by_day_no_limit_stands_in_the_way_of_a_request() {
        let utc = ZoneTable::new(0, Vec::new());
        for level in SupportLevel::ALL {
            assert_eq!(
                support_now(&BoundaryCard::default(), *level, 0, &utc),
                Arrival::Show
            );
        }
    }
}
