//! The meeting place of two phones that do not know each other yet: on a relay, or in the room. A relay that is away for a moment
//! ends no pairing: as long as the invitation is good, everything is tried again.

use std::time::Duration;

use belay_model::SpaceId;
use belay_protocol::InvitationQr;
use belay_protocol::relay::{Code, RendezvousId, Slot};
use belay_transport::{RelayClient, TransportError};

use crate::engine::Engine;
use crate::lan::Desk;
use crate::{BelayError, Result};

/// How long one question to the rendezvous waits, in seconds.
const WAIT_S: u32 = 25;

/// Two people stand there and wait, so pauses are this much shorter than those of a sync.
const PAUSE_DIVISOR: u32 = 8;

/// The longest pause between two tries.
const PAUSE_MAX: Duration = Duration::from_secs(5);

/// The meeting place of one pairing: on a relay, or in the room that both are in.
pub(crate) struct Rendezvous {
    place: Place,
    /// The relay, if it is on one: the new space uses it too.
    pub relay: Option<String>,
    pub invitation: InvitationQr,
}

enum Place {
    Relay(RelayClient),
    Near(Desk),
}

/// What is known of bytes that were put into a slot.
#[derive(Debug)]
pub(crate) enum Put {
    /// They are there.
    There,
    /// No answer came while the invitation was good: they may be there.
    Unknown(BelayError),
}

impl Engine {
    pub(crate) fn rendezvous(&self, invitation: &InvitationQr) -> Result<Rendezvous> {
        let place = match (&invitation.relay, self.invitations.desk(invitation)) {
            (Some(relay), _) => Place::Relay(self.new_relay_client(relay)?),
            (None, Some(listener)) => Place::Near(Desk::shows(listener)),
            (None, None) if !invitation.lan_hints.is_empty() => {
                Place::Near(Desk::scans(&invitation.lan_hints))
            }
            (None, None) => return Err(BelayError::unavailable("no-relay")),
        };
        Ok(Rendezvous {
            place,
            relay: invitation.relay.clone(),
            invitation: invitation.clone(),
        })
    }

    /// How long an invitation can still be used.
    fn time_left(&self, invitation: &InvitationQr) -> Result<Duration> {
        self.check_unexpired(invitation)?;
        let now = u64::try_from(self.clock.now_ms()).unwrap_or(0);
        Ok(Duration::from_millis(
            invitation.expires_at_ms.saturating_sub(now),
        ))
    }

    pub(crate) fn check_unexpired(&self, invitation: &InvitationQr) -> Result<()> {
        let now = u64::try_from(self.clock.now_ms()).unwrap_or(0);
        if now > invitation.expires_at_ms {
            return Err(BelayError::unavailable("invitation-expired"));
        }
        Ok(())
    }
}

impl Rendezvous {
    /// Asks whether it is there at all: that is better told now than when the invitation runs out.
    pub async fn look(&self) -> Result<()> {
        match &self.place {
            Place::Relay(client) => drop(client.info().await?),
            Place::Near(desk) => desk.knock().await?,
        }
        Ok(())
    }

    /// Ends the meeting. Two in one room exchange what they have written so far, such as their names, before
    /// they part.
    pub async fn part(self, engine: &Engine, space: &SpaceId) {
        if let Place::Near(desk) = self.place {
            desk.exchange(engine, space).await;
        }
    }

    fn id(&self) -> RendezvousId {
        RendezvousId::from_bytes(self.invitation.id)
    }

    /// Puts bytes into a slot.
    ///
    /// # Errors
    /// `Unavailable{invitation-used}` when somebody else's bytes stand there.
    pub async fn put(&self, engine: &Engine, number: u8, bytes: &[u8]) -> Result<()> {
        match self.try_put(engine, number, bytes).await? {
            Put::There => Ok(()),
            Put::Unknown(error) => Err(error),
        }
    }

    /// As [`Self::put`]; tells not knowing whether the bytes are there from knowing that they are not,
    /// which is an error.
    pub async fn try_put(&self, engine: &Engine, number: u8, bytes: &[u8]) -> Result<Put> {
        let client = match &self.place {
            Place::Relay(client) => client,
            Place::Near(desk) => {
                let put = desk.put(&self.invitation.id, number, bytes).await;
                return Ok(put.map_or_else(|error| Put::Unknown(error.into()), |()| Put::There));
            }
        };
        let slot = slot(number)?;
        let mut failures = 0;
        loop {
            // The same bytes may be put again: an answer can be lost after they arrived.
            let put = client.put_slot(self.id(), slot, bytes).await;
            let Err(error) = put else {
                return Ok(Put::There);
            };
            if error.is_temporary() && engine.check_unexpired(&self.invitation).is_ok() {
                failures += 1;
                pause(engine, failures).await?;
                continue;
            }
            return match error {
                // Somebody else answered this invitation first.
                TransportError::Refused {
                    code: Code::SlotTaken,
                    ..
                } => Err(BelayError::unavailable("invitation-used")),
                error if is_surely_not_there(&error) => Err(error.into()),
                error => Ok(Put::Unknown(error.into())),
            };
        }
    }

    /// Asks until the slot is filled or the invitation expires.
    pub async fn wait_for(&self, engine: &Engine, number: u8) -> Result<Vec<u8>> {
        let client = match &self.place {
            Place::Relay(client) => client,
            Place::Near(desk) => {
                let within = engine.time_left(&self.invitation)?;
                let said = desk.wait_for(&self.invitation.id, number, within).await;
                engine.check_unexpired(&self.invitation)?;
                return Ok(said?);
            }
        };
        let slot = slot(number)?;
        let mut failures = 0;
        loop {
            engine.check_unexpired(&self.invitation)?;
            match client.get_slot(self.id(), slot, WAIT_S).await {
                Ok(Some(bytes)) => return Ok(bytes),
                Ok(None) => failures = 0,
                Err(error) if error.is_temporary() => {
                    failures += 1;
                    pause(engine, failures).await?;
                }
                Err(error) => return Err(error.into()),
            }
        }
    }
}

/// Whether a put that ended so left nothing in the slot: the relay said no, or nothing was sent. The same
/// bytes that arrived earlier would have been taken.
fn is_surely_not_there(error: &TransportError) -> bool {
    !error.is_temporary()
        && matches!(
            error,
            TransportError::Refused { .. }
                | TransportError::TooLarge
                | TransportError::UnsafeOrigin
                | TransportError::Setup
        )
}

async fn pause(engine: &Engine, failures: u32) -> Result<()> {
    let pause = engine.pause(failures)? / PAUSE_DIVISOR;
    tokio::time::sleep(pause.min(PAUSE_MAX)).await;
    Ok(())
}

fn slot(number: u8) -> Result<Slot> {
    Slot::new(number).map_err(|_| BelayError::internal("slot"))
}
