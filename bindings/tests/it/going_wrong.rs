//! Panics and errors that cross the border, and what a log hears of them.

use std::sync::atomic::Ordering;

use belay_engine::NewEntry;
use belay_ffi::{BelayError, EntryQuery, LogLine, LogSubject, NewOwnDevice, NewPerson};

use crate::host::{DIARY, begun};

fn entry(text: &str) -> NewEntry {
    NewEntry {
        text: text.to_owned(),
        ..NewEntry::default()
    }
}

fn all() -> EntryQuery {
    EntryQuery {
        month: None,
        after: None,
        limit: None,
    }
}

#[tokio::test]
async fn a_panic_inside_a_call_is_a_typed_error_and_the_next_call_finds_everything_as_it_was() {
    let (_folder, shell, core) = begun().await;
    core.write_entry(entry("kept")).await.unwrap();
    shell.breaks.store(true, Ordering::SeqCst);
    let broken = core.write_entry(entry("lost")).await;
    let panic = BelayError::Internal {
        code: "panic".to_owned(),
    };
    assert_eq!(broken.unwrap_err(), panic);
    shell.breaks.store(false, Ordering::SeqCst);
    let page = core.entries(all()).await.unwrap();
    assert_eq!(page.entries.len(), 1);
    core.write_entry(entry("and on")).await.unwrap();
    assert_eq!(core.entries(all()).await.unwrap().entries.len(), 2);
}

#[tokio::test]
async fn the_log_hears_where_a_panic_was_and_not_what_it_said() {
    let (_folder, shell, core) = begun().await;
    shell.breaks.store(true, Ordering::SeqCst);
    core.write_entry(entry("lost")).await.unwrap_err();
    let lines = shell.log.lock().unwrap().clone();
    assert_eq!(lines.len(), 1);
    let LogLine { about, code } = &lines[0];
    assert_eq!(*about, LogSubject::Panic);
    assert!(code.contains("host.rs:"), "{code}");
    assert!(!code.contains(DIARY));
}

#[tokio::test]
async fn the_log_hears_the_code_of_an_error_and_nothing_that_was_typed() {
    let (_folder, shell, core) = begun().await;
    let refused = core.accept_invitation("my secret".to_owned()).await;
    refused.unwrap_err();
    let lines = shell.log.lock().unwrap().clone();
    assert_eq!(lines.len(), 1);
    assert_eq!(lines[0].about, LogSubject::Call);
    assert!(!lines[0].code.contains("secret"), "{}", lines[0].code);
}

#[test]
fn what_a_store_begins_with_never_prints_a_passphrase() {
    let person = NewPerson {
        display_name: Some("Mira".to_owned()),
        day_start: belay_engine::model::DayStart::default(),
        passphrase: Some("a long sentence".to_owned()),
    };
    let device = NewOwnDevice {
        passphrase: person.passphrase.clone(),
    };
    for printed in [
        format!("{person}"),
        format!("{person:?}"),
        format!("{device}"),
        format!("{device:?}"),
    ] {
        assert!(!printed.contains("Mira") && !printed.contains("sentence"));
    }
}
