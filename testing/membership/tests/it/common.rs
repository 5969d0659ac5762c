//! A circle of people whose acts are told to everybody at once, unless a test says otherwise.

use belay_membership::cast::{Persona, act, policy};
use belay_membership::chance::Chance;
use belay_model::{ItemId, SpaceId};
use belay_protocol::{History, Operation, Removal, Role, SpaceType};
use belay_sync::{ActVerdict, Membership};

/// A circle: its graph, and its people in the order in which they came.
pub struct Circle {
    pub graph: Membership,
    pub people: Vec<Persona>,
    pub chance: Chance,
}

impl Circle {
    /// A circle of so many people, the first of whom made it.
    pub fn of(people: usize, removal: Removal, history: History) -> Self {
        let mut chance = Chance::new(people as u64);
        let people: Vec<Persona> = (0..people).map(|_| Persona::make(&mut chance)).collect();
        let create = people[0].creation(SpaceType::Circle, policy(removal, history));
        let create = act(people[0].first.id, Vec::new(), create);
        let graph = Membership::new(SpaceId::from(create.id));
        let mut circle = Self { graph, people, chance };
        assert_eq!(circle.graph.insert(create).unwrap(), ActVerdict::Counted);
        for person in 1..circle.people.len() {
            let addition = circle.people[person].addition();
            circle.does(0, addition);
        }
        circle
    }

    /// As above, and everybody is steward.
    pub fn of_stewards(people: usize) -> Self {
        let mut circle = Self::of(people, Removal::Steward, History::All);
        for person in 1..people {
            let role = Operation::SetRole { person: circle.people[person].id(), role: Role::Steward };
            circle.does(0, role);
        }
        circle
    }

    /// Somebody who knows everything does something.
    pub fn does(&mut self, person: usize, operation: Operation) -> (ItemId, ActVerdict) {
        let heads = self.graph.leaves();
        self.does_at(person, heads, operation)
    }

    /// Somebody who knows this much does something.
    pub fn does_at(&mut self, person: usize, heads: Vec<ItemId>, operation: Operation) -> (ItemId, ActVerdict) {
        let next = act(self.people[person].first.id, heads, operation);
        let id = next.id;
        (id, self.graph.insert(next).unwrap())
    }

    /// Somebody new gets keys; the place among the people.
    pub fn comes(&mut self) -> usize {
        self.people.push(Persona::make(&mut self.chance));
        self.people.len() - 1
    }

    pub fn is_in(&self, person: usize) -> bool {
        self.graph.current().is_valid(&self.people[person].first.id)
    }
}
