//! Where two phones in one room meet that share nothing yet but a code: the one that shows it listens, the one
//! that scans it calls. What they say is what they would put into the slots of a rendezvous on a relay, sealed
//! the same way, so nobody else in the room reads it or can take part.

use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use belay_model::SpaceId;
use belay_protocol::limits::{SLOT_MAX, WELCOME_SLOT_MAX};
use belay_transport::{LanListener, LanStream, TransportError};
use tokio::sync::Mutex;

use super::views::LanReport;
use crate::engine::Engine;

/// How long a caller may take to show that it has the code.
const KNOCK: Duration = Duration::from_secs(5);

/// Bytes of an invitation's id, which the first message begins with.
const ID: usize = 16;

/// One side of such a meeting.
pub(crate) struct Desk {
    side: Side,
    stream: Mutex<Option<LanStream>>,
}

enum Side {
    Shows(Arc<LanListener>),
    Scans(Vec<SocketAddr>),
}

impl Desk {
    /// The side that shows the code and listens.
    pub fn shows(listener: Arc<LanListener>) -> Self {
        Self {
            side: Side::Shows(listener),
            stream: Mutex::default(),
        }
    }

    /// The side that scanned it, with the places it names.
    pub fn scans(hints: &[String]) -> Self {
        let addrs = hints.iter().filter_map(|hint| hint.parse().ok());
        Self {
            side: Side::Scans(addrs.collect()),
            stream: Mutex::default(),
        }
    }

    /// Calls the other side, if this is the one that calls.
    ///
    /// # Errors
    /// `Unreachable` when nobody answers at any of the places.
    pub async fn knock(&self) -> Result<(), TransportError> {
        let Side::Scans(addrs) = &self.side else {
            return Ok(());
        };
        for addr in addrs {
            if let Ok(stream) = LanStream::connect(*addr).await {
                *self.stream.lock().await = Some(stream);
                return Ok(());
            }
        }
        Err(TransportError::Unreachable)
    }

    /// Says what belongs into a slot.
    ///
    /// # Errors
    /// `Interrupted` when the other side is gone: it may have heard it.
    pub async fn put(&self, id: &[u8; ID], slot: u8, bytes: &[u8]) -> Result<(), TransportError> {
        let mut stream = self.stream.lock().await;
        let stream = stream.as_mut().ok_or(TransportError::Interrupted)?;
        if slot == 0 {
            return stream.write(&[id, bytes].concat()).await;
        }
        stream.write(bytes).await
    }

    /// Hears what belongs into a slot. Whoever calls without the code is left, and the next one is heard.
    ///
    /// # Errors
    /// `Interrupted` when the other side is gone or says nothing for `within`.
    pub async fn wait_for(
        &self,
        id: &[u8; ID],
        slot: u8,
        within: Duration,
    ) -> Result<Vec<u8>, TransportError> {
        if let (0, Side::Shows(listener)) = (slot, &self.side) {
            let first = tokio::time::timeout(within, self.first(listener, id)).await;
            return first.map_err(|_| TransportError::Interrupted);
        }
        let most = if slot == 3 {
            WELCOME_SLOT_MAX
        } else {
            SLOT_MAX
        };
        let mut stream = self.stream.lock().await;
        let stream = stream.as_mut().ok_or(TransportError::Interrupted)?;
        stream.read_within(most, within).await
    }

    async fn first(&self, listener: &LanListener, id: &[u8; ID]) -> Vec<u8> {
        loop {
            let Ok(mut stream) = listener.accept().await else {
                tokio::time::sleep(KNOCK).await;
                continue;
            };
            let said = stream.read_within(ID + SLOT_MAX, KNOCK).await;
            if let Some((known, slot0)) = said.as_deref().ok().and_then(<[u8]>::split_first_chunk)
                && known == id
            {
                *self.stream.lock().await = Some(stream);
                return slot0.to_vec();
            }
        }
    }

    /// Uses the same connection to exchange what both have written so far, such as their names. What does not
    /// come now comes with the next meeting.
    pub async fn exchange(self, engine: &Engine, space: &SpaceId) {
        let Some(stream) = self.stream.into_inner() else {
            return;
        };
        let mut report = LanReport::default();
        let _ = match self.side {
            Side::Shows(_) => engine.answer_call(stream, &|_| {}, &mut report).await,
            Side::Scans(_) => {
                let keys = engine.lan_spaces(true).unwrap_or_default().into_iter();
                match { keys }.find(|keys| keys.space == *space) {
                    Some(keys) => engine.call(stream, keys, &|_| {}, &mut report).await,
                    None => Ok(None),
                }
            }
        };
    }
}
