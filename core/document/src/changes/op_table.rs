//! What each operation of a change did, in runs: enough to say whether a later operation may refer
//! to it. Automerge takes a reference to the wrong kind of operation and fails inside.

use std::sync::Arc;

/// What one operation did.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Deed {
    /// Put a character into the text; later ones may stand behind it or delete it.
    Insert,
    /// Set a key in the map made by that operation of the genesis; later ones may replace it there.
    Put {
        /// Counter of the genesis operation that made the map.
        container: u64,
        /// The key.
        key: Arc<str>,
    },
    /// Deleted something; nothing may refer to it.
    Delete,
}

#[derive(Debug, Clone, PartialEq, Eq)]
struct DeedRun {
    /// Counter of the first operation.
    first: u64,
    count: u64,
    deed: Deed,
}

/// The operations of one change by their counters.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct OpTable {
    runs: Vec<DeedRun>,
}

impl OpTable {
    /// Adds the next operation; counters ascend without gaps.
    pub(super) fn push(&mut self, counter: u64, deed: Deed) {
        match self.runs.last_mut() {
            Some(last) if last.deed == deed && last.first + last.count == counter => {
                last.count += 1;
            }
            _ => self.runs.push(DeedRun {
                first: counter,
                count: 1,
                deed,
            }),
        }
    }

    /// What the operation with this counter did, if it is here.
    pub(super) fn get(&self, counter: u64) -> Option<&Deed> {
        let after = self.runs.partition_point(|run| run.first <= counter);
        let run = &self.runs[after.checked_sub(1)?];
        (counter - run.first < run.count).then_some(&run.deed)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn operations_are_found_by_their_counters() {
        let put = |key: &str| Deed::Put {
            container: 1,
            key: key.into(),
        };
        let mut table = OpTable::default();
        assert_eq!(table.get(5), None);
        for counter in 5..1_000 {
            table.push(counter, Deed::Insert);
        }
        table.push(1_000, put("a"));
        table.push(1_001, put("b"));
        table.push(1_002, Deed::Delete);
        assert_eq!(table.runs.len(), 4);
        for (counter, deed) in [
            (4, None),
            (5, Some(Deed::Insert)),
            (999, Some(Deed::Insert)),
            (1_000, Some(put("a"))),
            (1_001, Some(put("b"))),
            (1_002, Some(Deed::Delete)),
            (1_003, None),
        ] {
            assert_eq!(table.get(counter), deed.as_ref(), "{counter}");
        }
    }
}
