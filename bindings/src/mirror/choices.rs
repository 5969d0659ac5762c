//! The closed choices of the model. What each part means is said where it is made: core/model.
//!
//! A field that is added there fails the build here.

use belay_engine::model::{
    CheckInField, CheckInTemplate, DayMark, Emotion, GoalField, Need, OutcomeStatus, ResponseKind,
    Weekday,
};

#[uniffi::remote(Enum)]
pub enum CheckInField {
    Mood,
    Emotions,
    Energy,
    Win,
    Struggle,
    Plan,
    Need,
    Note,
}

#[uniffi::remote(Enum)]
pub enum GoalField {
    Title,
    Schedule,
    Why,
    Status,
    Note,
    SkipReason,
    Misses,
    Amount,
    Plan,
}

#[uniffi::remote(Enum)]
pub enum CheckInTemplate {
    Free,
    Morning,
    Evening,
}

#[uniffi::remote(Enum)]
pub enum Emotion {
    Amazed,
    Amused,
    Angry,
    Annoyed,
    Anxious,
    Ashamed,
    Brave,
    Calm,
    Confident,
    Content,
    Disappointed,
    Discouraged,
    Disgusted,
    Drained,
    Embarrassed,
    Excited,
    Frustrated,
    Grateful,
    Guilty,
    Happy,
    Hopeful,
    Hopeless,
    Indifferent,
    Irritated,
    Jealous,
    Joyful,
    Lonely,
    Overwhelmed,
    Passionate,
    Peaceful,
    Proud,
    Relieved,
    Sad,
    Satisfied,
    Scared,
    Stressed,
    Surprised,
    Worried,
}

#[uniffi::remote(Enum)]
pub enum Need {
    JustListen,
    AskMe,
    IdeasWelcome,
    Nothing,
}

#[uniffi::remote(Enum)]
pub enum OutcomeStatus {
    Done,
    Partly,
    Skipped,
    NotDone,
}

#[uniffi::remote(Enum)]
pub enum ResponseKind {
    Seen,
    IHearYou,
    Encouragement,
    Question,
    OwnExperience,
    ThankYou,
}

#[uniffi::remote(Enum)]
pub enum Weekday {
    Monday,
    Tuesday,
    Wednesday,
    Thursday,
    Friday,
    Saturday,
    Sunday,
}

#[uniffi::remote(Enum)]
pub enum DayMark {
    Done,
    Partly,
    Skipped,
    NotDone,
    Nothing,
    NotDue,
}
