//! What is shown of partners. What each part means is said where it is made: core/engine/src/views.rs and distance/views.rs.
//!
//! A field that is added there fails the build here.

use belay_engine::model::{
    CheckInFields, DocName, PersonId, SharedCheckIn, SharedGoal, SharedOutcome, SharedResponse,
    SpaceId,
};
use belay_engine::{
    ComparisonView, InvitationKindView, InvitationNewsView, InvitationStateView, InvitationView,
    InviteBy, OpenInvitationView, PairedView, PartnerCheckInView, PartnerGoalView, PartnerPageView,
    PartnerPassageView, PartnerView, PartnershipStandingView, ResponseView, Waited,
};

#[uniffi::remote(Enum)]
pub enum ComparisonView {
    NotCompared,
    Same,
    Different,
}

#[uniffi::remote(Enum)]
pub enum PartnershipStandingView {
    Waiting,
    Active,
    PartnerLeft,
    Left,
    Blocked,
}

#[uniffi::remote(Enum)]
pub enum Waited {
    Share,
    Keep,
}

#[uniffi::remote(Record)]
pub struct PartnerView {
    pub space: SpaceId,
    pub person: Option<PersonId>,
    pub name: String,
    pub standing: PartnershipStandingView,
    pub comparison: ComparisonView,
    pub comparison_words: Vec<String>,
    pub comparison_digits: String,
    pub usual_fields: CheckInFields,
    pub paused: bool,
    pub as_of_at_ms: Option<i64>,
    pub clock_ahead: bool,
    pub incomplete: bool,
    pub incomplete_from: Option<u64>,
    pub reached_at_ms: Option<i64>,
    pub may_be_behind: bool,
    pub needs_newer: u64,
    pub parked: u64,
    #[uniffi(default = true)]
    pub meets_nearby: bool,
}

#[uniffi::remote(Record)]
pub struct PartnerPageView {
    pub partner: PartnerView,
    pub check_ins: Vec<PartnerCheckInView>,
    pub goals: Vec<PartnerGoalView>,
    pub passages: Vec<PartnerPassageView>,
}

#[uniffi::remote(Record)]
pub struct PartnerCheckInView {
    pub name: DocName,
    pub check_in: SharedCheckIn,
    pub responses: Vec<ResponseView>,
}

#[uniffi::remote(Record)]
pub struct PartnerGoalView {
    pub name: DocName,
    pub goal: SharedGoal,
    pub outcomes: Vec<SharedOutcome>,
}

#[uniffi::remote(Record)]
pub struct ResponseView {
    pub name: DocName,
    pub space: SpaceId,
    pub own: bool,
    pub from: String,
    pub response: SharedResponse,
}

#[uniffi::remote(Record)]
pub struct InvitationView {
    pub id: String,
    pub text: String,
    pub expires_at_ms: i64,
}

#[uniffi::remote(Record)]
pub struct PairedView {
    pub partner: PartnerView,
}

#[uniffi::remote(Enum)]
pub enum InvitationKindView {
    Together,
    Apart,
}

#[uniffi::remote(Enum)]
pub enum InviteBy {
    Words,
    Link,
}

#[uniffi::remote(Enum)]
pub enum InvitationStateView {
    Waiting,
    Answered,
    Paired,
    Expired,
    Burned,
    Used,
}

#[uniffi::remote(Record)]
pub struct OpenInvitationView {
    pub id: String,
    pub made_here: bool,
    pub text: Option<String>,
    pub relay: String,
    pub made_at_ms: i64,
    pub expires_at_ms: i64,
    pub state: InvitationStateView,
    pub last_error: Option<String>,
}

#[uniffi::remote(Record)]
pub struct InvitationNewsView {
    pub id: String,
    pub state: InvitationStateView,
    pub space: Option<SpaceId>,
    pub trouble: Option<String>,
}
