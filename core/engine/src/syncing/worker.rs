//! The worker: one round with the relay of every space, driven step by step by the sans-I/O
//! [`RelayRound`]. Network answers become store transactions; nothing is held in memory that a crash
//! could lose.

use std::collections::BTreeSet;

use belay_crypto::MailboxKey;
use belay_model::EpochId;
use belay_protocol::relay::Cursor;
use belay_store::{Mailbox, SpaceState as Standing, SyncLock};
use belay_sync::{Event, RelayRound, Step};
use belay_transport::{RelayClient, TransportError};

use crate::changes::ChangeArea;
use crate::engine::Engine;
use crate::relays::clients::{Link, no_mailbox};
use crate::syncing::ingest::Ingested;
use crate::views::{SyncProgress, SyncReport};
use crate::{BelayError, Result};

/// Bytes and envelopes asked for in one page: the size of one transaction.
const PAGE_BYTES: u32 = 1024 * 1024;
const PAGE_ENVELOPES: u32 = 500;

/// Bytes of envelopes sent in one request at most.
const BATCH_BYTES: usize = 960 * 1024;

/// Envelopes sent in one request at most.
const BATCH_ENVELOPES: usize = 64;

/// A progress line for whoever waits.
pub type OnProgress<'a> = &'a (dyn Fn(SyncProgress) + Send + Sync);

/// How a round ended, as far as the next one is concerned.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Ending {
    /// Everything was exchanged.
    Whole,
    /// The relay would not make a mailbox; everything else was exchanged.
    Partly,
    /// It broke off.
    Broken,
}

/// A round in progress.
pub(crate) struct Round<'a> {
    pub engine: &'a Engine,
    pub link: &'a Link,
    pub client: RelayClient,
    report: &'a mut SyncReport,
    on_progress: OnProgress<'a>,
    /// Why the relay would not make a mailbox.
    refused: Option<BelayError>,
    /// Sealed bytes that came in this round.
    bytes: u64,
    /// It looks into earlier mailboxes, too.
    looks_back: bool,
}

impl Engine {
    /// Exchanges everything with the relay of every space, once. What could not be done for one space
    /// does not stop the others; the report says so.
    ///
    /// # Errors
    /// `Unavailable{already-syncing}` while another worker has the store; what the disk refuses.
    pub async fn sync(&self, on_progress: OnProgress<'_>) -> Result<SyncReport> {
        let _lock = SyncLock::acquire(&self.dir)?;
        self.erase_overdue()?;
        let mut report = SyncReport::default();
        // First, so that a partnership that comes of it is met in the same sync.
        if !self.is_removed()? {
            self.advance_meetings(&mut report).await?;
        }
        let (mut done, mut met) = (BTreeSet::new(), BTreeSet::new());
        let mut links = self.links()?;
        while !links.is_empty() {
            let of = links.iter().map(|link| link.space).chain(met.clone());
            let of = of.collect::<BTreeSet<_>>().len() as u64;
            for link in &links {
                if met.insert(link.space) {
                    on_progress(SyncProgress::Space {
                        number: met.len() as u64,
                        of,
                    });
                }
                self.sync_link(link, &mut report, on_progress).await?;
            }
            done.extend(links);
            // A space may have turned out to go elsewhere meanwhile.
            links = self.links()?;
            links.retain(|link| !done.contains(link));
        }
        Ok(report)
    }

    /// One round of a space with one relay. Trouble with the relay is no error: it stands in the report.
    ///
    /// # Errors
    /// What ends syncing altogether: a full disk, an engine that was shut down.
    pub(crate) async fn sync_link(
        &self,
        link: &Link,
        report: &mut SyncReport,
        on_progress: OnProgress<'_>,
    ) -> Result<Ending> {
        let before = report.envelopes_received;
        let round = self.round(link, report, on_progress).await;
        if report.envelopes_received > before && self.is_left(link)? {
            // What was found there goes on to where the space is now.
            self.look_now();
        }
        let (ending, trouble) = match round {
            Ok(None) => (Ending::Whole, None),
            Ok(Some(refused)) => (Ending::Partly, Some(refused)),
            Err(error @ (BelayError::StorageFull | BelayError::Closed)) => return Err(error),
            Err(error) => (Ending::Broken, Some(error)),
        };
        match self.note_ending(link, trouble.as_ref(), report) {
            // A pairing that came to nothing took its space back meanwhile.
            Err(BelayError::NotFound { .. }) => Ok(Ending::Whole),
            noted => noted.map(|()| ending),
        }
    }

    /// Runs a round; what the relay refused without breaking it off is in the answer.
    async fn round(
        &self,
        link: &Link,
        report: &mut SyncReport,
        on_progress: OnProgress<'_>,
    ) -> Result<Option<BelayError>> {
        let mut round = Round {
            engine: self,
            link,
            client: self.relay_client(link)?,
            report,
            on_progress,
            refused: None,
            bytes: 0,
            looks_back: false,
        };
        round.run().await?;
        if round.looks_back {
            self.write(|session| session.note_looked_back(&link.space, &link.relay))?;
        }
        let (client, refused) = (round.client.clone(), round.refused.take());
        self.after_round(link, &client, refused.is_none()).await?;
        self.carry_blobs_after(link, &client, refused).await
    }
}

impl Round<'_> {
    async fn run(&mut self) -> Result<()> {
        let (epochs, missing, looks_back) = self.mailboxes()?;
        self.looks_back = looks_back;
        let mut round = RelayRound::new(&epochs, &missing);
        loop {
            let event = match round.step() {
                Step::Done => break,
                Step::Create(epoch) => self.create(&epoch).await,
                Step::Prepare => self.prepare(),
                Step::Send(epoch) => self.send(&epoch).await,
                Step::Read(epoch) => self.read(&epoch).await,
                Step::Erase(epoch) => self.erase(&epoch).await,
            };
            round.on(event?);
        }
        if self.engine.is_left(self.link)? {
            self.tell_of_move().await?;
        }
        Ok(())
    }

    /// Whose mailboxes to read, which of them were never made, and whether earlier ones are among them.
    fn mailboxes(&self) -> Result<(Vec<EpochId>, Vec<EpochId>, bool)> {
        let (space, relay) = (self.link.space, self.link.relay.as_str());
        let now_ms = self.engine.clock.now_ms();
        self.engine.read_spaces(|tx, spaces| {
            let state = spaces.get(tx, &space)?;
            if state.standing == Standing::Blocked {
                // What has to go out goes out; nothing that lies there is even asked for.
                return Ok((Vec::new(), Vec::new(), false));
            }
            let mut epochs = crate::queries::epochs_in_round(tx, state)?;
            let earlier = crate::keys::earlier_epochs::due(tx, state, relay, now_ms)?;
            let looks_back = !earlier.is_empty();
            epochs.extend(earlier.difference(&epochs.iter().copied().collect()));
            let (row, mut missing) = (state.row, Vec::new());
            let removed = state.is_removed_here() || crate::syncing::acts::is_removed(tx, spaces)?;
            for epoch in &epochs {
                let mailbox = tx.mailbox(row, epoch, relay)?;
                if !mailbox.is_some_and(|mailbox| mailbox.created) {
                    missing.push(*epoch);
                }
            }
            // A removed device goes on to look, for a removal may be overruled, and makes nothing.
            epochs.retain(|epoch| !removed || !missing.contains(epoch));
            missing.retain(|_| !removed);
            Ok((epochs, missing, looks_back))
        })
    }

    pub(crate) fn key(&self, epoch: &EpochId) -> Result<MailboxKey> {
        self.engine.read_spaces(|tx, spaces| {
            spaces
                .get(tx, &self.link.space)?
                .keys
                .get(epoch)
                .map(|keys| keys.mailbox().clone())
                .ok_or(BelayError::internal("epoch-keys"))
        })
    }

    fn mailbox(&self, epoch: &EpochId) -> Result<Mailbox> {
        self.engine.read_spaces(|tx, spaces| {
            let row = spaces.get(tx, &self.link.space)?.row;
            Ok(tx
                .mailbox(row, epoch, &self.link.relay)?
                .unwrap_or(Mailbox {
                    space: row,
                    epoch: *epoch,
                    relay: self.link.relay.clone(),
                    created: false,
                    generation: None,
                    cursor: 0,
                    last_contact_ms: None,
                    last_error: None,
                }))
        })
    }

    async fn create(&mut self, epoch: &EpochId) -> Result<Event> {
        let key = self.key(epoch)?;
        let now_ms = self.engine.clock.now_ms();
        let mut mailbox = self.mailbox(epoch)?;
        if self.engine.is_left(self.link)? {
            mailbox.created = self.is_there(&key).await?;
            self.engine
                .write(|session| Ok(session.tx.put_mailbox(&mailbox)?))?;
            return Ok(match mailbox.created {
                true => Event::Created,
                false => Event::CreateRefused,
            });
        }
        let made = self.client.create_mailbox(&key, None, now_ms).await;
        mailbox.created = made.is_ok();
        let event = match made {
            Ok(_) => Event::Created,
            Err(error @ TransportError::Refused { .. }) => {
                self.refused.get_or_insert(error.into());
                Event::CreateRefused
            }
            Err(error) => return Err(error.into()),
        };
        // Also when it was refused: the self-check tells of it.
        self.engine
            .write(|session| Ok(session.tx.put_mailbox(&mailbox)?))?;
        Ok(event)
    }

    fn prepare(&mut self) -> Result<Event> {
        let space = self.link.space;
        let relay = self.link.relay.as_str();
        if self.engine.is_left(self.link)? {
            return self.engine.write(|session| {
                // The act may have come in this very round.
                session.follow_move(&space)?;
                session.settle_taken_back(&space)?;
                let row = session.space(&space)?.row;
                Ok(Event::Prepared {
                    to_send: Vec::new(),
                    made_epochs: Vec::new(),
                    to_erase: session.tx.epochs_to_erase_in(row, relay)?,
                })
            });
        }
        let mut prepared = self
            .engine
            .write(|session| session.prepare(&space, relay))?;
        let made_epochs = std::mem::take(&mut prepared.made);
        // A whole journal is sealed in transactions of bounded size.
        while prepared.more {
            prepared = self
                .engine
                .write(|session| session.prepare_more(&space, relay))?;
        }
        Ok(Event::Prepared {
            to_send: prepared.to_send,
            made_epochs,
            to_erase: prepared.to_erase,
        })
    }

    async fn send(&mut self, epoch: &EpochId) -> Result<Event> {
        let key = self.key(epoch)?;
        let (space, now_ms) = (self.link.space, self.engine.clock.now_ms());
        let unsent = self.engine.read_spaces(|tx, spaces| {
            let row = spaces.get(tx, &space)?.row;
            Ok(tx.unsent(row, *epoch, BATCH_ENVELOPES, BATCH_BYTES)?)
        })?;
        if unsent.is_empty() {
            return Ok(Event::Sent { more: false });
        }
        let bodies: Vec<Vec<u8>> = unsent.iter().map(|sealed| sealed.bytes.clone()).collect();
        let mut mailbox = self.mailbox(epoch)?;
        let appended = match self.client.append_noted(&key, &bodies, now_ms).await {
            Ok(appended) => appended,
            Err(TransportError::Erased { envelopes }) => {
                return self.take_refusal(&unsent, &envelopes);
            }
            Err(error) => return no_mailbox(error),
        };
        self.engine.write(|session| {
            session.spaces.touched.part(ChangeArea::Delivery);
            let sent: usize = bodies.iter().map(Vec::len).sum();
            session.note_traffic(&space, sent as u64, 0)?;
            // Where it was read before, another one is noticed by the next reading.
            let generation = mailbox.generation.unwrap_or(appended.generation);
            for sealed in &unsent {
                let outcome = appended
                    .outcomes
                    .iter()
                    .find(|outcome| outcome.env_id == sealed.env_id)
                    .ok_or(BelayError::unavailable("relay-answer"))?;
                session
                    .tx
                    .mark_sent(sealed.row, outcome.seq, generation, now_ms)?;
            }
            if mailbox.generation.is_none() {
                // Never read yet: should the relay lose its memory before that, the next reading shows it.
                mailbox.generation = Some(appended.generation);
                session.tx.put_mailbox(&mailbox)?;
            }
            Ok(())
        })?;
        self.report.envelopes_sent += unsent.len() as u64;
        (self.on_progress)(SyncProgress::Sent {
            envelopes: self.report.envelopes_sent,
        });
        Ok(Event::Sent { more: true })
    }

    async fn read(&mut self, epoch: &EpochId) -> Result<Event> {
        let key = self.key(epoch)?;
        let mailbox = self
            .engine
            .rewound_if_missing(&self.link.space, self.mailbox(epoch)?)?;
        let after = cursor(&mailbox);
        let now_ms = self.engine.clock.now_ms();
        let page = match self
            .client
            .read(&key, after, PAGE_ENVELOPES, PAGE_BYTES, 0, now_ms)
            .await
        {
            Ok(page) => page,
            Err(error) => return no_mailbox(error),
        };
        // A head behind the cursor, or behind what was sent, is a relay that was put back from an older copy.
        let lost = mailbox
            .generation
            .is_some_and(|known| known != page.generation || page.head < mailbox.cursor)
            || self.lacks_what_was_sent(&mailbox, &page)?;
        if lost {
            self.engine.write(|session| {
                let mut fresh = mailbox.clone();
                fresh.generation = None;
                fresh.cursor = 0;
                session.tx.put_mailbox(&fresh)?;
                let word = if mailbox.generation == Some(page.generation) {
                    crate::relays::words::WENT_BACK
                } else {
                    crate::relays::words::BEGAN_AGAIN
                };
                session.notice(&self.link.space, &self.link.relay, word)?;
                session.erase_again(&fresh)?;
                session.doubt(&fresh)
            })?;
            return Ok(Event::NewGeneration);
        }
        self.take_page(epoch, mailbox, &page)
    }

    fn take_page(
        &mut self,
        epoch: &EpochId,
        mut mailbox: Mailbox,
        page: &belay_protocol::relay::ReadPage,
    ) -> Result<Event> {
        let space = self.link.space;
        let before = mailbox.cursor;
        let left = self.engine.is_left(self.link)?;
        let mut ingested = Ingested {
            ahead: self.engine.look_ahead(&space, epoch, page)?,
            ..Ingested::default()
        };
        let edited = self.engine.write(|session| {
            session.compare_with_claims(&space, &mailbox, page)?;
            for (seq, bytes) in &page.envelopes {
                if *seq <= mailbox.cursor && mailbox.generation.is_some() {
                    return Err(BelayError::unavailable("relay-answer"));
                }
                if let Some(bytes) = bytes {
                    session.ingest_envelope(
                        &space,
                        epoch,
                        bytes,
                        // What only the relay that was left has is to be sent to the other one.
                        (!left).then_some((page.generation, *seq)),
                        &mut ingested,
                    )?;
                }
                mailbox.cursor = *seq;
            }
            mailbox.generation = Some(page.generation);
            session.tx.put_mailbox(&mailbox)?;
            if ingested.refused > 0 {
                session.note_refused(&mailbox)?;
            }
            session.take_consequences(&space, &ingested)
        })?;
        self.report.edited_after_deletion += edited;
        self.report.envelopes_received += ingested.envelopes;
        self.report.envelopes_refused += ingested.refused;
        self.report.items_received += ingested.items;
        let bytes = page.envelopes.iter().flat_map(|(_, bytes)| bytes);
        self.bytes += bytes.map(|bytes| bytes.len() as u64).sum::<u64>();
        if ingested.items > 0 {
            let items = self.report.items_received;
            let progress = self.engine.progress(&space, items, self.bytes)?;
            (self.on_progress)(progress);
        }
        Ok(Event::Read {
            // A page that moves nothing must not be asked for again for ever.
            more: mailbox.cursor < page.head && mailbox.cursor > before,
            news: ingested.news,
            found_epochs: ingested.found_epochs,
        })
    }
}

/// Where reading a mailbox goes on.
pub(crate) fn cursor(mailbox: &Mailbox) -> Option<Cursor> {
    mailbox.generation.map(|generation| Cursor {
        generation,
        seq: mailbox.cursor,
    })
}
