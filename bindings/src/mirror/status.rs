//! How syncing, relays and this device stand. What each part means is said where it is made: core/engine/src/views.rs, status_views.rs, traffic.rs, relay_views.rs, erasure_views.rs and own_devices.rs.
//!
//! A field that is added there fails the build here.

use belay_engine::model::{DeviceId, PersonId, SpaceId};
use belay_engine::{
    ArrivalView, ComparisonView, DeviceStatusView, EpochStatusView, ErasureCountsView,
    ErasureStateView, ErasureView, FarewellView, InvitationNewsView, LeftRelayView,
    OpenInvitationView, OwnDeviceView, PeerStatusView, RelayMoveView, RelayNoticeView,
    RelayStatusView, SpaceKindView, SpaceStatusView, StatusView, SyncProgress, SyncReport,
    SyncTroubleView, TrafficView,
};

#[uniffi::remote(Enum)]
pub enum SpaceKindView {
    Own,
    Pair,
    Circle,
}

#[uniffi::remote(Record)]
pub struct SpaceStatusView {
    pub space: SpaceId,
    pub kind: SpaceKindView,
    pub partner: Option<String>,
    pub comparison: Option<ComparisonView>,
    pub items: u64,
    pub own_incarnations: u64,
    pub held: u64,
    pub queued: u64,
    pub paused: bool,
    pub epoch: Option<String>,
    pub relays: Vec<RelayStatusView>,
    pub waiting: u64,
    pub needs_newer: u64,
    pub parked: u64,
    pub dropped: u64,
    pub quarantined: u64,
    pub shadowed: u64,
    pub own_device_twice: bool,
    pub fault: Option<String>,
    #[uniffi(default)]
    pub peers: Vec<PeerStatusView>,
    #[uniffi(default)]
    pub epochs: EpochStatusView,
    #[uniffi(default)]
    pub traffic: TrafficView,
}

#[uniffi::remote(Record)]
pub struct PeerStatusView {
    pub person: PersonId,
    pub name: Option<String>,
    pub gone: bool,
    pub devices: Vec<DeviceStatusView>,
}

#[uniffi::remote(Record)]
pub struct DeviceStatusView {
    pub device: DeviceId,
    pub name: Option<String>,
    pub this_device: bool,
    pub removed: bool,
    pub as_of_at_ms: Option<i64>,
    pub incomplete_from: Option<u64>,
    pub not_told: u64,
    pub told_at_ms: Option<i64>,
    pub met_at_ms: Option<i64>,
    pub twice: bool,
}

#[uniffi::remote(Record)]
pub struct EpochStatusView {
    #[uniffi(default)]
    pub count: u64,
    #[uniffi(default)]
    pub held: u64,
    #[uniffi(default)]
    pub since_at_ms: Option<i64>,
    #[uniffi(default)]
    pub owed: bool,
}

#[uniffi::remote(Record)]
pub struct TrafficView {
    #[uniffi(default)]
    pub sent_bytes: u64,
    #[uniffi(default)]
    pub received_bytes: u64,
}

#[uniffi::remote(Record)]
pub struct StatusView {
    pub recovery_words_due: bool,
    pub store_bytes: u64,
    pub set_aside: Vec<String>,
    pub relay: Option<String>,
    pub spaces: Vec<SpaceStatusView>,
    pub invitations: Vec<OpenInvitationView>,
}

#[uniffi::remote(Record)]
pub struct RelayStatusView {
    pub origin: String,
    pub last_contact_at_ms: Option<i64>,
    pub last_error: Option<String>,
    pub next_try_at_ms: Option<i64>,
    pub noticed: Option<RelayNoticeView>,
    pub clock_offset_ms: Option<i64>,
    pub erasures: ErasureCountsView,
    #[uniffi(default = None)]
    pub read_until_ms: Option<i64>,
}

#[uniffi::remote(Record)]
pub struct RelayMoveView {
    pub space: SpaceId,
    pub partner: Option<String>,
    pub relays: Vec<String>,
    pub left: Vec<LeftRelayView>,
    pub others: u64,
    pub followed: u64,
}

#[uniffi::remote(Record)]
pub struct LeftRelayView {
    pub relay: String,
    pub read_until_ms: i64,
    pub told: bool,
}

#[uniffi::remote(Record)]
pub struct RelayNoticeView {
    pub word: String,
    pub at_ms: i64,
}

#[uniffi::remote(Enum)]
pub enum ErasureStateView {
    NotThere,
    Erased,
    Refused,
    Waiting,
}

#[uniffi::remote(Record)]
pub struct ErasureView {
    pub relay: String,
    pub state: ErasureStateView,
}

#[uniffi::remote(Record)]
pub struct ErasureCountsView {
    pub waiting: u64,
    pub erased: u64,
    pub not_there: u64,
    pub refused: u64,
}

#[uniffi::remote(Enum)]
pub enum SyncProgress {
    Space {
        number: u64,
        of: u64,
    },
    Sent {
        envelopes: u64,
    },
    Received {
        items: u64,
    },
    Arriving {
        items: u64,
        of_items: u64,
        bytes: u64,
    },
}

#[uniffi::remote(Record)]
pub struct SyncReport {
    pub envelopes_sent: u64,
    pub envelopes_received: u64,
    pub items_received: u64,
    pub envelopes_refused: u64,
    pub edited_after_deletion: u64,
    pub invitations: Vec<InvitationNewsView>,
    pub troubles: Vec<SyncTroubleView>,
}

#[uniffi::remote(Record)]
pub struct SyncTroubleView {
    pub space: SpaceId,
    pub partner: Option<String>,
    pub code: String,
}

#[uniffi::remote(Record)]
pub struct FarewellView {
    pub envelopes: u64,
    pub erasures: u64,
    pub troubles: Vec<String>,
    pub finished: bool,
}

#[uniffi::remote(Record)]
pub struct OwnDeviceView {
    pub device: DeviceId,
    pub name: Option<String>,
    pub this_device: bool,
    pub as_of_at_ms: Option<i64>,
    #[uniffi(default = None)]
    pub added_at_ms: Option<i64>,
}

#[uniffi::remote(Record)]
pub struct ArrivalView {
    pub items: u64,
    pub of_items: u64,
}
