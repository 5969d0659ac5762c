//! What people do with their journal.

use belay_engine::{EntryEdit, NewEntry, NewPassage, TextChange};

use crate::ledger::{Kind, Made, State};
use crate::world::{Came, Held, World};

impl World {
    /// A new entry.
    pub fn write_entry(&mut self, device: usize) -> Held<()> {
        let text = self.ledger.word();
        self.say(format!("{device} writes entry {text}"));
        let new = NewEntry {
            text: format!("{text}\n"),
            ..NewEntry::default()
        };
        let came = self.command(device, "write_entry", |engine| engine.write_entry(new))?;
        if let Came::Done(view) = came {
            let made = Made {
                person: self.devices[device].person,
                kind: Kind::Entry,
                name: view.name,
                text,
                private: true,
                may_be_lost: self.devices[device].copy_is_in_use(),
            };
            self.ledger.write(made, device, self.step);
        }
        Ok(())
    }

    /// Writes on, at the beginning or the end of an entry.
    pub fn edit_entry(&mut self, device: usize) -> Held<()> {
        let Some(place) = self.draw(device, Kind::Entry, State::Present) else {
            return Ok(());
        };
        let name = self.ledger.things[place].name;
        let before = self.command(device, "entry", |engine| engine.entry(&name))?;
        let Came::Done(view) = before else {
            return Ok(());
        };
        let before = view.entry.text;
        let text = self.ledger.word();
        let after = match self.chance.permille(500) {
            true => format!("{text}\n{before}"),
            false => format!("{before}{text}\n"),
        };
        self.say(format!("{device} writes {text} into entry {name}"));
        let edit = EntryEdit {
            text: Some(TextChange { before, after }),
            ..EntryEdit::default()
        };
        let came = self.command(device, "edit_entry", |engine| {
            engine.edit_entry(&name, edit)
        })?;
        self.note_text(place, device, text, &came);
        Ok(())
    }

    /// Deletes an entry.
    pub fn delete_entry(&mut self, device: usize) -> Held<()> {
        let Some(place) = self.draw(device, Kind::Entry, State::Present) else {
            return Ok(());
        };
        let name = self.ledger.things[place].name;
        self.say(format!("{device} deletes entry {name}"));
        let came = self.command(device, "delete_entry", |engine| engine.delete_entry(&name))?;
        self.note_state(place, device, State::Deleted, &came);
        Ok(())
    }

    /// Brings an entry back.
    pub fn restore_entry(&mut self, device: usize) -> Held<()> {
        let Some(place) = self.draw(device, Kind::Entry, State::Deleted) else {
            return Ok(());
        };
        let name = self.ledger.things[place].name;
        self.say(format!("{device} restores entry {name}"));
        let came = self.command(device, "restore_entry", |engine| {
            engine.restore_entry(&name)
        })?;
        self.ledger.things[place].came_back = true;
        self.note_state(place, device, State::Present, &came);
        Ok(())
    }

    /// Erases a deleted entry.
    pub fn erase_entry(&mut self, device: usize) -> Held<()> {
        let Some(place) = self.draw(device, Kind::Entry, State::Deleted) else {
            return Ok(());
        };
        let name = self.ledger.things[place].name;
        self.say(format!("{device} erases entry {name}"));
        let came = self.command(device, "erase_entry", |engine| engine.erase_entry(&name))?;
        self.note_state(place, device, State::Erased, &came);
        Ok(())
    }

    /// Gives a passage to a partner.
    pub fn share_passage(&mut self, device: usize) -> Held<()> {
        let Some(space) = self.draw_pair(device) else {
            return Ok(());
        };
        let Some(place) = self.draw(device, Kind::Entry, State::Present) else {
            return Ok(());
        };
        let name = self.ledger.things[place].name;
        let before = self.command(device, "entry", |engine| engine.entry(&name))?;
        let Came::Done(view) = before else {
            return Ok(());
        };
        let words: Vec<&str> = view.entry.text.split_whitespace().collect();
        let Some(text) = self.chance.of_these(&words).map(|word| (*word).to_owned()) else {
            return Ok(());
        };
        self.say(format!("{device} gives {text} of entry {name}"));
        let new = NewPassage {
            entry: name,
            text,
            space,
            confirmed_not_compared: true,
            attachments: Vec::new(),
        };
        let came = self.command(device, "share_passage", |engine| engine.share_passage(new))?;
        if !matches!(came, Came::Refused) {
            // From here on some of its words are somebody else's too.
            self.ledger.things[place].private = false;
        }
        Ok(())
    }

    /// Takes a passage back.
    pub fn retract_passage(&mut self, device: usize) -> Held<()> {
        let passages = self.command(device, "passages", |engine| engine.passages())?;
        let Came::Done(passages) = passages else {
            return Ok(());
        };
        let Some((space, name)) = self
            .chance
            .of_these(&passages)
            .map(|passage| (passage.space, passage.name))
        else {
            return Ok(());
        };
        self.say(format!("{device} takes passage {name} back"));
        self.command(device, "retract_passage", |engine| {
            engine.retract_passage(&space, &name)
        })
        .map(drop)
    }
}
