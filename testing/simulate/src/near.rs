//! Exchanging: with the relay, and from device to device.

use std::future::Future;
use std::task::Poll;

use belay_engine::{BelayError, LanReport, LanStream, SyncReport};

use crate::world::{Broken, Came, Held, World};

/// Bytes under way between two devices.
const ROOM: usize = 64 << 10;

/// What an exchange moved.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Moved {
    pub sent: u64,
    pub received: u64,
    pub refused: u64,
    pub troubles: usize,
}

impl Moved {
    fn of(report: &SyncReport) -> Self {
        Self {
            sent: report.envelopes_sent,
            received: report.envelopes_received + report.items_received,
            refused: report.envelopes_refused,
            troubles: report.troubles.len(),
        }
    }

    fn near(report: &LanReport) -> Self {
        let mut moved = Self::default();
        for meeting in &report.meetings {
            moved.sent += meeting.envelopes_sent;
            moved.received += meeting.items_received;
            moved.refused += meeting.envelopes_refused;
            moved.troubles += usize::from(meeting.trouble.is_some());
        }
        moved
    }

    pub fn add(&mut self, other: Self) {
        self.sent += other.sent;
        self.received += other.received;
        self.refused += other.refused;
        self.troubles += other.troubles;
    }
}

impl World {
    /// A round with the relay.
    pub async fn sync(&mut self, device: usize) -> Held<Moved> {
        let result = self.engine(device)?.sync(&|_| {}).await;
        let codes = result.as_ref().map(|report| {
            let codes = report.troubles.iter().map(|trouble| trouble.code.clone());
            codes.collect::<Vec<_>>()
        });
        if let Ok(codes) = codes {
            let internal = codes.iter().find(|code| code.starts_with("internal"));
            if let Some(code) = internal.filter(|_| !self.is_hostile(device)) {
                return Err(Broken(format!("device {device}, sync: {code}")));
            }
            if !codes.is_empty() {
                self.say(format!("      troubles: {codes:?}"));
            }
        }
        Ok(match self.judge(device, "sync", result)? {
            Came::Done(report) => Moved::of(&report),
            _ => Moved {
                troubles: 1,
                ..Moved::default()
            },
        })
    }

    /// Two devices in one room, about one space; `polls` ends it early, in the middle of anything.
    pub async fn meet(&mut self, a: usize, b: usize, polls: Option<usize>) -> Held<Moved> {
        let Some(space) = self.common_space(a, b) else {
            return Ok(Moved::default());
        };
        self.engine(a)?;
        self.engine(b)?;
        let (here, there) = LanStream::pair(ROOM);
        let (Some(one), Some(other)) =
            (self.devices[a].open_engine(), self.devices[b].open_engine())
        else {
            return Ok(Moved::default());
        };
        let both = async { tokio::join!(one.call_over(here, &space), other.answer_over(there)) };
        let ended = cut_after(both, polls).await;
        let (calls, answers) = match ended {
            Some((calls, answers)) => (calls, answers),
            None => (Ok(LanReport::default()), Ok(LanReport::default())),
        };
        let mut moved = Moved::default();
        for (device, report) in [(a, calls), (b, answers)] {
            self.check_meeting(device, &report)?;
            if let Came::Done(report) = self.judge(device, "meeting", report)? {
                moved.add(Moved::near(&report));
            } else {
                moved.troubles += 1;
            }
        }
        Ok(moved)
    }

    fn check_meeting(&self, device: usize, report: &Result<LanReport, BelayError>) -> Held<()> {
        let Ok(report) = report else {
            return Ok(());
        };
        for meeting in &report.meetings {
            let internal = |code: &&String| code.starts_with("internal");
            if let Some(code) = meeting.trouble.as_ref().filter(internal)
                && !self.is_hostile(device)
                && !self.devices[device].has_ended()
            {
                return Err(Broken(format!("device {device}, meeting: {code}")));
            }
        }
        Ok(())
    }
}

/// Runs a future to its end, or drops it after it was polled so many times.
async fn cut_after<F: Future>(future: F, polls: Option<usize>) -> Option<F::Output> {
    let mut future = std::pin::pin!(future);
    let mut left = polls;
    std::future::poll_fn(|cx| {
        if let Some(left) = left.as_mut() {
            if *left == 0 {
                return Poll::Ready(None);
            }
            *left -= 1;
        }
        future.as_mut().poll(cx).map(Some)
    })
    .await
}
