//! Which relay new partnerships use. None is built in.

use belay_protocol::relay::{RelayOrigin, Scheme};
use belay_store::ReadTx;

use crate::changes::ChangeArea;
use crate::engine::Engine;
use crate::relays::clients::plain_http_key;
use crate::session::Session;
use crate::{BelayError, Result};

/// Under which meta key the chosen relay stands. It belongs to this device: another one may reach
/// another relay.
const RELAY: &str = "relay";

impl Engine {
    /// Chooses the relay that new partnerships use, or none. Plain HTTP to another machine only after
    /// an explicit yes. Writes to disk.
    ///
    /// # Errors
    /// `InvalidInput{relay, not_an_address}`; `Unavailable{relay-plain-http}` without the yes.
    pub fn set_relay(&self, origin: Option<&str>, allow_plain_http: bool) -> Result<()> {
        let chosen = origin.map(parsed).transpose()?;
        self.write(|session| {
            session.spaces.touched.part(ChangeArea::Settings);
            let Some(origin) = &chosen else {
                session.tx.delete_meta(RELAY)?;
                return Ok(());
            };
            keep_choice(session, origin, allow_plain_http)
        })
    }

    /// The relay that new partnerships use.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn relay(&self) -> Result<Option<String>> {
        self.read(chosen)
    }
}

/// A relay's address as a person typed it.
///
/// # Errors
/// `InvalidInput{relay, not_an_address}`.
pub(crate) fn parsed(text: &str) -> Result<RelayOrigin> {
    let origin = text.trim_end_matches('/').parse();
    origin.map_err(|_| BelayError::InvalidInput {
        field: "relay",
        rule: "not_an_address",
    })
}

impl Session<'_> {
    /// Notes that the person agreed to plain HTTP with a relay on another machine, where it is such a one.
    ///
    /// # Errors
    /// `Unavailable{relay-plain-http}` without the yes.
    pub(crate) fn agree_to_plain_http(&self, origin: &RelayOrigin, yes: bool) -> Result<()> {
        if origin.scheme() == Scheme::Http && !origin.is_loopback() {
            if !yes {
                return Err(BelayError::unavailable("relay-plain-http"));
            }
            self.tx
                .put_meta(&plain_http_key(&origin.to_string()), &[1])?;
        }
        Ok(())
    }
}

/// Keeps the relay, where the person agreed to it.
pub(crate) fn keep_choice(
    session: &mut Session<'_>,
    origin: &RelayOrigin,
    allow_plain_http: bool,
) -> Result<()> {
    session.agree_to_plain_http(origin, allow_plain_http)?;
    Ok(session.tx.put_meta(RELAY, origin.to_string().as_bytes())?)
}

/// The relay that new partnerships use.
pub(crate) fn chosen(tx: &ReadTx<'_>) -> Result<Option<String>> {
    tx.meta(RELAY)?
        .map(|bytes| String::from_utf8(bytes).map_err(|_| BelayError::internal("relay")))
        .transpose()
}
