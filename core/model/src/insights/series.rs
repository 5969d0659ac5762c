//! Series for charts (I1). A week of which nothing is known is a gap, never a zero.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use crate::{CheckIn, CivilDay, Emotion, Mood, OutcomeStatus, Week, Weekday};

/// Mood and energy of one week.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct WeekMood {
    /// Its days.
    pub week: Week,
    /// The mean of all moods in thousandths of a step, rounded down: 3,500 is between "in between" and
    /// "good". `None` where there is none.
    pub mood_thousandths: Option<u16>,
    /// The lowest mood.
    pub lowest: Option<Mood>,
    /// The highest mood.
    pub highest: Option<Mood>,
    /// The mean of all energies in thousandths of a step, rounded down.
    pub energy_thousandths: Option<u16>,
    /// How many check-ins it has.
    pub check_ins: u32,
}

/// What became of one goal in one week.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct WeekOutcomes {
    /// Its days.
    pub week: Week,
    /// Days done.
    pub done: u8,
    /// Days partly done.
    pub partly: u8,
    /// Days skipped on purpose.
    pub skipped: u8,
    /// Days said to be not done.
    pub not_done: u8,
}

/// How often a feeling was named.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct FeelingCount {
    /// The feeling.
    pub emotion: Emotion,
    /// How often.
    pub count: u32,
}

/// Too few days with and without to say anything.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct FewDays;

/// The mood of days on which a goal was done beside that of the others. Two things that happen together:
/// nothing says that one makes the other.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct MoodBeside {
    /// The mean on days done, in thousandths of a step.
    pub done_thousandths: u16,
    /// How many days that is.
    pub done_days: u32,
    /// The mean on other days with a mood, in thousandths of a step.
    pub other_thousandths: u16,
    /// How many days that is.
    pub other_days: u32,
}

impl MoodBeside {
    /// How many days of each are needed to say anything.
    pub const ENOUGH_DAYS: u32 = 5;
}

/// Every week that `first` to `last` touches, earliest first, without an end where the years kept end.
fn weeks(first: CivilDay, last: CivilDay, start: Weekday) -> impl Iterator<Item = Week> {
    let begin = (first <= last).then(|| Week::of(first, start));
    std::iter::successors(begin, move |week| {
        week.next(start).filter(|next| next.first <= last)
    })
}

fn mean(steps: impl Iterator<Item = u8>) -> Option<u16> {
    let (sum, count) = steps.fold((0u64, 0u64), |(sum, count), step| {
        (sum + u64::from(step), count + 1)
    });
    let mean = (sum * 1_000).checked_div(count)?;
    u16::try_from(mean).ok()
}

/// Mood and energy by week. Check-ins of other days are left out.
#[must_use]
pub fn mood_by_week(
    check_ins: &[CheckIn],
    first: CivilDay,
    last: CivilDay,
    start: Weekday,
) -> Vec<WeekMood> {
    let mut by_week: BTreeMap<Week, Vec<&CheckIn>> = weeks(first, last, start)
        .map(|week| (week, Vec::new()))
        .collect();
    for check_in in check_ins.iter().filter(|c| (first..=last).contains(&c.on)) {
        by_week
            .entry(Week::of(check_in.on, start))
            .or_default()
            .push(check_in);
    }
    let point = |(week, check_ins): (Week, Vec<&CheckIn>)| {
        let moods = || check_ins.iter().filter_map(|check_in| check_in.mood);
        let energies = check_ins.iter().filter_map(|check_in| check_in.energy);
        WeekMood {
            week,
            mood_thousandths: mean(moods().map(Mood::step)),
            lowest: moods().min(),
            highest: moods().max(),
            energy_thousandths: mean(energies.map(|energy| energy.step())),
            check_ins: u32::try_from(check_ins.len()).unwrap_or(u32::MAX),
        }
    };
    by_week.into_iter().map(point).collect()
}

/// What became of a goal by week. Of two statuses on one day the later counts.
#[must_use]
pub fn outcomes_by_week(
    statuses: impl IntoIterator<Item = (CivilDay, OutcomeStatus)>,
    first: CivilDay,
    last: CivilDay,
    start: Weekday,
) -> Vec<WeekOutcomes> {
    let statuses: BTreeMap<CivilDay, OutcomeStatus> = statuses.into_iter().collect();
    weeks(first, last, start)
        .map(|week| {
            let days = statuses.range(week.first.max(first)..=week.last.min(last));
            let mut point = WeekOutcomes {
                week,
                done: 0,
                partly: 0,
                skipped: 0,
                not_done: 0,
            };
            for (_, status) in days {
                *match status {
                    OutcomeStatus::Done => &mut point.done,
                    OutcomeStatus::Partly => &mut point.partly,
                    OutcomeStatus::Skipped => &mut point.skipped,
                    OutcomeStatus::NotDone => &mut point.not_done,
                } += 1;
            }
            point
        })
        .collect()
}

/// How often each feeling was named from `first` to `last`, most often first, else in the order of the
/// alphabet. Feelings that were not named are left out.
#[must_use]
pub fn emotion_counts(check_ins: &[CheckIn], first: CivilDay, last: CivilDay) -> Vec<FeelingCount> {
    let mut counts: BTreeMap<Emotion, u32> = BTreeMap::new();
    let within = check_ins.iter().filter(|c| (first..=last).contains(&c.on));
    for emotion in within.flat_map(|check_in| &check_in.emotions) {
        *counts.entry(*emotion).or_default() += 1;
    }
    let counts = counts.into_iter();
    let mut counts: Vec<FeelingCount> = counts
        .map(|(emotion, count)| FeelingCount { emotion, count })
        .collect();
    counts.sort_by_key(|feeling| (std::cmp::Reverse(feeling.count), feeling.emotion));
    counts
}

/// Mood beside a goal. Several moods of a day are one, their mean; fewer than five days of either kind say
/// nothing.
pub fn mood_beside(
    moods: impl IntoIterator<Item = (CivilDay, Mood)>,
    done_on: &BTreeSet<CivilDay>,
) -> Result<MoodBeside, FewDays> {
    let mut days: BTreeMap<CivilDay, (u64, u64)> = BTreeMap::new();
    for (on, mood) in moods {
        let (sum, count) = days.entry(on).or_default();
        *sum += u64::from(mood.step());
        *count += 1;
    }
    let side = |done: bool| {
        let means = days.iter().filter(|(on, _)| done_on.contains(on) == done);
        let means: Vec<u64> = means.map(|(_, (sum, count))| sum * 1_000 / count).collect();
        let count = u32::try_from(means.len()).map_err(|_| FewDays)?;
        if count < MoodBeside::ENOUGH_DAYS {
            return Err(FewDays);
        }
        let mean = means.iter().sum::<u64>() / u64::from(count);
        u16::try_from(mean)
            .map(|mean| (mean, count))
            .map_err(|_| FewDays)
    };
    let ((done_thousandths, done_days), (other_thousandths, other_days)) =
        (side(true)?, side(false)?);
    Ok(MoodBeside {
        done_thousandths,
        done_days,
        other_thousandths,
        other_days,
    })
}
