//! Meeting a partner, in person and apart: core/engine/src/pairing.rs and distance/.

use belay_engine::{
    Engine, InvitationKindView, InvitationView, InviteBy, MistypedWord, OpenInvitationView,
    PairedView,
};

use crate::{BelayCore, Result};

/// A word of an invitation that is not in the list.
#[derive(Debug, Clone, PartialEq, Eq, uniffi::Record)]
pub struct MistypedWordView {
    /// Which word, from 1.
    pub position: u64,
    /// The nearest word of the list.
    pub nearest: String,
}

impl From<MistypedWord> for MistypedWordView {
    fn from(mistyped: MistypedWord) -> Self {
        let MistypedWord { position, nearest } = mistyped;
        Self {
            position: position as u64,
            nearest: nearest.to_owned(),
        }
    }
}

/// The first word of an invitation that is in no list; nothing when all are, or when there are not four.
#[uniffi::export]
pub fn mistyped_word(text: String) -> Result<Option<MistypedWordView>> {
    Ok(belay_engine::mistyped_word(&text).map(MistypedWordView::from))
}

/// Says how a text that somebody was handed is answered, before anybody is asked. Touches nothing.
#[uniffi::export]
pub fn invitation_kind(text: String) -> Result<InvitationKindView> {
    Ok(belay_engine::invitation_kind(&text)?)
}

#[uniffi::export]
impl BelayCore {
    /// Makes an invitation for somebody who is here: the text of a QR code. Touches the network.
    pub async fn invite(&self) -> Result<InvitationView> {
        self.on_network(|engine| async move { engine.invite().await })
            .await
    }

    /// Waits until somebody answers it, at most until it runs out. Touches the network.
    pub async fn await_partner(&self, invitation_id: String) -> Result<PairedView> {
        self.on_network(|engine| async move { engine.await_partner(&invitation_id).await })
            .await
    }

    /// Answers an invitation that was scanned. Touches the network.
    pub async fn accept_invitation(&self, text: String) -> Result<PairedView> {
        self.on_network(|engine| async move { engine.accept_invitation(&text).await })
            .await
    }

    /// Makes an invitation for somebody who is somewhere else. Touches the network.
    pub async fn invite_apart(&self, by: InviteBy) -> Result<OpenInvitationView> {
        self.on_network(|engine| async move { engine.invite_apart(by).await })
            .await
    }

    /// Answers an invitation that was sent or told. `relay` is where four words lead; nothing takes the relay
    /// that is set. Touches the network.
    #[uniffi::method(default(relay = None))]
    pub async fn accept_apart(
        &self,
        text: String,
        relay: Option<String>,
    ) -> Result<OpenInvitationView> {
        self.on_network(|engine| async move { engine.accept_apart(&text, relay.as_deref()).await })
            .await
    }

    /// Waits until an invitation apart has led to a partnership. Touches the network.
    pub async fn await_pairing(&self, id: String) -> Result<PairedView> {
        self.on_network(|engine| async move { engine.await_pairing(&id).await })
            .await
    }

    /// Invitations apart that have not led to a partnership yet.
    pub async fn open_invitations(&self) -> Result<Vec<OpenInvitationView>> {
        self.on_disk(Engine::open_invitations).await
    }

    /// Takes an invitation back. Writes to disk.
    pub async fn cancel_invitation(&self, id: String) -> Result<()> {
        self.on_disk(move |engine| engine.cancel_invitation(&id))
            .await
    }
}
