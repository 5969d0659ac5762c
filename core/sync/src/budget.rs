//! How much one member of a shared space may send before what comes more is parked (docs/protocol.md, "Gate",
//! G26). Days are those of the items' own clocks, so ten years that arrive in one evening are no flood.
//!
//! Of what a member says, which items stand depends on the items alone: the first of each day by (clock, id),
//! and of all days the first that fit the bytes. One that comes late and stands before others pushes the last
//! of them out. Acts, keys and erases cannot be taken back once they took effect; they count as they come.

use std::collections::BTreeMap;

use belay_model::{Hlc, ItemId};
use belay_protocol::ItemKind;

const DAY_MS: i64 = 24 * 60 * 60 * 1000;

/// The bounds for one member of one space.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// Items a member says on one day of their own clock; and, apart from those, erases.
    pub day_items: usize,
    /// Bytes of what a member says in all; and, apart from those, of acts, keys and erases.
    pub bytes: u64,
    /// Acts in all; likewise statements of keys, and `wraps`.
    pub control_items: u64,
    /// Epochs in all.
    pub epochs: u64,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            day_items: 2_000,
            bytes: 256 * 1024 * 1024,
            control_items: 4_096,
            epochs: 512,
        }
    }
}

/// One item, as far as the budget looks at it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Sending {
    /// Its kind.
    pub kind: ItemKind,
    /// The clock of its header.
    pub hlc: u64,
    /// Its id.
    pub id: ItemId,
    /// Its bytes, with the body it had when it was signed.
    pub bytes: u64,
}

type Order = (u64, ItemId);

#[derive(Debug, Clone, Copy)]
struct Said<T> {
    bytes: u64,
    tag: T,
}

/// What one member has sent; each item with a `T` by which its keeper finds it.
#[derive(Debug, Clone)]
pub struct Budget<T> {
    limits: Limits,
    said: BTreeMap<Order, Said<T>>,
    days: BTreeMap<i64, usize>,
    said_bytes: u64,
    /// From here on nothing stands: it would not fit the bytes.
    cut: Option<Order>,
    erases: BTreeMap<i64, usize>,
    control: BTreeMap<u8, u64>,
    control_bytes: u64,
}

impl<T: Copy> Budget<T> {
    /// Nothing was sent. `cut` is where an earlier budget of the same member ended, if it did.
    #[must_use]
    pub fn new(limits: Limits, cut: Option<(u64, ItemId)>) -> Self {
        Self {
            limits,
            said: BTreeMap::new(),
            days: BTreeMap::new(),
            said_bytes: 0,
            cut,
            erases: BTreeMap::new(),
            control: BTreeMap::new(),
            control_bytes: 0,
        }
    }

    /// From where on nothing stands because of the bytes in all: to be kept with the items.
    #[must_use]
    pub fn cut(&self) -> Option<(u64, ItemId)> {
        self.cut
    }

    /// Whether the item stands. Leaving always does: `last_word` says that it is the member's first `leave`.
    pub fn takes(&mut self, sending: &Sending, last_word: bool) -> bool {
        if last_word {
            return true;
        }
        let day = day_of(sending.hlc);
        if is_said(sending.kind) {
            let order = (sending.hlc, sending.id);
            if self.cut.is_some_and(|cut| cut <= order) {
                return false;
            }
            let full = self.days.get(&day).copied().unwrap_or(0) >= self.limits.day_items;
            if full && self.last_of(day).is_none_or(|last| last < order) {
                return false;
            }
            // Where it pushes another of its day out, that one's bytes go with it.
            let last = self.said.last_key_value().map(|(last, _)| *last);
            let fits = self.said_bytes.saturating_add(sending.bytes) <= self.limits.bytes;
            if !fits && last.is_none_or(|last| last < order) {
                self.cut = Some(order);
                return false;
            }
            return true;
        }
        if self.control_bytes.saturating_add(sending.bytes) > self.limits.bytes {
            return false;
        }
        let sent = self.control.get(&sending.kind.into()).copied().unwrap_or(0);
        match sending.kind {
            ItemKind::Erase => self.erases.get(&day).copied().unwrap_or(0) < self.limits.day_items,
            ItemKind::Epoch => sent < self.limits.epochs,
            _ => sent < self.limits.control_items,
        }
    }

    /// Counts an item that is kept. Returns those that do not stand any more because of it, which are no
    /// longer counted.
    pub fn note(&mut self, sending: &Sending, tag: T) -> Vec<T> {
        let day = day_of(sending.hlc);
        if !is_said(sending.kind) {
            self.control_bytes = self.control_bytes.saturating_add(sending.bytes);
            *self.control.entry(sending.kind.into()).or_default() += 1;
            if sending.kind == ItemKind::Erase {
                *self.erases.entry(day).or_default() += 1;
            }
            return Vec::new();
        }
        let bytes = sending.bytes;
        let known = self
            .said
            .insert((sending.hlc, sending.id), Said { bytes, tag });
        if let Some(known) = known {
            self.said_bytes = self.said_bytes.saturating_sub(known.bytes);
        } else {
            *self.days.entry(day).or_default() += 1;
        }
        self.said_bytes = self.said_bytes.saturating_add(bytes);
        let mut out = Vec::new();
        while self
            .days
            .get(&day)
            .is_some_and(|count| *count > self.limits.day_items)
        {
            let Some(last) = self.last_of(day) else { break };
            out.extend(self.remove(last));
        }
        while self.said_bytes > self.limits.bytes {
            let Some((last, _)) = self.said.last_key_value() else {
                break;
            };
            let last = *last;
            self.cut = Some(last);
            out.extend(self.remove(last));
        }
        out
    }

    fn remove(&mut self, order: Order) -> Option<T> {
        let said = self.said.remove(&order)?;
        self.said_bytes = self.said_bytes.saturating_sub(said.bytes);
        if let Some(count) = self.days.get_mut(&day_of(order.0)) {
            *count = count.saturating_sub(1);
        }
        Some(said.tag)
    }

    fn last_of(&self, day: i64) -> Option<Order> {
        let end = (first_of(day + 1), ItemId::ZERO);
        self.said
            .range((first_of(day), ItemId::ZERO)..end)
            .next_back()
            .map(|(order, _)| *order)
    }
}

/// Whether the kind says something, as opposed to ordering the space, its keys and what was said.
fn is_said(kind: ItemKind) -> bool {
    !matches!(
        kind,
        ItemKind::Membership | ItemKind::Epoch | ItemKind::Wraps | ItemKind::Kem | ItemKind::Erase
    )
}

fn day_of(hlc: u64) -> i64 {
    Hlc::from_u64(hlc).wall_ms().div_euclid(DAY_MS)
}

/// The lowest clock of a day.
fn first_of(day: i64) -> u64 {
    let start_ms = u64::try_from(day.saturating_mul(DAY_MS)).unwrap_or(0);
    start_ms.saturating_mul(1 << 16)
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use proptest::prelude::*;

    use super::*;

    const SMALL: Limits = Limits {
        day_items: 3,
        bytes: 1_000,
        control_items: 4,
        epochs: 2,
    };

    fn sending(kind: ItemKind, day: u64, at: u64, id: u8, bytes: u64) -> Sending {
        Sending {
            kind,
            hlc: (day * 86_400_000 + at) << 16,
            id: ItemId::from_bytes([id; 32]),
            bytes,
        }
    }

    /// Hands the items in and returns those that stand in the end.
    fn standing(items: &[Sending], limits: Limits) -> BTreeSet<usize> {
        let mut budget = Budget::new(limits, None);
        let mut stands = BTreeSet::new();
        for item in items {
            let tag = usize::from(item.id.to_bytes()[0]);
            if !budget.takes(item, false) {
                continue;
            }
            stands.insert(tag);
            for out in budget.note(item, tag) {
                stands.remove(&out);
            }
        }
        stands
    }

    fn shuffled(items: &[Sending], seed: u64) -> Vec<Sending> {
        let mut shuffled = items.to_vec();
        let len = shuffled.len().max(1);
        for index in 0..shuffled.len() {
            shuffled.swap(index, (seed as usize).wrapping_mul(index + 7) % len);
        }
        shuffled
    }

    proptest! {
        #[test]
        fn which_items_of_a_day_stand_depends_on_no_order(
            raw in proptest::collection::vec((0u64..4, 0u64..6), 0..40),
            seed: u64,
        ) {
            let items: Vec<Sending> = raw.iter().enumerate()
                .map(|(id, (day, at))| {
                    let id = u8::try_from(id).unwrap_or(0);
                    sending(ItemKind::Record, *day, *at, id, 1)
                })
                .collect();
            let stands = standing(&items, SMALL);
            prop_assert_eq!(&stands, &standing(&shuffled(&items, seed), SMALL));
            // And it is the first three of each day.
            let mut sorted = items.clone();
            sorted.sort_by_key(|item| (item.hlc, item.id));
            let mut of_day: BTreeMap<i64, usize> = BTreeMap::new();
            let first: BTreeSet<usize> = sorted.iter()
                .filter(|item| {
                    let count = of_day.entry(day_of(item.hlc)).or_default();
                    *count += 1;
                    *count <= 3
                })
                .map(|item| usize::from(item.id.to_bytes()[0]))
                .collect();
            prop_assert_eq!(stands, first);
        }

        #[test]
        fn which_items_fit_the_bytes_depends_on_no_order(
            raw in proptest::collection::vec((0u64..4, 0u64..6, 1u64..400), 0..30),
            seed: u64,
        ) {
            let limits = Limits { day_items: 1_000, ..SMALL };
            let items: Vec<Sending> = raw.iter().enumerate()
                .map(|(id, (day, at, bytes))| {
                    let id = u8::try_from(id).unwrap_or(0);
                    sending(ItemKind::Record, *day, *at, id, *bytes)
                })
                .collect();
            let stands = standing(&items, limits);
            prop_assert_eq!(&stands, &standing(&shuffled(&items, seed), limits));
            let total: u64 = items.iter()
                .filter(|item| stands.contains(&usize::from(item.id.to_bytes()[0])))
                .map(|item| item.bytes)
                .sum();
            prop_assert!(total <= limits.bytes);
        }
    }

    #[test]
    fn days_are_those_of_the_items_clocks_so_a_late_evening_of_years_is_no_flood() {
        let items: Vec<Sending> = (0..120)
            .map(|day| {
                let id = u8::try_from(day).unwrap_or(0);
                sending(ItemKind::Record, day, 5, id, 1)
            })
            .collect();
        assert_eq!(standing(&items, SMALL).len(), 120);
    }

    #[test]
    fn acts_keys_and_erases_have_bounds_of_their_own_and_leaving_has_none() {
        let mut budget = Budget::new(SMALL, None);
        for id in 0..3 {
            let said = sending(ItemKind::Record, 0, 0, id, 900);
            if budget.takes(&said, false) {
                budget.note(&said, ());
            }
        }
        assert!(!budget.takes(&sending(ItemKind::Ack, 0, 0, 9, 900), false));
        for (kind, most) in [
            (ItemKind::Membership, 4),
            (ItemKind::Wraps, 4),
            (ItemKind::Kem, 4),
            (ItemKind::Epoch, 2),
            (ItemKind::Erase, 3),
        ] {
            for id in 0..most {
                let next = sending(kind, 0, 0, id, 1);
                assert!(budget.takes(&next, false), "{kind:?} {id}");
                budget.note(&next, ());
            }
            assert!(
                !budget.takes(&sending(kind, 0, 0, 99, 1), false),
                "{kind:?}"
            );
        }
        assert!(budget.takes(&sending(ItemKind::Erase, 1, 0, 99, 1), false));
        assert!(budget.takes(&sending(ItemKind::Membership, 0, 0, 99, 1), true));
    }

    #[test]
    fn where_the_bytes_ended_outlives_a_restart() {
        let mut budget = Budget::new(SMALL, None);
        let (first, second) = (
            sending(ItemKind::Record, 0, 0, 1, 900),
            sending(ItemKind::Record, 0, 1, 2, 900),
        );
        assert!(budget.takes(&first, false));
        budget.note(&first, 1);
        assert!(!budget.takes(&second, false));
        let mut again = Budget::new(SMALL, budget.cut());
        again.note(&first, 1);
        let third = sending(ItemKind::Record, 0, 2, 3, 10);
        assert!(
            !again.takes(&third, false),
            "it comes after what did not fit"
        );
    }
}
