//! Help in a bad hour (product id S4): own people, the lines of a country, and what is shown while locked.

#![allow(clippy::unwrap_used, reason = "a test may stop at the first surprise")]

use crate::common;

use std::path::Path;

use belay_engine::model::{CivilDay, TrustedChannel, TrustedPerson};
use belay_engine::{
    BelayError, Engine, Farewell, HelpNowView, countries, grounding_steps, help_now_locked,
};
use common::Place;

fn person(name: &str, address: &str) -> TrustedPerson {
    TrustedPerson {
        name: name.to_owned(),
        channel: TrustedChannel::Call,
        address: address.to_owned(),
        note: Some("after six".to_owned()),
    }
}

fn own_people() -> Vec<TrustedPerson> {
    vec![person("Mira", "+44 7700 900123"), person("Jonas", "0770")]
}

fn today() -> CivilDay {
    "2026-12-01".parse().unwrap()
}

fn locked(place: &Place) -> HelpNowView {
    help_now_locked(&place.store(), None, Some("GB"), "en", today())
}

fn page(place: &Place) -> std::path::PathBuf {
    place.store().join("help-now.json")
}

fn names(view: &HelpNowView) -> Vec<&str> {
    view.own.iter().map(|person| person.name.as_str()).collect()
}

#[test]
fn own_people_come_first_in_their_order_and_survive_a_restart() {
    let place = Place::new();
    let ada = place.create(None);
    ada.save_trusted_people(own_people()).unwrap();
    drop(ada);
    let ada = place.open(None).unwrap();
    let help = ada.help_now(Some("gb"), "en").unwrap();
    assert_eq!(names(&help), ["Mira", "Jonas"]);
    assert_eq!(help.own[0].dial.as_deref(), Some("+447700900123"));
    assert_eq!(help.own[0].note.as_deref(), Some("after six"));
    assert_eq!(help.country.unwrap().code, "GB");
    assert_eq!(help.emergency[0].address, "999");
    assert_eq!(help.lines[0].address, "116 123");
    assert_eq!(help.lines[0].dial.as_deref(), Some("116123"));
    let shout = &help.lines[1];
    assert_eq!(shout.text_to.as_deref(), Some("85258"));
    assert_eq!(shout.text_word.as_deref(), Some("SHOUT"));
    ada.save_trusted_people(vec![person("Jonas", "0771")])
        .unwrap();
    let people = ada.trusted_people().unwrap();
    assert_eq!(people.len(), 1);
    assert_eq!(people[0].address, "0771");
    let before = ada.projection_dump().unwrap();
    ada.rebuild_projection().unwrap();
    assert_eq!(ada.projection_dump().unwrap(), before);
}

#[test]
fn a_number_nobody_can_dial_is_refused_and_everything_stays_as_it_was() {
    let place = Place::new();
    let ada = place.create(None);
    ada.save_trusted_people(own_people()).unwrap();
    let refused = ada
        .save_trusted_people(vec![person("Mira", "ask Jonas")])
        .unwrap_err();
    assert_eq!(
        refused,
        BelayError::InvalidInput {
            field: "trusted_address",
            rule: "not_a_number"
        }
    );
    let many = vec![person("Mira", "1"); 13];
    assert_eq!(
        ada.save_trusted_people(many).unwrap_err().detail().unwrap(),
        "trusted_people.out_of_range"
    );
    assert_eq!(ada.trusted_people().unwrap().len(), 2);
}

#[test]
fn while_locked_own_people_are_shown_only_after_a_yes_and_never_their_notes() {
    let place = Place::new();
    let ada = place.create(None);
    ada.save_trusted_people(own_people()).unwrap();
    assert!(!page(&place).exists());
    let before = locked(&place);
    assert!(before.own.is_empty() && !before.own_shown_while_locked);
    assert_eq!(before.lines[0].address, "116 123");

    ada.set_own_people_shown_locked(true).unwrap();
    let shown = locked(&place);
    assert_eq!(names(&shown), ["Mira", "Jonas"]);
    assert!(shown.own_shown_while_locked);
    assert!(shown.own.iter().all(|person| person.note.is_none()));
    let bytes = std::fs::read_to_string(page(&place)).unwrap();
    assert!(!bytes.contains("after six"));

    ada.save_trusted_people(vec![person("Samir", "0772")])
        .unwrap();
    ada.set_help_country(Some("de")).unwrap();
    let changed = locked(&place);
    assert_eq!(names(&changed), ["Samir"]);
    assert_eq!(changed.chosen_country.as_deref(), Some("DE"));
    assert_eq!(changed.emergency[0].address, "112");

    ada.set_own_people_shown_locked(false).unwrap();
    assert!(!page(&place).exists());
    assert!(locked(&place).own.is_empty());
    assert_eq!(ada.trusted_people().unwrap().len(), 1);
}

#[test]
fn a_page_that_was_tampered_with_shows_the_lines_and_is_made_anew_at_the_next_start() {
    let place = Place::new();
    let ada = place.create(None);
    ada.save_trusted_people(own_people()).unwrap();
    ada.set_own_people_shown_locked(true).unwrap();
    let whole = std::fs::read(page(&place)).unwrap();
    let newer = String::from_utf8(whole.clone())
        .unwrap()
        .replace("\"version\":1", "\"version\":2");
    for bytes in [
        b"".to_vec(),
        b"{".to_vec(),
        whole[..whole.len() / 2].to_vec(),
        vec![0xff; 100_000],
        newer.into_bytes(),
    ] {
        std::fs::write(page(&place), bytes).unwrap();
        let view = locked(&place);
        assert!(view.own.is_empty());
        assert_eq!(view.lines[0].address, "116 123");
    }
    let turned = String::from_utf8(whole.clone()).unwrap();
    std::fs::write(page(&place), turned.replace("0770", "call \u{202e}me")).unwrap();
    assert_eq!(names(&locked(&place)), ["Mira"]);
    drop(ada);
    let _ada = place.open(None).unwrap();
    assert_eq!(std::fs::read(page(&place)).unwrap(), whole);
}

#[test]
fn a_page_that_a_crash_left_behind_goes_at_the_next_start() {
    let place = Place::new();
    let ada = place.create(None);
    ada.save_trusted_people(own_people()).unwrap();
    ada.set_own_people_shown_locked(true).unwrap();
    let bytes = std::fs::read(page(&place)).unwrap();
    ada.set_own_people_shown_locked(false).unwrap();
    std::fs::write(page(&place), bytes).unwrap();
    drop(ada);
    let _ada = place.open(None).unwrap();
    assert!(!page(&place).exists());
}

fn delete_at_once(place: &Place, ada: &Engine) {
    ada.delete_everything().unwrap();
    assert!(!page(place).exists());
    assert!(locked(place).own.is_empty());
}

#[test]
fn deleting_everything_takes_the_readable_page_first() {
    let place = Place::new();
    let ada = place.create(None);
    ada.save_trusted_people(own_people()).unwrap();
    ada.set_own_people_shown_locked(true).unwrap();
    delete_at_once(&place, &ada);
    drop(ada);
    let farewell = Farewell::open(place.config(3), None).unwrap();
    drop(farewell);
    Engine::erase_now(&place.config(4)).unwrap();
    assert!(!place.store().exists());
}

#[test]
fn a_new_store_in_the_same_folder_shows_nobody_of_the_old_one() {
    let place = Place::new();
    std::fs::create_dir(place.store()).unwrap();
    std::fs::write(
        page(&place),
        r#"{"version":1,"country":null,"people":[{"name":"Mira","channel":"call","address":"1","note":null}]}"#,
    )
    .unwrap();
    assert_eq!(names(&locked(&place)), ["Mira"]);
    let _ada = place.create(None);
    assert!(locked(&place).own.is_empty());
}

#[test]
fn help_needs_no_store_no_country_and_no_network() {
    let nowhere = Path::new("/nonexistent/belay");
    let view = help_now_locked(nowhere, None, None, "de-AT", today());
    assert!(view.country.is_none() && view.emergency.is_empty() && view.lines.is_empty());
    assert_eq!(view.directory[0].address, "https://findahelpline.com");
    assert_eq!(view.grounding.language, "de");
    assert!(!view.grounding.steps.is_empty() && !view.grounding.reviewed);
    assert_eq!(grounding_steps("es").language, "es");
    assert!(countries().iter().any(|country| country.code == "NZ"));
}

#[test]
fn a_chosen_country_counts_more_than_the_region_of_the_device() {
    let place = Place::new();
    let ada = place.create(None);
    for wrong in ["", "D", "DEU", "1A", "Germany"] {
        let refused = ada.set_help_country(Some(wrong)).unwrap_err();
        assert_eq!(refused.detail().unwrap(), "help_country.unknown_word");
    }
    ada.set_help_country(Some("nz")).unwrap();
    let help = ada.help_now(Some("GB"), "en").unwrap();
    assert_eq!(help.country.unwrap().code, "NZ");
    assert_eq!(help.chosen_country.as_deref(), Some("NZ"));
    ada.set_help_country(None).unwrap();
    assert_eq!(
        ada.help_now(Some("GB"), "en")
            .unwrap()
            .country
            .unwrap()
            .code,
        "GB"
    );
    // A country that the table does not know is nobody's guess.
    ada.set_help_country(Some("XX")).unwrap();
    let help = ada.help_now(Some("GB"), "en").unwrap();
    assert!(help.country.is_none() && help.emergency.is_empty());
    assert_eq!(help.directory.len(), 1);
}

#[test]
fn a_country_that_is_looked_up_while_locked_counts_more_than_the_chosen_one() {
    let place = Place::new();
    let ada = place.create(None);
    ada.set_help_country(Some("DE")).unwrap();
    ada.save_trusted_people(own_people()).unwrap();
    ada.set_own_people_shown_locked(true).unwrap();
    let shown = |looked_up| {
        let view = help_now_locked(&place.store(), looked_up, Some("GB"), "en", today());
        assert_eq!(view.chosen_country.as_deref(), Some("DE"));
        assert_eq!(names(&view), ["Mira", "Jonas"]);
        view.country.unwrap().code
    };
    assert_eq!(shown(None), "DE");
    assert_eq!(shown(Some("ES")), "ES");
}
