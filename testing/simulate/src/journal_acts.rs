//! What people do with their journal.

use belay_engine::{EntryEdit, NewEntry, NewPassage, TextChange};

use crate::ledger::{Kind, State};
use crate::world::{Came, Held, World};

impl World {
    /// A new entry.
    pub fn write_entry(&mut self, device: usize) -> Held<()> {
        let text = self.ledger.word();
        let new = NewEntry {
            text: format!("{text}\n"),
            ..NewEntry::default()
        };
        let what = format!("writes entry {text}");
        let came = self.tell(device, &what, |engine| engine.write_entry(new))?;
        if let Came::Done(view) = came {
            self.note_made(device, Kind::Entry, view.name, text, true);
        }
        Ok(())
    }

    /// Writes on, at the beginning or the end of an entry.
    pub fn edit_entry(&mut self, device: usize) -> Held<()> {
        match self.draw_to_edit(device, Kind::Entry) {
            Some((place, _)) => self.edit_this_entry(device, place),
            None => Ok(()),
        }
    }

    /// Writes on in this entry, if the device has it.
    pub fn edit_this_entry(&mut self, device: usize, place: usize) -> Held<()> {
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
        let edit = EntryEdit {
            text: Some(TextChange { before, after }),
            ..EntryEdit::default()
        };
        let what = format!("writes {text} into entry {name}");
        let came = self.tell(device, &what, |engine| engine.edit_entry(&name, edit))?;
        self.note_text(place, device, text, &came);
        Ok(())
    }

    /// Gives a passage to a partner.
    pub fn share_passage(&mut self, device: usize) -> Held<()> {
        let Some(space) = self.draw_pair(device) else {
            return Ok(());
        };
        let Some((place, name)) = self.draw(device, Kind::Entry, State::Present) else {
            return Ok(());
        };
        let before = self.command(device, "entry", |engine| engine.entry(&name))?;
        let Came::Done(view) = before else {
            return Ok(());
        };
        let words: Vec<&str> = view.entry.text.split_whitespace().collect();
        let Some(text) = self.chance.of_these(&words).map(|word| (*word).to_owned()) else {
            return Ok(());
        };
        let what = format!("gives {text} of entry {name}");
        let new = NewPassage {
            entry: name,
            text,
            space,
            confirmed_not_compared: true,
            attachments: Vec::new(),
        };
        let came = self.tell(device, &what, |engine| engine.share_passage(new))?;
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
        self.order(device, &format!("takes passage {name} back"), |engine| {
            engine.retract_passage(&space, &name)
        })
    }
}
