//! What of a check-in goes to one partner unless the person says otherwise.

use crate::CheckInFields;

/// Where a form begins for one partner. `present` is what they see of a check-in that is being changed already:
/// it stays, also while nothing new goes to them, because taking something back is never a side effect. A new
/// check-in begins with what they usually see, or with nothing while nothing goes to them.
#[must_use]
pub fn offered_fields(
    usual: CheckInFields,
    present: Option<CheckInFields>,
    sharing: bool,
) -> CheckInFields {
    match present {
        Some(present) => present,
        None if sharing => usual,
        None => CheckInFields::empty(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::CheckInField;

    #[test]
    fn a_new_one_begins_with_the_usual_and_with_nothing_where_sharing_rests() {
        let usual = CheckInFields::all();
        assert_eq!(offered_fields(usual, None, true), usual);
        assert!(offered_fields(usual, None, false).is_empty());
    }

    #[test]
    fn what_is_changed_keeps_whoever_sees_it() {
        let seen = CheckInFields::empty().with(CheckInField::Win);
        for sharing in [true, false] {
            assert_eq!(
                offered_fields(CheckInFields::all(), Some(seen), sharing),
                seen
            );
        }
    }
}
