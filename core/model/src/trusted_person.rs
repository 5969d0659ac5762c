//! Somebody whom a person would turn to in a bad hour, as they noted them (product id S4).

use serde::{Deserialize, Serialize};

use crate::limits::{
    MAX_TRUSTED_ADDRESS_CHARS, MAX_TRUSTED_NOTE_CHARS, MAX_TRUSTED_PEOPLE, check_chars,
};
use crate::profile::breaks_a_line_or_turns_it;
use crate::words::word_enum;
use crate::{DisplayName, Rule, RuleError};

word_enum!(
    /// How to reach them.
    TrustedChannel, "channel", {
        /// By telephone.
        Call = 1, "call";
        /// By text message.
        Text = 2, "text";
        /// Another way, which the address says.
        Other = 3, "other";
    }
);

/// One of the person's own people.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct TrustedPerson {
    /// What they are called.
    pub name: String,
    /// How to reach them.
    pub channel: TrustedChannel,
    /// A number or address, as typed.
    pub address: String,
    /// Anything worth knowing, such as when to call.
    pub note: Option<String>,
}

impl std::fmt::Debug for TrustedPerson {
    /// Neither name nor number.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("TrustedPerson")
            .field("channel", &self.channel)
            .finish_non_exhaustive()
    }
}

impl TrustedPerson {
    /// Without the blanks around what was typed; an empty note is none.
    #[must_use]
    pub fn tidied(&self) -> Self {
        let note = self.note.as_deref().map(str::trim);
        Self {
            name: self.name.trim().to_owned(),
            channel: self.channel,
            address: self.address.trim().to_owned(),
            note: note.filter(|note| !note.is_empty()).map(str::to_owned),
        }
    }

    /// Checks the rules: a name as shown names have, something to reach them by that can be dialled where it
    /// is a number, all in one line.
    pub fn validate(&self) -> Result<(), RuleError> {
        DisplayName::new(&self.name).map_err(|error| error.in_field("trusted_name"))?;
        let wrong = |rule| RuleError::new("trusted_address", rule);
        check_chars(
            "trusted_address",
            Some(&self.address),
            MAX_TRUSTED_ADDRESS_CHARS,
        )?;
        if self.address.chars().any(breaks_a_line_or_turns_it) {
            return Err(wrong(Rule::ControlCharacter));
        }
        if self.channel != TrustedChannel::Other && crate::dial(&self.address).is_none() {
            return Err(wrong(Rule::NotANumber));
        }
        check_chars("trusted_note", self.note.as_deref(), MAX_TRUSTED_NOTE_CHARS)
    }

    /// What a telephone dials, or where a message goes; `None` where the address is no number.
    #[must_use]
    pub fn dial(&self) -> Option<String> {
        match self.channel {
            TrustedChannel::Call | TrustedChannel::Text => crate::dial(&self.address),
            TrustedChannel::Other => None,
        }
    }
}

/// Checks a whole list: each of them, and that a page still shows them all.
pub fn validate_trusted_people(people: &[TrustedPerson]) -> Result<(), RuleError> {
    if people.len() > MAX_TRUSTED_PEOPLE {
        return Err(RuleError::new("trusted_people", Rule::OutOfRange));
    }
    people.iter().try_for_each(TrustedPerson::validate)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test may stop at the first surprise")]

    use super::*;

    fn person(channel: TrustedChannel, address: &str) -> TrustedPerson {
        TrustedPerson {
            name: "Mira".to_owned(),
            channel,
            address: address.to_owned(),
            note: None,
        }
    }

    #[test]
    fn a_number_is_kept_as_typed_and_dialled_without_its_spaces() {
        let mira = person(TrustedChannel::Call, "+44 7700 900 123");
        assert_eq!(mira.validate(), Ok(()));
        assert_eq!(mira.dial().as_deref(), Some("+447700900123"));
        let door = person(TrustedChannel::Other, "two doors down, red bell");
        assert_eq!(door.validate(), Ok(()));
        assert_eq!(door.dial(), None);
    }

    #[test]
    fn what_cannot_be_dialled_or_breaks_the_line_is_refused() {
        let rule = |person: TrustedPerson| {
            let error = person.validate().unwrap_err();
            (error.field, error.rule)
        };
        assert_eq!(
            rule(person(TrustedChannel::Call, "ask Jonas")),
            ("trusted_address", Rule::NotANumber)
        );
        assert_eq!(
            rule(person(TrustedChannel::Other, " ")),
            ("trusted_address", Rule::Empty)
        );
        assert_eq!(
            rule(person(TrustedChannel::Other, "a\u{202e}b")),
            ("trusted_address", Rule::ControlCharacter)
        );
        let nameless = TrustedPerson {
            name: " ".to_owned(),
            ..person(TrustedChannel::Call, "1")
        };
        assert_eq!(rule(nameless), ("trusted_name", Rule::Empty));
        let many = vec![person(TrustedChannel::Call, "1"); MAX_TRUSTED_PEOPLE + 1];
        assert_eq!(
            validate_trusted_people(&many).unwrap_err().rule,
            Rule::OutOfRange
        );
        assert_eq!(validate_trusted_people(&many[1..]), Ok(()));
    }

    #[test]
    fn nothing_of_them_is_in_a_log_line() {
        let mira = person(TrustedChannel::Call, "0770");
        let shown = format!("{mira:?}");
        assert!(
            !shown.contains("Mira") && !shown.contains("0770"),
            "{shown}"
        );
    }
}
