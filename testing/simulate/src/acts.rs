//! What people do with check-ins, goals and their partners.

use std::collections::BTreeMap;

use belay_engine::model::{
    CheckInFields, Field, GoalFields, Mood, OutcomeStatus, ResponseKind, Schedule, SpaceId,
};
use belay_engine::{NewCheckIn, NewGoal, NewOutcome, NewResponse, Waited};

use crate::ledger::{Kind, Made, State};
use crate::world::{Came, Held, World};

fn all_fields<F: Field>(
    world: &World,
    device: usize,
) -> BTreeMap<SpaceId, belay_engine::model::FieldSet<F>> {
    let pairs = world.pairs_of(world.devices[device].person);
    pairs
        .iter()
        .map(|pair| (pair.id, belay_engine::model::FieldSet::<F>::all()))
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
        self.say(format!(
            "{device} writes check-in {text} (private: {private})"
        ));
        let mood = u8::try_from(self.chance.below(5) + 1).ok();
        let mood = mood.and_then(|mood| Mood::new(mood).ok());
        let new = NewCheckIn {
            mood,
            note: Some(text.clone()),
            audience: private.then(BTreeMap::new),
            ..NewCheckIn::default()
        };
        let came = self.command(device, "write_check_in", |engine| {
            engine.write_check_in(new)
        })?;
        let Came::Done(view) = came else {
            return Ok(None);
        };
        let made = Made {
            person: self.devices[device].person,
            kind: Kind::CheckIn,
            name: view.name,
            text: text.clone(),
            private,
            may_be_lost: self.devices[device].copy_is_in_use(),
        };
        self.ledger.write(made, device, self.step);
        Ok(Some(text))
    }

    /// Changes a check-in.
    pub fn edit_check_in(&mut self, device: usize) -> Held<()> {
        let Some(place) = self.draw(device, Kind::CheckIn, State::Present) else {
            return Ok(());
        };
        let name = self.ledger.things[place].name;
        let text = self.ledger.word();
        self.say(format!("{device} edits check-in {name} to {text}"));
        let new = NewCheckIn {
            note: Some(text.clone()),
            audience: None,
            ..NewCheckIn::default()
        };
        let came = self.command(device, "edit_check_in", |engine| {
            engine.edit_check_in(&name, new)
        })?;
        self.note_text(place, device, text, &came);
        Ok(())
    }

    /// Takes a check-in back.
    pub fn take_check_in_back(&mut self, device: usize) -> Held<()> {
        let Some(place) = self.draw(device, Kind::CheckIn, State::Present) else {
            return Ok(());
        };
        let name = self.ledger.things[place].name;
        self.say(format!("{device} takes check-in {name} back"));
        let came = self.command(device, "undo_check_in", |engine| {
            engine.undo_check_in(&name)
        })?;
        self.note_state(place, device, State::Deleted, &came);
        Ok(())
    }

    /// Brings one back.
    pub fn restore_check_in(&mut self, device: usize) -> Held<()> {
        let Some(place) = self.draw(device, Kind::CheckIn, State::Deleted) else {
            return Ok(());
        };
        let name = self.ledger.things[place].name;
        self.say(format!("{device} restores check-in {name}"));
        let came = self.command(device, "restore_check_in", |engine| {
            engine.restore_check_in(&name)
        })?;
        self.ledger.things[place].came_back = true;
        self.note_state(place, device, State::Present, &came);
        Ok(())
    }

    /// Erases one that was taken back.
    pub fn erase_check_in(&mut self, device: usize) -> Held<()> {
        let Some(place) = self.draw(device, Kind::CheckIn, State::Deleted) else {
            return Ok(());
        };
        let name = self.ledger.things[place].name;
        self.say(format!("{device} erases check-in {name}"));
        let came = self.command(device, "erase_check_in", |engine| {
            engine.erase_check_in(&name)
        })?;
        self.note_state(place, device, State::Erased, &came);
        Ok(())
    }

    /// A new goal.
    pub fn add_goal(&mut self, device: usize) -> Held<()> {
        let private = self.chance.permille(400);
        let text = self.ledger.word();
        self.say(format!("{device} adds goal {text} (private: {private})"));
        let audience: BTreeMap<SpaceId, GoalFields> = match private {
            true => BTreeMap::new(),
            false => all_fields(self, device),
        };
        let new = NewGoal {
            title: text.clone(),
            schedule: Schedule::Daily,
            why: None,
            audience,
        };
        let came = self.command(device, "add_goal", |engine| engine.add_goal(new))?;
        if let Came::Done(view) = came {
            let made = Made {
                person: self.devices[device].person,
                kind: Kind::Goal,
                name: view.name,
                text,
                private,
                may_be_lost: self.devices[device].copy_is_in_use(),
            };
            self.ledger.write(made, device, self.step);
        }
        Ok(())
    }

    /// What came of a goal today.
    pub fn log_outcome(&mut self, device: usize) -> Held<()> {
        let Some(place) = self.draw(device, Kind::Goal, State::Present) else {
            return Ok(());
        };
        let goal = self.ledger.things[place].name;
        let status = OutcomeStatus::ALL.get(self.chance.below(4)).copied();
        let note = self.ledger.word();
        self.say(format!("{device} logs an outcome of {goal}: {note}"));
        let new = NewOutcome {
            goal,
            on: None,
            status: status.unwrap_or(OutcomeStatus::Done),
            note: Some(note),
            reason: None,
        };
        self.command(device, "log_outcome", |engine| engine.log_outcome(new))
            .map(drop)
    }

    /// Answers something that a partner shared.
    pub fn respond(&mut self, device: usize) -> Held<()> {
        let Some(pair) = self.draw_pair(device) else {
            return Ok(());
        };
        let page = self.command(device, "partner", |engine| engine.partner(&pair))?;
        let Came::Done(page) = page else {
            return Ok(());
        };
        let Some(person) = page.partner.person else {
            return Ok(());
        };
        let Some(shared) = self
            .chance
            .of_these(&page.check_ins)
            .map(|shared| shared.name)
        else {
            return Ok(());
        };
        let text = self.ledger.word();
        self.say(format!("{device} answers {shared}: {text}"));
        let new = NewResponse {
            space: pair,
            person,
            about: shared,
            kind: ResponseKind::Encouragement,
            text: Some(text),
        };
        self.command(device, "respond", |engine| engine.respond(new))
            .map(drop)
    }

    /// Pauses or resumes sharing with a partner.
    pub fn pause_or_resume(&mut self, device: usize) -> Held<()> {
        let Some(pair) = self.draw_pair(device) else {
            return Ok(());
        };
        let paused = self.command(device, "partner", |engine| engine.partner(&pair))?;
        let Came::Done(page) = paused else {
            return Ok(());
        };
        if page.partner.paused {
            let waited = [Waited::Share, Waited::Keep][self.chance.below(2)];
            self.say(format!("{device} resumes ({waited:?})"));
            let came = self.command(device, "resume_sharing", |engine| {
                engine.resume_sharing(&pair, waited)
            });
            return came.map(drop);
        }
        self.say(format!("{device} pauses"));
        self.command(device, "pause_sharing", |engine| {
            engine.pause_sharing(&pair)
        })
        .map(drop)
    }

    /// Leaves a partner, or blocks them.
    pub fn part(&mut self, device: usize) -> Held<()> {
        let Some(pair) = self.draw_pair(device) else {
            return Ok(());
        };
        if self.chance.permille(500) {
            self.say(format!("{device} leaves"));
            return self
                .command(device, "leave", |engine| engine.leave(&pair))
                .map(drop);
        }
        self.say(format!("{device} blocks"));
        self.command(device, "block", |engine| engine.block(&pair))
            .map(drop)
    }

    /// Changes what a partner usually sees.
    pub fn choose_fields(&mut self, device: usize) -> Held<()> {
        let Some(pair) = self.draw_pair(device) else {
            return Ok(());
        };
        let fields = match self.chance.permille(700) {
            true => CheckInFields::all(),
            false => CheckInFields::empty(),
        };
        self.say(format!("{device} shares check-ins as {fields:?}"));
        self.command(device, "set_usual_fields", |engine| {
            engine.set_usual_fields(&pair, fields)
        })
        .map(drop)
    }

    /// A space with a partner that the device's person has.
    pub fn draw_pair(&mut self, device: usize) -> Option<SpaceId> {
        let pairs = self.pairs_of(self.devices[device].person);
        self.chance.of_these(&pairs).map(|pair| pair.id)
    }

    /// A thing of the device's person.
    pub fn draw(&mut self, device: usize, kind: Kind, state: State) -> Option<usize> {
        let places = self.ledger.of(self.devices[device].person, kind, state);
        self.chance.of_these(&places).copied()
    }

    /// Notes a text that was written into a thing.
    pub fn note_text<T>(&mut self, place: usize, device: usize, text: String, came: &Came<T>) {
        let step = self.step;
        let lost = self.devices[device].copy_is_in_use();
        let thing = &mut self.ledger.things[place];
        match came {
            Came::Done(_) => {
                thing.may_be_lost |= lost;
                thing.texts.push((device, text));
                thing.touch(device, step);
            }
            Came::Perhaps => thing.perhaps.push(text),
            Came::Refused => {}
        }
    }

    /// Notes what became of a thing.
    pub fn note_state<T>(&mut self, place: usize, device: usize, state: State, came: &Came<T>) {
        let step = self.step;
        let lost = self.devices[device].copy_is_in_use();
        let thing = &mut self.ledger.things[place];
        match came {
            Came::Done(_) => {
                thing.may_be_lost |= lost;
                thing.unsure |= state != State::Erased && !thing.by_one_device();
                thing.unsure &= state != State::Erased;
                thing.touch(device, step);
                thing.unsure |= state != State::Erased && !thing.by_one_device();
                thing.state = state;
            }
            Came::Perhaps => thing.unsure = true,
            Came::Refused => {}
        }
    }
}
