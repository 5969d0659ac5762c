//! What of a leaver's device counts once its leaving is known. Whoever left could begin a new incarnation and
//! write on under the heads of before; heads alone cannot tell that from words that were written in time and
//! came late. The chain can: what was written before the leaving leads up to it (docs/protocol.md, "Gate", G27).

use std::collections::BTreeMap;

use belay_model::{Incarnation, ItemId};

/// What a chain lacks to be followed back to its device's first item.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Lacking {
    /// Nothing.
    Nothing,
    /// The first item of an incarnation.
    First(Incarnation),
    /// The item that an incarnation goes on from.
    Item(ItemId),
}

/// The runs of a device's chain that lead up to its leaving.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LedUp {
    /// The last place of each incarnation that was written before.
    pub runs: BTreeMap<Incarnation, u64>,
    /// What is not known of it yet.
    pub lacking: Lacking,
}

impl LedUp {
    /// Whether the item at a place was written before the leaving; `None` while that cannot be told.
    #[must_use]
    pub fn holds(&self, inc: Incarnation, seq: u64, id: &ItemId) -> Option<bool> {
        if self.runs.get(&inc).is_some_and(|last| seq <= *last)
            || self.lacking == Lacking::Item(*id)
        {
            return Some(true);
        }
        // An incarnation that leads up ends where the next one begins.
        let ended = self.runs.contains_key(&inc);
        (ended || self.lacking == Lacking::Nothing).then_some(false)
    }

    /// Whether an item at this place may tell more.
    #[must_use]
    pub fn wants(&self, inc: Incarnation, seq: u64, id: &ItemId) -> bool {
        match self.lacking {
            Lacking::Nothing => false,
            Lacking::First(of) => of == inc && seq == 1,
            Lacking::Item(wanted) => wanted == *id,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const ID: ItemId = ItemId::from_bytes([1; 32]);

    #[test]
    fn what_leads_up_to_the_leaving_counts_and_what_cannot_be_told_waits() {
        let mut led = LedUp {
            runs: BTreeMap::from([(Incarnation(6), 4)]),
            lacking: Lacking::Item(ID),
        };
        let other = ItemId::from_bytes([2; 32]);
        assert_eq!(led.holds(Incarnation(6), 4, &other), Some(true));
        assert_eq!(led.holds(Incarnation(6), 5, &other), Some(false));
        assert_eq!(led.holds(Incarnation(7), 1, &other), None);
        assert_eq!(led.holds(Incarnation(7), 1, &ID), Some(true));
        assert!(led.wants(Incarnation(7), 1, &ID));
        led.lacking = Lacking::Nothing;
        assert_eq!(led.holds(Incarnation(7), 1, &other), Some(false));
    }
}
