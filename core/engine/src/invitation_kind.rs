//! What somebody was handed: a code of the same room, or a link or words from far away (product id P1).

use belay_crypto::pairing::looks_like_distance_words;
use belay_protocol::{InvitationLink, InvitationQr, ProtocolError};
use serde::Serialize;

use crate::{BelayError, Result};

/// How an invitation is answered.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum InvitationKindView {
    /// A code shown by somebody, or by an own device, that waits for the answer now:
    /// [`crate::Engine::accept_invitation`], [`crate::Engine::join_as_own_device`].
    Together,
    /// A link or four words: [`crate::Engine::accept_apart`].
    Apart,
}

/// Says how a text is answered, before anybody is asked. Touches nothing.
///
/// # Errors
/// `Unavailable{not-an-invitation | invitation-damaged}`, `NewerData` for one of a newer Belay.
pub fn invitation_kind(text: &str) -> Result<InvitationKindView> {
    match InvitationQr::parse(text) {
        Ok(_) => return Ok(InvitationKindView::Together),
        Err(ProtocolError::NotAnInvitation) => {}
        Err(error) => return Err(BelayError::from(error)),
    }
    if looks_like_distance_words(text) && !text.contains("://") {
        return Ok(InvitationKindView::Apart);
    }
    InvitationLink::parse(text)?;
    Ok(InvitationKindView::Apart)
}
