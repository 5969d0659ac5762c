//! Somebody who was paired and then never synced again, while their partner wrote 11,000 check-ins for them
//! and sent each when it was written. Built once by the commands people use, and kept for later runs.

use std::path::{Path, PathBuf};

use belay_testkit::FakeClock;

use crate::Outcome;
use crate::content::check_in;
use crate::home::Home;
use crate::kept_relay::start_in;
use crate::person::{Person, START_MS, ZONE, paired, runtime};
use crate::ten_years::stamp_of;

/// How many check-ins wait.
pub const CHECK_INS: usize = 11_000;

/// A relay keeps a mailbox for 180 days without a request, so all of it is written in less. Longer than the
/// hold.
const EVERY_MS: i64 = 165 * 24 * 60 * 60 * 1000 / CHECK_INS as i64;

/// When the partner comes back.
pub const END_MS: i64 = START_MS + EVERY_MS * CHECK_INS as i64;

/// Raised whenever this file builds something else.
const BUILDER: u32 = 1;

/// The folder with the relay and with `sam`, who was away; built now if it is missing or `rebuild` says so.
pub fn kept(home: &Home, rebuild: bool) -> Outcome<PathBuf> {
    home.keep(&stamp_of("partner-away", BUILDER), rebuild, |folder| {
        eprintln!("catch-up: building {CHECK_INS} check-ins; they are kept for later runs");
        build(folder)
    })
}

fn build(folder: &Path) -> Outcome<()> {
    let clock = FakeClock::at(START_MS, ZONE);
    runtime()?.block_on(async {
        let relay = start_in(folder, &clock).await?;
        let (ada, sam) = paired(folder, &clock, &relay.origin().to_string()).await?;
        sam.engine.shutdown()?;
        write_all(&ada).await?;
        ada.engine.shutdown()?;
        relay.shutdown().await.map_err(Into::into)
    })
}

async fn write_all(person: &Person) -> Outcome<()> {
    let space = person.space()?;
    for number in 0..CHECK_INS {
        person.engine.write_check_in(check_in(number, space)?)?;
        person.clock.advance_ms(EVERY_MS);
        person.sync().await?;
    }
    Ok(())
}
