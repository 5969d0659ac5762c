//! Rendezvous: four write-once slots where two strangers with a shared invitation leave each other
//! their pairing messages. The relay knows neither of them; the id is the secret that gives access.

use std::fmt;
use std::str::FromStr;

use super::limits::{SLOT_BYTES_MAX, SLOT_WELCOME_BYTES_MAX};
use super::name::relay_name;
use crate::ProtocolError;

relay_name!(
    /// Which meeting: the invitation's id.
    RendezvousId,
    16,
    "rendezvous id"
);

/// One of the four slots, 0 to 3.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Slot(u8);

impl Slot {
    /// The slot with this number.
    ///
    /// # Errors
    /// `Malformed` above 3.
    pub const fn new(number: u8) -> Result<Self, ProtocolError> {
        if number > 3 {
            return Err(ProtocolError::Malformed("rendezvous slot"));
        }
        Ok(Self(number))
    }

    /// Its number.
    #[must_use]
    pub const fn number(self) -> u8 {
        self.0
    }

    /// Most bytes it takes: 16 KiB, and 256 KiB in slot 3.
    #[must_use]
    pub const fn bytes_max(self) -> usize {
        if self.0 == 3 {
            SLOT_WELCOME_BYTES_MAX
        } else {
            SLOT_BYTES_MAX
        }
    }
}

impl fmt::Display for Slot {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.0)
    }
}

impl FromStr for Slot {
    type Err = ProtocolError;

    fn from_str(text: &str) -> Result<Self, ProtocolError> {
        match text {
            "0" => Ok(Self(0)),
            "1" => Ok(Self(1)),
            "2" => Ok(Self(2)),
            "3" => Ok(Self(3)),
            _ => Err(ProtocolError::Malformed("rendezvous slot")),
        }
    }
}

/// How long a slot is kept after it was written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum SlotLife {
    /// Ten minutes: two people beside each other, one showing a code.
    #[default]
    Code,
    /// Seven days: an invitation sent as a link.
    Link,
}

impl SlotLife {
    /// In milliseconds.
    #[must_use]
    pub const fn ms(self) -> i64 {
        match self {
            Self::Code => 10 * 60 * 1000,
            Self::Link => 7 * 24 * 60 * 60 * 1000,
        }
    }

    /// As it stands in a query: `life=code` or `life=link`.
    #[must_use]
    pub const fn query(self) -> &'static str {
        match self {
            Self::Code => "life=code",
            Self::Link => "life=link",
        }
    }

    /// Reads the query of a write; an empty one means ten minutes.
    ///
    /// # Errors
    /// `Malformed` for anything else.
    pub fn parse_query(query: &str) -> Result<Self, ProtocolError> {
        match query {
            "" | "life=code" => Ok(Self::Code),
            "life=link" => Ok(Self::Link),
            _ => Err(ProtocolError::Malformed("query")),
        }
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test may stop at the first surprise")]

    use super::*;

    #[test]
    fn there_are_four_slots_and_only_the_last_is_large() {
        for number in 0..4 {
            let slot = Slot::new(number).unwrap();
            assert_eq!(slot.to_string().parse::<Slot>().unwrap(), slot);
            assert_eq!(slot.bytes_max() > SLOT_BYTES_MAX, number == 3);
        }
        assert!(Slot::new(4).is_err());
        for text in ["4", "00", "", "-1"] {
            assert!(text.parse::<Slot>().is_err(), "{text:?}");
        }
    }

    #[test]
    fn a_life_survives_its_query() {
        for life in [SlotLife::Code, SlotLife::Link] {
            assert_eq!(SlotLife::parse_query(life.query()).unwrap(), life);
        }
        assert!(SlotLife::parse_query("life=ever").is_err());
    }
}
