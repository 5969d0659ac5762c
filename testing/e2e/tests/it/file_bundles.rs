//! Two who only ever hand files to each other: what they write arrives, once, and nothing else gets in.
#![allow(clippy::unwrap_used, reason = "a test may stop at the first surprise")]

use std::fs;
use std::path::Path;
use std::sync::Mutex;

use belay_e2e::{Companion, pair};
use belay_engine::model::SpaceId;
use belay_engine::{
    BelayError, BundleEndingView, BundleFor, BundleReadView, BundleWrittenView, DeliveryView,
    NewBundle,
};

use crate::cast::{Cast, DAY_MS, HOLD_MS, cast};

/// A pair whose relay went away for good, and a folder for what they hand over.
async fn without_relay() -> (Cast, tempfile::TempDir) {
    let mut cast = cast().await;
    cast.relay.pause().await;
    (cast, tempfile::tempdir().unwrap())
}

fn write(by: &Companion, file: &Path, space: SpaceId) -> BundleWrittenView {
    let new = NewBundle {
        for_whom: BundleFor::Partner { space },
        whole: false,
        attachments: false,
    };
    by.engine.write_bundle(file, new, &|_| {}).unwrap()
}

fn read(by: &Companion, file: &Path) -> BundleReadView {
    by.engine.read_bundle(file, &|_| {}).unwrap()
}

fn reason(error: &BelayError) -> Option<String> {
    assert_eq!(error.code(), "unavailable", "{error}");
    error.detail()
}

#[tokio::test(flavor = "multi_thread")]
async fn what_two_write_arrives_by_files_alone_and_is_told_as_received() {
    let (cast, folder) = without_relay().await;
    let [to_sam, to_ada] = ["to-sam", "to-ada"].map(|name| folder.path().join(name));
    let name = cast.ada_writes("made tea");
    cast.sam_writes("went out");
    cast.clock.advance_ms(HOLD_MS);
    let written = write(&cast.ada, &to_sam, cast.space);
    assert!(written.envelopes > 0 && written.spaces == 1, "{written:?}");
    assert_eq!(written.bytes, fs::metadata(&to_sam).unwrap().len());
    let came = read(&cast.sam, &to_sam);
    assert_eq!(came.ending, BundleEndingView::Whole);
    assert_eq!(came.spaces[0].partner.as_deref(), Some("Ada"));
    assert_eq!(cast.wins(), ["made tea"]);
    cast.clock.advance_ms(DAY_MS);
    write(&cast.sam, &to_ada, cast.space);
    read(&cast.ada, &to_ada);
    let theirs = cast.ada.engine.partner(&cast.space).unwrap().check_ins;
    assert_eq!(theirs[0].check_in.win.as_deref(), Some("went out"));
    assert_eq!(cast.delivery(&name), Some(DeliveryView::Received));
    let again = write(&cast.ada, &to_sam, cast.space);
    assert!(again.envelopes <= 1, "only an acknowledgement: {again:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn the_same_file_read_twice_changes_nothing() {
    let (cast, folder) = without_relay().await;
    let file = folder.path().join("bundle");
    cast.ada_writes("once");
    cast.clock.advance_ms(HOLD_MS);
    write(&cast.ada, &file, cast.space);
    assert!(read(&cast.sam, &file).spaces[0].items_received > 0);
    let before = cast.sam.engine.projection_dump().unwrap();
    let again = read(&cast.sam, &file);
    let counts = &again.spaces[0];
    assert_eq!((counts.envelopes_received, counts.items_received), (0, 0));
    assert_eq!(cast.sam.engine.projection_dump().unwrap(), before);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_file_that_ends_anywhere_brings_what_came_before_and_the_whole_one_the_rest() {
    let (cast, folder) = without_relay().await;
    let [file, cut] = ["whole", "cut"].map(|name| folder.path().join(name));
    for number in 0..4 {
        cast.ada_writes(&format!("win {number}"));
        cast.clock.advance_ms(HOLD_MS);
        // Sealed one by one, so that the file has more than one envelope.
        write(&cast.ada, &file, cast.space);
    }
    let bytes = fs::read(&file).unwrap();
    for end in [10, bytes.len() / 2, bytes.len() - 1] {
        fs::write(&cut, &bytes[..end]).unwrap();
        assert_eq!(read(&cast.sam, &cut).ending, BundleEndingView::CutShort);
    }
    assert_eq!(read(&cast.sam, &file).ending, BundleEndingView::Whole);
    assert_eq!(cast.wins().len(), 4);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_file_for_somebody_else_another_file_and_a_changed_one_are_told_apart() {
    let (cast, folder) = without_relay().await;
    let file = folder.path().join("bundle");
    cast.ada_writes("not for Eve");
    cast.clock.advance_ms(HOLD_MS);
    write(&cast.ada, &file, cast.space);
    let eve = Companion::new("Eve", &cast.clock, 9);
    let before = eve.engine.projection_dump().unwrap();
    let refused = eve.engine.read_bundle(&file, &|_| {}).unwrap_err();
    assert_eq!(reason(&refused).as_deref(), Some("bundle-for-others"));
    assert_eq!(eve.engine.projection_dump().unwrap(), before);

    let mut bytes = fs::read(&file).unwrap();
    let middle = bytes.len() / 2;
    bytes[middle] ^= 1;
    let changed = folder.path().join("changed");
    fs::write(&changed, &bytes).unwrap();
    let came = cast.sam.engine.read_bundle(&changed, &|_| {});
    let refused = came.map(|came| {
        let refused: u64 = came.spaces.iter().map(|one| one.envelopes_refused).sum();
        refused + came.foreign
    });
    assert_ne!(refused, Ok(0), "a changed envelope opens for nobody");
    assert!(cast.wins().len() <= 1);

    for other in [&b""[..], b"PK\x03\x04", b"\x89BELAY\n"] {
        fs::write(&changed, other).unwrap();
        let refused = cast.sam.engine.read_bundle(&changed, &|_| {}).unwrap_err();
        assert_eq!(reason(&refused).as_deref(), Some("not-a-bundle"));
    }
    fs::write(&changed, b"\x89BELAY\r\n\x02").unwrap();
    let newer = cast.sam.engine.read_bundle(&changed, &|_| {});
    assert_eq!(newer.unwrap_err(), BelayError::NewerData);
    let gone = folder.path().join("gone");
    let missing = cast.sam.engine.read_bundle(&gone, &|_| {});
    assert_eq!(missing.unwrap_err(), BelayError::NotFound { what: "file" });
}

#[tokio::test(flavor = "multi_thread")]
async fn one_partners_file_holds_nothing_of_another_and_names_nobody() {
    let (mut cast, folder) = without_relay().await;
    cast.relay.resume().await;
    let mira = Companion::new("Mira", &cast.clock, 7);
    let with_mira = pair(&cast.ada, &mira, cast.relay.origin()).await;
    let file = folder.path().join("bundle");
    cast.ada_writes("for Sam");
    cast.clock.advance_ms(HOLD_MS);
    write(&cast.ada, &file, cast.space);
    let refused = mira.engine.read_bundle(&file, &|_| {}).unwrap_err();
    assert_eq!(reason(&refused).as_deref(), Some("bundle-for-others"));
    let bytes = fs::read(&file).unwrap();
    let holds = |what: &[u8]| bytes.windows(what.len()).any(|window| window == what);
    assert!(!holds(b"Ada") && !holds(b"Sam") && !holds(b"for Sam"));
    assert!(!holds(cast.space.as_bytes()) && !holds(with_mira.as_bytes()));

    let new = NewBundle {
        for_whom: BundleFor::Everybody,
        whole: true,
        attachments: false,
    };
    let all = cast.ada.engine.write_bundle(&file, new, &|_| {}).unwrap();
    assert_eq!(all.spaces, 3, "both partners and her own");
    let came = read(&cast.sam, &file);
    assert_eq!(came.spaces.len(), 1);
    assert!(came.foreign > 0, "what is Mira's and Ada's own");
    assert_eq!(cast.wins(), ["for Sam"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_can_still_be_taken_back_stays_out_and_is_counted() {
    let (cast, folder) = without_relay().await;
    let file = folder.path().join("bundle");
    let name = cast.ada_writes("too soon");
    let written = write(&cast.ada, &file, cast.space);
    assert!(written.held > 0, "{written:?}");
    read(&cast.sam, &file);
    assert!(cast.wins().is_empty());
    assert!(matches!(
        cast.delivery(&name),
        Some(DeliveryView::Held { .. })
    ));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_file_that_cannot_be_made_leaves_what_was_there() {
    let (cast, folder) = without_relay().await;
    let file = folder.path().join("bundle");
    fs::write(&file, b"an older one").unwrap();
    fs::create_dir(folder.path().join("bundle.unfinished")).unwrap();
    let new = NewBundle {
        for_whom: BundleFor::Partner { space: cast.space },
        whole: false,
        attachments: false,
    };
    let refused = cast.ada.engine.write_bundle(&file, new, &|_| {});
    assert_eq!(
        reason(&refused.unwrap_err()).as_deref(),
        Some("file-not-usable")
    );
    assert_eq!(fs::read(&file).unwrap(), b"an older one");
    let nowhere = folder.path().join("no-such-folder").join("bundle");
    let missing = cast.ada.engine.write_bundle(&nowhere, new, &|_| {});
    assert_eq!(missing.unwrap_err(), BelayError::NotFound { what: "file" });
}

#[tokio::test(flavor = "multi_thread")]
async fn it_is_told_how_far_it_is() {
    let (cast, folder) = without_relay().await;
    let file = folder.path().join("bundle");
    cast.ada_writes("seen on the way");
    cast.clock.advance_ms(HOLD_MS);
    let told = Mutex::new(Vec::new());
    let new = NewBundle {
        for_whom: BundleFor::Partner { space: cast.space },
        whole: true,
        attachments: false,
    };
    let note = |progress| told.lock().unwrap().push(progress);
    let written = cast.ada.engine.write_bundle(&file, new, &note).unwrap();
    let last = told.lock().unwrap().pop().unwrap();
    assert_eq!(
        (last.done, last.of),
        (written.envelopes, Some(written.envelopes))
    );
    cast.sam.engine.read_bundle(&file, &note).unwrap();
    let last = told.lock().unwrap().pop().unwrap();
    assert_eq!((last.done, last.of), (written.bytes, Some(written.bytes)));
}
