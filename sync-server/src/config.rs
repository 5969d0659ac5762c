//! What a relay is told before it starts, after flags, environment and file were put together.

use std::net::{IpAddr, Ipv4Addr, SocketAddr};
use std::path::PathBuf;
use std::time::Duration;

use belay_protocol::relay::{RelayOrigin, limits as protocol};

use crate::token::OperatorKey;

/// The port a relay listens on unless told otherwise.
pub const DEFAULT_PORT: u16 = 8117;

/// Where mailboxes are kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum EngineChoice {
    /// In memory; gone when the relay ends.
    Memory,
    /// In a SQLite database in this folder.
    Sqlite(PathBuf),
}

/// Certificate chain and private key, both PEM files.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TlsFiles {
    /// The chain, the relay's own certificate first.
    pub certificate: PathBuf,
    /// The private key.
    pub key: PathBuf,
}

/// Who may read the counts at `/metrics`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MetricsAccess {
    /// Nobody.
    Off,
    /// Programs on this machine that come without a proxy.
    Local,
    /// Anybody. On a relay of few people the counts tell when somebody was active.
    Open,
}

/// Everything a relay needs to know. [`RelayConfig::default`] is a relay in memory on a free loopback
/// port, as a test or a demonstration wants it.
#[derive(Clone, Debug)]
pub struct RelayConfig {
    /// Address to listen on; port 0 takes a free one.
    pub listen: SocketAddr,
    /// The origin that clients use and sign for. `None`: the scheme and the address listened on.
    pub public_origin: Option<RelayOrigin>,
    /// Where mailboxes are kept.
    pub engine: EngineChoice,
    /// Serves TLS if given, else plain HTTP.
    pub tls: Option<TlsFiles>,
    /// Whether a proxy in front names the client's address last in `X-Forwarded-For`.
    pub behind_proxy: bool,
    /// New mailboxes need a token of this key; `None` gives them to anybody.
    pub operator_key: Option<OperatorKey>,
    /// Who may read the counts.
    pub metrics: MetricsAccess,
    /// Limits.
    pub limits: RelayLimits,
}

/// Numbers that bound what a relay spends.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RelayLimits {
    /// Most bytes in one mailbox.
    pub mailbox_bytes: u64,
    /// Most bytes of blobs in one mailbox, beside its envelopes; 0 takes none.
    pub blob_bytes: u64,
    /// Most mailboxes.
    pub mailboxes: u64,
    /// Most bytes in all rendezvous slots.
    pub rendezvous_bytes: u64,
    /// Most connections at a time; more wait to be accepted.
    pub connections: usize,
    /// Most long polls at a time.
    pub polls: usize,
    /// Most long polls of one mailbox at a time.
    pub polls_per_mailbox: usize,
    /// Most bytes of request and answer bodies held in memory at a time.
    pub memory_bytes: usize,
    /// How long a TLS handshake, a request's head, or a client that takes nothing in may last.
    pub stall: Duration,
    /// How long a request's body may take in all.
    pub body: Duration,
    /// After how much silence a live connection says that it is there.
    pub quiet: Duration,
    /// How long a live connection lasts at most.
    pub live: Duration,
    /// How long requests under way may take to end when the relay stops.
    pub drain: Duration,
    /// Days without a signed request until a mailbox expires.
    pub idle_days: u32,
    /// Days an expired mailbox is kept on and can be used again.
    pub grace_days: u32,
}

impl Default for RelayLimits {
    fn default() -> Self {
        Self {
            mailbox_bytes: 256 << 20,
            blob_bytes: 256 << 20,
            mailboxes: 10_000,
            rendezvous_bytes: 64 << 20,
            connections: 8_192,
            polls: 4_096,
            polls_per_mailbox: 128,
            memory_bytes: 128 << 20,
            stall: Duration::from_secs(30),
            body: Duration::from_secs(60),
            quiet: Duration::from_secs(protocol::LIVE_QUIET_SECONDS),
            live: Duration::from_secs(protocol::LIVE_SECONDS_MAX),
            drain: Duration::from_secs(10),
            idle_days: 180,
            grace_days: 30,
        }
    }
}

impl Default for RelayConfig {
    fn default() -> Self {
        Self {
            listen: SocketAddr::new(IpAddr::V4(Ipv4Addr::LOCALHOST), 0),
            public_origin: None,
            engine: EngineChoice::Memory,
            tls: None,
            behind_proxy: false,
            operator_key: None,
            metrics: MetricsAccess::Local,
            limits: RelayLimits::default(),
        }
    }
}
