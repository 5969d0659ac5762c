//! How long it takes from the start of a write until a partner who keeps up has it on their disk and is told,
//! through a relay that keeps it durably. No bar: told only.

use std::time::{Duration, Instant};

use belay_engine::{SettingsEdit, SyncReport};
use belay_testkit::FakeClock;
use tokio::sync::{mpsc, oneshot};
use tokio::time::timeout;

use crate::Outcome;
use crate::home::Home;
use crate::kept_relay::start_in;
use crate::person::{Person, ZONE, paired, runtime};
use crate::shared_check_in::CheckInWriter;
use crate::spread::{millis, quantile};
use crate::ten_years::END_MS;

const WRITES: usize = 400;
const WARM_UP: usize = 20;
/// Longer than anything that is worth telling.
const LOST_AFTER: Duration = Duration::from_secs(60);

/// Measures and says it in words.
pub fn measure(home: &Home) -> Outcome<String> {
    let folder = home.scratch()?;
    let clock = FakeClock::at(END_MS, ZONE);
    let times = runtime()?.block_on(async {
        let relay = start_in(folder.path(), &clock).await?;
        let (ada, sam) = paired(folder.path(), &clock, &relay.origin().to_string()).await?;
        ada.engine.edit_settings(SettingsEdit {
            hold_seconds: Some(0),
            ..SettingsEdit::default()
        })?;
        let times = deliver(&ada, &sam).await?;
        relay.shutdown().await?;
        Outcome::Ok(times)
    })?;
    Ok(format!(
        "live delivery, durable on both sides and at the relay: p50 {:.1} ms, p99 {:.1} ms",
        quantile(&times, 0.5),
        quantile(&times, 0.99),
    ))
}

/// One check-in after another, while both keep up; milliseconds of each.
async fn deliver(ada: &Person, sam: &Person) -> Outcome<Vec<f64>> {
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
        for number in 0..WRITES + WARM_UP {
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
