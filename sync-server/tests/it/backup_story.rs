//! A relay's data is copied while it runs, and a copy is put back.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test may stop at the first surprise"
)]

use crate::common;

use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use belay_crypto::envelope_id;
use belay_protocol::relay::EraseToken;
use belay_relay::engine::SqliteEngine;
use belay_relay::{Clock, EngineChoice, RelayConfig, RelayError};
use common::{HandClock, client, envelope, mailbox_key, start, token};

fn lasting(folder: &Path) -> RelayConfig {
    RelayConfig {
        engine: EngineChoice::Sqlite(folder.to_owned()),
        ..RelayConfig::default()
    }
}

#[tokio::test]
async fn a_copy_made_while_people_write_is_whole_and_after_it_was_put_back_readers_notice() {
    let clock = HandClock::new();
    let folder = tempfile::tempdir().unwrap();
    let [data, copy, anew] = ["data", "copy", "anew"].map(|name| folder.path().join(name));
    let relay = start(lasting(&data), &clock).await;
    let key = mailbox_key(1);
    let now = clock.now_ms();
    let writing = client(&relay);
    writing.create_mailbox(&key, None, now).await.unwrap();
    let first: Vec<_> = (1..=64).map(|n| envelope(&key, n, 700)).collect();
    writing.append(&key, &first, now).await.unwrap();
    let withdrawn = (envelope_id(&first[3]), EraseToken::from_bytes(token(4)), 0);
    writing.erase(&key, &[withdrawn], now).await.unwrap();
    // Somebody goes on writing all the while, one envelope at a time.
    let enough = Arc::new(AtomicBool::new(false));
    let others = tokio::spawn({
        let (writing, enough) = (writing.clone(), Arc::clone(&enough));
        async move {
            let key = mailbox_key(1);
            let mut number = 65;
            while !enough.load(Ordering::SeqCst) {
                let one = [envelope(&key, number, 700)];
                writing.append(&key, &one, now).await.unwrap();
                number += 1;
            }
        }
    });
    let backup = tokio::task::spawn_blocking({
        let (data, copy) = (data.clone(), copy.clone());
        move || SqliteEngine::back_up(&data, &copy)
    });
    backup.await.unwrap().unwrap();
    enough.store(true, Ordering::SeqCst);
    others.await.unwrap();
    let before = writing
        .read(&key, None, 1000, 4 << 20, 0, now)
        .await
        .unwrap();
    relay.shutdown().await.unwrap();

    assert_eq!(SqliteEngine::restore(&anew, &copy).unwrap(), 1);
    let relay = start(lasting(&anew), &clock).await;
    let reading = client(&relay);
    let cursor = before.next(None);
    let page = reading
        .read(&key, Some(cursor), 1000, 4 << 20, 0, now)
        .await;
    let page = page.unwrap();
    assert_ne!(page.generation, before.generation);
    assert!(page.head >= 64 && page.head <= before.head);
    // From the beginning, without a gap, and exactly what was there.
    let held = usize::try_from(page.head).unwrap();
    assert_eq!(page.envelopes, before.envelopes[..held]);
    assert_eq!(page.envelopes[3].1, None, "what was erased stays erased");
    relay.shutdown().await.unwrap();
}

#[tokio::test]
async fn what_was_erased_is_in_no_copy() {
    let clock = HandClock::new();
    let folder = tempfile::tempdir().unwrap();
    let [data, copy] = ["data", "copy"].map(|name| folder.path().join(name));
    let relay = start(lasting(&data), &clock).await;
    let key = mailbox_key(1);
    let now = clock.now_ms();
    let client = client(&relay);
    client.create_mailbox(&key, None, now).await.unwrap();
    let sent: Vec<_> = (1..=3).map(|n| envelope(&key, n, 5000)).collect();
    client.append(&key, &sent, now).await.unwrap();
    let withdrawn = (envelope_id(&sent[1]), EraseToken::from_bytes(token(2)), 0);
    client.erase(&key, &[withdrawn], now).await.unwrap();
    SqliteEngine::back_up(&data, &copy).unwrap();
    let bytes = std::fs::read(copy.join("relay.sqlite")).unwrap();
    let holds = |part: &[u8]| bytes.windows(part.len()).any(|window| window == part);
    assert!(holds(&sent[0][200..264]) && holds(&sent[2][200..264]));
    assert!(!holds(&sent[1][110..174]));
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt as _;
        let about = std::fs::metadata(copy.join("relay.sqlite")).unwrap();
        assert_eq!(about.permissions().mode() & 0o777, 0o600);
    }
    relay.shutdown().await.unwrap();
}

#[tokio::test]
async fn a_damaged_foreign_or_missing_copy_is_refused_and_leaves_nothing() {
    let clock = HandClock::new();
    let folder = tempfile::tempdir().unwrap();
    let [data, copy, anew] = ["data", "copy", "anew"].map(|name| folder.path().join(name));
    let relay = start(lasting(&data), &clock).await;
    let key = mailbox_key(1);
    let now = clock.now_ms();
    let client = client(&relay);
    client.create_mailbox(&key, None, now).await.unwrap();
    let sent: Vec<_> = (1..=40).map(|n| envelope(&key, n, 9000)).collect();
    client.append(&key, &sent, now).await.unwrap();
    let used = SqliteEngine::restore(&data, &data);
    assert!(matches!(used, Err(RelayError::InTheWay(_))), "{used:?}");
    SqliteEngine::back_up(&data, &copy).unwrap();
    relay.shutdown().await.unwrap();
    let refused = |what: &str| {
        let refused = SqliteEngine::restore(&anew, &copy);
        assert!(
            matches!(refused, Err(RelayError::NotABackup(_))),
            "{what}: {refused:?}"
        );
        assert!(!anew.join("relay.sqlite").exists(), "{what}");
    };
    let path = copy.join("relay.sqlite");
    let whole = std::fs::read(&path).unwrap();
    std::fs::write(&path, &whole[..whole.len() / 2]).unwrap();
    refused("cut in half");
    std::fs::write(&path, b"not a database at all").unwrap();
    refused("foreign");
    std::fs::write(&path, b"").unwrap();
    refused("empty");
    std::fs::remove_file(&path).unwrap();
    refused("missing");
    std::fs::write(&path, &whole).unwrap();
    // What a try that was killed left behind is in nobody's way.
    std::fs::create_dir_all(&anew).unwrap();
    std::fs::write(anew.join("relay.sqlite.part"), b"half of it").unwrap();
    assert_eq!(SqliteEngine::restore(&anew, &copy).unwrap(), 1);
    assert!(!anew.join("relay.sqlite.part").exists());
}
