//! Photos, voice memos and files of journal entries: sealed where they lie and where they travel, cleaned of what
//! they tell, the same on every own device, and gone with their entry.
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test may stop at the first surprise"
)]

use std::fs;
use std::path::{Path, PathBuf};

use belay_e2e::Companion;
use belay_engine::model::DocName;
use belay_engine::{
    AttachmentKind, AttachmentRoomView, AttachmentStateView, BundleFor, NewAttachment, NewBundle,
};

use crate::desk::{Desk, noise, only, with_tablet};

/// A photo with a place in it, and a scan of some length.
fn photo() -> Vec<u8> {
    let mut photo = vec![0xff, 0xd8, 0xff, 0xe1, 0, 22];
    photo.extend(b"Exif\0\0GPS 48.1N 11.5");
    photo.extend([0xff, 0xda, 0, 8, 1, 1, 0, 0, 63, 0]);
    photo.extend(noise(300_000, 3).into_iter().map(|byte| byte & 0x7f));
    photo.extend([0xff, 0xd9]);
    photo
}

fn finds(bytes: &[u8], what: &[u8]) -> bool {
    bytes.windows(what.len()).any(|window| window == what)
}

#[test]
fn what_is_attached_comes_out_as_it_went_in_and_lies_sealed() {
    let desk = Desk::new();
    let words = b"a letter that nobody else reads ".repeat(5_000);
    let attached = desk.attach("letter.txt", &words);
    assert_eq!(attached.name, "letter.txt");
    assert_eq!(attached.state, AttachmentStateView::Here);
    assert_eq!(attached.bytes, words.len() as u64);
    assert_eq!(desk.read_back(&desk.phone, &attached.id).unwrap(), words);
    let [sealed] = &desk.blobs(&desk.phone)[..] else {
        panic!("one blob");
    };
    let sealed = fs::read(sealed).unwrap();
    assert!(!finds(&sealed, b"nobody else reads"));
    assert!(sealed.len() > words.len() && sealed.len() < words.len() * 112 / 100 + 100);
}

#[test]
fn attachments_stay_in_the_order_they_were_added_while_the_clock_stands_still() {
    let desk = Desk::new();
    let added: Vec<_> = (0..8)
        .map(|number| desk.attach(&format!("{number}.txt"), b"one of eight").id)
        .collect();
    let shown = desk.phone.engine.attachments(&desk.entry).unwrap();
    let shown: Vec<_> = shown.iter().map(|one| one.id).collect();
    assert_eq!(shown, added);
}

#[test]
fn a_photo_loses_what_it_tells_and_so_does_its_small_picture() {
    let desk = Desk::new();
    let new = NewAttachment {
        kind: AttachmentKind::Photo,
        thumbnail: Some(desk.file("small.jpg", &photo()[..])),
        ..desk.new_file()
    };
    let path = desk.file("lake.jpg", &photo());
    let too_large = desk.phone.engine.attach(&path, new.clone()).unwrap_err();
    assert_eq!(
        too_large.detail().as_deref(),
        Some("thumbnail.too_many_bytes")
    );
    let mut small = photo();
    small.drain(1_000..299_000);
    let new = NewAttachment {
        thumbnail: Some(desk.file("small.jpg", &small)),
        ..new
    };
    let attached = desk.phone.engine.attach(&path, new).unwrap();
    assert_eq!(attached.media_type, "image/jpeg");
    assert_eq!(attached.thumbnail, Some(AttachmentStateView::Here));
    let opened = desk.read_back(&desk.phone, &attached.id).unwrap();
    assert!(finds(&photo(), b"GPS 48.1N") && !finds(&opened, b"GPS 48.1N"));
    assert!(finds(&opened, &photo()[1_000..299_000]));
    let to = desk.folder.path().join("small");
    desk.phone
        .engine
        .export_thumbnail(&attached.id, &to)
        .unwrap();
    assert!(!finds(&fs::read(&to).unwrap(), b"GPS 48.1N"));
    let kept = fs::read(&path).unwrap();
    assert_eq!(kept, photo(), "the person's own file stays as it is");
}

#[test]
fn what_cannot_be_attached_leaves_nothing_behind() {
    let desk = Desk::new();
    let engine = &desk.phone.engine;
    let refused = |path: &Path, new: NewAttachment| {
        let error = engine.attach(path, new).unwrap_err();
        assert_eq!(desk.blobs(&desk.phone), Vec::<PathBuf>::new(), "{error}");
        error.detail().unwrap()
    };
    let as_photo = NewAttachment {
        kind: AttachmentKind::Photo,
        ..desk.new_file()
    };
    let letter = desk.file("letter.txt", b"no picture at all");
    assert_eq!(refused(&letter, as_photo.clone()), "file.not_a_picture");
    let half = desk.file("half.jpg", &photo()[..9_000]);
    assert_eq!(refused(&half, as_photo), "file.damaged_picture");
    let large = desk.folder.path().join("large");
    let file = fs::File::create(&large).unwrap();
    file.set_len(60 * 1024 * 1024 + 1).unwrap();
    assert_eq!(refused(&large, desk.new_file()), "file.too_many_bytes");
    let gone = desk.folder.path().join("gone");
    assert_eq!(refused(&gone, desk.new_file()), "file");
    let nobody = NewAttachment {
        entry: DocName::from_bytes([9; 16]),
        ..desk.new_file()
    };
    assert_eq!(refused(&letter, nobody), "entry");
    let named = NewAttachment {
        name: Some("two\nlines".to_owned()),
        ..desk.new_file()
    };
    assert_eq!(refused(&letter, named), "name.control_character");
}

#[tokio::test(flavor = "multi_thread")]
async fn another_own_device_gets_it_over_the_relay_and_says_so_until_then() {
    let (desk, relay, tablet) = with_tablet().await;
    let bytes = noise(3_000_000, 5);
    let attached = desk.attach("film.mp4", &bytes);
    desk.phone.sync().await;
    tablet.sync().await;
    let there = only(&tablet, &desk.entry);
    assert_eq!(there.state, AttachmentStateView::Here);
    assert_eq!(desk.read_back(&tablet, &attached.id).unwrap(), bytes);
    assert_eq!(
        tablet.engine.attachment_room().unwrap().bytes,
        desk.phone.engine.attachment_room().unwrap().bytes
    );
    drop(relay);
}

#[tokio::test(flavor = "multi_thread")]
async fn one_that_came_half_way_goes_on_and_one_that_came_wrong_comes_anew() {
    let (desk, _relay, tablet) = with_tablet().await;
    let bytes = noise(900_000, 7);
    let attached = desk.attach("memo.m4a", &bytes);
    desk.phone.sync().await;
    tablet.sync().await;
    let [whole] = &desk.blobs(&tablet)[..] else {
        panic!("one blob");
    };
    let sealed = fs::read(whole).unwrap();
    let part = whole.with_extension("part");
    fs::remove_file(whole).unwrap();
    assert_eq!(
        only(&tablet, &desk.entry).state,
        AttachmentStateView::NotHereYet
    );
    let opened = desk.read_back(&tablet, &attached.id).unwrap_err();
    assert_eq!(opened.detail().as_deref(), Some("not-here-yet"));

    fs::write(&part, &sealed[..400_000]).unwrap();
    let of = sealed.len() as u64;
    let coming = AttachmentStateView::Coming { held: 400_000, of };
    assert_eq!(only(&tablet, &desk.entry).state, coming);
    tablet.sync().await;
    assert_eq!(desk.read_back(&tablet, &attached.id).unwrap(), bytes);

    // All of it had come, and the program ended before it was looked at.
    fs::rename(whole, &part).unwrap();
    tablet.sync().await;
    assert_eq!(only(&tablet, &desk.entry).state, AttachmentStateView::Here);

    fs::remove_file(whole).unwrap();
    let mut wrong = sealed[..400_000].to_vec();
    wrong[70_000] ^= 1;
    fs::write(&part, &wrong).unwrap();
    let report = tablet.engine.sync(&|_| {}).await.unwrap();
    assert_eq!(report.troubles[0].code, "unavailable.relay-answer");
    assert_eq!(
        only(&tablet, &desk.entry).state,
        AttachmentStateView::NotHereYet
    );
    tablet.sync().await;
    assert_eq!(desk.read_back(&tablet, &attached.id).unwrap(), bytes);
}

#[test]
fn blobs_that_were_swapped_cut_or_changed_on_the_disk_are_not_opened() {
    let desk = Desk::new();
    let first = desk.attach("one", &noise(200_000, 1));
    let second = desk.attach("two", &noise(200_000, 2));
    let [one, two] = &desk.blobs(&desk.phone)[..] else {
        panic!("two blobs");
    };
    let kept = [fs::read(one).unwrap(), fs::read(two).unwrap()];
    fs::write(one, &kept[1]).unwrap();
    fs::write(two, &kept[0]).unwrap();
    for id in [&first.id, &second.id] {
        let error = desk.read_back(&desk.phone, id).unwrap_err();
        assert_eq!(error.detail().as_deref(), Some("attachment-damaged"));
    }
    let chunk = 65_536 + 16;
    let reordered = [
        &kept[0][chunk..2 * chunk],
        &kept[0][..chunk],
        &kept[0][2 * chunk..],
    ]
    .concat();
    for bytes in [
        &kept[0][..chunk],
        &reordered,
        &[&kept[0][..], &[0]].concat(),
    ] {
        fs::write(one, bytes).unwrap();
        fs::write(two, &kept[1]).unwrap();
        let opened = [&first.id, &second.id].map(|id| desk.read_back(&desk.phone, id).is_ok());
        assert_eq!(opened.iter().filter(|ok| **ok).count(), 1, "the other one");
    }
    assert!(!desk.folder.path().join("opened.unfinished").exists());
}

#[tokio::test(flavor = "multi_thread")]
async fn an_erased_entry_takes_its_attachments_along_on_every_device_and_the_relay() {
    let (desk, _relay, tablet) = with_tablet().await;
    desk.attach("one", &noise(100_000, 1));
    desk.attach("two", &noise(100_000, 2));
    desk.phone.sync().await;
    tablet.sync().await;
    assert_eq!(desk.blobs(&tablet).len(), 2);
    let sealed = desk.blobs(&tablet)[0].clone();
    let bytes = fs::read(&sealed).unwrap();
    tablet.engine.erase_entry(&desk.entry).unwrap();
    assert!(desk.blobs(&tablet).is_empty());
    tablet.sync().await;
    desk.phone.sync().await;
    assert!(desk.blobs(&desk.phone).is_empty());
    assert!(
        desk.phone
            .engine
            .attachments(&desk.entry)
            .unwrap()
            .is_empty()
    );
    // What lies about afterwards belongs to nobody, and nothing brings it back.
    fs::write(&sealed, &bytes).unwrap();
    for device in [&desk.phone, &tablet] {
        device.sync().await;
        let room = device.engine.attachment_room().unwrap();
        assert_eq!(room, AttachmentRoomView::default());
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn one_attachment_is_removed_alone_and_one_added_to_an_entry_erased_elsewhere_goes_too() {
    let (desk, _relay, tablet) = with_tablet().await;
    let first = desk.attach("one", &noise(100_000, 1));
    desk.attach("two", &noise(100_000, 2));
    desk.phone.engine.remove_attachment(&first.id).unwrap();
    assert_eq!(only(&desk.phone, &desk.entry).name, "two");
    assert_eq!(desk.blobs(&desk.phone).len(), 1);
    desk.phone.sync().await;
    tablet.sync().await;
    desk.attach("late", &noise(1_000, 3));
    tablet.engine.erase_entry(&desk.entry).unwrap();
    for device in [&tablet, &desk.phone, &tablet, &desk.phone] {
        device.sync().await;
    }
    for device in [&desk.phone, &tablet] {
        assert!(desk.blobs(device).is_empty());
        assert!(device.engine.attachments(&desk.entry).unwrap().is_empty());
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_file_bundle_brings_attachments_where_no_relay_does() {
    let (desk, mut relay, tablet) = with_tablet().await;
    relay.pause().await;
    let bytes = noise(2_500_000, 9);
    let attached = desk.attach("film.mp4", &bytes);
    let file = desk.folder.path().join("bundle");
    let new = NewBundle {
        for_whom: BundleFor::OwnDevices,
        whole: false,
        attachments: true,
    };
    let written = desk.phone.engine.write_bundle(&file, new, &|_| {}).unwrap();
    assert_eq!(written.attachments, 1);
    let half = desk.folder.path().join("half");
    let whole = fs::read(&file).unwrap();
    fs::write(&half, &whole[..whole.len() / 2]).unwrap();
    tablet.engine.read_bundle(&half, &|_| {}).unwrap();
    let coming = only(&tablet, &desk.entry).state;
    assert!(
        matches!(coming, AttachmentStateView::Coming { .. }),
        "{coming:?}"
    );
    let came = tablet.engine.read_bundle(&file, &|_| {}).unwrap();
    assert_eq!(came.attachments, 1);
    assert_eq!(desk.read_back(&tablet, &attached.id).unwrap(), bytes);
    let eve = Companion::new("Eve", &desk.clock, 9);
    assert!(eve.engine.read_bundle(&file, &|_| {}).is_err());
    assert!(desk.blobs(&eve).is_empty());
}

#[test]
fn the_words_and_a_file_bring_everything_back_on_an_empty_device() {
    let desk = Desk::new();
    let bytes = noise(400_000, 4);
    let attached = desk.attach("memo.m4a", &bytes);
    let words = desk.phone.engine.recovery_words().unwrap().join(" ");
    let file = desk.folder.path().join("kept");
    let new = NewBundle {
        for_whom: BundleFor::OwnDevices,
        whole: true,
        attachments: true,
    };
    desk.phone.engine.write_bundle(&file, new, &|_| {}).unwrap();
    let (back, came) = Companion::restored_from_file(&desk.clock, 7, &words, &file).unwrap();
    assert_eq!((came.foreign, came.attachments), (0, 1));
    let entry = back.engine.entry(&desk.entry).unwrap().entry;
    assert_eq!(entry.text, "At the lake.");
    assert_eq!(desk.read_back(&back, &attached.id).unwrap(), bytes);

    let eve = Companion::new("Eve", &desk.clock, 9);
    let others = eve.engine.recovery_words().unwrap().join(" ");
    let refused = Companion::restored_from_file(&desk.clock, 8, &others, &file);
    let refused = refused.err().unwrap();
    assert_eq!(refused.detail().as_deref(), Some("no-copy-found"));
}

#[test]
fn the_query_tables_are_laid_out_anew_with_attachments() {
    let desk = Desk::new();
    desk.attach("one", &noise(1_000, 1));
    let before = desk.phone.engine.projection_dump().unwrap();
    desk.phone.engine.rebuild_projection().unwrap();
    assert_eq!(desk.phone.engine.projection_dump().unwrap(), before);
    assert_eq!(only(&desk.phone, &desk.entry).name, "one");
}
