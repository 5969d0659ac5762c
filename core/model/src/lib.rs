//! Plain data and pure rules: civil day, schedule, outcome, check-in, goal, audience.
//!
//! No I/O, no clock, no randomness and no format enters this room; whoever calls hands in what the
//! rule needs. Everything above may use it.

mod agreement;
mod audience;
pub mod boundary;
mod check_in;
mod civil_day;
mod coming_back;
mod dial;
mod difference;
mod emotion;
mod energy;
mod entropy;
mod erase_measure;
mod error;
mod goal;
pub mod goals;
mod hlc;
mod id;
pub mod insights;
mod journal_entry;
mod kept_line;
mod last_14;
pub mod limits;
mod local_time;
mod moment;
mod mood;
mod mood_label;
mod need;
mod offered;
mod outcome;
mod part_of_day;
mod profile;
mod publish;
mod reading;
pub mod reminders;
mod response;
mod search;
mod settings;
mod shared;
pub mod statistics;
mod trusted_person;
mod wall_clock;
mod week;
mod weekday;
mod words;
mod written;
mod zone;

pub use agreement::{Agreement, MINIMUM_AGE_YEARS, TERMS_VERSION};
pub use audience::{CheckInField, CheckInFields, Field, FieldSet, GoalField, GoalFields};
pub use check_in::{CheckIn, CheckInTemplate};
pub use civil_day::CivilDay;
pub use coming_back::{COMING_BACK_DAYS, back_after_days};
pub use dial::dial;
pub use difference::{PieceFate, TextDifference, TextPiece};
pub use emotion::Emotion;
pub use energy::Energy;
pub use entropy::{Entropy, make_bytes};
pub use erase_measure::{
    ERASES_A_DAY, EraseMeasure, SET_ASIDE_FOR_MS, destroyed_at_ms, had_its_time,
};
pub use error::{Rule, RuleError};
pub use goal::{Goal, LifeArea};
pub use goals::Schedule;
pub use hlc::Hlc;
pub use id::{
    BodyHash, DeviceId, DocId, DocName, EnvelopeId, EpochId, IdError, Incarnation, ItemId,
    PersonId, SpaceId,
};
pub use journal_entry::{JournalEntry, Passage};
pub use kept_line::{KeptLine, validate_kept_lines};
pub use last_14::{DayMark, DayView, LAST_DAYS, Last14, last_14_of};
pub use moment::{DayStart, LocalTime, Moment, SharedMoment, civil_day};
pub use mood::Mood;
pub use mood_label::{MoodLabel, validate_mood_labels};
pub use need::Need;
pub use offered::offered_fields;
pub use outcome::{Outcome, OutcomeStatus};
pub use part_of_day::PartOfDay;
pub use profile::DisplayName;
pub use publish::{
    publish_check_in, publish_goal, publish_outcome, publish_passage, publish_response,
};
pub use reading::{CopyFacts, Reading};
pub use response::{Response, ResponseKind};
pub use search::{
    SNIPPET_CHARS, SearchQuery, Snippet, SnippetPart, Term, Wanted, fold_tag, search_version,
    snippet, terms,
};
pub use settings::Settings;
pub use shared::{SharedCheckIn, SharedGoal, SharedOutcome, SharedPassage, SharedResponse};
pub use trusted_person::{TrustedChannel, TrustedPerson, validate_trusted_people};
pub use wall_clock::{IanaZone, ZoneRules, ZoneTable, instant, wall};
pub use week::Week;
pub use weekday::{Weekday, WeekdaySet};
pub use zone::Zone;
