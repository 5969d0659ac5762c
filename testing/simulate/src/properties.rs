//! What must hold: some of it after every step, the rest once everything is quiet.

use std::collections::BTreeSet;

use belay_engine::{BelayError, Engine, StatusView};

use crate::ledger::{Kind, State, Thing};
use crate::quiet::{DAY_MS, HOLD_MS};
use crate::seen;
use crate::world::{Broken, Held, World};

pub fn broken<T>(what: String) -> Held<T> {
    Err(Broken(what))
}

pub fn asked<T>(device: usize, answer: Result<T, BelayError>) -> Held<T> {
    answer.map_err(|error| Broken(format!("device {device} does not answer: {error}")))
}

/// The text of a thing on a device; `None` where it is not.
pub fn text_of(engine: &Engine, thing: &Thing) -> Result<Option<(String, bool)>, BelayError> {
    let found = match thing.kind {
        Kind::CheckIn => engine
            .check_in(&thing.name)
            .map(|view| (view.check_in.note.unwrap_or_default(), view.deleted)),
        Kind::Goal => engine
            .goal(&thing.name)
            .map(|view| (view.goal.title, false)),
        Kind::Entry => engine
            .entry(&thing.name)
            .map(|view| (view.entry.text, view.deleted_at_ms.is_some())),
    };
    match found {
        Ok(found) => Ok(Some(found)),
        Err(BelayError::NotFound { .. }) => Ok(None),
        Err(error) => Err(error),
    }
}

/// Whether a text is one of those that the thing was given: all of them, where writing on adds to it.
fn is_text_of(thing: &Thing, text: &str) -> bool {
    match thing.kind {
        Kind::Entry => thing.texts.iter().all(|(_, word)| text.contains(word)),
        _ if thing.certain_text().is_some() => thing.certain_text() == Some(text),
        _ => {
            let given = thing.texts.iter().map(|(_, text)| text);
            given.chain(&thing.perhaps).any(|given| given == text)
        }
    }
}

impl World {
    /// The devices of those who keep the rules: the others are asked nothing, and are gone once all is well.
    pub fn honest(&self) -> Vec<usize> {
        let all = 0..self.devices.len();
        all.filter(|device| !self.is_hostile(*device)).collect()
    }

    /// Those of them who still belong to their persons' devices.
    pub fn present(&self) -> Vec<usize> {
        let mut honest = self.honest();
        honest.retain(|device| !self.out.contains(device));
        honest
    }

    /// A person's devices that still belong.
    fn present_of(&self, person: usize) -> Vec<usize> {
        let mut devices = self.devices_of(person);
        devices.retain(|device| !self.out.contains(device));
        devices
    }

    /// Whether one of a person's devices is used twice: see docs/testing.md for what is not asked of it.
    fn exists_twice(&self, person: usize) -> bool {
        let devices = self.present_of(person);
        let mut devices = devices.into_iter();
        devices.any(|device| self.devices[device].copy_is_in_use())
    }

    /// Whether somebody in a space is hostile, or has a device that exists twice.
    pub fn is_spoiled(&self, space: &belay_model::SpaceId) -> bool {
        let spoils = |person: usize| Some(person) == self.hostile || self.exists_twice(person);
        let own = self.own.iter().position(|own| own == space);
        let mut pairs = self.pairs.iter().filter(|pair| pair.id == *space);
        own.is_some_and(spoils) || pairs.any(|pair| pair.persons.into_iter().any(spoils))
    }

    /// After every step: what a partner's screen once lost it never shows again, and never anything private.
    pub fn check_screens(&mut self, device: usize) -> Held<()> {
        self.check_remains(device)?;
        let person = self.devices[device].person;
        if self.is_hostile(device) {
            return Ok(());
        }
        let mut words = BTreeSet::new();
        let mut pairs = self.pairs_of(person);
        // What somebody hostile sends, and what two that are one do, may come and go as they like.
        pairs.retain(|pair| !self.is_spoiled(&pair.id));
        for pair in pairs {
            let engine = self.engine(device)?;
            let lines = match seen::gotten(engine, &pair.id) {
                Err(BelayError::NotFound { .. }) => continue,
                other => asked(device, other)?,
            };
            words.extend(seen::words(&lines));
        }
        for thing in self.ledger.things.iter().filter(|thing| thing.private) {
            for (_, text) in &thing.texts {
                if thing.person != person && words.contains(text) {
                    return broken(format!("device {device} shows {text}, which is private"));
                }
            }
        }
        for thing in self.ledger.things.iter().filter(|thing| !thing.came_back) {
            let behind = |(from, text): &&(usize, String)| *from == person && words.contains(text);
            if let Some((_, text)) = thing.behind.iter().find(behind) {
                return broken(format!(
                    "device {device} shows {text}, written where it was known that it had been taken back"
                ));
            }
        }
        let went_back = self.devices[device].gone_back;
        let before = self.shown.insert(device, words.clone()).unwrap_or_default();
        let gone = self.gone.entry(device).or_default();
        if went_back {
            gone.clear();
            return Ok(());
        }
        gone.extend(before.difference(&words).cloned());
        let Some(again) = gone.intersection(&words).next().cloned() else {
            return Ok(());
        };
        gone.remove(&again);
        let thing = self
            .ledger
            .things
            .iter()
            .find(|thing| thing.texts.iter().any(|(_, text)| *text == again));
        let may = thing.is_none_or(|thing| {
            let author_back = self
                .devices
                .iter()
                .any(|one| one.person == thing.person && one.gone_back);
            thing.kind != Kind::CheckIn
                || thing.came_back
                || !thing.by_one_device()
                || (author_back && thing.may_be_lost)
        });
        if may {
            return Ok(());
        }
        broken(format!(
            "device {device} shows {again} again, after it had gone"
        ))
    }

    /// Once everything is quiet.
    pub async fn check_all(&mut self) -> Held<()> {
        self.note_who_is_out()?;
        self.check_own()?;
        self.check_ledger()?;
        self.check_partners()?;
        self.check_status()?;
        self.check_projection()?;
        self.stays_quiet().await?;
        self.check_removed()?;
        self.check_nobody_is_bricked().await
    }

    /// What everybody sees of everything, for comparing.
    pub fn everything(&mut self) -> Held<Vec<Vec<String>>> {
        let mut all = Vec::new();
        let mut honest = self.honest();
        honest.retain(|device| !self.exists_twice(self.devices[*device].person));
        for device in honest {
            let mut pairs = self.pairs_of(self.devices[device].person);
            pairs.retain(|pair| !self.is_spoiled(&pair.id));
            let engine = self.engine(device)?;
            let mut lines = asked(device, seen::own(engine))?;
            for pair in pairs {
                lines.extend(seen::gotten(engine, &pair.id).unwrap_or_default());
            }
            all.push(lines);
        }
        Ok(all)
    }

    /// All devices of a person show the same.
    fn check_own(&mut self) -> Held<()> {
        let asked_of =
            |person: &usize| Some(*person) != self.hostile && !self.exists_twice(*person);
        let persons: Vec<usize> = (0..self.own.len()).filter(asked_of).collect();
        for person in persons {
            let mut first: Option<(usize, Vec<String>)> = None;
            for device in self.present_of(person) {
                let lines = asked(device, seen::own(self.engine(device)?))?;
                let Some((other, expected)) = &first else {
                    first = Some((device, lines));
                    continue;
                };
                if *expected == lines {
                    continue;
                }
                let here = lines.iter().find(|line| !expected.contains(line));
                let there = expected.iter().find(|line| !lines.contains(line));
                return broken(format!(
                    "devices {other} and {device} of one person differ: {there:?} against {here:?}"
                ));
            }
        }
        Ok(())
    }

    pub fn devices_of(&self, person: usize) -> Vec<usize> {
        let all = self.devices.iter().enumerate();
        all.filter(|(_, device)| device.person == person)
            .map(|(number, _)| number)
            .collect()
    }

    /// Nothing acknowledged is lost, nothing erased is there.
    fn check_ledger(&mut self) -> Held<()> {
        for place in 0..self.ledger.things.len() {
            let thing = self.ledger.things[place].clone();
            if Some(thing.person) == self.hostile || self.exists_twice(thing.person) {
                continue;
            }
            for device in self.present_of(thing.person) {
                let found = asked(device, text_of(self.engine(device)?, &thing))?;
                check_thing(device, &thing, found)?;
            }
        }
        Ok(())
    }

    /// What partners see is what the author's device says they do.
    fn check_partners(&mut self) -> Held<()> {
        let left_out = |person: &usize| {
            Some(*person) == self.hostile
                || self.exists_twice(*person)
                || self.parted.contains(person)
        };
        let mut pairs = self.pairs.clone();
        pairs.retain(|pair| !pair.persons.iter().any(left_out));
        for pair in pairs {
            for (author, reader) in [(0, 1), (1, 0)] {
                let (author, reader) = (pair.persons[author], pair.persons[reader]);
                let authors = self.devices_in(author, &pair.id)?;
                let readers = self.devices_in(reader, &pair.id)?;
                if !self.has_relay && !self.all_flow(&authors, &pair.id)? {
                    // Who blocked is met by nobody, so not even their own tablet hears of it (docs/protocol.md, L12).
                    continue;
                }
                for writing in &authors {
                    for reading in &readers {
                        self.check_partner(*writing, *reading, &pair.id)?;
                    }
                }
            }
        }
        Ok(())
    }

    /// Whether a partnership goes on for each of these devices.
    fn all_flow(&mut self, devices: &[usize], space: &belay_model::SpaceId) -> Held<bool> {
        let mut all = true;
        for device in devices {
            all &= asked(*device, seen::flows(self.engine(*device)?, space))?;
        }
        Ok(all)
    }

    /// The devices of a person that are in a space.
    pub fn devices_in(&mut self, person: usize, space: &belay_model::SpaceId) -> Held<Vec<usize>> {
        let mut found = Vec::new();
        for device in self.present_of(person) {
            match self.engine(device)?.partner(space) {
                Ok(_) => found.push(device),
                Err(BelayError::NotFound { .. }) => {}
                Err(error) => return broken(format!("device {device}: {error}")),
            }
        }
        Ok(found)
    }

    fn check_partner(
        &mut self,
        author: usize,
        reader: usize,
        space: &belay_model::SpaceId,
    ) -> Held<()> {
        let flows = asked(author, seen::flows(self.engine(author)?, space))?
            && asked(reader, seen::flows(self.engine(reader)?, space))?;
        let person = self.devices[author].person;
        // A store that was put back knows less than it had published, and says nothing until it knows again.
        let knows_all = !self
            .devices
            .iter()
            .any(|device| device.person == person && (device.gone_back || device.copy_is_in_use()));
        if !flows || !knows_all || self.muddled.contains(&person) {
            return Ok(());
        }
        let given = asked(author, seen::given(self.engine(author)?, space))?;
        let gotten = asked(reader, seen::gotten(self.engine(reader)?, space))?;
        if given == gotten {
            return Ok(());
        }
        let lacks = given.iter().find(|line| !gotten.contains(line));
        let has = gotten.iter().find(|line| !given.contains(line));
        broken(format!(
            "{author} gives what {reader} does not have: {lacks:?}; {reader} has what {author} does not give: {has:?}"
        ))
    }

    /// Nothing waits for ever, and nothing is held against anybody honest.
    fn check_status(&mut self) -> Held<()> {
        for device in self.present() {
            let status = asked(device, self.engine(device)?.status())?;
            self.check_status_of(device, &status)?;
        }
        Ok(())
    }

    fn check_status_of(&self, device: usize, status: &StatusView) -> Held<()> {
        for space in &status.spaces {
            let what = |what: &str, count: u64| {
                Broken(format!("device {device}, {:?}: {count} {what}", space.kind))
            };
            if let Some(fault) = &space.fault {
                return broken(format!("device {device}: {fault}"));
            }
            if self.is_spoiled(&space.space) {
                continue;
            }
            let queued = space.queued + space.held;
            if queued > 0 && self.has_relay && !space.paused && !space.relays.is_empty() {
                return Err(what("still wait to be sent", queued));
            }
            for (word, count) in [
                ("were set aside", space.quarantined),
                ("were dropped", space.dropped),
                ("are parked", space.parked),
                ("need a newer version", space.needs_newer),
            ] {
                if count > 0 {
                    return Err(what(word, count));
                }
            }
            // What a store that was put back, a relay that did or somebody removed left out may be waited for.
            let lost = !self.removals.is_empty() || self.forked || self.went_back;
            let back = self.devices.iter().any(|device| device.gone_back);
            if space.waiting > 0 && !lost && !back && self.has_relay {
                return Err(what("wait for something that never comes", space.waiting));
            }
            if space.shadowed > 0 {
                return Err(what("have a rival", space.shadowed));
            }
        }
        Ok(())
    }

    /// What screens read can be laid out anew, and is the same.
    fn check_projection(&mut self) -> Held<()> {
        for device in self.honest() {
            let engine = self.engine(device)?;
            let before = asked(device, engine.projection_dump())?;
            asked(device, engine.rebuild_projection())?;
            let after = asked(device, engine.projection_dump())?;
            if before != after {
                let lost = before.iter().find(|line| !after.contains(line));
                let new = after.iter().find(|line| !before.contains(line));
                return broken(format!(
                    "device {device}: laying out anew changed {lost:?} into {new:?}"
                ));
            }
        }
        Ok(())
    }

    /// Everybody writes something once more. Where two wrote at one place of one chain they notice it by this, and go
    /// apart; and where a relay went back unnoticed, what comes next shows that something before it is missing.
    pub async fn nudge(&mut self) -> Held<()> {
        for device in self.honest() {
            self.write_check_in_as(device, false)?;
        }
        self.wait_ms(HOLD_MS);
        self.settle(1, DAY_MS).await
    }

    /// Everybody can still write, and is read by their own devices and by partners.
    async fn check_nobody_is_bricked(&mut self) -> Held<()> {
        let mut written = Vec::new();
        for device in self.present() {
            match self.write_check_in_as(device, false)? {
                Some(text) => written.push((device, text)),
                None => return broken(format!("device {device} cannot write any more")),
            }
        }
        self.wait_ms(HOLD_MS);
        self.settle(0, HOLD_MS).await?;
        for (device, text) in written {
            let person = self.devices[device].person;
            if self.exists_twice(person) {
                continue;
            }
            self.reaches_partners(device, &text)?;
            for other in self.present_of(person) {
                let lines = asked(other, seen::own(self.engine(other)?))?;
                if !lines.iter().any(|line| line.contains(&text)) {
                    return broken(format!(
                        "device {other} never gets {text} of device {device}"
                    ));
                }
            }
        }
        self.check_own()?;
        self.check_partners()
    }
}

pub fn check_thing(device: usize, thing: &Thing, found: Option<(String, bool)>) -> Held<()> {
    let name = thing.texts.first().map_or("", |(_, text)| text.as_str());
    if thing.may_be_lost {
        return Ok(());
    }
    match (thing.state, found) {
        (State::Erased, Some((text, _))) => broken(format!(
            "device {device} has {name} ({text:?}), which was erased"
        )),
        (State::Present, None) if !thing.unsure => broken(format!(
            "device {device} does not have {name}, which was acknowledged"
        )),
        (_, Some((text, deleted))) => {
            if !is_text_of(thing, &text) {
                let given = &thing.texts;
                return broken(format!(
                    "device {device}: {name} says {text:?}, not {given:?}"
                ));
            }
            if !thing.unsure && deleted != (thing.state == State::Deleted) {
                return broken(format!("device {device}: {name} is deleted: {deleted}"));
            }
            Ok(())
        }
        _ => Ok(()),
    }
}
