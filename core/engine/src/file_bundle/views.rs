//! What shells ask of file bundles and show of them.

use belay_model::SpaceId;
use serde::Serialize;

/// Whom a bundle is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum BundleFor {
    /// One partner: nothing but what the two share.
    Partner {
        /// The space they share.
        space: SpaceId,
    },
    /// The person's other devices: everything that these belong to.
    OwnDevices,
    /// Everybody, in one file: own devices and all partners. It lets whoever finds it count the partnerships, so it
    /// is for what the person keeps, not for what they hand out.
    Everybody,
}

/// What to put into a bundle.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct NewBundle {
    /// Whom it is for.
    pub for_whom: BundleFor,
    /// Everything that is here, also what the others said they have.
    pub whole: bool,
    /// All attachments that are here, too; never for a partner.
    pub attachments: bool,
}

/// How far the writing or reading of a bundle is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct BundleProgress {
    /// Envelopes and attachments written, or bytes read.
    pub done: u64,
    /// Of how many; `None` where that cannot be known.
    pub of: Option<u64>,
}

/// What was written.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
pub struct BundleWrittenView {
    /// Envelopes in the file. With none, the others have everything, as far as this device knows.
    pub envelopes: u64,
    /// Bytes of the file.
    pub bytes: u64,
    /// Partnerships it is about, and one more for own devices.
    pub spaces: u64,
    /// What is not in it because it waits for the time in which it can be taken back.
    pub held: u64,
    /// Attachments and small pictures in it.
    pub attachments: u64,
}

/// How a bundle ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum BundleEndingView {
    /// All of it was read.
    Whole,
    /// It ends in the middle. What came before is kept; the whole file brings the rest.
    CutShort,
    /// Something in it is not as it was written. What came before is kept.
    Damaged,
}

/// What a bundle brought to one space.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct BundleSpaceView {
    /// The space.
    pub space: SpaceId,
    /// The partner whose space it is, as named here; `None` for the person's own devices.
    pub partner: Option<String>,
    /// Envelopes that were new.
    pub envelopes_received: u64,
    /// Envelopes that could not be opened or do not keep the rules.
    pub envelopes_refused: u64,
    /// Items that were new.
    pub items_received: u64,
}

/// What was read.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct BundleReadView {
    /// How it ended.
    pub ending: BundleEndingView,
    /// What came, space by space; also for spaces of which everything was here already.
    pub spaces: Vec<BundleSpaceView>,
    /// Envelopes and attachments that are for somebody else. Nothing of them was kept.
    pub foreign: u64,
    /// Attachments and small pictures that are whole here now.
    pub attachments: u64,
    /// Attachments that are not what was attached. Nothing of them was kept.
    pub attachments_refused: u64,
    /// Parts that only a newer Belay can read.
    pub newer: u64,
    /// Things that were edited on one own device and deleted on another. Deleted counts.
    pub edited_after_deletion: u64,
}
