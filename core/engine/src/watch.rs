//! Keeping up: syncs, then waits until the relay says that something is new or something here becomes
//! due, and syncs again.

use std::future::Future;
use std::pin::pin;
use std::time::Duration;

use belay_crypto::MailboxKey;
use belay_model::{SpaceId, make_bytes};
use belay_protocol::relay::Cursor;
use belay_store::SyncLock;
use belay_sync::pause_ms;
use belay_transport::RelayClient;

use crate::Result;
use crate::engine::Engine;
use crate::views::SyncReport;

/// How long one question to a relay waits, in seconds.
const WAIT_S: u32 = 25;

/// The longest sleep while something here waits for its hold to end.
const LOCAL_POLL_MS: u64 = 1_000;

/// What to listen to for one space.
struct Ear {
    client: RelayClient,
    key: MailboxKey,
    after: Option<Cursor>,
}

impl Engine {
    /// Syncs again and again until `stop` is ready: at once when a relay has something new, when a hold
    /// ends, and after a growing pause while a relay cannot be reached.
    ///
    /// # Errors
    /// `Unavailable{already-syncing}`; what the disk refuses. Trouble with relays stands in the reports.
    pub async fn watch(
        &self,
        on_report: &(dyn Fn(&SyncReport) + Send + Sync),
        stop: impl Future<Output = ()>,
    ) -> Result<()> {
        let _lock = SyncLock::acquire(&self.dir)?;
        let mut stop = pin!(stop);
        let mut failures = 0u32;
        loop {
            let round = self.sync_locked(&|_| {});
            let report = tokio::select! {
                () = &mut stop => return Ok(()),
                report = round => report?,
            };
            failures = if report.troubles.is_empty() {
                0
            } else {
                failures + 1
            };
            on_report(&report);
            tokio::select! {
                () = &mut stop => return Ok(()),
                result = self.until_news(failures) => result?,
            }
        }
    }

    /// Ready when a sync is worth it.
    async fn until_news(&self, failures: u32) -> Result<()> {
        if failures > 0 {
            let jitter = self.write(|session| Ok(make_bytes::<1>(session.entropy)[0]))?;
            tokio::time::sleep(Duration::from_millis(pause_ms(failures, jitter))).await;
            return Ok(());
        }
        let mut listening = tokio::task::JoinSet::new();
        let now_ms = self.clock.now_ms();
        for ear in self.ears()? {
            listening.spawn(async move {
                // Any answer, also an error, is a reason for a round, which reports it.
                let page = ear
                    .client
                    .read(&ear.key, ear.after, 1, 1, WAIT_S, now_ms)
                    .await;
                page.map_or(true, |page| !page.envelopes.is_empty())
            });
        }
        let nothing_to_hear = listening.is_empty();
        loop {
            let pause = match self.next_due_ms()? {
                Some(due) => {
                    let wait = due - self.clock.now_ms();
                    if wait <= 0 {
                        return Ok(());
                    }
                    u64::try_from(wait).unwrap_or(0).min(LOCAL_POLL_MS)
                }
                None => LOCAL_POLL_MS,
            };
            tokio::select! {
                heard = listening.join_next(), if !nothing_to_hear => match heard {
                    Some(Ok(true) | Err(_)) | None => return Ok(()),
                    Some(Ok(false)) => {}
                },
                () = tokio::time::sleep(Duration::from_millis(pause)) => {}
            }
        }
    }

    /// When the next queued item may leave.
    fn next_due_ms(&self) -> Result<Option<i64>> {
        self.read(|tx| {
            let mut next: Option<i64> = None;
            for space in tx.spaces()? {
                if let Some(due) = tx.next_queued_at(space.row)? {
                    next = Some(next.map_or(due, |known| known.min(due)));
                }
            }
            Ok(next)
        })
    }

    fn ears(&self) -> Result<Vec<Ear>> {
        let wanted: Vec<(SpaceId, String, MailboxKey, Option<Cursor>)> =
            self.read_spaces(|tx, spaces| {
                let mut wanted = Vec::new();
                for space in tx.spaces()? {
                    let state = spaces.get(tx, &space.id)?;
                    let Some(epoch) = state.writing_epoch() else {
                        continue;
                    };
                    let Some(keys) = state.keys.get(&epoch) else {
                        continue;
                    };
                    for relay in state.relays() {
                        let key = MailboxKey::from_seed(&keys.mailbox().seed());
                        let after = tx
                            .mailbox(state.row, &epoch, &relay)?
                            .and_then(|mailbox| crate::sync_worker::cursor(&mailbox));
                        wanted.push((space.id, relay, key, after));
                    }
                }
                Ok(wanted)
            })?;
        wanted
            .into_iter()
            .map(|(space, relay, key, after)| {
                Ok(Ear {
                    client: self.relay_client(&space, &relay)?,
                    key,
                    after,
                })
            })
            .collect()
    }
}
