//! Times and days in words.

use belay_engine::model::{CivilDay, DayStart, Moment};

const MINUTE: i64 = 60_000;
const HOUR: i64 = 60 * MINUTE;
const DAY: i64 = 24 * HOUR;

/// How long ago something was, kindly rounded.
pub fn ago(now_ms: i64, then_ms: i64) -> String {
    let since = now_ms.saturating_sub(then_ms);
    if since < -MINUTE {
        return "by a clock ahead of yours".to_owned();
    }
    if since < MINUTE {
        return "just now".to_owned();
    }
    if since < HOUR {
        return format!("{} min ago", since / MINUTE);
    }
    if since < DAY {
        return format!("{} h ago", since / HOUR);
    }
    match since / DAY {
        1 => "1 day ago".to_owned(),
        days => format!("{days} days ago"),
    }
}

/// How soon something comes.
pub fn ahead(now_ms: i64, then_ms: i64) -> String {
    let left = then_ms.saturating_sub(now_ms);
    if left < MINUTE {
        format!("in {} s", left.max(0).div_euclid(1000))
    } else {
        format!("in {} min", left / MINUTE)
    }
}

/// A day as `Tue 24 Nov`, with the year where it is not that of `today`.
pub fn day(day: CivilDay, today: CivilDay) -> String {
    let date = day.to_naive();
    if same_year(day, today) {
        date.format("%a %-d %b").to_string()
    } else {
        date.format("%a %-d %b %Y").to_string()
    }
}

/// `today`, `yesterday`, or the day.
pub fn near_day(on: CivilDay, today: CivilDay) -> String {
    match on.days_until(today) {
        0 => "today".to_owned(),
        1 => "yesterday".to_owned(),
        -1 => "tomorrow".to_owned(),
        _ => day(on, today),
    }
}

/// An instant as the person's own clock showed it: `Tue 24 Nov 21:10`.
pub fn instant(at_ms: i64, now: &Moment) -> String {
    let today = now.civil_day(DayStart::MIDNIGHT);
    Moment::new(at_ms, now.zone().name()).map_or_else(
        |_| "at an unknown time".to_owned(),
        |then| {
            format!(
                "{} {}",
                day(then.civil_day(DayStart::MIDNIGHT), today),
                then.local_time()
            )
        },
    )
}

/// An offset from UTC as `+02:00`.
pub fn offset(seconds: i32) -> String {
    let sign = if seconds < 0 { '-' } else { '+' };
    let minutes = seconds.unsigned_abs() / 60;
    format!("{sign}{:02}:{:02}", minutes / 60, minutes % 60)
}

fn same_year(a: CivilDay, b: CivilDay) -> bool {
    a.to_string().get(..4) == b.to_string().get(..4)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test may stop at the first surprise")]

    use super::*;

    #[test]
    fn the_past_is_told_in_the_unit_people_use() {
        assert_eq!(ago(0, 59_999), "just now");
        assert_eq!(ago(10 * MINUTE, 0), "10 min ago");
        assert_eq!(ago(DAY - 1, 0), "23 h ago");
        assert_eq!(ago(DAY, 0), "1 day ago");
        assert_eq!(ago(21 * DAY, 0), "21 days ago");
        assert_eq!(ago(0, HOUR), "by a clock ahead of yours");
    }

    #[test]
    fn the_year_is_said_only_when_it_differs() {
        let today = CivilDay::new(2026, 11, 22).unwrap();
        assert_eq!(day(CivilDay::new(2026, 3, 1).unwrap(), today), "Sun 1 Mar");
        assert_eq!(
            day(CivilDay::new(2025, 12, 31).unwrap(), today),
            "Wed 31 Dec 2025"
        );
        assert_eq!(near_day(today.minus_days(1).unwrap(), today), "yesterday");
    }

    #[test]
    fn offsets_look_like_offsets() {
        assert_eq!(
            (offset(7200), offset(-12600)),
            ("+02:00".into(), "-03:30".into())
        );
    }
}
