//! An act finds its place in the graph: what its author had the right to, and what it changes for the removals
//! that did not know it.

use belay_model::ItemId;
use belay_protocol::Operation;

use super::act_set::ActSet;
use super::node::{Node, Removing, author_of, consents_of, grounds_of, nonces_of};
use super::rights::{By, Claim};
use super::standing::Standing;
use super::{Act, Membership};
use crate::view::{DeviceView, Order};

impl Membership {
    pub(super) fn judged(
        &self,
        act: Act,
        named: Option<DeviceView>,
        past: ActSet,
        before: &Standing,
    ) -> Node {
        let view = &*before.view;
        let depth = act
            .heads
            .iter()
            .filter_map(|head| self.find(head))
            .map(|node| node.order.depth + 1)
            .max()
            .unwrap_or(0);
        let by = author_of(self.space, &act, named.as_ref(), view);
        let consents = consents_of(self.space, &act, &self.directory, |consent| {
            let used = self.nonces.get(&(consent.device_id, consent.nonce));
            used.is_some_and(|used| used.meets(&past))
        });
        let claim = Claim {
            space: self.space,
            act: &act,
            by,
            named: named.as_ref(),
            consents: &consents,
        };
        let right = claim.holds(view);
        let removal = match &act.body.operation {
            Operation::Remove { target, .. } if right => Some(Removing {
                target: *target,
                steward: claim.is_steward(view),
                grounds: claim
                    .consenting(view)
                    .into_iter()
                    .filter_map(|(person, device)| {
                        let added = view.added_by.get(&device)?;
                        Some((person, self.with_rests(&[added.id])))
                    })
                    .collect(),
                reach: ActSet::default(),
            }),
            _ => None,
        };
        let rests = self.with_rests(&grounds_of(by, &act.author, view));
        let order = Order {
            depth,
            author: act.author,
            id: act.id,
        };
        Node {
            order,
            past,
            named,
            by,
            right,
            fallen: before.fallen.clone(),
            rests,
            removal,
            consents,
            act,
        }
    }

    /// Acts together with what each stands on.
    pub(super) fn with_rests(&self, ids: &[ItemId]) -> ActSet {
        let mut set = ActSet::default();
        for number in ids.iter().filter_map(|id| self.numbers.get(id)) {
            set.insert(*number);
            set.join(&self.node(*number).rests);
        }
        set
    }

    /// Puts a judged act into the graph, without any effect on the view.
    pub(super) fn link(&mut self, mut node: Node) -> usize {
        let number = self.nodes.len();
        for head in &node.act.heads {
            self.leaves.remove(head);
        }
        self.leaves.insert(node.act.id);
        self.numbers.insert(node.act.id, number);
        if let Some(device) = &node.named {
            let known = self.directory.entry(device.id);
            known.or_insert_with(|| device.clone());
        }
        if node.right {
            for nonce in nonces_of(&node.act) {
                self.nonces.entry(nonce).or_default().insert(number);
            }
            self.note_reach(&mut node, number);
            self.note_recovery(&node, number);
        }
        self.nodes.push(node);
        number
    }

    /// Keeps, for each removal, which acts of its target it did not know.
    pub(super) fn note_reach(&mut self, node: &mut Node, number: usize) {
        for removal in &self.removals {
            let removing = self.nodes.get_mut(*removal).map(|node| &mut node.removal);
            if let Some(Some(removing)) = removing
                && removing.is_about(node)
            {
                removing.reach.insert(number);
                self.contested = true;
            }
        }
        if let Some(removing) = &mut node.removal {
            let unknown = |number: &usize| !node.past.contains(*number);
            removing.reach = (0..self.nodes.len())
                .filter(unknown)
                .filter(|number| {
                    let other = self.nodes.get(*number);
                    other.is_some_and(|other| other.right && removing.is_about(other))
                })
                .collect();
            self.contested |= !removing.reach.is_empty();
            self.removals.push(number);
        }
    }

    pub(super) fn note_recovery(&mut self, node: &Node, number: usize) {
        if let Some(person) = node.rotates() {
            self.contested |= self
                .roots
                .iter()
                .any(|root| !node.past.contains(*root) && self.node(*root).is_root_of(person));
            self.rotations.push(number);
        }
        if matches!(node.by, By::Root(..)) {
            self.contested |= self.rotations.iter().any(|rotation| {
                let person = self.node(*rotation).rotates();
                !node.past.contains(*rotation) && person.is_some_and(|of| node.is_root_of(of))
            });
            self.roots.push(number);
        }
    }
}
