//! Removing one of 61 own devices: the act, a new secret wrapped to the sixty that stay, both sealed under the secret
//! before, all in one commit; against the sixty wraps alone.

use belay_crypto::{DeviceKey, KemKey, KemPublic, make_epoch, make_wraps};
use belay_engine::SystemEntropy;
use belay_model::{DeviceId, EpochId, SpaceId, make_bytes};
use belay_protocol::Bundle;
use belay_testkit::FakeClock;

use crate::Outcome;
use crate::home::Home;
use crate::person::{Person, ZONE};
use crate::row::{Bar, Measured, Row};
use crate::shared_check_in::timed;
use crate::spread::{Spread, micros};
use crate::ten_years::END_MS;

/// Devices that read on.
const STAY: usize = 60;

/// Where a sealed copy would go; nobody is asked for it here.
const NOWHERE: &str = "https://relay.invalid";

/// Measures the row.
pub fn measure(home: &Home, rounds: usize) -> Outcome<Row> {
    let folder = home.scratch()?;
    let person = Person::create(folder.path(), "Ada", &FakeClock::at(END_MS, ZONE))?;
    person.engine.set_relay(Some(NOWHERE), false)?;
    person.engine.set_self_copy(true)?;
    for _ in 1..STAY {
        admit(&person)?;
    }
    let recipients = recipients();
    let (mut paths, mut parts, mut ratios) = (Vec::new(), Vec::new(), Vec::new());
    for round in 0..=rounds {
        let gone = admit(&person)?;
        let path = timed(|| Ok(person.engine.revoke_own_device(&gone)?))?.1;
        let part = timed(|| wraps(&recipients))?.1;
        if round > 0 {
            paths.push(micros(path) / 1000.0);
            parts.push(micros(part) / 1000.0);
            ratios.push(path.as_secs_f64() / part.as_secs_f64());
        }
    }
    let what = format!("remove an own device of {}", STAY + 1);
    Ok(Row {
        path: Measured::millis(what, Spread::of(&paths).median),
        parts: vec![Measured::millis(
            format!("wrap a secret to {STAY} devices"),
            Spread::of(&parts).median,
        )],
        ratios,
        bar: Bar::AtMost(1.5),
    })
}

/// Admits a device that shows keys like any other, and says which it is.
fn admit(person: &Person) -> Outcome<DeviceId> {
    let bundle = Bundle::Device {
        sign_pk: DeviceKey::make(&mut SystemEntropy).public(),
        random: make_bytes(&mut SystemEntropy),
        kem: KemKey::make(&mut SystemEntropy).statement(0),
    };
    let before = person.engine.own_devices()?;
    person
        .engine
        .admit_own_device(&bundle.encode(), "further")?;
    let after = person.engine.own_devices()?;
    let new = after
        .iter()
        .find(|one| before.iter().all(|known| known.device != one.device));
    Ok(new.ok_or("nobody was admitted")?.device)
}

fn recipients() -> Vec<(DeviceId, Vec<u8>)> {
    let one = |_| {
        let key = KemKey::make(&mut SystemEntropy);
        (
            DeviceId::from_bytes(make_bytes(&mut SystemEntropy)),
            key.public(),
        )
    };
    (0..STAY).map(one).collect()
}

fn wraps(recipients: &[(DeviceId, Vec<u8>)]) -> Outcome<usize> {
    let (secret, _) = make_epoch(vec![], vec![], &mut SystemEntropy);
    let (space, epoch) = (SpaceId::from_bytes([1; 32]), EpochId::from_bytes([2; 32]));
    let to: Vec<_> = recipients
        .iter()
        .map(|(device, pk)| Ok((*device, KemPublic::parse(pk)?)))
        .collect::<Outcome<_>>()?;
    Ok(make_wraps(&secret, &space, &epoch, &to, &mut SystemEntropy)?.len())
}
