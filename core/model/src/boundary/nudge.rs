//! What a receiver's device does with a nudge at the moment it looks (P3, principle 9).

use serde::{Deserialize, Serialize};

use super::{BoundaryCard, quiet_until};
use crate::limits::{MAX_TAG_CHARS, check_chars};
use crate::{CivilDay, DayStart, RuleError, SharedMoment, Zone, ZoneRules, civil_day};

/// A nudge that is older when it arrives helps nobody any more.
pub const OLD_AFTER_MS: i64 = 24 * 3_600_000;

/// A nudge as a partner gets it. It says that somebody thinks of them, and perhaps about what; never more.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SharedNudge {
    /// What it is about, in the sender's word.
    pub topic: Option<String>,
    /// When it was sent.
    pub sent: SharedMoment,
}

impl SharedNudge {
    /// Checks the rules for what a person sends.
    pub fn validate(&self) -> Result<(), RuleError> {
        check_chars("topic", self.topic.as_deref(), MAX_TAG_CHARS)
    }

    /// What the rules of its arrival look at.
    #[must_use]
    pub fn arriving(&self) -> Nudge {
        Nudge {
            sent_at_ms: self.sent.at_ms(),
            topic: self.topic.clone(),
        }
    }
}

/// A nudge as it arrived.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Nudge {
    /// When it was sent, by its sender's clock.
    pub sent_at_ms: i64,
    /// What it is about, in the sender's word.
    pub topic: Option<String>,
}

/// What to do now.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Arrival {
    /// Show it.
    Show,
    /// Say nothing now and ask again then (milliseconds since 1970 UTC), or as soon as the zone or the card
    /// changes.
    HoldUntil(i64),
    /// Say nothing at all; it stands in the list for whoever looks.
    List,
}

/// The day of the receiver for which nudges are counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct NudgeDay {
    /// The civil day.
    pub on: CivilDay,
    /// How many from this partner were shown on it.
    pub shown: u8,
}

/// What the receiver's device does with a nudge at `now_ms`. `days` says how many of this partner were
/// shown on the receiver's latest days.
///
/// In this order: more than the card allows, an unwelcome topic and an old nudge go into the list; quiet
/// hours hold it until their end, where the limit of that day is asked again; else it is shown. Who blocked
/// or paused somebody never gets here: nothing of theirs is read.
#[must_use]
pub fn nudge_now(
    card: &BoundaryCard,
    nudge: &Nudge,
    days: &[NudgeDay],
    now_ms: i64,
    rules: &impl ZoneRules,
    day_start: DayStart,
) -> Arrival {
    // A sender's clock that is ahead makes nothing younger than now.
    let age = now_ms.saturating_sub(nudge.sent_at_ms.min(now_ms));
    if age > OLD_AFTER_MS || !card.welcomes(nudge.topic.as_deref()) {
        return Arrival::List;
    }
    let held = quiet_until(&card.quiet, now_ms, rules);
    let on = day_of(held.unwrap_or(now_ms), rules, day_start);
    let shown = days
        .iter()
        .filter(|day| day.on == on)
        .map(|day| u32::from(day.shown));
    if shown.sum::<u32>() >= u32::from(card.nudges_a_day.min(super::MAX_NUDGES_A_DAY)) {
        return Arrival::List;
    }
    match held {
        Some(end) if end.saturating_sub(nudge.sent_at_ms) > OLD_AFTER_MS => Arrival::List,
        Some(end) => Arrival::HoldUntil(end),
        None => Arrival::Show,
    }
}

/// The civil day by the clock where the phone is.
fn day_of(at_ms: i64, rules: &impl ZoneRules, day_start: DayStart) -> CivilDay {
    Zone::new("here", rules.offset_seconds(at_ms)).map_or_else(
        // A clock that no zone has: the day in UTC is the nearest there is.
        |_| CivilDay::nearest_to_epoch_day(at_ms.div_euclid(86_400_000)),
        |zone| civil_day(at_ms, &zone, day_start),
    )
}

impl NudgeDay {
    /// The days after one more was shown at `now_ms`; days before yesterday are dropped.
    #[must_use]
    pub fn shown_now(
        days: &[Self],
        now_ms: i64,
        rules: &impl ZoneRules,
        day_start: DayStart,
    ) -> Vec<Self> {
        let on = day_of(now_ms, rules, day_start);
        let mut kept: Vec<Self> = days
            .iter()
            .filter(|day| day.on.days_until(on) <= 1)
            .copied()
            .collect();
        match kept.iter_mut().find(|day| day.on == on) {
            Some(day) => day.shown = day.shown.saturating_add(1),
            None => kept.push(Self { on, shown: 1 }),
        }
        kept
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test may stop at the first surprise")]

    use proptest::prelude::*;

    use super::*;
    use crate::boundary::QuietHours;
    use crate::{IanaZone, wall};

    const NOON: i64 = 1_772_535_600_000; // 2026-03-03T11:00:00Z, 12:00 in Berlin
    const HOUR: i64 = 3_600_000;

    fn card(nudges_a_day: u8) -> BoundaryCard {
        BoundaryCard {
            quiet: vec![QuietHours {
                from: "22:00".parse().unwrap(),
                to: "07:00".parse().unwrap(),
            }],
            nudges_a_day,
            unwelcome: vec!["food".into()],
            ..BoundaryCard::default()
        }
    }

    fn ask(
        card: &BoundaryCard,
        topic: Option<&str>,
        days: &[NudgeDay],
        sent: i64,
        now: i64,
    ) -> Arrival {
        let nudge = Nudge {
            sent_at_ms: sent,
            topic: topic.map(str::to_owned),
        };
        let rules = IanaZone::new("Europe/Berlin").unwrap();
        nudge_now(card, &nudge, days, now, &rules, DayStart::MIDNIGHT)
    }

    #[test]
    fn nobody_is_nudged_who_did_not_agree_to_it() {
        assert_eq!(
            ask(&BoundaryCard::default(), None, &[], NOON, NOON),
            Arrival::List
        );
        assert_eq!(ask(&card(1), None, &[], NOON, NOON), Arrival::Show);
        assert_eq!(ask(&card(1), Some("Food"), &[], NOON, NOON), Arrival::List);
    }

    #[test]
    fn a_nudge_at_three_in_the_night_waits_for_the_morning() {
        let three = NOON + 15 * HOUR;
        assert_eq!(
            ask(&card(1), None, &[], three, three),
            Arrival::HoldUntil(NOON + 19 * HOUR)
        );
        let told = [NudgeDay {
            on: "2026-03-04".parse().unwrap(),
            shown: 1,
        }];
        assert_eq!(
            ask(&card(1), None, &told, three, three),
            Arrival::List,
            "the morning has its own limit"
        );
    }

    #[test]
    fn an_old_nudge_is_no_surprise_days_later() {
        assert_eq!(
            ask(&card(1), None, &[], NOON - 24 * HOUR, NOON),
            Arrival::Show
        );
        assert_eq!(
            ask(&card(1), None, &[], NOON - 24 * HOUR - 1, NOON),
            Arrival::List
        );
        assert_eq!(
            ask(&card(1), None, &[], NOON + 90 * HOUR, NOON),
            Arrival::Show,
            "a clock ahead"
        );
    }

    proptest! {
        #[test]
        fn there_is_never_a_sixth_in_a_day_nor_one_in_quiet_hours(
            allowed in 0u8..9,
            steps in prop::collection::vec(0i64..HOUR, 1..200),
        ) {
            let rules = IanaZone::new("Europe/Berlin").unwrap();
            let card = card(allowed);
            let (mut now, mut days) = (NOON, Vec::new());
            let mut shown = std::collections::BTreeMap::new();
            for step in steps {
                now += step;
                let nudge = Nudge { sent_at_ms: now, topic: None };
                if nudge_now(&card, &nudge, &days, now, &rules, DayStart::MIDNIGHT) == Arrival::Show {
                    let (on, time) = wall(now, &rules);
                    *shown.entry(on).or_insert(0u8) += 1;
                    prop_assert!((7..22).contains(&time.hour));
                    days = NudgeDay::shown_now(&days, now, &rules, DayStart::MIDNIGHT);
                }
            }
            prop_assert!(shown.values().all(|count| *count <= allowed.min(5)));
        }
    }
}
