//! The OpenAPI document says what the relay does: every answer it promises is seen, and none other.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test may stop at the first surprise"
)]

use crate::common;

use std::collections::BTreeSet;
use std::path::Path;
use std::time::Duration;

use belay_protocol::relay::{limits, path};
use belay_relay::{Clock, EngineChoice, MetricsAccess, OperatorKey, RelayConfig, RelayLimits};
use common::asks::{
    HOUR_MS, Scene, all_signed, append, create, erase, erase_blob, get_blob, live, pk, put_blob,
    read, slot,
};
use common::openapi::{Document, NOWHERE, differences};
use common::wire::{Ask, Wire};
use common::{HandClock, envelope, mailbox_key, start};
use serde_json::Value;

async fn open<'a>(
    clock: &'a std::sync::Arc<HandClock>,
    folder: &Path,
    change: impl FnOnce(&mut RelayConfig),
) -> Scene<'a> {
    let mut config = RelayConfig {
        engine: EngineChoice::Sqlite(folder.to_owned()),
        limits: RelayLimits {
            mailbox_bytes: 1500,
            blob_bytes: 1500,
            mailboxes: 2,
            rendezvous_bytes: 20_000,
            ..RelayLimits::default()
        },
        ..RelayConfig::default()
    };
    change(&mut config);
    Scene {
        relay: start(config, clock).await,
        clock,
    }
}

/// What goes well, and what is refused for what it says.
async fn ordinary(wire: &mut Wire<'_>, scene: &Scene<'_>) {
    let (relay, now) = (&scene.relay, scene.clock.now_ms());
    let (key, missing) = (mailbox_key(1), mailbox_key(9));
    for path in [path::INFO, path::HEALTH, path::METRICS, path::OPENAPI] {
        wire.expect(relay, &Ask::new("GET", path), 200, "").await;
    }
    for ask in all_signed(&missing).into_iter().skip(1) {
        let ask = scene.signed(&missing, ask);
        wire.expect(relay, &ask, 404, "no_mailbox").await;
    }
    let own = |ask| scene.signed(&key, ask);
    wire.expect(relay, &own(create(&key)), 201, "").await;
    wire.expect(relay, &own(create(&key)), 200, "").await;
    wire.expect(relay, &own(append(&key, &[1, 2])), 200, "")
        .await;
    wire.expect(relay, &own(read(&key)), 200, "").await;
    wire.expect(relay, &own(erase(&key, &[1, 3])), 200, "")
        .await;
    wire.expect(relay, &own(append(&key, &[1])), 410, "erased")
        .await;
    wire.expect(relay, &own(live(&key)), 200, "").await;
    let watch = [scene.watch(1, now)];
    wire.expect(relay, &scene.live(&watch, now), 200, "").await;
    wire.expect(relay, &own(put_blob(&key, 1, 100)), 200, "")
        .await;
    wire.expect(relay, &own(put_blob(&key, 1, 101)), 409, "blob_differs")
        .await;
    wire.expect(relay, &own(get_blob(&key, 1)), 200, "").await;
    wire.expect(relay, &own(erase_blob(&key, 1)), 200, "").await;
    wire.expect(relay, &own(put_blob(&key, 1, 100)), 410, "erased")
        .await;
    wire.expect(relay, &own(get_blob(&key, 1)), 404, "no_blob")
        .await;
    let foreign = append(&key, &[]).body(envelope(&missing, 5, 200));
    wire.expect(relay, &own(foreign), 422, "wrong_mailbox")
        .await;
    let first = slot("PUT", 1, 0).body("first");
    wire.expect(relay, &slot("GET", 1, 0), 204, "").await;
    wire.expect(relay, &first, 201, "").await;
    wire.expect(relay, &first, 200, "").await;
    wire.expect(relay, &slot("PUT", 1, 0).body("other"), 410, "slot_taken")
        .await;
    wire.expect(relay, &slot("GET", 1, 0), 200, "").await;
    wire.expect(relay, &slot("PUT", 1, 0), 400, "malformed")
        .await;
    wire.expect(relay, &slot("GET", 1, 0).query("wait=x"), 400, "malformed")
        .await;
    // Live orders carry their own signatures.
    let late = [scene.watch(1, now - HOUR_MS)];
    wire.expect(relay, &scene.live(&late, now - HOUR_MS), 401, "stale")
        .await;
    wire.expect(relay, &scene.live(&late, now), 401, "bad_signature")
        .await;
    wire.expect(relay, &scene.live(&[], now), 400, "malformed")
        .await;
    let nobody = [scene.watch(9, now)];
    wire.expect(relay, &scene.live(&nobody, now), 404, "no_mailbox")
        .await;
}

/// The four ways in which a signed request is not one.
async fn unsigned(wire: &mut Wire<'_>, scene: &Scene<'_>) {
    let (relay, now) = (&scene.relay, scene.clock.now_ms());
    let key = mailbox_key(1);
    let origin = relay.origin().to_string();
    for ask in all_signed(&key) {
        wire.expect(relay, &ask, 401, "unsigned").await;
        let stale = ask.clone().signed(&origin, &key, now - HOUR_MS);
        wire.expect(relay, &stale, 401, "stale").await;
        let other = ask.clone().signed(&origin, &mailbox_key(2), now);
        wire.expect(relay, &other, 401, "bad_signature").await;
        let mut malformed = ask.clone();
        malformed.path = malformed.path.replace(&pk(&key).to_string(), "ABC");
        wire.expect(
            relay,
            &malformed.signed(&origin, &key, now),
            400,
            "malformed",
        )
        .await;
    }
}

/// Bodies that are too large or do not come.
async fn bodies(wire: &mut Wire<'_>, scene: &Scene<'_>) {
    let (relay, now) = (&scene.relay, scene.clock.now_ms());
    let key = mailbox_key(1);
    let with_bodies = [
        create(&key),
        append(&key, &[50]),
        erase(&key, &[50]),
        put_blob(&key, 50, 100),
        erase_blob(&key, 50),
        scene.live(&[scene.watch(1, now)], now),
        slot("PUT", 2, 0).body("first"),
    ];
    for ask in with_bodies {
        let signed = scene.signed(&key, ask);
        wire.expect(relay, &signed.clone().withhold(9), 408, "timeout")
            .await;
        let large = signed.body(vec![b' '; limits::APPEND_BYTES_MAX + 1]);
        wire.expect(relay, &large, 413, "too_large").await;
    }
}

/// What there is no room for.
async fn full(wire: &mut Wire<'_>, scene: &Scene<'_>) {
    let relay = &scene.relay;
    let (key, other) = (mailbox_key(1), mailbox_key(2));
    let own = |ask| scene.signed(&key, ask);
    wire.expect(relay, &scene.signed(&other, create(&other)), 201, "")
        .await;
    let third = mailbox_key(3);
    wire.expect(
        relay,
        &scene.signed(&third, create(&third)),
        507,
        "relay_full",
    )
    .await;
    wire.expect(
        relay,
        &own(append(&key, &[60, 61, 62, 63])),
        507,
        "quota_exceeded",
    )
    .await;
    wire.expect(relay, &own(put_blob(&key, 2, 1400)), 507, "quota_exceeded")
        .await;
    let unseen: Vec<u64> = (100..112).collect();
    wire.expect(relay, &own(erase(&key, &unseen)), 507, "quota_exceeded")
        .await;
    // Until nothing more can be remembered, one by one.
    let mut number = 100;
    while wire.ask(relay, &own(erase_blob(&key, number))).await.0 == 200 {
        number += 1;
    }
    wire.expect(relay, &own(erase_blob(&key, number)), 507, "quota_exceeded")
        .await;
    let large = slot("PUT", 3, 3).body(vec![1; 20_001]);
    wire.expect(relay, &large, 507, "relay_full").await;
}

/// Who asks too often.
async fn often(wire: &mut Wire<'_>, scene: &Scene<'_>) {
    let relay = &scene.relay;
    let key = mailbox_key(1);
    while wire.ask(relay, &slot("GET", 7, 0)).await.0 == 204 {}
    wire.expect(relay, &slot("GET", 7, 0), 429, "rate_limited")
        .await;
    wire.expect(relay, &slot("PUT", 7, 0).body("x"), 429, "rate_limited")
        .await;
    let create = scene.signed(&key, create(&key));
    while wire.ask(relay, &create).await.0 == 200 {}
    wire.expect(relay, &create, 429, "rate_limited").await;
}

/// No memory and no places left.
async fn busy(wire: &mut Wire<'_>, scene: &Scene<'_>) {
    let (relay, now) = (&scene.relay, scene.clock.now_ms());
    let key = mailbox_key(1);
    for ask in all_signed(&key).into_iter().skip(1) {
        let (status, code) = wire.ask(relay, &scene.signed(&key, ask.clone())).await;
        if (status, code.as_str()) != (404, "no_blob") {
            assert_eq!(
                (status, code.as_str()),
                (503, "busy"),
                "{} {}",
                ask.method,
                ask.path
            );
        }
    }
    wire.expect(relay, &scene.signed(&key, get_blob(&key, 4)), 503, "busy")
        .await;
    wire.expect(relay, &scene.live(&[scene.watch(1, now)], now), 503, "busy")
        .await;
    wire.expect(relay, &slot("GET", 5, 0).query("wait=9"), 503, "busy")
        .await;
    wire.expect(relay, &slot("PUT", 5, 0).body("x"), 503, "busy")
        .await;
}

/// The storage breaks.
async fn broken(wire: &mut Wire<'_>, scene: &Scene<'_>) {
    let (relay, now) = (&scene.relay, scene.clock.now_ms());
    let key = mailbox_key(1);
    for path in [path::HEALTH, path::METRICS] {
        wire.expect(relay, &Ask::new("GET", path), 500, "internal")
            .await;
    }
    for ask in all_signed(&key) {
        wire.expect(relay, &scene.signed(&key, ask), 500, "internal")
            .await;
    }
    wire.expect(
        relay,
        &scene.live(&[scene.watch(1, now)], now),
        500,
        "internal",
    )
    .await;
    wire.expect(relay, &slot("GET", 6, 0), 500, "internal")
        .await;
    wire.expect(relay, &slot("PUT", 6, 0).body("x"), 500, "internal")
        .await;
}

/// Paths and methods that are not there.
async fn nothing_there(wire: &mut Wire<'_>, scene: &Scene<'_>) {
    for path in [
        "/",
        "/v1",
        "/v1/mailboxes",
        "/v1/mailboxes/x/blobs",
        "/v2/info",
        "/v1/info/",
    ] {
        wire.expect(&scene.relay, &Ask::new("GET", path), 404, "not_found")
            .await;
    }
    for (template, methods) in wire.document.methods() {
        let path = template.replace(['{', '}'], "0");
        for method in ["GET", "PUT", "POST", "DELETE", "PATCH"] {
            if !methods.iter().any(|one| one == method) {
                let ask = Ask::new(method, path.clone());
                wire.expect(&scene.relay, &ask, 405, "method_not_allowed")
                    .await;
            }
        }
    }
}

#[tokio::test]
async fn every_answer_the_document_promises_is_seen_and_no_other() {
    let clock = HandClock::new();
    let [all, few, codes] = [0; 3].map(|_| tempfile::tempdir().unwrap());
    let document: Value =
        serde_json::from_str(include_str!("../../src/http/openapi.json")).unwrap();
    let document = Document(document);
    let mut wire = Wire {
        document: &document,
        seen: BTreeSet::new(),
        wrong: Vec::new(),
    };
    let scene = open(&clock, all.path(), |_| {}).await;
    let served = common::client(&scene.relay).info().await.unwrap();
    assert_eq!(served.origin, scene.relay.origin().to_string());
    ordinary(&mut wire, &scene).await;
    unsigned(&mut wire, &scene).await;
    full(&mut wire, &scene).await;
    often(&mut wire, &scene).await;
    nothing_there(&mut wire, &scene).await;
    scene.relay.shutdown().await.unwrap();

    let short = |config: &mut RelayConfig| config.limits.body = Duration::from_millis(300);
    let scene = open(&clock, few.path(), short).await;
    let key = mailbox_key(1);
    let own = |ask| scene.signed(&key, ask);
    wire.expect(&scene.relay, &own(create(&key)), 201, "").await;
    bodies(&mut wire, &scene).await;
    wire.expect(&scene.relay, &own(append(&key, &[1])), 200, "")
        .await;
    wire.expect(&scene.relay, &own(put_blob(&key, 4, 500)), 200, "")
        .await;
    scene.relay.shutdown().await.unwrap();
    let none =
        |config: &mut RelayConfig| (config.limits.memory_bytes, config.limits.polls) = (0, 0);
    let scene = open(&clock, few.path(), none).await;
    busy(&mut wire, &scene).await;
    scene.relay.shutdown().await.unwrap();
    let scene = open(&clock, few.path(), |_| {}).await;
    let other = rusqlite::Connection::open(few.path().join("relay.sqlite")).unwrap();
    let drop = "DROP TABLE mailbox; DROP TABLE slot; DROP TABLE dropped";
    other.execute_batch(drop).unwrap();
    broken(&mut wire, &scene).await;
    scene.relay.shutdown().await.unwrap();

    let key = OperatorKey::make().unwrap();
    let careful = |config: &mut RelayConfig| {
        config.operator_key = Some(key);
        config.metrics = MetricsAccess::Off;
    };
    let scene = open(&clock, codes.path(), careful).await;
    let key = mailbox_key(1);
    let ask = scene.signed(&key, create(&key));
    wire.expect(&scene.relay, &ask, 403, "token_required").await;
    let guess = ask.header("belay-token", "guess");
    wire.expect(&scene.relay, &guess, 403, "token_refused")
        .await;
    wire.expect(
        &scene.relay,
        &Ask::new("GET", path::METRICS),
        404,
        "not_found",
    )
    .await;
    scene.relay.shutdown().await.unwrap();

    let found = [differences(&document, &wire.seen), wire.wrong].concat();
    assert!(found.is_empty(), "{}", found.join("\n"));
    a_document_that_says_otherwise_is_found_out(&document, &wire.seen);
}

/// The check above can fail: for an answer, a method or a path too few or too many.
fn a_document_that_says_otherwise_is_found_out(
    document: &Document,
    seen: &BTreeSet<common::openapi::Witness>,
) {
    let changed = |change: &dyn Fn(&mut Value)| {
        let mut other = document.0.clone();
        change(&mut other);
        // What was seen is named by the paths of the document that is being checked.
        let other = Document(other);
        let renamed = seen.iter().map(|(method, path, status, code)| {
            let known = path == NOWHERE || other.0["paths"].get(path).is_some();
            let path = if known { path.as_str() } else { NOWHERE };
            (method.clone(), path.to_owned(), *status, code.clone())
        });
        differences(&other, &renamed.collect()).len()
    };
    assert_eq!(changed(&|_| {}), 0);
    let paths = |document: &mut Value| document["paths"].as_object_mut().unwrap().clone();
    let too_few = changed(&|document| {
        document["paths"]
            .as_object_mut()
            .unwrap()
            .remove("/v1/info");
    });
    assert!(too_few > 0, "a path the relay has and the document has not");
    let too_many = changed(&|document| {
        let info = paths(document)["/v1/info"].clone();
        document["paths"]["/v1/more"] = info;
    });
    assert_eq!(too_many, 1, "a path the document has and the relay has not");
    let method = changed(&|document| {
        let blobs = document["paths"]["/v1/mailboxes/{pk}/blobs/{id}"].as_object_mut();
        blobs.unwrap().remove("delete");
    });
    assert!(
        method > 0,
        "a method the relay has and the document has not"
    );
    let status = changed(&|document| {
        let answers = document["paths"]["/healthz"]["get"]["responses"].as_object_mut();
        answers.unwrap().remove("500");
    });
    assert_eq!(
        status, 1,
        "an answer the relay gives and the document does not name"
    );
}
