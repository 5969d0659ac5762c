//! What a shell shows of erasing at relays (product id J8): what was asked, and what each relay said.

use belay_protocol::DocKind;
use belay_store::{DocRow, ErasureCounts, ErasureState, ReadTx};
use serde::Serialize;

use crate::Result;
use crate::space_state::SpaceState;

/// What a relay said to erasing something.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum ErasureStateView {
    /// It did not have it, and will not take it.
    NotThere,
    /// It erased it.
    Erased,
    /// It would not accept the proof; the sealed bytes may still be there.
    Refused,
    /// It is asked with a next sync, once what else travelled with it was sent again.
    Waiting,
}

/// What one relay said to erasing what a partner's copy was before: earlier versions, or all of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ErasureView {
    /// The relay's origin.
    pub relay: String,
    /// What it said; of several envelopes, the one furthest from gone.
    pub state: ErasureStateView,
}

/// How many sealed envelopes a relay was asked to erase, by what it said.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
pub struct ErasureCountsView {
    /// Not asked yet, or not answered.
    pub waiting: u64,
    /// Erased.
    pub erased: u64,
    /// Not there.
    pub not_there: u64,
    /// The proof was not accepted.
    pub refused: u64,
}

impl From<ErasureCounts> for ErasureCountsView {
    fn from(counts: ErasureCounts) -> Self {
        Self {
            waiting: counts.waiting,
            erased: counts.erased,
            not_there: counts.not_there,
            refused: counts.refused,
        }
    }
}

impl From<ErasureState> for ErasureStateView {
    fn from(state: ErasureState) -> Self {
        match state {
            ErasureState::Waiting => Self::Waiting,
            ErasureState::Erased => Self::Erased,
            ErasureState::NotThere => Self::NotThere,
            ErasureState::Refused => Self::Refused,
        }
    }
}

/// What the relays of a space said to erasing earlier versions of an own document's copy; nothing where no
/// earlier version was ever sealed.
pub(crate) fn erasures_of_copy(
    tx: &ReadTx<'_>,
    state: &SpaceState,
    kind: DocKind,
    self_name: &belay_model::DocName,
) -> Result<Vec<ErasureView>> {
    let name = belay_crypto::published_name(&state.erase_key, kind.into(), self_name);
    let Some(row) = tx.find_document(state.row, &state.own_person, kind.into(), &name)? else {
        return Ok(Vec::new());
    };
    erasures_of_document(tx, state, row)
}

/// What the relays of a space said to erasing earlier versions of a record.
pub(crate) fn erasures_of_document(
    tx: &ReadTx<'_>,
    state: &SpaceState,
    row: DocRow,
) -> Result<Vec<ErasureView>> {
    let mut said: Vec<(String, ErasureStateView)> = Vec::new();
    for erasure in tx.erasures_of(row)? {
        let answer = ErasureStateView::from(erasure.state);
        match erasure.relay {
            Some(relay) => said.push((relay, answer)),
            // The next round works out whom to ask.
            None => said.extend(state.relays().into_iter().map(|relay| (relay, answer))),
        }
    }
    // Of each relay the last in order, which is the furthest from gone.
    said.sort_unstable();
    let mut views: Vec<ErasureView> = Vec::new();
    for (relay, state) in said {
        match views.last_mut().filter(|last| last.relay == relay) {
            Some(last) => last.state = state,
            None => views.push(ErasureView { relay, state }),
        }
    }
    Ok(views)
}
