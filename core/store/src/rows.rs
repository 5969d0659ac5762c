//! Small integers that name rows. They mean something in one store only and never leave the device.

use rusqlite::types::{FromSql, FromSqlResult, ToSql, ToSqlOutput, ValueRef};

macro_rules! row {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name(pub i64);

        impl ToSql for $name {
            fn to_sql(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
                Ok(self.0.into())
            }
        }

        impl FromSql for $name {
            fn column_result(value: ValueRef<'_>) -> FromSqlResult<Self> {
                i64::column_result(value).map(Self)
            }
        }
    };
}

row!(
    /// A space in this store.
    SpaceRow
);
row!(
    /// A device of a space.
    DeviceRow
);
row!(
    /// A document of a person in a space.
    DocRow
);
row!(
    /// An item; ascending in the order of arrival. `ItemRow(0)` is before the first.
    ItemRow
);
row!(
    /// An envelope, sealed here or received.
    EnvelopeRow
);
