//! A planned reminder as a shell keeps it outside the store (R2, R3), and what becomes of it when the phone
//! was off or its zone changed.

use serde::{Deserialize, Serialize};

use crate::boundary::{QuietHours, quiet_until};
use crate::words::word_enum;
use crate::{CivilDay, LocalTime, ZoneRules, instant};

/// A reminder that a phone slept through is shown at most this long afterwards.
pub const CATCH_UP_MS: i64 = 2 * 3_600_000;

word_enum!(
    /// Which words a reminder has. Texts are looked up by this word; "moment" says nothing of what it is
    /// about (R3).
    ReminderText, "reminder_text", {
        /// A moment for you. The only one unless its person chose to see more.
        Moment = 1, "moment";
        /// A check-in.
        CheckIn = 2, "check in";
        /// Something they set out to do; its title is never in it.
        Goal = 3, "goal";
        /// Both, or several.
        Several = 4, "several";
    }
);

/// One planned reminder. It names nothing: which goals it is about is asked of the store when it is opened.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Planned {
    /// The same for the same minute on the wall, so that planning anew puts it in its own place.
    pub id: u64,
    /// When, in milliseconds since 1970 UTC, in the zone it was planned in.
    pub at_ms: i64,
    /// The date on the wall.
    pub on: CivilDay,
    /// The time on the wall.
    pub time: LocalTime,
    /// Which words.
    pub text: ReminderText,
}

impl Planned {
    /// A reminder at this instant, which the wall shows as `on` and `time`.
    #[must_use]
    pub fn new(at_ms: i64, on: CivilDay, time: LocalTime, text: ReminderText) -> Self {
        let minute = on.since_1900() * 1_440 + i64::from(time.minutes());
        // FNV-1a, 64 bits (IETF draft-eastlake-fnv): a number that says nothing when it is read alone.
        let id = minute
            .to_be_bytes()
            .iter()
            .fold(0xcbf2_9ce4_8422_2325, |hash: u64, byte| {
                (hash ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3)
            });
        Self {
            id,
            at_ms,
            on,
            time,
            text,
        }
    }
}

/// The same plan by another clock: after a change of zone each stays at its time on the wall (R2). Needs no
/// store. What is past by the new clock falls away.
#[must_use]
pub fn moved_to(planned: &[Planned], now_ms: i64, rules: &impl ZoneRules) -> Vec<Planned> {
    let mut moved: Vec<Planned> = planned
        .iter()
        .filter_map(|planned| {
            let at_ms = instant(planned.on, planned.time, rules)?;
            (at_ms > now_ms).then_some(Planned { at_ms, ..*planned })
        })
        .collect();
    moved.sort_unstable_by_key(|planned| (planned.at_ms, planned.id));
    moved
}

/// What to show after the phone was off from `off_since_ms` until now: the latest one it slept through, if
/// that is not long ago and it is not quiet now. Never more than one, and never a pile.
#[must_use]
pub fn caught_up(
    planned: &[Planned],
    off_since_ms: i64,
    now_ms: i64,
    quiet: &[QuietHours],
    rules: &impl ZoneRules,
) -> Option<Planned> {
    if quiet_until(quiet, now_ms, rules).is_some() {
        return None;
    }
    let slept = |at: i64| at > off_since_ms && at <= now_ms && now_ms - at <= CATCH_UP_MS;
    planned
        .iter()
        .filter(|planned| slept(planned.at_ms))
        .max_by_key(|planned| planned.at_ms)
        .copied()
}
