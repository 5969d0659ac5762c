//! What the page of people shows. What each part means is said where it is made: core/engine/src/people.rs.
//!
//! A field that is added there fails the build here.

use belay_engine::{AgreementView, OpenInvitationView, OwnDeviceView, PartnerView, PeopleView};

#[uniffi::remote(Record)]
pub struct PeopleView {
    pub display_name: Option<String>,
    pub partners: Vec<PartnerView>,
    pub invitations: Vec<OpenInvitationView>,
    pub relay: Option<String>,
    pub own_devices: Vec<OwnDeviceView>,
    pub partnerships_elsewhere: u64,
    pub agreement: AgreementView,
    pub recovery_words_due: bool,
}
