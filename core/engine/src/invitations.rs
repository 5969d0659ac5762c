//! Invitations that are shown as a code or handed over as a line: for a meeting on a relay, or in the room.

use std::collections::BTreeMap;
use std::net::SocketAddr;
use std::sync::{Arc, Mutex, PoisonError};

use belay_crypto::pairing::make_invitation;
use belay_model::DocName;
use belay_protocol::InvitationQr;
use belay_protocol::limits::LAN_HINTS_MAX;
use belay_protocol::relay::Creation;
use belay_transport::LanListener;

use crate::engine::Engine;
use crate::views::InvitationView;
use crate::{BelayError, Result};

/// How long an invitation can be used: 10 minutes.
const INVITATION_LIFE_MS: i64 = 10 * 60 * 1000;

/// Invitations shown in this run that nobody has answered.
#[derive(Debug, Default)]
pub(crate) struct Invitations {
    open: Mutex<BTreeMap<String, Open>>,
}

/// An invitation that nobody has answered, and where it listens if that is in the room.
#[derive(Debug)]
struct Open {
    invitation: InvitationQr,
    desk: Option<Arc<LanListener>>,
}

impl Invitations {
    fn with<T>(&self, change: impl FnOnce(&mut BTreeMap<String, Open>) -> T) -> T {
        change(&mut self.open.lock().unwrap_or_else(PoisonError::into_inner))
    }

    /// Where an invitation that was shown here listens.
    pub fn desk(&self, invitation: &InvitationQr) -> Option<Arc<LanListener>> {
        self.with(|open| open.get(&hex_id(invitation))?.desk.clone())
    }

    /// Whether an invitation was made here.
    pub fn holds(&self, invitation: &InvitationQr) -> bool {
        self.with(|open| open.contains_key(&hex_id(invitation)))
    }

    /// Forgets them all: whoever answers one now finds nobody.
    pub fn burn_all(&self) {
        self.with(BTreeMap::clear);
    }
}

impl Engine {
    /// Makes an invitation to show as a code or to hand over as text. It can be used once, for ten
    /// minutes, while [`Engine::await_partner`] waits.
    ///
    /// # Errors
    /// `Unavailable{no-relay}` without a relay; `Unavailable{relay-needs-token}` at one that makes no
    /// mailbox without; `Offline`; `InvalidInput{display_name, empty}` before the person has a name to show.
    pub async fn invite(&self) -> Result<InvitationView> {
        self.require_agreement()?;
        self.require_name()?;
        let relay = self.relay()?.ok_or(BelayError::unavailable("no-relay"))?;
        self.show_invitation(relay).await
    }

    /// Makes an invitation at a relay and remembers it as open.
    pub(crate) async fn show_invitation(&self, relay: String) -> Result<InvitationView> {
        // An unreachable relay is better told now than after the code was shown.
        let info = self.new_relay_client(&relay)?.info().await?;
        if info.creation == Creation::Codes {
            return Err(BelayError::unavailable("relay-needs-token"));
        }
        self.show_and_remember(Some(relay), None)
    }

    /// As [`Engine::invite`], for somebody in the same room: this device listens at `listen` (port 0 takes a
    /// free one), the code says where, and no relay takes part.
    ///
    /// # Errors
    /// `Unavailable{no-network}` when nobody could call this device here; as [`Engine::invite`].
    pub async fn invite_near(&self, listen: SocketAddr) -> Result<InvitationView> {
        self.require_agreement()?;
        self.require_name()?;
        self.show_invitation_near(listen).await
    }

    /// Makes an invitation in this room and remembers it as open.
    pub(crate) async fn show_invitation_near(&self, listen: SocketAddr) -> Result<InvitationView> {
        let no_network = |_| BelayError::unavailable("no-network");
        let listener = LanListener::bind(listen).await.map_err(no_network)?;
        if listener.reachable_at().map_err(no_network)?.is_empty() {
            return Err(BelayError::unavailable("no-network"));
        }
        self.show_and_remember(None, Some(listener))
    }

    fn show_and_remember(
        &self,
        relay: Option<String>,
        listener: Option<LanListener>,
    ) -> Result<InvitationView> {
        let expires_at_ms = self.clock.now_ms() + INVITATION_LIFE_MS;
        let at = listener.as_ref().map(LanListener::reachable_at);
        let at = at.transpose()?.unwrap_or_default();
        let hints = at.iter().take(LAN_HINTS_MAX).map(ToString::to_string);
        let hints = hints.collect();
        let invitation = self.with_entropy(|entropy| {
            let expires = u64::try_from(expires_at_ms).unwrap_or(0);
            make_invitation(relay, hints, expires, entropy)
        })?;
        let id = hex_id(&invitation);
        let text = invitation
            .to_text()
            .map_err(|_| BelayError::internal("invitation"))?;
        let desk = listener.map(Arc::new);
        self.invitations.with(|open| {
            open.retain(|_, known| self.check_unexpired(&known.invitation).is_ok());
            open.insert(id.clone(), Open { invitation, desk });
        });
        Ok(InvitationView {
            id,
            text,
            expires_at_ms,
        })
    }

    /// An invitation that nobody has answered.
    pub(crate) fn shown_invitation(&self, id: &str) -> Result<InvitationQr> {
        self.invitations
            .with(|open| Some(open.get(id)?.invitation.clone()))
            .ok_or(BelayError::unavailable("invitation-not-found"))
    }

    /// Takes an invitation out of use.
    pub(crate) fn burn_invitation(&self, id: &str) {
        self.invitations.with(|open| open.remove(id));
    }
}

fn hex_id(invitation: &InvitationQr) -> String {
    DocName::from_bytes(invitation.id).to_string()
}
