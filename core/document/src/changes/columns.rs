//! The table of columns: which are there, in which order, and that all unfold to the same rows.

use super::bytes::Cursor;
use super::runs::{FlagRows, Runs};
use super::{OPERATIONS_READ_MAX, PREDECESSORS_MAX, RejectReason};

/// Low bits of a column's specification: its type; bit 3 says that it is deflated.
const DEFLATED: u64 = 0b1000;

const OBJECT_ACTOR: u64 = 0x01;
const OBJECT_COUNTER: u64 = 0x02;
const KEY_ACTOR: u64 = 0x11;
const KEY_COUNTER: u64 = 0x13;
const KEY_TEXT: u64 = 0x15;
const INSERT: u64 = 0x34;
const ACTION: u64 = 0x42;
const VALUE_META: u64 = 0x56;
const VALUE: u64 = 0x57;
const PREDECESSOR_COUNT: u64 = 0x70;
const PREDECESSOR_ACTOR: u64 = 0x71;
const PREDECESSOR_COUNTER: u64 = 0x73;
/// In the order of their specifications; marks (0x94, 0xa5) are left out because no document uses
/// them.
const KNOWN: [u64; 12] = [
    OBJECT_ACTOR,
    OBJECT_COUNTER,
    KEY_ACTOR,
    KEY_COUNTER,
    KEY_TEXT,
    INSERT,
    ACTION,
    VALUE_META,
    VALUE,
    PREDECESSOR_COUNT,
    PREDECESSOR_ACTOR,
    PREDECESSOR_COUNTER,
];

/// The columns of one change, all of equal length.
#[derive(Debug)]
pub(super) struct ColumnTable<'a> {
    pub(super) object_actor: &'a [u8],
    pub(super) object_counter: &'a [u8],
    pub(super) key_actor: Option<&'a [u8]>,
    pub(super) key_counter: Option<&'a [u8]>,
    pub(super) key_text: Option<&'a [u8]>,
    pub(super) insert: &'a [u8],
    pub(super) action: &'a [u8],
    pub(super) value_meta: &'a [u8],
    pub(super) value: &'a [u8],
    pub(super) predecessor_count: &'a [u8],
    pub(super) predecessor_actor: Option<&'a [u8]>,
    pub(super) predecessor_counter: Option<&'a [u8]>,
    /// How many operations the columns unfold to, at least 1.
    pub(super) rows: u64,
}

impl<'a> ColumnTable<'a> {
    /// Reads the table and the columns behind it, and proves that they agree about their length
    /// without unfolding any of them.
    pub(super) fn parse(cursor: &mut Cursor<'a>) -> Result<Self, RejectReason> {
        let count = cursor.unsigned()?;
        let mut sizes: Vec<(usize, u64)> = Vec::new();
        for _ in 0..count {
            let specification = cursor.unsigned()?;
            if specification & DEFLATED != 0 {
                return Err(RejectReason::CompressedColumn);
            }
            let index = KNOWN
                .binary_search(&specification)
                .map_err(|_| RejectReason::Columns)?;
            if sizes.last().is_some_and(|(last, _)| *last >= index) {
                return Err(RejectReason::Columns);
            }
            let size = cursor.unsigned()?;
            // A column without content is left out; writing it would be a second form.
            if size == 0 {
                return Err(RejectReason::Columns);
            }
            sizes.push((index, size));
        }
        if sizes.is_empty() {
            return Err(RejectReason::NoOperations);
        }
        let mut found: [Option<&'a [u8]>; KNOWN.len()] = [None; KNOWN.len()];
        for (index, size) in sizes {
            found[index] = Some(cursor.take_long(size)?);
        }
        let [
            object_actor,
            object_counter,
            key_actor,
            key_counter,
            key_text,
            insert,
            action,
            value_meta,
            value,
            predecessor_count,
            predecessor_actor,
            predecessor_counter,
        ] = found;
        let present = |column: Option<&'a [u8]>| column.ok_or(RejectReason::Columns);
        let mut table = Self {
            object_actor: present(object_actor)?,
            object_counter: present(object_counter)?,
            key_actor,
            key_counter,
            key_text,
            insert: present(insert)?,
            action: present(action)?,
            value_meta: present(value_meta)?,
            value: value.unwrap_or_default(),
            predecessor_count: present(predecessor_count)?,
            predecessor_actor,
            predecessor_counter,
            rows: 0,
        };
        table.rows = table.count_rows()?;
        Ok(table)
    }

    fn count_rows(&self) -> Result<u64, RejectReason> {
        let rows = Runs::<u64>::new(self.action).rows(OPERATIONS_READ_MAX)?;
        if rows == 0 {
            return Err(RejectReason::NoOperations);
        }
        // One more than the limit would still be unequal, so `rows` is limit enough for the rest.
        let equal = |count: Result<u64, RejectReason>| match count {
            Ok(count) if count == rows => Ok(()),
            Ok(_) | Err(RejectReason::TooManyOperations) => Err(RejectReason::Rows),
            Err(reason) => Err(reason),
        };
        equal(Runs::<u64>::new(self.object_actor).rows(rows))?;
        equal(Runs::<u64>::new(self.object_counter).rows(rows))?;
        if let Some(column) = self.key_actor {
            equal(Runs::<u64>::new(column).rows(rows))?;
        }
        if let Some(column) = self.key_counter {
            equal(Runs::<i64>::new(column).rows(rows))?;
        }
        if let Some(column) = self.key_text {
            equal(Runs::<&str>::new(column).rows(rows))?;
        }
        equal(FlagRows::new(self.insert).rows(rows))?;
        equal(Runs::<u64>::new(self.value_meta).rows(rows))?;
        equal(Runs::<u64>::new(self.predecessor_count).rows(rows))?;

        let value_bytes = u64::try_from(self.value.len()).unwrap_or(u64::MAX);
        match Runs::<u64>::new(self.value_meta).sum(value_bytes, |meta| meta >> 4) {
            Ok(sum) if sum == value_bytes => {}
            Ok(_) | Err(RejectReason::TooManyOperations) => return Err(RejectReason::Rows),
            Err(reason) => return Err(reason),
        }

        let predecessors = Runs::<u64>::new(self.predecessor_count).sum(PREDECESSORS_MAX, |n| n)?;
        for (column, counted) in [
            (
                self.predecessor_actor,
                self.predecessor_actor
                    .map(|bytes| Runs::<u64>::new(bytes).rows(predecessors)),
            ),
            (
                self.predecessor_counter,
                self.predecessor_counter
                    .map(|bytes| Runs::<i64>::new(bytes).rows(predecessors)),
            ),
        ] {
            match (column, counted) {
                (None, _) if predecessors == 0 => {}
                (Some(_), Some(Ok(count))) if count == predecessors && predecessors > 0 => {}
                (_, Some(Err(reason))) if reason != RejectReason::TooManyOperations => {
                    return Err(reason);
                }
                _ => return Err(RejectReason::Rows),
            }
        }
        Ok(rows)
    }
}
