//! What sets of acts say: the present one, kept up act by act, and those that others knew.

use std::sync::Arc;

use belay_model::ItemId;

use super::Membership;
use super::act_set::ActSet;
use super::node::Node;
use crate::view::MembershipView;

/// Views of branches that are kept, so that growing branches in turn does not begin at the first act each time.
const RECENT_MAX: usize = 16;

/// What a set of acts says, and which of its acts do not count although their authors had the right.
#[derive(Debug, Clone, Default)]
pub(super) struct Standing {
    pub fallen: ActSet,
    pub view: Arc<MembershipView>,
}

impl Membership {
    /// Brings the present view up to date: by this act alone wherever that gives the same as laying all anew.
    pub(super) fn take_effect(&mut self, number: usize, follows_all: bool) {
        let Some(mut standing) = self.now.take() else {
            return;
        };
        let Some(node) = self.nodes.get(number) else {
            return;
        };
        let alone =
            follows_all || (!self.contested && standing.view.commutes(&node.act.body.operation));
        if let (true, Some(laid)) = (alone, node.laid()) {
            self.work.add(1);
            Arc::make_mut(&mut standing.view).apply(&laid);
            // Taken out just above, so there is room.
            let _ = self.now.set(standing);
        }
    }

    /// Keeps the views of branches that may grow on.
    pub(super) fn keep_branches(&mut self, node: &Node, before: &Standing) {
        if let (Some(standing), Some(leaf), 1) =
            (self.now.get(), self.leaves.first(), self.leaves.len())
        {
            self.recent.push((*leaf, Arc::clone(&standing.view)));
        }
        self.recent.retain(|(id, _)| !node.act.heads.contains(id));
        let mut after = Arc::clone(&before.view);
        if let (true, Some(laid)) = (node.right, node.laid()) {
            self.work.add(1);
            Arc::make_mut(&mut after).apply(&laid);
        }
        self.recent.push((node.act.id, after));
        let extra = self.recent.len().saturating_sub(RECENT_MAX);
        self.recent.drain(..extra);
    }

    pub(super) fn standing(&self) -> &Standing {
        self.now.get_or_init(|| {
            let all: ActSet = (0..self.nodes.len()).collect();
            self.standing_of(&all)
        })
    }

    pub(super) fn standing_of(&self, set: &ActSet) -> Standing {
        let fallen = self.settle(set);
        let view = Arc::new(self.lay(set, &fallen));
        Standing { fallen, view }
    }

    /// What somebody knows who holds exactly `heads` and what is before them, which is `past`.
    pub(super) fn standing_at(&self, heads: &[ItemId], past: &ActSet) -> Standing {
        if self.is_everything(heads) {
            return self.standing().clone();
        }
        let [head] = heads else {
            return self.standing_of(past);
        };
        // Nothing in this set is concurrent with its last act, so what counts before it counts with it.
        let Some(node) = self.find(head) else {
            return Standing::default();
        };
        let kept = self.recent.iter().find(|(id, _)| id == head);
        Standing {
            fallen: node.fallen.clone(),
            view: kept.map_or_else(
                || Arc::new(self.lay(past, &node.fallen)),
                |(_, view)| Arc::clone(view),
            ),
        }
    }

    /// Lays the acts of a set that count, one after the other.
    pub(super) fn lay(&self, set: &ActSet, fallen: &ActSet) -> MembershipView {
        let mut view = MembershipView::default();
        for number in self.in_order(&set.without(fallen)) {
            let node = self.node(number);
            if let (true, Some(laid)) = (node.right, node.laid()) {
                self.work.add(1);
                view.apply(&laid);
            }
        }
        view
    }

    /// The acts of a set in the order they are laid.
    pub(super) fn in_order(&self, set: &ActSet) -> Vec<usize> {
        let mut numbers: Vec<usize> = set.iter().collect();
        numbers.sort_by_key(|number| self.node(*number).order);
        numbers
    }
}
