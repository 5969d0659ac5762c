//! What can stop a relay from starting or going on. What a client is told is a `Problem`.

use std::net::SocketAddr;
use std::path::PathBuf;

/// Why the relay does not run. Meant for who runs it, so it names files and addresses.
#[derive(Debug, thiserror::Error)]
pub enum RelayError {
    /// A setting is not usable.
    #[error("setting {name}: {reason}")]
    Setting {
        /// Name of the setting as it stands in the file.
        name: &'static str,
        /// What is wrong with it.
        reason: String,
    },
    /// A file cannot be read or written.
    #[error("{path}: {source}")]
    File {
        /// The file.
        path: PathBuf,
        /// What the system said.
        source: std::io::Error,
    },
    /// The address cannot be listened on.
    #[error("cannot listen on {addr}: {source}")]
    Listen {
        /// The address.
        addr: SocketAddr,
        /// What the system said.
        source: std::io::Error,
    },
    /// Another relay works on the same data.
    #[error("another relay is running on {0}")]
    InUse(PathBuf),
    /// Something stands where a copy should go, and it is not overwritten.
    #[error("{0} is there already; move it away or name another folder")]
    InTheWay(PathBuf),
    /// There is no whole copy of a relay's data.
    #[error("{0} is not the whole data of a relay")]
    NotABackup(PathBuf),
    /// The certificate or key is not usable.
    #[error("TLS: {0}")]
    Tls(#[from] rustls::Error),
    /// The database was written by a newer version.
    #[error("the data was written by a newer relay (schema {found}, this one knows {known})")]
    NewerData {
        /// Version found.
        found: i64,
        /// Newest version known here.
        known: i64,
    },
    /// The database does not work.
    #[error("database: {0}")]
    Database(#[from] rusqlite::Error),
    /// The system gives no random bytes.
    #[error("no randomness from the system")]
    NoRandomness,
    /// The machinery around (signals, runtime) failed.
    #[error("system: {0}")]
    System(#[from] std::io::Error),
}
