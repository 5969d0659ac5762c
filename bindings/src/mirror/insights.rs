//! The week and the months behind it. What each part means is said where it is made: core/model/src/insights and
//! core/engine/src/insights.rs.
//!
//! A field that is added there fails the build here.

use belay_engine::model::insights::{
    FeelingCount, MoodBeside, ReviewPart, ReviewedGoal, WeekMood, WeekOutcomes, WinLine,
};
use belay_engine::model::statistics::Return;
use belay_engine::model::{CivilDay, DocName, Emotion, Mood, Week};
use belay_engine::{
    DayMoodView, GoalInsightView, GoalNameView, GoalNumbersView, InsightsView, WeekReviewView,
};

#[uniffi::remote(Record)]
pub struct Week {
    pub first: CivilDay,
    pub last: CivilDay,
}

#[uniffi::remote(Record)]
pub struct WinLine {
    pub on: CivilDay,
    pub text: String,
}

#[uniffi::remote(Record)]
pub struct ReviewedGoal {
    pub goal: DocName,
    pub done: u8,
    pub partly: u8,
    pub returned: Option<Return>,
}

#[uniffi::remote(Record)]
pub struct WeekMood {
    pub week: Week,
    pub mood_thousandths: Option<u16>,
    pub lowest: Option<Mood>,
    pub highest: Option<Mood>,
    pub energy_thousandths: Option<u16>,
    pub check_ins: u32,
}

#[uniffi::remote(Record)]
pub struct WeekOutcomes {
    pub week: Week,
    pub done: u8,
    pub partly: u8,
    pub skipped: u8,
    pub not_done: u8,
}

#[uniffi::remote(Record)]
pub struct FeelingCount {
    pub emotion: Emotion,
    pub count: u32,
}

#[uniffi::remote(Record)]
pub struct MoodBeside {
    pub done_thousandths: u16,
    pub done_days: u32,
    pub other_thousandths: u16,
    pub other_days: u32,
}

#[uniffi::remote(Enum)]
pub enum ReviewPart {
    Wins(Vec<WinLine>),
    CameBack { goal: DocName, after: u32 },
    Done(Vec<ReviewedGoal>),
    WasHere { days: u8 },
    HereNow,
    Mood(WeekMood),
    Feelings(Vec<FeelingCount>),
    WasHard(Vec<WinLine>),
    LookAhead,
}

#[uniffi::remote(Record)]
pub struct WeekReviewView {
    pub today: CivilDay,
    pub week: Week,
    pub has_later: bool,
    pub parts: Vec<ReviewPart>,
    pub goals: Vec<GoalNameView>,
}

#[uniffi::remote(Record)]
pub struct DayMoodView {
    pub on: CivilDay,
    pub mood: Mood,
}

#[uniffi::remote(Record)]
pub struct GoalInsightView {
    pub name: DocName,
    pub title: String,
    pub weeks: Vec<WeekOutcomes>,
    pub mood_beside: Option<MoodBeside>,
    pub numbers: GoalNumbersView,
}

#[uniffi::remote(Record)]
pub struct InsightsView {
    pub today: CivilDay,
    pub first: CivilDay,
    pub last: CivilDay,
    pub moods: Vec<WeekMood>,
    pub days: Vec<DayMoodView>,
    pub feelings: Vec<FeelingCount>,
    pub goals: Vec<GoalInsightView>,
}
