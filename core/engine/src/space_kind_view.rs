//! Who a space is for, as shells show it.

use belay_protocol::SpaceType;
use serde::Serialize;

/// Who a space is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum SpaceKindView {
    /// For the devices of this person.
    #[serde(rename = "self")]
    Own,
    /// For this person and a partner.
    Pair,
    /// For more people; this version makes none.
    Circle,
}

impl From<SpaceType> for SpaceKindView {
    fn from(kind: SpaceType) -> Self {
        match kind {
            SpaceType::SelfSpace => Self::Own,
            SpaceType::Pair => Self::Pair,
            SpaceType::Circle => Self::Circle,
        }
    }
}
