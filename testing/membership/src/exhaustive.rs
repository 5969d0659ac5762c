//! Every graph of few acts: whoever may be there does whatever can be done, knowing whatever can be known.

use std::collections::BTreeSet;

use belay_model::{ItemId, PersonId};
use belay_protocol::{History, Operation, Removal, Role, SpaceType};
use belay_sync::ActVerdict;

use crate::cast::{Persona, act, consent, policy, removal};
use crate::chance::Chance;
use crate::model::{Model, Set};
use crate::twin::Twin;

/// People: the one who creates the space, and two who come.
const PEOPLE: usize = 3;

/// Where a search begins.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Start {
    /// One person, who just created the space.
    Alone,
    /// All three are there, each of them steward.
    Together,
}

/// What was gone through.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Seen {
    /// Graphs, each in every order in which its acts could arrive.
    pub graphs: u64,
    /// Graphs in which something fell that its author had the right to.
    pub with_fallen: u64,
    /// Graphs in which a removal was overruled by another.
    pub with_overruled: u64,
}

struct Search {
    /// Keys of each person's comings.
    cast: Vec<Vec<Persona>>,
    removal: Removal,
    seen: Seen,
}

/// Goes through every graph of `acts` acts after the start, up to the names of those who come.
///
/// # Errors
/// The first graph on which the product and the model differ.
pub fn search(start: Start, removal: Removal, acts: usize) -> Result<Seen, String> {
    let mut chance = Chance::new(1);
    let cast = (0..PEOPLE).map(|_| (0..=acts + 1).map(|_| Persona::make(&mut chance)).collect()).collect();
    let mut search = Search { cast, removal, seen: Seen::default() };
    let first = &search.cast[0][0];
    let create = first.creation(SpaceType::Circle, policy(removal, History::All));
    let mut twin = Twin::new(act(first.first.id, Vec::new(), create));
    if start == Start::Together {
        for person in 1..PEOPLE {
            let next = &search.cast[person][0];
            let role = Operation::SetRole { person: next.id(), role: Role::Steward };
            for operation in [next.addition(), role] {
                twin.take(act(first.first.id, twin.real.leaves(), operation), None);
            }
        }
    }
    let model = twin.compare(None)?;
    let base = twin.ops.len() - 1;
    search.go_on(&twin, &model, base, acts)?;
    Ok(search.seen)
}

impl Search {
    fn go_on(&mut self, twin: &Twin, model: &Model, base: usize, left: usize) -> Result<(), String> {
        if left == 0 {
            return Ok(());
        }
        for heads in knowledge(model, base) {
            let known: Set =
                heads.iter().flat_map(|head| model.facts[*head].past.iter().chain([head])).copied().collect();
            let ids: Vec<ItemId> = heads.iter().map(|head| twin.ops[*head].id).collect();
            for next in self.acts(twin, model, &known, &ids) {
                let mut grown = twin.clone();
                let verdict = grown.take(next, None);
                if verdict == ActVerdict::Known {
                    continue;
                }
                let model = grown.compare(Some(verdict))?;
                self.note(&grown, &model);
                self.go_on(&grown, &model, base, left - 1)?;
            }
        }
        Ok(())
    }

    fn note(&mut self, twin: &Twin, model: &Model) {
        self.seen.graphs += 1;
        self.seen.with_fallen += u64::from(!model.fallen(&(0..twin.ops.len()).collect()).is_empty());
        self.seen.with_overruled += u64::from(!twin.real.overruled().is_empty());
    }

    /// Everything that anybody whom the author's past names could do.
    fn acts(&self, twin: &Twin, model: &Model, known: &Set, heads: &[ItemId]) -> Vec<belay_sync::Act> {
        let state = model.state(known);
        let present = state.present();
        let named: BTreeSet<PersonId> = known.iter().filter_map(|at| twin.ops[*at].named.map(|(_, p)| p)).collect();
        let mut found = Vec::new();
        for author in self.cast.iter().flatten().filter(|persona| named.contains(&persona.id())) {
            let mut operations = vec![Operation::Leave];
            for person in 0..PEOPLE {
                operations.extend(self.coming(twin, person, &present).map(Persona::addition));
            }
            for other in self.cast.iter().flatten().filter(|other| named.contains(&other.id())) {
                if other.id() != author.id() {
                    operations.extend(self.removals(twin, heads, author, other, &present));
                }
                for role in [Role::Member, Role::Steward] {
                    let is = state.role(other.id()).0 == role;
                    if self.removal == Removal::Steward && !is {
                        operations.push(Operation::SetRole { person: other.id(), role });
                    }
                }
            }
            found.extend(operations.into_iter().map(|op| act(author.first.id, heads.to_vec(), op)));
        }
        found
    }

    /// The keys with which a person would come now, or come again; nothing for one who is there, and for the third
    /// before the second ever came: that would be the same graph under another name.
    fn coming(&self, twin: &Twin, person: usize, present: &[PersonId]) -> Option<&Persona> {
        let came = |person: usize| {
            let is = |persona: &Persona| twin.ops.iter().any(|op| op.named.is_some_and(|(_, id)| id == persona.id()));
            self.cast[person].iter().filter(|persona| is(persona)).count()
        };
        let there = self.cast[person].iter().any(|persona| present.contains(&persona.id()));
        let too_early = person == 2 && came(1) == 0 && came(2) == 0;
        if there || too_early { None } else { self.cast[person].get(came(person)) }
    }

    /// The removals of one person by another: alone, and where members decide, with each consent there can be.
    fn removals(
        &self,
        twin: &Twin,
        heads: &[ItemId],
        author: &Persona,
        target: &Persona,
        present: &[PersonId],
    ) -> Vec<Operation> {
        let mut found = vec![removal(target.id())];
        if self.removal == Removal::Majority {
            for other in self.cast.iter().flatten().filter(|other| present.contains(&other.id())) {
                if other.id() != author.id() && other.id() != target.id() {
                    let mut operation = removal(target.id());
                    let nonce = nonce_of(author, heads, twin.ops.len());
                    consent(&mut operation, twin.space(), &[&other.first], nonce);
                    found.push(operation);
                }
            }
        }
        found
    }
}

fn nonce_of(author: &Persona, heads: &[ItemId], at: usize) -> [u8; 16] {
    let mut nonce = [0; 16];
    nonce[..8].copy_from_slice(&author.first.id.as_bytes()[..8]);
    nonce[8..15].copy_from_slice(&heads[0].as_bytes()[..7]);
    nonce[15] = u8::try_from(at).unwrap_or_default();
    nonce
}

/// Every set of acts after the start that somebody could hold, by its last acts.
fn knowledge(model: &Model, base: usize) -> Vec<Vec<usize>> {
    let free: Vec<usize> = (base + 1..model.ops.len()).collect();
    let mut found = BTreeSet::new();
    for chosen in 0_u32..1 << free.len() {
        let held: Set = free.iter().enumerate().filter(|(at, _)| chosen >> at & 1 == 1).map(|(_, act)| *act).collect();
        let whole =
            held.iter().all(|act| model.facts[*act].past.iter().all(|past| *past <= base || held.contains(past)));
        if whole {
            let last = |act: &usize| !held.iter().any(|other| model.facts[*other].past.contains(act));
            let mut heads: Vec<usize> = held.iter().copied().filter(last).collect();
            if heads.is_empty() {
                heads.push(base);
            }
            found.insert(heads);
        }
    }
    found.into_iter().collect()
}
