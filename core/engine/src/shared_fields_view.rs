//! Which fields of something own a partner sees: those of a check-in, or those of a goal.

use belay_model::{CheckInFields, GoalFields};
use serde::{Serialize, Serializer};

/// Which fields a partner sees. Written as a list of the fields' words.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SharedFieldsView {
    /// Of a check-in.
    CheckIn {
        /// The fields; empty when nothing of it is shared.
        fields: CheckInFields,
    },
    /// Of a goal and its outcomes.
    Goal {
        /// The fields; empty when nothing of it is shared.
        fields: GoalFields,
    },
}

impl SharedFieldsView {
    /// Whether nothing is shared.
    #[must_use]
    pub fn is_empty(self) -> bool {
        match self {
            Self::CheckIn { fields } => fields.is_empty(),
            Self::Goal { fields } => fields.is_empty(),
        }
    }

    /// The fields of a check-in; none where it is about a goal.
    #[must_use]
    pub fn of_check_in(self) -> CheckInFields {
        match self {
            Self::CheckIn { fields } => fields,
            Self::Goal { .. } => CheckInFields::empty(),
        }
    }

    /// The fields of a goal; none where it is about a check-in.
    #[must_use]
    pub fn of_goal(self) -> GoalFields {
        match self {
            Self::Goal { fields } => fields,
            Self::CheckIn { .. } => GoalFields::empty(),
        }
    }

    /// The fields' words in English, in the order of the fields.
    #[must_use]
    pub fn words(self) -> Vec<&'static str> {
        match self {
            Self::CheckIn { fields } => fields.iter().map(|field| field.word()).collect(),
            Self::Goal { fields } => fields.iter().map(|field| field.word()).collect(),
        }
    }
}

impl Serialize for SharedFieldsView {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_seq(self.words())
    }
}
