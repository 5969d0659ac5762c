//! What somebody may see of themselves over time (I1-I3): series for charts and the review of a week. Pure
//! functions of their own records; nothing here has a shape that could be shared.

mod review;
mod series;

pub use review::{ReviewPart, ReviewedGoal, WeekRecords, WeeklyReview, WinLine, weekly_review};
pub use series::{
    FeelingCount, FewDays, MoodBeside, WeekMood, WeekOutcomes, emotion_counts, mood_beside,
    mood_by_week, outcomes_by_week,
};
