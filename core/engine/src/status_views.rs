//! What the self-check shows (product id D5). Records only.

use belay_model::{DeviceId, PersonId, SpaceId};
use serde::Serialize;

use crate::distance::OpenInvitationView;
use crate::relays::views::RelayStatusView;
use crate::space_kind_view::SpaceKindView;
use crate::syncing::traffic::TrafficView;
use crate::views::ComparisonView;

/// One space's part of the self-check (product id D5).
#[derive(Debug, Clone, Serialize)]
pub struct SpaceStatusView {
    /// The space.
    pub space: SpaceId,
    /// Whose it is.
    pub kind: SpaceKindView,
    /// The partner, as named here.
    pub partner: Option<String>,
    /// Whether the four words were compared; `None` where there is nobody to compare with.
    pub comparison: Option<ComparisonView>,
    /// Signed items held.
    pub items: u64,
    /// Unbroken runs in which this device has written; a new one begins after a restored copy, and at every
    /// start where the key lies in a plain file.
    pub own_incarnations: u64,
    /// Items that wait for their hold to end; an undo still takes them back.
    pub held: u64,
    /// Items that wait to be sealed or sent and are not known to be at a relay.
    pub queued: u64,
    /// Sharing is paused: what the person wrote stays in the line.
    pub paused: bool,
    /// The epoch written under, shortened.
    pub epoch: Option<String>,
    /// Relays of the space.
    pub relays: Vec<RelayStatusView>,
    /// Items held because something before them is missing.
    pub waiting: u64,
    /// Items that need a newer Belay.
    pub needs_newer: u64,
    /// Items parked because somebody sends more than anybody reads.
    pub parked: u64,
    /// Items that came and for which there was no more room among what waits or is parked.
    pub dropped: u64,
    /// Items set aside because they break a rule.
    pub quarantined: u64,
    /// Items that claim a place another item has: the device exists twice.
    pub shadowed: u64,
    /// It is this very device that exists twice: a copy of its store wrote, too.
    pub own_device_twice: bool,
    /// Where in the program it was noticed that the space cannot be read; nothing of it is shown or exchanged
    /// then. `None` when all is well.
    pub fault: Option<String>,
    /// Everybody who was ever in it, this person first, with their devices.
    pub peers: Vec<PeerStatusView>,
    /// The secrets of the space.
    pub epochs: EpochStatusView,
    /// Sealed bytes that went out and came.
    pub traffic: TrafficView,
}

/// A person of a space.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct PeerStatusView {
    /// Who.
    pub person: PersonId,
    /// As named here; `None` for this person.
    pub name: Option<String>,
    /// They left, or were removed.
    pub gone: bool,
    /// Their devices, this one first.
    pub devices: Vec<DeviceStatusView>,
}

/// A device of a space.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct DeviceStatusView {
    /// The device, as the space knows it.
    pub device: DeviceId,
    /// The name the person gave it; own devices in the person's own space only.
    pub name: Option<String>,
    /// It is this one.
    #[serde(rename = "this")]
    pub this_device: bool,
    /// It may not read or write any more.
    pub removed: bool,
    /// When the newest item that is here of it was written, by its clock and never later than now; `None` before
    /// the first.
    pub as_of_at_ms: Option<i64>,
    /// The first place of it that is missing here, if one is.
    pub incomplete_from: Option<u64>,
    /// Items of this device that it did not tell yet that it has; zero for this device.
    pub not_told: u64,
    /// When it last told what it has.
    pub told_at_ms: Option<i64>,
    /// When a meeting with it on one network last went well.
    pub met_at_ms: Option<i64>,
    /// Items claim places of it that other items have: it exists twice.
    pub twice: bool,
}

/// The secrets of a space.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
pub struct EpochStatusView {
    /// How many there have been.
    pub count: u64,
    /// How many of them this device holds.
    pub held: u64,
    /// Since when this device has the one that is written under; `None` where there is none.
    pub since_at_ms: Option<i64>,
    /// A new one is due before this device writes again: somebody left, or was removed.
    pub owed: bool,
}

/// The self-check.
#[derive(Debug, Clone, Serialize)]
pub struct StatusView {
    /// The recovery words were not confirmed yet: the person should write them down.
    pub recovery_words_due: bool,
    /// Size of the store on disk, in bytes.
    pub store_bytes: u64,
    /// Damaged files that lie set aside in the store's folder.
    pub set_aside: Vec<String>,
    /// The relay new partnerships use.
    pub relay: Option<String>,
    /// Each space.
    pub spaces: Vec<SpaceStatusView>,
    /// Invitations at a distance that have not led to a partnership yet.
    pub invitations: Vec<OpenInvitationView>,
}
