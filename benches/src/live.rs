//! How long it takes from the start of a write until a partner who keeps up has it on their disk and is told,
//! through a relay that keeps it durably: against two bare socket hops, and taking in what came by the parts
//! alone with one durable commit for each.

use std::path::Path;
use std::time::{Duration, Instant};

use belay_engine::{SettingsEdit, SyncReport};
use belay_testkit::FakeClock;
use tokio::sync::{mpsc, oneshot};
use tokio::time::timeout;

use crate::Outcome;
use crate::bare_socket::Hops;
use crate::home::Home;
use crate::kept_relay::start_in;
use crate::person::{Person, ZONE, paired, runtime};
use crate::raw_rows::{RawRows, connect};
use crate::received::Received;
use crate::row::{Bar, Measured, Row};
use crate::shared_check_in::{CheckInWriter, timed};
use crate::spread::{Spread, millis, quantile};
use crate::ten_years::{END_MS, copy_folder};

/// Writes in one round.
pub const PER_ROUND: usize = 40;
const WARM_UP: usize = 20;
/// Longer than anything that is worth telling.
const LOST_AFTER: Duration = Duration::from_secs(60);

/// Measures the row, and says the spread in words.
pub fn measure(home: &Home, rounds: usize) -> Outcome<(Row, String)> {
    let folder = home.scratch()?;
    let before = home.scratch()?;
    let clock = FakeClock::at(END_MS, ZONE);
    let times = runtime()?.block_on(async {
        let relay = start_in(folder.path(), &clock).await?;
        let (ada, sam) = paired(folder.path(), &clock, &relay.origin().to_string()).await?;
        ada.engine.edit_settings(SettingsEdit {
            hold_seconds: Some(0),
            ..SettingsEdit::default()
        })?;
        sam.engine.checkpoint()?;
        copy_folder(sam.folder(), before.path())?;
        let times = deliver(&ada, &sam, rounds * PER_ROUND).await?;
        relay.shutdown().await?;
        for person in [ada, sam] {
            person.engine.shutdown()?;
        }
        Outcome::Ok(times)
    })?;
    let parts = Parts::of(&folder.path().join("sam"))?;
    let mut hops = Hops::make()?;
    let (mut ratios, mut of_hops, mut of_apply) = (Vec::new(), Vec::new(), Vec::new());
    for round in times.chunks(PER_ROUND) {
        let mut took = Vec::new();
        for _ in 0..PER_ROUND {
            took.push(millis(hops.pass(parts.bytes_each())?));
        }
        let passed = Spread::of(&took).median;
        let applied = parts.apply_one(home, before.path())?;
        ratios.push(Spread::of(round).median / (passed + applied));
        of_hops.push(passed);
        of_apply.push(applied);
    }
    let micros = |what: &str, times: &[f64]| Measured::micros(what, Spread::of(times).median * 1e3);
    let row = Row {
        path: micros(
            "a write on one device until it is on another's disk, live",
            &times,
        ),
        parts: vec![
            micros("two bare socket hops", &of_hops),
            micros("open, verify, decode, insert, one FULL commit", &of_apply),
        ],
        ratios,
        bar: Bar::AtMost(2.0),
    };
    let told = format!(
        "live delivery, durable on both sides and at the relay: p50 {:.1} ms, p99 {:.1} ms",
        quantile(&times, 0.5),
        quantile(&times, 0.99),
    );
    Ok((row, told))
}

/// What taking it in cannot do without.
struct Parts {
    received: Received,
    rows: RawRows,
}

impl Parts {
    fn of(folder: &Path) -> Outcome<Self> {
        let received = Received::read(folder)?;
        let rows = RawRows::read(folder, &received.one_by_one())?;
        Ok(Self { received, rows })
    }

    fn bytes_each(&self) -> usize {
        self.received.bytes() / self.received.count()
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

/// One check-in after another, while both keep up; milliseconds of each.
async fn deliver(ada: &Person, sam: &Person, writes: usize) -> Outcome<Vec<f64>> {
    let (told, mut heard) = mpsc::unbounded_channel();
    let (stop_ada, ada_stops) = oneshot::channel::<()>();
    let (stop_sam, sam_stops) = oneshot::channel::<()>();
    let at_sams = |report: &SyncReport| {
        if report.items_received > 0 {
            // Whoever measures may have heard enough.
            let _ = told.send(Instant::now());
        }
    };
    let quiet = |_: &SyncReport| {};
    let writing = async {
        let mut writer = CheckInWriter::new(ada)?;
        let mut times = Vec::new();
        for number in 0..writes + WARM_UP {
            while heard.try_recv().is_ok() {}
            let started = Instant::now();
            writer.write()?;
            let arrived = timeout(LOST_AFTER, heard.recv())
                .await?
                .ok_or("sam stopped")?;
            if number >= WARM_UP {
                times.push(millis(arrived - started));
            }
        }
        // Those who keep up may have ended with an error, which is told below.
        let _ = stop_ada.send(());
        let _ = stop_sam.send(());
        Outcome::Ok(times)
    };
    let (times, from, to) = tokio::join!(
        writing,
        ada.engine
            .watch(&quiet, async { ada_stops.await.unwrap_or(()) }),
        sam.engine
            .watch(&at_sams, async { sam_stops.await.unwrap_or(()) }),
    );
    from?;
    to?;
    times
}
