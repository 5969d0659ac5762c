//! What a relay says about itself, and about a mailbox it made.

use serde::{Deserialize, Serialize};

use super::Generation;

/// What a relay asks of someone who wants a new mailbox.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Creation {
    /// Nothing.
    Open,
    /// A token handed out by who runs it.
    Codes,
}

/// A relay's limits, in bytes and numbers.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct InfoLimits {
    /// Most bytes of one envelope.
    pub envelope_bytes: u64,
    /// Most bytes of one append.
    pub append_bytes: u64,
    /// Most envelopes in one append.
    pub append_envelopes: u64,
    /// Most envelopes in one page.
    pub page_envelopes: u64,
    /// Most bytes in one page.
    pub page_bytes: u64,
    /// Longest long poll in seconds.
    pub wait_seconds: u64,
    /// Most bytes a mailbox holds.
    pub mailbox_bytes: u64,
    /// Most bytes of one blob; 0 where the relay takes none.
    #[serde(default)]
    pub blob_bytes: u64,
    /// Most bytes of blobs a mailbox holds.
    #[serde(default)]
    pub mailbox_blob_bytes: u64,
    /// Days without a signed request until a mailbox expires.
    pub idle_days: u64,
    /// Days an expired mailbox is kept on.
    pub grace_days: u64,
}

/// The answer to `GET /v1/info`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Info {
    /// Versions of the protocol it speaks; this is 1.
    pub protocol: Vec<u32>,
    /// The program and its version, for people.
    pub software: String,
    /// The origin its clients must sign for.
    pub origin: String,
    /// Its clock, milliseconds since 1970.
    pub time_ms: i64,
    /// What a new mailbox costs.
    pub creation: Creation,
    /// Its limits.
    pub limits: InfoLimits,
}

/// The answer to the creation of a mailbox. Creating one that exists gives the same.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct MailboxCreated {
    /// Its generation.
    #[serde(rename = "gen")]
    pub generation: Generation,
    /// Number of its last envelope.
    pub head: u64,
    /// Most bytes it holds.
    pub quota_bytes: u64,
    /// When it expires if nobody makes a signed request any more, milliseconds since 1970.
    pub expires_at_ms: i64,
}
