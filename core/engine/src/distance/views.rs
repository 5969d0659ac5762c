//! What shells show of invitations at a distance.

use belay_model::SpaceId;
use belay_store::ReadTx;
use serde::Serialize;

use super::meeting::{Ending, Meeting, Phase};
use super::meetings;
use crate::Result;
use crate::session::Spaces;
use crate::views::PartnershipStandingView;

/// How an invitation at a distance stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum InvitationStateView {
    /// Made here: nobody has answered. Accepted here: the other side has not let this one in.
    Waiting,
    /// Made here: somebody answered, and has not been heard of since.
    Answered,
    /// There is a partnership.
    Paired,
    /// Its time is over.
    Expired,
    /// What lay at the relay was not what it had to be: taken back by the other side, or tampered with.
    Burned,
    /// Somebody else answered it first.
    Used,
}

/// An invitation at a distance that was made or accepted here.
#[derive(Debug, Clone, Serialize)]
pub struct OpenInvitationView {
    /// Names it.
    pub id: String,
    /// Made here; otherwise it was accepted here.
    pub made_here: bool,
    /// The link or the four words, as long as somebody may answer them.
    pub text: Option<String>,
    /// Where the two meet.
    pub relay: String,
    /// When it was made or accepted.
    pub made_at_ms: i64,
    /// Until when it is good.
    pub expires_at_ms: i64,
    /// How it stands.
    pub state: InvitationStateView,
    /// What was wrong at the last try, as a stable code.
    pub last_error: Option<String>,
}

/// What a sync did about an invitation, for its report.
#[derive(Debug, Clone, Serialize)]
pub struct InvitationNewsView {
    /// Names it.
    pub id: String,
    /// How it stands now.
    pub state: InvitationStateView,
    /// The space of the new partnership.
    pub space: Option<SpaceId>,
    /// Why the relay could not be used, as a stable code.
    pub trouble: Option<String>,
}

/// A word of an invitation that is not in the list.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct MistypedWord {
    /// Which word, from 1.
    pub position: usize,
    /// The nearest word of the list.
    pub nearest: &'static str,
}

impl From<Ending> for InvitationStateView {
    fn from(ending: Ending) -> Self {
        match ending {
            Ending::Paired(_) => Self::Paired,
            Ending::Expired => Self::Expired,
            Ending::Burned | Ending::Cancelled => Self::Burned,
            Ending::Used => Self::Used,
        }
    }
}

/// One invitation.
pub(super) fn view(meeting: &Meeting) -> OpenInvitationView {
    let (state, text) = match &meeting.phase {
        Phase::Inviting(inviting) => {
            let text = inviting.text.as_str().to_owned();
            (InvitationStateView::Waiting, Some(text))
        }
        Phase::Accepting(_) => (InvitationStateView::Waiting, None),
        Phase::Answered(_) => (InvitationStateView::Answered, None),
        Phase::Over(over) => (over.ending.into(), None),
    };
    OpenInvitationView {
        id: meeting.shown_id(),
        made_here: meeting.invited(),
        text,
        relay: meeting.relay.clone(),
        made_at_ms: meeting.made_at_ms,
        expires_at_ms: meeting.expires_at_ms,
        state,
        last_error: meeting.last_error.clone(),
    }
}

/// All that a person may still want to know of.
pub(crate) fn all(tx: &ReadTx<'_>, spaces: &mut Spaces) -> Result<Vec<OpenInvitationView>> {
    let now_ms = spaces.now_ms;
    let mut shown = Vec::new();
    for meeting in meetings(tx)? {
        let wanted = match &meeting.phase {
            Phase::Inviting(_) | Phase::Accepting(_) => true,
            Phase::Answered(answered) => !is_heard(tx, spaces, &answered.space)?,
            Phase::Over(over) => !matches!(over.ending, Ending::Paired(_) | Ending::Cancelled),
        };
        if wanted {
            let mut view = view(&meeting);
            if view.state == InvitationStateView::Waiting && meeting.is_expired(now_ms) {
                // Before the next sync has noticed.
                view.state = InvitationStateView::Expired;
                view.text = None;
            }
            shown.push(view);
        }
    }
    Ok(shown)
}

/// Whether the guest arrived in the space, or nobody waits for them any more.
pub(super) fn is_heard(tx: &ReadTx<'_>, spaces: &mut Spaces, space: &SpaceId) -> Result<bool> {
    if tx.space(*space)?.is_none() {
        return Ok(true);
    }
    let now_ms = spaces.now_ms;
    let Ok(state) = spaces.sound(tx, space)? else {
        return Ok(true);
    };
    let partner = crate::partners::view(tx, state, now_ms)?;
    Ok(partner.standing != PartnershipStandingView::Waiting)
}
