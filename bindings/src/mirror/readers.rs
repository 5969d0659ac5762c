//! Who can read a thing. What each part means is said where it is made: core/engine/src/readers.rs and core/model/src/reading.rs.
//!
//! A field that is added there fails the build here.

use belay_engine::model::{CivilDay, DeviceId, DocName, PersonId, Reading, SpaceId};
use belay_engine::{
    ErasureStateView, OwnReaderView, Readable, ReaderView, ReadersView, SealedCopyView,
};

#[uniffi::remote(Enum)]
pub enum Readable {
    Entry { name: DocName },
    CheckIn { name: DocName },
    Goal { name: DocName },
    Outcome { goal: DocName, on: CivilDay },
    Shared { space: SpaceId, name: DocName },
}

#[uniffi::remote(Enum)]
pub enum Reading {
    Wrote,
    Has,
    May,
    Earlier,
    Will,
    Withdrawing,
    Had,
}

#[uniffi::remote(Record)]
pub struct ReadersView {
    pub own_devices: Vec<OwnReaderView>,
    pub people: Vec<ReaderView>,
    pub sealed: Vec<SealedCopyView>,
    pub known_elsewhere: u64,
}

#[uniffi::remote(Record)]
pub struct OwnReaderView {
    pub device: DeviceId,
    pub name: Option<String>,
    pub this_device: bool,
    pub reading: Reading,
}

#[uniffi::remote(Record)]
pub struct ReaderView {
    pub space: SpaceId,
    pub person: PersonId,
    pub name: String,
    pub reading: Reading,
    pub devices: u64,
    pub gone: bool,
    pub passage: Option<DocName>,
}

#[uniffi::remote(Record)]
pub struct SealedCopyView {
    pub space: SpaceId,
    pub relay: String,
    pub lies: bool,
    pub earlier: Option<ErasureStateView>,
}
