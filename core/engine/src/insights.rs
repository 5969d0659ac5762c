//! The week and the months behind it, from what is kept on this device (product ids I1-I3). Nothing here is shared
//! or leaves: the views are made when somebody looks and are not kept.

use std::collections::{BTreeMap, BTreeSet};

use belay_model::insights::{
    FeelingCount, MoodBeside, ReviewPart, ReviewedGoal, WeekMood, WeekOutcomes, WeekRecords,
    emotion_counts, mood_beside, mood_by_week, outcomes_by_week, weekly_review,
};
use belay_model::{CheckIn, CivilDay, DocName, Mood, OutcomeStatus, Week};
use belay_protocol::DocKind;
use belay_store::ReadTx;
use serde::Serialize;

use crate::engine::Engine;
use crate::goals::frame::Frame;
use crate::goals::numbers::GoalNumbersView;
use crate::journal::pages::GoalNameView;
use crate::projection::{CheckInRow, GoalRow, OutcomeRow};
use crate::{BelayError, Result};

/// How many weeks are shown when nobody says.
const WEEKS_SHOWN: i64 = 12;

/// The most days that one answer looks at: ten years and a little.
const DAYS_MAX: i64 = 3_700;

/// The review of a week.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct WeekReviewView {
    /// The person's present civil day.
    pub today: CivilDay,
    /// The days of the week.
    pub week: Week,
    /// There is a week after it that has begun.
    pub has_later: bool,
    /// What there is to say: what went well first, one look ahead last.
    pub parts: Vec<ReviewPart>,
    /// The titles of the goals that are named.
    pub goals: Vec<GoalNameView>,
}

/// Months at a glance.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct InsightsView {
    /// The person's present civil day.
    pub today: CivilDay,
    /// The first day looked at.
    pub first: CivilDay,
    /// The last day looked at.
    pub last: CivilDay,
    /// Mood and energy by week. A week of which nothing is known is a gap.
    pub moods: Vec<WeekMood>,
    /// The mood of each day that has one, for a map of days.
    pub days: Vec<DayMoodView>,
    /// Feelings, most often first.
    pub feelings: Vec<FeelingCount>,
    /// Goals that are pursued.
    pub goals: Vec<GoalInsightView>,
}

/// The mood of a day.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct DayMoodView {
    /// The civil day.
    pub on: CivilDay,
    /// The last mood that was said of it.
    pub mood: Mood,
}

/// A goal over time.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct GoalInsightView {
    /// Its name.
    pub name: DocName,
    /// Its title.
    pub title: String,
    /// What became of it by week.
    pub weeks: Vec<WeekOutcomes>,
    /// The mood of days on which it was done beside that of others; `None` for too few days.
    pub mood_beside: Option<MoodBeside>,
    /// What is counted of all its days.
    pub numbers: GoalNumbersView,
}

/// What was written of some days.
#[derive(Default)]
struct Written {
    check_ins: Vec<CheckIn>,
    entries_on: BTreeSet<CivilDay>,
    outcomes: BTreeMap<DocName, Vec<(CivilDay, OutcomeStatus)>>,
}

impl Engine {
    /// The review of the week in which that day is (`None` for the present one). It begins with what went well.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn week_review(&self, day: Option<CivilDay>) -> Result<WeekReviewView> {
        let today = self.today_on()?;
        self.read(|tx| {
            let frame = Frame::read(tx)?;
            let day = day.unwrap_or(today);
            let week = Week::of(day, frame.week_start);
            let written = written(tx, week.first, week.last)?;
            let mut reviewed = Vec::new();
            let mut names = Vec::new();
            for (name, row) in goals(tx)? {
                let statuses = written.outcomes.get(&name);
                if statuses.is_none() && row.goal.is_archived(week.last) {
                    continue;
                }
                let until = week.last.min(today);
                let numbers =
                    crate::goals::numbers::numbers(tx, &name, &frame.of(&row.goal), until)?;
                let count = |status| {
                    let days = statuses.into_iter().flatten();
                    let days = days.filter(|(_, said)| *said == status).count();
                    u8::try_from(days).unwrap_or(u8::MAX)
                };
                reviewed.push(ReviewedGoal {
                    goal: name,
                    done: count(OutcomeStatus::Done),
                    partly: count(OutcomeStatus::Partly),
                    returned: numbers.latest_return,
                });
                names.push(GoalNameView {
                    name,
                    title: row.goal.title,
                });
            }
            let records = WeekRecords {
                check_ins: written.check_ins,
                written_on: written.entries_on.into_iter().collect(),
                goals: reviewed,
            };
            Ok(WeekReviewView {
                today,
                has_later: week.last < today,
                week,
                parts: weekly_review(&records, day, frame.week_start).parts,
                goals: names,
            })
        })
    }

    /// Series from `from` (`None` for twelve weeks) to `to` (`None` for the present day), both counted.
    ///
    /// # Errors
    /// `InvalidInput{to, out_of_range}` for days in the wrong order or more than ten years.
    pub fn insights(&self, from: Option<CivilDay>, to: Option<CivilDay>) -> Result<InsightsView> {
        let today = self.today_on()?;
        let last = to.unwrap_or(today);
        self.read(|tx| {
            let frame = Frame::read(tx)?;
            let week = Week::of(last, frame.week_start);
            let weeks_ago = week.first.minus_days((WEEKS_SHOWN - 1) * 7);
            let first = from.or(weeks_ago).unwrap_or(last);
            if !(0..DAYS_MAX).contains(&first.days_until(last)) {
                return Err(BelayError::InvalidInput {
                    field: "to",
                    rule: "out_of_range",
                });
            }
            let mut written = written(tx, first, last)?;
            let moods: Vec<(CivilDay, Mood)> = written
                .check_ins
                .iter()
                .filter_map(|check_in| Some((check_in.on, check_in.mood?)))
                .collect();
            let mut shown = Vec::new();
            for (name, row) in goals(tx)? {
                let statuses = written.outcomes.remove(&name).unwrap_or_default();
                if statuses.is_empty() && row.goal.is_archived(first) {
                    continue;
                }
                let done = statuses
                    .iter()
                    .filter(|(_, said)| *said == OutcomeStatus::Done);
                let done: BTreeSet<CivilDay> = done.map(|(on, _)| *on).collect();
                let framed = frame.of(&row.goal);
                shown.push(GoalInsightView {
                    name,
                    title: row.goal.title,
                    weeks: outcomes_by_week(statuses, first, last, frame.week_start),
                    mood_beside: mood_beside(moods.iter().copied(), &done).ok(),
                    numbers: crate::goals::numbers::numbers(tx, &name, &framed, last.min(today))?,
                });
            }
            let by_day: BTreeMap<CivilDay, Mood> = moods.into_iter().collect();
            let days = by_day.into_iter();
            Ok(InsightsView {
                today,
                first,
                last,
                moods: mood_by_week(&written.check_ins, first, last, frame.week_start),
                days: days.map(|(on, mood)| DayMoodView { on, mood }).collect(),
                feelings: emotion_counts(&written.check_ins, first, last),
                goals: shown,
            })
        })
    }
}

/// Every goal, oldest first.
fn goals(tx: &ReadTx<'_>) -> Result<Vec<(DocName, GoalRow)>> {
    let all = tx.own_all(DocKind::Goal.into(), crate::goals::GOALS_MAX)?;
    let rows = all.iter().rev();
    rows.map(|own| Ok((own.name, crate::queries::projected(own)?)))
        .collect()
}

/// What was written about the days between two, both counted.
fn written(tx: &ReadTx<'_>, first: CivilDay, last: CivilDay) -> Result<Written> {
    let kinds = [DocKind::JournalEntry, DocKind::CheckIn, DocKind::Outcome];
    let kinds = kinds.map(u8::from);
    let mut written = Written::default();
    for own in tx.own_of_days(kinds, &first.to_string(), &last.to_string())? {
        if own.kind == u8::from(DocKind::CheckIn) {
            let row: CheckInRow = crate::queries::projected(&own)?;
            written.check_ins.push(row.check_in);
        } else if own.kind == u8::from(DocKind::Outcome) {
            let row: OutcomeRow = crate::queries::projected(&own)?;
            let of_goal = written.outcomes.entry(row.goal).or_default();
            of_goal.push((row.outcome.on, row.outcome.status));
        } else if let Some(on) = own.on.as_deref().and_then(|on| on.parse().ok()) {
            written.entries_on.insert(on);
        }
    }
    Ok(written)
}
