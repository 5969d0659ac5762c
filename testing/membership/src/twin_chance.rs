//! Long graphs drawn by chance: several branches that know little of each other, members who act without right, under
//! old heads and twice at once, own devices, recovery keys, consents.

use belay_model::{DeviceId, ItemId, PersonId};
use belay_protocol::{History, Operation, Removal, Role, SpaceType};
use belay_sync::{Act, ActVerdict, Membership};

use crate::cast::{Device, Persona, act, consent, policy, removal, removal_of, root_act};
use crate::chance::Chance;
use crate::twin::Twin;

struct Drawing {
    chance: Chance,
    twin: Twin,
    personas: Vec<Persona>,
    /// Further devices, each with its persona's place.
    devices: Vec<(usize, Device)>,
    /// Recovery keys that replaced the first ones, by persona.
    new_roots: Vec<(usize, belay_crypto::RootKey)>,
}

/// Draws a graph of so many acts, compares after each, and lets the acts arrive once more in another order.
///
/// # Errors
/// What differs, with the graph.
pub fn draw(seed: u64, acts: usize) -> Result<(), String> {
    grow(Chance::new(seed), acts).map(drop)
}

/// As [`draw`], with choices that the bytes make; ends with them. Tells how many acts there were.
///
/// # Errors
/// What differs, with the graph.
pub fn follow(choices: &[u8], acts: usize) -> Result<usize, String> {
    grow(Chance::of_choices(choices), acts)
}

fn grow(mut chance: Chance, acts: usize) -> Result<usize, String> {
    let founder = Persona::make(&mut chance);
    let removal = if chance.below(2) == 0 { Removal::Steward } else { Removal::Majority };
    let create = founder.creation(SpaceType::Circle, policy(removal, History::All));
    let twin = Twin::new(act(founder.first.id, Vec::new(), create));
    let mut drawing = Drawing { chance, twin, personas: vec![founder], devices: Vec::new(), new_roots: Vec::new() };
    for _ in 0..acts {
        if drawing.chance.is_used_up() {
            break;
        }
        let verdict = drawing.step();
        if verdict != ActVerdict::Known {
            drawing.twin.compare(Some(verdict))?;
        }
    }
    drawing.arrive_otherwise()?;
    Ok(drawing.twin.ops.len())
}

impl Drawing {
    /// What some author knows: often everything, else what is before some acts.
    fn heads(&mut self) -> Vec<ItemId> {
        let real = &self.twin.real;
        if self.chance.below(3) == 0 {
            let mut leaves = real.leaves();
            leaves.truncate(16);
            return leaves;
        }
        let acts = &self.twin.acts;
        let mut heads: Vec<ItemId> = Vec::new();
        for _ in 0..=self.chance.below(2) {
            // Lately more often than long ago.
            let back = self.chance.below(acts.len()).min(self.chance.below(acts.len()));
            heads.push(acts[acts.len() - 1 - back].id);
        }
        heads.sort_unstable();
        heads.dedup();
        let all = heads.clone();
        heads.retain(|head| !all.iter().any(|other| other != head && real.covers(&[*other], &[*head])));
        heads
    }

    fn persona(&mut self) -> usize {
        self.chance.below(self.personas.len())
    }

    fn person(&mut self) -> PersonId {
        let at = self.persona();
        self.personas[at].id()
    }

    /// Any device: of a member, of one who left, of one who is not in yet.
    fn device(&mut self) -> DeviceId {
        let at = self.chance.below(self.personas.len() + self.devices.len());
        match at.checked_sub(self.personas.len()) {
            None => self.personas[at].first.id,
            Some(at) => self.devices[at].1.id,
        }
    }

    fn step(&mut self) -> ActVerdict {
        let (heads, author) = (self.heads(), self.device());
        let signs = self.persona();
        let (next, root): (Act, _) = match self.chance.below(20) {
            0..=3 => {
                let new = Persona::make(&mut self.chance);
                let next = act(author, heads, new.addition());
                self.personas.push(new);
                (next, None)
            }
            4 => (act(author, heads, self.personas[signs].addition()), None),
            5..=9 => {
                let mut operation = removal(self.person());
                self.gather(&mut operation, &heads);
                (act(author, heads, operation), None)
            }
            10..=12 => {
                let (person, steward) = (self.person(), self.chance.below(3) > 0);
                let role = if steward { Role::Steward } else { Role::Member };
                (act(author, heads, Operation::SetRole { person, role }), None)
            }
            13 => (act(author, heads, Operation::Leave), None),
            14 => (act(author, heads, Operation::Merge), None),
            15 => {
                let kind = if self.chance.below(2) == 0 { Removal::Steward } else { Removal::Majority };
                let mut new = policy(kind, History::FromNow);
                new.relays = vec![format!("https://{}.example", self.chance.below(3))];
                let mut operation = Operation::SetPolicy { policy: new, endorsements: Vec::new() };
                self.gather(&mut operation, &heads);
                (act(author, heads, operation), None)
            }
            16 => {
                let new = belay_crypto::RootKey::make(&mut self.chance);
                let operation = Operation::RotateRecovery { new_recovery_pk: new.public() };
                let whose = self.personas.iter().position(|persona| persona.first.id == author);
                self.new_roots.extend(whose.map(|at| (at, new)));
                (act(author, heads, operation), None)
            }
            17..=18 => {
                let device = self.personas[signs].device(&mut self.chance);
                let operation = Operation::AddDevice { certificate: device.certificate.clone() };
                let by_root = self.chance.below(2) == 0;
                let carrier = if by_root { device.id } else { author };
                self.devices.push((signs, device));
                if by_root {
                    self.by_root(signs, carrier, heads, operation)
                } else {
                    (act(author, heads, operation), None)
                }
            }
            _ => {
                let operation = removal_of(self.device());
                if self.chance.below(2) == 0 {
                    self.by_root(signs, author, heads, operation)
                } else {
                    (act(author, heads, operation), None)
                }
            }
        };
        self.twin.take(next, root)
    }

    /// Signs with the first or a later recovery key of a persona.
    fn by_root(
        &mut self,
        persona: usize,
        carrier: DeviceId,
        heads: Vec<ItemId>,
        operation: Operation,
    ) -> (Act, Option<(PersonId, [u8; 32])>) {
        let later = self.new_roots.iter().rev().find(|(of, _)| *of == persona).map(|(_, root)| root);
        let root = match later {
            Some(later) if self.chance.below(2) == 0 => later,
            _ => &self.personas[persona].root,
        };
        let next = root_act(root, self.twin.space(), carrier, heads, operation);
        // Who is meant stands in the operation; whether this key may speak for them the past says.
        let meant = match &next.body.operation {
            Operation::AddDevice { certificate } => Some(certificate.person_id),
            Operation::Remove { target: belay_protocol::RemoveTarget::Device(device), .. } => self
                .personas
                .iter()
                .map(|p| &p.first)
                .chain(self.devices.iter().map(|(_, d)| d))
                .find(|d| d.id == *device)
                .map(|d| d.person),
            _ => None,
        };
        let key = meant.map(|person| (person, root.public()));
        (next, key)
    }

    fn gather(&mut self, operation: &mut Operation, heads: &[ItemId]) {
        let mut by: Vec<&Device> = Vec::new();
        for persona in &self.personas {
            if self.chance.below(2) == 0 {
                by.push(&persona.first);
            }
        }
        for (_, device) in &self.devices {
            if self.chance.below(4) == 0 {
                by.push(device);
            }
        }
        by.truncate(64);
        let mut nonce = [0; 16];
        nonce.copy_from_slice(&heads[0].as_bytes()[..16]);
        nonce[0] ^= u8::try_from(self.twin.ops.len()).unwrap_or_default();
        consent(operation, self.twin.space(), &by, nonce);
    }

    /// The same acts in another order that respects causes give the same, at once and in between.
    fn arrive_otherwise(&mut self) -> Result<(), String> {
        let mut chance = Chance::new(self.chance.number());
        let mut waiting = self.twin.acts.clone();
        let mut other = Membership::new(self.twin.space());
        while !waiting.is_empty() {
            let at = chance.below(waiting.len());
            let next = waiting.swap_remove(at);
            if chance.below(2) == 0 {
                // Asked at any time, the answer is of that time and changes no later one.
                let _ = other.current();
            }
            if other.insert(next.clone()).unwrap() == ActVerdict::MissingHeads {
                waiting.push(next);
            }
        }
        let real = &self.twin.real;
        let same = other.current() == real.current() && other.leaves() == real.leaves();
        let overruled = |graph: &Membership| graph.overruled().into_iter().collect::<std::collections::BTreeSet<_>>();
        if same && overruled(&other) == overruled(real) {
            Ok(())
        } else {
            let model = self.twin.compare(None)?;
            Err(format!("another order of arrival gives another answer\n{}", self.twin.drawn(&model)))
        }
    }
}
