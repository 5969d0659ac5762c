//! Until nothing moves any more: everything is well, everybody is there, and all exchange until there is nothing left.

use crate::near::Moved;
use crate::properties::asked;
use crate::seen;
use crate::world::{Broken, Held, World};

pub const DAY_MS: i64 = 25 * 60 * 60 * 1000;

/// Longer than any hold.
pub const HOLD_MS: i64 = 60_000;

/// Rounds after which it must be quiet: acknowledgements take days, and there are only so many devices.
const ROUNDS_MAX: usize = 40;

impl World {
    /// Everything is well from here on.
    pub async fn heal(&mut self) -> Held<()> {
        self.say("everything is well again");
        *self.order.borrow_mut() = None;
        self.network.heal(self.has_relay);
        for device in 0..self.devices.len() {
            self.devices[device].off_ms = 0;
            self.update(device)?;
        }
        let last = self.devices.iter().map(|device| device.away_until_ms).max();
        if let Some(until) = last.filter(|until| *until > self.now_ms) {
            self.wait_ms(until - self.now_ms);
        }
        self.wait_ms(HOLD_MS);
        Ok(())
    }

    /// Everybody exchanges with everybody they can reach, once.
    pub async fn exchange_all(&mut self) -> Held<Moved> {
        let mut moved = Moved::default();
        let honest: Vec<usize> = self.honest();
        for device in honest.clone() {
            if self.has_relay {
                moved.add(self.sync(device).await?);
            }
            // What a relay hides for good by two histories of one length, others bring.
            let meets = !self.has_relay || self.forked;
            for other in honest
                .iter()
                .copied()
                .filter(|other| meets && *other < device)
            {
                moved.add(self.meet(device, other, None).await?);
            }
        }
        Ok(moved)
    }

    /// Whether an exchange moved nothing. A device that exists twice goes on acknowledging what its other self says, and
    /// what was sealed for one of two histories is offered in a room for ever; and a hostile member's secret is asked
    /// for daily.
    pub fn is_quiet(&self, moved: Moved) -> bool {
        let talks_on = self.twins || self.forked || self.hostile.is_some();
        moved.received == 0 && (moved.sent == 0 || talks_on)
    }

    /// Exchanges until nothing moves, also not so many times more, and waits that long after each round.
    pub async fn settle(&mut self, more: usize, apart_ms: i64) -> Held<()> {
        let mut quiet = 0;
        let mut last = Moved::default();
        for round in 0..ROUNDS_MAX {
            last = self.exchange_all().await?;
            self.say(format!("      round {round}: {last:?}"));
            // What was sent has to be asked for once more, whoever talks on.
            let sent = round == 0 && last.sent > 0;
            if sent || !self.is_quiet(last) {
                quiet = 0;
                self.wait_ms(apart_ms);
                continue;
            }
            if quiet == more {
                self.say(format!("quiet after {round} rounds"));
                return Ok(());
            }
            quiet += 1;
            self.wait_ms(apart_ms);
        }
        if self.twins || self.hostile.is_some() {
            // What a hostile member left out is looked for again and again; devices that exist twice: docs/testing.md.
            return Ok(());
        }
        Err(Broken(format!(
            "not quiet after {ROUNDS_MAX} rounds: the last one moved {last:?}"
        )))
    }

    /// Exchanging again a day later moves nothing. On one day in thirty it does, for keys and secrets are renewed then
    /// (rules E6 and E12): where something moves it must become quiet once more, and stay so. What is shown never
    /// changes by it.
    pub async fn stays_quiet(&mut self) -> Held<()> {
        let mut first = None;
        loop {
            self.wait_ms(DAY_MS);
            let before = self.everything()?;
            let moved = self.exchange_all().await?;
            if before != self.everything()? {
                let what = "exchanging again changed what is shown";
                return Err(Broken(what.to_owned()));
            }
            if self.twins || self.hostile.is_some() || self.is_quiet(moved) {
                return Ok(());
            }
            if let Some(first) = first.replace(moved) {
                let what = format!("exchanging again moved {first:?}, and then {moved:?}");
                return Err(Broken(what));
            }
            self.wait_ms(DAY_MS);
            self.settle(1, DAY_MS).await?;
        }
    }

    /// What a device wrote just now comes to every partner whom it is for, whatever became of what it wrote before.
    pub fn reaches_partners(&mut self, author: usize, text: &str) -> Held<()> {
        let person = self.devices[author].person;
        let mut pairs = self.pairs_of(person);
        pairs.retain(|pair| self.has_relay && !self.is_spoiled(&pair.id));
        for pair in pairs {
            let has = |lines: Vec<String>| lines.iter().any(|line| line.contains(text));
            if !self.devices_in(person, &pair.id)?.contains(&author) {
                continue;
            }
            let flows = asked(author, seen::flows(self.engine(author)?, &pair.id))?;
            if !flows || !has(asked(author, seen::given(self.engine(author)?, &pair.id))?) {
                continue;
            }
            for other in pair.persons.into_iter().filter(|other| *other != person) {
                for reader in self.devices_in(other, &pair.id)? {
                    let flows = asked(reader, seen::flows(self.engine(reader)?, &pair.id))?;
                    let gotten = asked(reader, seen::gotten(self.engine(reader)?, &pair.id))?;
                    if flows && !has(gotten) {
                        return Err(Broken(format!(
                            "device {reader} never gets {text} of the partner's device {author}"
                        )));
                    }
                }
            }
        }
        Ok(())
    }
}
