//! Settings: a flag wins over the environment, the environment over the file, the file over the
//! default.

use std::net::{IpAddr, Ipv4Addr, SocketAddr};
use std::path::{Path, PathBuf};

use clap::{Args, ValueEnum};
use serde::Deserialize;

use super::key_file;
use crate::config::{
    DEFAULT_PORT, EngineChoice, MetricsAccess, RelayConfig, RelayLimits, TlsFiles,
};
use crate::error::RelayError;

const DEFAULT_DATA: &str = "relay-data";
const DAYS_MAX: u32 = 3_650;

/// Which engine keeps the mailboxes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum EngineSetting {
    /// SQLite in the data folder.
    Sqlite,
    /// Memory: everything is gone when the relay ends.
    Memory,
}

/// Who may make a mailbox.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum CreationSetting {
    /// Anybody.
    Open,
    /// Who has a token from `belay-relay codes`.
    Codes,
}

/// Who may read the counts at `/metrics`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum MetricsSetting {
    /// Nobody.
    Off,
    /// Programs on this machine that come without a proxy.
    Local,
    /// Anybody.
    Open,
}

/// How much is logged.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum LogLevel {
    /// What went wrong.
    Error,
    /// And what is odd.
    Warn,
    /// And start, stop and sweeps.
    Info,
    /// And the code of every refusal.
    Debug,
}

/// All settings, each one optional. The names are the same in the file; in the environment they are in
/// capitals after `BELAY_RELAY_`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Args, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Settings {
    /// Address and port to listen on [default: 127.0.0.1:8117]
    #[arg(
        long,
        global = true,
        env = "BELAY_RELAY_LISTEN",
        value_name = "ADDR:PORT"
    )]
    pub listen: Option<SocketAddr>,
    /// Origin that clients use, such as `https://relay.example` [default: the address listened on]
    #[arg(
        long,
        global = true,
        env = "BELAY_RELAY_PUBLIC_ORIGIN",
        value_name = "ORIGIN"
    )]
    pub public_origin: Option<String>,
    /// Folder of the database and the operator key [default: relay-data]
    #[arg(long, global = true, env = "BELAY_RELAY_DATA", value_name = "FOLDER")]
    pub data: Option<PathBuf>,
    /// Where mailboxes are kept [default: sqlite]
    #[arg(long, global = true, env = "BELAY_RELAY_ENGINE")]
    pub engine: Option<EngineSetting>,
    /// Certificate chain in PEM; with --tls-key, serves TLS
    #[arg(
        long,
        global = true,
        env = "BELAY_RELAY_TLS_CERTIFICATE",
        value_name = "FILE"
    )]
    pub tls_certificate: Option<PathBuf>,
    /// Private key in PEM
    #[arg(long, global = true, env = "BELAY_RELAY_TLS_KEY", value_name = "FILE")]
    pub tls_key: Option<PathBuf>,
    /// Believe the last address in X-Forwarded-For; only behind a proxy that sets it
    #[arg(long, global = true, env = "BELAY_RELAY_BEHIND_PROXY", num_args = 0..=1, require_equals = true, default_missing_value = "true")]
    pub behind_proxy: Option<bool>,
    /// Who may make a mailbox [default: open]
    #[arg(long, global = true, env = "BELAY_RELAY_CREATION")]
    pub creation: Option<CreationSetting>,
    /// Most MiB in one mailbox [default: 256]
    #[arg(
        long,
        global = true,
        env = "BELAY_RELAY_MAILBOX_MIB",
        value_name = "MIB"
    )]
    pub mailbox_mib: Option<u32>,
    /// Most MiB of attachments in one mailbox, 0 for none [default: 256]
    #[arg(long, global = true, env = "BELAY_RELAY_BLOB_MIB", value_name = "MIB")]
    pub blob_mib: Option<u32>,
    /// Most mailboxes [default: 10000]
    #[arg(
        long,
        global = true,
        env = "BELAY_RELAY_MAILBOXES",
        value_name = "NUMBER"
    )]
    pub mailboxes: Option<u32>,
    /// Most MiB in all rendezvous slots [default: 64]
    #[arg(
        long,
        global = true,
        env = "BELAY_RELAY_RENDEZVOUS_MIB",
        value_name = "MIB"
    )]
    pub rendezvous_mib: Option<u32>,
    /// Most connections at a time [default: 8192]
    #[arg(
        long,
        global = true,
        env = "BELAY_RELAY_CONNECTIONS",
        value_name = "NUMBER"
    )]
    pub connections: Option<u32>,
    /// Most long polls at a time [default: 4096]
    #[arg(long, global = true, env = "BELAY_RELAY_POLLS", value_name = "NUMBER")]
    pub polls: Option<u32>,
    /// Most MiB of request and answer bodies in memory [default: 128]
    #[arg(
        long,
        global = true,
        env = "BELAY_RELAY_MEMORY_MIB",
        value_name = "MIB"
    )]
    pub memory_mib: Option<u32>,
    /// Days without a request until a mailbox expires [default: 180]
    #[arg(
        long,
        global = true,
        env = "BELAY_RELAY_IDLE_DAYS",
        value_name = "DAYS"
    )]
    pub idle_days: Option<u32>,
    /// Days an expired mailbox is kept on [default: 30]
    #[arg(
        long,
        global = true,
        env = "BELAY_RELAY_GRACE_DAYS",
        value_name = "DAYS"
    )]
    pub grace_days: Option<u32>,
    /// Who may read the counts at /metrics [default: local]
    #[arg(long, global = true, env = "BELAY_RELAY_METRICS")]
    pub metrics: Option<MetricsSetting>,
    /// How much is logged [default: info]
    #[arg(long, global = true, env = "BELAY_RELAY_LOG")]
    pub log: Option<LogLevel>,
}

impl Settings {
    /// Reads a TOML file. Reads from disk.
    ///
    /// # Errors
    /// `File` if it cannot be read, `Setting` if a name or value is wrong.
    pub fn read(path: &Path) -> Result<Self, RelayError> {
        let text = std::fs::read_to_string(path).map_err(|source| RelayError::File {
            path: path.to_owned(),
            source,
        })?;
        toml::from_str(&text).map_err(|error| RelayError::Setting {
            name: "config",
            reason: format!("{}: {error}", path.display()),
        })
    }

    /// These settings, and `fallback`'s where these say nothing.
    #[must_use]
    pub fn or(self, fallback: Self) -> Self {
        Self {
            listen: self.listen.or(fallback.listen),
            public_origin: self.public_origin.or(fallback.public_origin),
            data: self.data.or(fallback.data),
            engine: self.engine.or(fallback.engine),
            tls_certificate: self.tls_certificate.or(fallback.tls_certificate),
            tls_key: self.tls_key.or(fallback.tls_key),
            behind_proxy: self.behind_proxy.or(fallback.behind_proxy),
            creation: self.creation.or(fallback.creation),
            mailbox_mib: self.mailbox_mib.or(fallback.mailbox_mib),
            blob_mib: self.blob_mib.or(fallback.blob_mib),
            mailboxes: self.mailboxes.or(fallback.mailboxes),
            rendezvous_mib: self.rendezvous_mib.or(fallback.rendezvous_mib),
            connections: self.connections.or(fallback.connections),
            polls: self.polls.or(fallback.polls),
            memory_mib: self.memory_mib.or(fallback.memory_mib),
            idle_days: self.idle_days.or(fallback.idle_days),
            grace_days: self.grace_days.or(fallback.grace_days),
            metrics: self.metrics.or(fallback.metrics),
            log: self.log.or(fallback.log),
        }
    }

    /// The folder for the database and the operator key.
    #[must_use]
    pub fn data(&self) -> PathBuf {
        self.data.clone().unwrap_or_else(|| DEFAULT_DATA.into())
    }

    /// How much is logged.
    #[must_use]
    pub fn log(&self) -> LogLevel {
        self.log.unwrap_or(LogLevel::Info)
    }

    /// What the relay is started with. Reads the operator key, or makes one, where tokens are asked
    /// for.
    ///
    /// # Errors
    /// `Setting` for values that do not go together, `File` for the key.
    pub fn relay_config(&self) -> Result<RelayConfig, RelayError> {
        let operator_key = match self.creation.unwrap_or(CreationSetting::Open) {
            CreationSetting::Open => None,
            CreationSetting::Codes => Some(key_file::read_or_make(&self.data())?),
        };
        let tls = match (&self.tls_certificate, &self.tls_key) {
            (Some(certificate), Some(key)) => Some(TlsFiles {
                certificate: certificate.clone(),
                key: key.clone(),
            }),
            (None, None) => None,
            _ => return Err(setting("tls_key", "certificate and key go together")),
        };
        let public_origin = match &self.public_origin {
            Some(text) => Some(text.parse().map_err(|_| {
                setting(
                    "public_origin",
                    "must be like https://relay.example, without a path",
                )
            })?),
            None => None,
        };
        let default = SocketAddr::new(IpAddr::V4(Ipv4Addr::LOCALHOST), DEFAULT_PORT);
        Ok(RelayConfig {
            listen: self.listen.unwrap_or(default),
            public_origin,
            engine: match self.engine.unwrap_or(EngineSetting::Sqlite) {
                EngineSetting::Memory => EngineChoice::Memory,
                EngineSetting::Sqlite => EngineChoice::Sqlite(self.data()),
            },
            tls,
            behind_proxy: self.behind_proxy.unwrap_or(false),
            operator_key,
            metrics: match self.metrics.unwrap_or(MetricsSetting::Local) {
                MetricsSetting::Off => MetricsAccess::Off,
                MetricsSetting::Local => MetricsAccess::Local,
                MetricsSetting::Open => MetricsAccess::Open,
            },
            limits: self.limits()?,
        })
    }

    fn limits(&self) -> Result<RelayLimits, RelayError> {
        let default = RelayLimits::default();
        let mib = |given: Option<u32>, default: u64| given.map_or(default, |n| u64::from(n) << 20);
        let days = |name, given: Option<u32>, default: u32, least: u32| {
            let days = given.unwrap_or(default);
            if (least..=DAYS_MAX).contains(&days) {
                Ok(days)
            } else {
                Err(setting(name, "must be a number of days up to 3650"))
            }
        };
        let count = |name, given: Option<u32>, default: usize| match given {
            Some(0) => Err(setting(name, "must not be 0")),
            Some(n) => Ok(n as usize),
            None => Ok(default),
        };
        let memory_mib = self
            .memory_mib
            .map_or(default.memory_bytes >> 20, |n| n as usize);
        if !(8..=16_384).contains(&memory_mib) {
            return Err(setting("memory_mib", "must be from 8 to 16384"));
        }
        Ok(RelayLimits {
            mailbox_bytes: mib(self.mailbox_mib, default.mailbox_bytes),
            blob_bytes: mib(self.blob_mib, default.blob_bytes),
            mailboxes: self.mailboxes.map_or(default.mailboxes, u64::from),
            rendezvous_bytes: mib(self.rendezvous_mib, default.rendezvous_bytes),
            connections: count("connections", self.connections, default.connections)?,
            polls: count("polls", self.polls, default.polls)?,
            memory_bytes: memory_mib << 20,
            idle_days: days("idle_days", self.idle_days, default.idle_days, 1)?,
            grace_days: days("grace_days", self.grace_days, default.grace_days, 0)?,
            ..default
        })
    }
}

fn setting(name: &'static str, reason: &str) -> RelayError {
    RelayError::Setting {
        name,
        reason: reason.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test may stop at the first surprise")]

    use super::*;

    #[test]
    fn the_example_file_is_understood_and_says_the_defaults() {
        let example = include_str!("../../relay.example.toml");
        let said: String = example
            .lines()
            .map(|line| {
                line.strip_prefix("# ")
                    .filter(|line| line.contains(" = "))
                    .unwrap_or(line)
            })
            .filter(|line| !line.starts_with("tls_") && !line.starts_with("public_origin"))
            .map(|line| format!("{line}\n"))
            .collect();
        let settings: Settings = toml::from_str(&said).unwrap();
        assert!(settings.listen.is_some() && settings.log.is_some());
        let config = settings.relay_config().unwrap();
        let default = Settings::default().relay_config().unwrap();
        assert_eq!(format!("{config:?}"), format!("{default:?}"));
        assert_eq!(settings.log(), LogLevel::Info);
        assert!(toml::from_str::<Settings>(example).is_ok());
    }

    #[test]
    fn a_flag_wins_over_the_file() {
        let file: Settings = toml::from_str("mailboxes = 5\npolls = 6").unwrap();
        let flags = Settings {
            polls: Some(7),
            ..Settings::default()
        };
        let both = flags.or(file);
        assert_eq!((both.mailboxes, both.polls), (Some(5), Some(7)));
    }

    #[test]
    fn what_makes_no_sense_is_refused_by_name() {
        assert!(toml::from_str::<Settings>("mailboxs = 5").is_err());
        for (text, wrong) in [
            ("tls_key = 'x'", "tls_key"),
            ("public_origin = 'relay.example'", "public_origin"),
            ("connections = 0", "connections"),
            ("memory_mib = 1", "memory_mib"),
            ("idle_days = 0", "idle_days"),
        ] {
            let settings: Settings = toml::from_str(text).unwrap();
            match settings.relay_config() {
                Err(RelayError::Setting { name, .. }) => assert_eq!(name, wrong),
                other => assert!(other.is_err(), "{text} was taken"),
            }
        }
    }
}
