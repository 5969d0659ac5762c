//! When a device claims one place twice: which branch of its chain counts. The answer depends on the
//! items alone, so every replica gives the same one whatever arrived first (docs/protocol.md, "Gate").

use std::collections::BTreeSet;

use belay_model::ItemId;

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

/// Items that stand aside: among several that claim one place the lowest id counts, and what follows an
/// item that stands aside stands aside with it.
#[must_use]
pub fn shadowed(chain: &[Link]) -> BTreeSet<ItemId> {
    let mut links: Vec<&Link> = chain.iter().collect();
    links.sort_by_key(|link| (link.seq, link.id));
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
        assert_eq!(shadowed(&chain), BTreeSet::from([id(5), id(6)]));
    }

    #[test]
    fn a_gap_hides_nothing() {
        let chain = [link(1, 1, 0), link(5, 9, 8), link(6, 2, 9)];
        assert!(shadowed(&chain).is_empty());
    }

    proptest! {
        #[test]
        fn arrival_order_does_not_decide(
            links in proptest::collection::vec((1u64..5, 0u8..6, 0u8..6), 0..12)
                .prop_map(|raw| raw.into_iter().enumerate().map(|(index, (seq, _, prev))| {
                    link(seq, 10 + u8::try_from(index).unwrap_or(0), prev + 10)
                }).collect::<Vec<_>>()),
            seed: u64,
        ) {
            let mut shuffled = links.clone();
            let len = shuffled.len().max(1);
            for index in 0..shuffled.len() {
                let other = (seed as usize).wrapping_mul(index + 7) % len;
                shuffled.swap(index, other);
            }
            prop_assert_eq!(shadowed(&links), shadowed(&shuffled));
            // At most one item stands at each place.
            let aside = shadowed(&links);
            let mut places = BTreeSet::new();
            for link in links.iter().filter(|link| !aside.contains(&link.id)) {
                prop_assert!(places.insert(link.seq));
            }
        }
    }
}
