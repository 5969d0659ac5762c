//! What goes wrong: on the way, at the relay, on a disk, with a clock, with copies of a store.

use std::collections::BTreeSet;
use std::path::PathBuf;
use std::sync::Arc;

use belay_engine::SecretStore;
use belay_store::faults::Fate;
use belay_testkit::KeystoreSecrets;

use crate::device::{Device, OlderCopy, copy_folder};
use crate::network::Weather;
use crate::quiet::HOLD_MS;
use crate::world::{Broken, Held, Order, World};

const MINUTE_MS: i64 = 60_000;
const HOUR_MS: i64 = 60 * MINUTE_MS;
const DAY_MS: i64 = 24 * HOUR_MS;
const YEAR_MS: i64 = 365 * DAY_MS;

/// A store that is copied has no more than this many devices beside it.
const DEVICES_MAX: usize = 7;

fn of_disk(error: &std::io::Error) -> Broken {
    Broken(format!("the simulator's disk: {error}"))
}

impl World {
    /// Time passes.
    pub fn let_time_pass(&mut self) {
        let by = match self.chance.below(10) {
            0..=4 => self.between(5_000, 20 * MINUTE_MS),
            5..=7 => self.between(HOUR_MS, 30 * HOUR_MS),
            8 => self.between(2 * DAY_MS, 20 * DAY_MS),
            _ => self.between(31 * DAY_MS, 70 * DAY_MS),
        };
        self.say(format!("{} minutes pass", by / MINUTE_MS));
        self.wait_ms(by);
    }

    fn between(&mut self, from: i64, to: i64) -> i64 {
        let span = usize::try_from(to - from).unwrap_or(1);
        from + i64::try_from(self.chance.below(span)).unwrap_or(0)
    }

    /// A device lies in a drawer for weeks, or for seven months.
    pub fn put_away(&mut self, device: usize) {
        let for_ms = match self.chance.permille(300) {
            true => 7 * 31 * DAY_MS,
            false => self.between(7 * DAY_MS, 40 * DAY_MS),
        };
        self.say(format!(
            "{device} lies in a drawer for {} days",
            for_ms / DAY_MS
        ));
        self.devices[device].away_until_ms = self.now_ms + for_ms;
    }

    /// A clock is wrong, or right again.
    pub fn turn_clock(&mut self, device: usize) {
        let off_ms = match self.devices[device].off_ms {
            0 => [-YEAR_MS, YEAR_MS, -3 * HOUR_MS, 20 * MINUTE_MS][self.chance.below(4)],
            _ => 0,
        };
        self.say(format!(
            "the clock of {device} is {} minutes off",
            off_ms / MINUTE_MS
        ));
        self.devices[device].off_ms = off_ms;
        self.wait_ms(0);
    }

    /// The way to the relay gets worse or better.
    pub fn change_weather(&mut self) {
        let mut draw = || match self.chance.below(3) {
            0 => 0,
            1 => 60,
            _ => 250,
        };
        let weather = Weather {
            lost: draw(),
            unanswered: draw(),
            twice: draw(),
            late: draw(),
            garbled: draw() / 3,
            replayed: draw() / 3,
        };
        self.say(format!("{weather:?}"));
        self.network.set_weather(weather);
    }

    /// The relay does what no relay should.
    pub async fn harm_relay(&mut self) {
        match self.chance.below(9) {
            0 | 1 => {
                self.say("the relay copies its data");
                self.network.copy();
            }
            2 => {
                let done = self.network.roll_back();
                self.went_back |= done;
                self.say(format!("the relay goes back to its copy: {done}"));
            }
            3 => {
                self.say("the relay loses its disk");
                self.network.lose_disk();
            }
            4 => {
                self.say("the relay withholds what comes");
                self.network.withhold(true);
            }
            5 => {
                self.say("the relay shows all again");
                self.network.withhold(false);
            }
            6 => {
                let mut some = BTreeSet::new();
                for device in 0..self.devices.len() {
                    if self.chance.permille(400) {
                        some.insert(device);
                    }
                }
                self.say(format!("the relay shows another history to {some:?}"));
                self.forked |= !some.is_empty();
                self.network.fork(some);
            }
            7 => {
                let count = self.network.deliver_late().await;
                self.say(format!("{count} late requests arrive"));
            }
            _ => {
                let device = self.chance.below(self.devices.len());
                let off = self.network.turn(device);
                self.say(format!("{device} is cut off: {off}"));
            }
        }
    }

    /// One of the next commits of a device goes wrong.
    pub fn harm_disk(&mut self, device: usize) {
        let dir = self.devices[device].dir.clone();
        let after = self.chance.below(4);
        let (fate, times) = match self.chance.below(5) {
            0 => (Fate::DiskFull, 1 + self.chance.below(4)),
            1 | 2 => (Fate::EndsBefore, 1),
            _ => (Fate::EndsAfter, 1),
        };
        self.say(format!(
            "the disk of {device}: {fate:?} after {after} commits, {times} times"
        ));
        *self.order.borrow_mut() = Some(Order {
            dir,
            after,
            times,
            fate,
        });
    }

    /// The program ends in order and starts again when it is needed; or it is killed while it rests.
    pub fn restart(&mut self, device: usize) -> Held<()> {
        if self.chance.permille(500) {
            self.say(format!("{device} is killed"));
            return self.devices[device]
                .crash()
                .map_err(|error| of_disk(&error));
        }
        self.say(format!("{device} restarts"));
        let closed = self.devices[device].close();
        closed.map_err(|error| Broken(format!("device {device} does not close: {error}")))
    }

    fn close(&mut self, device: usize) -> Held<()> {
        let closed = self.devices[device].close();
        closed.map_err(|error| Broken(format!("device {device} does not close: {error}")))
    }

    /// Keeps a copy of a device's folder.
    pub fn copy_store(&mut self, device: usize) -> Held<()> {
        self.close(device)?;
        let folder = self.copy_place(device, "older");
        copy_folder(&self.devices[device].dir, &folder).map_err(|error| of_disk(&error))?;
        self.say(format!("the folder of {device} is copied"));
        self.devices[device].older = Some(OlderCopy {
            folder,
            step: self.step,
        });
        Ok(())
    }

    fn copy_place(&self, device: usize, what: &str) -> PathBuf {
        let name = format!("{device}-{what}-{}", self.step);
        self.folder.path().join(name)
    }

    /// Puts the copy in the place of the folder; the keystore stays as it is.
    pub fn put_back(&mut self, device: usize) -> Held<()> {
        let beginning = self.beginnings.get(device).map(|folder| OlderCopy {
            folder: folder.clone(),
            step: 0,
        });
        let older = self.devices[device].older.clone();
        let Some(older) = older.or(beginning.filter(|_| self.chance.permille(400))) else {
            return Ok(());
        };
        self.close(device)?;
        self.say(format!(
            "{device} is put back to what it was at step {}",
            older.step
        ));
        let dir = self.devices[device].dir.clone();
        std::fs::remove_dir_all(&dir).map_err(|error| of_disk(&error))?;
        copy_folder(&older.folder, &dir).map_err(|error| of_disk(&error))?;
        self.devices[device].gone_back = true;
        self.told.retain(|(told, ..)| *told != device);
        self.ledger.put_back(device, older.step);
        self.forget_what_removed_wrote(self.devices[device].person);
        Ok(())
    }

    /// A device is put back to before what it wrote last, which others have by then, and writes before it hears of that.
    pub async fn go_back_and_on(&mut self, device: usize) -> Held<()> {
        if !self.is_here(device) {
            return Ok(());
        }
        self.copy_store(device)?;
        self.write_check_in_as(device, false)?;
        self.wait_ms(HOLD_MS);
        match self.has_relay {
            true => self.sync_once(device).await?,
            false => self.meet_somebody(device).await?,
        }
        self.put_back(device)?;
        self.write_check_in_as(device, false).map(drop)
    }

    /// A second device goes on from a copy of the folder and of the keystore.
    pub fn clone_device(&mut self, device: usize) -> Held<()> {
        // Without devices of their own to exchange with, or where two of one name cannot call each other, a person's
        // copies never hear of each other.
        let alone = !self.has_relay || self.devices_of(self.devices[device].person).len() == 1;
        if self.devices.len() >= DEVICES_MAX || self.twins || alone {
            return Ok(());
        }
        self.close(device)?;
        let number = self.devices.len();
        let dir = self.folder.path().join(number.to_string());
        copy_folder(&self.devices[device].dir, &dir).map_err(|error| of_disk(&error))?;
        let kept = KeystoreSecrets::default();
        let secrets = &self.devices[device].secrets;
        let copied = secrets.load().and_then(|secret| {
            kept.save(&secret.unwrap_or_default())?;
            kept.save_opens(secrets.opens()?.unwrap_or(0))
        });
        copied.map_err(|error| Broken(format!("the simulator's keystore: {error}")))?;
        self.say(format!(
            "{device} is copied whole: {number} goes on from there"
        ));
        let person = self.devices[device].person;
        let seed = self.chance.seed();
        let now_ms = self.now_ms;
        let secrets: Arc<dyn SecretStore> = Arc::new(kept);
        let mut copy = Device::new(person, number, dir, secrets, now_ms, seed);
        copy.copy_of = Some(device);
        for removal in &mut self.removals {
            if removal.gone.contains(&device) {
                removal.gone.push(number);
            }
        }
        let of = &self.devices[device];
        (copy.id, copy.revoked) = (of.id, of.revoked);
        copy.program = Arc::clone(&of.program);
        self.devices[device].copy_of = Some(number);
        self.devices.push(copy);
        self.twins = true;
        Ok(())
    }
}
