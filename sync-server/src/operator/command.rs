//! The operator's command line.

use std::io::Write;
use std::path::PathBuf;
use std::sync::Arc;

use clap::{Parser, Subcommand};

use super::key_file;
use super::logging::start_logging;
use super::settings::Settings;
use crate::clock::{Clock, SystemClock};
use crate::engine::SqliteEngine;
use crate::error::RelayError;
use crate::relay::Relay;

const DAY_MS: i64 = 86_400_000;

/// A small blind relay for sealed envelopes
#[derive(Debug, Parser)]
#[command(name = "belay-relay", version)]
pub struct RelayCommand {
    /// TOML file with settings; flags and environment win over it
    #[arg(long, global = true, env = "BELAY_RELAY_CONFIG", value_name = "FILE")]
    pub config: Option<PathBuf>,
    /// The settings given as flags or in the environment
    #[command(flatten)]
    pub settings: Settings,
    /// What to do
    #[command(subcommand)]
    pub command: Option<Command>,
}

/// What an operator can do.
#[derive(Clone, Debug, PartialEq, Eq, Subcommand)]
pub enum Command {
    /// Run the relay until it is told to stop (the default)
    Serve,
    /// Print a batch of 24 tokens, each good for one mailbox, for one person
    Codes {
        /// Days the tokens can be used
        #[arg(long, default_value_t = 800, value_parser = clap::value_parser!(u16).range(1..=3650))]
        days: u16,
    },
    /// Copy all data into a new folder, as of one moment; the relay may go on running
    Backup {
        /// Folder that the copy goes to
        folder: PathBuf,
    },
    /// Put a copy made by `backup` into the data folder, which must hold no data
    Restore {
        /// Folder that the copy is in
        folder: PathBuf,
    },
    /// Say that the database was put back by other means, so that readers look again from the start
    Restored,
}

impl RelayCommand {
    /// Does what was asked; `serve` returns when the relay has stopped. Reads and writes files, writes
    /// to `out`, logs to standard error.
    ///
    /// # Errors
    /// Whatever kept it from being done.
    pub async fn run(self, out: &mut (dyn Write + Send)) -> Result<(), RelayError> {
        let settings = match &self.config {
            Some(path) => self.settings.or(Settings::read(path)?),
            None => self.settings,
        };
        match self.command.unwrap_or(Command::Serve) {
            Command::Serve => serve(&settings, out).await,
            Command::Codes { days } => {
                let key = key_file::read_or_make(&settings.data())?;
                let expires_ms = SystemClock.now_ms() + i64::from(days) * DAY_MS;
                for token in key.make_batch(expires_ms)? {
                    writeln!(out, "{token}")?;
                }
                Ok(())
            }
            Command::Backup { folder } => {
                SqliteEngine::back_up(&settings.data(), &folder)?;
                key_file::copy(&settings.data(), &folder)?;
                writeln!(out, "copied to {}", folder.display())?;
                Ok(())
            }
            Command::Restore { folder } => {
                let count = SqliteEngine::restore(&settings.data(), &folder)?;
                key_file::copy(&folder, &settings.data())?;
                writeln!(out, "restored; {count} mailboxes have a new generation")?;
                Ok(())
            }
            Command::Restored => {
                let count = SqliteEngine::renew_generations(&settings.data())?;
                writeln!(out, "{count} mailboxes have a new generation")?;
                Ok(())
            }
        }
    }
}

async fn serve(settings: &Settings, out: &mut (dyn Write + Send)) -> Result<(), RelayError> {
    start_logging(settings.log());
    // Listening for signals first: one that comes early must not be lost.
    let stop = stop_signal()?;
    let relay = Relay::start(settings.relay_config()?, Arc::new(SystemClock)).await?;
    writeln!(out, "listening on {} as {}", relay.addr(), relay.origin())?;
    out.flush()?;
    stop.await;
    relay.shutdown().await
}

#[cfg(unix)]
fn stop_signal() -> Result<impl Future<Output = ()>, RelayError> {
    use tokio::signal::unix::{SignalKind, signal};
    let mut terminate = signal(SignalKind::terminate())?;
    let mut interrupt = signal(SignalKind::interrupt())?;
    Ok(async move {
        tokio::select! {
            _ = terminate.recv() => {}
            _ = interrupt.recv() => {}
        }
    })
}

#[cfg(not(unix))]
fn stop_signal() -> Result<impl Future<Output = ()>, RelayError> {
    Ok(async {
        // An error means that no signal can come; then only the system can stop it.
        if tokio::signal::ctrl_c().await.is_err() {
            std::future::pending::<()>().await;
        }
    })
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test may stop at the first surprise")]

    use clap::CommandFactory;

    use super::*;

    #[test]
    fn the_command_line_holds_together() {
        RelayCommand::command().debug_assert();
        let parsed =
            RelayCommand::try_parse_from(["belay-relay", "--behind-proxy", "codes"]).unwrap();
        assert_eq!(parsed.command, Some(Command::Codes { days: 800 }));
        assert_eq!(parsed.settings.behind_proxy, Some(true));
    }

    #[tokio::test]
    async fn codes_are_printed_and_a_restored_database_gets_new_generations() {
        let folder = tempfile::tempdir().unwrap();
        let data = folder.path().to_str().unwrap();
        let run = async |words: &[&str]| {
            let words = [&["belay-relay", "--data", data], words].concat();
            let mut out = Vec::new();
            let command = RelayCommand::try_parse_from(words).unwrap();
            command.run(&mut out).await.unwrap();
            String::from_utf8(out).unwrap()
        };
        let codes = run(&["codes"]).await;
        assert_eq!(codes.lines().count(), 24);
        let key = key_file::read_or_make(folder.path()).unwrap();
        let now_ms = SystemClock.now_ms();
        assert!(codes.lines().all(|code| key.check(code, now_ms).is_some()));
        assert!(run(&["restored"]).await.starts_with("0 mailboxes"));
    }

    #[tokio::test]
    async fn a_copy_put_back_has_the_key_too_and_nothing_is_ever_overwritten() {
        let folder = tempfile::tempdir().unwrap();
        let [data, copy, again] = ["data", "copy", "again"].map(|name| folder.path().join(name));
        let run = async |data: &std::path::Path, words: &[&str]| {
            let data = data.to_str().unwrap();
            let words = [&["belay-relay", "--data", data], words].concat();
            let mut out = Vec::new();
            let command = RelayCommand::try_parse_from(words).unwrap();
            command
                .run(&mut out)
                .await
                .map(|()| String::from_utf8(out).unwrap())
        };
        let copy_name = copy.to_str().unwrap();
        let missing = run(&data, &["backup", copy_name]).await;
        assert!(
            matches!(missing, Err(RelayError::NotABackup(_))),
            "{missing:?}"
        );
        run(&data, &["codes"]).await.unwrap();
        run(&data, &["restored"]).await.unwrap();
        run(&data, &["backup", copy_name]).await.unwrap();
        let twice = run(&data, &["backup", copy_name]).await;
        assert!(matches!(twice, Err(RelayError::InTheWay(_))), "{twice:?}");
        let over = run(&data, &["restore", copy_name]).await;
        assert!(matches!(over, Err(RelayError::InTheWay(_))), "{over:?}");
        let said = run(&again, &["restore", copy_name]).await.unwrap();
        assert!(said.contains("0 mailboxes"), "{said}");
        let key = |folder| key_file::read_or_make(folder).unwrap().to_text();
        assert_eq!(key(&again), key(&data));
    }
}
