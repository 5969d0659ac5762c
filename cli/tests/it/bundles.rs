//! `belay bundle`: files that partners hand to each other, as a person does it.
#![allow(clippy::unwrap_used, reason = "a test may stop at the first surprise")]

use std::fs;
use std::process::Stdio;

use crate::support::Place;
use crate::support::network::{Network, pair, sync};

/// Two partners whose relay is gone for good, and something that Ada wrote for Sam since.
fn parted() -> (Place, Place) {
    let (ada, sam) = (Place::begun("Ada"), Place::begun("Sam"));
    let mut network = Network::up();
    pair(&network, &ada, &sam);
    sync(&[&sam, &ada]);
    network.down();
    ada.run(&["settings", "--hold", "0"]).done();
    let share = ["check-in", "--mood", "4", "--win", "made soup", "--yes"];
    let words: Vec<&str> = share
        .into_iter()
        .chain(["--share", "sam=mood,win"])
        .collect();
    ada.run(&words).done();
    (ada, sam)
}

#[test]
fn a_file_carries_what_was_shared_and_says_what_it_is() {
    let (ada, sam) = parted();
    let file = ada.folder().join("for-sam.belay");
    let path = file.to_str().unwrap();
    let written = ada.json(&["bundle", "write", path, "--for", "sam"]);
    assert!(written["envelopes"].as_u64().unwrap() > 0);
    let came = sam.json(&["bundle", "read", path]);
    assert_eq!(came["ending"], "whole");
    let page = sam.json(&["partner", "show", "ada"]);
    assert_eq!(page["check_ins"][0]["check_in"]["win"], "made soup");
    let again = sam.run(&["bundle", "read", path]).done();
    assert!(again.out.contains("was here already"), "{}", again.out);

    let bytes = fs::read(&file).unwrap();
    fs::write(&file, &bytes[..bytes.len() - 3]).unwrap();
    sam.run(&["bundle", "read", path])
        .refused(8, "unavailable (bundle-cut-short)");
    fs::write(&file, "a letter").unwrap();
    sam.run(&["bundle", "read", path])
        .refused(8, "unavailable (not-a-bundle)");
    sam.run(&["bundle", "read", "no-such-file"])
        .refused(4, "not-found (file)");
}

#[test]
fn a_bundle_goes_through_pipes_too() {
    let (ada, sam) = parted();
    let mut writing = ada
        .command(&["bundle", "write", "-", "--for", "sam"])
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let pipe = writing.stdout.take().unwrap();
    let reading = sam
        .command(&["bundle", "read", "-"])
        .stdin(pipe)
        .output()
        .unwrap();
    assert!(writing.wait().unwrap().success());
    assert!(reading.status.success());
    let page = sam.json(&["partner", "show", "ada"]);
    assert_eq!(page["check_ins"][0]["check_in"]["win"], "made soup");
}
