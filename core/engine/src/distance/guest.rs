//! The guest's side: answer once, check the reveal against the commitment, join.

use belay_crypto::open_welcome;
use belay_crypto::pairing::{
    ComparisonCode, DistanceInvitation, check_reveal, open_slot, revealed_person, seal_slot,
    transcript,
};
use belay_model::{SpaceId, make_bytes};
use belay_protocol::{Commitment, Reveal, SealedWelcome};

use super::meeting::{Accepting, Ending, Meeting, MeetingId, Phase};
use super::{LIFE_MS, is_answered, meeting_of};
use crate::pairing::Joining;
use crate::session::Session;
use crate::{BelayError, Result};

impl Session<'_> {
    /// Keeps an answer: the commitment it answers to, nonce, persona, and the bytes for slot 1.
    pub(super) fn begin_accepting(
        &mut self,
        place: DistanceInvitation,
        m0: Commitment,
        relay: String,
    ) -> Result<()> {
        let DistanceInvitation { id, seal } = place;
        if is_answered(self.tx, &id)? {
            // By another program meanwhile: its answer may be at the relay already.
            return Ok(());
        }
        let persona = self.make_kept_persona()?;
        let nonce = make_bytes(self.entropy);
        let m1 = persona.reveal(&nonce);
        let slot1 = seal_slot(&seal, &id, 1, &m1.encode(), self.entropy);
        self.keep_meeting(&Meeting {
            id,
            relay,
            made_at_ms: self.now_ms,
            expires_at_ms: self.now_ms.saturating_add(LIFE_MS),
            last_error: None,
            phase: Phase::Accepting(Accepting {
                seal,
                m0,
                nonce,
                persona,
                slot1,
            }),
        })
    }

    /// Takes the reveal and the welcome, and joins the space. `None` when another program of this person
    /// was faster.
    ///
    /// # Errors
    /// `Unavailable{pairing-refused}` when anything does not fit: the invitation is to be burnt.
    pub(super) fn take_welcome(
        &mut self,
        id: &MeetingId,
        slot2: &[u8],
        slot3: &[u8],
    ) -> Result<Option<SpaceId>> {
        let Some(meeting) = meeting_of(self.tx, id)? else {
            return Ok(None);
        };
        let Phase::Accepting(accepting) = &meeting.phase else {
            return Ok(None);
        };
        let refused = || BelayError::unavailable("pairing-refused");
        let open =
            |number, bytes| open_slot(&accepting.seal, id, number, bytes).map_err(|_| refused());
        let m2 = Reveal::parse(&open(2, slot2)?).map_err(|_| refused())?;
        check_reveal(id, &accepting.m0, &m2).map_err(|_| refused())?;
        let theirs = revealed_person(&m2).map_err(|_| refused())?;
        let sealed = SealedWelcome::parse(&open(3, slot3)?).map_err(|_| refused())?;
        let persona = &accepting.persona.persona;
        let device = belay_crypto::first_device_id(&persona.genesis);
        let welcome = open_welcome(&sealed, &device, &persona.kem_key).map_err(|_| refused())?;
        let m1 = accepting.persona.reveal(&accepting.nonce);
        let code = ComparisonCode::derive(&transcript(id, &accepting.m0, &m1, &m2));
        let space = sealed.space_id;
        self.join_pair(
            &space,
            Joining {
                persona,
                sealed_person: accepting.persona.sealed_person.clone(),
                theirs,
                welcome: &welcome,
                relay: Some(&meeting.relay),
                code,
            },
        )?;
        self.end_meeting(meeting, Ending::Paired(space))?;
        Ok(Some(space))
    }
}
