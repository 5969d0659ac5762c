//! A sibling that is behind: a partner tells it what its own person took back, and nobody told it why. What it writes
//! then about the same thing must not reach the partner.

use crate::ledger::Kind;
use crate::quiet::HOLD_MS;
use crate::world::{Held, World};

impl World {
    /// A device writes something and takes it back; the partner hears of it, and the sibling by the partner alone.
    pub async fn stale_sibling(&mut self, device: usize) -> Held<()> {
        let person = self.devices[device].person;
        let Some(pair) = self.draw_pair(device) else {
            return Ok(());
        };
        let partner = |other: &usize| {
            let person = self.devices[*other].person;
            let both = |one: &&crate::template::PairSpace| one.id == pair;
            let pair = self.pairs.iter().find(both);
            pair.is_some_and(|pair| pair.persons.contains(&person))
        };
        let mut siblings = self.devices_of(person);
        siblings.retain(|other| *other != device && self.is_here(*other));
        let mut partners: Vec<usize> = (0..self.devices.len()).filter(partner).collect();
        partners.retain(|other| self.devices[*other].person != person && self.is_here(*other));
        let sibling = self.chance.of_these(&siblings).copied();
        let partner = self.chance.of_these(&partners).copied();
        let (Some(sibling), Some(partner)) = (sibling, partner) else {
            return Ok(());
        };
        if self.write_check_in_as(device, false)?.is_none() {
            return Ok(());
        }
        let place = self.ledger.things.len() - 1;
        self.wait_ms(HOLD_MS);
        for (one, other) in [(device, sibling), (device, partner), (sibling, partner)] {
            self.meet_whole(one, other).await?;
        }
        self.take_back(device, place)?;
        self.wait_ms(HOLD_MS);
        for (one, other) in [(device, partner), (sibling, partner)] {
            self.meet_whole(one, other).await?;
        }
        self.edit_this(sibling, place)?;
        self.wait_ms(HOLD_MS);
        self.meet_whole(sibling, partner).await
    }

    /// Two devices meet, and are not cut off.
    pub async fn meet_whole(&mut self, one: usize, other: usize) -> Held<()> {
        self.say(format!("{one} meets {other}"));
        let moved = self.meet(one, other, None).await?;
        self.say(format!("      {moved:?}"));
        self.check_screens(one)?;
        self.check_screens(other)?;
        if moved.troubles == 0 {
            self.note_told(one, other);
            self.note_told(other, one);
        }
        Ok(())
    }

    /// Notes that a device heard from a partner's what its person took back.
    pub fn note_told(&mut self, device: usize, partner: usize) {
        let (person, from) = (self.devices[device].person, self.devices[partner].person);
        let (Some(gone), Some(shown)) = (self.gone.get(&partner), self.shown.get(&partner)) else {
            return;
        };
        for (place, thing) in self.ledger.things.iter().enumerate() {
            let any = |words: &std::collections::BTreeSet<String>| {
                thing.texts.iter().any(|(_, text)| words.contains(text))
            };
            if thing.person == person && thing.kind == Kind::CheckIn && any(gone) && !any(shown) {
                self.told.insert((device, place, from));
            }
        }
    }
}
