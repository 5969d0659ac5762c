//! `belay help-now` and `belay agree`. Numbers are not compared here: a row is hidden a year after it was
//! checked, and these tests run on the machine's own day.

#![allow(clippy::unwrap_used, reason = "a test may stop at the first surprise")]

use crate::support;

use support::Place;

#[test]
fn help_is_there_without_a_store_and_for_a_country_nobody_knows() {
    let place = Place::empty();
    let ran = place.run(&["help-now"]).done();
    assert!(ran.out.contains("findahelpline.com"), "{}", ran.out);
    assert!(ran.out.contains("Belay knows no numbers for your country"));
    assert!(ran.out.contains("no crisis service"));
    assert!(!place.store().exists(), "looking writes nothing");
    let view = place.json(&["help-now", "--country", "nz"]);
    assert_eq!(view["country"]["code"], "NZ");
    let view = place
        .run_with(&["help-now", "--json"], &[("LANG", "de_AT.UTF-8")], "")
        .done()
        .json();
    assert_eq!(view["country"]["code"], "AT");
    assert_eq!(view["grounding"]["language"], "de");
}

#[test]
fn own_people_come_first_and_while_locked_only_after_a_yes() {
    let place = Place::empty();
    let passphrase = place.file("passphrase", "a long and quiet evening\n");
    let passphrase = passphrase.to_str().unwrap();
    place
        .run(&[
            "init",
            "--key",
            "passphrase",
            "--passphrase-file",
            passphrase,
        ])
        .done();
    let open = |words: &[&str]| {
        let words: Vec<&str> = [words, &["--passphrase-file", passphrase]].concat();
        place.run(&words)
    };
    open(&[
        "help-now",
        "people",
        "add",
        "Mira",
        "0770 900",
        "--note",
        "after six",
    ])
    .done();
    open(&[
        "help-now",
        "people",
        "add",
        "Jonas",
        "two doors down",
        "--by",
        "other",
    ])
    .done();
    open(&["help-now", "people", "add", "Sam", "call me"])
        .refused(3, "invalid-input (trusted_address.not_a_number)");
    let page = open(&["help-now"]).done().out;
    let (mira, jonas) = (page.find("Mira").unwrap(), page.find("Jonas").unwrap());
    assert!(mira < jonas && jonas < page.find("findahelpline.com").unwrap());

    let locked = place.run(&["help-now"]).done().out;
    assert!(!locked.contains("Mira") && locked.contains("findahelpline.com"));
    open(&["help-now", "while-locked", "yes"]).done();
    let locked = place.run(&["help-now"]).done().out;
    assert!(locked.contains("0770 900") && !locked.contains("after six"));
    open(&["help-now", "people", "remove", "1"]).done();
    let locked = place.run(&["help-now"]).done().out;
    assert!(!locked.contains("Mira") && locked.contains("Jonas"));
    open(&["help-now", "people", "remove", "7"]).refused(4, "not-found (person)");
    open(&["help-now", "while-locked", "no"]).done();
    assert!(!place.run(&["help-now"]).done().out.contains("Jonas"));
    open(&["help-now", "country", "gb"]).done();
    open(&["help-now", "country", "Britain"])
        .refused(3, "invalid-input (help_country.unknown_word)");
}

#[test]
fn nobody_at_the_keyboard_agrees_by_saying_so() {
    let place = Place::empty();
    place
        .run(&["init", "--name", "Ada", "--key", "file"])
        .done();
    place.run(&["relay", "set", "http://127.0.0.1:9"]).done();
    place
        .run(&["pair", "invite"])
        .refused(8, "unavailable (not-agreed)");
    place
        .run(&["agree"])
        .refused(3, "invalid-input (answer.needed)");
    let agreed = place.json(&["agree", "--yes"]);
    assert_eq!(agreed["needed"], false);
    assert_eq!(agreed["agreed_version"], agreed["terms_version"]);
    place.run(&["pair", "invite"]).refused(6, "offline");
}
