//! One graph, kept by the product and by the model, compared after every act.

use std::collections::{BTreeMap, BTreeSet};

use belay_model::{DeviceId, ItemId, PersonId, SpaceId};
use belay_protocol::{Operation, RemoveTarget};
use belay_sync::{Act, ActVerdict, Membership, MembershipView, device_of_certificate, device_of_genesis};

use crate::model::{Model, Op, Set, State};

/// A graph in two versions.
#[derive(Clone)]
pub(crate) struct Twin {
    pub(crate) real: Membership,
    pub(crate) ops: Vec<Op>,
    pub(crate) acts: Vec<Act>,
    pub(crate) at: BTreeMap<ItemId, usize>,
}

impl Twin {
    /// Begins with the act that creates the space.
    #[must_use]
    pub(crate) fn new(create: Act) -> Self {
        let mut twin = Self {
            real: Membership::new(SpaceId::from(create.id)),
            ops: Vec::new(),
            acts: Vec::new(),
            at: BTreeMap::new(),
        };
        twin.take(create, None);
        twin
    }

    /// The space.
    #[must_use]
    pub(crate) fn space(&self) -> SpaceId {
        self.real.space()
    }

    /// Takes an act in on both sides. `root` is the key that signed it, for an act of a recovery key.
    pub(crate) fn take(&mut self, act: Act, root: Option<(PersonId, [u8; 32])>) -> ActVerdict {
        let verdict = self.real.insert(act.clone()).unwrap();
        let named = match &act.body.operation {
            Operation::Create { genesis, .. } | Operation::AddPerson { genesis } => Some(device_of_genesis(genesis)),
            Operation::AddDevice { certificate } => Some(device_of_certificate(certificate)),
            _ => None,
        };
        let consents = match &act.body.operation {
            Operation::Remove { endorsements, .. } | Operation::SetPolicy { endorsements, .. } => {
                endorsements.iter().map(|one| one.device_id).collect()
            }
            _ => Vec::new(),
        };
        if matches!(verdict, ActVerdict::Counted | ActVerdict::Void) {
            self.at.insert(act.id, self.ops.len());
            self.ops.push(Op {
                id: act.id,
                author: act.author,
                root,
                heads: act.heads.iter().map(|head| self.at[head]).collect(),
                operation: act.body.operation.clone(),
                named: named.map(|device| (device.id, device.person)),
                consents,
            });
            self.acts.push(act);
        }
        verdict
    }

    /// Compares all that the two sides say of the present, and of what one act knew.
    ///
    /// # Errors
    /// What differs, with the graph.
    pub(crate) fn compare(&self, verdict: Option<ActVerdict>) -> Result<Model, String> {
        let model = Model::new(self.ops.clone());
        let all: Set = (0..self.ops.len()).collect();
        let state = model.state(&all);
        let differs = |what: &str| Err(format!("{what}\n{}", self.drawn(&model)));
        if let Some(verdict) = verdict
            && model.facts.last().map(|facts| facts.right) != Some(verdict == ActVerdict::Counted)
        {
            return differs(&format!("the last act is {verdict:?}"));
        }
        if let Some(what) = difference(self.real.current(), &state) {
            return differs(&format!("now: {what}"));
        }
        let overruled: BTreeSet<ItemId> = model
            .fallen(&all)
            .into_iter()
            .filter(|at| matches!(self.ops[*at].operation, Operation::Remove { .. }))
            .map(|at| self.ops[at].id)
            .collect();
        if self.real.overruled().into_iter().collect::<BTreeSet<_>>() != overruled {
            return differs("other removals are overruled");
        }
        if let Some(last) = self.ops.last() {
            let heads: Vec<ItemId> = last.heads.iter().map(|head| self.ops[*head].id).collect();
            let then = self.real.view_at(&heads).unwrap();
            if let Some(what) = difference(&then, &model.state(&model.facts.last().unwrap().past)) {
                return differs(&format!("for the last author: {what}"));
            }
        }
        Ok(model)
    }

    /// The graph in words, for whoever has to look into it.
    #[must_use]
    pub(crate) fn drawn(&self, model: &Model) -> String {
        let fallen = model.fallen(&(0..self.ops.len()).collect());
        let mut text = String::new();
        for (at, op) in self.ops.iter().enumerate() {
            let standing = match (model.facts[at].right, fallen.contains(&at)) {
                (false, _) => "void",
                (true, true) => "fallen",
                (true, false) => "counts",
            };
            let what = match &op.operation {
                Operation::Create { .. } => "create".to_owned(),
                Operation::AddPerson { .. } | Operation::AddDevice { .. } => format!("add {:?}", op.named),
                Operation::Remove { target, .. } => format!("remove {target:?} with {:?}", op.consents),
                Operation::SetRole { person, role } => format!("{person:?} becomes {role:?}"),
                other => format!("{other:?}"),
            };
            text += &format!("{at} after {:?} by {:?}: {what}: {standing}\n", op.heads, op.author);
        }
        text
    }
}

fn difference(view: &MembershipView, state: &State<'_>) -> Option<String> {
    let devices = state.devices();
    let removed: BTreeSet<DeviceId> =
        devices.keys().copied().filter(|id| state.is_removed(RemoveTarget::Device(*id))).collect();
    let pairs = [
        ("creator", view.creator == state.persons().first().map(|(id, _)| *id)),
        ("policy", view.policy.as_ref() == state.policy()),
        ("removed devices", view.removed_devices == removed),
        ("persons", view.persons.len() == state.persons().len()),
        ("devices", view.devices.keys().eq(devices.keys())),
    ];
    if let Some((what, _)) = pairs.iter().find(|(_, same)| !same) {
        return Some((*what).to_owned());
    }
    let stewards = state.stewards();
    for (id, person) in &view.persons {
        let other = (
            state.has_left(*id),
            state.is_removed(RemoveTarget::Person(*id)),
            state.role(*id).0,
            state.recovery_pk(*id),
        );
        let same = (person.left, person.removed, person.role, Some(person.recovery_pk)) == other;
        if !same || view.is_steward(id) != stewards.contains(id) {
            return Some(format!("{id:?}"));
        }
    }
    let valid: BTreeSet<DeviceId> = view.valid_devices().map(|device| device.id).collect();
    let others: BTreeSet<DeviceId> = devices.keys().copied().filter(|id| state.is_valid(*id)).collect();
    (valid != others).then(|| "valid devices".to_owned())
}
