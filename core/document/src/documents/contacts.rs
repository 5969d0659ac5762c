//! The one contacts document: what the person keeps about each space they share with someone, in `x`
//! under `<space>/<field>`.

use std::collections::BTreeMap;

use belay_model::{CheckInFields, GoalFields, SpaceId};
use belay_protocol::DocKind;

use super::sharing::{agreed_bits, bits_to_store, extension_key, split_key};
use super::{Draft, Scalar, SelfDocument};
use crate::DocumentError;

const LABEL: &str = "label";
const CHECK_IN_DEFAULT: &str = "check_in_default";
const GOAL_DEFAULT: &str = "goal_default";
const PAUSED: &str = "paused";
const COMPARISON: &str = "comparison";
const NOT_NEAR: &str = "not_near";

/// Whether the comparison words were read out to each other.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default)]
pub enum Comparison {
    /// Not yet; shown as such.
    #[default]
    NotCompared = 0,
    /// They were the same.
    Matched = 1,
    /// They were different.
    Differed = 2,
}

impl Comparison {
    /// The stable number, for formats.
    #[must_use]
    pub const fn number(self) -> u8 {
        self as u8
    }

    /// The state with this number, if there is one.
    #[must_use]
    pub const fn from_number(number: u8) -> Option<Self> {
        match number {
            0 => Some(Self::NotCompared),
            1 => Some(Self::Matched),
            2 => Some(Self::Differed),
            _ => None,
        }
    }
}

/// What the person keeps about one space.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Contact {
    /// The name the person gave it; the partner's own name when there is none.
    pub label: Option<String>,
    /// What a new check-in shares with it unless the person says otherwise.
    pub check_in_default: CheckInFields,
    /// What a new goal shares with it unless the person says otherwise.
    pub goal_default: GoalFields,
    /// Whether sharing is paused: nothing is sent (P5). Silent.
    pub paused: bool,
    /// Whether the comparison words were compared.
    pub comparison: Comparison,
    /// Devices of the space are not looked for on one network, and not answered there: whoever is in two spaces
    /// with the person could see on it that two personas are one.
    pub not_near: bool,
}

impl Draft {
    /// Writes what differs of one contact. `before` is the document as it is.
    #[must_use]
    pub fn contact(mut self, space: &SpaceId, contact: &Contact, before: &SelfDocument) -> Self {
        self.put_schema();
        let mut put = |field, value| self.put_extension(extension_key(space, field), value);
        put(LABEL, contact.label.as_deref().map(Scalar::from));
        let unknown = CheckInFields::from_bits(before.contact_bits(space, CHECK_IN_DEFAULT)).1;
        let bits = bits_to_store(contact.check_in_default.to_bits(), unknown);
        put(CHECK_IN_DEFAULT, Some(bits));
        let unknown = GoalFields::from_bits(before.contact_bits(space, GOAL_DEFAULT)).1;
        let bits = bits_to_store(contact.goal_default.to_bits(), unknown);
        put(GOAL_DEFAULT, Some(bits));
        put(PAUSED, Some(Scalar::Bool(contact.paused)));
        let comparison = Scalar::Uint(contact.comparison.number().into());
        put(COMPARISON, Some(comparison));
        put(NOT_NEAR, contact.not_near.then_some(Scalar::Bool(true)));
        self
    }
}

impl Draft {
    /// Drops everything kept about one space. `before` is the document as it is.
    ///
    /// # Errors
    /// `Engine` if the merging library fails.
    pub fn forget_contact(
        mut self,
        space: &SpaceId,
        before: &SelfDocument,
    ) -> Result<Self, DocumentError> {
        for key in before.extensions()?.into_keys() {
            if split_key(&key).is_some_and(|(found, _)| found == *space) {
                self.put_extension(key, None);
            }
        }
        Ok(self)
    }
}

impl SelfDocument {
    fn contact_bits(&self, space: &SpaceId, field: &str) -> u32 {
        self.extension(&extension_key(space, field))
            .map_or(0, |values| agreed_bits(&values))
    }

    /// Every space something is kept about. Where devices wrote at the same time, the cautious answer
    /// counts: less is shared, a pause holds, a difference of the words stays visible.
    ///
    /// # Errors
    /// `WrongKind`, `NewerData`, or `Field` for a value that this schema does not allow.
    pub fn contacts(&self) -> Result<BTreeMap<SpaceId, Contact>, DocumentError> {
        self.fields_of(DocKind::Contacts)?;
        let mut contacts: BTreeMap<SpaceId, Contact> = BTreeMap::new();
        for (key, values) in self.extensions()? {
            let Some((space, field)) = split_key(&key) else {
                continue;
            };
            let contact = contacts.entry(space).or_default();
            match field {
                LABEL => contact.label = label(&values)?,
                CHECK_IN_DEFAULT => {
                    contact.check_in_default = CheckInFields::from_bits(agreed_bits(&values)).0;
                }
                GOAL_DEFAULT => {
                    contact.goal_default = GoalFields::from_bits(agreed_bits(&values)).0;
                }
                // Anything but a plain "no" pauses.
                PAUSED => contact.paused = values.iter().any(|v| *v != Scalar::Bool(false)),
                COMPARISON => contact.comparison = comparison(&values)?,
                NOT_NEAR => contact.not_near = values.iter().any(|v| *v != Scalar::Bool(false)),
                _ => {}
            }
        }
        Ok(contacts)
    }
}

fn label(values: &[Scalar]) -> Result<Option<String>, DocumentError> {
    match values.last() {
        None => Ok(None),
        Some(Scalar::Text(label)) => Ok(Some(label.clone())),
        Some(_) => Err(DocumentError::Field { field: LABEL }),
    }
}

fn comparison(values: &[Scalar]) -> Result<Comparison, DocumentError> {
    let mut worst = Comparison::NotCompared;
    for value in values {
        let state = match value {
            Scalar::Uint(number) => u8::try_from(*number).ok().and_then(Comparison::from_number),
            _ => None,
        };
        worst = worst.max(state.ok_or(DocumentError::Field { field: COMPARISON })?);
    }
    Ok(worst)
}
