//! How much of the rendezvous slots one caller may fill.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test may stop at the first surprise"
)]

use crate::common;

use belay_relay::{RelayConfig, RelayLimits, RunningRelay};
use common::{DAY_MS, HandClock, config, start};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

/// Puts a body as the proxy of somebody at `address` would, and gives the status.
async fn put_from(relay: &RunningRelay, address: &str, target: &str, body: &[u8]) -> u16 {
    let head = format!(
        "PUT {target} HTTP/1.1\r\nhost: relay\r\nx-forwarded-for: {address}\r\n\
         content-length: {}\r\nconnection: close\r\n\r\n",
        body.len()
    );
    let mut stream = TcpStream::connect(relay.addr()).await.unwrap();
    stream.write_all(head.as_bytes()).await.unwrap();
    stream.write_all(body).await.unwrap();
    let mut answer = String::new();
    stream.read_to_string(&mut answer).await.unwrap();
    answer.split(' ').nth(1).unwrap().parse().unwrap()
}

#[tokio::test]
async fn nobody_fills_all_rendezvous_alone_and_those_of_seven_days_leave_room_for_the_others() {
    let clock = HandClock::new();
    let proxied = RelayConfig {
        behind_proxy: true,
        limits: RelayLimits {
            rendezvous_bytes: 4 << 20,
            ..config().limits
        },
        ..config()
    };
    let relay = start(proxied, &clock).await;
    let large = vec![1; 256 * 1024];
    let mut number = 0_u16;
    let mut put = async |address: &str, life: &str| {
        number += 1;
        let target = format!("/v1/rendezvous/{number:032x}/3?life={life}");
        put_from(&relay, address, &target, &large).await
    };
    for _ in 0..4 {
        assert_eq!(put("192.0.2.1", "link").await, 201);
    }
    assert_eq!(put("192.0.2.1", "link").await, 429);
    for neighbour in ["192.0.2.2", "192.0.2.3"] {
        for _ in 0..4 {
            assert_eq!(put(neighbour, "link").await, 201);
        }
    }
    // Three of four MiB are full: nothing more that lasts seven days, but a pairing in person goes on.
    assert_eq!(put("192.0.2.4", "link").await, 507);
    assert_eq!(put("192.0.2.4", "code").await, 201);
    clock.advance(7 * DAY_MS);
    assert_eq!(put("192.0.2.1", "link").await, 201);
    relay.shutdown().await.unwrap();
}
