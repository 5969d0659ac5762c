//! The inviter's side: commit, take one answer, make the space, reveal and welcome.

use belay_crypto::RootKey;
use belay_crypto::pairing::{
    ComparisonCode, DistanceInvitation, commitment, open_slot, revealed_person, seal_slot,
    transcript,
};
use belay_model::make_bytes;
use belay_protocol::{History, Policy, Removal, Reveal, SpaceType};
use zeroize::Zeroizing;

use super::meeting::{Answered, Ending, Inviting, KeptPersona, Meeting, MeetingId, Phase};
use super::views::is_heard;
use super::{LIFE_MS, meeting_of};
use crate::Result;
use crate::open::{NewPersona, create_space_as};
use crate::session::Session;

impl Session<'_> {
    /// A persona for a space that is still to come. Its recovery key is sealed at once, and goes.
    pub(super) fn make_kept_persona(&mut self) -> Result<KeptPersona> {
        let person_key = RootKey::make(self.entropy);
        let persona = NewPersona::make(&person_key, self.entropy);
        let sealed_person = self.seal_person(&persona.genesis, &person_key)?;
        Ok(KeptPersona {
            persona,
            sealed_person,
        })
    }

    /// Keeps a new invitation: nonce, persona, and the commitment to both as it will lie in slot 0.
    pub(super) fn begin_inviting(
        &mut self,
        place: DistanceInvitation,
        text: Zeroizing<String>,
        relay: String,
    ) -> Result<()> {
        let DistanceInvitation { id, seal } = place;
        let persona = self.make_kept_persona()?;
        let nonce = make_bytes(self.entropy);
        let m0 = commitment(&id, &nonce, &persona.bundle());
        let slot0 = seal_slot(&seal, &id, 0, &m0.encode(), self.entropy);
        self.keep_meeting(&Meeting {
            id,
            relay,
            made_at_ms: self.now_ms,
            expires_at_ms: self.now_ms.saturating_add(LIFE_MS),
            last_error: None,
            phase: Phase::Inviting(Inviting {
                text,
                seal,
                nonce,
                persona,
                slot0,
            }),
        })
    }

    /// Takes the one answer. One that was not made by somebody who has the invitation burns it; a good one
    /// makes the space, and what goes into slots 2 and 3 is kept until the guest was heard of.
    pub(super) fn take_answer(&mut self, id: &MeetingId, slot1: &[u8]) -> Result<()> {
        let Some(meeting) = meeting_of(self.tx, id)? else {
            return Ok(());
        };
        let Phase::Inviting(inviting) = &meeting.phase else {
            // Another program of this person was faster.
            return Ok(());
        };
        let m1 = open_slot(&inviting.seal, id, 1, slot1)
            .ok()
            .and_then(|plain| Reveal::parse(&plain).ok());
        let Some((m1, theirs)) = m1
            .as_ref()
            .and_then(|m1| Some((m1, revealed_person(m1).ok()?)))
        else {
            return self.end_meeting(meeting, Ending::Burned);
        };
        let m2 = inviting.persona.reveal(&inviting.nonce);
        let m0 = commitment(id, &m2.nonce, &m2.bundle);
        let code = ComparisonCode::derive(&transcript(id, &m0, m1, &m2));
        let policy = Policy {
            relays: vec![meeting.relay.clone()],
            removal: Removal::Steward,
            history: History::All,
        };
        let persona = &inviting.persona;
        let space = create_space_as(self, SpaceType::Pair, &persona.persona, policy)?;
        let sealed_person = persona.sealed_person.clone();
        let welcome = self.add_partner(&space, theirs, sealed_person, code)?;
        let slot2 = seal_slot(&inviting.seal, id, 2, &m2.encode(), self.entropy);
        let slot3 = seal_slot(&inviting.seal, id, 3, &welcome.encode(), self.entropy);
        self.keep_meeting(&Meeting {
            phase: Phase::Answered(Answered {
                space,
                slot2,
                slot3,
                delivered_at_ms: None,
            }),
            last_error: None,
            ..meeting
        })
    }

    /// Slots 2 and 3 are at the relay.
    pub(super) fn note_delivered(&mut self, id: &MeetingId) -> Result<()> {
        let Some(mut meeting) = meeting_of(self.tx, id)? else {
            return Ok(());
        };
        if let Phase::Answered(answered) = &mut meeting.phase {
            answered.delivered_at_ms = Some(self.now_ms);
            self.keep_meeting(&meeting)?;
        }
        Ok(())
    }

    /// Something else lies where the welcome should: the guest cannot come, so the space that only this
    /// side has is taken back, unless they are here already or were welcomed before.
    pub(super) fn burn_answered(&mut self, id: &MeetingId) -> Result<Ending> {
        let Some(meeting) = meeting_of(self.tx, id)? else {
            return Ok(Ending::Cancelled);
        };
        let ending = match &meeting.phase {
            Phase::Over(over) => return Ok(over.ending),
            Phase::Answered(answered) => {
                let space = answered.space;
                let welcomed =
                    answered.delivered_at_ms.is_some() || is_heard(self.tx, self.spaces, &space)?;
                if welcomed {
                    Ending::Paired(space)
                } else {
                    self.forget_pair(&space)?;
                    Ending::Burned
                }
            }
            Phase::Inviting(_) | Phase::Accepting(_) => Ending::Burned,
        };
        self.end_meeting(meeting, ending)?;
        Ok(ending)
    }
}
