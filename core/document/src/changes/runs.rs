//! Run-length columns, read run by run and never unfolded.
//!
//! A column is a sequence of runs: `count value` (count >= 2), `-n value*n` (n neighbours that all
//! differ), `0 count` (nulls). Only the one division into runs that Automerge writes is accepted.

use super::RejectReason;
use super::bytes::Cursor;

/// What can stand in a run-length column.
pub(super) trait Cell<'a>: Copy + PartialEq {
    fn read(cursor: &mut Cursor<'a>) -> Result<Self, RejectReason>;
}

impl Cell<'_> for u64 {
    fn read(cursor: &mut Cursor<'_>) -> Result<Self, RejectReason> {
        cursor.unsigned()
    }
}

impl Cell<'_> for i64 {
    fn read(cursor: &mut Cursor<'_>) -> Result<Self, RejectReason> {
        cursor.signed()
    }
}

impl<'a> Cell<'a> for &'a str {
    fn read(cursor: &mut Cursor<'a>) -> Result<Self, RejectReason> {
        std::str::from_utf8(cursor.prefixed()?).map_err(|_| RejectReason::Value)
    }
}

/// A run: how often, and what (`None` is null).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Run<T> {
    pub(super) count: u64,
    pub(super) value: Option<T>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Segment<T> {
    Start,
    Nulls,
    Repeat(T),
    Literal(T),
}

/// Walks the runs of one column; a literal run comes out as runs of one.
#[derive(Debug, Clone)]
pub(super) struct Runs<'a, T> {
    cursor: Cursor<'a>,
    /// Values still to come of the current literal run.
    literals: u64,
    last: Segment<T>,
}

impl<'a, T: Cell<'a>> Runs<'a, T> {
    pub(super) const fn new(column: &'a [u8]) -> Self {
        Self {
            cursor: Cursor::new(column),
            literals: 0,
            last: Segment::Start,
        }
    }

    pub(super) fn next_run(&mut self) -> Result<Option<Run<T>>, RejectReason> {
        if self.literals > 0 {
            self.literals -= 1;
            return self.literal().map(Some);
        }
        if self.cursor.is_empty() {
            return Ok(None);
        }
        let count = self.cursor.signed()?;
        match count {
            0 => {
                let count = self.cursor.unsigned()?;
                if count == 0 || self.last == Segment::Nulls {
                    return Err(RejectReason::Runs);
                }
                self.last = Segment::Nulls;
                Ok(Some(Run { count, value: None }))
            }
            1 => Err(RejectReason::Runs),
            2.. => {
                let value = T::read(&mut self.cursor)?;
                if matches!(self.last, Segment::Repeat(last) | Segment::Literal(last) if last == value)
                {
                    return Err(RejectReason::Runs);
                }
                self.last = Segment::Repeat(value);
                Ok(Some(Run {
                    count: count.unsigned_abs(),
                    value: Some(value),
                }))
            }
            _ => {
                if matches!(self.last, Segment::Literal(_)) {
                    return Err(RejectReason::Runs);
                }
                self.literals = count.unsigned_abs() - 1;
                self.literal().map(Some)
            }
        }
    }

    fn literal(&mut self) -> Result<Run<T>, RejectReason> {
        let value = T::read(&mut self.cursor)?;
        if matches!(self.last, Segment::Repeat(last) | Segment::Literal(last) if last == value) {
            return Err(RejectReason::Runs);
        }
        self.last = Segment::Literal(value);
        Ok(Run {
            count: 1,
            value: Some(value),
        })
    }

    /// How many rows the column unfolds to; fails above `most` without unfolding anything.
    pub(super) fn rows(mut self, most: u64) -> Result<u64, RejectReason> {
        let mut rows = 0u64;
        while let Some(run) = self.next_run()? {
            rows = rows.saturating_add(run.count);
            if rows > most {
                return Err(RejectReason::TooManyOperations);
            }
        }
        Ok(rows)
    }

    /// Sum of `weight` over all rows; fails above `most` without unfolding anything.
    pub(super) fn sum(mut self, most: u64, weight: fn(T) -> u64) -> Result<u64, RejectReason> {
        let mut sum = 0u64;
        while let Some(run) = self.next_run()? {
            let each = run.value.map_or(0, weight);
            sum = sum.saturating_add(each.saturating_mul(run.count));
            if sum > most {
                return Err(RejectReason::TooManyOperations);
            }
        }
        Ok(sum)
    }
}

/// A run-length column read row by row, once its length is known to be bounded.
#[derive(Debug, Clone)]
pub(super) struct Rows<'a, T> {
    runs: Option<Runs<'a, T>>,
    current: Run<T>,
}

impl<'a, T: Cell<'a>> Rows<'a, T> {
    /// `None` stands for a column left out: all null.
    pub(super) fn new(column: Option<&'a [u8]>) -> Self {
        Self {
            runs: column.map(Runs::new),
            current: Run {
                count: 0,
                value: None,
            },
        }
    }

    /// The next row's cell. The caller knows how many rows there are.
    pub(super) fn next_cell(&mut self) -> Result<Option<T>, RejectReason> {
        let Some(runs) = &mut self.runs else {
            return Ok(None);
        };
        if self.current.count == 0 {
            self.current = runs.next_run()?.ok_or(RejectReason::Rows)?;
        }
        self.current.count -= 1;
        Ok(self.current.value)
    }
}

/// A column of differences between neighbours; nulls do not count as neighbours.
#[derive(Debug, Clone)]
pub(super) struct DeltaRows<'a> {
    rows: Rows<'a, i64>,
    value: i64,
}

impl<'a> DeltaRows<'a> {
    pub(super) fn new(column: Option<&'a [u8]>) -> Self {
        Self {
            rows: Rows::new(column),
            value: 0,
        }
    }

    /// The next row's counter; negative and overflowing ones are refused.
    pub(super) fn next_cell(&mut self) -> Result<Option<u64>, RejectReason> {
        let Some(delta) = self.rows.next_cell()? else {
            return Ok(None);
        };
        self.value = self
            .value
            .checked_add(delta)
            .ok_or(RejectReason::Reference)?;
        u64::try_from(self.value)
            .map(Some)
            .map_err(|_| RejectReason::Reference)
    }
}

/// A column of alternating run lengths, the first of `false`.
#[derive(Debug, Clone)]
pub(super) struct FlagRows<'a> {
    cursor: Cursor<'a>,
    first: bool,
    value: bool,
    left: u64,
}

impl<'a> FlagRows<'a> {
    pub(super) const fn new(column: &'a [u8]) -> Self {
        Self {
            cursor: Cursor::new(column),
            first: true,
            value: true,
            left: 0,
        }
    }

    fn next_run(&mut self) -> Result<Option<u64>, RejectReason> {
        if self.cursor.is_empty() {
            return Ok(None);
        }
        let count = self.cursor.unsigned()?;
        // Only the leading run may be empty, and only if a run of `true` follows it.
        if count == 0 && (!self.first || self.cursor.is_empty()) {
            return Err(RejectReason::Runs);
        }
        self.first = false;
        self.value = !self.value;
        Ok(Some(count))
    }

    pub(super) fn rows(mut self, most: u64) -> Result<u64, RejectReason> {
        let mut rows = 0u64;
        while let Some(count) = self.next_run()? {
            rows = rows.saturating_add(count);
            if rows > most {
                return Err(RejectReason::TooManyOperations);
            }
        }
        Ok(rows)
    }

    pub(super) fn next_cell(&mut self) -> Result<bool, RejectReason> {
        while self.left == 0 {
            self.left = self.next_run()?.ok_or(RejectReason::Rows)?;
        }
        self.left -= 1;
        Ok(self.value)
    }
}

#[cfg(test)]
mod tests {
    #![allow(
        clippy::unwrap_used,
        clippy::panic,
        reason = "a test may stop at the first surprise"
    )]
    use super::*;

    fn rows(column: &[u8]) -> Result<u64, RejectReason> {
        Runs::<u64>::new(column).rows(1000)
    }

    #[test]
    fn runs_count_without_unfolding_and_stop_at_the_limit() {
        assert_eq!(rows(&[5, 7]), Ok(5));
        assert_eq!(rows(&[0x7d, 1, 2, 3]), Ok(3));
        assert_eq!(rows(&[0, 9, 2, 7]), Ok(11));
        assert_eq!(
            rows(&[0xff, 0xff, 0xff, 0xff, 0x07, 1]),
            Err(RejectReason::TooManyOperations)
        );
        let endless = [0, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 1];
        assert_eq!(rows(&endless), Err(RejectReason::TooManyOperations));
    }

    #[test]
    fn runs_that_automerge_would_write_otherwise_are_refused() {
        for column in [
            &[1, 7][..],         // a run of one
            &[0, 0],             // no nulls
            &[0, 1, 0, 1],       // nulls after nulls
            &[2, 7, 3, 7],       // one run in two
            &[0x7f, 7, 2, 7],    // a literal that belongs to the run
            &[2, 7, 0x7f, 7],    // the same the other way round
            &[0x7e, 7, 7],       // equal neighbours in a literal run
            &[0x7f, 1, 0x7f, 2], // one literal run in two
        ] {
            assert_eq!(rows(column), Err(RejectReason::Runs), "{column:?}");
        }
    }

    #[test]
    fn flags_alternate_and_only_the_first_run_may_be_empty() {
        assert_eq!(FlagRows::new(&[0, 3]).rows(9), Ok(3));
        assert_eq!(FlagRows::new(&[2, 3]).rows(9), Ok(5));
        assert_eq!(FlagRows::new(&[2, 0]).rows(9), Err(RejectReason::Runs));
        assert_eq!(FlagRows::new(&[0]).rows(9), Err(RejectReason::Runs));
        let mut cells = FlagRows::new(&[1, 2]);
        let read: Vec<bool> = (0..3).map(|_| cells.next_cell().unwrap()).collect();
        assert_eq!(read, [false, true, true]);
    }
}
