//! Logs: one JSON object a line on standard error, from this crate only, so that no library adds an
//! address or a path to them.

use std::io;

use tracing_subscriber::EnvFilter;

use super::settings::LogLevel;

/// Starts logging for the whole process; does nothing if it was started before.
pub fn start_logging(level: LogLevel) {
    let filter = match level {
        LogLevel::Error => "belay_relay=error",
        LogLevel::Warn => "belay_relay=warn",
        LogLevel::Info => "belay_relay=info",
        LogLevel::Debug => "belay_relay=debug",
    };
    let subscriber = tracing_subscriber::fmt()
        .json()
        .with_env_filter(EnvFilter::new(filter))
        .with_writer(io::stderr)
        .finish();
    // Fails only where a subscriber is installed already, which then is who wants the logs.
    let _ = tracing::subscriber::set_global_default(subscriber);
}
