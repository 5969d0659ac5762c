//! Attachments that a partner gets with a passage: only where the person says so, as copies that no relay can tell
//! from others, by relay, network and file, and gone when the passage is taken back.
#![allow(clippy::unwrap_used, reason = "a test may stop at the first surprise")]

use std::fs;

use belay_e2e::near::Near;
use belay_e2e::{Companion, TestRelay, pair};
use belay_engine::model::{DocName, SpaceId};
use belay_engine::{
    AttachmentStateView, AttachmentView, BundleFor, Farewell, LanEndingView, NewBundle, NewPassage,
};

use crate::cast::HOLD_MS;
use crate::desk::{Desk, noise};

/// Ada with an entry that has two attachments, and Sam, her partner.
struct Pair {
    desk: Desk,
    relay: TestRelay,
    sam: Companion,
    space: SpaceId,
    film: Vec<u8>,
    ids: [DocName; 2],
}

async fn two() -> Pair {
    let desk = Desk::new();
    let relay = TestRelay::start(&desk.clock).await;
    let sam = Companion::new("Sam", &desk.clock, 2);
    let space = pair(&desk.phone, &sam, relay.origin()).await;
    let film = noise(2_500_000, 5);
    let kept = desk.attach("kept-for-herself.txt", b"nobody else reads this");
    let given = desk.attach("film.mp4", &film);
    Pair {
        ids: [kept.id, given.id],
        desk,
        relay,
        sam,
        space,
        film,
    }
}

impl Pair {
    fn with(&self, attachments: Vec<DocName>) -> NewPassage {
        NewPassage {
            entry: self.desk.entry,
            text: "At the lake.".to_owned(),
            space: self.space,
            confirmed_not_compared: false,
            attachments,
        }
    }

    /// Gives the passage with the film, and lets the time pass in which it can be undone.
    fn give(&self) -> DocName {
        let engine = &self.desk.phone.engine;
        let given = engine.share_passage(self.with(vec![self.ids[1]])).unwrap();
        self.desk.clock.advance_ms(HOLD_MS);
        given.name
    }

    /// What Sam sees of the film.
    fn seen(&self) -> Option<AttachmentView> {
        let page = self.sam.engine.partner(&self.space).unwrap();
        let mut all: Vec<_> = page
            .passages
            .into_iter()
            .flat_map(|passage| passage.attachments)
            .collect();
        assert!(all.len() < 2);
        all.pop()
    }

    fn assert_sam_has_it(&self) {
        let seen = self.seen().unwrap();
        assert_eq!(seen.name, "film.mp4");
        assert_eq!(seen.state, AttachmentStateView::Here);
        let to = self.desk.folder.path().join("sams");
        let sam = &self.sam.engine;
        sam.export_given_attachment(&self.space, &seen.id, &to)
            .unwrap();
        assert_eq!(fs::read(&to).unwrap(), self.film);
        assert_eq!(self.desk.blobs(&self.sam).len(), 1, "only what was given");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_partner_gets_what_is_given_with_a_passage_and_loses_it_when_that_is_taken_back() {
    let pair = two().await;
    let engine = &pair.desk.phone.engine;
    let own = pair.desk.blobs(&pair.desk.phone);
    let preview = engine
        .preview_passage(&pair.with(vec![pair.ids[1]]))
        .unwrap();
    let names: Vec<_> = preview.attachments.iter().map(|one| &one.name).collect();
    assert_eq!(names, ["film.mp4"]);
    assert_eq!(pair.desk.blobs(&pair.desk.phone), own, "nothing was made");

    let name = pair.give();
    for device in [&pair.desk.phone, &pair.sam] {
        device.sync().await;
    }
    pair.assert_sam_has_it();
    // The copy has an id of its own, so that nobody sees whose it is.
    let copies = pair.desk.blobs(&pair.desk.phone);
    assert_eq!(copies.len(), own.len() + 1);
    let theirs = pair.desk.blobs(&pair.sam)[0]
        .file_name()
        .unwrap()
        .to_owned();
    assert!(own.iter().all(|blob| blob.file_name().unwrap() != theirs));

    engine.retract_passage(&pair.space, &name).unwrap();
    assert_eq!(pair.desk.blobs(&pair.desk.phone), own);
    for device in [&pair.desk.phone, &pair.sam, &pair.sam] {
        device.sync().await;
    }
    assert_eq!(pair.seen(), None);
    assert!(pair.desk.blobs(&pair.sam).is_empty());
    assert_eq!(bytes_at(&pair.relay).await, 0);
    assert_eq!(engine.attachments(&pair.desk.entry).unwrap().len(), 2);
}

/// How many bytes of blobs a relay holds.
async fn bytes_at(relay: &TestRelay) -> u64 {
    relay.count("mailbox_blob_bytes").await
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_undone_in_time_never_leaves_and_what_is_not_attached_is_not_given() {
    let pair = two().await;
    let engine = &pair.desk.phone.engine;
    let refused = |attachments| {
        let error = engine.share_passage(pair.with(attachments)).unwrap_err();
        error.detail().unwrap()
    };
    let [kept, film] = pair.ids;
    assert_eq!(refused(vec![DocName::from_bytes([9; 16])]), "attachment");
    assert_eq!(refused(vec![film, film]), "attachments.not_allowed_here");
    assert_eq!(refused(vec![kept; 33]), "attachments.too_many");
    let own = pair.desk.blobs(&pair.desk.phone);
    let given = engine.share_passage(pair.with(vec![film])).unwrap();
    assert_eq!(given.attachments.len(), 1);
    pair.desk.phone.sync().await;
    engine.retract_passage(&pair.space, &given.name).unwrap();
    pair.desk.clock.advance_ms(HOLD_MS);
    for device in [&pair.desk.phone, &pair.sam] {
        device.sync().await;
    }
    assert_eq!(pair.seen(), None);
    assert_eq!(pair.desk.blobs(&pair.desk.phone), own);
    assert_eq!(bytes_at(&pair.relay).await, 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_partner_gets_it_in_one_room_or_by_a_file_as_well() {
    let mut pair = two().await;
    pair.relay.pause().await;
    pair.give();
    let near = Near::listen(&pair.desk.phone.engine).await;
    let report = pair.sam.engine.sync_lan(near.addr, &|_| {}).await.unwrap();
    near.end().await;
    assert_eq!(report.meetings[0].ending, LanEndingView::Whole);
    assert_eq!(report.meetings[0].attachments_received, 1);
    pair.assert_sam_has_it();

    for blob in pair.desk.blobs(&pair.sam) {
        fs::remove_file(blob).unwrap();
    }
    let state = pair.seen().unwrap().state;
    assert_eq!(state, AttachmentStateView::NotHereYet);
    let file = pair.desk.folder.path().join("for-sam");
    let new = NewBundle {
        for_whom: BundleFor::Partner { space: pair.space },
        whole: true,
        attachments: true,
    };
    let written = pair
        .desk
        .phone
        .engine
        .write_bundle(&file, new, &|_| {})
        .unwrap();
    assert_eq!(written.attachments, 1, "nothing of her own journal");
    let read = pair.sam.engine.read_bundle(&file, &|_| {}).unwrap();
    assert_eq!((read.attachments, read.foreign), (1, 0));
    pair.assert_sam_has_it();
}

#[tokio::test(flavor = "multi_thread")]
async fn deleting_everything_takes_blobs_back_from_the_relay_and_the_disk_at_once() {
    let pair = two().await;
    let engine = &pair.desk.phone.engine;
    engine.set_self_copy(true).unwrap();
    pair.give();
    pair.desk.phone.sync().await;
    pair.desk.phone.sync().await;
    assert!(bytes_at(&pair.relay).await > 2 * pair.film.len() as u64);
    engine.delete_everything().unwrap();
    assert!(pair.desk.blobs(&pair.desk.phone).is_empty());
    let farewell = Farewell::open(pair.desk.phone.config(), None).unwrap();
    let view = farewell.send().await.unwrap();
    assert!(view.finished, "{:?}", view.troubles);
    assert_eq!(bytes_at(&pair.relay).await, 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn blobs_move_with_the_space_and_are_erased_at_both_relays() {
    let mut pair = two().await;
    pair.give();
    pair.desk.phone.sync().await;
    let held = bytes_at(&pair.relay).await;
    assert!(held > 2_500_000);
    let new = TestRelay::start(&pair.desk.clock).await;
    let engine = &pair.desk.phone.engine;
    engine.move_relay(&pair.space, new.origin(), false).unwrap();
    pair.desk.phone.sync().await;
    assert_eq!(bytes_at(&pair.relay).await, held);
    assert_eq!(bytes_at(&new).await, held);
    // Nothing is sent once more.
    let sent = new.count("blob_bytes_total").await;
    pair.desk.phone.sync().await;
    assert_eq!(new.count("blob_bytes_total").await, sent);
    pair.sam.sync().await;
    pair.sam.sync().await;
    pair.assert_sam_has_it();
    let passages = engine.passages().unwrap();
    engine
        .retract_passage(&pair.space, &passages[0].name)
        .unwrap();
    pair.relay.pause().await;
    let report = engine.sync(&|_| {}).await.unwrap();
    assert!(!report.troubles.is_empty(), "the old one is away");
    assert_eq!(bytes_at(&new).await, 0);
    pair.relay.resume().await;
    pair.desk.phone.sync().await;
    assert_eq!(bytes_at(&pair.relay).await, 0);
}
