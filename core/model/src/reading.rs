//! Who can read a thing: what one reader has of it, from what is known about its copy.

use crate::words::word_enum;

word_enum!(
    /// What one person, or one of the person's own devices, has of a thing.
    Reading, "reading", {
        /// They wrote it.
        Wrote = 1, "wrote it";
        /// They can read it: a device of theirs told that it is there.
        Has = 2, "can read it";
        /// It has left, sealed for them; whether it is there already is not known.
        May = 3, "can read it once it is there";
        /// They can read what it was before; what it is now has not left.
        Earlier = 4, "can read an earlier version";
        /// Nothing of it has left; they will be able to read it when it has.
        Will = 5, "will be able to read it";
        /// It was taken back, and whether their copy is gone already is not known.
        Withdrawing = 6, "may still read it until what was taken back is gone there";
        /// They could read it once; their copy was taken back. Nobody can make them forget.
        Had = 7, "could read it once";
    }
);

/// What is known about the copy that one reader has, or is to have.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct CopyFacts {
    /// A copy stands: the newest version of it was not taken back.
    pub stands: bool,
    /// That version was sealed under a secret that reaches a device of theirs, and may have left.
    pub left: bool,
    /// A device of theirs told that it has that version.
    pub told: bool,
    /// That version waits to leave.
    pub waits: bool,
    /// An earlier version was sealed under a secret that reached a device of theirs.
    pub left_before: bool,
    /// A device of theirs told that it knows that the copy was taken back.
    pub knows_end: bool,
}

impl Reading {
    /// What a reader has; `None` for somebody who never could read it and will not.
    #[must_use]
    pub const fn of(copy: CopyFacts) -> Option<Self> {
        match copy {
            CopyFacts {
                stands: true,
                left: true,
                told,
                ..
            } => Some(if told { Self::Has } else { Self::May }),
            CopyFacts {
                stands: true,
                left_before: true,
                ..
            } => Some(Self::Earlier),
            CopyFacts {
                stands: true,
                waits: true,
                ..
            } => Some(Self::Will),
            CopyFacts {
                stands: false,
                left_before: true,
                knows_end,
                ..
            } => Some(if knows_end {
                Self::Had
            } else {
                Self::Withdrawing
            }),
            _ => None,
        }
    }

    /// Whether they can read it, or something of it, now or as soon as it is there.
    #[must_use]
    pub const fn is_now(self) -> bool {
        matches!(
            self,
            Self::Wrote | Self::Has | Self::May | Self::Earlier | Self::Withdrawing
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn all() -> impl Iterator<Item = CopyFacts> {
        (0..64).map(|bits: u8| {
            let is = |place: u8| bits & (1 << place) != 0;
            CopyFacts {
                stands: is(0),
                left: is(1),
                told: is(2),
                waits: is(3),
                left_before: is(4),
                knows_end: is(5),
            }
        })
    }

    #[test]
    fn whoever_was_given_nothing_reads_nothing() {
        for copy in all().filter(|copy| !copy.left && !copy.left_before) {
            let will = copy.stands && copy.waits;
            assert_eq!(Reading::of(copy), will.then_some(Reading::Will), "{copy:?}");
        }
    }

    #[test]
    fn nobody_to_whom_something_went_is_left_out() {
        for copy in all().filter(|copy| (copy.stands && copy.left) || copy.left_before) {
            assert!(Reading::of(copy).is_some(), "{copy:?}");
        }
    }

    #[test]
    fn what_was_taken_back_is_never_said_to_be_readable_for_sure() {
        for copy in all().filter(|copy| !copy.stands) {
            let said = Reading::of(copy);
            assert!(
                matches!(said, None | Some(Reading::Had | Reading::Withdrawing)),
                "{copy:?}"
            );
            assert_eq!(
                said == Some(Reading::Had),
                copy.left_before && copy.knows_end
            );
        }
    }

    #[test]
    fn only_who_told_so_is_said_to_have_it() {
        for copy in all() {
            let has = Reading::of(copy) == Some(Reading::Has);
            assert_eq!(has, copy.stands && copy.left && copy.told, "{copy:?}");
        }
    }
}
