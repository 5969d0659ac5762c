//! The worker's part in pairing at a distance: with every sync each open invitation takes its next steps,
//! and who keeps up listens for them.

use std::time::Duration;

use belay_model::SpaceId;
use belay_store::ReadTx;
use tokio::time::sleep;

use super::meeting::{Ending, Meeting, MeetingId, Phase};
use super::steps::{Advance, DELIVER_AGAIN_MS, TELL_FOR_MS};
use super::views::{InvitationNewsView, InvitationStateView};
use super::{DocName, meeting_of, meetings};
use crate::engine::Engine;
use crate::relays::clients::trouble_code;
use crate::views::SyncReport;
use crate::{BelayError, Result};

/// How long one question to the relay waits, in seconds.
const WAIT_S: u32 = 25;

/// The shortest time between two questions: a relay that answers without waiting must not keep the worker
/// busy.
const BREATH: Duration = Duration::from_secs(1);

/// An invitation that something is to be done for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Due {
    id: MeetingId,
    /// It is still to be told how it ends.
    open: bool,
}

/// How long an invitation is followed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Patience {
    /// Until it is known here how it ended.
    UntilKnown,
    /// Until the other side can see it too.
    UntilTold,
}

/// The longest pause after trouble: somebody may stand there and wait.
const PAUSE_MAX: Duration = Duration::from_secs(60);

impl Engine {
    /// Takes the next step of every open invitation. Trouble with a relay stands in the report.
    pub(crate) async fn advance_meetings(&self, report: &mut SyncReport) -> Result<()> {
        for due in self.due_meetings()? {
            let advance = self.advance(&due.id, 0).await?;
            report.invitations.extend(news(due, &advance));
        }
        Ok(())
    }

    /// Open invitations that something is to be done for now.
    pub(crate) fn due_meetings(&self) -> Result<Vec<Due>> {
        let now_ms = self.clock.now_ms();
        self.read(|tx| {
            let due = meetings(tx)?.into_iter();
            Ok(due
                .filter(|meeting| is_due(meeting, now_ms))
                .map(|meeting| Due {
                    id: meeting.id,
                    open: is_open(&meeting),
                })
                .collect())
        })
    }

    /// Follows one invitation until it is over, and reports how it ended.
    pub(crate) async fn watch_meeting(
        &self,
        due: Due,
        on_report: &(dyn Fn(&SyncReport) + Send + Sync),
    ) -> Result<()> {
        let advance = match self.follow_meeting(&due.id, Patience::UntilTold).await {
            Ok(Ending::Paired(space)) => Advance::Paired(space),
            Ok(ending) => Advance::Over(ending),
            Err(error @ (BelayError::StorageFull | BelayError::Closed)) => return Err(error),
            Err(error) => Advance::Away {
                error,
                temporary: false,
            },
        };
        let mut report = SyncReport::default();
        report.invitations.extend(news(due, &advance));
        on_report(&report);
        if matches!(advance, Advance::Away { .. }) {
            // Nobody can do more about it than to look again, much later.
            sleep(self.pause(u32::MAX)?).await;
        }
        Ok(())
    }

    /// Takes step after step until it is over; a relay that is away is tried again.
    pub(super) async fn follow_meeting(
        &self,
        id: &MeetingId,
        patience: Patience,
    ) -> Result<Ending> {
        let mut failures = 0u32;
        loop {
            if patience == Patience::UntilKnown
                && let Some(ending) = self.read(|tx| ending_of(tx, id))?
            {
                return Ok(ending);
            }
            match self.advance(id, WAIT_S).await? {
                Advance::Paired(space) => return Ok(Ending::Paired(space)),
                Advance::Over(ending) => return Ok(ending),
                Advance::Waiting => {
                    failures = 0;
                    sleep(BREATH).await;
                }
                Advance::Away {
                    error,
                    temporary: false,
                } => return Err(error),
                Advance::Away { .. } => {
                    failures = failures.saturating_add(1);
                    sleep(self.pause(failures)?.min(PAUSE_MAX)).await;
                }
            }
        }
    }
}

/// How an invitation ended, if it did.
fn ending_of(tx: &ReadTx<'_>, id: &MeetingId) -> Result<Option<Ending>> {
    Ok(match meeting_of(tx, id)?.map(|meeting| meeting.phase) {
        None => Some(Ending::Cancelled),
        Some(Phase::Over(over)) => Some(over.ending),
        Some(_) => None,
    })
}

fn is_due(meeting: &Meeting, now_ms: i64) -> bool {
    match &meeting.phase {
        Phase::Inviting(_) | Phase::Accepting(_) => true,
        // A clock that was put back must not stop it.
        Phase::Answered(answered) => answered
            .delivered_at_ms
            .is_none_or(|at_ms| !(0..DELIVER_AGAIN_MS).contains(&now_ms.saturating_sub(at_ms))),
        Phase::Over(over) => !over.told || now_ms.saturating_sub(over.at_ms) > TELL_FOR_MS,
    }
}

/// Whether it is still to be told how it ends.
fn is_open(meeting: &Meeting) -> bool {
    match &meeting.phase {
        Phase::Inviting(_) | Phase::Accepting(_) => true,
        Phase::Answered(answered) => answered.delivered_at_ms.is_none(),
        Phase::Over(_) => false,
    }
}

/// What a report says of a step; nothing where nothing happened, or where it was said before.
fn news(due: Due, advance: &Advance) -> Option<InvitationNewsView> {
    let told = |state, space: Option<SpaceId>, trouble| {
        Some(InvitationNewsView {
            id: DocName::from_bytes(due.id).to_string(),
            state,
            space,
            trouble,
        })
    };
    match advance {
        Advance::Waiting | Advance::Over(Ending::Cancelled) => None,
        Advance::Paired(_) | Advance::Over(_) if !due.open => None,
        Advance::Paired(space) => told(InvitationStateView::Paired, Some(*space), None),
        Advance::Over(ending) => told((*ending).into(), None, None),
        Advance::Away { error, .. } => {
            let trouble = Some(trouble_code(error));
            told(InvitationStateView::Waiting, None, trouble)
        }
    }
}
