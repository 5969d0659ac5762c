//! Keeping near: shows this device to others on the network, answers who calls, and calls who shows up, for as
//! long as it is asked to. Two that met call each other again when one of them has something new.

use std::collections::BTreeMap;
use std::future::Future;
use std::net::{IpAddr, Ipv4Addr, SocketAddr};
use std::pin::pin;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use belay_model::{SpaceId, make_bytes};
use belay_sync::pause_ms;
use belay_transport::{Advertisement, Discovery, LanListener, LanPeer, LanStream};
use tokio::time::sleep;

use super::keys::{SpaceKeys, advertised};
use super::meeting::bearable;
use super::views::{LanEndingView, LanReport};
use crate::engine::Engine;
use crate::syncing::watch::{Following, first_ended};
use crate::{BelayError, Result};

/// How often it is looked who is there and what is due.
pub(super) const LOOK: Duration = Duration::from_secs(1);

/// How long one advertisement is shown: after that nobody can tell that the next one is the same device's.
pub(super) const ADVERTISED_MS: i64 = 15 * 60 * 1000;

/// How long the one of two that does not call first waits for the other's call.
const OTHER_FIRST_MS: u64 = 3000;

/// Calls that are answered at a time; who comes later waits.
pub(super) const ANSWERED_MAX: usize = 8;

pub(super) type OnLanReport<'a> = &'a (dyn Fn(&LanReport) + Send + Sync);

/// How to keep near.
#[derive(Clone)]
pub struct LanConfig {
    /// Where to listen; port 0 takes a free one.
    pub listen: SocketAddr,
    /// How to find others and be found; `None` leaves it at `peers`.
    pub discovery: Option<Arc<dyn Discovery>>,
    /// Devices whose addresses are known.
    pub peers: Vec<SocketAddr>,
    /// Also while the person has not switched it on: they asked for it this once.
    pub asked: bool,
}

impl Default for LanConfig {
    /// On every interface, with nobody known and no way to find anybody yet.
    fn default() -> Self {
        Self {
            listen: SocketAddr::new(IpAddr::V4(Ipv4Addr::UNSPECIFIED), 0),
            discovery: None,
            peers: Vec::new(),
            asked: false,
        }
    }
}

impl std::fmt::Debug for LanConfig {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("LanConfig").finish_non_exhaustive()
    }
}

/// Somebody to call about one space: by the name they show, or by their address where that was handed in.
type Whom = (SpaceId, String);

/// What is known of somebody who is there.
#[derive(Debug, Clone, Copy)]
struct Known {
    /// What there was to give when they were last met.
    mark: Option<u64>,
    /// Until when they are not called.
    rest: Rest,
    failures: u32,
}

/// A while during which somebody is not called, by this device's clock. One that is put right meanwhile ends it.
#[derive(Debug, Clone, Copy)]
struct Rest {
    since_ms: i64,
    lasts_ms: u64,
}

/// What is being shown.
struct Shown {
    advertisement: Advertisement,
    spaces: Vec<SpaceId>,
    since_ms: i64,
}

impl Engine {
    /// Shows this device to others on the network and exchanges with those who belong to one of its spaces,
    /// until `stop` is ready: at once when somebody comes, and again when something is new here. While the
    /// person has not switched it on, nothing is shown and nobody is answered, unless `asked` says otherwise.
    /// `on_ready` is told where it listens, each time that it begins to.
    ///
    /// # Errors
    /// `Unavailable{no-network}` when this device cannot be called here; what the disk refuses. What goes
    /// wrong with one device stands in the reports.
    pub async fn watch_lan(
        &self,
        config: LanConfig,
        on_ready: &(dyn Fn(SocketAddr) + Send + Sync),
        on_report: OnLanReport<'_>,
        stop: impl Future<Output = ()>,
    ) -> Result<()> {
        let mut stop = pin!(stop);
        loop {
            tokio::select! {
                () = &mut stop => return Ok(()),
                switched = self.until_switched(&config, true) => switched?,
            }
            let kept = tokio::select! {
                () = &mut stop => Ok(true),
                switched = self.until_switched(&config, false) => switched.map(|()| false),
                ended = self.keep_near(&config, on_ready, on_report) => ended.map(|()| true),
            };
            if let Some(discovery) = &config.discovery {
                discovery.stop();
            }
            if kept? {
                return Ok(());
            }
        }
    }

    /// Ready when the switch stands so.
    async fn until_switched(&self, config: &LanConfig, on: bool) -> Result<()> {
        loop {
            let written = self.written.notified();
            if (config.asked || self.read(super::setting::is_on)?) == on {
                return Ok(());
            }
            tokio::select! {
                () = written => {}
                // Another program on the same store writes unheard.
                () = sleep(LOOK) => {}
            }
        }
    }

    async fn keep_near(
        &self,
        config: &LanConfig,
        on_ready: &(dyn Fn(SocketAddr) + Send + Sync),
        on_report: OnLanReport<'_>,
    ) -> Result<()> {
        let no_network = |_| BelayError::unavailable("no-network");
        let listener = LanListener::bind(config.listen).await.map_err(no_network)?;
        let addr = listener.addr().map_err(no_network)?;
        on_ready(addr);
        // What came of calls, until it is noted below.
        let results: Mutex<Vec<(Whom, bool, u64)>> = Mutex::default();
        let mut shown = None;
        let mut known: BTreeMap<Whom, Known> = BTreeMap::new();
        let mut calls: BTreeMap<Whom, Following<'_>> = BTreeMap::new();
        let mut answers: BTreeMap<u64, Following<'_>> = BTreeMap::new();
        let mut answered = 0;
        loop {
            let now_ms = self.clock.now_ms();
            let spaces = self.lan_spaces(true)?;
            self.show(config, addr.port(), &mut shown, now_ms)?;
            let there = there(config, &spaces);
            known.retain(|whom, _| there.iter().any(|(present, ..)| present == whom));
            for (whom, addrs, keys) in there {
                let first = shown.as_ref().is_none_or(|shown| shown.calls_first(&whom));
                let known = known
                    .entry(whom.clone())
                    .or_insert_with(|| Known::seen(first, now_ms));
                if !calls.contains_key(&whom) && self.is_worth(known, &whom.0, now_ms)? {
                    let call = self.call_any(whom.clone(), addrs, keys, on_report, &results);
                    calls.insert(whom, Box::pin(call));
                }
            }
            tokio::select! {
                call = listener.accept(), if answers.len() < ANSWERED_MAX => {
                    match call {
                        Ok(stream) => {
                            answered += 1;
                            let answer = self.answer_one(stream, on_report);
                            answers.insert(answered, Box::pin(answer));
                        }
                        // Such as no room for another connection: it is not asked for in a hurry.
                        Err(_) => sleep(LOOK).await,
                    }
                }
                (number, ended) = first_ended(&mut answers) => {
                    answers.remove(&number);
                    // One meeting that goes wrong here does not end the others.
                    ended.or_else(|error| bearable(error).map(drop))?;
                }
                (whom, ended) = first_ended(&mut calls) => {
                    calls.remove(&whom);
                    // One meeting that goes wrong here does not end the others.
                    ended.or_else(|error| bearable(error).map(drop))?;
                }
                () = sleep(LOOK) => {}
            }
            let now_ms = self.clock.now_ms();
            for (whom, well, mark) in results
                .lock()
                .unwrap_or_else(PoisonError::into_inner)
                .drain(..)
            {
                let jitter = self.with_entropy(make_bytes::<1>)?[0];
                if let Some(known) = known.get_mut(&whom) {
                    known.met(well, mark, jitter, now_ms);
                }
            }
        }
    }

    /// Shows what is to be shown now, new random bytes and all, when it is time or the spaces are others.
    fn show(
        &self,
        config: &LanConfig,
        port: u16,
        shown: &mut Option<Shown>,
        now_ms: i64,
    ) -> Result<()> {
        let Some(discovery) = &config.discovery else {
            return Ok(());
        };
        let keys = self.lan_spaces(false)?;
        let spaces: Vec<SpaceId> = keys.iter().map(|keys| keys.space).collect();
        let fresh = shown.as_ref().is_some_and(|shown| {
            let age_ms = now_ms.saturating_sub(shown.since_ms);
            shown.spaces == spaces && (0..ADVERTISED_MS).contains(&age_ms)
        });
        if fresh {
            return Ok(());
        }
        let (name, tags) = self.with_entropy(|entropy| {
            let name = belay_model::DocName::from_bytes(make_bytes(entropy)).to_string();
            (name, advertised(&keys, entropy))
        })?;
        let advertisement = Advertisement { name, port, tags };
        let advertised = discovery.advertise(&advertisement);
        advertised.map_err(|_| BelayError::unavailable("no-network"))?;
        *shown = Some(Shown {
            advertisement,
            spaces,
            since_ms: now_ms,
        });
        Ok(())
    }

    /// Whether somebody is to be called now.
    fn is_worth(&self, known: &Known, space: &SpaceId, now_ms: i64) -> Result<bool> {
        if !known.rest.is_over(now_ms) {
            return Ok(false);
        }
        match known.mark {
            None => Ok(true),
            Some(mark) => Ok(mark != self.to_give_mark(space)?),
        }
    }

    /// Calls one device, at the first of its addresses that answers.
    async fn call_any(
        &self,
        whom: Whom,
        addrs: Vec<SocketAddr>,
        keys: SpaceKeys,
        on_report: OnLanReport<'_>,
        results: &Mutex<Vec<(Whom, bool, u64)>>,
    ) -> Result<()> {
        let mut well = false;
        for addr in addrs {
            let Ok(stream) = LanStream::connect(addr).await else {
                continue;
            };
            let mut report = LanReport::default();
            let meeting = self
                .call(stream, keys.clone(), &|_| {}, &mut report)
                .await?;
            if let Some(meeting) = meeting {
                well = meeting.ending == LanEndingView::Whole;
                report.meetings.push(meeting);
                on_report(&report);
            }
            break;
        }
        let mark = self.to_give_mark(&whom.0)?;
        let mut results = results.lock().unwrap_or_else(PoisonError::into_inner);
        results.push((whom, well, mark));
        Ok(())
    }

    async fn answer_one(&self, stream: LanStream, on_report: OnLanReport<'_>) -> Result<()> {
        let mut report = LanReport::default();
        let meeting = self.answer_call(stream, &|_| {}, &mut report).await?;
        if let Some(meeting) = meeting {
            report.meetings.push(meeting);
            on_report(&report);
        }
        Ok(())
    }
}

impl Shown {
    /// Whether this device calls somebody without waiting for their call. One who does not see this space
    /// here never calls about it.
    fn calls_first(&self, (space, name): &Whom) -> bool {
        self.advertisement.name < *name || !self.spaces.contains(space)
    }
}

impl Known {
    const fn seen(first: bool, now_ms: i64) -> Self {
        let lasts_ms = if first { 0 } else { OTHER_FIRST_MS };
        Self {
            mark: None,
            rest: Rest {
                since_ms: now_ms,
                lasts_ms,
            },
            failures: 0,
        }
    }

    fn met(&mut self, well: bool, mark: u64, jitter: u8, now_ms: i64) {
        if well {
            self.mark = Some(mark);
            self.failures = 0;
            return;
        }
        self.failures = self.failures.saturating_add(1);
        self.rest = Rest {
            since_ms: now_ms,
            lasts_ms: pause_ms(self.failures, jitter),
        };
    }
}

impl Rest {
    fn is_over(self, now_ms: i64) -> bool {
        let passed_ms = u64::try_from(now_ms.saturating_sub(self.since_ms));
        // Before it began: the clock was put back, and nobody knows how long ago it was.
        passed_ms.map_or(true, |passed_ms| passed_ms >= self.lasts_ms)
    }
}

/// Whom there is to call, where, and by which keys.
fn there(config: &LanConfig, spaces: &[SpaceKeys]) -> Vec<(Whom, Vec<SocketAddr>, SpaceKeys)> {
    let found = config.discovery.as_ref().map(|discovery| discovery.peers());
    let mut there = Vec::new();
    for keys in spaces {
        for peer in found.iter().flatten() {
            let LanPeer { name, addrs, tags } = peer;
            if keys.made_one_of(tags) {
                there.push(((keys.space, name.clone()), addrs.clone(), keys.clone()));
            }
        }
        for addr in &config.peers {
            there.push(((keys.space, addr.to_string()), vec![*addr], keys.clone()));
        }
    }
    there
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_rest_ends_in_time_and_with_a_clock_that_is_put_back() {
        let mut known = Known::seen(false, 1_000);
        assert!(!known.rest.is_over(1_000 + 2_999));
        assert!(known.rest.is_over(1_000 + 3_000));
        assert!(known.rest.is_over(999));
        assert!(Known::seen(true, 1_000).rest.is_over(1_000));
        known.met(false, 0, 0, 50_000);
        assert!(!known.rest.is_over(50_000));
        assert!(known.rest.is_over(49_999));
        assert!(known.rest.is_over(i64::MAX));
    }
}
