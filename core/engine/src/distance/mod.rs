//! Pairing at a distance (product id P1): one person sends a link or says four words, the other types them,
//! and days may lie between the steps. Everything a step needs stands in the store, so either program may be
//! closed or killed at any moment; whoever syncs goes on.
//!
//! `meeting` is what is kept, `inviter` and `guest` are what each side does with what it finds, `steps` goes
//! to the relay, `rounds` is the worker's part. Rules in `docs/protocol.md`, section Pairing.

mod guest;
mod inviter;
mod meeting;
mod rounds;
mod steps;
mod views;

use belay_crypto::CryptoError;
use belay_crypto::pairing::{
    DistanceInvitation, check_distance_words, looks_like_distance_words, make_distance_words,
    open_slot,
};
use belay_model::{DocName, make_bytes};
use belay_protocol::relay::{Creation, RelayOrigin, RendezvousId, Slot, SlotLife};
use belay_protocol::{Commitment, InvitationLink};
use belay_store::{ReadTx, SecretKind};
use belay_transport::RelayClient;
use zeroize::Zeroizing;

pub(crate) use views::all;
pub use views::{InvitationNewsView, InvitationStateView, MistypedWord, OpenInvitationView};

use crate::changes::ChangeArea;
use crate::engine::Engine;
use crate::session::Session;
use crate::views::PairedView;
use crate::{BelayError, Result};
use meeting::{Ending, Meeting, MeetingId, Over, Phase};
use rounds::Patience;
use steps::Advance;

/// How long an invitation can be used: as long as a relay keeps what lies there for it.
const LIFE_MS: i64 = SlotLife::Link.ms();

/// What invites at a distance.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum InviteBy {
    /// Four words, for a call. Both people must have the same relay set, or type it.
    Words,
    /// A link, for a message. It names the relay.
    Link,
}

/// The first word of an invitation that is in no list, with the word that was probably meant. `None` when
/// there are not four words, or all four are in the list: whether they are the right ones only the relay
/// can show.
#[must_use]
pub fn mistyped_word(text: &str) -> Option<MistypedWord> {
    match check_distance_words(text) {
        Err(CryptoError::UnknownWord { position, nearest }) => {
            Some(MistypedWord { position, nearest })
        }
        _ => None,
    }
}

impl Engine {
    /// Makes an invitation for somebody who is somewhere else. It can be used once, for seven days; syncing
    /// goes on with it, so nobody has to wait. Touches the network.
    ///
    /// # Errors
    /// As [`Engine::invite`]. Nothing is left then.
    pub async fn invite_apart(&self, by: InviteBy) -> Result<OpenInvitationView> {
        self.require_agreement()?;
        self.require_name()?;
        let relay = self.relay()?.ok_or(BelayError::unavailable("no-relay"))?;
        let info = self.new_relay_client(&relay)?.info().await?;
        if info.creation == Creation::Codes {
            return Err(BelayError::unavailable("relay-needs-token"));
        }
        let (text, place) = self.draw_place(by, &relay).await?;
        let id = place.id;
        self.write(|session| session.begin_inviting(place, text, relay))?;
        match self.advance(&id, 0).await {
            Ok(Advance::Waiting) => self.open_invitation(&id),
            Ok(Advance::Away { error, .. }) | Err(error) => {
                self.write(|session| session.drop_meeting(&id))?;
                Err(error)
            }
            Ok(Advance::Over(_) | Advance::Paired(_)) => {
                // Somebody knew the place before anybody was told of it: it cannot be an honest relay.
                self.write(|session| session.drop_meeting(&id))?;
                Err(BelayError::unavailable("relay-answer"))
            }
        }
    }

    /// Answers an invitation that was sent as a link or told as four words. The answer is kept, and syncing
    /// goes on with it until the other side has let this one in; [`Engine::await_pairing`] waits for that.
    /// `relay` is where four words lead; `None` takes the relay that is set. Touches the network.
    ///
    /// # Errors
    /// `Unavailable{not-an-invitation | invitation-damaged | invitation-not-found | invitation-own |
    /// invitation-used | already-paired | pairing-refused | no-relay}`, `InvalidInput{invitation,
    /// unknown_word}` (see [`mistyped_word`]), `Offline`. Nothing is left of the attempt then.
    pub async fn accept_apart(
        &self,
        text: &str,
        relay: Option<&str>,
    ) -> Result<OpenInvitationView> {
        self.require_agreement()?;
        self.require_name()?;
        let (place, relay) = self.read_place(text, relay).await?;
        let id = place.id;
        if self.read(|tx| is_answered(tx, &id))? {
            return self.answered(&id).await;
        }
        let client = self.new_relay_client(&relay)?;
        let slot0 = client
            .get_slot(RendezvousId::from_bytes(id), slot(0)?, 0)
            .await?
            .ok_or(BelayError::unavailable("invitation-not-found"))?;
        let m0 = open_slot(&place.seal, &id, 0, &slot0)
            .ok()
            .and_then(|plain| Commitment::parse(&plain).ok())
            .ok_or(BelayError::unavailable("pairing-refused"))?;
        self.write(|session| session.begin_accepting(place, m0, relay))?;
        self.answered(&id).await
    }

    async fn answered(&self, id: &MeetingId) -> Result<OpenInvitationView> {
        match self.advance(id, 0).await? {
            // What could not be done now is done by the next sync.
            Advance::Waiting | Advance::Away { .. } | Advance::Paired(_) => {
                self.open_invitation(id)
            }
            Advance::Over(ending) => {
                self.write(|session| session.drop_meeting(id))?;
                Err(refusal(ending))
            }
        }
    }

    /// Waits until an open invitation, made or accepted here, has led to a partnership. It may be broken
    /// off and begun again; another program may sync meanwhile. Touches the network.
    ///
    /// # Errors
    /// `NotFound`; `Unavailable{invitation-expired | invitation-burned | invitation-used |
    /// invitation-cancelled}`; what the relay refuses for good.
    pub async fn await_pairing(&self, id: &str) -> Result<PairedView> {
        let id = parse_id(id)?;
        if self.read(|tx| meeting_of(tx, &id))?.is_none() {
            return Err(BelayError::NotFound { what: "invitation" });
        }
        match self.follow_meeting(&id, Patience::UntilKnown).await? {
            Ending::Paired(space) => self.paired(&space),
            ending => Err(refusal(ending)),
        }
    }

    /// Every invitation made or accepted here that has not led to a partnership yet, oldest first; also
    /// what became of the last ones.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn open_invitations(&self) -> Result<Vec<OpenInvitationView>> {
        self.read_spaces(all)
    }

    /// Takes an invitation back, or an answer, at once and also offline; the other side can see it at the
    /// relay after the next sync. One that is over is no longer listed.
    ///
    /// # Errors
    /// `NotFound`; `Unavailable{already-paired}` once somebody was let in.
    pub fn cancel_invitation(&self, id: &str) -> Result<()> {
        let id = parse_id(id)?;
        self.write(|session| {
            let meeting =
                meeting_of(session.tx, &id)?.ok_or(BelayError::NotFound { what: "invitation" })?;
            match meeting.phase {
                Phase::Answered(_) => Err(BelayError::unavailable("already-paired")),
                Phase::Over(_) => session.drop_meeting(&id),
                Phase::Inviting(_) | Phase::Accepting(_) => {
                    session.end_meeting(meeting, Ending::Cancelled)
                }
            }
        })?;
        // What was overwritten leaves the write log too.
        self.checkpoint()
    }

    fn open_invitation(&self, id: &MeetingId) -> Result<OpenInvitationView> {
        self.read(|tx| {
            let meeting = meeting_of(tx, id)?.ok_or(BelayError::NotFound { what: "invitation" })?;
            Ok(views::view(&meeting))
        })
    }

    async fn draw_place(
        &self,
        by: InviteBy,
        relay: &str,
    ) -> Result<(Zeroizing<String>, DistanceInvitation)> {
        match by {
            InviteBy::Words => {
                let words = self.write(|session| Ok(make_distance_words(session.entropy)))?;
                let text = Zeroizing::new(words.join(" "));
                let place = derive_slowly(text.clone()).await?;
                Ok((text, place))
            }
            InviteBy::Link => {
                let secret = self.write(|session| Ok(make_bytes(session.entropy)))?;
                let relay = parse_origin(relay)?;
                let link = InvitationLink { relay, secret };
                Ok((link.to_text(), DistanceInvitation::from_link(&link.secret)))
            }
        }
    }

    async fn read_place(
        &self,
        text: &str,
        relay: Option<&str>,
    ) -> Result<(DistanceInvitation, String)> {
        if !looks_like_distance_words(text) || text.contains("://") {
            let link = InvitationLink::parse(text)?;
            let place = DistanceInvitation::from_link(&link.secret);
            return Ok((place, link.relay.to_string()));
        }
        if mistyped_word(text).is_some() {
            return Err(BelayError::InvalidInput {
                field: "invitation",
                rule: "unknown_word",
            });
        }
        let relay = match relay {
            Some(origin) => parse_origin(origin)?.to_string(),
            None => self.relay()?.ok_or(BelayError::unavailable("no-relay"))?,
        };
        let place = derive_slowly(Zeroizing::new(text.to_owned())).await?;
        Ok((place, relay))
    }
}

impl Session<'_> {
    fn keep_meeting(&mut self, meeting: &Meeting) -> Result<()> {
        self.spaces.touched.part(ChangeArea::Invitations);
        let kept = meeting.encode();
        let at_ms = meeting.made_at_ms;
        self.tx
            .put_secret(None, SecretKind::Invitation, &meeting.id, &kept, at_ms)?;
        Ok(())
    }

    /// Keeps of a meeting only that it was, and how it ended.
    fn end_meeting(&mut self, meeting: Meeting, ending: Ending) -> Result<()> {
        let invited = meeting.invited();
        self.keep_meeting(&Meeting {
            last_error: None,
            phase: Phase::Over(Over {
                ending,
                invited,
                at_ms: self.now_ms,
                // Of these the other side learns otherwise.
                told: matches!(ending, Ending::Paired(_) | Ending::Expired | Ending::Used),
            }),
            ..meeting
        })
    }

    /// Takes back every invitation at a distance that nobody answered.
    pub(crate) fn cancel_open_invitations(&mut self) -> Result<()> {
        for kept in self.tx.secrets(None, SecretKind::Invitation)? {
            // One that cannot be read cannot let anybody in either, and must not stand in the way.
            let Ok(meeting) = Meeting::decode(&kept.value) else {
                continue;
            };
            if matches!(meeting.phase, Phase::Inviting(_)) {
                self.end_meeting(meeting, Ending::Cancelled)?;
            }
        }
        Ok(())
    }

    fn drop_meeting(&mut self, id: &MeetingId) -> Result<()> {
        self.spaces.touched.part(ChangeArea::Invitations);
        self.tx.delete_secret(None, SecretKind::Invitation, id)?;
        Ok(())
    }
}

fn meeting_of(tx: &ReadTx<'_>, id: &MeetingId) -> Result<Option<Meeting>> {
    tx.secret(None, SecretKind::Invitation, id)?
        .map(|kept| Meeting::decode(&kept))
        .transpose()
}

/// Whether an invitation was answered here and the answer still counts.
///
/// # Errors
/// `Unavailable{invitation-own | already-paired}`: then it cannot be.
fn is_answered(tx: &ReadTx<'_>, id: &MeetingId) -> Result<bool> {
    let Some(known) = meeting_of(tx, id)? else {
        return Ok(false);
    };
    match known.phase {
        Phase::Inviting(_) | Phase::Answered(_) | Phase::Over(Over { invited: true, .. }) => {
            Err(BelayError::unavailable("invitation-own"))
        }
        Phase::Over(Over {
            ending: Ending::Paired(_),
            ..
        }) => Err(BelayError::unavailable("already-paired")),
        Phase::Accepting(_) => Ok(true),
        Phase::Over(_) => Ok(false),
    }
}

fn meetings(tx: &ReadTx<'_>) -> Result<Vec<Meeting>> {
    tx.secrets(None, SecretKind::Invitation)?
        .iter()
        .map(|secret| Meeting::decode(&secret.value))
        .collect()
}

/// Argon2id takes a moment and 64 MiB: not on a thread that others wait for.
async fn derive_slowly(words: Zeroizing<String>) -> Result<DistanceInvitation> {
    let derived = tokio::task::spawn_blocking(move || DistanceInvitation::from_words(&words)).await;
    Ok(derived.map_err(|_| BelayError::internal("derivation"))??)
}

/// Why an invitation that is over cannot be used.
fn refusal(ending: Ending) -> BelayError {
    BelayError::unavailable(match ending {
        Ending::Paired(_) => "already-paired",
        Ending::Expired => "invitation-expired",
        Ending::Cancelled => "invitation-cancelled",
        Ending::Burned => "invitation-burned",
        Ending::Used => "invitation-used",
    })
}

fn parse_id(id: &str) -> Result<MeetingId> {
    id.parse::<DocName>()
        .map(DocName::to_bytes)
        .map_err(|_| BelayError::NotFound { what: "invitation" })
}

fn parse_origin(origin: &str) -> Result<RelayOrigin> {
    origin.parse().map_err(|_| BelayError::InvalidInput {
        field: "relay",
        rule: "not_an_address",
    })
}

fn slot(number: u8) -> Result<Slot> {
    Slot::new(number).map_err(|_| BelayError::internal("slot"))
}

/// The place where a meeting happens.
struct Place {
    client: RelayClient,
    id: RendezvousId,
}
