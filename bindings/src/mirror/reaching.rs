//! What reaching each other shows. What each part means is said where it is made: core/model/src/boundary and
//! core/engine/src/reaching/boundary_cards.rs, nudges.rs, support_requests.rs and reached.rs.
//!
//! A field that is added there fails the build here.

use belay_engine::model::boundary::{
    BoundaryCard, QuietHours, SharedSupportRequest, SupportDelivery, SupportLevel,
};
use belay_engine::model::{DocName, Need, ResponseKind, SharedMoment, SpaceId};
use belay_engine::{
    BoundaryCardsView, DeliveryView, NewSupportRequest, NudgeView, ReachedView, ResponseView,
    SupportRequestView,
};

#[uniffi::remote(Enum)]
pub enum SupportLevel {
    KindWord,
    TalkToday,
    SomebodyNow,
}

#[uniffi::remote(Enum)]
pub enum SupportDelivery {
    Here,
    Left,
    OnTheirDevice,
    Answered,
}

#[uniffi::remote(Record)]
pub struct BoundaryCard {
    #[uniffi(default = None)]
    pub helps: Option<String>,
    #[uniffi(default = None)]
    pub does_not_help: Option<String>,
    #[uniffi(default = [])]
    pub quiet: Vec<QuietHours>,
    #[uniffi(default = 0)]
    pub nudges_a_day: u8,
    #[uniffi(default = [])]
    pub welcome: Vec<String>,
    #[uniffi(default = [])]
    pub unwelcome: Vec<String>,
    #[uniffi(default = [])]
    pub answers: Vec<ResponseKind>,
    #[uniffi(default = None)]
    pub need: Option<Need>,
    #[uniffi(default = None)]
    pub reach_at_night: Option<SupportLevel>,
}

#[uniffi::remote(Record)]
pub struct BoundaryCardsView {
    pub space: SpaceId,
    pub partner: String,
    pub own: Option<BoundaryCard>,
    pub delivery: Option<DeliveryView>,
    pub theirs: Option<BoundaryCard>,
    pub as_of_at_ms: Option<i64>,
}

#[uniffi::remote(Record)]
pub struct NudgeView {
    pub name: DocName,
    pub space: SpaceId,
    pub partner: String,
    pub own: bool,
    pub topic: Option<String>,
    pub sent_at_ms: i64,
    pub delivery: Option<DeliveryView>,
}

#[uniffi::remote(Record)]
pub struct SharedSupportRequest {
    pub level: SupportLevel,
    pub text: Option<String>,
    pub need: Option<Need>,
    pub written: SharedMoment,
}

#[uniffi::remote(Record)]
pub struct NewSupportRequest {
    pub spaces: Vec<SpaceId>,
    pub level: SupportLevel,
    #[uniffi(default = None)]
    pub text: Option<String>,
    #[uniffi(default = None)]
    pub need: Option<Need>,
}

#[uniffi::remote(Record)]
pub struct SupportRequestView {
    pub name: DocName,
    pub space: SpaceId,
    pub partner: String,
    pub own: bool,
    pub request: SharedSupportRequest,
    pub delivery: Option<SupportDelivery>,
    pub held_back: bool,
    pub heard_at_ms: Option<i64>,
    pub offers_help_now: bool,
    pub responses: Vec<ResponseView>,
}

#[uniffi::remote(Record)]
pub struct ReachedView {
    pub nudges: Vec<NudgeView>,
    pub requests: Vec<SupportRequestView>,
    pub new: Vec<DocName>,
    pub look_again_at_ms: Option<i64>,
}
