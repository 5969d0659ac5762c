//! How long it takes from the start of a write until a partner who keeps up has it on their disk and their screens
//! are told, through a relay that keeps it durably: against two bare socket hops, and taking in what came by the
//! parts alone with one durable commit for each. And, told beside it, against the parts of all three who make it
//! durable one after the other.

use std::path::Path;
use std::sync::mpsc::{self, Receiver, Sender};
use std::thread;
use std::time::{Duration, Instant};

use belay_engine::{ChangeArea, ChangeFeed, SettingsEdit};
use belay_model::EnvelopeId;
use belay_relay::engine::NewEnvelope;
use belay_testkit::FakeClock;
use tokio::runtime::{Builder, Runtime};
use tokio::sync::watch;

use crate::Outcome;
use crate::bare_socket::Hops;
use crate::calibrated_file::CalibratedFile;
use crate::home::Home;
use crate::kept_relay::start_in;
use crate::person::{Person, ZONE, paired, runtime};
use crate::raw_relay::RawRelay;
use crate::raw_rows::{RawRows, connect};
use crate::received::Received;
use crate::row::{Bar, Measured, Row};
use crate::shared_check_in::{CheckInWriter, Parts as WriteParts, timed};
use crate::spread::{Spread, millis, quantile};
use crate::ten_years::{END_MS, copy_folder};

/// Writes in one round.
pub const PER_ROUND: usize = 40;
const WARM_UP: usize = 20;
/// Longer than anything that is worth telling.
const LOST_AFTER: Duration = Duration::from_secs(60);
/// Between two writes: nobody writes two check-ins in one second, and what both do afterwards is no part of it.
const REST: Duration = Duration::from_millis(40);
/// Pages that the writer's commit writes, as the first row of the table counts them.
const WRITTEN_PAGES: usize = 11;

/// Measures the rows, and says the spread in words.
pub fn measure(home: &Home, rounds: usize) -> Outcome<(Vec<Row>, String)> {
    let folder = home.scratch()?;
    let before = home.scratch()?;
    let clock = FakeClock::at(END_MS, ZONE);
    let threads = runtime()?;
    let relay = threads.block_on(start_in(folder.path(), &clock))?;
    let origin = relay.origin().to_string();
    let (ada, sam) = threads.block_on(paired(folder.path(), &clock, &origin))?;
    ada.engine.edit_settings(SettingsEdit {
        hold_seconds: Some(0),
        ..SettingsEdit::default()
    })?;
    sam.engine.checkpoint()?;
    copy_folder(sam.folder(), before.path())?;
    let times = deliver(&ada, &sam, rounds * PER_ROUND)?;
    threads.block_on(relay.shutdown())?;
    let mut parts = Parts::of(home, &ada, &sam)?;
    for person in [&ada, &sam] {
        person.engine.shutdown()?;
    }
    let rounds: Vec<_> = times.chunks(PER_ROUND).collect();
    let mut done = Vec::new();
    for _ in &rounds {
        done.push(parts.do_all(home, before.path())?);
    }
    let path = Measured::micros(
        "a write on one device until it is on another's disk, live",
        Spread::of(&times).median * 1e3,
    );
    // The bar counts what happens on the way and where it arrives, and not what the writer and the relay do.
    let row = |path: Measured, from: usize, bar: Bar| Row {
        path,
        parts: (from..PARTS.len())
            .map(|part| {
                let took: Vec<f64> = done.iter().map(|done| done[part]).collect();
                Measured::micros(PARTS[part], Spread::of(&took).median * 1e3)
            })
            .collect(),
        ratios: rounds
            .iter()
            .zip(&done)
            .map(|(round, done)| Spread::of(round).median / done[from..].iter().sum::<f64>())
            .collect(),
        bar,
    };
    let told = format!(
        "live delivery, durable on both sides and at the relay: p50 {:.1} ms, p99 {:.1} ms",
        quantile(&times, 0.5),
        quantile(&times, 0.99),
    );
    let same = Measured {
        what: "the same".to_owned(),
        ..path.clone()
    };
    let rows = vec![
        row(path, OF_OTHERS, Bar::AtMost(2.0)),
        row(same, 0, Bar::Told),
    ];
    Ok((rows, told))
}

/// The parts, in the order they are done.
const PARTS: [&str; 5] = [
    "the writer's Automerge change and signatures",
    "the writer's FULL commit of 11 pages",
    "the relay's raw FULL commit of one row",
    "two bare socket hops",
    "open, verify, decode, insert, one FULL commit",
];
/// So many of them are others' than the one's whom it reaches.
const OF_OTHERS: usize = 3;

/// What cannot be done without.
struct Parts {
    write: WriteParts,
    written: CalibratedFile,
    relay: RawRelay,
    hops: Hops,
    received: Received,
    rows: RawRows,
    // The files go away with them.
    _folders: [tempfile::TempDir; 2],
}

impl Parts {
    /// Parts of the same content as what Ada wrote and Sam took in.
    fn of(home: &Home, ada: &Person, sam: &Person) -> Outcome<Self> {
        let folders = [home.scratch()?, home.scratch()?];
        let received = Received::read(sam.folder())?;
        let rows = RawRows::read(sam.folder(), &received.one_by_one())?;
        let written = CheckInWriter::new(ada)?.write()?.0;
        Ok(Self {
            write: WriteParts::of(&written, ada.space()?)?,
            written: CalibratedFile::make(folders[0].path(), WRITTEN_PAGES)?,
            relay: RawRelay::make(folders[1].path(), false)?,
            hops: Hops::make()?,
            received,
            rows,
            _folders: folders,
        })
    }

    /// Milliseconds of each: the median of as many as a round has, and one of all that came.
    fn do_all(&mut self, home: &Home, before: &Path) -> Outcome<[f64; PARTS.len()]> {
        let bytes = self.received.bytes() / self.received.count();
        let mut took = [const { Vec::new() }; OF_OTHERS + 1];
        for number in 0..PER_ROUND {
            let made = self.write.change()? + self.write.signatures()?;
            self.written.change();
            let written = timed(|| self.written.commit())?.1;
            let envelope = envelope_of(bytes, number);
            let kept = timed(|| self.relay.commit(&[envelope]))?.1;
            let passed = self.hops.pass(bytes)?;
            for (took, one) in took.iter_mut().zip([made, written, kept, passed]) {
                took.push(millis(one));
            }
        }
        let [made, written, kept, passed] = took.map(|took| Spread::of(&took).median);
        let applied = self.apply_one(home, before)?;
        Ok([made, written, kept, passed, applied])
    }

    /// Milliseconds for one of all that came, into a copy of the store as it was before.
    fn apply_one(&self, home: &Home, before: &Path) -> Outcome<f64> {
        let folder = home.scratch()?;
        copy_folder(before, folder.path())?;
        let mut connection = connect(folder.path())?;
        let ((), took) = timed(|| {
            let items = Received::parse(&self.received.open()?)?;
            self.received.verify(&items)?;
            std::hint::black_box(Received::records(&items)?);
            self.rows.insert(&mut connection)
        })?;
        Ok(millis(took) / self.received.count() as f64)
    }
}

/// As many bytes as an envelope has, for the relay's table.
fn envelope_of(bytes: usize, number: usize) -> NewEnvelope {
    let mut id = [0x5a; 32];
    id[..8].copy_from_slice(&(number as u64).to_le_bytes());
    NewEnvelope {
        id: EnvelopeId::from_bytes(id),
        erase_hash: [7; 32],
        bytes: vec![0x5a; bytes].into(),
    }
}

/// One check-in after another, while both keep up, each on a thread of its own as on a device of its own;
/// milliseconds of each.
fn deliver(ada: &Person, sam: &Person, writes: usize) -> Outcome<Vec<f64>> {
    // They go on for as long as this is there.
    let (going, over) = watch::channel(());
    thread::scope(|scope| {
        let (told, heard) = mpsc::channel();
        let (feed, until) = (sam.engine.changes(), over.clone());
        let told = scope.spawn(move || tell(feed, &told, until));
        let keeping = [ada, sam].map(|person| {
            let until = over.clone();
            scope.spawn(move || keep_up(person, until))
        });
        let times = write_all(ada, &heard, writes);
        drop(going);
        for thread in keeping.into_iter().chain([told]) {
            thread.join().map_err(|_| "a thread stopped")??;
        }
        times
    })
}

fn write_all(ada: &Person, heard: &Receiver<Instant>, writes: usize) -> Outcome<Vec<f64>> {
    let mut writer = CheckInWriter::new(ada)?;
    let mut times = Vec::new();
    for number in 0..writes + WARM_UP {
        thread::sleep(REST);
        while heard.try_recv().is_ok() {
            // Only what was there before the first write: else one write would be told twice.
            if number > 1 {
                return Err("sam was told twice of one write".into());
            }
        }
        let started = Instant::now();
        writer.write()?;
        let arrived = heard.recv_timeout(LOST_AFTER)?;
        if number >= WARM_UP {
            times.push(millis(arrived - started));
        }
    }
    Ok(times)
}

fn alone() -> Outcome<Runtime> {
    Ok(Builder::new_current_thread().enable_all().build()?)
}

fn keep_up(person: &Person, mut over: watch::Receiver<()>) -> Outcome<()> {
    let stop = async move {
        // An error means that it is over.
        let _ = over.changed().await;
    };
    Ok(alone()?.block_on(person.engine.watch(&|_| {}, stop))?)
}

/// Says when something of a partner became stale on screens.
fn tell(
    mut feed: ChangeFeed,
    told: &Sender<Instant>,
    mut over: watch::Receiver<()>,
) -> Outcome<()> {
    alone()?.block_on(async {
        loop {
            let change = tokio::select! {
                change = feed.next() => change.ok_or("sam stopped")?,
                _ = over.changed() => return Ok(()),
            };
            if change.areas.contains(&ChangeArea::Partners) {
                // Whoever measures may have heard enough.
                let _ = told.send(Instant::now());
            }
        }
    })
}
