//! Who may see which part of a document, and what was published where: in `x`, under
//! `<space>/share` and `<space>/pub`.
//!
//! Where devices chose differently at the same time, the parts that **all** of them allow are shared,
//! until someone chooses again: a merge never shows more than each device agreed to.

use std::collections::BTreeMap;

use belay_model::{CheckInFields, GoalFields, SpaceId};

use super::{Draft, PublishState, Scalar, SelfDocument};
use crate::DocumentError;

const SHARE: &str = "share";
const PUBLISHED: &str = "pub";

/// `<id>/<field>`: how `x` names the field of something that has an id.
pub(super) fn extension_key(space: &SpaceId, field: &str) -> String {
    format!("{space}/{field}")
}

/// The space and the field of a key in `x`; `None` for keys of other shapes, which are kept.
pub(super) fn split_key(key: &str) -> Option<(SpaceId, &str)> {
    let (space, field) = key.split_once('/')?;
    Some((space.parse().ok()?, field))
}

/// Bits that every value at hand allows; what is no set of bits allows nothing.
pub(super) fn agreed_bits(values: &[Scalar]) -> u32 {
    let bits = values.iter().map(|value| match value {
        Scalar::Uint(bits) => u32::try_from(*bits).unwrap_or(0),
        _ => 0,
    });
    bits.reduce(|agreed, bits| agreed & bits).unwrap_or(0)
}

/// The bits to store for a choice: those of a newer program that stand there stay, unless nothing is
/// to be shared at all.
pub(super) fn bits_to_store(chosen: u32, unknown: u32) -> Scalar {
    Scalar::Uint(if chosen == 0 { 0 } else { chosen | unknown }.into())
}

impl Draft {
    /// Chooses what of a check-in is shared with a space. `before` is the document as it is.
    #[must_use]
    pub fn share_check_in(
        mut self,
        space: &SpaceId,
        fields: CheckInFields,
        before: &SelfDocument,
    ) -> Self {
        let unknown = CheckInFields::from_bits(before.share_bits(space)).1;
        let stored = bits_to_store(fields.to_bits(), unknown);
        self.put_extension(extension_key(space, SHARE), Some(stored));
        self
    }

    /// Chooses what of a goal, or of one outcome, is shared with a space. `before` is the document as
    /// it is.
    #[must_use]
    pub fn share_goal(
        mut self,
        space: &SpaceId,
        fields: GoalFields,
        before: &SelfDocument,
    ) -> Self {
        let unknown = GoalFields::from_bits(before.share_bits(space)).1;
        let stored = bits_to_store(fields.to_bits(), unknown);
        self.put_extension(extension_key(space, SHARE), Some(stored));
        self
    }

    /// Notes what is published in a space.
    #[must_use]
    pub fn published(mut self, space: &SpaceId, state: &PublishState) -> Self {
        let stored = Scalar::Bytes(state.to_bytes().to_vec());
        self.put_extension(extension_key(space, PUBLISHED), Some(stored));
        self
    }
}

impl SelfDocument {
    /// The bits of what is shared with a space, those of a newer program included; 0 when nothing is.
    fn share_bits(&self, space: &SpaceId) -> u32 {
        self.extension(&extension_key(space, SHARE))
            .map_or(0, |values| agreed_bits(&values))
    }

    /// What of this check-in is shared with a space.
    #[must_use]
    pub fn check_in_share(&self, space: &SpaceId) -> CheckInFields {
        CheckInFields::from_bits(self.share_bits(space)).0
    }

    /// What of this goal or outcome is shared with a space.
    #[must_use]
    pub fn goal_share(&self, space: &SpaceId) -> GoalFields {
        GoalFields::from_bits(self.share_bits(space)).0
    }

    /// The spaces for which something was ever chosen or published, each once.
    ///
    /// # Errors
    /// `Engine` if the merging library fails.
    pub fn shared_spaces(&self) -> Result<Vec<SpaceId>, DocumentError> {
        let mut spaces: Vec<SpaceId> = self
            .extensions()?
            .keys()
            .filter_map(|key| split_key(key))
            .filter(|(_, field)| [SHARE, PUBLISHED].contains(field))
            .map(|(space, _)| space)
            .collect();
        spaces.sort_unstable();
        spaces.dedup();
        Ok(spaces)
    }

    /// What is noted as published in a space: nothing, one state, or several that contradict each
    /// other after devices published at the same time.
    ///
    /// # Errors
    /// `Field` when something else stands there.
    pub fn published(&self, space: &SpaceId) -> Result<Vec<PublishState>, DocumentError> {
        parse_states(&self.extension(&extension_key(space, PUBLISHED))?)
    }

    /// [`Self::published`] for every space at once.
    ///
    /// # Errors
    /// `Field` when something else stands there.
    pub fn published_everywhere(
        &self,
    ) -> Result<BTreeMap<SpaceId, Vec<PublishState>>, DocumentError> {
        let mut found = BTreeMap::new();
        for (key, values) in self.extensions()? {
            if let Some((space, PUBLISHED)) = split_key(&key) {
                found.insert(space, parse_states(&values)?);
            }
        }
        Ok(found)
    }
}

fn parse_states(values: &[Scalar]) -> Result<Vec<PublishState>, DocumentError> {
    let mut states: Vec<PublishState> = values
        .iter()
        .map(|value| match value {
            Scalar::Bytes(bytes) => PublishState::from_bytes(bytes),
            _ => None,
        })
        .collect::<Option<_>>()
        .ok_or(DocumentError::Field { field: PUBLISHED })?;
    // Two devices that reached the same state do not contradict each other.
    states.sort_unstable();
    states.dedup();
    Ok(states)
}
