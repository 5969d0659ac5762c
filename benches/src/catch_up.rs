//! Taking in what somebody else wrote, through a relay or in one room, and the Gate, into a store that has
//! none of it: against opening, checking, reading and inserting the same.

use std::path::Path;
use std::time::{Duration, Instant};

use belay_engine::{LanConfig, LanEndingView};
use belay_testkit::FakeClock;
use tokio::runtime::Runtime;
use tokio::sync::{mpsc, oneshot};

use crate::Outcome;
use crate::bare_socket;
use crate::home::Home;
use crate::kept_relay::start_in;
use crate::person::{Person, ZONE, runtime};
use crate::raw_documents::RawDocuments;
use crate::raw_rows::{RawRows, connect};
use crate::received::Received;
use crate::row::{Bar, Measured, Row};
use crate::shared_check_in::timed;
use crate::spread::{Spread, millis};
use crate::ten_years::copy_folder;
use crate::{further_device, partner_away, ten_years};

/// Which way it comes.
#[derive(Clone, Copy, PartialEq)]
enum Way {
    Relay,
    /// From the phone, over one network.
    Room,
}

/// What comes, to whom.
struct Arrival<'a> {
    /// The kept folder with the relay and who catches up.
    kept: &'a Path,
    who: &'static str,
    at_ms: i64,
    /// At least so many items come.
    items: usize,
    what: &'static str,
    of_self: bool,
    way: Way,
    most: f64,
}

/// A partner's check-ins.
pub fn measure_partner(home: &Home, kept: &Path, rounds: usize) -> Outcome<Row> {
    Arrival {
        kept,
        who: "sam",
        at_ms: partner_away::END_MS,
        items: partner_away::CHECK_INS,
        what: "catch-up of a partner's 11,000 shared check-ins",
        of_self: false,
        way: Way::Relay,
        most: 1.4,
    }
    .measure(home, rounds)
}

/// Everything of one's own, on a further device.
pub fn measure_own(home: &Home, kept: &Path, rounds: usize) -> Outcome<Row> {
    Arrival {
        kept,
        who: "tablet",
        at_ms: ten_years::END_MS,
        items: further_device::DOCUMENTS,
        what: "an own replica's 14,650 documents",
        of_self: true,
        way: Way::Relay,
        most: 1.4,
    }
    .measure(home, rounds)
}

/// The same, from the phone in one room.
pub fn measure_room(home: &Home, kept: &Path, rounds: usize) -> Outcome<Row> {
    Arrival {
        kept,
        who: "tablet",
        at_ms: ten_years::END_MS,
        items: further_device::DOCUMENTS,
        what: "the same from the phone, over one network",
        of_self: true,
        way: Way::Room,
        most: 1.3,
    }
    .measure(home, rounds)
}

impl Arrival<'_> {
    fn measure(&self, home: &Home, rounds: usize) -> Outcome<Row> {
        let runtime = runtime()?;
        let mut parts = Parts::of(self, home, &runtime)?;
        let mut times = [const { Vec::<f64>::new() }; PARTS.len() + 1];
        let mut ratios = Vec::new();
        for round in 0..=rounds {
            // Who comes second may find warmer caches: they take turns.
            let (path, each) = if round % 2 == 0 {
                let path = self.path(home, &runtime)?.0;
                (path, parts.do_all(home)?)
            } else {
                let each = parts.do_all(home)?;
                (self.path(home, &runtime)?.0, each)
            };
            if round == 0 {
                continue;
            }
            times[0].push(millis(path));
            for (index, took) in each.iter().enumerate() {
                times[index + 1].push(millis(*took));
            }
            let sum: Duration = each.iter().sum();
            ratios.push(path.as_secs_f64() / sum.as_secs_f64());
        }
        let median = |index: usize| Spread::of(&times[index]).median;
        let mut told = Vec::new();
        for (index, what) in PARTS.iter().enumerate() {
            if parts.has(index) {
                told.push(Measured::millis(*what, median(index + 1)));
            }
        }
        if let Some(last) = told.last_mut() {
            last.what = format!("{}, {} FULL commits", last.what, parts.rows.commits());
        }
        Ok(Row {
            path: Measured::millis(self.what, median(0)),
            parts: told,
            ratios,
            bar: Bar::AtMost(self.most),
        })
    }

    fn path(&self, home: &Home, runtime: &Runtime) -> Outcome<(Duration, tempfile::TempDir)> {
        match self.way {
            Way::Relay => self.through_the_relay(home, runtime),
            Way::Room => self.in_one_room(home, runtime),
        }
    }

    /// One meeting of copies of both; the folder is given back with it.
    fn in_one_room(
        &self,
        home: &Home,
        runtime: &Runtime,
    ) -> Outcome<(Duration, tempfile::TempDir)> {
        let folder = home.scratch()?;
        for who in ["phone", self.who] {
            copy_folder(&self.kept.join(who), &folder.path().join(who))?;
        }
        let clock = FakeClock::at(self.at_ms, ZONE);
        let phone = Person::open(&folder.path().join("phone"), &clock)?;
        let person = Person::open(&folder.path().join(self.who), &clock)?;
        let took = runtime.block_on(async {
            let (ready, mut listening) = mpsc::unbounded_channel();
            let (leave, left) = oneshot::channel::<()>();
            let config = LanConfig {
                listen: (std::net::Ipv4Addr::LOCALHOST, 0).into(),
                asked: true,
                ..LanConfig::default()
            };
            let on_ready = |addr| {
                // Whoever calls waits for it below.
                let _ = ready.send(addr);
            };
            let stop = async { drop(left.await) };
            let answering = phone.engine.watch_lan(config, &on_ready, &|_| {}, stop);
            let calling = async {
                let addr = listening.recv().await.ok_or("nobody listens")?;
                let started = Instant::now();
                let report = person.engine.sync_lan(addr, &|_| {}).await?;
                let took = started.elapsed();
                // Whoever answers may have ended by themselves.
                let _ = leave.send(());
                let items: u64 = report.meetings.iter().map(|met| met.items_received).sum();
                let mut met = report.meetings.iter();
                let whole = met.all(|met| met.ending == LanEndingView::Whole);
                if !whole || usize::try_from(items)? < self.items {
                    return Err(format!("{items} items came; {:?}", report.meetings).into());
                }
                Outcome::Ok(took)
            };
            let (answered, took) = tokio::join!(answering, calling);
            answered?;
            took
        })?;
        phone.engine.shutdown()?;
        person.engine.shutdown()?;
        Ok((took, folder))
    }

    /// One sync of a copy of who catches up, with a copy of the relay; the folder is given back with it.
    fn through_the_relay(
        &self,
        home: &Home,
        runtime: &Runtime,
    ) -> Outcome<(Duration, tempfile::TempDir)> {
        let folder = home.scratch()?;
        copy_folder(&self.kept.join("relay"), &folder.path().join("relay"))?;
        copy_folder(&self.kept.join(self.who), &folder.path().join(self.who))?;
        std::fs::copy(self.kept.join("port"), folder.path().join("port"))?;
        let clock = FakeClock::at(self.at_ms, ZONE);
        let person = Person::open(&folder.path().join(self.who), &clock)?;
        let took = runtime.block_on(async {
            let relay = start_in(folder.path(), &clock).await?;
            let started = Instant::now();
            let report = person.engine.sync(&|_| {}).await?;
            let took = started.elapsed();
            let items = usize::try_from(report.items_received)?;
            if !report.troubles.is_empty() || items < self.items {
                return Err(format!("{items} items came; {:?}", report.troubles).into());
            }
            relay.shutdown().await?;
            Outcome::Ok(took)
        })?;
        person.engine.shutdown()?;
        Ok((took, folder))
    }
}

/// The parts, in the order they are done.
const PARTS: [&str; 6] = [
    "the same bytes over bare TCP",
    "open, decompress",
    "verify",
    "parse, decode",
    "fork, apply, load(save())",
    "insert with projection",
];

/// All that can be done apart from the engine.
struct Parts<'a> {
    arrival: &'a Arrival<'a>,
    received: Received,
    rows: RawRows,
}

impl<'a> Parts<'a> {
    fn of(arrival: &'a Arrival<'a>, home: &Home, runtime: &Runtime) -> Outcome<Self> {
        let (_, folder) = arrival.path(home, runtime)?;
        let folder = folder.path().join(arrival.who);
        let received = Received::read(&folder)?;
        let rows = RawRows::read(&folder, &received.batches())?;
        Ok(Self {
            arrival,
            received,
            rows,
        })
    }

    fn has(&self, part: usize) -> bool {
        match part {
            0 => self.arrival.way == Way::Room,
            4 => self.arrival.of_self,
            _ => true,
        }
    }

    fn do_all(&mut self, home: &Home) -> Outcome<[Duration; PARTS.len()]> {
        let stream = match self.arrival.way {
            Way::Relay => Duration::ZERO,
            Way::Room => bare_socket::stream(self.received.bytes())?,
        };
        let (bytes, open) = timed(|| self.received.open())?;
        let (items, parse) = timed(|| Received::parse(&bytes))?;
        let ((), verify) = timed(|| self.received.verify(&items))?;
        let (decode, merge) = if self.arrival.of_self {
            let (changes, decode) = timed(|| Received::changes(&items))?;
            let documents = RawDocuments::of(&changes)?;
            (decode, timed(|| documents.merge(&changes))?.1)
        } else {
            let (records, decode) = timed(|| Received::records(&items))?;
            std::hint::black_box(records);
            (decode, Duration::ZERO)
        };
        let folder = home.scratch()?;
        copy_folder(&self.arrival.kept.join(self.arrival.who), folder.path())?;
        let mut connection = connect(folder.path())?;
        let ((), insert) = timed(|| self.rows.insert(&mut connection))?;
        Ok([stream, open, verify, parse + decode, merge, insert])
    }
}
