//! Every clock change of every IANA zone from 1990 to 2035, with the day beginning at any hour from 0 to 6:
//! Belay and Python's zoneinfo find the same changes, offsets and civil days.

#![allow(
    clippy::unwrap_used,
    clippy::print_stdout,
    reason = "a test may stop at the first surprise, and tells which zone data it compared"
)]

use std::collections::{BTreeMap, BTreeSet};

use belay_independent::ask_python;
use belay_model::{CivilDay, DayStart, Zone, civil_day};
use chrono::{DateTime, Offset, TimeZone};
use chrono_tz::{IANA_TZDB_VERSION, TZ_VARIANTS, Tz};
use serde::Deserialize;

/// 1990-01-01 and 2036-01-01, in seconds since 1970.
const FIRST: i64 = 631_152_000;
const LAST: i64 = 2_082_758_400;
const DAY: i64 = 86_400;
const AROUND: i64 = 30 * 3600;

#[derive(Deserialize)]
struct Answer {
    python: String,
    iana: String,
    zones: BTreeMap<String, Clock>,
    /// A zone, one of its changes, and the runs of equal days around it for each day start.
    days: Vec<(String, i64, Vec<Vec<Run>>)>,
}

/// The first second of a civil day, or of what is left of it, and the day.
type Run = (i64, CivilDay);

/// The offset in 1990, and each change: first second, offset before, offset after.
#[derive(Deserialize, Debug, PartialEq)]
struct Clock {
    first: i32,
    changes: Vec<(i64, i32, i32)>,
}

fn offset(zone: Tz, at: i64) -> i32 {
    let utc = DateTime::from_timestamp(at, 0).unwrap().naive_utc();
    zone.offset_from_utc_datetime(&utc).fix().local_minus_utc()
}

/// What Belay's own zone data says, looked at once a day and at the moments that Python knows of.
fn clock(zone: Tz, known: &Clock) -> Clock {
    let mut looks: BTreeSet<i64> = (FIRST..LAST).step_by(DAY as usize).collect();
    looks.extend(known.changes.iter().flat_map(|(at, ..)| [at - 1, *at]));
    looks.insert(LAST - 1);
    let mut changes = Vec::new();
    let mut earlier = FIRST;
    for at in looks {
        let (before, after) = (offset(zone, earlier), offset(zone, at));
        if before != after {
            let (mut low, mut high) = (earlier, at);
            while high - low > 1 {
                let middle = i64::midpoint(low, high);
                if offset(zone, middle) == before {
                    low = middle;
                } else {
                    high = middle;
                }
            }
            changes.push((high, before, after));
        }
        earlier = at;
    }
    Clock {
        first: offset(zone, FIRST),
        changes,
    }
}

fn day_at(zone: &str, at: i64, day_start: DayStart) -> CivilDay {
    let zone = Zone::at(zone, at * 1000).unwrap();
    let day = civil_day(at * 1000, &zone, day_start);
    // What a device makes of it that does not know the name: the offset alone decides.
    let stranger = Zone::new("Not/Known", zone.offset_seconds()).unwrap();
    assert_eq!(civil_day(at * 1000, &stranger, day_start), day);
    day
}

/// That the day is the one named from its first second until the next one begins.
fn check_runs(zone: &str, change: i64, day_start: DayStart, runs: &[Run]) {
    let ends = runs.iter().skip(1).map(|(at, _)| *at);
    for ((first, day), end) in runs.iter().zip(ends.chain([change + AROUND])) {
        let inside = (*first..end).step_by(1800).chain([end - 1]);
        for at in inside {
            assert_eq!(
                day_at(zone, at, day_start),
                *day,
                "{zone}, change at {change}, {at}, {day_start:?}"
            );
        }
    }
}

#[test]
fn belay_and_python_find_the_same_days_around_every_clock_change_since_1990() {
    let answer: Answer = serde_json::from_slice(&ask_python("civil_days.py", &[])).unwrap();
    println!(
        "Belay: IANA {IANA_TZDB_VERSION}. Python {}: IANA {}.",
        answer.python, answer.iana
    );
    assert_eq!(
        answer.iana, IANA_TZDB_VERSION,
        "the zone data differ: pin the tzdata package of python/requirements.txt to the release that chrono-tz has"
    );

    let ours: BTreeSet<&str> = TZ_VARIANTS.iter().map(|zone| zone.name()).collect();
    let theirs: BTreeSet<&str> = answer.zones.keys().map(String::as_str).collect();
    let different: Vec<_> = ours.symmetric_difference(&theirs).collect();
    // What a computer is in before anyone told it where it is.
    assert_eq!(different, [&"Factory"], "names that only one side knows");

    let mut changes = 0;
    for zone in TZ_VARIANTS {
        let python = &answer.zones[zone.name()];
        assert_eq!(&clock(zone, python), python, "{zone}");
        changes += python.changes.len();
    }
    for (zone, change, starts) in &answer.days {
        assert_eq!(starts.len(), 7);
        for (hour, runs) in (0..).zip(starts) {
            check_runs(zone, *change, DayStart::new(hour).unwrap(), runs);
        }
    }
    println!(
        "{} zones, {changes} changes, {} of them different, day starts 0 to 6",
        ours.len(),
        answer.days.len()
    );
    assert!(changes > 20_000 && answer.days.len() > 4000);
}
