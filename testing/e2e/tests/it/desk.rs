//! Ada's phone with an entry to attach things to, and what comes of it on her other devices.
#![allow(clippy::unwrap_used, reason = "a test may stop at the first surprise")]

use std::fs;
use std::path::PathBuf;

use belay_e2e::{Companion, TestRelay, add_own_device};
use belay_engine::model::DocName;
use belay_engine::{AttachmentKind, AttachmentView, BelayError, NewAttachment, NewEntry};
use belay_testkit::FakeClock;

use crate::cast::START_MS;

/// Ada with a phone, an entry, and a folder for files.
pub struct Desk {
    pub clock: FakeClock,
    pub phone: Companion,
    pub entry: DocName,
    pub folder: tempfile::TempDir,
}

impl Desk {
    pub fn new() -> Self {
        let clock = FakeClock::at(START_MS, "UTC");
        let phone = Companion::new("Ada", &clock, 1);
        let entry = NewEntry {
            text: "At the lake.".to_owned(),
            ..NewEntry::default()
        };
        let entry = phone.engine.write_entry(entry).unwrap().name;
        Self {
            clock,
            phone,
            entry,
            folder: tempfile::tempdir().unwrap(),
        }
    }

    pub fn file(&self, name: &str, bytes: &[u8]) -> PathBuf {
        let path = self.folder.path().join(name);
        fs::write(&path, bytes).unwrap();
        path
    }

    pub fn attach(&self, name: &str, bytes: &[u8]) -> AttachmentView {
        let path = self.file(name, bytes);
        self.phone.engine.attach(&path, self.new_file()).unwrap()
    }

    pub fn new_file(&self) -> NewAttachment {
        NewAttachment {
            entry: self.entry,
            kind: AttachmentKind::File,
            name: None,
            media_type: None,
            thumbnail: None,
        }
    }

    pub fn blobs(&self, of: &Companion) -> Vec<PathBuf> {
        let Ok(entries) = fs::read_dir(of.dir().join("store").join("blobs")) else {
            return Vec::new();
        };
        let mut all: Vec<PathBuf> = entries.map(|entry| entry.unwrap().path()).collect();
        all.sort();
        all
    }

    pub fn read_back(&self, on: &Companion, id: &DocName) -> Result<Vec<u8>, BelayError> {
        let to = self.folder.path().join("opened");
        on.engine.export_attachment(id, &to)?;
        Ok(fs::read(&to).unwrap())
    }
}

pub fn noise(length: usize, seed: u64) -> Vec<u8> {
    let mut state = seed;
    let mut next = || {
        state = state
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1);
        (state >> 56) as u8
    };
    (0..length).map(|_| next()).collect()
}

/// The same person with a tablet, and a relay that keeps the sealed copy.
pub async fn with_tablet() -> (Desk, TestRelay, Companion) {
    let desk = Desk::new();
    let relay = TestRelay::start(&desk.clock).await;
    let engine = &desk.phone.engine;
    engine.set_relay(Some(relay.origin()), false).unwrap();
    engine.set_self_copy(true).unwrap();
    let tablet = Companion::further_device(&desk.clock, 2);
    add_own_device(&desk.phone, &tablet, "tablet").await;
    for device in [&desk.phone, &tablet, &desk.phone, &tablet] {
        device.sync().await;
    }
    (desk, relay, tablet)
}

pub fn only(on: &Companion, entry: &DocName) -> AttachmentView {
    let mut all = on.engine.attachments(entry).unwrap();
    assert_eq!(all.len(), 1);
    all.remove(0)
}
