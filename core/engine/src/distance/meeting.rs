//! What the store keeps of one pairing at a distance, from the invitation to its end, so that either
//! program can be closed and killed at any step. It holds keys, so it lies where the other secrets of this
//! device lie, and every phase keeps only what its next step needs.

use std::fmt;

use belay_crypto::pairing::SealKey;
use belay_crypto::{DeviceKey, EraseKey, KemKey};
use belay_model::{DocName, SpaceId};
use belay_protocol::{Bundle, Commitment, Reader, Reveal, Writer, limits};
use zeroize::Zeroizing;

use crate::open::NewPersona;
use crate::{BelayError, Result};

/// Version of the bytes.
const VERSION: u8 = 1;

/// Bytes of the largest text, code or key that is kept.
const TEXT_MAX: usize = 1024;

/// Names the invitation: derived from its words or link, so both sides have the same.
pub(crate) type MeetingId = [u8; 16];

/// One pairing at a distance.
pub(crate) struct Meeting {
    pub id: MeetingId,
    pub relay: String,
    pub made_at_ms: i64,
    pub expires_at_ms: i64,
    /// The stable code of why the last try did not get on.
    pub last_error: Option<String>,
    pub phase: Phase,
}

/// How far it has come.
pub(crate) enum Phase {
    /// The inviter waits for an answer.
    Inviting(Inviting),
    /// The inviter has answered the answer: there is a space, and the guest must still hear of it.
    Answered(Answered),
    /// The guest has answered, and waits to be let in.
    Accepting(Accepting),
    /// It is over. Nothing secret is left.
    Over(Over),
}

pub(crate) struct Inviting {
    /// What the person was shown, to be shown again.
    pub text: Zeroizing<String>,
    pub seal: SealKey,
    pub nonce: [u8; 32],
    pub persona: KeptPersona,
    /// As it lies in the slot: put again, it must be the same.
    pub slot0: Vec<u8>,
}

pub(crate) struct Answered {
    pub space: SpaceId,
    pub slot2: Vec<u8>,
    pub slot3: Vec<u8>,
    /// When both last were at the relay.
    pub delivered_at_ms: Option<i64>,
}

pub(crate) struct Accepting {
    pub seal: SealKey,
    pub m0: Commitment,
    pub nonce: [u8; 32],
    pub persona: KeptPersona,
    /// As it lies in the slot.
    pub slot1: Vec<u8>,
}

/// How a pairing ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Ending {
    /// There is a partnership.
    Paired(SpaceId),
    /// Its seven days are over.
    Expired,
    /// The person here took it back.
    Cancelled,
    /// Something that lay at the relay was not what it had to be.
    Burned,
    /// Somebody else answered first.
    Used,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Over {
    pub ending: Ending,
    pub invited: bool,
    pub at_ms: i64,
    /// The other side can see at the relay that it is over, as far as it can be shown there.
    pub told: bool,
}

/// A persona that waits for its space. Its recovery key is only kept sealed.
pub(crate) struct KeptPersona {
    pub persona: NewPersona,
    pub sealed_person: Vec<u8>,
}

impl fmt::Debug for Meeting {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Meeting").finish_non_exhaustive()
    }
}

impl KeptPersona {
    /// What this side shows of itself.
    pub fn bundle(&self) -> Bundle {
        Bundle::Person(self.persona.genesis.clone())
    }

    /// What this side reveals under its nonce.
    pub fn reveal(&self, nonce: &[u8; 32]) -> Reveal {
        Reveal {
            nonce: *nonce,
            bundle: self.bundle(),
        }
    }

    fn write(&self, writer: &mut Writer) {
        writer
            .bytes(&*self.persona.sign_key.seed())
            .bytes(self.persona.kem_key.seed())
            .bytes(self.persona.erase_key.bytes())
            .prefixed(&self.bundle().encode())
            .prefixed(&self.sealed_person);
    }

    fn read(reader: &mut Reader<'_>) -> Result<Self> {
        let sign_key = DeviceKey::from_seed(&Zeroizing::new(reader.array().map_err(damaged)?));
        let kem_key = KemKey::from_seed(reader.array().map_err(damaged)?);
        let erase_key = EraseKey::from_bytes(reader.array().map_err(damaged)?);
        let bundle = Bundle::parse(bytes(reader, limits::SLOT_MAX)?).map_err(damaged)?;
        let Bundle::Person(genesis) = bundle else {
            return Err(BelayError::internal("meeting"));
        };
        Ok(Self {
            persona: NewPersona {
                sign_key,
                kem_key,
                erase_key,
                genesis,
            },
            sealed_person: bytes(reader, limits::SLOT_MAX)?.to_vec(),
        })
    }
}

impl Meeting {
    /// Whether its time is over.
    pub fn is_expired(&self, now_ms: i64) -> bool {
        now_ms > self.expires_at_ms
    }

    /// Whether this side made the invitation.
    pub fn invited(&self) -> bool {
        match &self.phase {
            Phase::Inviting(_) | Phase::Answered(_) => true,
            Phase::Accepting(_) => false,
            Phase::Over(over) => over.invited,
        }
    }

    /// Its id as a person's program shows it.
    pub fn shown_id(&self) -> String {
        DocName::from_bytes(self.id).to_string()
    }

    /// The bytes for the store.
    pub fn encode(&self) -> Zeroizing<Vec<u8>> {
        // Room for all of it, so that growing leaves no copy of a key behind.
        let mut writer = Writer::with_capacity(2 * limits::SLOT_MAX + limits::WELCOME_SLOT_MAX);
        writer
            .u8(VERSION)
            .bytes(&self.id)
            .prefixed(self.relay.as_bytes())
            .u64(self.made_at_ms.cast_unsigned())
            .u64(self.expires_at_ms.cast_unsigned())
            .prefixed(self.last_error.as_deref().unwrap_or_default().as_bytes());
        match &self.phase {
            Phase::Inviting(inviting) => {
                writer
                    .u8(1)
                    .prefixed(inviting.text.as_bytes())
                    .bytes(inviting.seal.bytes())
                    .bytes(&inviting.nonce)
                    .prefixed(&inviting.slot0);
                inviting.persona.write(&mut writer);
            }
            Phase::Answered(answered) => {
                writer
                    .u8(2)
                    .bytes(answered.space.as_bytes())
                    .prefixed(&answered.slot2)
                    .prefixed(&answered.slot3)
                    .u8(u8::from(answered.delivered_at_ms.is_some()))
                    .u64(answered.delivered_at_ms.unwrap_or(0).cast_unsigned());
            }
            Phase::Accepting(accepting) => {
                writer
                    .u8(3)
                    .bytes(accepting.seal.bytes())
                    .bytes(&accepting.m0.0)
                    .bytes(&accepting.nonce)
                    .prefixed(&accepting.slot1);
                accepting.persona.write(&mut writer);
            }
            Phase::Over(over) => over.write(writer.u8(4)),
        }
        Zeroizing::new(writer.finish())
    }

    /// Reads what [`Self::encode`] wrote.
    pub fn decode(kept: &[u8]) -> Result<Self> {
        let mut reader = Reader::new(kept);
        if reader.u8().map_err(damaged)? != VERSION {
            return Err(BelayError::NewerData);
        }
        let id = reader.array().map_err(damaged)?;
        let relay = text(&mut reader)?;
        let made_at_ms = reader.u64().map_err(damaged)?.cast_signed();
        let expires_at_ms = reader.u64().map_err(damaged)?.cast_signed();
        let last_error = Some(text(&mut reader)?).filter(|code| !code.is_empty());
        let phase = match reader.u8().map_err(damaged)? {
            1 => Phase::Inviting(Inviting {
                text: Zeroizing::new(text(&mut reader)?),
                seal: SealKey::from_bytes(reader.array().map_err(damaged)?),
                nonce: reader.array().map_err(damaged)?,
                slot0: bytes(&mut reader, limits::SLOT_MAX)?.to_vec(),
                persona: KeptPersona::read(&mut reader)?,
            }),
            2 => Phase::Answered(Answered {
                space: SpaceId::from_bytes(reader.array().map_err(damaged)?),
                slot2: bytes(&mut reader, limits::SLOT_MAX)?.to_vec(),
                slot3: bytes(&mut reader, limits::WELCOME_SLOT_MAX)?.to_vec(),
                delivered_at_ms: {
                    let delivered = reader.u8().map_err(damaged)? == 1;
                    let at_ms = reader.u64().map_err(damaged)?.cast_signed();
                    delivered.then_some(at_ms)
                },
            }),
            3 => Phase::Accepting(Accepting {
                seal: SealKey::from_bytes(reader.array().map_err(damaged)?),
                m0: Commitment(reader.array().map_err(damaged)?),
                nonce: reader.array().map_err(damaged)?,
                slot1: bytes(&mut reader, limits::SLOT_MAX)?.to_vec(),
                persona: KeptPersona::read(&mut reader)?,
            }),
            4 => Phase::Over(Over::read(&mut reader)?),
            _ => return Err(BelayError::NewerData),
        };
        reader.finish().map_err(damaged)?;
        Ok(Self {
            id,
            relay,
            made_at_ms,
            expires_at_ms,
            last_error,
            phase,
        })
    }
}

impl Over {
    fn write(&self, writer: &mut Writer) {
        let (number, space) = match self.ending {
            Ending::Paired(space) => (1, space),
            Ending::Expired => (2, SpaceId::ZERO),
            Ending::Cancelled => (3, SpaceId::ZERO),
            Ending::Burned => (4, SpaceId::ZERO),
            Ending::Used => (5, SpaceId::ZERO),
        };
        writer
            .u8(number)
            .bytes(space.as_bytes())
            .u8(u8::from(self.invited))
            .u64(self.at_ms.cast_unsigned())
            .u8(u8::from(self.told));
    }

    fn read(reader: &mut Reader<'_>) -> Result<Self> {
        let number = reader.u8().map_err(damaged)?;
        let space = SpaceId::from_bytes(reader.array().map_err(damaged)?);
        Ok(Self {
            ending: match number {
                1 => Ending::Paired(space),
                2 => Ending::Expired,
                3 => Ending::Cancelled,
                4 => Ending::Burned,
                5 => Ending::Used,
                _ => return Err(BelayError::NewerData),
            },
            invited: reader.u8().map_err(damaged)? == 1,
            at_ms: reader.u64().map_err(damaged)?.cast_signed(),
            told: reader.u8().map_err(damaged)? == 1,
        })
    }
}

/// It was written by this program, so a fault in it is the program's.
fn damaged(_: belay_protocol::ProtocolError) -> BelayError {
    BelayError::internal("meeting")
}

fn bytes<'a>(reader: &mut Reader<'a>, max: usize) -> Result<&'a [u8]> {
    reader.prefixed("meeting", max).map_err(damaged)
}

fn text(reader: &mut Reader<'_>) -> Result<String> {
    let bytes = bytes(reader, TEXT_MAX)?;
    String::from_utf8(bytes.to_vec()).map_err(|_| BelayError::internal("meeting"))
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test may stop at the first surprise")]

    use belay_crypto::RootKey;
    use belay_testkit::SeededEntropy;

    use super::*;

    fn persona() -> KeptPersona {
        let mut entropy = SeededEntropy::new(7);
        let root = RootKey::make(&mut entropy);
        KeptPersona {
            persona: NewPersona::make(&root, &mut entropy),
            sealed_person: vec![8; 1_200],
        }
    }

    fn phases() -> Vec<Phase> {
        let over = |ending| {
            Phase::Over(Over {
                ending,
                invited: true,
                at_ms: -5,
                told: false,
            })
        };
        let space = SpaceId::from_bytes([3; 32]);
        vec![
            Phase::Inviting(Inviting {
                text: Zeroizing::new("zoo zoo zoo zoo".to_owned()),
                seal: SealKey::from_bytes([1; 32]),
                nonce: [2; 32],
                persona: persona(),
                slot0: vec![5; 80],
            }),
            Phase::Answered(Answered {
                space,
                slot2: vec![6; 3_000],
                slot3: vec![7; limits::WELCOME_SLOT_MAX],
                delivered_at_ms: Some(9),
            }),
            Phase::Accepting(Accepting {
                seal: SealKey::from_bytes([1; 32]),
                m0: Commitment([4; 32]),
                nonce: [2; 32],
                persona: persona(),
                slot1: vec![5; 80],
            }),
            over(Ending::Paired(space)),
            over(Ending::Expired),
            over(Ending::Cancelled),
            over(Ending::Burned),
            over(Ending::Used),
        ]
    }

    #[test]
    fn every_phase_is_read_back_as_it_was_kept_and_damage_is_no_panic() {
        for phase in phases() {
            let meeting = Meeting {
                id: [9; 16],
                relay: "https://relay.example".to_owned(),
                made_at_ms: 1,
                expires_at_ms: 2,
                last_error: Some("offline".to_owned()),
                phase,
            };
            let kept = meeting.encode();
            assert_eq!(Meeting::decode(&kept).unwrap().encode(), kept);
            assert!(!format!("{meeting:?}").contains("zoo"));
            for len in (0..kept.len()).step_by(kept.len() / 50 + 1) {
                Meeting::decode(&kept[..len]).unwrap_err();
            }
        }
    }
}
