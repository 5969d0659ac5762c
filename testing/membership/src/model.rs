//! The rules of docs/protocol.md, "Membership", written down once more, slowly and with plain sets. No state is kept
//! from one question to the next. Signatures, certificates and the limits of sizes are left out: they are others' tests.

use std::collections::{BTreeMap, BTreeSet};

use belay_model::{DeviceId, ItemId, PersonId};
use belay_protocol::{Operation, Policy, Removal, RemoveTarget, Role, SpaceType};

pub(crate) type Set = BTreeSet<usize>;

/// An act whose signatures hold. Acts stand in a list, every one after its heads.
#[derive(Debug, Clone)]
pub(crate) struct Op {
    pub(crate) id: ItemId,
    pub(crate) author: DeviceId,
    /// The person in whose name the recovery key signed, and that key.
    pub(crate) root: Option<(PersonId, [u8; 32])>,
    pub(crate) heads: Set,
    pub(crate) operation: Operation,
    /// The device that the act's certificate makes, and its person.
    pub(crate) named: Option<(DeviceId, PersonId)>,
    /// Devices that consent.
    pub(crate) consents: Vec<DeviceId>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Person {
    pub(crate) left: bool,
    pub(crate) removed: bool,
    pub(crate) role: Role,
    pub(crate) recovery_pk: [u8; 32],
    added_by: usize,
    role_by: Option<usize>,
}

/// What a set of acts says.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct State {
    pub(crate) space_type: Option<SpaceType>,
    pub(crate) creator: Option<PersonId>,
    pub(crate) policy: Option<Policy>,
    /// In the order in which they were added.
    pub(crate) persons: Vec<(PersonId, Person)>,
    /// With the act that added each.
    pub(crate) devices: BTreeMap<DeviceId, (PersonId, usize)>,
    pub(crate) removed_devices: BTreeSet<DeviceId>,
}

impl State {
    pub(crate) fn person(&self, id: PersonId) -> Option<&Person> {
        self.persons.iter().find(|(known, _)| *known == id).map(|(_, person)| person)
    }
    fn person_mut(&mut self, id: PersonId) -> Option<&mut Person> {
        self.persons.iter_mut().find(|(known, _)| *known == id).map(|(_, person)| person)
    }
    pub(crate) fn present(&self) -> Vec<PersonId> {
        let here = |person: &Person| !person.left && !person.removed;
        self.persons.iter().filter(|(_, person)| here(person)).map(|(id, _)| *id).collect()
    }
    pub(crate) fn is_valid(&self, device: DeviceId) -> bool {
        let person = self.devices.get(&device).map(|(person, _)| *person);
        !self.removed_devices.contains(&device) && person.is_some_and(|person| self.present().contains(&person))
    }
    pub(crate) fn stewards(&self) -> Vec<PersonId> {
        if self.space_type != Some(SpaceType::Circle) {
            return Vec::new();
        }
        let present = self.present();
        let named = |id: &PersonId| self.person(*id).is_some_and(|p| p.role == Role::Steward);
        let named: Vec<PersonId> = present.iter().copied().filter(named).collect();
        if named.is_empty() { present.into_iter().take(1).collect() } else { named }
    }
}

pub(crate) struct Model {
    pub(crate) ops: Vec<Op>,
    pub(crate) past: Vec<Set>,
    /// Whether the author had the right in its own past.
    pub(crate) right: Vec<bool>,
    /// What each author's right stands on; who consents to each removal and stands on what; who wrote as steward.
    rests: Vec<Set>,
    grounds: Vec<Vec<(PersonId, Set)>>,
    steward: Vec<bool>,
    person: Vec<Option<PersonId>>,
}

impl Model {
    pub(crate) fn new(ops: Vec<Op>) -> Self {
        let (past, right, rests, grounds, steward, person) = Default::default();
        let mut model = Self { ops, past, right, rests, grounds, steward, person };
        for at in 0..model.ops.len() {
            let op = model.ops[at].clone();
            let past: Set = op.heads.iter().flat_map(|head| model.past[*head].iter().chain([head])).copied().collect();
            let before = model.state(&past);
            model.past.push(past);
            let known = before.devices.get(&op.author).map(|(person, _)| *person);
            let made = op.named.filter(|(id, _)| *id == op.author).map(|(_, person)| person);
            let created = made.filter(|_| matches!(op.operation, Operation::Create { .. }));
            model.person.push(op.root.map(|(person, _)| person).or(created).or(known));
            model.right.push(model.may(at, &before));
            let with = |act: usize| -> Set { model.rests[act].iter().copied().chain([act]).collect() };
            let person = model.person[at].and_then(|id| before.person(id));
            let added = match op.root {
                Some(_) => person.map(|person| person.added_by),
                None => before.devices.get(&op.author).map(|(_, by)| *by),
            };
            let roots = added.into_iter().chain(person.and_then(|person| person.role_by));
            let rests = roots.flat_map(with).collect();
            let ground = |(person, device): &(PersonId, DeviceId)| (*person, with(before.devices[device].1));
            let grounds = model.consenting(at, &before).iter().map(ground).collect();
            let steward = model.member(at, &before).is_some_and(|id| before.stewards().contains(&id));
            (model.rests.push(rests), model.grounds.push(grounds), model.steward.push(steward));
        }
        model
    }

    /// What a set of acts says, which holds the past of each.
    pub(crate) fn state(&self, set: &Set) -> State {
        self.lay(&(&self.with_right(set) - &self.fallen(set)))
    }

    fn with_right(&self, set: &Set) -> Set {
        set.iter().copied().filter(|at| self.right[*at]).collect()
    }

    /// Acts that had the right and do not count.
    pub(crate) fn fallen(&self, set: &Set) -> Set {
        let all = self.with_right(set);
        let contested: Set = all.iter().copied().filter(|at| !self.reach(*at, &all).is_empty()).collect();
        let (mut stands, mut undecided) = (Set::new(), contested.clone());
        while !undecided.is_empty() {
            let undoes = |one: &usize, other: &usize| {
                let reach = self.reach(*one, &all);
                reach.contains(other) || !reach.is_disjoint(&self.rests[*other])
            };
            let reaches = |from: usize| {
                let mut found: Set = undecided.iter().copied().filter(|to| undoes(&from, to)).collect();
                for _ in &undecided {
                    let more = undecided.iter().filter(|to| found.iter().any(|by| undoes(by, to)));
                    found = more.chain(&found).copied().collect();
                }
                found
            };
            let first = |at: &usize| undecided.iter().all(|by| !reaches(*by).contains(at) || reaches(*at).contains(by));
            let best = undecided.iter().copied().filter(first).max_by_key(|at| self.rank(*at, &undecided, &all));
            let Some(best) = best else { break };
            undecided.remove(&best);
            let tried = &stands | &Set::from([best]);
            if tried.is_disjoint(&self.fallen_beside(&all, &contested, &tried)) {
                stands = tried;
                undecided = &undecided - &self.reach(best, &all);
            }
        }
        self.fallen_beside(&all, &contested, &stands)
    }

    /// Acts of the target that a removal did not know.
    fn reach(&self, removal: usize, all: &Set) -> Set {
        let about = |at: &usize| match self.ops[removal].operation {
            Operation::Remove { target: RemoveTarget::Person(person), .. } => self.person[*at] == Some(person),
            Operation::Remove { target: RemoveTarget::Device(device), .. } => {
                self.ops[*at].author == device && self.ops[*at].root.is_none()
            }
            _ => false,
        };
        all.iter().copied().filter(|at| *at != removal && !self.past[removal].contains(at) && about(at)).collect()
    }

    fn rank(&self, at: usize, undecided: &Set, all: &Set) -> impl Ord + use<> {
        let sound = |ground: &Set| undecided.iter().all(|by| *by == at || self.reach(*by, all).is_disjoint(ground));
        let consents: BTreeSet<PersonId> =
            self.grounds[at].iter().filter(|(_, ground)| sound(ground)).map(|(person, _)| *person).collect();
        let (op, depth) = (&self.ops[at], self.depth(at));
        let last = (std::cmp::Reverse(op.author), std::cmp::Reverse(op.id));
        (op.root.is_some(), consents.len(), self.steward[at], depth, last)
    }

    fn fallen_beside(&self, all: &Set, contested: &Set, stands: &Set) -> Set {
        let void: Set = stands.iter().flat_map(|removal| self.reach(*removal, all)).collect();
        let mut fallen = Set::new();
        for at in self.in_order(all) {
            let old_words = |root: &usize| {
                self.ops[*root].root.is_some_and(|(person, _)| Some(person) == self.person[at])
                    && !void.contains(root)
                    && !self.past[at].contains(root)
                    && !self.past[*root].contains(&at)
            };
            let rotates = matches!(self.ops[at].operation, Operation::RotateRecovery { .. });
            let counted = &self.with_right(&self.past[at]) - &fallen;
            if void.contains(&at)
                || (contested.contains(&at) && !stands.contains(&at))
                || (rotates && all.iter().any(old_words))
                || !self.may(at, &self.lay(&counted))
            {
                fallen.insert(at);
            }
        }
        fallen
    }

    fn depth(&self, at: usize) -> usize {
        self.ops[at].heads.iter().map(|head| self.depth(*head) + 1).max().unwrap_or(0)
    }

    fn in_order(&self, set: &Set) -> Vec<usize> {
        let mut order: Vec<usize> = set.iter().copied().collect();
        order.sort_by_key(|at| (self.depth(*at), self.ops[*at].author, self.ops[*at].id));
        order
    }

    /// The person of the author's device, if that may write.
    fn member(&self, at: usize, state: &State) -> Option<PersonId> {
        let valid = self.ops[at].root.is_none() && state.is_valid(self.ops[at].author);
        if valid { self.person[at] } else { None }
    }

    fn consenting(&self, at: usize, state: &State) -> Vec<(PersonId, DeviceId)> {
        let op = &self.ops[at];
        let others = op
            .consents
            .iter()
            .filter(|device| state.is_valid(**device))
            .map(|device| (state.devices[device].0, *device));
        let all = self.member(at, state).map(|person| (person, op.author)).into_iter().chain(others);
        all.filter(|(who, _)| !matches!(&op.operation, Operation::Remove { target: RemoveTarget::Person(person), .. } if person == who)).collect()
    }

    /// Whether the author may do it where this is what the author knows.
    fn may(&self, at: usize, state: &State) -> bool {
        let (op, present, member) = (&self.ops[at], state.present(), self.member(at, state));
        let stands_for = |person: PersonId| match op.root {
            Some((of, pk)) => of == person && state.person(person).is_some_and(|p| p.recovery_pk == pk),
            None => member == Some(person),
        };
        let consenting: BTreeSet<PersonId> = self.consenting(at, state).into_iter().map(|(person, _)| person).collect();
        let majority = member.is_some() && 2 * consenting.len() > present.len();
        let steward = member.is_some_and(|person| state.stewards().contains(&person));
        let policy = state.policy.as_ref();
        match &op.operation {
            Operation::Create { .. } => op.heads.is_empty() && at == 0,
            Operation::AddPerson { .. } => {
                let new = op.named.is_some_and(|(_, person)| state.person(person).is_none());
                let first = member.is_some() && member == state.creator && state.persons.len() == 1;
                new && if state.space_type == Some(SpaceType::Pair) { first } else { steward }
            }
            Operation::AddDevice { certificate: c } => {
                let new = op.named.is_some_and(|(device, _)| !state.devices.contains_key(&device));
                new && present.contains(&c.person_id) && stands_for(c.person_id)
            }
            Operation::Remove { target: RemoveTarget::Device(device), .. } => {
                state.is_valid(*device) && stands_for(state.devices[device].0)
            }
            Operation::Remove { target: RemoveTarget::Person(person), .. } => {
                let enough = if policy.is_some_and(|p| p.removal == Removal::Majority) { majority } else { steward };
                enough
                    && state.space_type == Some(SpaceType::Circle)
                    && member != Some(*person)
                    && present.contains(person)
            }
            Operation::Leave | Operation::Merge => member.is_some(),
            Operation::SetRole { person, .. } => steward && present.contains(person),
            Operation::SetPolicy { policy: new, .. } => {
                let same = policy.is_some_and(|p| p.removal == new.removal && p.history == new.history);
                match state.space_type {
                    Some(SpaceType::Pair) => same && member.is_some(),
                    Some(SpaceType::Circle) => {
                        if same {
                            steward
                        } else {
                            majority
                        }
                    }
                    _ => false,
                }
            }
            Operation::RotateRecovery { new_recovery_pk } => {
                member.and_then(|id| state.person(id)).is_some_and(|p| p.recovery_pk != *new_recovery_pk)
            }
        }
    }

    fn lay(&self, set: &Set) -> State {
        let mut state = State::default();
        for at in self.in_order(set) {
            let Some(author) = self.person[at] else { continue };
            match &self.ops[at].operation {
                Operation::Create { space_type, genesis, policy } => {
                    (state.space_type, state.creator, state.policy) =
                        (Some(*space_type), Some(author), Some(policy.clone()));
                    let role = if *space_type == SpaceType::Circle { Role::Steward } else { Role::Member };
                    self.add_person(&mut state, at, genesis.recovery_pk, role);
                }
                Operation::AddPerson { genesis } => {
                    if state.space_type != Some(SpaceType::Pair) || state.persons.len() < 2 {
                        self.add_person(&mut state, at, genesis.recovery_pk, Role::Member);
                    }
                }
                Operation::AddDevice { .. } => self.add_device(&mut state, at),
                Operation::Remove { target: RemoveTarget::Device(device), .. } => {
                    _ = state.removed_devices.insert(*device)
                }
                Operation::Remove { target: RemoveTarget::Person(id), .. } => {
                    _ = state.person_mut(*id).map(|p| p.removed = true)
                }
                Operation::Leave => _ = state.person_mut(author).map(|p| p.left = true),
                Operation::SetRole { person, role } => {
                    _ = state.person_mut(*person).map(|p| (p.role, p.role_by) = (*role, Some(at)))
                }
                Operation::SetPolicy { policy, .. } => state.policy = Some(policy.clone()),
                Operation::RotateRecovery { new_recovery_pk: pk } => {
                    _ = state.person_mut(author).map(|p| p.recovery_pk = *pk)
                }
                Operation::Merge => {}
            }
        }
        state
    }

    fn add_person(&self, state: &mut State, at: usize, recovery_pk: [u8; 32], role: Role) {
        if let Some((_, id)) = self.ops[at].named.filter(|(_, id)| state.person(*id).is_none()) {
            state
                .persons
                .push((id, Person { left: false, removed: false, role, recovery_pk, added_by: at, role_by: None }));
        }
        self.add_device(state, at);
    }

    fn add_device(&self, state: &mut State, at: usize) {
        if let Some((device, person)) = self.ops[at].named {
            state.devices.entry(device).or_insert((person, at));
        }
    }
}
