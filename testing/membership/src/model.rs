//! The rules of docs/protocol.md, "Membership", written down once more, slowly and with plain sets. Signatures,
//! certificates, the limits of sizes and spaces that are no circles are left out: they have tests of their own.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

use belay_model::{DeviceId, ItemId, PersonId};
use belay_protocol::Operation::{self, AddDevice, AddPerson, Create, Leave, Merge, Remove};
use belay_protocol::Operation::{RotateRecovery, SetPolicy, SetRole};
use belay_protocol::{Policy, Removal, RemoveTarget, Role};

/// Acts by their places in the list, in which every act stands after its heads.
pub(crate) type Set = BTreeSet<usize>;

/// An act whose signatures hold.
#[derive(Debug, Clone)]
pub(crate) struct Op {
    pub(crate) id: ItemId,
    pub(crate) author: DeviceId,
    pub(crate) root: Option<(PersonId, [u8; 32])>,
    pub(crate) heads: Set,
    pub(crate) operation: Operation,
    pub(crate) named: Option<(DeviceId, PersonId)>,
    pub(crate) consents: Vec<DeviceId>,
}
/// What acts say that count: each with its place and its author's person, in order.
pub(crate) struct State<'a>(Vec<(usize, &'a Op, PersonId)>);
impl<'a> State<'a> {
    fn last<T>(&self, says: impl Fn(&'a Op, PersonId) -> Option<T>) -> Option<T> {
        self.0.iter().rev().find_map(|(_, op, by)| says(op, *by))
    }
    pub(crate) fn policy(&self) -> Option<&'a Policy> {
        self.last(|op, _| match &op.operation {
            Create { policy, .. } | SetPolicy { policy, .. } => Some(policy),
            _ => None,
        })
    }
    /// Everyone who was added, first come first, with the act.
    pub(crate) fn persons(&self) -> Vec<(PersonId, usize)> {
        let mut found: Vec<(PersonId, usize)> = Vec::new();
        for (at, op, _) in self.0.iter().filter(|(_, op, _)| matches!(op.operation, Create { .. } | AddPerson { .. })) {
            let new = |person: &PersonId| found.iter().all(|(known, _)| known != person);
            found.extend(op.named.filter(|(_, person)| new(person)).map(|(_, person)| (person, *at)));
        }
        found
    }
    pub(crate) fn devices(&self) -> BTreeMap<DeviceId, (PersonId, usize)> {
        let added = self.0.iter().rev().filter_map(|(at, op, _)| Some((*at, op.named?)));
        added.map(|(at, (device, person))| (device, (person, at))).collect()
    }
    pub(crate) fn has_left(&self, person: PersonId) -> bool {
        self.last(|op, by| (by == person && matches!(op.operation, Leave)).then_some(())).is_some()
    }
    pub(crate) fn is_removed(&self, whom: RemoveTarget) -> bool {
        let about = |op: &Op| matches!(op.operation, Remove { target, .. } if target == whom);
        self.last(|op, _| about(op).then_some(())).is_some()
    }
    pub(crate) fn role(&self, of: PersonId) -> (Role, Option<usize>) {
        let given = |op: &Op| if let SetRole { person, role } = op.operation { Some((person, role)) } else { None };
        let found = self.0.iter().rev().find_map(|(at, op, _)| Some((*at, given(op).filter(|(who, _)| *who == of)?.1)));
        let begins =
            if self.persons().first().is_some_and(|(who, _)| *who == of) { Role::Steward } else { Role::Member };
        found.map_or((begins, None), |(at, role)| (role, Some(at)))
    }
    pub(crate) fn recovery_pk(&self, person: PersonId) -> Option<[u8; 32]> {
        let new =
            |op: &Op| if let RotateRecovery { new_recovery_pk } = op.operation { Some(new_recovery_pk) } else { None };
        let came = |op: &Op| match &op.operation {
            Create { genesis, .. } | AddPerson { genesis } if op.named?.1 == person => Some(genesis.recovery_pk),
            _ => None,
        };
        self.last(|op, by| new(op).filter(|_| by == person)).or_else(|| self.last(|op, _| came(op)))
    }
    pub(crate) fn present(&self) -> Vec<PersonId> {
        let here = |person: &PersonId| !self.has_left(*person) && !self.is_removed(RemoveTarget::Person(*person));
        self.persons().into_iter().map(|(person, _)| person).filter(here).collect()
    }
    pub(crate) fn is_valid(&self, device: DeviceId) -> bool {
        let person = self.devices().get(&device).map(|(person, _)| *person);
        !self.is_removed(RemoveTarget::Device(device)) && person.is_some_and(|person| self.present().contains(&person))
    }
    pub(crate) fn stewards(&self) -> Vec<PersonId> {
        let present = self.present();
        let named: Vec<_> = present.iter().copied().filter(|id| self.role(*id).0 == Role::Steward).collect();
        if named.is_empty() { present.into_iter().take(1).collect() } else { named }
    }
}
/// What follows from an act's own past.
pub(crate) struct Facts {
    pub(crate) past: Set,
    pub(crate) right: bool,
    person: Option<PersonId>,
    steward: bool,
    /// What the author's right stands on; who consents, each with what that stands on.
    rests: Set,
    grounds: Vec<(PersonId, Set)>,
}
pub(crate) struct Model {
    pub(crate) ops: Vec<Op>,
    pub(crate) facts: Vec<Facts>,
}
impl Model {
    pub(crate) fn new(ops: Vec<Op>) -> Self {
        let mut model = Self { ops, facts: Vec::new() };
        for op in &model.ops {
            let facts = model.facts_of(op);
            model.facts.push(facts);
        }
        model
    }
    fn facts_of(&self, op: &Op) -> Facts {
        let past: Set = op.heads.iter().flat_map(|head| self.facts[*head].past.iter().chain([head])).copied().collect();
        let (before, devices) = (self.state(&past), self.state(&past).devices());
        let made = op.named.filter(|(id, _)| *id == op.author && matches!(op.operation, Create { .. }));
        let known = devices.get(&op.author).map(|(person, _)| *person);
        let person = op.root.or(made.map(|(_, who)| (who, [0; 32]))).map_or(known, |(who, _)| Some(who));
        let with = |act: usize| -> Set { self.facts[act].rests.iter().copied().chain([act]).collect() };
        let addition = || before.persons().into_iter().find(|(who, _)| Some(*who) == person).map(|(_, at)| at);
        let added = if op.root.is_some() { addition() } else { devices.get(&op.author).map(|(_, at)| *at) };
        let role = person.filter(|_| addition().is_some()).and_then(|who| before.role(who).1);
        let right = may(op, person, &before);
        let steward = member(op, &before).is_some_and(|who| before.stewards().contains(&who));
        let rests = added.into_iter().chain(role).flat_map(with).collect();
        let grounds = consenting(op, &before).iter().map(|(who, device)| (*who, with(devices[device].1))).collect();
        Facts { past, right, person, steward, rests, grounds }
    }
    pub(crate) fn state(&self, set: &Set) -> State<'_> {
        self.lay(&(&self.with_right(set) - &self.fallen(set)))
    }
    fn lay(&self, set: &Set) -> State<'_> {
        let act = |at: usize| self.facts[at].person.map(|person| (at, &self.ops[at], person));
        State(self.in_order(set).into_iter().filter_map(act).collect())
    }
    fn with_right(&self, set: &Set) -> Set {
        set.iter().copied().filter(|at| self.facts[*at].right).collect()
    }
    fn depth(&self, at: usize) -> usize {
        self.ops[at].heads.iter().map(|head| self.depth(*head) + 1).max().unwrap_or(0)
    }
    fn in_order(&self, set: &Set) -> Vec<usize> {
        let mut order: Vec<usize> = set.iter().copied().collect();
        order.sort_by_cached_key(|at| (self.depth(*at), self.ops[*at].author, self.ops[*at].id));
        order
    }
    /// Acts that had the right and do not count.
    pub(crate) fn fallen(&self, set: &Set) -> Set {
        let all = self.with_right(set);
        let contested: Set = all.iter().copied().filter(|at| !self.reach(*at, &all).is_empty()).collect();
        let (mut stands, mut undecided) = (Set::new(), contested.clone());
        while !undecided.is_empty() {
            let undoes = |one: &usize, other: &usize| {
                let reach = self.reach(*one, &all);
                reach.contains(other) || !reach.is_disjoint(&self.facts[*other].rests)
            };
            let further = |found: Set, _| {
                let more = undecided.iter().filter(|to| found.iter().any(|by| undoes(by, to)));
                more.chain(&found).copied().collect()
            };
            let directly = |from| undecided.iter().copied().filter(|to| undoes(&from, to)).collect();
            let reaches = |from: usize| undecided.iter().fold(directly(from), further);
            let first = |at: &usize| undecided.iter().all(|by| !reaches(*by).contains(at) || reaches(*at).contains(by));
            let ripe = undecided.iter().copied().filter(first);
            let Some(best) = ripe.max_by_key(|at| self.rank(*at, &undecided, &all)) else { break };
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
        let about = |at: usize| match self.ops[removal].operation {
            Remove { target: RemoveTarget::Person(person), .. } => self.facts[at].person == Some(person),
            Remove { target: RemoveTarget::Device(device), .. } => {
                self.ops[at].author == device && self.ops[at].root.is_none()
            }
            _ => false,
        };
        let unknown = |at: usize| at != removal && !self.facts[removal].past.contains(&at);
        all.iter().copied().filter(|at| unknown(*at) && about(*at)).collect()
    }
    fn rank(&self, at: usize, undecided: &Set, all: &Set) -> impl Ord + use<> {
        let sound = |ground: &Set| undecided.iter().all(|by| *by == at || self.reach(*by, all).is_disjoint(ground));
        let grounds = self.facts[at].grounds.iter().filter(|(_, ground)| sound(ground));
        let consents: BTreeSet<PersonId> = grounds.map(|(person, _)| *person).collect();
        let op = &self.ops[at];
        let last = (Reverse(op.author), Reverse(op.id));
        (op.root.is_some(), consents.len(), self.facts[at].steward, self.depth(at), last)
    }
    /// What falls if of the contested removals exactly these stand.
    fn fallen_beside(&self, all: &Set, contested: &Set, stands: &Set) -> Set {
        let void: Set = stands.iter().flat_map(|removal| self.reach(*removal, all)).collect();
        let mut fallen = Set::new();
        for at in self.in_order(all) {
            let (op, facts) = (&self.ops[at], &self.facts[at]);
            let by_root = |root: &usize| self.ops[*root].root.is_some_and(|(who, _)| Some(who) == facts.person);
            let unknown = |root: &usize| !facts.past.contains(root) && !self.facts[*root].past.contains(&at);
            let old_words = |root: &usize| by_root(root) && unknown(root) && !void.contains(root);
            let rotated = matches!(op.operation, RotateRecovery { .. }) && all.iter().any(old_words);
            let overruled = contested.contains(&at) && !stands.contains(&at);
            let before = self.lay(&(&self.with_right(&facts.past) - &fallen));
            if void.contains(&at) || overruled || rotated || !may(op, facts.person, &before) {
                fallen.insert(at);
            }
        }
        fallen
    }
}
/// The person of the author's device, if that may write.
fn member(op: &Op, state: &State<'_>) -> Option<PersonId> {
    let valid = op.root.is_none() && state.is_valid(op.author);
    state.devices().get(&op.author).map(|(person, _)| *person).filter(|_| valid)
}
fn consenting(op: &Op, state: &State<'_>) -> Vec<(PersonId, DeviceId)> {
    let (mine, devices) = (member(op, state).map(|person| (person, op.author)), state.devices());
    let others = op.consents.iter().filter(|id| state.is_valid(**id)).map(|id| (devices[id].0, *id));
    let about = |who| matches!(op.operation, Remove { target: RemoveTarget::Person(person), .. } if person == who);
    mine.into_iter().chain(others).filter(|(who, _)| !about(*who)).collect()
}
/// Whether the author may do it where this is what the author knows.
fn may(op: &Op, person: Option<PersonId>, state: &State<'_>) -> bool {
    let (present, devices, member) = (state.present(), state.devices(), member(op, state));
    let stands_for = |who: PersonId| match op.root {
        Some((of, pk)) => of == who && present.contains(&who) && state.recovery_pk(who) == Some(pk),
        None => member == Some(who),
    };
    let is_new = |(device, _): (DeviceId, PersonId)| !devices.contains_key(&device);
    let consenting: BTreeSet<PersonId> = consenting(op, state).into_iter().map(|(who, _)| who).collect();
    let majority = member.is_some() && 2 * consenting.len() > present.len();
    let steward = member.is_some_and(|who| state.stewards().contains(&who));
    let (now, by) = (state.policy(), |policy: &Policy| (policy.removal, policy.history));
    let by_majority = now.is_some_and(|now| now.removal == Removal::Majority);
    let only_relays = |new: &Policy| now.map(by) == Some(by(new));
    match &op.operation {
        Create { .. } => op.heads.is_empty() && person.is_some(),
        AddPerson { .. } => steward && op.named.is_some_and(is_new),
        AddDevice { certificate: of } => stands_for(of.person_id) && op.named.is_some_and(is_new),
        Remove { target: RemoveTarget::Device(device), .. } => state.is_valid(*device) && stands_for(devices[device].0),
        Remove { target: RemoveTarget::Person(who), .. } if member == Some(*who) || !present.contains(who) => false,
        Remove { .. } => (by_majority && majority) || (!by_majority && steward),
        Leave | Merge => member.is_some(),
        SetRole { person, .. } => steward && present.contains(person),
        SetPolicy { policy, .. } if only_relays(policy) => steward,
        SetPolicy { .. } => majority,
        RotateRecovery { new_recovery_pk: new } => member.is_some_and(|who| state.recovery_pk(who) != Some(*new)),
    }
}
