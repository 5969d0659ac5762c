//! Attachments on one network: own devices give each other what the other lacks, no relay takes part, a connection
//! that breaks loses at most a piece, and nobody gets what belongs to another space.
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test may stop at the first surprise"
)]

use std::fs;
use std::net::SocketAddr;

use belay_e2e::near::{ANY_PORT, Board, Near, handed_in};
use belay_e2e::{Companion, RawCaller, TestRelay, add_own_device};
use belay_engine::{
    AttachmentKind, AttachmentStateView, BundleFor, LanEndingView, LanMeetingView, NewAttachment,
    NewBundle,
};
use belay_protocol::relay::BlobId;
use belay_protocol::{LanFrame, LanWant};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};

use crate::desk::{Desk, noise, only, with_tablet};
use crate::hostile::stage;

/// The same person with a tablet, after the relay that brought them together is gone.
async fn in_one_room() -> (Desk, TestRelay, Companion) {
    let (desk, mut relay, tablet) = with_tablet().await;
    relay.pause().await;
    (desk, relay, tablet)
}

async fn call(caller: &Companion, addr: SocketAddr) -> LanMeetingView {
    let mut report = caller.engine.sync_lan(addr, &|_| {}).await.unwrap();
    report.meetings.remove(0)
}

async fn meet(caller: &Companion, called: &Companion) -> LanMeetingView {
    let near = Near::listen(&called.engine).await;
    let meeting = call(caller, near.addr).await;
    near.end().await;
    assert_eq!(meeting.ending, LanEndingView::Whole);
    meeting
}

/// Passes one call on, and hangs up after so many bytes of the answer.
async fn cut_after(addr: SocketAddr, bytes: u64) -> SocketAddr {
    let listener = TcpListener::bind(ANY_PORT).await.unwrap();
    let there = listener.local_addr().unwrap();
    tokio::spawn(async move {
        let (caller, _) = listener.accept().await.unwrap();
        let called = TcpStream::connect(addr).await.unwrap();
        let (mut from_caller, mut to_caller) = caller.into_split();
        let (from_called, mut to_called) = called.into_split();
        let asking = tokio::spawn(async move {
            let _ = tokio::io::copy(&mut from_caller, &mut to_called).await;
        });
        let _ = tokio::io::copy(&mut from_called.take(bytes), &mut to_caller).await;
        let _ = to_caller.shutdown().await;
        asking.abort();
    });
    there
}

#[tokio::test(flavor = "multi_thread")]
async fn a_sibling_gets_what_was_attached_in_one_room_and_no_relay_takes_part() {
    let (desk, _relay, tablet) = in_one_room().await;
    let bytes = noise(3_000_000, 5);
    let small = desk.file("small.jpg", &picture());
    let film = desk.file("film.mp4", &bytes);
    let new = NewAttachment {
        thumbnail: Some(small),
        ..desk.new_file()
    };
    let attached = desk.phone.engine.attach(&film, new).unwrap();
    let met = meet(&tablet, &desk.phone).await;
    assert_eq!(met.attachments_received, 2);
    let there = only(&tablet, &desk.entry);
    assert_eq!(there.state, AttachmentStateView::Here);
    assert_eq!(there.thumbnail, Some(AttachmentStateView::Here));
    assert_eq!(desk.read_back(&tablet, &attached.id).unwrap(), bytes);

    // The one that is called gets what it lacks, too.
    let memo = desk.file("memo.m4a", &noise(200_000, 6));
    let new = NewAttachment {
        kind: AttachmentKind::VoiceMemo,
        ..desk.new_file()
    };
    tablet.engine.attach(&memo, new).unwrap();
    let met = meet(&tablet, &desk.phone).await;
    assert_eq!(met.attachments_received, 0);
    let all = desk
        .phone
        .engine
        .entry_page(&desk.entry)
        .unwrap()
        .attachments;
    let states: Vec<_> = all.iter().map(|one| one.state).collect();
    assert_eq!(states, [AttachmentStateView::Here; 2]);
    assert_eq!(meet(&tablet, &desk.phone).await.attachments_received, 0);
}

/// The least that passes for a picture.
fn picture() -> Vec<u8> {
    let scan = noise(1_000, 4).into_iter().map(|byte| byte & 0x7f);
    let head = [0xff, 0xd8, 0xff, 0xda, 0, 8, 1, 1, 0, 0, 63, 0];
    head.into_iter().chain(scan).chain([0xff, 0xd9]).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn one_that_broke_off_in_the_middle_goes_on_where_it_stopped() {
    let (desk, _relay, tablet) = in_one_room().await;
    let bytes = noise(6_000_000, 7);
    let attached = desk.attach("film.mp4", &bytes);
    let near = Near::listen(&desk.phone.engine).await;
    let broken = call(&tablet, cut_after(near.addr, 3_500_000).await).await;
    assert_eq!(broken.ending, LanEndingView::Interrupted);
    let AttachmentStateView::Coming { held, of } = only(&tablet, &desk.entry).state else {
        panic!("some of it came");
    };
    assert!(held > 1_000_000 && held < 3_500_000 && of > 6_000_000);
    // Enough for the rest, and not for all of it once more.
    let rest = of - held + 500_000;
    assert!(rest < of);
    let met = call(&tablet, cut_after(near.addr, rest).await).await;
    assert_eq!(met.ending, LanEndingView::Whole);
    assert_eq!(met.attachments_received, 1);
    assert_eq!(desk.read_back(&tablet, &attached.id).unwrap(), bytes);
    near.end().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn one_that_came_wrong_is_dropped_and_another_device_brings_it() {
    let (desk, mut relay, tablet) = with_tablet().await;
    let laptop = Companion::further_device(&desk.clock, 3);
    add_own_device(&desk.phone, &laptop, "laptop").await;
    let attached = desk.attach("memo.m4a", &noise(300_000, 8));
    for device in [&desk.phone, &laptop, &tablet, &desk.phone, &laptop] {
        device.sync().await;
    }
    relay.pause().await;
    let [on_phone] = &desk.blobs(&desk.phone)[..] else {
        panic!("one blob");
    };
    let mut sealed = fs::read(on_phone).unwrap();
    sealed[100_000] ^= 1;
    fs::write(on_phone, &sealed).unwrap();
    for path in desk.blobs(&tablet) {
        fs::remove_file(path).unwrap();
    }
    let met = meet(&tablet, &desk.phone).await;
    assert_eq!(met.attachments_received, 0);
    let state = only(&tablet, &desk.entry).state;
    assert_eq!(state, AttachmentStateView::NotHereYet);
    assert_eq!(meet(&tablet, &laptop).await.attachments_received, 1);
    desk.read_back(&tablet, &attached.id).unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn what_comes_to_a_device_later_is_given_on_by_itself() {
    let (desk, mut relay, tablet) = with_tablet().await;
    let laptop = Companion::further_device(&desk.clock, 3);
    add_own_device(&desk.phone, &laptop, "laptop").await;
    for device in [&desk.phone, &laptop, &tablet, &desk.phone, &laptop, &tablet] {
        device.sync().await;
    }
    relay.pause().await;
    desk.attach("film.mp4", &noise(500_000, 9));
    let file = desk.folder.path().join("bundle");
    let new = |attachments| NewBundle {
        for_whom: BundleFor::OwnDevices,
        whole: true,
        attachments,
    };
    let phone = &desk.phone.engine;
    phone.write_bundle(&file, new(false), &|_| {}).unwrap();
    tablet.engine.read_bundle(&file, &|_| {}).unwrap();
    let board = Board::default();
    let near = Near::start(&tablet.engine, handed_in(Some(board.seat(1)))).await;
    let mut other = Near::start(&laptop.engine, handed_in(Some(board.seat(2)))).await;
    while laptop.engine.attachments(&desk.entry).unwrap().is_empty() {
        other.report().await;
    }
    let state = only(&laptop, &desk.entry).state;
    assert_eq!(state, AttachmentStateView::NotHereYet);
    phone.write_bundle(&file, new(true), &|_| {}).unwrap();
    tablet.engine.read_bundle(&file, &|_| {}).unwrap();
    while only(&laptop, &desk.entry).state != AttachmentStateView::Here {
        other.report().await;
    }
    near.end().await;
    other.end().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_partner_who_asks_for_what_is_not_theirs_gets_nothing_and_brings_nothing() {
    let mut stage = stage().await;
    stage.relay.pause().await;
    let engine = &stage.ada.engine;
    let entry = belay_engine::NewEntry {
        text: "At the lake.".to_owned(),
        ..belay_engine::NewEntry::default()
    };
    let entry = engine.write_entry(entry).unwrap().name;
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("letter.txt");
    fs::write(&path, b"nobody else reads this").unwrap();
    let new = NewAttachment {
        entry,
        kind: AttachmentKind::File,
        name: None,
        media_type: None,
        thumbnail: None,
    };
    engine.attach(&path, new).unwrap();
    let blobs = stage.ada.dir().join("store").join("blobs");
    let name = fs::read_dir(&blobs).unwrap().next().unwrap().unwrap();
    let id: BlobId = name.file_name().to_str().unwrap().parse().unwrap();

    let near = Near::listen(engine).await;
    let mut caller = RawCaller::proven(&mut stage.partner, near.addr).await;
    caller.exchange_vectors().await.unwrap();
    caller.say(&LanFrame::Over { again: false }).await;
    while !matches!(caller.hear().await.unwrap(), LanFrame::Over { .. }) {}
    let want = LanWant {
        blob: *id.as_bytes(),
        offset: 0,
    };
    caller.say(&LanFrame::Want(vec![want])).await;
    let answer = caller.hear().await.unwrap();
    assert_eq!(answer, LanFrame::Over { again: false }, "nothing of it");
    caller.say(&LanFrame::Want(Vec::new())).await;
    let wanted = caller.hear().await.unwrap();
    assert_eq!(wanted, LanFrame::Want(Vec::new()));
    let piece = LanFrame::Piece {
        blob: [1; 32],
        offset: 0,
        bytes: vec![1; 1_000],
    };
    caller.say(&piece).await;
    assert_eq!(caller.hear().await, None, "nobody asked for that");
    assert_eq!(fs::read_dir(&blobs).unwrap().count(), 1);
    near.end().await;
}
