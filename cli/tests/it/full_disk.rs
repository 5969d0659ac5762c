//! A disk that is full: nothing is half-written, what was typed comes back, and with some room it all goes on.
#![cfg(unix)]
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test may stop at the first surprise"
)]

use crate::support;

use serde_json::Value;
use support::Place;
use support::Ran;
use support::disk::Disk;
use support::network::{Network, pair, sync};

/// From no room to enough, in steps of one page of the database.
const PAGE: u64 = 4096;

/// More than any command here needs.
const PLENTY: u64 = 2 * 1024 * 1024;

/// Runs a command with more and more room, page by page, until it is done; `check` looks at each refusal.
/// Says how often it was refused.
fn until_done(disk: &Disk, words: &[&str], mut check: impl FnMut(&Ran)) -> u64 {
    for refused in 0..PLENTY / PAGE {
        let ran = disk.run(refused * PAGE, words);
        if ran.code == 0 {
            return refused;
        }
        check(&ran.refused(7, "storage-full"));
    }
    panic!("{words:?} is never done");
}

#[test]
fn a_store_is_made_whole_or_not_at_all_however_little_room_there_is() {
    for disk in Disk::each() {
        let init = ["init", "--name", "Ada", "--key", "file"];
        let refused = until_done(&disk, &init, |_| {});
        assert!(refused > 3, "only {refused} were refused");
        let place = disk.place();
        assert_eq!(place.json(&["settings"])["display_name"], "Ada");
        place.run(&["check-in", "--mood", "3"]).done();
        let left: Vec<_> = std::fs::read_dir(place.store())
            .unwrap()
            .map(|entry| entry.unwrap().file_name().into_string().unwrap())
            .filter(|name| name.contains("making"))
            .collect();
        assert!(left.is_empty(), "{left:?}");
    }
}

#[test]
fn what_is_typed_on_a_full_disk_is_saved_whole_or_handed_back() {
    for disk in Disk::each() {
        let place = disk.place();
        place.run(&["init", "--key", "file"]).done();
        place.run(&["check-in", "--win", "before"]).done();
        let before = place.json(&["check-in", "list"]);
        let words = "the words of a heavy evening";
        let refused = until_done(&disk, &["check-in", "--struggle", words], |ran| {
            assert!(ran.err.contains(words), "{}", ran.err);
            assert!(ran.err.contains("The disk is full."), "{}", ran.err);
            assert_eq!(place.json(&["check-in", "list"]), before);
        });
        assert!(refused > 3, "only {refused} were refused");
        let after = place.json(&["check-in", "list"]);
        assert_eq!(after.as_array().unwrap().len(), 2);
        assert_eq!(after[0]["check_in"]["struggle"], words);
        until_done(&disk, &["goal", "add", "Swim", "--why", words], |ran| {
            assert!(ran.err.contains(words), "{}", ran.err);
        });
        assert_eq!(place.json(&["goal", "list"]).as_array().unwrap().len(), 1);
    }
}

#[test]
fn a_page_that_does_not_fit_is_read_again_when_there_is_room() {
    for disk in Disk::each() {
        let network = Network::up();
        let ada = Place::begun("Ada");
        let sam = disk.place();
        sam.run(&["init", "--name", "Sam", "--key", "file", "--agree"])
            .done();
        pair(&network, &ada, sam);
        sync(&[&ada, sam, &ada]);
        for day in 0..6 {
            // Words that nothing makes smaller.
            let note: String = (0..4_000_u32)
                .map(|at| {
                    char::from(b'a' + (at.wrapping_mul(2_654_435_761 + day) >> 24) as u8 % 26)
                })
                .collect();
            ada.run(&["check-in", "--note", &note, "--share", "sam=note", "--yes"])
                .done();
        }
        sync(&[&ada]);
        sam.run(&["check-in", "--mood", "4", "--share", "ada=mood", "--yes"])
            .done();
        let shown = |place: &Place, whom: &str| -> usize {
            let page: Value = place.json(&["partner", "show", whom]);
            page["check_ins"].as_array().unwrap().len()
        };
        let refused = until_done(&disk, &["sync"], |_| {
            assert!([0, 6].contains(&shown(sam, "ada")), "a page is whole");
        });
        assert!(refused > 3, "only {refused} were refused");
        assert_eq!(shown(sam, "ada"), 6);
        sync(&[&ada]);
        assert_eq!(shown(&ada, "sam"), 1);
        let status = sam.json(&["status"]);
        assert_eq!(status["spaces"][1]["shadowed"], 0);
        assert_eq!(status["spaces"][1]["quarantined"], 0);
    }
}
