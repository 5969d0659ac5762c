//! One pool of connections per space and relay, so that a relay cannot tell by a connection that two
//! spaces belong to one person (product id D3); and how the last try with each went.

use std::collections::BTreeMap;
use std::sync::{Mutex, PoisonError};

use belay_model::SpaceId;
use belay_protocol::relay::RelayOrigin;
use belay_store::SpaceState as Standing;
use belay_transport::{RelayClient, RelayOptions};

use crate::engine::Engine;
use crate::views::{SyncReport, SyncTroubleView};
use crate::{BelayError, Result};

/// Under which meta key it stands that the person agreed to plain HTTP with a relay.
pub(crate) fn plain_http_key(origin: &str) -> String {
    format!("plain-http/{origin}")
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
}

impl Engine {
    /// Every space that travels, at each relay its members agreed on. One that was left counts only as
    /// long as something of it must still go out: nothing that comes there is wanted any more, and its
    /// relay may be gone for good.
    pub(crate) fn links(&self) -> Result<Vec<Link>> {
        self.read_spaces(|tx, spaces| {
            let mut links = Vec::new();
            for space in tx.spaces()? {
                let ended = matches!(space.state, Standing::Left | Standing::Blocked);
                if ended && !tx.has_unsent_or_queued(space.row)? {
                    continue;
                }
                let relays = spaces.get(tx, &space.id)?.relays();
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
        self.write(|session| {
            let tx = session.tx;
            let now_ms = session.now_ms;
            let row = session.space(&link.space)?.row;
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

    /// A client of its own, for a rendezvous that belongs to no space yet.
    pub(crate) fn new_relay_client(&self, origin: &str) -> Result<RelayClient> {
        let parsed = origin
            .parse::<RelayOrigin>()
            .map_err(|_| BelayError::InvalidInput {
                field: "relay",
                rule: "not_an_address",
            })?;
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

/// The code a report or the self-check shows.
fn trouble_code(error: &BelayError) -> String {
    match error.detail() {
        Some(detail) => format!("{}.{detail}", error.code()),
        None => error.code().to_owned(),
    }
}
