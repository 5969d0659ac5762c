//! What people write anew: check-ins, goals and what came of them.

use std::collections::BTreeMap;

use belay_engine::model::{Field, FieldSet, GoalFields, Mood, OutcomeStatus, Schedule, SpaceId};
use belay_engine::{NewCheckIn, NewGoal, NewOutcome};

use crate::ledger::{Kind, State};
use crate::world::{Came, Held, World};

fn all_fields<F: Field>(world: &World, device: usize) -> BTreeMap<SpaceId, FieldSet<F>> {
    let pairs = world.pairs_of(world.devices[device].person);
    pairs
        .iter()
        .map(|pair| (pair.id, FieldSet::<F>::all()))
        .collect()
}

impl World {
    /// A new check-in, shared as usual or with nobody.
    pub fn write_check_in(&mut self, device: usize) -> Held<()> {
        let private = self.chance.permille(300);
        self.write_check_in_as(device, private).map(drop)
    }

    /// A new check-in; gives its text when it was acknowledged.
    pub fn write_check_in_as(&mut self, device: usize, private: bool) -> Held<Option<String>> {
        let text = self.ledger.word();
        let mood = u8::try_from(self.chance.below(5) + 1).ok();
        let new = NewCheckIn {
            mood: mood.and_then(|mood| Mood::new(mood).ok()),
            note: Some(text.clone()),
            audience: private.then(BTreeMap::new),
            ..NewCheckIn::default()
        };
        let what = format!("writes check-in {text} (private: {private})");
        let came = self.tell(device, &what, |engine| engine.write_check_in(new))?;
        let Came::Done(view) = came else {
            return Ok(None);
        };
        self.note_made(device, Kind::CheckIn, view.name, text.clone(), private);
        Ok(Some(text))
    }

    /// A new goal.
    pub fn add_goal(&mut self, device: usize) -> Held<()> {
        let private = self.chance.permille(400);
        let text = self.ledger.word();
        let audience: BTreeMap<SpaceId, GoalFields> = match private {
            true => BTreeMap::new(),
            false => all_fields(self, device),
        };
        let new = NewGoal {
            title: text.clone(),
            schedule: Schedule::Daily,
            why: None,
            audience,
            ..NewGoal::default()
        };
        let what = format!("adds goal {text} (private: {private})");
        let came = self.tell(device, &what, |engine| engine.add_goal(new))?;
        if let Came::Done(view) = came {
            self.note_made(device, Kind::Goal, view.name, text, private);
        }
        Ok(())
    }

    /// What came of a goal today.
    pub fn log_outcome(&mut self, device: usize) -> Held<()> {
        let Some((_, goal)) = self.draw(device, Kind::Goal, State::Present) else {
            return Ok(());
        };
        let status = OutcomeStatus::ALL.get(self.chance.below(4)).copied();
        let note = self.ledger.word();
        let what = format!("logs an outcome of {goal}: {note}");
        let new = NewOutcome {
            goal,
            on: None,
            status: status.unwrap_or(OutcomeStatus::Done),
            note: Some(note),
            reason: None,
            amount: None,
        };
        self.order(device, &what, |engine| engine.log_outcome(new))
    }
}
