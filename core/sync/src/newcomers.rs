//! What of a space's secrets a newcomer is given (product id K13; docs/protocol.md, "Epochs", E17 to E19).

use belay_model::{CivilDay, EpochId};
use belay_protocol::History;

/// What whoever adds a person does with the secrets of the space.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Given {
    /// Epochs whose secrets are wrapped to the newcomer.
    pub wrapped: Vec<EpochId>,
    /// Whether a new epoch is made for the newcomer to begin with: the one in use holds what was said before.
    pub fresh_epoch: bool,
    /// Every member publishes again what was written of this day and the days after it.
    pub published_again_since: Option<CivilDay>,
}

/// What a person who joins is given by somebody who holds these secrets.
#[must_use]
pub fn given(history: History, held: &[EpochId]) -> Given {
    let wrapped = match history {
        History::All => held.to_vec(),
        History::FromNow | History::Since(_) => Vec::new(),
    };
    Given {
        wrapped,
        fresh_epoch: history != History::All,
        published_again_since: match history {
            History::Since(day) => Some(day),
            History::All | History::FromNow => None,
        },
    }
}
