//! Folders, files and pipes that are not as they should be.
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test may stop at the first surprise"
)]

use crate::support;

use std::path::Path;

use support::{Place, Ran, contents};

fn listed(place: &Place) -> usize {
    place.json(&["check-in", "list"]).as_array().unwrap().len()
}

#[cfg(unix)]
#[test]
fn a_store_that_may_only_be_read_says_so_and_goes_on_when_it_may_be_written() {
    use std::os::unix::fs::PermissionsExt;
    use support::disk::unprivileged;

    let place = Place::begun("Ada");
    place.run(&["check-in", "--win", "kept"]).done();
    let run = |words: &[&str]| Ran::of(&mut unprivileged(&place, words), b"");
    run(&["today"]).done();
    let modes = |folder: u32, file: u32| {
        for entry in std::fs::read_dir(place.store()).unwrap() {
            let path = entry.unwrap().path();
            std::fs::set_permissions(path, PermissionsExt::from_mode(file)).unwrap();
        }
        std::fs::set_permissions(place.store(), PermissionsExt::from_mode(folder)).unwrap();
    };
    for (folder, file) in [(0o500, 0o400), (0o500, 0o600), (0o700, 0o400)] {
        modes(folder, file);
        let before = contents(&place.store());
        let ran = run(&["check-in", "--win", "typed in vain"]);
        let ran = ran.refused(8, "unavailable (folder-not-writable)");
        assert!(ran.err.contains("typed in vain"), "{}", ran.err);
        let looked = run(&["today"]);
        if folder == 0o700 {
            let looked = looked.done();
            assert!(looked.out.contains("kept"), "{}", looked.out);
        } else {
            // Not even looking works without a place for SQLite's log.
            looked.refused(8, "unavailable (folder-not-writable)");
        }
        // SQLite may have put an empty log beside the database; what was there is as it was.
        let after = contents(&place.store());
        assert!(before.iter().all(|file| after.contains(file)));
    }
    modes(0o700, 0o600);
    run(&["check-in", "--win", "again"]).done();
    let seen = run(&["check-in", "list", "--json"]).done().json();
    assert_eq!(seen.as_array().unwrap().len(), 2);
}

#[test]
fn a_folder_that_is_a_file_holds_no_store_and_none_can_be_made_there() {
    let place = Place::empty();
    let file = place.file("a-file", "mine");
    let dir = file.to_str().unwrap();
    place
        .run(&["today", "--dir", dir])
        .refused(4, "not-found (store)");
    for dir in [dir.to_owned(), format!("{dir}/below")] {
        place
            .run(&["init", "--key", "file", "--dir", &dir])
            .refused(8, "unavailable (folder-not-writable)");
    }
    assert_eq!(std::fs::read_to_string(file).unwrap(), "mine");
}

#[test]
fn without_a_home_a_folder_must_be_named() {
    let place = Place::begun("Ada");
    let mut command = place.command(&["today"]);
    command.env_remove("HOME").env_remove("BELAY_DIR");
    Ran::of(&mut command, b"").refused(3, "invalid-input (dir.empty)");
    let mut command = place.command(&["today"]);
    command.env_remove("HOME");
    Ran::of(&mut command, b"").done();
}

#[test]
fn a_damaged_part_of_the_store_is_told_apart_and_nothing_is_deleted() {
    type Damage = fn(&Path);
    fn replace_by_folder(path: &Path) {
        std::fs::remove_file(path).unwrap();
        std::fs::create_dir(path).unwrap();
        std::fs::write(path.join("inside"), "mine").unwrap();
    }
    let cases: [(&str, &str, Damage, i32, &str); 8] = [
        (
            "belay.db",
            "emptied",
            |path| std::fs::write(path, "").unwrap(),
            7,
            "data-damaged",
        ),
        (
            "belay.db",
            "cut",
            |path| {
                let bytes = std::fs::read(path).unwrap();
                std::fs::write(path, &bytes[..bytes.len() / 2]).unwrap();
            },
            7,
            "data-damaged",
        ),
        ("belay.db", "a folder", replace_by_folder, 7, "data-damaged"),
        (
            "key.belay",
            "emptied",
            |path| std::fs::write(path, "").unwrap(),
            5,
            "unavailable (key-file-damaged)",
        ),
        (
            "key.belay",
            "cut",
            |path| {
                let bytes = std::fs::read(path).unwrap();
                std::fs::write(path, &bytes[..bytes.len() - 1]).unwrap();
            },
            5,
            "unavailable (key-file-damaged)",
        ),
        (
            "key.belay",
            "garbage",
            |path| std::fs::write(path, [7; 70_000]).unwrap(),
            5,
            "unavailable (key-file-damaged)",
        ),
        (
            "key.belay",
            "a folder",
            replace_by_folder,
            5,
            "unavailable (key-file-damaged)",
        ),
        (
            "secret.belay",
            "a folder",
            replace_by_folder,
            5,
            "locked (key-file)",
        ),
    ];
    for (file, what, damage, code, line) in cases {
        let place = Place::begun("Ada");
        place.run(&["check-in", "--win", "kept"]).done();
        let path = place.store().join(file);
        damage(&path);
        let before = contents(&place.store()).len();
        eprintln!("{file}: {what}");
        let ran = place
            .run(&["check-in", "--win", "typed"])
            .refused(code, line);
        assert!(ran.err.contains("typed"), "{}", ran.err);
        assert!(contents(&place.store()).len() >= before, "{file}: {what}");
        if line == "data-damaged" {
            let aside = place.store().join("belay.damaged-1.db");
            assert!(ran.err.contains(aside.to_str().unwrap()), "{}", ran.err);
            assert!(aside.exists() && !path.exists());
            place.run(&["init", "--key", "file"]).done();
            let status = place.json(&["status"]);
            assert_eq!(status["set_aside"][0], aside.to_str().unwrap());
        }
    }
}

#[test]
fn what_is_no_text_is_refused_and_what_never_ends_is_not_read_to_its_end() {
    let place = Place::begun("Ada");
    let ran = Ran::of(
        &mut place.command(&["check-in", "--note", "-"]),
        b"caf\xe9 \xff",
    );
    ran.refused(3, "invalid-input (input.not_text)");
    let endless = vec![b'x'; 3 * 1024 * 1024];
    let ran = Ran::of(&mut place.command(&["check-in", "--note", "-"]), &endless);
    let ran = ran.refused(3, "invalid-input (input.too_many_bytes)");
    assert!(ran.err.len() < 1_000);
    #[cfg(unix)]
    {
        use std::os::unix::ffi::OsStrExt as _;
        let mut command = place.command(&["check-in", "--win"]);
        command.arg(std::ffi::OsStr::from_bytes(b"caf\xe9"));
        Ran::of(&mut command, b"").refused(2, "invalid-input (argument.not_text)");
    }
    let long = "x".repeat(100_000);
    for words in [
        &["check-in", "--win", &long][..],
        &["goal", "add", &long],
        &["settings", "--name", &long],
        &["check-in", "show", &long],
        &["partner", "show", &long],
        &["pair", "accept", &long],
        &["relay", "set", &long],
    ] {
        let ran = place.run(words);
        assert!(
            [3, 4, 8].contains(&ran.code),
            "{}: {}",
            words[0],
            ran.err.len()
        );
    }
    assert_eq!(listed(&place), 0);
}

#[test]
fn a_reader_that_goes_away_in_the_middle_loses_nothing() {
    let place = Place::begun("Ada");
    for words in [
        &["check-in", "--mood", "3"][..],
        &["check-in", "--mood", "3", "--json"],
        &["check-in", "list"],
        &["today"],
        &["status", "--json"],
    ] {
        let mut child = place.command(words).spawn().unwrap();
        drop(child.stdout.take());
        assert!(child.wait().unwrap().success(), "{words:?}");
    }
    assert_eq!(listed(&place), 2);
}

#[test]
fn two_programs_write_and_a_third_syncs_and_no_write_is_lost() {
    use support::network::{Network, pair, sync};

    let network = Network::up();
    let (ada, sam) = (Place::begun("Ada"), Place::begun("Sam"));
    pair(&network, &ada, &sam);
    sync(&[&ada, &sam, &ada]);
    let keep_up = || {
        let mut command = ada.command(&["sync", "--watch"]);
        command.stdout(std::process::Stdio::null());
        command.stderr(std::process::Stdio::null());
        command.spawn().unwrap()
    };
    let mut syncing = keep_up();
    // Until the other one has begun, this one may still sync; one that found this one at it went away.
    while ada.run(&["sync"]).code == 0 {
        if syncing.try_wait().unwrap().is_some() {
            syncing = keep_up();
        }
    }
    ada.run(&["sync"])
        .refused(8, "unavailable (already-syncing)");
    const EACH: usize = 6;
    std::thread::scope(|scope| {
        for writer in ["one", "other"] {
            let ada = &ada;
            scope.spawn(move || {
                for number in 0..EACH {
                    let win = format!("{writer} {number}");
                    ada.run(&["check-in", "--win", &win, "--share", "sam=win", "--yes"])
                        .done();
                }
            });
        }
    });
    assert_eq!(listed(&ada), 2 * EACH);
    syncing.kill().unwrap();
    syncing.wait().unwrap();
    sync(&[&ada, &sam]);
    let page = sam.json(&["partner", "show", "ada"]);
    assert_eq!(page["check_ins"].as_array().unwrap().len(), 2 * EACH);
    assert_eq!(page["partner"]["incomplete"], false);
    let status = sam.json(&["status"]);
    assert_eq!(status["spaces"][1]["shadowed"], 0);
}
