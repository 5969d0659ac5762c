//! What a space allows: its type, roles, relays, how members are removed and what newcomers may read.

use crate::ProtocolError;
use crate::cbor::{CborReader, CborWriter, cbor_body};
use crate::history::History;
use crate::limits::{ORIGIN_MAX, RELAYS_MAX};

macro_rules! numbered {
    ($(#[$doc:meta])* $name:ident { $($(#[$variant_doc:meta])* $variant:ident = $number:literal,)* }) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        #[repr(u8)]
        pub enum $name { $($(#[$variant_doc])* $variant = $number,)* }

        impl TryFrom<u8> for $name {
            type Error = ProtocolError;

            fn try_from(number: u8) -> Result<Self, ProtocolError> {
                match number {
                    $($number => Ok(Self::$variant),)*
                    other => Err(ProtocolError::UnknownKind(other)),
                }
            }
        }

        impl From<$name> for u8 {
            fn from(value: $name) -> Self {
                value as Self
            }
        }
    };
}

numbered!(
    /// What a space is for.
    SpaceType {
        /// One person's own devices.
        SelfSpace = 1,
        /// Two people.
        Pair = 2,
        /// Several people.
        Circle = 3,
    }
);

numbered!(
    /// A person's role in a circle.
    Role {
        /// No special rights.
        Member = 1,
        /// May add people and give roles.
        Steward = 2,
    }
);

numbered!(
    /// Who may remove a member of a circle.
    Removal {
        /// Any steward.
        Steward = 1,
        /// A majority of the members.
        Majority = 2,
    }
);

/// What a space allows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Policy {
    /// Origins of the relays to use, first choice first; at most [`RELAYS_MAX`].
    pub relays: Vec<String>,
    /// Who may remove a member.
    pub removal: Removal,
    /// What of the past a newcomer may read.
    pub history: History,
}

impl Policy {
    pub(crate) fn write(&self, writer: &mut CborWriter) {
        writer.map(2 + self.history.fields()).key(0);
        write_relays(writer, &self.relays);
        writer.key(1).u64(u8::from(self.removal).into());
        self.history.write(writer);
    }

    pub(crate) fn read(reader: &mut CborReader<'_>) -> Result<Self, ProtocolError> {
        let len = reader.map()?;
        let Some(more @ 0..=2) = len.checked_sub(2) else {
            return Err(ProtocolError::Malformed("wrong number of fields"));
        };
        reader.key(0)?;
        let relays = read_relays(reader)?;
        reader.key(1)?;
        let removal = Removal::try_from(reader.u8()?)?;
        let history = History::read(reader, more)?;
        Ok(Self {
            relays,
            removal,
            history,
        })
    }
}

cbor_body!(Policy, 2 * RELAYS_MAX * ORIGIN_MAX);

pub(crate) fn write_relays(writer: &mut CborWriter, relays: &[String]) {
    writer.array(relays.len());
    for relay in relays {
        writer.text(relay);
    }
}

pub(crate) fn read_relays(reader: &mut CborReader<'_>) -> Result<Vec<String>, ProtocolError> {
    let len = reader.array("relays", RELAYS_MAX)?;
    let mut relays = Vec::with_capacity(len);
    for _ in 0..len {
        let relay = reader.text("relay origin", ORIGIN_MAX)?;
        check_origin(relay)?;
        if relays.iter().any(|other| other == relay) {
            return Err(ProtocolError::Malformed("the same relay twice"));
        }
        relays.push(relay.to_owned());
    }
    Ok(relays)
}

/// Checks that a text may stand where a relay origin is expected: printable ASCII without spaces, at
/// most [`ORIGIN_MAX`] bytes. Whether it is a usable address is for the transport to say.
///
/// # Errors
/// `TooLarge` or `Malformed`.
pub fn check_origin(origin: &str) -> Result<(), ProtocolError> {
    if origin.len() > ORIGIN_MAX {
        return Err(ProtocolError::TooLarge {
            what: "relay origin",
            max: ORIGIN_MAX,
        });
    }
    if origin.is_empty() || !origin.bytes().all(|byte| byte.is_ascii_graphic()) {
        return Err(ProtocolError::Malformed("relay origin"));
    }
    Ok(())
}
