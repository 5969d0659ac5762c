//! What of the past a circle opens to a newcomer.

use belay_model::CivilDay;

use crate::ProtocolError;
use crate::cbor::{CborReader, CborWriter};

/// The circle's choice, the same for every newcomer and visible to all (product id K13). A person's own further
/// devices always get everything.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum History {
    /// Everything: the secrets that members hold are given on.
    #[default]
    All,
    /// Nothing from before the addition.
    FromNow,
    /// What its owners publish again of this day and the days after it.
    Since(CivilDay),
}

impl History {
    /// Fields this takes in a policy's map. A policy that opens everything says nothing of it, so that it has the
    /// bytes it had before there was a choice.
    pub(crate) const fn fields(self) -> usize {
        match self {
            Self::All => 0,
            Self::FromNow => 1,
            Self::Since(_) => 2,
        }
    }

    pub(crate) fn write(self, writer: &mut CborWriter) {
        match self {
            Self::All => {}
            Self::FromNow => {
                writer.key(2).u64(2);
            }
            Self::Since(day) => {
                writer.key(2).u64(3).key(3).text(&day.to_string());
            }
        }
    }

    pub(crate) fn read(reader: &mut CborReader<'_>, fields: u64) -> Result<Self, ProtocolError> {
        if fields == 0 {
            return Ok(Self::All);
        }
        reader.key(2)?;
        match (reader.u8()?, fields) {
            (2, 1) => Ok(Self::FromNow),
            (3, 2) => {
                reader.key(3)?;
                let day = reader.text("day", DAY_LEN)?;
                let day = day.parse().map_err(|_| ProtocolError::Malformed("day"))?;
                Ok(Self::Since(day))
            }
            (1..=3, _) => Err(ProtocolError::Malformed("history")),
            (other, _) => Err(ProtocolError::UnknownKind(other)),
        }
    }
}

/// Bytes of a day as text.
const DAY_LEN: usize = "2026-01-31".len();
