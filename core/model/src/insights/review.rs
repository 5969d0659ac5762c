//! The review of a week (I2): it starts with what went well, and nothing in it blames.

use serde::{Deserialize, Serialize};

use super::{FeelingCount, WeekMood, emotion_counts, mood_by_week};
use crate::statistics::Return;
use crate::{CheckIn, CivilDay, DocName, Week, Weekday};

/// A line somebody wrote in a check-in, with its day.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct WinLine {
    /// The civil day.
    pub on: CivilDay,
    /// Their own words.
    pub text: String,
}

/// What is known of one goal in the week.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReviewedGoal {
    /// Which goal.
    pub goal: DocName,
    /// Days done.
    pub done: u8,
    /// Days partly done.
    pub partly: u8,
    /// The latest return, wherever it lies.
    pub returned: Option<Return>,
}

/// What a review is made of.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct WeekRecords {
    /// Check-ins; those of other weeks are left out.
    pub check_ins: Vec<CheckIn>,
    /// Days with a journal entry; those of other weeks are left out.
    pub written_on: Vec<CivilDay>,
    /// Goals in the order their person keeps them.
    pub goals: Vec<ReviewedGoal>,
}

/// One part of a review. Shells look up the words by [`ReviewPart::key`]; only what the person wrote
/// themselves comes as text.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ReviewPart {
    /// Wins in their own words, by day.
    Wins(Vec<WinLine>),
    /// A return to a goal this week.
    CameBack {
        /// Which goal.
        goal: DocName,
        /// After how many times.
        after: u32,
    },
    /// What was done of goals, the most first; goals with nothing this week are not named.
    Done(Vec<ReviewedGoal>),
    /// On how many days they took a moment for themselves: a check-in or an entry.
    WasHere {
        /// How many.
        days: u8,
    },
    /// Nothing is known of the week; being here now is the win.
    HereNow,
    /// Mood and energy.
    Mood(WeekMood),
    /// Feelings, most often first.
    Feelings(Vec<FeelingCount>),
    /// What was hard, in their own words, by day.
    WasHard(Vec<WinLine>),
    /// One question on what comes next.
    LookAhead,
}

impl ReviewPart {
    /// The stable word by which shells look up what to say.
    #[must_use]
    pub const fn key(&self) -> &'static str {
        match self {
            Self::Wins(_) => "wins",
            Self::CameBack { .. } => "came_back",
            Self::Done(_) => "done",
            Self::WasHere { .. } => "was_here",
            Self::HereNow => "here_now",
            Self::Mood(_) => "mood",
            Self::Feelings(_) => "feelings",
            Self::WasHard(_) => "was_hard",
            Self::LookAhead => "look_ahead",
        }
    }

    /// Whether it tells of something that went well.
    #[must_use]
    pub const fn is_win(&self) -> bool {
        matches!(
            self,
            Self::Wins(_)
                | Self::CameBack { .. }
                | Self::Done(_)
                | Self::WasHere { .. }
                | Self::HereNow
        )
    }
}

/// The review of one week.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct WeeklyReview {
    /// Its days.
    pub week: Week,
    /// Its parts in order: what went well, how it was, what was hard, what comes next.
    pub parts: Vec<ReviewPart>,
}

/// The review of the week that `day` is in, for somebody whose weeks begin on `start`. The first part is
/// always something that went well, and the last looks ahead.
#[must_use]
pub fn weekly_review(records: &WeekRecords, day: CivilDay, start: Weekday) -> WeeklyReview {
    let week = Week::of(day, start);
    let mut check_ins: Vec<CheckIn> = records
        .check_ins
        .iter()
        .filter(|check_in| week.contains(check_in.on))
        .cloned()
        .collect();
    check_ins.sort_by_key(|check_in| (check_in.on, check_in.written.at_ms()));
    let lines = |text: fn(&CheckIn) -> &Option<String>| -> Vec<WinLine> {
        let said = |check_in: &CheckIn| {
            let text = text(check_in).clone()?;
            let on = check_in.on;
            Some(WinLine { on, text })
        };
        check_ins.iter().filter_map(said).collect()
    };
    let mut parts = Vec::new();
    let wins = lines(|check_in| &check_in.win);
    parts.extend((!wins.is_empty()).then_some(ReviewPart::Wins(wins)));
    parts.extend(records.goals.iter().filter_map(|goal| {
        let back = goal.returned.filter(|back| week.contains(back.on))?;
        Some(ReviewPart::CameBack {
            goal: goal.goal,
            after: back.after,
        })
    }));
    let done = records
        .goals
        .iter()
        .filter(|goal| goal.done + goal.partly > 0);
    let mut done: Vec<ReviewedGoal> = done.copied().collect();
    done.sort_by_key(|goal| std::cmp::Reverse((goal.done, goal.partly)));
    parts.extend((!done.is_empty()).then_some(ReviewPart::Done(done)));
    let here = |on: &CivilDay| {
        check_ins.iter().any(|check_in| check_in.on == *on) || records.written_on.contains(on)
    };
    let days = week.first.through(week.last).filter(here).count();
    let days = u8::try_from(days).unwrap_or(7);
    parts.extend((days > 0).then_some(ReviewPart::WasHere { days }));
    if parts.is_empty() {
        parts.push(ReviewPart::HereNow);
    }
    let moods = mood_by_week(&check_ins, week.first, week.last, start);
    let known = |mood: &WeekMood| mood.mood_thousandths.or(mood.energy_thousandths).is_some();
    parts.extend(moods.into_iter().filter(known).map(ReviewPart::Mood));
    let feelings = emotion_counts(&check_ins, week.first, week.last);
    parts.extend((!feelings.is_empty()).then_some(ReviewPart::Feelings(feelings)));
    let hard = lines(|check_in| &check_in.struggle);
    parts.extend((!hard.is_empty()).then_some(ReviewPart::WasHard(hard)));
    parts.push(ReviewPart::LookAhead);
    WeeklyReview { week, parts }
}
