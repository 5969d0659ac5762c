//! `belay init`, where the key lies, and what opens a store.
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test may stop at the first surprise"
)]

use crate::support;

use support::Place;

#[test]
fn a_second_init_in_the_same_place_is_refused_and_touches_nothing() {
    let place = Place::begun("Marisol");
    let before = support::contents(&place.store());
    let again = place.run(&["init", "--name", "Tobias", "--key", "file"]);
    again.refused(8, "unavailable (already-exists)");
    assert!(before == support::contents(&place.store()));
}

#[test]
fn init_says_plainly_where_the_key_lies() {
    let place = Place::empty();
    let ran = place.run(&["init", "--key", "file"]).done();
    assert!(
        ran.out
            .contains("Whoever can read that file can read the store."),
        "{}",
        ran.out
    );
    let key = place.store().join("secret.belay");
    assert!(ran.out.contains(key.to_str().unwrap()));
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt as _;
        assert_eq!(
            std::fs::metadata(&key).unwrap().permissions().mode() & 0o777,
            0o600
        );
        let dir = std::fs::metadata(place.store()).unwrap();
        assert_eq!(dir.permissions().mode() & 0o077, 0);
    }
}

#[test]
fn without_a_keyring_and_without_a_choice_nothing_is_made() {
    let place = Place::empty();
    let none = [("DBUS_SESSION_BUS_ADDRESS", "unix:path=/nonexistent/bus")];
    place
        .run_with(&["init", "--name", "Marisol"], &none, "")
        .refused(8, "unavailable (no-keyring)");
    assert!(!place.store().exists());
}

#[test]
fn a_passphrase_opens_the_store_and_nothing_else_does() {
    let place = Place::empty();
    let right = place.file("right", "correct horse\n");
    let wrong = place.file("wrong", "correct  horse\n");
    let (right, wrong) = (right.to_str().unwrap(), wrong.to_str().unwrap());
    place
        .run(&["init", "--key", "passphrase", "--passphrase-file", right])
        .done();
    place.run(&["today"]).refused(5, "locked");
    place
        .run(&["today", "--passphrase-file", wrong])
        .refused(5, "wrong-secret");
    place.run(&["today", "--passphrase-file", right]).done();
    place
        .run_with(&["today"], &[("BELAY_PASSPHRASE_FILE", right)], "")
        .done();
    place
        .run_with(&["today", "--passphrase-file", "-"], &[], "correct horse\n")
        .done();
}

#[test]
fn a_key_file_that_is_gone_or_damaged_is_not_called_a_damaged_store() {
    let place = Place::begun("Marisol");
    let key = place.store().join("secret.belay");
    let whole = std::fs::read(&key).unwrap();
    std::fs::write(&key, &whole[..20]).unwrap();
    place.run(&["today"]).refused(5, "locked (key-file)");
    std::fs::remove_file(&key).unwrap();
    place.run(&["today"]).refused(5, "locked (key-file)");
    std::fs::write(&key, whole).unwrap();
    place.run(&["today"]).done();
}

#[test]
fn an_old_key_file_is_set_aside_and_never_replaced() {
    let place = Place::empty();
    std::fs::create_dir(place.store()).unwrap();
    std::fs::write(place.store().join("secret.belay"), "an old key").unwrap();
    place.run(&["init", "--key", "file"]).done();
    let aside = std::fs::read_to_string(place.store().join("secret-1.belay")).unwrap();
    assert_eq!(aside, "an old key");
}

#[test]
fn recovery_words_are_shown_until_they_are_confirmed_and_then_no_more() {
    let place = Place::begun("Marisol");
    let init = place.run(&["recovery", "words"]).done();
    assert!(init.out.contains("24 recovery words"));
    let words = place.json(&["recovery", "words"]);
    let words: Vec<&str> = words["recovery_words"]
        .as_array()
        .unwrap()
        .iter()
        .map(|word| word.as_str().unwrap())
        .collect();
    assert_eq!(words.len(), 24);
    assert_eq!(place.json(&["status"])["recovery_words_due"], true);
    let backwards: Vec<&str> = words.iter().rev().copied().collect();
    place
        .run_with(&["recovery", "confirm"], &[], &backwards.join(" "))
        .refused(3, "invalid-input (recovery_words.not_the_same)");
    place
        .run_with(&["recovery", "confirm"], &[], &words.join("\n"))
        .done();
    place
        .run(&["recovery", "words"])
        .refused(8, "unavailable (no-recovery-words)");
    assert_eq!(place.json(&["status"])["recovery_words_due"], false);
}

#[test]
fn an_ordinary_init_without_a_keyboard_prints_no_recovery_word() {
    let place = Place::empty();
    let ran = place.run(&["init", "--key", "file"]).done();
    assert!(!ran.out.contains("Your 24 recovery words\n"), "{}", ran.out);
    assert!(ran.out.contains("`belay recovery words`"), "{}", ran.out);
    let shown = Place::empty();
    let ran = shown.run(&["init", "--key", "file", "--show-words"]).done();
    assert!(ran.out.contains("Your 24 recovery words"));
}

#[test]
fn where_no_store_is_every_command_says_so() {
    let place = Place::empty();
    for words in [
        &["today"][..],
        &["sync"],
        &["goal", "list"],
        &["status"],
        &["check-in", "--mood", "3"],
    ] {
        place.run(words).refused(4, "not-found (store)");
    }
    assert!(!place.store().exists());
}

#[test]
fn a_damaged_store_is_set_aside_whole_with_its_keys_and_a_new_one_replaces_nothing() {
    let place = Place::begun("Marisol");
    place
        .run(&["check-in", "--mood", "3", "--win", "kept"])
        .done();
    let db = place.store().join("belay.db");
    let mut bytes = std::fs::read(&db).unwrap();
    let damage = 3 * 4096..6 * 4096;
    bytes[damage].iter_mut().for_each(|byte| *byte ^= 0xff);
    std::fs::write(&db, &bytes).unwrap();
    // Whichever page is met first: the second opening reads the whole store at the latest.
    let mut ran = place.run(&["check-in", "--win", "not lost"]);
    if ran.err.contains("store-suspect") {
        ran = place.run(&["check-in", "--win", "not lost"]);
    }
    let ran = ran.refused(7, "data-damaged");
    assert!(ran.err.contains("not lost"), "{}", ran.err);
    let aside = ran
        .err
        .split_whitespace()
        .find(|word| word.ends_with(".db."))
        .unwrap();
    let aside = aside.trim_end_matches('.');
    assert_eq!(std::fs::read(aside).unwrap().len(), bytes.len());

    let keys =
        ["secret.belay", "key.belay"].map(|name| std::fs::read(place.store().join(name)).unwrap());
    place.run(&["init", "--key", "file"]).done();
    let kept = ["secret-1.belay", "key-1.belay"]
        .map(|name| std::fs::read(place.store().join(name)).unwrap());
    assert!(keys == kept);
    assert!(std::path::Path::new(aside).exists());
}
