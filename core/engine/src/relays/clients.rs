//! One pool of connections per space and relay, so that a relay cannot tell by a connection that two
//! spaces belong to one person (product id D3); and how the last try with each went.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, OnceLock, PoisonError};
use std::time::Duration;

use belay_model::{SpaceId, make_bytes};
use belay_protocol::relay::{Code, RelayOrigin};
use belay_store::{Mailbox, ReadTx, SpaceState as Standing};
use belay_sync::{Event, pause_ms};
use belay_transport::{RelayClient, RelayLine, RelayOptions, TransportError};

use crate::engine::Engine;
use crate::session::Session;
use crate::views::{SyncReport, SyncTroubleView};
use crate::{BelayError, Result};

/// Under which meta key it stands that the person agreed to plain HTTP with a relay.
pub(crate) fn plain_http_key(origin: &str) -> String {
    format!("plain-http/{origin}")
}

/// Under which meta key it stands when a relay will be tried again.
fn next_try_key(space: &SpaceId, relay: &str) -> String {
    format!("next-try/{space}/{relay}")
}

/// When a relay will be tried again, if whoever keeps up waits for that.
pub(crate) fn next_try(tx: &ReadTx<'_>, space: &SpaceId, relay: &str) -> Result<Option<i64>> {
    let kept = tx.meta(&next_try_key(space, relay))?;
    Ok(kept
        .and_then(|bytes| bytes.try_into().ok())
        .map(i64::from_le_bytes))
}

/// One space at one of its relays: what has connections, rounds and pauses of its own.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Link {
    pub space: SpaceId,
    pub relay: String,
}

/// Connections in use.
#[derive(Default)]
pub(crate) struct RelayClients {
    open: Mutex<BTreeMap<Link, RelayClient>>,
    line: OnceLock<Arc<dyn RelayLine>>,
}

impl Engine {
    /// Every space that travels, at each relay its members agreed on, and where it is still read after it moved
    /// away. One that was left counts only as
    /// long as something of it must still go out: nothing that comes there is wanted any more, and its
    /// relay may be gone for good.
    pub(crate) fn links(&self) -> Result<Vec<Link>> {
        self.follow_moves()?;
        let now_ms = self.clock.now_ms();
        self.read_spaces(|tx, spaces| {
            let mut links = Vec::new();
            for space in tx.spaces()? {
                let ended = matches!(space.state, Standing::Left | Standing::Blocked);
                if ended && !tx.has_unsent_or_queued(space.row)? {
                    continue;
                }
                let Ok(state) = spaces.sound(tx, &space.id)? else {
                    continue;
                };
                let mut relays = Vec::new();
                if !ended {
                    // First, so that what is found there goes on to the others in the same sync.
                    let left = crate::relays::moves::still_read(tx, state, now_ms)?;
                    relays.extend(left.into_iter().map(|left| left.relay));
                }
                relays.extend(state.relays());
                links.extend(relays.into_iter().map(|relay| Link {
                    space: space.id,
                    relay,
                }));
            }
            Ok(links)
        })
    }

    /// Notes how a round ended, for the report and for the self-check.
    pub(crate) fn note_ending(
        &self,
        link: &Link,
        trouble: Option<&BelayError>,
        report: &mut SyncReport,
    ) -> Result<()> {
        let code = trouble.map(trouble_code);
        self.note_contact(link, code.as_deref())?;
        if let Some(code) = code {
            report.troubles.push(SyncTroubleView {
                space: link.space,
                partner: self.partner_label(&link.space)?,
                code,
            });
        }
        Ok(())
    }

    /// Remembers how the last try with a relay ended, for the self-check.
    fn note_contact(&self, link: &Link, trouble: Option<&str>) -> Result<()> {
        let clock_offset_ms = self
            .relay_client(link)
            .map(|client| client.clock_offset_ms());
        self.write(|session| {
            if let Ok(offset_ms) = clock_offset_ms {
                session.note_clock(&link.relay, offset_ms)?;
            }
            let tx = session.tx;
            let now_ms = session.now_ms;
            if trouble.is_none() {
                tx.delete_meta(&next_try_key(&link.space, &link.relay))?;
            }
            let row = session.space(&link.space)?.row;
            session.name_mailboxes(link)?;
            for mut mailbox in tx.mailboxes(row)? {
                if mailbox.relay == link.relay {
                    if trouble.is_none() {
                        mailbox.last_contact_ms = Some(now_ms);
                    }
                    mailbox.last_error = trouble.map(str::to_owned);
                    tx.put_mailbox(&mailbox)?;
                }
            }
            Ok(())
        })
    }

    /// Draws the pause after so many failures in a row, and notes until when it lasts.
    pub(crate) fn rest_after(&self, link: &Link, failures: u32) -> Result<Duration> {
        self.write(|session| {
            let jitter = make_bytes::<1>(session.entropy)[0];
            let pause_ms = pause_ms(failures, jitter);
            let until = session
                .now_ms
                .saturating_add_unsigned(pause_ms)
                .to_le_bytes();
            let key = next_try_key(&link.space, &link.relay);
            session.tx.put_meta(&key, &until)?;
            Ok(Duration::from_millis(pause_ms))
        })
    }

    /// The client of one space for one relay.
    pub(crate) fn relay_client(&self, link: &Link) -> Result<RelayClient> {
        let mut open = self
            .relays
            .open
            .lock()
            .unwrap_or_else(PoisonError::into_inner);
        if let Some(client) = open.get(link) {
            return Ok(client.clone());
        }
        let client = self.new_relay_client(&link.relay)?;
        open.insert(link.clone(), client.clone());
        Ok(client)
    }

    /// Relays are reached by this line instead of HTTP from now on, as long as the engine lives: a network
    /// that a test decides. Said twice, the first stays.
    pub fn reach_relays_by(&self, line: Arc<dyn RelayLine>) {
        let _ = self.relays.line.set(line);
    }

    /// A client of its own, for a rendezvous that belongs to no space yet.
    pub(crate) fn new_relay_client(&self, origin: &str) -> Result<RelayClient> {
        let parsed = origin
            .parse::<RelayOrigin>()
            .map_err(|_| BelayError::InvalidInput {
                field: "relay",
                rule: "not_an_address",
            })?;
        if let Some(line) = self.relays.line.get() {
            return Ok(RelayClient::by_line(parsed, Arc::clone(line)));
        }
        let agreed = self.read(|tx| Ok(tx.meta(&plain_http_key(origin))?.is_some()))?;
        Ok(RelayClient::new(
            parsed,
            &RelayOptions {
                allow_plain_http: agreed,
                ..RelayOptions::default()
            },
        )?)
    }
}

impl Session<'_> {
    /// Makes sure that there is something to note trouble with a relay on, also before the first mailbox
    /// was made there.
    fn name_mailboxes(&mut self, link: &Link) -> Result<()> {
        let tx = self.tx;
        let state = self.space(&link.space)?;
        let known = tx.mailboxes(state.row)?;
        if known.iter().any(|mailbox| mailbox.relay == link.relay) {
            return Ok(());
        }
        if let Some(epoch) = state.writing_epoch() {
            tx.put_mailbox(&Mailbox {
                space: state.row,
                epoch,
                relay: link.relay.clone(),
                created: false,
                generation: None,
                cursor: 0,
                last_contact_ms: None,
                last_error: None,
            })?;
        }
        Ok(())
    }
}

/// The code a report or the self-check shows.
pub(crate) fn trouble_code(error: &BelayError) -> String {
    match error.detail() {
        Some(detail) => format!("{}.{detail}", error.code()),
        None => error.code().to_owned(),
    }
}

/// A relay without the mailbox is an event of the round; anything else ends it.
pub(crate) fn no_mailbox(error: TransportError) -> Result<Event> {
    if is_no_mailbox(&error) {
        Ok(Event::NoMailbox)
    } else {
        Err(error.into())
    }
}

/// Whether the relay says that it does not have the mailbox.
pub(crate) fn is_no_mailbox(error: &TransportError) -> bool {
    matches!(
        error,
        TransportError::Refused {
            code: Code::NoMailbox,
            ..
        }
    )
}
