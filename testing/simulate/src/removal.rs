//! A person removes one of their devices, which may be offline, go on writing, or hear of it late; and lets in what it
//! had written and nobody had. Here it is noted what of it must count, and asked at the end who still belongs.

use std::collections::BTreeSet;

use belay_engine::DeviceStandingView;
use belay_engine::model::{DeviceId, DocName};

use crate::ledger::{State, Thing};
use crate::properties::{asked, broken, check_thing, text_of};
use crate::seen;
use crate::world::{Came, Held, World};

/// A removal that somebody asked for.
#[derive(Debug, Clone)]
pub struct Removal {
    pub by: usize,
    /// The device, and its copies.
    pub gone: Vec<usize>,
    /// It was acknowledged; else the process ended meanwhile.
    pub certain: bool,
    /// How much had travelled when it was made.
    pub tape: usize,
    /// What each of them showed then.
    pub had: Vec<(usize, Vec<DocName>)>,
}

impl World {
    /// Removes another device of the same person, with its copies.
    pub fn revoke(&mut self, device: usize) -> Held<()> {
        let (person, own) = (self.devices[device].person, self.devices[device].id);
        let mut others = self.devices_of(person);
        others.retain(|other| self.devices[*other].id != own && !self.devices[*other].revoked);
        let Some(id) = self
            .chance
            .of_these(&others)
            .map(|other| self.devices[*other].id)
        else {
            return Ok(());
        };
        let gone: Vec<usize> = others
            .into_iter()
            .filter(|other| self.devices[*other].id == id)
            .collect();
        let uncertain = self.uncertain_without(person, &gone)?;
        let had = self.had_by(person, &gone)?;
        if self.chance.permille(300) {
            self.harm_disk(device);
        }
        let what = format!("removes device {gone:?}");
        let came = self.tell(device, &what, |engine| engine.revoke_own_device(&id))?;
        if matches!(came, Came::Refused) {
            return Ok(());
        }
        for place in uncertain.iter().flatten() {
            let thing = &mut self.ledger.things[*place];
            (thing.may_be_lost, thing.unsure) = (true, true);
        }
        if uncertain.is_none_or(|places| !places.is_empty()) {
            self.muddled.insert(person);
        }
        for other in &gone {
            self.devices[*other].revoked = true;
        }
        self.removals.push(Removal {
            by: device,
            gone,
            certain: matches!(came, Came::Done(_)),
            tape: self.network.carried().len(),
            had,
        });
        Ok(())
    }

    /// Lets everything count that a removed device wrote.
    pub fn take_in_late(&mut self, device: usize) -> Held<()> {
        let removed = self.command(device, "removed_devices", |engine| engine.removed_devices())?;
        let Came::Done(removed) = removed else {
            return Ok(());
        };
        let Some(id) = self.chance.of_these(&removed).map(|view| view.device) else {
            return Ok(());
        };
        self.order(device, &format!("takes in what waits of {id}"), |engine| {
            engine.take_in_from_removed_device(&id)
        })
    }

    /// Things of which nobody else certainly has what the devices made of them; `None` where they show something
    /// that no other device does, whatever it is.
    fn uncertain_without(&mut self, person: usize, gone: &[usize]) -> Held<Option<Vec<usize>>> {
        let mut others = self.devices_of(person);
        others.retain(|other| !gone.contains(other) && !self.devices[*other].revoked);
        let mut places = Vec::new();
        for place in 0..self.ledger.things.len() {
            let thing = self.ledger.things[place].clone();
            let theirs = gone.iter().any(|device| thing.touched_after(*device, 0));
            if thing.person != person || !theirs || thing.may_be_lost {
                continue;
            }
            let mut somewhere = false;
            for other in &others {
                somewhere |= self.has(*other, &thing)?;
            }
            if !somewhere {
                places.push(place);
            }
        }
        let mut known = true;
        for device in gone {
            let lines = self.all_of(*device)?;
            let mut same = false;
            for other in &others {
                same |= self.all_of(*other)? == lines;
            }
            known &= same;
        }
        Ok((known || !places.is_empty()).then_some(places))
    }

    fn all_of(&mut self, device: usize) -> Held<Vec<String>> {
        let engine = self.engine(device)?;
        let mut lines = asked(device, seen::own(engine))?;
        let passages = asked(device, engine.passages())?;
        lines.extend(passages.iter().map(|view| format!("{:?}", view.passage)));
        Ok(lines)
    }

    /// Whether a device shows a thing exactly as the ledger says.
    fn has(&mut self, device: usize, thing: &Thing) -> Held<bool> {
        let found = asked(device, text_of(self.engine(device)?, thing))?;
        let there = found.is_some() || thing.state == State::Erased;
        Ok(there && check_thing(device, thing, found).is_ok())
    }

    fn had_by(&mut self, person: usize, gone: &[usize]) -> Held<Vec<(usize, Vec<DocName>)>> {
        let mut had = Vec::new();
        for device in gone {
            let mut names = Vec::new();
            for thing in self.ledger.things.clone() {
                if thing.person == person
                    && asked(*device, text_of(self.engine(*device)?, &thing))?.is_some()
                {
                    names.push(thing.name);
                }
            }
            had.push((*device, names));
        }
        Ok(had)
    }

    /// A store that was put back may have been the only one that had what a removed device wrote.
    pub fn forget_what_removed_wrote(&mut self, person: usize) {
        let mut removed = self.devices_of(person);
        removed.retain(|device| self.devices[*device].revoked);
        if removed.is_empty() {
            return;
        }
        self.muddled.insert(person);
        for thing in &mut self.ledger.things {
            if removed.iter().any(|device| thing.touched_after(*device, 0)) {
                (thing.may_be_lost, thing.unsure) = (true, true);
            }
        }
    }

    /// Notes who no longer belongs, as the devices say now that all is quiet.
    pub fn note_who_is_out(&mut self) -> Held<()> {
        self.out.clear();
        if self.removals.is_empty() {
            return Ok(());
        }
        let mut lists = Vec::new();
        for device in self.honest() {
            let engine = self.engine(device)?;
            let standing = asked(device, engine.device_standing())?;
            if matches!(standing, DeviceStandingView::Removed { .. }) {
                self.out.insert(device);
                continue;
            }
            let listed = asked(device, engine.own_devices())?;
            let listed: BTreeSet<DeviceId> = listed.iter().map(|view| view.device).collect();
            lists.push((device, self.devices[device].person, listed));
        }
        // Where nobody tells it any more, one device does not know what all others do; and two that removed each
        // other without a relay never hear it: then the first goes on, and what the other has is not asked. A partner
        // may have heard of either removal alone, and counts the device that it is about as out.
        for (device, person, listed) in &lists {
            let without = |other: &&(usize, usize, BTreeSet<DeviceId>)| {
                other.1 == *person && !other.2.contains(&self.devices[*device].id)
            };
            for other in lists.iter().filter(without) {
                if listed.contains(&self.devices[other.0].id) {
                    self.out.insert(*device);
                } else if !self.has_relay {
                    self.parted.insert(*person);
                    self.out.insert((*device).max(other.0));
                }
            }
        }
        self.check_who_is_out(&lists)
    }

    fn check_who_is_out(&self, lists: &[(usize, usize, BTreeSet<DeviceId>)]) -> Held<()> {
        let asked_for: BTreeSet<usize> = self
            .removals
            .iter()
            .flat_map(|removal| removal.gone.clone())
            .collect();
        if let Some(device) = self.out.iter().find(|device| !asked_for.contains(device)) {
            return broken(format!("device {device} is out, and nobody removed it"));
        }
        for removal in &self.removals {
            // Whoever was removed too may have been overruled; a store that was put back may have forgotten it.
            let stands = removal.certain
                && !asked_for.contains(&removal.by)
                && !self.is_hostile(removal.by)
                && !self.devices[removal.by].gone_back;
            let still = removal.gone.iter().find(|gone| !self.out.contains(gone));
            if let Some(device) = still.filter(|_| stands) {
                return broken(format!("device {device} was removed and is still in"));
            }
        }
        for (device, person, listed) in lists {
            let mut here = self.devices_of(*person);
            here.retain(|other| !self.out.contains(other));
            let here: BTreeSet<DeviceId> = here.iter().map(|one| self.devices[*one].id).collect();
            if !self.out.contains(device) && here != *listed {
                return broken(format!("device {device} says that {listed:?} are in"));
            }
        }
        for person in 0..self.own.len() {
            let all = self.devices_of(person);
            if Some(person) != self.hostile && all.iter().all(|one| self.out.contains(one)) {
                return broken(format!("person {person} has no device left"));
            }
        }
        Ok(())
    }

    /// Whoever is out keeps what it had, and writes nothing.
    pub fn check_removed(&mut self) -> Held<()> {
        for removal in self.removals.clone() {
            for (device, names) in removal.had {
                if !self.out.contains(&device) || self.devices[device].gone_back {
                    continue;
                }
                self.check_what_stays(device, &names)?;
            }
        }
        for device in self.out.clone() {
            let engine = self.engine(device)?;
            let knows = asked(device, engine.device_standing())?;
            let wrote = self.write_check_in_as(device, false)?.is_some();
            if wrote && matches!(knows, DeviceStandingView::Removed { .. }) {
                return broken(format!("device {device} was removed, and still writes"));
            }
        }
        self.check_derives_nothing()
    }

    fn check_what_stays(&mut self, device: usize, names: &[DocName]) -> Held<()> {
        for thing in self.ledger.things.clone() {
            let may_go = thing.state == State::Erased || thing.unsure || thing.may_be_lost;
            if may_go || !names.contains(&thing.name) {
                continue;
            }
            if asked(device, text_of(self.engine(device)?, &thing))?.is_none() {
                let name = thing.name;
                return broken(format!("device {device} was removed, and lost {name}"));
            }
        }
        Ok(())
    }
}
