//! One pool of connections per space and relay, so that a relay cannot tell by a connection that two
//! spaces belong to one person (product id D3).

use std::collections::BTreeMap;
use std::sync::{Mutex, PoisonError};

use belay_model::SpaceId;
use belay_protocol::relay::RelayOrigin;
use belay_transport::{RelayClient, RelayOptions};

use crate::engine::Engine;
use crate::{BelayError, Result};

/// Under which meta key it stands that the person agreed to plain HTTP with a relay.
pub(crate) fn plain_http_key(origin: &str) -> String {
    format!("plain-http/{origin}")
}

/// Connections in use.
#[derive(Default)]
pub(crate) struct RelayClients {
    open: Mutex<BTreeMap<(SpaceId, String), RelayClient>>,
}

impl Engine {
    /// The client of one space for one relay.
    pub(crate) fn relay_client(&self, space: &SpaceId, origin: &str) -> Result<RelayClient> {
        let mut open = self
            .relays
            .open
            .lock()
            .unwrap_or_else(PoisonError::into_inner);
        let name = (*space, origin.to_owned());
        if let Some(client) = open.get(&name) {
            return Ok(client.clone());
        }
        let client = self.new_relay_client(origin)?;
        open.insert(name, client.clone());
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
