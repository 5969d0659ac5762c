//! `belay attach`: what a person does with photos and files of their entries, also on a full disk.
#![allow(clippy::unwrap_used, reason = "a test may stop at the first surprise")]

use std::fs;

use crate::support::Place;
#[cfg(unix)]
use crate::support::disk::Disk;

fn with_entry(place: &Place) {
    place.run(&["init", "--key", "file"]).done();
    place
        .run(&["journal", "write", "--text", "At the lake."])
        .done();
}

#[test]
fn a_file_is_attached_listed_saved_and_removed() {
    let place = Place::empty();
    with_entry(&place);
    let letter = place.file("letter.txt", "a letter, word for word");
    let letter = letter.to_str().unwrap();
    let added = place.json(&["attach", "add", "last", letter]);
    assert_eq!(added["name"], "letter.txt");
    assert_eq!(added["state"]["state"], "here");
    let listed = place.run(&["attach", "list", "last"]).done();
    assert!(listed.out.contains("1  file letter.txt"), "{}", listed.out);
    let to = place.folder().join("saved.txt");
    let to = to.to_str().unwrap();
    place.run(&["attach", "save", "last", "1", to]).done();
    assert_eq!(fs::read_to_string(to).unwrap(), "a letter, word for word");
    place
        .run(&["attach", "add", "last", letter, "--kind", "photo"])
        .refused(3, "invalid-input (file.not_a_picture)");
    place
        .run(&["attach", "save", "last", "2", to])
        .refused(4, "not-found (attachment)");
    place
        .run(&["attach", "remove", "last", "1", "--yes"])
        .done();
    let room = place.json(&["attach", "room"]);
    assert_eq!(
        (&room["attachments"], &room["bytes"]),
        (&0.into(), &0.into())
    );
}

#[cfg(unix)]
#[test]
fn what_does_not_fit_the_disk_is_not_attached_and_leaves_nothing() {
    /// Between two tries.
    const STEP: u64 = 128 * 1024;
    for disk in Disk::each() {
        let place = disk.place();
        with_entry(place);
        let outside = tempfile::tempdir().unwrap();
        let film = outside.path().join("film.mp4");
        fs::write(&film, vec![7; 700_000]).unwrap();
        let words = ["attach", "add", "last", film.to_str().unwrap()];
        let mut refused = 0;
        while disk.run(refused * STEP, &words).code != 0 {
            disk.run(refused * STEP, &words).refused(7, "storage-full");
            assert_eq!(place.json(&["attach", "room"])["bytes"], 0);
            refused += 1;
            assert!(refused < 40, "it is never done");
        }
        assert!(refused > 2, "only {refused} were refused");
        let room = place.json(&["attach", "room"]);
        assert_eq!(
            (&room["attachments"], &room["not_here"]),
            (&1.into(), &0.into())
        );
    }
}
