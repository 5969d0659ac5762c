//! What people do with what they wrote before: edit it, take it back, bring it back, erase it. And what all that they
//! do has in common: it is said, asked of an engine, and what came of it is noted.

use belay_engine::model::DocName;
use belay_engine::{BelayError, Engine, NewCheckIn};

use crate::ledger::{Kind, Made, State};
use crate::world::{Came, Held, World};

/// Something that is done to a whole thing.
#[derive(Debug, Clone, Copy)]
pub struct Change {
    kind: Kind,
    from: State,
    to: State,
    what: &'static str,
    run: fn(&Engine, &DocName) -> Result<(), BelayError>,
}

pub const TAKE_CHECK_IN_BACK: Change = Change {
    kind: Kind::CheckIn,
    from: State::Present,
    to: State::Deleted,
    what: "takes back check-in",
    run: |engine, name| engine.undo_check_in(name).map(drop),
};

pub const RESTORE_CHECK_IN: Change = Change {
    kind: Kind::CheckIn,
    from: State::Deleted,
    to: State::Present,
    what: "restores check-in",
    run: |engine, name| engine.restore_check_in(name).map(drop),
};

pub const ERASE_CHECK_IN: Change = Change {
    kind: Kind::CheckIn,
    from: State::Deleted,
    to: State::Erased,
    what: "erases check-in",
    run: |engine, name| engine.erase_check_in(name).map(drop),
};

pub const DELETE_ENTRY: Change = Change {
    kind: Kind::Entry,
    from: State::Present,
    to: State::Deleted,
    what: "deletes entry",
    run: |engine, name| engine.delete_entry(name).map(drop),
};

pub const RESTORE_ENTRY: Change = Change {
    kind: Kind::Entry,
    from: State::Deleted,
    to: State::Present,
    what: "restores entry",
    run: |engine, name| engine.restore_entry(name).map(drop),
};

pub const ERASE_ENTRY: Change = Change {
    kind: Kind::Entry,
    from: State::Deleted,
    to: State::Erased,
    what: "erases entry",
    run: |engine, name| engine.erase_entry(name).map(drop),
};

impl World {
    /// Does something to a whole thing, if there is one.
    pub fn change(&mut self, device: usize, change: Change) -> Held<()> {
        let Some((place, _)) = self.draw(device, change.kind, change.from) else {
            return Ok(());
        };
        self.change_this(device, change, place)
    }

    /// Takes this check-in back.
    pub fn take_back(&mut self, device: usize, place: usize) -> Held<()> {
        self.change_this(device, TAKE_CHECK_IN_BACK, place)
    }

    /// Does something to this thing.
    pub fn change_this(&mut self, device: usize, change: Change, place: usize) -> Held<()> {
        let name = self.ledger.things[place].name;
        let what = format!("{} {name}", change.what);
        let came = self.tell(device, &what, |engine| (change.run)(engine, &name))?;
        self.ledger.things[place].came_back |= change.to == State::Present;
        self.note_state(place, device, change.to, &came);
        if change.to == State::Erased {
            self.check_remains(device)?;
        }
        Ok(())
    }

    /// Changes a check-in.
    pub fn edit_check_in(&mut self, device: usize) -> Held<()> {
        let Some((place, _)) = self.draw_to_edit(device, Kind::CheckIn) else {
            return Ok(());
        };
        self.edit_this(device, place)
    }

    /// Changes this check-in.
    pub fn edit_this(&mut self, device: usize, place: usize) -> Held<()> {
        let name = self.ledger.things[place].name;
        let text = self.ledger.word();
        let new = NewCheckIn {
            note: Some(text.clone()),
            audience: None,
            ..NewCheckIn::default()
        };
        let what = format!("edits check-in {name} to {text}");
        let came = self.tell(device, &what, |engine| engine.edit_check_in(&name, new))?;
        self.note_text(place, device, text, &came);
        Ok(())
    }

    /// Says what somebody does, and has a device do it.
    pub fn tell<T>(
        &mut self,
        device: usize,
        what: &str,
        run: impl FnOnce(&Engine) -> Result<T, BelayError>,
    ) -> Held<Came<T>> {
        self.say(format!("{device} {what}"));
        let came = self.command(device, what, run)?;
        if self.devices[device].revoked && !matches!(came, Came::Refused) {
            self.muddled.insert(self.devices[device].person);
        }
        Ok(came)
    }

    /// As [`Self::tell`], where nothing of what came needs to be noted.
    pub fn order<T>(
        &mut self,
        device: usize,
        what: &str,
        run: impl FnOnce(&Engine) -> Result<T, BelayError>,
    ) -> Held<()> {
        self.tell(device, what, run).map(drop)
    }

    /// Notes a thing that a device wrote.
    pub fn note_made(
        &mut self,
        device: usize,
        kind: Kind,
        name: DocName,
        text: String,
        private: bool,
    ) {
        let made = Made {
            person: self.devices[device].person,
            kind,
            name,
            text,
            private,
            may_be_lost: self.devices[device].may_lose(),
        };
        self.ledger.write(made, device, self.step);
    }

    /// A thing of the device's person, and its name.
    pub fn draw(&mut self, device: usize, kind: Kind, state: State) -> Option<(usize, DocName)> {
        let places = self.ledger.of(self.devices[device].person, kind, state);
        let place = self.chance.of_these(&places).copied()?;
        Some((place, self.ledger.things[place].name))
    }

    /// As [`Self::draw`], for who writes on: now and then something that is gone, for the device may not have heard.
    pub fn draw_to_edit(&mut self, device: usize, kind: Kind) -> Option<(usize, DocName)> {
        let gone = [State::Deleted, State::Erased][self.chance.below(2)];
        let drawn = match self.chance.permille(300) {
            true => self.draw(device, kind, gone),
            false => None,
        };
        drawn.or_else(|| self.draw(device, kind, State::Present))
    }

    /// Notes a text that was written into a thing.
    pub fn note_text<T>(&mut self, place: usize, device: usize, text: String, came: &Came<T>) {
        let step = self.step;
        let lost = self.devices[device].may_lose();
        let told = self
            .told
            .iter()
            .filter(|(by, of, _)| (*by, *of) == (device, place));
        let told: Vec<usize> = told.map(|(.., from)| *from).collect();
        let thing = &mut self.ledger.things[place];
        if !matches!(came, Came::Refused) {
            thing
                .behind
                .extend(told.into_iter().map(|from| (from, text.clone())));
        }
        match came {
            Came::Done(_) => {
                thing.may_be_lost |= lost;
                thing.texts.push((device, text));
                thing.touch(device, step);
            }
            Came::Perhaps => {
                thing.perhaps.push(text);
                thing.may_be_lost |= lost;
            }
            Came::Refused => {}
        }
    }

    /// Notes what became of a thing.
    pub fn note_state<T>(&mut self, place: usize, device: usize, state: State, came: &Came<T>) {
        let step = self.step;
        let lost = self.devices[device].may_lose();
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
            Came::Perhaps => {
                thing.unsure = true;
                thing.may_be_lost |= lost;
            }
            Came::Refused => {}
        }
    }
}
