//! Keeping up: syncs, then waits until the relay says that something is new or something here becomes
//! due, and syncs again. Every space at every relay is followed on its own, so that a relay which is away
//! holds up nobody who uses another one.

use std::collections::BTreeMap;
use std::future::{Future, pending, poll_fn};
use std::pin::{Pin, pin};
use std::task::Poll;
use std::time::Duration;

use belay_model::{SpaceId, make_bytes};
use belay_store::{SpaceState as Standing, SyncLock};
use belay_sync::pause_ms;
use tokio::time::sleep;

use crate::boundaries::Flow;
use crate::engine::Engine;
use crate::relays::clients::Link;
use crate::syncing::listening::Listening;
use crate::syncing::worker::Ending;
use crate::views::SyncReport;
use crate::{BelayError, Result};

/// How long to wait where there is nothing to listen to.
const UNHEARD: Duration = Duration::from_secs(25);

/// Rounds in a row that news began and that brought nothing: after so many, news wait for [`LOCAL_POLL`]. Own
/// envelopes are told back, so some are ordinary; a relay that keeps crying must not keep the worker busy.
const FRUITLESS_MAX: u32 = 4;

/// How often it is looked what is due although nothing was written here: another program on the same store
/// may have. And the shortest pause between two rounds for which nothing here and no news gave a reason.
pub(crate) const LOCAL_POLL: Duration = Duration::from_secs(1);

/// How often it is looked for what was deleted long enough ago to be erased.
const OVERDUE_EVERY_MS: i64 = 60 * 60 * 1000;

type OnReport<'a> = &'a (dyn Fn(&SyncReport) + Send + Sync);

/// A link or an invitation that is being followed; ends when nothing is wanted of it any more.
pub(crate) type Following<'a> = Pin<Box<dyn Future<Output = Result<()>> + Send + 'a>>;

impl Engine {
    /// Syncs again and again until `stop` is ready: at once when a relay has something new, when a hold
    /// ends, and after a growing pause while a relay cannot be reached. Each space is followed on its own;
    /// every round of one gives a report.
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
        let mut followed: BTreeMap<Link, Following<'_>> = BTreeMap::new();
        let mut meetings: BTreeMap<_, Following<'_>> = BTreeMap::new();
        let mut looked_ms = None;
        loop {
            let now_ms = self.clock.now_ms();
            let lately = |at_ms: i64| (0..OVERDUE_EVERY_MS).contains(&now_ms.saturating_sub(at_ms));
            if !looked_ms.is_some_and(lately) {
                self.erase_overdue()?;
                looked_ms = Some(now_ms);
            }
            let due = match self.is_removed()? {
                true => Vec::new(),
                false => self.due_meetings()?,
            };
            for due in due {
                meetings
                    .entry(due)
                    .or_insert_with(|| Box::pin(self.watch_meeting(due, on_report)));
            }
            // Also spaces that came to be meanwhile.
            for link in self.links()? {
                followed
                    .entry(link)
                    .or_insert_with_key(|link| Box::pin(self.follow(link.clone(), on_report)));
            }
            tokio::select! {
                () = &mut stop => return Ok(()),
                (link, ended) = first_ended(&mut followed) => {
                    followed.remove(&link);
                    ended?;
                }
                (due, ended) = first_ended(&mut meetings) => {
                    meetings.remove(&due);
                    ended?;
                }
                () = sleep(LOCAL_POLL) => {}
            }
        }
    }

    async fn follow(&self, link: Link, on_report: OnReport<'_>) -> Result<()> {
        match self.follow_while_wanted(&link, on_report).await {
            // A pairing that came to nothing took its space back.
            Err(BelayError::NotFound { .. }) => Ok(()),
            ended => ended,
        }
    }

    async fn follow_while_wanted(&self, link: &Link, on_report: OnReport<'_>) -> Result<()> {
        let mut failures = 0u32;
        let mut deaf = false;
        let mut fruitless = 0u32;
        let mut listening = Listening::default();
        let mut looks = self.looks.subscribe();
        loop {
            looks.mark_unchanged();
            let mut report = SyncReport::default();
            let ending = self.sync_link(link, &mut report, &|_| {}).await?;
            on_report(&report);
            let brought = report.envelopes_received > 0 || report.envelopes_sent > 0;
            fruitless = if brought {
                0
            } else {
                fruitless.saturating_add(1)
            };
            if !self.links()?.contains(link) {
                return Ok(());
            }
            // What is due and did not leave in a round will not leave in the next one either, unless
            // something changes.
            let left = self.is_left(link)?;
            let stuck = !left && self.is_due(&link.space)?;
            let well = ending == Ending::Whole && !deaf && !stuck;
            failures = if well { 0 } else { failures.saturating_add(1) };
            let pause = (!well)
                .then(|| self.rest_after(link, failures))
                .transpose()?;
            let waiting = async {
                match pause {
                    Some(pause) if ending == Ending::Broken => {
                        sleep(pause).await;
                        Ok(false)
                    }
                    _ => {
                        let listening = async {
                            // From now on, so that news after a quiet hour are not held up.
                            let paced = pin!(sleep(LOCAL_POLL));
                            let heard = self.listen(link, &mut listening).await?;
                            if fruitless > FRUITLESS_MAX {
                                paced.await;
                            }
                            Ok(heard)
                        };
                        self.until_wanted(link, pause, stuck || left, listening)
                            .await
                    }
                }
            };
            tokio::select! {
                ended = waiting => deaf = ended?,
                () = asked(&mut looks) => (failures, deaf) = (0, false),
            }
        }
    }

    /// Waits until a round is worth it: the relay has something new, something here becomes due, or the
    /// pause is over. Says whether the relay could not be listened to.
    async fn until_wanted(
        &self,
        link: &Link,
        pause: Option<Duration>,
        stuck: bool,
        listening: impl Future<Output = Result<bool>>,
    ) -> Result<bool> {
        let resting = async {
            match pause {
                Some(pause) => sleep(pause).await,
                None => pending().await,
            }
        };
        let (mut listening, mut resting) = (pin!(listening), pin!(resting));
        let mut due = pin!(self.until_due(&link.space));
        let mut deaf = false;
        loop {
            tokio::select! {
                heard = &mut listening, if !deaf => {
                    deaf = !heard?;
                    if !deaf || pause.is_none() {
                        return Ok(deaf);
                    }
                }
                () = &mut resting => return Ok(deaf),
                due = &mut due, if !stuck => return due.map(|()| deaf),
            }
        }
    }

    /// Ready when an item of the space may leave.
    async fn until_due(&self, space: &SpaceId) -> Result<()> {
        loop {
            // From before the look on, so that nothing is written between the two and not heard of.
            let written = self.written.notified();
            if self.is_due(space)? {
                return Ok(());
            }
            let next = self.read(|tx| match tx.space(*space)? {
                Some(space) => Ok(tx.next_queued_at(space.row)?),
                None => Ok(None),
            })?;
            let left = next.map_or(i64::MAX, |due| due.saturating_sub(self.clock.now_ms()));
            let left = Duration::from_millis(u64::try_from(left).unwrap_or(0));
            tokio::select! {
                () = written => {}
                // Another program on the same store writes unheard.
                () = sleep(left.min(LOCAL_POLL)) => {}
            }
        }
    }

    /// When the next thing that waits may leave, in milliseconds since 1970; nothing when nothing waits. May be
    /// past. What waits while sharing is paused is not counted. For a shell that is about to stop: a system wakes
    /// it again no sooner than it asks.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn next_departure_at_ms(&self) -> Result<Option<i64>> {
        let mut next = None;
        for link in self.links()? {
            let of_space = self.read(|tx| match tx.space(link.space)? {
                Some(known) if is_open(tx, &known)? => Ok(tx.next_queued_at(known.row)?),
                _ => Ok(None),
            })?;
            next = [next, of_space].into_iter().flatten().min();
        }
        Ok(next)
    }

    /// Whether an item of the space may leave now. What waits while sharing is paused is no reason for a
    /// round.
    fn is_due(&self, space: &SpaceId) -> Result<bool> {
        let now_ms = self.clock.now_ms();
        self.read(|tx| {
            let Some(known) = tx.space(*space)? else {
                return Ok(false);
            };
            Ok(is_open(tx, &known)? && tx.queue_counts(known.row, now_ms)?.0 > 0)
        })
    }

    /// How long to wait after so many failures in a row.
    pub(crate) fn pause(&self, failures: u32) -> Result<Duration> {
        let jitter = self.write(|session| Ok(make_bytes::<1>(session.entropy)[0]))?;
        Ok(Duration::from_millis(pause_ms(failures, jitter)))
    }

    /// Listens where there is something to listen to. Ready when the relay has something new or ended the
    /// question without; `false` when it cannot be listened to.
    async fn listen(&self, link: &Link, listening: &mut Listening) -> Result<bool> {
        let Some(marks) = self.marks(link)? else {
            sleep(UNHEARD).await;
            return Ok(true);
        };
        let client = self.relay_client(link)?;
        Ok(listening.hear(client, &marks, self.clock.now_ms()).await)
    }
}

/// Whether what waits in a space may leave at all.
fn is_open(tx: &belay_store::ReadTx<'_>, known: &belay_store::Space) -> Result<bool> {
    let ended = matches!(known.state, Standing::Left | Standing::Blocked);
    Ok(ended || Flow::of(&crate::queries::contact(tx, &known.id)?) == Flow::Whole)
}

/// Ready when a shell said that it is worth looking now.
async fn asked(looks: &mut tokio::sync::watch::Receiver<u64>) {
    if looks.changed().await.is_err() {
        // The engine is gone, and whoever waits ends with it.
        pending::<()>().await;
    }
}

/// The first of what is followed that ended, and how.
pub(crate) async fn first_ended<K: Ord + Clone>(
    followed: &mut BTreeMap<K, Following<'_>>,
) -> (K, Result<()>) {
    poll_fn(|context| {
        for (key, following) in followed.iter_mut() {
            if let Poll::Ready(ended) = following.as_mut().poll(context) {
                return Poll::Ready((key.clone(), ended));
            }
        }
        Poll::Pending
    })
    .await
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test may stop at the first surprise")]

    use super::*;
    use crate::SettingsEdit;

    /// Whether a future is ready now, without any time for it to pass.
    async fn is_ready<T>(future: &mut Pin<&mut impl Future<Output = T>>) -> bool {
        poll_fn(|context| Poll::Ready(future.as_mut().poll(context).is_ready())).await
    }

    #[tokio::test]
    async fn what_is_written_here_and_due_is_noticed_without_waiting_for_a_timer() {
        let (_dir, engine, _) = crate::sibling_tests::person();
        let relay = "http://127.0.0.1:9";
        engine.set_relay(Some(relay), false).unwrap();
        engine.set_self_copy(true).unwrap();
        let space = engine
            .write(|session| {
                let space = session.self_space()?;
                let row = session.space(&space)?.row;
                for queued in session.tx.queued(row, i64::MAX, usize::MAX)? {
                    session.tx.unqueue_item(queued.item)?;
                }
                Ok(space)
            })
            .unwrap();
        let mut due = pin!(engine.until_due(&space));
        assert!(!is_ready(&mut due).await);
        // It is looked at once, and there is still nothing to send.
        engine.write(|_| Ok(())).unwrap();
        assert!(!is_ready(&mut due).await);
        engine
            .edit_settings(SettingsEdit {
                hold_seconds: Some(0),
                ..SettingsEdit::default()
            })
            .unwrap();
        assert!(is_ready(&mut due).await);
    }

    #[tokio::test]
    async fn looking_now_ends_every_rest_after_a_failure() {
        // So many rests one after the other would last for more than an hour.
        const LOOKS: usize = 20;
        let (_dir, engine, _) = crate::sibling_tests::person();
        engine.set_relay(Some("http://127.0.0.1:9"), false).unwrap();
        engine.set_self_copy(true).unwrap();
        let (told, mut rounds) = tokio::sync::mpsc::unbounded_channel();
        let (stop, stopped) = tokio::sync::oneshot::channel();
        let on_report = |report: &SyncReport| told.send(report.troubles.len()).unwrap();
        let walking = async {
            for _ in 0..LOOKS {
                assert_eq!(rounds.recv().await, Some(1));
                engine.look_now();
            }
            stop.send(()).unwrap();
        };
        let watching = engine.watch(&on_report, async { stopped.await.unwrap() });
        let (watched, ()) = tokio::join!(watching, walking);
        watched.unwrap();
    }
}
