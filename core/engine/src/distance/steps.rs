//! One step of a pairing at a distance: looks where it stands, asks the relay once, and keeps what came of
//! it. Every step may be taken again, also by two programs at once: what is put is the same bytes each
//! time, and what is taken is taken inside one transaction that looks first.

use belay_model::SpaceId;
use belay_protocol::relay::{Code, RendezvousId, SlotLife};
use belay_transport::TransportError;

use super::meeting::{Accepting, Answered, Ending, Inviting, Meeting, MeetingId, Over, Phase};
use super::views::is_heard;
use super::{Place, meeting_of, slot};
use crate::engine::Engine;
use crate::relays::clients::trouble_code;
use crate::{BelayError, Result};

/// How often slots 2 and 3 are put again while the guest was not heard of: a relay may have lost them.
pub(super) const DELIVER_AGAIN_MS: i64 = 60 * 60 * 1000;

/// How long it is still told how a pairing ended.
pub(super) const TELL_FOR_MS: i64 = super::LIFE_MS;

/// What lies in a slot to say that nobody will come: no sealed message is so short.
const OVER: &[u8] = &[0];

/// What came of a step.
#[derive(Debug)]
pub(super) enum Advance {
    /// The other side is to act.
    Waiting,
    /// The relay could not be used.
    Away {
        error: BelayError,
        /// The same may work later by itself.
        temporary: bool,
    },
    /// There is a partnership.
    Paired(SpaceId),
    /// It is over.
    Over(Ending),
}

/// Why a step broke off.
pub(super) enum Break {
    Relay(TransportError),
    Here(BelayError),
}

impl From<TransportError> for Break {
    fn from(error: TransportError) -> Self {
        Self::Relay(error)
    }
}

impl From<BelayError> for Break {
    fn from(error: BelayError) -> Self {
        Self::Here(error)
    }
}

type Step<T> = std::result::Result<T, Break>;

/// What became of bytes for a slot.
#[derive(PartialEq, Eq)]
enum Put {
    There,
    /// Something else lies there.
    Taken,
}

impl Place {
    async fn put(&self, number: u8, bytes: &[u8]) -> Step<Put> {
        let slot = slot(number)?;
        let put = self
            .client
            .put_slot_for(self.id, slot, bytes, SlotLife::Link);
        match put.await {
            Ok(()) => Ok(Put::There),
            Err(TransportError::Refused {
                code: Code::SlotTaken,
                ..
            }) => Ok(Put::Taken),
            Err(error) => Err(error.into()),
        }
    }

    async fn get(&self, number: u8, wait_s: u32) -> Step<Option<Vec<u8>>> {
        let slot = slot(number)?;
        Ok(self.client.get_slot(self.id, slot, wait_s).await?)
    }
}

impl Engine {
    /// Takes the next step. `wait_s` is how long the relay may let the question wait.
    ///
    /// # Errors
    /// What the disk refuses. Trouble with the relay is [`Advance::Away`].
    pub(super) async fn advance(&self, id: &MeetingId, wait_s: u32) -> Result<Advance> {
        let Some(meeting) = self.read(|tx| meeting_of(tx, id))? else {
            return Ok(Advance::Over(Ending::Cancelled));
        };
        let (away, temporary) = match self.step(&meeting, wait_s).await {
            Ok(advance) => {
                if !matches!(advance, Advance::Waiting) {
                    // What was overwritten leaves the write log too.
                    self.checkpoint()?;
                }
                self.note_try(&meeting, None)?;
                return Ok(advance);
            }
            Err(Break::Here(error)) => return Err(error),
            Err(Break::Relay(error)) => {
                let temporary = error.is_temporary();
                (BelayError::from(error), temporary)
            }
        };
        self.note_try(&meeting, Some(trouble_code(&away)))?;
        Ok(Advance::Away {
            error: away,
            temporary,
        })
    }

    async fn step(&self, meeting: &Meeting, wait_s: u32) -> Step<Advance> {
        let now_ms = self.clock.now_ms();
        let place = || -> Result<Place> {
            Ok(Place {
                client: self.new_relay_client(&meeting.relay)?,
                id: RendezvousId::from_bytes(meeting.id),
            })
        };
        match &meeting.phase {
            Phase::Inviting(_) | Phase::Accepting(_) if meeting.is_expired(now_ms) => {
                Ok(self.end(&meeting.id, Ending::Expired)?)
            }
            Phase::Inviting(inviting) => {
                self.step_inviting(meeting, inviting, place()?, wait_s)
                    .await
            }
            Phase::Answered(answered) => self.step_answered(meeting, answered, place()?).await,
            Phase::Accepting(accepting) => {
                self.step_accepting(meeting, accepting, place()?, wait_s)
                    .await
            }
            Phase::Over(over) if over.told => {
                // Long over: nobody needs to be told any more.
                if now_ms.saturating_sub(over.at_ms) > TELL_FOR_MS {
                    self.write(|session| session.drop_meeting(&meeting.id))?;
                }
                Ok(over_or_paired(over.ending))
            }
            Phase::Over(over) => self.step_over(meeting, over, place()?).await,
        }
    }

    async fn step_inviting(
        &self,
        meeting: &Meeting,
        inviting: &Inviting,
        place: Place,
        wait_s: u32,
    ) -> Step<Advance> {
        // Again each time: a relay may have lost it, and somebody who was invited would find nothing.
        if place.put(0, &inviting.slot0).await? == Put::Taken {
            return Ok(self.end(&meeting.id, Ending::Burned)?);
        }
        let Some(slot1) = place.get(1, wait_s).await? else {
            return Ok(Advance::Waiting);
        };
        let id = &meeting.id;
        let taken = self.write(|session| session.take_answer(id, &slot1));
        if let Err(error) = taken {
            return Ok(self.burn_if_theirs(id, error)?);
        }
        let now = self.read(|tx| meeting_of(tx, id))?;
        match now.as_ref().map(|meeting| &meeting.phase) {
            Some(Phase::Answered(answered)) => self.step_answered(meeting, answered, place).await,
            Some(Phase::Over(over)) => Ok(over_or_paired(over.ending)),
            _ => Ok(Advance::Waiting),
        }
    }

    async fn step_answered(
        &self,
        meeting: &Meeting,
        answered: &Answered,
        place: Place,
    ) -> Step<Advance> {
        let (id, space) = (&meeting.id, answered.space);
        if self.read_spaces(|tx, spaces| is_heard(tx, spaces, &space))? {
            return Ok(self.end(id, Ending::Paired(space))?);
        }
        let there = place.put(2, &answered.slot2).await? == Put::There
            && place.put(3, &answered.slot3).await? == Put::There;
        if !there {
            let ending = self.write(|session| session.burn_answered(id))?;
            return Ok(over_or_paired(ending));
        }
        if meeting.is_expired(self.clock.now_ms()) {
            // The space stays, and says that they have not answered: nobody knows whether they will.
            return Ok(self.end(id, Ending::Paired(space))?);
        }
        self.write(|session| session.note_delivered(id))?;
        Ok(Advance::Paired(space))
    }

    async fn step_accepting(
        &self,
        meeting: &Meeting,
        accepting: &Accepting,
        place: Place,
        wait_s: u32,
    ) -> Step<Advance> {
        let id = &meeting.id;
        if place.put(1, &accepting.slot1).await? == Put::Taken {
            return Ok(self.end(id, Ending::Used)?);
        }
        let Some(slot2) = place.get(2, wait_s).await? else {
            return Ok(Advance::Waiting);
        };
        if slot2 == OVER {
            return Ok(self.end(id, Ending::Burned)?);
        }
        let Some(slot3) = place.get(3, wait_s).await? else {
            return Ok(Advance::Waiting);
        };
        match self.write(|session| session.take_welcome(id, &slot2, &slot3)) {
            Ok(Some(space)) => Ok(Advance::Paired(space)),
            Ok(None) => Ok(Advance::Waiting),
            Err(error) => Ok(self.burn_if_theirs(id, error)?),
        }
    }

    /// Lets the other side see that it is over, where it can still be shown.
    async fn step_over(&self, meeting: &Meeting, over: &Over, place: Place) -> Step<Advance> {
        if !meeting.is_expired(self.clock.now_ms()) {
            let slots = if over.invited { [1, 2] } else { [2, 3] };
            for number in slots {
                place.put(number, OVER).await?;
            }
        }
        self.write(|session| {
            if over.ending == Ending::Cancelled {
                return session.drop_meeting(&meeting.id);
            }
            session.keep_meeting(&Meeting {
                id: meeting.id,
                relay: meeting.relay.clone(),
                made_at_ms: meeting.made_at_ms,
                expires_at_ms: meeting.expires_at_ms,
                last_error: None,
                phase: Phase::Over(Over {
                    told: true,
                    ..*over
                }),
            })
        })?;
        Ok(over_or_paired(over.ending))
    }

    /// Ends a pairing, unless it ended otherwise meanwhile.
    fn end(&self, id: &MeetingId, ending: Ending) -> Result<Advance> {
        let ending = self.write(|session| match meeting_of(session.tx, id)? {
            None => Ok(ending),
            Some(Meeting {
                phase: Phase::Over(over),
                ..
            }) => Ok(over.ending),
            Some(meeting) => {
                session.end_meeting(meeting, ending)?;
                Ok(ending)
            }
        })?;
        Ok(over_or_paired(ending))
    }

    /// Burns an invitation whose other side sent what does not fit. A fault of this device's disk is none
    /// of theirs.
    fn burn_if_theirs(&self, id: &MeetingId, error: BelayError) -> Result<Advance> {
        let theirs = match &error {
            BelayError::Internal { .. } | BelayError::NewerData | BelayError::NotFound { .. } => {
                true
            }
            BelayError::Unavailable { reason } => {
                matches!(*reason, "pairing-refused" | "already-paired")
            }
            _ => false,
        };
        if theirs {
            self.end(id, Ending::Burned)
        } else {
            Err(error)
        }
    }

    /// Remembers how the last try went, for the self-check.
    fn note_try(&self, before: &Meeting, trouble: Option<String>) -> Result<()> {
        if before.last_error == trouble {
            return Ok(());
        }
        self.write(|session| {
            let Some(mut meeting) = meeting_of(session.tx, &before.id)? else {
                return Ok(());
            };
            meeting.last_error = trouble;
            session.keep_meeting(&meeting)
        })
    }
}

fn over_or_paired(ending: Ending) -> Advance {
    match ending {
        Ending::Paired(space) => Advance::Paired(space),
        ending => Advance::Over(ending),
    }
}
