//! Everything that the page of people shows, in one answer.

use serde::Serialize;

use crate::Result;
use crate::agreement::AgreementView;
use crate::distance::OpenInvitationView;
use crate::engine::Engine;
use crate::own_devices::OwnDeviceView;
use crate::views::PartnerView;

/// The page of people.
#[derive(Debug, Clone, Serialize)]
pub struct PeopleView {
    /// The name shown to partners.
    pub display_name: Option<String>,
    /// Every partner, in the order the partnerships began.
    pub partners: Vec<PartnerView>,
    /// Invitations at a distance that have not led to a partnership yet.
    pub invitations: Vec<OpenInvitationView>,
    /// The relay new partnerships use.
    pub relay: Option<String>,
    /// The person's devices, this one first.
    pub own_devices: Vec<OwnDeviceView>,
    /// How many partnerships only the person's other devices have.
    pub partnerships_elsewhere: u64,
    /// The statement of age and terms before the first sharing.
    pub agreement: AgreementView,
    /// The recovery words were not confirmed yet.
    pub recovery_words_due: bool,
}

impl Engine {
    /// Everything the page of people shows, as of one moment.
    ///
    /// # Errors
    /// `Unavailable{device-waiting}`; when the store cannot be read.
    pub fn people(&self) -> Result<PeopleView> {
        self.read_spaces(|tx, spaces| {
            let settings = crate::queries::settings(tx)?;
            Ok(PeopleView {
                display_name: settings.display_name.map(String::from),
                partners: crate::partners::all(tx, spaces)?,
                invitations: crate::distance::all(tx, spaces)?,
                relay: crate::relays::choice::chosen(tx)?,
                own_devices: crate::own_devices::all(tx, spaces)?,
                partnerships_elsewhere: crate::own_devices::elsewhere(tx)?,
                agreement: crate::agreement::view(tx)?,
                recovery_words_due: crate::today::recovery_words_due(tx)?,
            })
        })
    }
}
