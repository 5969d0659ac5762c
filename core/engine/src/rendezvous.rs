//! The meeting place of two phones that do not know each other yet.

use belay_protocol::InvitationQr;
use belay_protocol::relay::{Code, RendezvousId, Slot};
use belay_transport::{RelayClient, TransportError};

use crate::engine::Engine;
use crate::{BelayError, Result};

/// How long one question to the rendezvous waits, in seconds.
const WAIT_S: u32 = 25;

/// The meeting place of one pairing on a relay.
pub(crate) struct Rendezvous {
    pub client: RelayClient,
    pub relay: String,
    pub invitation: InvitationQr,
}

impl Rendezvous {
    fn id(&self) -> RendezvousId {
        RendezvousId::from_bytes(self.invitation.id)
    }

    /// Puts bytes into a slot.
    pub async fn put(&self, number: u8, bytes: &[u8]) -> Result<()> {
        let put = self.client.put_slot(self.id(), slot(number)?, bytes).await;
        put.map_err(|error| {
            if matches!(
                &error,
                TransportError::Refused {
                    code: Code::SlotTaken,
                    ..
                }
            ) {
                // Somebody else answered this invitation first.
                BelayError::unavailable("invitation-used")
            } else {
                error.into()
            }
        })
    }

    /// Asks until the slot is filled or the invitation expires.
    pub async fn wait_for(&self, engine: &Engine, number: u8) -> Result<Vec<u8>> {
        loop {
            engine.check_unexpired(&self.invitation)?;
            let got = self
                .client
                .get_slot(self.id(), slot(number)?, WAIT_S)
                .await?;
            if let Some(bytes) = got {
                return Ok(bytes);
            }
        }
    }
}

fn slot(number: u8) -> Result<Slot> {
    Slot::new(number).map_err(|_| BelayError::internal("slot"))
}
