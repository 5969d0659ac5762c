//! A pack takes the place of the envelopes whose items it holds, and those who read slowly have time.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test may stop at the first surprise"
)]

use crate::common;

use belay_crypto::envelope_id;
use belay_protocol::relay::{EraseOutcome, EraseToken, limits};
use belay_relay::{Clock, EngineChoice, RelayConfig};
use belay_transport::{RelayClient, TransportError};
use common::{DAY_MS, HandClock, client, envelope, mailbox_key, start, token};

const GRACE: u32 = limits::ERASE_GRACE_DAYS;

/// Numbers of the envelopes that can still be read.
async fn readable(client: &RelayClient, now: i64) -> Vec<u64> {
    let key = mailbox_key(1);
    let page = client.read(&key, None, 99, 1 << 20, 0, now).await.unwrap();
    let kept = page
        .envelopes
        .into_iter()
        .filter(|(_, body)| body.is_some());
    kept.map(|(seq, _)| seq).collect()
}

async fn slow_readers_have_thirty_days(config: RelayConfig) {
    let clock = HandClock::new();
    let relay = start(config, &clock).await;
    let (client, key) = (client(&relay), mailbox_key(1));
    let start_ms = clock.now_ms();
    client.create_mailbox(&key, None, start_ms).await.unwrap();
    let old: Vec<_> = (1..=4).map(|n| envelope(&key, n, 900)).collect();
    client.append(&key, &old, start_ms).await.unwrap();
    let pack = [envelope(&key, 10, 2_000)];
    client.append(&key, &pack, start_ms).await.unwrap();
    let order = |number: usize, grace| {
        let token = EraseToken::from_bytes(token(number as u64));
        (envelope_id(&old[number - 1]), token, grace)
    };
    let erase = async |orders: &[_], now| {
        let results = client.erase(&key, orders, now).await.unwrap();
        results.iter().map(|one| one.outcome).collect::<Vec<_>>()
    };
    let slowly: Vec<_> = (1..=3).map(|number| order(number, GRACE)).collect();
    assert_eq!(erase(&slowly, start_ms).await, [EraseOutcome::Erased; 3]);
    assert_eq!(readable(&client, start_ms).await, [1, 2, 3, 4, 5]);

    clock.advance(29 * DAY_MS);
    let now = clock.now_ms();
    relay.sweep().await.unwrap();
    assert_eq!(readable(&client, now).await, [1, 2, 3, 4, 5]);
    // Somebody who lost the answer repeats it; that makes nothing later.
    assert_eq!(erase(&slowly, now).await, [EraseOutcome::Erased; 3]);
    // An author who cannot wait does not have to.
    assert_eq!(erase(&[order(2, 0)], now).await, [EraseOutcome::Erased]);
    assert_eq!(readable(&client, now).await, [1, 3, 4, 5]);
    // Until it is due it is known and not refused.
    let again = client.append(&key, &old[..1], now).await.unwrap();
    assert!(again[0].duplicate);

    clock.advance(DAY_MS);
    let now = clock.now_ms();
    assert_eq!(
        readable(&client, now).await,
        [4, 5],
        "also before anything was swept"
    );
    relay.sweep().await.unwrap();
    assert_eq!(readable(&client, now).await, [4, 5]);
    let back = client.append(&key, &old[..1], now).await;
    assert!(
        matches!(back, Err(TransportError::Erased { .. })),
        "{back:?}"
    );
    relay.shutdown().await.unwrap();
}

#[tokio::test]
async fn a_pack_takes_the_place_of_what_it_holds_and_slow_readers_have_thirty_days() {
    slow_readers_have_thirty_days(RelayConfig::default()).await;
    let folder = tempfile::tempdir().unwrap();
    let engine = EngineChoice::Sqlite(folder.path().to_owned());
    slow_readers_have_thirty_days(RelayConfig {
        engine,
        ..RelayConfig::default()
    })
    .await;
}
