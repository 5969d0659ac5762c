//! The requests that a relay's document names, and a relay they are sent to.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test may stop at the first surprise"
)]

use belay_crypto::{MailboxKey, envelope_id, erase_hash};
use belay_protocol::relay::{BlobId, MailboxPk, RendezvousId, path};
use belay_relay::{Clock, RunningRelay};
use data_encoding::HEXLOWER;
use serde_json::{Value, json};

use super::wire::Ask;
use super::{HandClock, envelope, mailbox_key, token};

pub const HOUR_MS: i64 = 3_600_000;

/// One relay under test, and the time.
pub struct Scene<'a> {
    pub relay: RunningRelay,
    pub clock: &'a HandClock,
}

impl Scene<'_> {
    pub fn signed(&self, key: &MailboxKey, ask: Ask) -> Ask {
        ask.signed(&self.relay.origin().to_string(), key, self.clock.now_ms())
    }

    /// An order to watch a mailbox, signed at `time_ms` by the key with this number.
    pub fn watch(&self, key: u8, time_ms: i64) -> Value {
        let key = mailbox_key(key);
        let pk = MailboxPk::from_bytes(key.public());
        let asked = Ask::new("GET", path::live(&pk));
        let asked = asked.signed(&self.relay.origin().to_string(), &key, time_ms);
        let signature = asked.headers.split("belay-signature: ").nth(1).unwrap();
        json!({"mailbox": pk, "signature": signature.trim()})
    }

    pub fn live(&self, watch: &[Value], time_ms: i64) -> Ask {
        let order = json!({"time_ms": time_ms, "watch": watch});
        Ask::new("POST", path::LIVE).body(order.to_string())
    }
}

pub fn pk(key: &MailboxKey) -> MailboxPk {
    MailboxPk::from_bytes(key.public())
}

pub fn blob(number: u8) -> BlobId {
    BlobId::from_bytes([number; 32])
}

pub fn put_blob(key: &MailboxKey, number: u8, bytes: usize) -> Ask {
    let hash = HEXLOWER.encode(&erase_hash(&token(u64::from(number))));
    Ask::new("PUT", path::blob(&pk(key), &blob(number)))
        .query(format!("offset=0&total={bytes}&erase_hash={hash}"))
        .body(vec![number; bytes])
}

pub fn get_blob(key: &MailboxKey, number: u8) -> Ask {
    Ask::new("GET", path::blob(&pk(key), &blob(number))).query("offset=0&bytes=999")
}

pub fn erase_blob(key: &MailboxKey, number: u8) -> Ask {
    let token = HEXLOWER.encode(&token(u64::from(number)));
    Ask::new("DELETE", path::blob(&pk(key), &blob(number)))
        .body(json!({"token": token}).to_string())
}

pub fn erase(key: &MailboxKey, numbers: &[u64]) -> Ask {
    let order = |number: &u64| {
        let id = envelope_id(&envelope(key, *number, 200));
        json!({"env_id": id, "token": HEXLOWER.encode(&token(*number)), "grace_days": 0})
    };
    let orders: Vec<_> = numbers.iter().map(order).collect();
    Ask::new("POST", path::erase(&pk(key))).body(Value::from(orders).to_string())
}

pub fn append(key: &MailboxKey, numbers: &[u64]) -> Ask {
    let envelopes: Vec<_> = numbers.iter().map(|n| envelope(key, *n, 200)).collect();
    Ask::new("POST", path::envelopes(&pk(key))).body(envelopes.concat())
}

pub fn create(key: &MailboxKey) -> Ask {
    Ask::new("PUT", path::mailbox(&pk(key)))
}

pub fn slot(method: &'static str, meeting: u8, number: u8) -> Ask {
    let id = RendezvousId::from_bytes([meeting; 16]);
    Ask::new(
        method,
        path::rendezvous(&id, number.to_string().parse().unwrap()),
    )
}

pub fn read(key: &MailboxKey) -> Ask {
    Ask::new("GET", path::envelopes(&pk(key)))
}

pub fn live(key: &MailboxKey) -> Ask {
    Ask::new("GET", path::live(&pk(key)))
}

/// Every request that speaks for the mailbox of a key.
pub fn all_signed(key: &MailboxKey) -> Vec<Ask> {
    vec![
        create(key),
        read(key),
        append(key, &[50]),
        erase(key, &[50]),
        live(key),
        put_blob(key, 50, 100),
        get_blob(key, 50),
        erase_blob(key, 50),
    ]
}
