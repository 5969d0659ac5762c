//! Adding an own device in person (product id D2): the device that is there shows a code, the new one scans
//! it, both show four words, and the one that is there asks before it admits anybody.

use std::net::SocketAddr;

use belay_crypto::pairing::{ComparisonCode, Scanner, Shower};
use belay_model::DisplayName;
use belay_protocol::{Bundle, InvitationQr};

use crate::engine::Engine;
use crate::own_devices::{OwnDeviceView, WaitingDevice};
use crate::rendezvous::{Put, Rendezvous};
use crate::views::InvitationView;
use crate::{BelayError, Result};

/// A device that answered the code and proved its keys. Nothing is written yet: the person compares the words
/// on both screens first, and dropping this admits nobody.
pub struct AskingDevice {
    shower: Shower,
    rendezvous: Rendezvous,
    bundle: Bundle,
}

impl std::fmt::Debug for AskingDevice {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("AskingDevice").finish_non_exhaustive()
    }
}

impl AskingDevice {
    /// What must stand on both screens.
    #[must_use]
    pub fn comparison_words(&self) -> Vec<String> {
        words(self.shower.code())
    }
}

fn words(code: ComparisonCode) -> Vec<String> {
    code.words().into_iter().map(str::to_owned).collect()
}

fn refused<E>(_: E) -> BelayError {
    BelayError::unavailable("pairing-refused")
}

impl Engine {
    /// Makes a code for an own device to scan. It can be used once, for ten minutes, while
    /// [`Engine::await_own_device`] waits.
    ///
    /// # Errors
    /// `Unavailable{no-sealed-copy}` while no sealed copy is kept on a relay: nothing would ever reach the
    /// new device. `Unavailable{device-waiting}`, `Offline`, `Unavailable{relay-needs-token}`.
    pub async fn invite_own_device(&self) -> Result<InvitationView> {
        self.read(crate::queries::self_space)?;
        let relay = self
            .self_copy()?
            .ok_or(BelayError::unavailable("no-sealed-copy"))?;
        self.show_invitation(relay).await
    }

    /// As [`Engine::invite_own_device`], for a device in the same room: this one listens at `listen` (port 0
    /// takes a free one), and no relay takes part. What was written comes to the new device when both meet.
    ///
    /// # Errors
    /// `Unavailable{no-network}` when nobody could call this device here; `Unavailable{device-waiting}`.
    pub async fn invite_own_device_near(&self, listen: SocketAddr) -> Result<InvitationView> {
        self.read(crate::queries::self_space)?;
        self.show_invitation_near(listen).await
    }

    /// Waits until a device answers the code. An answer uses the code up.
    ///
    /// # Errors
    /// As [`Engine::await_partner`]; `Unavailable{pairing-refused}` also when a person answered who wants to
    /// be a partner.
    pub async fn await_own_device(&self, invitation_id: &str) -> Result<AskingDevice> {
        let invitation = self.shown_invitation(invitation_id)?;
        let rendezvous = self.rendezvous(&invitation)?;
        let slot0 = rendezvous.wait_for(self, 0).await?;
        let answered = self.answer(&rendezvous, &slot0).await;
        self.burn_invitation(invitation_id);
        let mut shower = answered?;
        let slot2 = rendezvous.wait_for(self, 2).await?;
        let bundle = shower.open_bundle_slot(&slot2).map_err(refused)?;
        if !matches!(bundle, Bundle::Device { .. }) {
            return Err(BelayError::unavailable("pairing-refused"));
        }
        Ok(AskingDevice {
            shower,
            rendezvous,
            bundle,
        })
    }

    /// Admits a device after the person said that the words are the same, under the name they give it.
    ///
    /// When it stays unknown whether the welcome arrived, the device is kept in the list.
    ///
    /// # Errors
    /// `Unavailable{too-many-devices | invitation-used | invitation-expired}`: this device cannot be admitted any
    /// more, and has to ask anew.
    pub async fn admit_asking_device(
        &self,
        asking: AskingDevice,
        name: &DisplayName,
    ) -> Result<Vec<OwnDeviceView>> {
        let AskingDevice {
            shower,
            rendezvous,
            bundle,
        } = asking;
        // A device that waits no longer must not be left in the list.
        self.check_unexpired(&rendezvous.invitation)?;
        let near = rendezvous.relay.is_none();
        let slot3 = self.write(|session| {
            let welcome = session.admit_own_device(&bundle, name, near)?;
            let own = session.own_bundle()?;
            let space = session.self_space()?;
            let state = session.spaces.get(session.tx, &space)?;
            Ok(shower.welcome_slot(&own, &state.sign_key, welcome, session.entropy)?)
        })?;
        match rendezvous.try_put(self, 3, &slot3).await? {
            Put::There | Put::Unknown(_) => self.own_devices(),
        }
    }

    /// Answers the code that an own device shows, and waits to be admitted. `show_words` is handed what must
    /// stand on both screens.
    ///
    /// # Errors
    /// `Unavailable{device-not-waiting}`; as [`Engine::accept_invitation`]. The device waits on then, and can
    /// answer another code.
    pub async fn join_as_own_device(
        &self,
        text: &str,
        show_words: &(dyn Fn(&[String]) + Sync),
    ) -> Result<()> {
        let waiting = self.read(WaitingDevice::load)?;
        let invitation = InvitationQr::parse(text).map_err(BelayError::from)?;
        self.check_unexpired(&invitation)?;
        let rendezvous = self.rendezvous(&invitation)?;
        rendezvous.look().await?;
        let (scanner, slot0) =
            self.write(|session| Ok(Scanner::start(&invitation, session.entropy)?))?;
        rendezvous.put(self, 0, &slot0).await?;
        let slot1 = rendezvous.wait_for(self, 1).await?;
        let mut session = scanner.connect(&slot1).map_err(refused)?;
        show_words(&words(session.code()));
        let bundle = waiting.bundle();
        let slot2 = self
            .write(|write| Ok(session.bundle_slot(&bundle, &waiting.sign_key, write.entropy)?))?;
        rendezvous.put(self, 2, &slot2).await?;
        let slot3 = rendezvous.wait_for(self, 3).await?;
        let (theirs, space, welcome) = session
            .open_welcome_slot(&slot3, &waiting.sealed_to(), &waiting.kem_key)
            .map_err(refused)?;
        if !matches!(theirs, Bundle::Device { .. }) {
            return Err(BelayError::unavailable("pairing-refused"));
        }
        self.write(|session| session.join_own_devices(&space, &welcome, Some(theirs.sign_pk())))?;
        // The keys moved inside the database; the write log still has their old place.
        self.checkpoint()
    }
}
