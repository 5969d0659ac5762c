//! Coming back with the words and another own device in the same room, where no relay keeps a copy (product id X4;
//! docs/protocol.md, "Recovery", V11). The device that is left shows itself to whoever has the words, for as long as
//! the person keeps it up, and hands over its keyring, which only the words open. The one that came back tells who
//! it is now, and from then on they meet like any two devices.

use std::collections::BTreeMap;
use std::future::Future;
use std::net::SocketAddr;
use std::pin::pin;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use belay_crypto::LanKey;
use belay_model::{Entropy, SpaceId, make_bytes};
use belay_protocol::LanFrame;
use belay_sync::LanSide;
use belay_transport::{Advertisement, Discovery, LanListener, LanStream};
use tokio::time::sleep;

use super::carry::{missing_there, take_batch};
use super::handshake::{Channel, Draws, Stop, open};
use super::keys::{SpaceKeys, advertised};
use super::meeting::{bearable, in_time};
use super::views::{LanEndingView, LanReport};
use super::watch::{ADVERTISED_MS, ANSWERED_MAX, LOOK, LanConfig, OnLanReport};
use crate::engine::Engine;
use crate::input::EngineConfig;
use crate::recovery::{KEYRING_ENVELOPES_MAX, NewRestored, RestoredView, mailbox};
use crate::syncing::watch::{Following, first_ended};
use crate::syncing::worker::OnProgress;
use crate::{BelayError, Result};

/// How long a device that hands over is looked for before it is said that none is there.
const SEARCH: Duration = Duration::from_secs(60);

/// Bytes of envelopes said at once.
const BATCH_BYTES: usize = 960 * 1024;

/// Envelopes said at once.
const BATCH_ENVELOPES: usize = 64;

impl Engine {
    /// Hands this person's keyring to whoever comes with the words, until `stop` is ready: only the words open it, so
    /// nobody is asked. Whoever came back is met at once, like other devices. `on_ready` is told where to call.
    ///
    /// # Errors
    /// `Unavailable{device-waiting | device-removed}`; `Unavailable{no-network}` when this device cannot be called
    /// here; what the disk refuses. What goes wrong with one caller ends that call.
    pub async fn hand_over(
        &self,
        config: LanConfig,
        on_ready: &(dyn Fn(SocketAddr) + Send + Sync),
        on_report: OnLanReport<'_>,
        stop: impl Future<Output = ()>,
    ) -> Result<()> {
        let words = SpaceKeys::of_words(self.read(mailbox)?.lan_key());
        if self.is_removed()? {
            return Err(BelayError::unavailable("device-removed"));
        }
        let mut stop = pin!(stop);
        let ended = tokio::select! {
            () = &mut stop => Ok(()),
            ended = self.answer_those_with_words(&config, &words, on_ready, on_report) => ended,
        };
        if let Some(discovery) = &config.discovery {
            discovery.stop();
        }
        ended
    }

    async fn answer_those_with_words(
        &self,
        config: &LanConfig,
        words: &SpaceKeys,
        on_ready: &(dyn Fn(SocketAddr) + Send + Sync),
        on_report: OnLanReport<'_>,
    ) -> Result<()> {
        let no_network = |_| BelayError::unavailable("no-network");
        let listener = LanListener::bind(config.listen).await.map_err(no_network)?;
        let addr = listener.addr().map_err(no_network)?;
        on_ready(addr);
        let mut shown_ms = None;
        let mut answers: BTreeMap<u64, Following<'_>> = BTreeMap::new();
        let mut answered = 0;
        loop {
            let now_ms = self.clock.now_ms();
            let fresh = |shown: i64| (0..ADVERTISED_MS).contains(&now_ms.saturating_sub(shown));
            if let Some(discovery) = &config.discovery
                && !shown_ms.is_some_and(fresh)
            {
                let shown =
                    self.with_entropy(|entropy| shown(std::slice::from_ref(words), addr, entropy))?;
                discovery.advertise(&shown).map_err(no_network)?;
                shown_ms = Some(now_ms);
            }
            tokio::select! {
                call = listener.accept(), if answers.len() < ANSWERED_MAX => match call {
                    Ok(stream) => {
                        answered += 1;
                        let answer = self.answer_with_words(stream, words, on_report);
                        answers.insert(answered, Box::pin(answer));
                    }
                    Err(_) => sleep(LOOK).await,
                },
                (number, ended) = first_ended(&mut answers) => {
                    answers.remove(&number);
                    // One call that goes wrong does not end the others.
                    ended.or_else(|error| bearable(error).map(drop))?;
                }
                () = sleep(LOOK) => {}
            }
        }
    }

    /// Answers one caller: somebody with the words, or a device that is known already.
    async fn answer_with_words(
        &self,
        stream: LanStream,
        words: &SpaceKeys,
        on_report: OnLanReport<'_>,
    ) -> Result<()> {
        let mut known = vec![words.clone()];
        known.extend(self.lan_spaces(false)?);
        let (space, channel) = match in_time(self.answer_channel(stream, &known)).await {
            Ok(answered) => answered,
            // A stranger, or one who hung up.
            Err(Stop::Ended(_)) => return Ok(()),
            Err(Stop::Fault(error)) => return Err(error),
        };
        if space == words.space {
            return match self.give_keyring(channel).await {
                Ok(()) | Err(Stop::Ended(_)) => Ok(()),
                Err(Stop::Fault(error)) => Err(error),
            };
        }
        let mut report = LanReport::default();
        let side = LanSide::Called;
        let met = self
            .meet(channel, space, side, &|_| {}, &mut report)
            .await?;
        if let Some(meeting) = met {
            report.meetings.push(meeting);
            on_report(&report);
        }
        Ok(())
    }

    async fn give_keyring(&self, mut channel: Channel) -> std::result::Result<(), Stop> {
        for batch in batches(self.sealed_keyring()?) {
            channel.say(&LanFrame::Envelopes(batch)).await?;
        }
        channel.say(&LanFrame::Over { again: false }).await?;
        // Who came back, in acts of the person's recovery keys: through the Gate like everything else.
        let envelopes = hear_envelopes(&mut channel).await?;
        self.take_envelopes(envelopes)?;
        channel.say(&LanFrame::Bye).await?;
        channel.close().await;
        Ok(())
    }

    /// Comes back from the words and another own device that hands over ([`Engine::hand_over`]) in the same room: at
    /// one of `near.peers`, or found by `near.discovery`. Makes a store and a new device of the person, and exchanges
    /// everything with the other one. Touches the network first, then the disk.
    ///
    /// # Errors
    /// `InvalidInput{recovery_words, ..}`; `Unavailable` with `no-device-near` when none of the person's devices hands
    /// over there, `no-copy-found`, `words-replaced`, `already-exists`, `no-network`. Nothing is left then. When the
    /// exchange breaks off later the person is back all the same, and the report says so.
    pub async fn restore_near(
        config: EngineConfig,
        new: NewRestored,
        near: LanConfig,
        on_progress: OnProgress<'_>,
    ) -> Result<(Self, RestoredView, LanReport)> {
        let mailbox = Self::words_for_empty(&config, &new)?;
        let newcomer = Newcomer(Mutex::new((config.entropy)()));
        let words = SpaceKeys::of_words(mailbox.lan_key());
        let addrs = match near.peers.is_empty() {
            false => near.peers.clone(),
            true => look_for(&near, &words, &newcomer).await?,
        };
        let (addr, mut channel) = call_one(&addrs, &words, &newcomer).await?;
        let broken = |_| BelayError::Offline;
        let envelopes = hear_envelopes(&mut channel).await.map_err(broken)?;
        let (engine, view) = Self::restore_from_envelopes(config, new, envelopes)?;
        // From here on the person is back, whatever becomes of the connection.
        let mut report = LanReport::default();
        if engine.tell_who_came(channel).await.is_ok() {
            report = engine.sync_lan(addr, on_progress).await.unwrap_or_default();
        }
        Ok((engine, view, report))
    }

    /// Gives what this new device wrote and knows of each space, its own addition first of all.
    async fn tell_who_came(&self, mut channel: Channel) -> std::result::Result<(), Stop> {
        for keys in self.lan_spaces(false)? {
            self.prepare_to_meet(&keys.space)?;
            let mut rows = self.read_spaces(|tx, spaces| {
                missing_there(tx, spaces.get(tx, &keys.space)?, &[&[]])
            })?;
            while !rows.is_empty() {
                let batch = self.read(|tx| take_batch(tx, &mut rows))?;
                if !batch.is_empty() {
                    channel.say(&LanFrame::Envelopes(batch)).await?;
                }
            }
        }
        channel.say(&LanFrame::Over { again: false }).await?;
        match channel.hear().await? {
            LanFrame::Bye => channel.close().await,
            _ => return Err(Stop::Ended(LanEndingView::BrokeRules)),
        }
        Ok(())
    }
}

/// A device that has no store yet, and draws what a handshake needs.
struct Newcomer(Mutex<Box<dyn Entropy>>);

impl Draws for Newcomer {
    fn draw<T>(&self, with: impl FnOnce(&mut dyn Entropy) -> T) -> Result<T> {
        let mut entropy = self.0.lock().map_err(|_| BelayError::Closed)?;
        Ok(with(&mut **entropy))
    }
}

/// Calls the first of these that hands over to somebody with the words.
async fn call_one(
    addrs: &[SocketAddr],
    words: &SpaceKeys,
    newcomer: &Newcomer,
) -> Result<(SocketAddr, Channel)> {
    for addr in addrs {
        let Ok(stream) = LanStream::connect(*addr).await else {
            continue;
        };
        match in_time(open(newcomer, stream, words)).await {
            Ok(channel) => return Ok((*addr, channel)),
            Err(Stop::Ended(_)) => {}
            Err(Stop::Fault(error)) => return Err(error),
        }
    }
    Err(BelayError::unavailable("no-device-near"))
}

/// Looks for a device that shows the tag of the words. This one shows tags that mean nothing to anybody: systems that
/// find others have to show something themselves.
async fn look_for(
    near: &LanConfig,
    words: &SpaceKeys,
    newcomer: &Newcomer,
) -> Result<Vec<SocketAddr>> {
    let no_network = |_| BelayError::unavailable("no-network");
    let discovery: &Arc<dyn Discovery> = near
        .discovery
        .as_ref()
        .ok_or(BelayError::unavailable("no-device-near"))?;
    let listener = LanListener::bind(near.listen).await.map_err(no_network)?;
    let addr = listener.addr().map_err(no_network)?;
    let shown = newcomer.draw(|entropy| shown(&[], addr, entropy))?;
    discovery.advertise(&shown).map_err(no_network)?;
    let search = async {
        loop {
            let found = discovery.peers().into_iter();
            let addrs: Vec<SocketAddr> = found
                .filter(|peer| words.made_one_of(&peer.tags))
                .flat_map(|peer| peer.addrs)
                .collect();
            if !addrs.is_empty() {
                return addrs;
            }
            sleep(LOOK).await;
        }
    };
    let found = tokio::time::timeout(SEARCH, search).await;
    discovery.stop();
    found.map_err(|_| BelayError::unavailable("no-device-near"))
}

/// What is shown on the network for these keys, under a random name.
fn shown(keys: &[SpaceKeys], addr: SocketAddr, entropy: &mut dyn Entropy) -> Advertisement {
    Advertisement {
        name: belay_model::DocName::from_bytes(make_bytes(entropy)).to_string(),
        port: addr.port(),
        tags: advertised(keys, entropy),
    }
}

/// Hears envelopes up to the end of them; more than anybody has a use for is no keyring.
async fn hear_envelopes(channel: &mut Channel) -> std::result::Result<Vec<Vec<u8>>, Stop> {
    let mut all = Vec::new();
    loop {
        match channel.hear().await? {
            LanFrame::Envelopes(batch) if all.len() < KEYRING_ENVELOPES_MAX => all.extend(batch),
            LanFrame::Over { .. } => return Ok(all),
            _ => return Err(Stop::Ended(LanEndingView::BrokeRules)),
        }
    }
}

fn batches(envelopes: Vec<Vec<u8>>) -> Vec<Vec<Vec<u8>>> {
    let mut batches: Vec<Vec<Vec<u8>>> = Vec::new();
    let mut bytes = 0;
    for envelope in envelopes {
        let full = |batch: &Vec<Vec<u8>>| {
            batch.len() == BATCH_ENVELOPES || bytes + envelope.len() > BATCH_BYTES
        };
        if batches.last().is_none_or(full) {
            batches.push(Vec::new());
            bytes = 0;
        }
        bytes += envelope.len();
        if let Some(batch) = batches.last_mut() {
            batch.push(envelope);
        }
    }
    batches
}

impl SpaceKeys {
    /// What somebody with the words is recognised by. It is of no space, so nothing of one is met under it.
    fn of_words(key: LanKey) -> Self {
        Self::of_keys(SpaceId::ZERO, vec![key])
    }
}

impl LanConfig {
    /// The one device at a typed address, such as `192.168.1.7:40123`; none where nothing was typed.
    ///
    /// # Errors
    /// `InvalidInput{peer, not_an_address}`.
    pub fn peers_at(address: Option<&str>) -> Result<Vec<SocketAddr>> {
        let parsed = address.map(|text| text.trim().parse()).transpose();
        let addr = parsed.map_err(|_| BelayError::InvalidInput {
            field: "peer",
            rule: "not_an_address",
        })?;
        Ok(addr.into_iter().collect())
    }
}
