//! How Rust values become columns and back.

use belay_model::Incarnation;
use belay_protocol::relay::Generation;
use rusqlite::Row;
use rusqlite::types::{FromSqlError, Type};

use crate::{Result, StoreError};

/// A number that is ordered in SQL and therefore must stay below 2^63.
pub(crate) fn ordered(number: u64, what: &'static str) -> Result<i64> {
    i64::try_from(number).map_err(|_| StoreError::OutOfRange(what))
}

/// Reads what [`ordered`] wrote.
pub(crate) fn number(row: &Row<'_>, column: usize) -> rusqlite::Result<u64> {
    let value: i64 = row.get(column)?;
    u64::try_from(value).map_err(|_| rusqlite::Error::IntegralValueOutOfRange(column, value))
}

/// An incarnation is only ever compared for equality: all 64 bits fit.
pub(crate) const fn inc_to_sql(inc: Incarnation) -> i64 {
    inc.0.cast_signed()
}

/// Reads what [`inc_to_sql`] wrote.
pub(crate) fn inc(row: &Row<'_>, column: usize) -> rusqlite::Result<Incarnation> {
    Ok(Incarnation(row.get::<_, i64>(column)?.cast_unsigned()))
}

/// A generation is compared for equality only.
pub(crate) const fn generation_to_sql(generation: Generation) -> i64 {
    generation.0.cast_signed()
}

/// Reads what [`generation_to_sql`] wrote.
pub(crate) fn generation(row: &Row<'_>, column: usize) -> rusqlite::Result<Option<Generation>> {
    let value: Option<i64> = row.get(column)?;
    Ok(value.map(|value| Generation(value.cast_unsigned())))
}

/// How many rows to give at most.
pub(crate) fn limit(rows: usize) -> i64 {
    i64::try_from(rows).unwrap_or(i64::MAX)
}

/// Bytes of a column that have not the shape they must have.
pub(crate) fn misshapen(column: usize) -> rusqlite::Error {
    rusqlite::Error::FromSqlConversionFailure(
        column,
        Type::Blob,
        Box::new(FromSqlError::InvalidType),
    )
}

/// Ids one after the other.
pub(crate) fn chunks<const N: usize>(bytes: &[u8]) -> Option<impl Iterator<Item = [u8; N]>> {
    let (whole, rest) = bytes.as_chunks::<N>();
    rest.is_empty().then(|| whole.iter().copied())
}

/// An enum that is stored as its number.
macro_rules! numbered {
    ($(#[$doc:meta])* pub enum $name:ident { $($(#[$what:meta])* $variant:ident = $number:literal,)+ }) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        #[repr(u8)]
        pub enum $name {
            $($(#[$what])* $variant = $number,)+
        }

        impl rusqlite::types::ToSql for $name {
            fn to_sql(&self) -> rusqlite::Result<rusqlite::types::ToSqlOutput<'_>> {
                Ok((*self as u8).into())
            }
        }

        impl rusqlite::types::FromSql for $name {
            fn column_result(
                value: rusqlite::types::ValueRef<'_>,
            ) -> rusqlite::types::FromSqlResult<Self> {
                match i64::column_result(value)? {
                    $($number => Ok(Self::$variant),)+
                    other => Err(rusqlite::types::FromSqlError::OutOfRange(other)),
                }
            }
        }
    };
}
pub(crate) use numbered;
