//! Who sees which part of a thing: a set of fields for each audience (G7, principle 3). The empty set
//! is "not shared", and it is where everything starts.

use std::fmt;
use std::marker::PhantomData;
use std::str::FromStr;

use serde::{Deserialize, Deserializer, Serialize, Serializer};

use crate::words::{plain, word_enum};
use crate::{Rule, RuleError};

word_enum!(
    /// A part of a check-in that can be shared on its own. The number is the bit's place, from 1.
    CheckInField, "fields", {
        /// The mood.
        Mood = 1, "mood";
        /// The feeling words.
        Emotions = 2, "emotions";
        /// The energy.
        Energy = 3, "energy";
        /// The win.
        Win = 4, "win";
        /// The struggle.
        Struggle = 5, "struggle";
        /// The plan.
        Plan = 6, "plan";
        /// What is needed.
        Need = 7, "need";
        /// The free note.
        Note = 8, "note";
    }
);

word_enum!(
    /// A part of a goal and its outcomes that can be shared on its own. The number is the bit's place,
    /// from 1.
    GoalField, "fields", {
        /// The title; always there once anything of the goal is shared.
        Title = 1, "title";
        /// On which days it is due.
        Schedule = 2, "schedule";
        /// Why it matters.
        Why = 3, "why";
        /// Whether it was done, partly done or skipped; the ground on which note, skip reason and
        /// misses stand.
        Status = 4, "status";
        /// The note of an outcome.
        Note = 5, "note";
        /// Why a day was skipped.
        SkipReason = 6, "skip reason";
        /// Also outcomes that say "not done". Never shared without this.
        Misses = 7, "misses";
        /// How much: what the goal counts, its steps, and the amount of each day.
        Amount = 8, "amount";
        /// What may come in the way and what helps: obstacle, if-then plan, strengths and resources.
        Plan = 9, "plan";
    }
);

/// A part that can be shared on its own. Implemented here only.
pub trait Field:
    Copy + Eq + fmt::Debug + FromStr<Err = RuleError> + Serialize + 'static + sealed::Sealed
{
    /// Every part.
    const FIELDS: &'static [Self];
    /// The part that is shared as soon as any other is.
    const ALWAYS: Option<Self>;

    /// The bit's place, from 1.
    fn place(self) -> u8;
    /// The English word.
    fn name(self) -> &'static str;
}

mod sealed {
    pub trait Sealed {}
    impl Sealed for super::CheckInField {}
    impl Sealed for super::GoalField {}
}

impl Field for CheckInField {
    const FIELDS: &'static [Self] = Self::ALL;
    const ALWAYS: Option<Self> = None;

    fn place(self) -> u8 {
        self.number()
    }

    fn name(self) -> &'static str {
        self.word()
    }
}

impl Field for GoalField {
    const FIELDS: &'static [Self] = Self::ALL;
    const ALWAYS: Option<Self> = Some(Self::Title);

    fn place(self) -> u8 {
        self.number()
    }

    fn name(self) -> &'static str {
        self.word()
    }
}

/// A set of fields. JSON holds the list of words; formats hold [`FieldSet::to_bits`].
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct FieldSet<F> {
    bits: u32,
    field: PhantomData<F>,
}

/// What of a check-in is shared with one audience.
pub type CheckInFields = FieldSet<CheckInField>;
/// What of a goal and its outcomes is shared with one audience.
pub type GoalFields = FieldSet<GoalField>;

impl<F: Field> FieldSet<F> {
    /// Nothing: not shared.
    #[must_use]
    pub const fn empty() -> Self {
        Self {
            bits: 0,
            field: PhantomData,
        }
    }

    /// Every field this version knows.
    #[must_use]
    pub fn all() -> Self {
        F::FIELDS.iter().copied().collect()
    }

    /// Whether nothing is shared.
    #[must_use]
    pub const fn is_empty(self) -> bool {
        self.bits == 0
    }

    /// How many fields there are.
    #[must_use]
    pub const fn len(self) -> usize {
        self.bits.count_ones() as usize
    }

    /// Whether the field is in the set.
    #[must_use]
    pub fn contains(self, field: F) -> bool {
        self.bits & bit(field) != 0
    }

    /// The set with the field.
    #[must_use]
    pub fn with(self, field: F) -> Self {
        Self::closed(self.bits | bit(field))
    }

    /// The set without the field. A field that always goes with the others leaves only as the last.
    #[must_use]
    pub fn without(self, field: F) -> Self {
        Self::closed(self.bits & !bit(field))
    }

    /// The set after one touch of a field. What is not in it joins. What is in it leaves, and where it is the
    /// field that always goes with the others, all of them leave: nothing is shown without it.
    #[must_use]
    pub fn toggled(self, field: F) -> Self {
        match self.contains(field) {
            false => self.with(field),
            true if F::ALWAYS.is_some_and(|always| bit(always) == bit(field)) => Self::empty(),
            true => self.without(field),
        }
    }

    /// The fields that are in both sets.
    #[must_use]
    pub fn shared_with(self, other: Self) -> Self {
        Self::closed(self.bits & other.bits)
    }

    /// The fields, in the order of their numbers.
    pub fn iter(self) -> impl Iterator<Item = F> {
        F::FIELDS
            .iter()
            .copied()
            .filter(move |field| self.contains(*field))
    }

    /// The stable form for formats.
    #[must_use]
    pub const fn to_bits(self) -> u32 {
        self.bits
    }

    /// Reads the stable form: the fields this version knows, and the bits it does not (0 when it knows
    /// all). Unknown bits never share anything; a caller that writes back keeps them.
    #[must_use]
    pub fn from_bits(bits: u32) -> (Self, u32) {
        let known = F::FIELDS.iter().fold(0, |known, field| known | bit(*field));
        (Self::closed(bits & known), bits & !known)
    }

    fn closed(bits: u32) -> Self {
        let always = F::ALWAYS.filter(|_| bits != 0).map_or(0, bit);
        Self {
            bits: bits | always,
            field: PhantomData,
        }
    }
}

fn bit<F: Field>(field: F) -> u32 {
    1 << (field.place() - 1)
}

impl<F: Field> Default for FieldSet<F> {
    fn default() -> Self {
        Self::empty()
    }
}

impl<F: Field> FromIterator<F> for FieldSet<F> {
    fn from_iter<I: IntoIterator<Item = F>>(fields: I) -> Self {
        fields.into_iter().fold(Self::empty(), Self::with)
    }
}

impl<F: Field> fmt::Debug for FieldSet<F> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_set().entries(self.iter()).finish()
    }
}

impl<F: Field> fmt::Display for FieldSet<F> {
    /// The words parted by commas, or `nothing`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.is_empty() {
            return f.write_str("nothing");
        }
        let words: Vec<&str> = self.iter().map(F::name).collect();
        f.write_str(&words.join(", "))
    }
}

impl<F: Field> FromStr for FieldSet<F> {
    type Err = RuleError;

    /// Reads words parted by commas, or `nothing`, or `everything`. No word at all is refused: what is
    /// shared is said, never guessed.
    fn from_str(text: &str) -> Result<Self, RuleError> {
        match plain(text).as_str() {
            "" => Err(RuleError::new("fields", Rule::Empty)),
            "nothing" => Ok(Self::empty()),
            "everything" => Ok(Self::all()),
            _ => text.split(',').map(F::from_str).collect(),
        }
    }
}

impl<F: Field> Serialize for FieldSet<F> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_seq(self.iter())
    }
}

impl<'de, F: Field + Deserialize<'de>> Deserialize<'de> for FieldSet<F> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Ok(Vec::<F>::deserialize(deserializer)?.into_iter().collect())
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test may stop at the first surprise")]

    use super::*;

    #[test]
    fn everything_starts_unshared() {
        assert!(CheckInFields::default().is_empty());
        assert!(GoalFields::default().is_empty());
        assert_eq!(CheckInFields::default().to_string(), "nothing");
    }

    #[test]
    fn every_set_survives_bits_words_and_json() {
        for bits in 0..256 {
            let (fields, unknown) = CheckInFields::from_bits(bits);
            assert_eq!((fields.to_bits(), unknown), (bits, 0));
            assert_eq!(fields.to_string().parse::<CheckInFields>().unwrap(), fields);
            assert_eq!(fields.iter().collect::<CheckInFields>(), fields);
            assert_eq!(fields.len(), fields.iter().count());
            let json = serde_json::to_string(&fields).unwrap();
            assert_eq!(
                serde_json::from_str::<CheckInFields>(&json).unwrap(),
                fields
            );
        }
    }

    #[test]
    fn bits_of_a_newer_version_share_nothing_and_are_reported() {
        assert_eq!(
            CheckInFields::from_bits(0x8000_0100),
            (CheckInFields::empty(), 0x8000_0100)
        );
        let (fields, unknown) = GoalFields::from_bits(0x8000_0008);
        assert_eq!(
            (fields.to_string().as_str(), unknown),
            ("title, status", 0x8000_0000)
        );
    }

    #[test]
    fn words_are_read_as_people_type_them() {
        let read = |text: &str| {
            text.parse::<CheckInFields>()
                .map(|fields| fields.to_string())
        };
        assert_eq!(read("win, Mood").unwrap(), "mood, win");
        assert_eq!(
            read("everything").unwrap(),
            "mood, emotions, energy, win, struggle, plan, need, note"
        );
        assert_eq!(read("nothing").unwrap(), "nothing");
        assert_eq!(
            read("mood,,win"),
            Err(RuleError::new("fields", Rule::UnknownWord))
        );
        assert_eq!(read(" "), Err(RuleError::new("fields", Rule::Empty)));
        assert_eq!(
            "skip-reason".parse::<GoalFields>().unwrap().to_string(),
            "title, skip reason"
        );
    }

    #[test]
    fn a_touch_turns_one_field_and_the_title_takes_everything_with_it() {
        let nothing = GoalFields::empty();
        let status = nothing.toggled(GoalField::Status);
        assert_eq!(status.to_string(), "title, status");
        assert_eq!(status.toggled(GoalField::Status).to_string(), "title");
        assert_eq!(status.toggled(GoalField::Title), nothing);
        assert_eq!(GoalFields::all().toggled(GoalField::Title), nothing);
        let mood = CheckInFields::empty().toggled(CheckInField::Mood);
        assert_eq!(
            mood.toggled(CheckInField::Win)
                .toggled(CheckInField::Mood)
                .to_string(),
            "win"
        );
    }

    #[test]
    fn the_title_goes_with_whatever_else_of_a_goal_is_shared() {
        for field in GoalField::ALL.iter().copied() {
            let fields = GoalFields::empty().with(field);
            assert!(fields.contains(GoalField::Title), "{field}");
            assert_eq!(
                fields.without(GoalField::Title).is_empty(),
                field == GoalField::Title,
                "{field}"
            );
        }
        assert!(
            serde_json::from_str::<GoalFields>(r#"["status"]"#)
                .unwrap()
                .contains(GoalField::Title)
        );
    }
}
