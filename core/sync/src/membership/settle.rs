//! Rules 2 and 3 of membership: what removals void, and which of those that void each other stand
//! (docs/protocol.md, "Membership", M13 to M17).

use std::cmp::Reverse;
use std::collections::BTreeMap;

use belay_model::{DeviceId, ItemId, PersonId};
use belay_protocol::RemoveTarget;

use super::Membership;
use super::act_set::ActSet;
use super::node::{Node, Removing};
use super::rights::By;

/// Contested removals of one person's devices that are weighed at all: the best ranked. Nobody honest has more,
/// and whoever signs thousands must not make everybody weigh each against each.
const CONTESTED_MAX: usize = 16;

/// How a contested removal ranks: P's about an own device, who consents, steward, depth; then the lower author and id.
type Rank = (bool, usize, bool, u32, Reverse<DeviceId>, Reverse<ItemId>);

impl Membership {
    /// The acts of a set, with all that is before each, that had the right and do not count.
    pub(crate) fn settle(&self, set: &ActSet) -> ActSet {
        if !self.is_contested() {
            return ActSet::default();
        }
        let contested: Vec<usize> = self
            .removals()
            .filter(|(number, removing)| set.contains(*number) && removing.reach.meets(set))
            .map(|(number, _)| number)
            .collect();
        let all: ActSet = contested.iter().copied().collect();
        let stands = self.choose(set, &all, self.weighed(&contested));
        self.count(set, &all, &stands)
    }

    /// Of each person's contested removals the best ranked.
    fn weighed(&self, contested: &[usize]) -> Vec<usize> {
        let mut of_person: BTreeMap<Option<PersonId>, Vec<usize>> = BTreeMap::new();
        for number in contested {
            let of = of_person.entry(self.node(*number).by.person());
            of.or_default().push(*number);
        }
        for removals in of_person.values_mut() {
            removals.sort_by_key(|number| Reverse(self.rank(*number, &[])));
            removals.truncate(CONTESTED_MAX);
        }
        of_person.into_values().flatten().collect()
    }

    /// Goes through the contested removals, those first that none outside their own circle of contradictions
    /// undoes, and of these the best ranked. One stands if it counts beside those that stand already and all of
    /// them count beside it.
    fn choose(&self, set: &ActSet, contested: &ActSet, mut undecided: Vec<usize>) -> ActSet {
        let mut stands = ActSet::default();
        while let Some(best) = self.next(&undecided) {
            undecided.retain(|number| *number != best);
            let mut tried = stands.clone();
            tried.insert(best);
            if tried.meets(&self.count(set, contested, &tried)) {
                continue;
            }
            stands = tried;
            if let Some(removing) = &self.node(best).removal {
                undecided.retain(|number| !removing.reach.contains(*number));
            }
        }
        stands
    }

    fn next(&self, undecided: &[usize]) -> Option<usize> {
        // Who undoes whom, at first directly, then over any number of steps.
        let mut undoes: Vec<ActSet> = undecided
            .iter()
            .map(|one| {
                let others = undecided.iter().enumerate();
                others
                    .filter(|(_, other)| *other != one && self.undoes(*one, **other))
                    .map(|(at, _)| at)
                    .collect()
            })
            .collect();
        for through in 0..undecided.len() {
            let further = undoes.get(through).cloned().unwrap_or_default();
            for reached in undoes.iter_mut().filter(|set| set.contains(through)) {
                reached.join(&further);
            }
        }
        let is_first = |at: usize| {
            let answers = |other: usize| undoes.get(at).is_some_and(|set| set.contains(other));
            undoes
                .iter()
                .enumerate()
                .all(|(other, set)| !set.contains(at) || answers(other) || other == at)
        };
        undecided
            .iter()
            .enumerate()
            .filter(|(at, _)| is_first(*at))
            .map(|(_, number)| *number)
            .max_by_key(|number| self.rank(*number, undecided))
    }

    /// Whether one removal voids the other, or something the other's author stands on.
    fn undoes(&self, one: usize, other: usize) -> bool {
        self.node(one).removal.as_ref().is_some_and(|removing| {
            removing.reach.contains(other) || removing.reach.meets(&self.node(other).rests)
        })
    }

    fn rank(&self, number: usize, rivals: &[usize]) -> Rank {
        let node = self.node(number);
        let order = node.order;
        let last = (Reverse(order.author), Reverse(order.id));
        let Some(removing) = &node.removal else {
            return (false, 0, false, order.depth, last.0, last.1);
        };
        let root =
            matches!(node.by, By::Root(..)) && matches!(removing.target, RemoveTarget::Device(_));
        let consents = self.consenting(removing, number, rivals);
        (
            root,
            consents,
            removing.steward,
            order.depth,
            last.0,
            last.1,
        )
    }

    /// How many persons consent whose own addition no rival would void.
    fn consenting(&self, removing: &Removing, number: usize, rivals: &[usize]) -> usize {
        let is_sound = |ground: &ActSet| {
            rivals
                .iter()
                .filter(|rival| **rival != number)
                .filter_map(|rival| self.node(*rival).removal.as_ref())
                .all(|rival| !rival.reach.meets(ground))
        };
        let mut persons: Vec<PersonId> = removing
            .grounds
            .iter()
            .filter(|(_, ground)| is_sound(ground))
            .map(|(person, _)| *person)
            .collect();
        persons.sort_unstable();
        persons.dedup();
        persons.len()
    }

    /// Acts of the set that had the right and do not count, if of the contested removals exactly these stand.
    fn count(&self, set: &ActSet, contested: &ActSet, stands: &ActSet) -> ActSet {
        let mut void = ActSet::default();
        for number in stands.iter() {
            if let Some(removing) = &self.node(number).removal {
                void.join(&removing.reach.within(set));
            }
        }
        let mut fallen = ActSet::default();
        for number in self.in_order(set) {
            let node = self.node(number);
            if !node.right {
                continue;
            }
            let falls = void.contains(number)
                || (contested.contains(number) && !stands.contains(number))
                || self.is_rotated_against(node, number, set, &void)
                || !self.still_holds(node, &fallen);
            if falls {
                fallen.insert(number);
            }
        }
        fallen
    }

    /// Whether the author has the right also without what fell.
    fn still_holds(&self, node: &Node, fallen: &ActSet) -> bool {
        fallen.within(&node.past) == node.fallen
            || node
                .claim(self.space())
                .holds(&self.lay(&node.past, fallen))
    }

    /// New recovery words count for nothing beside an act of the old ones that did not know of them.
    fn is_rotated_against(&self, node: &Node, number: usize, set: &ActSet, void: &ActSet) -> bool {
        let Some(person) = node.rotates() else {
            return false;
        };
        self.roots().any(|root| {
            let other = self.node(root);
            other.is_root_of(person)
                && set.contains(root)
                && !void.contains(root)
                && !node.past.contains(root)
                && !other.past.contains(number)
        })
    }
}
