//! What the relay tells about itself: its counts, and the document that describes it.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test may stop at the first surprise"
)]

use crate::common;

use std::collections::BTreeSet;

use belay_protocol::relay::path;
use belay_relay::{MetricsAccess, RelayConfig};
use common::openapi::Document;
use common::wire::{Ask, Wire};
use common::{HandClock, start};
use serde_json::json;

#[tokio::test]
async fn counts_are_for_this_machine_unless_the_operator_says_otherwise() {
    let clock = HandClock::new();
    let document = Document(json!({"paths": {}}));
    let mut wire = Wire {
        document: &document,
        seen: BTreeSet::new(),
        wrong: Vec::new(),
    };
    let here = Ask::new("GET", path::METRICS);
    for (metrics, directly, through_a_proxy) in [
        (MetricsAccess::Local, 200, 404),
        (MetricsAccess::Open, 200, 200),
        (MetricsAccess::Off, 404, 404),
    ] {
        let config = RelayConfig {
            metrics,
            ..RelayConfig::default()
        };
        let relay = start(config, &clock).await;
        assert_eq!(wire.ask(&relay, &here).await.0, directly, "{metrics:?}");
        for name in ["x-forwarded-for", "forwarded", "via"] {
            let passed_on = here.clone().header(name, "192.0.2.1");
            let (status, _) = wire.ask(&relay, &passed_on).await;
            assert_eq!(status, through_a_proxy, "{metrics:?} {name}");
        }
        relay.shutdown().await.unwrap();
    }
}

#[tokio::test]
async fn the_document_is_served_as_it_was_checked() {
    let clock = HandClock::new();
    let relay = start(RelayConfig::default(), &clock).await;
    let document = Document(json!({"paths": {}}));
    let mut wire = Wire {
        document: &document,
        seen: BTreeSet::new(),
        wrong: Vec::new(),
    };
    let body = wire.fetch(&relay, path::OPENAPI).await;
    assert_eq!(body, include_str!("../../src/http/openapi.json"));
    let counts = wire.fetch(&relay, path::METRICS).await;
    let line = "belay_relay_requests_total{operation=\"describe\",result=\"ok\"} 1\n";
    assert!(counts.contains(line), "{counts}");
    for label in counts.split('{').skip(1) {
        let names = label.split('}').next().unwrap().split(',');
        let known = |name: &str| name.starts_with("operation=") || name.starts_with("result=");
        assert!(names.clone().all(known), "{label}");
    }
    relay.shutdown().await.unwrap();
}
