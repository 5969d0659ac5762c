//! A store that cannot be opened says why, and loses nothing by it.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test may stop at the first surprise"
)]

use crate::common;

use belay_engine::{BelayError, Engine, NewPerson, SecretStore};
use common::{Place, evening};

#[test]
fn a_store_is_made_once() {
    let place = Place::new();
    let ada = place.create(None);
    ada.write_check_in(evening("first")).unwrap();
    let again = Engine::create(place.config(9), NewPerson::default());
    assert_eq!(
        again.unwrap_err(),
        BelayError::Unavailable {
            reason: "already-exists"
        }
    );
    drop(ada);
    assert_eq!(place.open(None).unwrap().check_ins(9).unwrap().len(), 1);
}

#[test]
fn where_nothing_is_nothing_opens() {
    let place = Place::new();
    assert_eq!(
        place.open(None).unwrap_err(),
        BelayError::NotFound { what: "store" }
    );
    assert!(!Engine::exists(&place.store()));
}

#[test]
fn a_passphrase_is_asked_for_and_a_wrong_one_is_told_apart_from_damage() {
    let place = Place::new();
    let ada = place.create(Some("correct horse"));
    ada.write_check_in(evening("kept")).unwrap();
    drop(ada);
    assert!(Engine::needs_passphrase(&place.store()).unwrap());
    assert_eq!(place.open(None).unwrap_err(), BelayError::Locked);
    assert_eq!(
        place.open(Some("battery staple")).unwrap_err(),
        BelayError::WrongSecret
    );
    let ada = place.open(Some("correct horse")).unwrap();
    assert_eq!(ada.check_ins(9).unwrap().len(), 1);
}

#[test]
fn another_keystores_secret_does_not_open_and_a_missing_one_is_locked() {
    let place = Place::new();
    place.create(None).shutdown().unwrap();
    let kept = place.secrets.load().unwrap().unwrap();
    place.secrets.save(&[7; 32]).unwrap();
    assert_eq!(place.open(None).unwrap_err(), BelayError::WrongSecret);
    place.secrets.save(&kept).unwrap();
    assert!(place.open(None).is_ok());
}

#[test]
fn a_damaged_store_is_set_aside_whole_and_named() {
    let place = Place::new();
    let ada = place.create(None);
    for day in 0..50 {
        ada.write_check_in(evening(&format!("day {day}"))).unwrap();
    }
    ada.shutdown().unwrap();
    drop(ada);
    let path = place.store().join("belay.db");
    let mut bytes = std::fs::read(&path).unwrap();
    let length = bytes.len();
    for byte in bytes.iter_mut().skip(4096) {
        *byte ^= 0x5a;
    }
    std::fs::write(&path, &bytes).unwrap();
    let error = place.open(None).unwrap_err();
    let BelayError::DataDamaged { backup_path } = error else {
        panic!("not told as damage: {error:?}");
    };
    assert_eq!(std::fs::read(&backup_path).unwrap().len(), length);
    assert!(!path.exists());
    // Beginning anew beside it keeps its key too.
    let key = std::fs::read(place.store().join("key.belay")).unwrap();
    place.create(None);
    let kept = std::fs::read(place.store().join("key.before-1.belay")).unwrap();
    assert_eq!(kept, key);
}

#[test]
fn two_programs_on_one_store_see_each_others_writes_and_never_take_one_place_twice() {
    let place = Place::new();
    let one = place.create(None);
    let other = place.open(None).unwrap();
    let mut expected = 0;
    for round in 0..5 {
        for engine in [&one, &other] {
            engine
                .write_check_in(evening(&format!("round {round}")))
                .unwrap();
            expected += 1;
            assert_eq!(one.check_ins(99).unwrap().len(), expected);
            assert_eq!(other.check_ins(99).unwrap().len(), expected);
        }
    }
    let status = one.status().unwrap();
    assert_eq!(status.spaces[0].shadowed, 0);
    one.rebuild_projection().unwrap();
    assert_eq!(other.check_ins(99).unwrap().len(), expected);
}

#[test]
fn writing_from_many_threads_loses_nothing() {
    let place = Place::new();
    let one = place.create(None);
    let other = place.open(None).unwrap();
    std::thread::scope(|scope| {
        for engine in [&one, &other, &one, &other] {
            scope.spawn(move || {
                for _ in 0..10 {
                    engine.write_check_in(evening("together")).unwrap();
                }
            });
        }
    });
    assert_eq!(one.check_ins(99).unwrap().len(), 40);
}

#[test]
fn the_recovery_words_are_shown_until_they_are_confirmed_and_then_gone() {
    let place = Place::new();
    let ada = place.create(None);
    let words = ada.recovery_words().unwrap();
    assert_eq!(words.len(), 24);
    assert!(ada.status().unwrap().recovery_words_due);
    let mut wrong = words.clone();
    wrong.swap(0, 1);
    if wrong != words {
        assert_eq!(
            ada.confirm_recovery_words(&wrong.join(" ")).unwrap_err(),
            BelayError::InvalidInput {
                field: "recovery_words",
                rule: "not_the_same"
            }
        );
    }
    ada.confirm_recovery_words(&words.join("  ").to_uppercase())
        .unwrap();
    assert!(!ada.status().unwrap().recovery_words_due);
    assert_eq!(
        ada.recovery_words().unwrap_err(),
        BelayError::Unavailable {
            reason: "no-recovery-words"
        }
    );
}

#[test]
fn a_store_that_was_rolled_back_writes_under_a_new_incarnation() {
    let place = Place::new();
    let ada = place.create(None);
    ada.write_check_in(evening("before the copy")).unwrap();
    ada.shutdown().unwrap();
    drop(ada);
    let copy = place.dir.path().join("copy");
    copy_folder(&place.store(), &copy);
    let ada = place.open(None).unwrap();
    ada.write_check_in(evening("after the copy")).unwrap();
    ada.shutdown().unwrap();
    drop(ada);
    place.open(None).unwrap().shutdown().unwrap();
    std::fs::remove_dir_all(place.store()).unwrap();
    std::fs::rename(&copy, place.store()).unwrap();
    let rolled_back = place.open(None).unwrap();
    rolled_back.write_check_in(evening("again")).unwrap();
    assert_eq!(rolled_back.check_ins(9).unwrap().len(), 2);
    assert_eq!(rolled_back.status().unwrap().spaces[0].own_incarnations, 2);
}

#[test]
fn a_closed_engine_says_so() {
    let place = Place::new();
    let ada = place.create(None);
    ada.shutdown().unwrap();
    assert_eq!(ada.today().unwrap_err(), BelayError::Closed);
    assert_eq!(
        ada.write_check_in(evening("late")).unwrap_err(),
        BelayError::Closed
    );
}

fn copy_folder(from: &std::path::Path, to: &std::path::Path) {
    std::fs::create_dir_all(to).unwrap();
    for entry in std::fs::read_dir(from).unwrap() {
        let entry = entry.unwrap();
        std::fs::copy(entry.path(), to.join(entry.file_name())).unwrap();
    }
}
