//! When a device claims one place twice: which branch of its chain counts. The answer depends on the
//! items alone, so every replica gives the same one whatever arrived first (docs/protocol.md, "Gate").

use std::collections::{BTreeMap, BTreeSet};

use belay_model::{DeviceId, ItemId};

/// One item of a chain, as far as its place matters.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Link {
    /// Its number in the chain.
    pub seq: u64,
    /// Its id.
    pub id: ItemId,
    /// The id it names as the item before it.
    pub prev: [u8; 32],
}

/// What another device of the chain's person said to have of it: the branch that ends there. The order of pins is
/// their rank: the lowest device's word, then what it said first, for later words follow what stood then.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Pin {
    /// Who said so.
    pub by: DeviceId,
    /// When, by that device's clock, which never goes back in what it writes.
    pub hlc: u64,
    /// In which item.
    pub ack: ItemId,
    /// Up to which place.
    pub seq: u64,
    /// The item there.
    pub id: ItemId,
}

/// Items that stand aside: among several that claim one place the one counts on whose branch the lowest pin is, then
/// the lowest id; and what follows an item that stands aside stands aside with it.
#[must_use]
pub fn shadowed(chain: &[Link], pins: &[Pin]) -> BTreeSet<ItemId> {
    let ranks = ranks(chain, pins);
    let rank_of = |link: &Link| {
        let rank = ranks.get(&link.id);
        (rank.is_none(), rank.copied())
    };
    let mut links: Vec<&Link> = chain.iter().collect();
    links.sort_by_key(|link| (link.seq, rank_of(link), link.id));
    let mut aside: BTreeSet<ItemId> = BTreeSet::new();
    let mut standing: Option<&Link> = None;
    for link in links {
        let taken = standing.is_some_and(|other| other.seq == link.seq);
        let before = standing.filter(|other| other.seq.checked_add(1) == Some(link.seq));
        let follows_other = before.is_some_and(|before| before.id.as_bytes() != &link.prev);
        let follows_aside = aside.contains(&ItemId::from_bytes(link.prev));
        if taken || follows_other || follows_aside {
            aside.insert(link.id);
        } else {
            standing = Some(link);
        }
    }
    aside
}

/// The lowest pin on whose branch each item is.
fn ranks<'a>(chain: &[Link], pins: &'a [Pin]) -> BTreeMap<ItemId, &'a Pin> {
    let by_id: BTreeMap<ItemId, &Link> = chain.iter().map(|link| (link.id, link)).collect();
    let mut sorted: Vec<&Pin> = pins.iter().collect();
    sorted.sort_unstable();
    let mut ranks: BTreeMap<ItemId, &Pin> = BTreeMap::new();
    for pin in sorted {
        let mut next = by_id.get(&pin.id).filter(|link| link.seq == pin.seq);
        while let Some(link) = next {
            if ranks.contains_key(&link.id) {
                // So is everything before it, under a lower pin.
                break;
            }
            ranks.insert(link.id, pin);
            let before = by_id.get(&ItemId::from_bytes(link.prev));
            next = before.filter(|before| before.seq < link.seq);
        }
    }
    ranks
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn id(byte: u8) -> ItemId {
        ItemId::from_bytes([byte; 32])
    }

    fn link(seq: u64, own: u8, prev: u8) -> Link {
        Link {
            seq,
            id: id(own),
            prev: [prev; 32],
        }
    }

    #[test]
    fn the_lowest_id_counts_and_its_rivals_followers_stand_aside_with_it() {
        // 1 - 5 - 6      and, from 1 as well, 3 - 4
        let chain = [
            link(1, 1, 0),
            link(2, 5, 1),
            link(3, 6, 5),
            link(2, 3, 1),
            link(3, 4, 3),
        ];
        assert_eq!(shadowed(&chain, &[]), BTreeSet::from([id(5), id(6)]));
    }

    fn pin(by: u8, hlc: u64, seq: u64, item: u8) -> Pin {
        Pin {
            by: DeviceId::from_bytes([by; 32]),
            hlc,
            ack: id(200),
            seq,
            id: id(item),
        }
    }

    #[test]
    fn the_branch_that_a_sibling_said_to_have_stands_against_a_lower_id() {
        // 1 - 5 - 6 - 9      and, from 1 as well, 3 - 4
        let chain = [
            link(1, 1, 0),
            link(2, 5, 1),
            link(3, 6, 5),
            link(4, 9, 6),
            link(2, 3, 1),
            link(3, 4, 3),
        ];
        let higher = BTreeSet::from([id(3), id(4)]);
        let lower = BTreeSet::from([id(5), id(6), id(9)]);
        assert_eq!(shadowed(&chain, &[pin(8, 1, 3, 6)]), higher);
        assert_eq!(
            shadowed(&chain, &[pin(8, 1, 3, 6), pin(9, 0, 3, 4)]),
            higher
        );
        // Of two siblings the lower device's word counts, and of one device what it said first.
        assert_eq!(shadowed(&chain, &[pin(8, 1, 3, 6), pin(7, 5, 2, 3)]), lower);
        assert_eq!(shadowed(&chain, &[pin(8, 1, 2, 3), pin(8, 2, 4, 9)]), lower);
        // What is not there, or not at that place, pins nothing.
        assert_eq!(
            shadowed(&chain, &[pin(8, 1, 3, 77), pin(8, 1, 2, 6)]),
            lower
        );
        // Before the place where the branches part, a pin says nothing about them.
        assert_eq!(shadowed(&chain, &[pin(8, 1, 1, 1)]), lower);
    }

    #[test]
    fn a_gap_hides_nothing() {
        let chain = [link(1, 1, 0), link(5, 9, 8), link(6, 2, 9)];
        assert!(shadowed(&chain, &[]).is_empty());
    }

    proptest! {
        #[test]
        fn arrival_order_does_not_decide(
            links in proptest::collection::vec((1u64..5, 0u8..6, 0u8..6), 0..12)
                .prop_map(|raw| raw.into_iter().enumerate().map(|(index, (seq, _, prev))| {
                    link(seq, 10 + u8::try_from(index).unwrap_or(0), prev + 10)
                }).collect::<Vec<_>>()),
            words in proptest::collection::vec((1u8..4, 0u64..4, 0usize..12), 0..6),
            seed: u64,
        ) {
            let mut pins: Vec<Pin> = words.into_iter().filter_map(|(by, hlc, at)| {
                let link = links.get(at)?;
                Some(Pin { id: link.id, ..pin(by, hlc, link.seq, 0) })
            }).collect();
            let mut shuffled = links.clone();
            let len = shuffled.len().max(1);
            for index in 0..shuffled.len() {
                let other = (seed as usize).wrapping_mul(index + 7) % len;
                shuffled.swap(index, other);
            }
            let aside = shadowed(&links, &pins);
            pins.reverse();
            prop_assert_eq!(&aside, &shadowed(&shuffled, &pins));
            // At most one item stands at each place.
            let mut places = BTreeSet::new();
            for link in links.iter().filter(|link| !aside.contains(&link.id)) {
                prop_assert!(places.insert(link.seq));
            }
        }
    }
}
