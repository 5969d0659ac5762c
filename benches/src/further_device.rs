//! A further device of somebody who has used Belay for ten years: admitted, and not synced yet. Built once by
//! the commands people use, and kept for later runs.

use std::path::{Path, PathBuf};

use belay_testkit::FakeClock;

use crate::Outcome;
use crate::home::Home;
use crate::kept_relay::start_in;
use crate::person::{Person, ZONE, runtime};
use crate::ten_years::{self, END_MS, stamp_of};

/// 11,000 check-ins and 3,650 entries.
pub const DOCUMENTS: usize = 14_650;

/// Raised whenever this file builds something else.
const BUILDER: u32 = 1;

/// The folder with the relay that keeps the sealed copy and with `tablet`; built now if it is missing or
/// `rebuild` says so. `ten_years` is the kept person.
pub fn kept(home: &Home, ten_years: &Path, rebuild: bool) -> Outcome<PathBuf> {
    let name = format!(
        "{}-{}",
        stamp_of("further-device", BUILDER),
        ten_years::BUILDER
    );
    home.keep(&name, rebuild, |folder| {
        eprintln!("own-replica: building the sealed copy; it is kept for later runs");
        build(ten_years, folder)
    })
}

fn build(ten_years: &Path, folder: &Path) -> Outcome<()> {
    let clock = FakeClock::at(END_MS, ZONE);
    runtime()?.block_on(async {
        let relay = start_in(folder, &clock).await?;
        let phone = ten_years::open_copy(ten_years, &folder.join("phone"))?;
        phone
            .engine
            .set_relay(Some(&relay.origin().to_string()), false)?;
        phone.engine.set_self_copy(true)?;
        send_copy(&phone).await?;
        let place = folder.join("tablet");
        std::fs::create_dir_all(&place)?;
        let tablet = Person::further_device(&place, &clock)?;
        let shown = tablet.engine.own_device_bundle()?;
        let welcome = phone.engine.admit_own_device(&shown, "tablet")?;
        tablet.engine.join_own_devices(&welcome)?;
        tablet.engine.shutdown()?;
        send_copy(&phone).await?;
        phone.engine.shutdown()?;
        relay.shutdown().await.map_err(Into::into)
    })
}

/// Syncs; the partner's relay is away for good, and only that may be trouble.
async fn send_copy(phone: &Person) -> Outcome<()> {
    let with_partner = phone.space()?;
    let report = phone.engine.sync(&|_| {}).await?;
    match report
        .troubles
        .iter()
        .find(|trouble| trouble.space != with_partner)
    {
        Some(trouble) => Err(format!("sync: {}", trouble.code).into()),
        None => Ok(()),
    }
}
