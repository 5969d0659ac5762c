//! One meeting about one space, driven step by step by the sans-I/O `LanRound`. Every batch that comes is a
//! transaction, so a connection that breaks loses at most the batch under way.

use std::future::Future;
use std::time::Duration;

use belay_model::{DeviceId, SpaceId};
use belay_protocol::limits::{LAN_PARTS_MAX, VECTOR_MAX};
use belay_protocol::{LanFrame, VectorEntry};
use belay_store::{EnvelopeRow, SpaceState as Standing};
use belay_sync::{LanEvent, LanRound, LanSide, LanStep};
use belay_transport::LanStream;

use super::blobs::Blobs;
use super::handshake::{Channel, Stop, open};
use super::keys::SpaceKeys;
use super::views::{LanEndingView, LanMeetingView, LanReport};
use crate::engine::Engine;
use crate::syncing::worker::OnProgress;
use crate::views::SyncProgress;
use crate::{BelayError, Result};

/// How long it may take to say who one is.
const INTRODUCTION: Duration = Duration::from_secs(10);

/// A meeting under way.
pub(super) struct Meeting<'a> {
    pub(super) engine: &'a Engine,
    peer: DeviceId,
    round: LanRound,
    /// What the other side has, as far as it told in this round.
    theirs: Vec<VectorEntry>,
    /// What is still to be given in this round.
    to_give: Option<Vec<EnvelopeRow>>,
    /// Sealed bytes that came.
    pub(super) bytes: u64,
    pub(super) view: LanMeetingView,
    /// Blobs that are carried at the end of it.
    pub(super) blobs: Blobs,
    edited_after_deletion: u64,
    /// This side has given all it had, once.
    gave_all: bool,
    /// Sealed bytes that were given.
    pub(super) sent_bytes: u64,
    pub(super) on_progress: OnProgress<'a>,
}

impl Engine {
    /// Meets whoever is at the other end of a call about one space. `None` when they do not know it.
    ///
    /// # Errors
    /// What ends all meetings: a full disk, an engine that was shut down.
    pub(super) async fn call(
        &self,
        stream: LanStream,
        keys: SpaceKeys,
        on_progress: OnProgress<'_>,
        report: &mut LanReport,
    ) -> Result<Option<LanMeetingView>> {
        let space = keys.space;
        match in_time(open(self, stream, &keys)).await {
            Ok(channel) => {
                let side = LanSide::Caller;
                self.meet(channel, space, side, on_progress, report).await
            }
            Err(Stop::Ended(LanEndingView::NotAMember)) => Ok(None),
            Err(Stop::Ended(ending)) => Ok(Some(self.unmet(space, ending)?)),
            Err(Stop::Fault(error)) => bearable(error).map(|_| None),
        }
    }

    /// Meets whoever called. `None` when nothing they showed is known here.
    ///
    /// # Errors
    /// As [`Engine::call`].
    pub(super) async fn answer_call(
        &self,
        stream: LanStream,
        on_progress: OnProgress<'_>,
        report: &mut LanReport,
    ) -> Result<Option<LanMeetingView>> {
        let known = self.lan_spaces(false)?;
        match in_time(self.answer_channel(stream, &known)).await {
            Ok((space, channel)) => {
                let side = LanSide::Called;
                self.meet(channel, space, side, on_progress, report).await
            }
            // A stranger, or one who hung up: nothing to tell a person of.
            Err(Stop::Ended(_)) => Ok(None),
            Err(Stop::Fault(error)) => bearable(error).map(|_| None),
        }
    }

    pub(super) async fn meet(
        &self,
        mut channel: Channel,
        space: SpaceId,
        side: LanSide,
        on_progress: OnProgress<'_>,
        report: &mut LanReport,
    ) -> Result<Option<LanMeetingView>> {
        let view = self.unmet(space, LanEndingView::Whole)?;
        let peer = match in_time(self.prove(&mut channel, &space, side)).await {
            Ok(peer) => peer,
            Err(Stop::Ended(ending)) => return Ok(Some(LanMeetingView { ending, ..view })),
            Err(Stop::Fault(error)) => return bearable(error).map(|_| None),
        };
        let mut meeting = Meeting {
            engine: self,
            peer,
            round: LanRound::new(side),
            theirs: Vec::new(),
            to_give: None,
            bytes: 0,
            view: LanMeetingView {
                device: Some(peer),
                ..view
            },
            blobs: Blobs::default(),
            edited_after_deletion: 0,
            gave_all: false,
            sent_bytes: 0,
            on_progress,
        };
        let ended = meeting.run(&mut channel).await;
        channel.close().await;
        report.edited_after_deletion += meeting.edited_after_deletion;
        self.tidy_attachments_if_asked()?;
        let sent_bytes = meeting.sent_bytes;
        let mut view = meeting.view;
        match ended {
            Ok(()) => self.note_met(&space, &peer)?,
            // Who hears of a leaving has nothing to say to it and hangs up.
            Err(Stop::Ended(LanEndingView::Interrupted))
                if meeting.gave_all && self.has_left(&space)? =>
            {
                self.note_met(&space, &peer)?;
            }
            Err(Stop::Ended(ending)) => view.ending = ending,
            Err(Stop::Fault(error)) => {
                view.ending = LanEndingView::Interrupted;
                view.trouble = Some(bearable(error)?);
            }
        }
        if sent_bytes > 0 {
            self.write(|session| session.note_traffic(&space, sent_bytes, 0))?;
        }
        Ok(Some(view))
    }

    fn has_left(&self, space: &SpaceId) -> Result<bool> {
        self.read(|tx| {
            let known = tx.space(*space)?;
            Ok(known.is_some_and(|known| known.state == Standing::Left))
        })
    }

    fn unmet(&self, space: SpaceId, ending: LanEndingView) -> Result<LanMeetingView> {
        Ok(LanMeetingView {
            space,
            partner: self.partner_label(&space)?,
            device: None,
            ending,
            trouble: None,
            envelopes_sent: 0,
            envelopes_received: 0,
            envelopes_refused: 0,
            items_received: 0,
            attachments_received: 0,
        })
    }
}

/// Whoever takes longer than this to say who they are is left: others want to be answered too.
pub(super) async fn in_time<T>(
    proving: impl Future<Output = std::result::Result<T, Stop>>,
) -> std::result::Result<T, Stop> {
    let ended = tokio::time::timeout(INTRODUCTION, proving).await;
    ended.unwrap_or(Err(Stop::Ended(LanEndingView::Interrupted)))
}

/// The code of what ends one meeting; an error for what ends all of them.
pub(super) fn bearable(error: BelayError) -> Result<String> {
    match error {
        BelayError::StorageFull | BelayError::Closed => Err(error),
        error => Ok(crate::relays::clients::trouble_code(&error)),
    }
}

impl Meeting<'_> {
    async fn run(&mut self, channel: &mut Channel) -> std::result::Result<(), Stop> {
        loop {
            let event = match self.round.step() {
                LanStep::Done => return Ok(()),
                LanStep::Tell => self.tell(channel).await?,
                LanStep::Hear => self.hear(channel).await?,
                LanStep::Give => self.give(channel).await?,
                LanStep::Ask => self.ask(channel).await?,
                LanStep::Hand => self.hand(channel).await?,
                LanStep::Over { again } => {
                    channel.say(&LanFrame::Over { again }).await?;
                    self.gave_all = true;
                    LanEvent::Said
                }
                LanStep::Bye => {
                    channel.say(&LanFrame::Bye).await?;
                    LanEvent::Said
                }
            };
            let next = self.round.on(event);
            next.map_err(|_| Stop::Ended(LanEndingView::BrokeRules))?;
        }
    }

    /// Who was removed, or whom the person blocked, in the middle of it gets and brings nothing any more.
    pub(super) fn still_a_member(&self) -> std::result::Result<(), Stop> {
        if self.engine.may_meet(&self.view.space, &self.peer)? {
            Ok(())
        } else {
            Err(Stop::Ended(LanEndingView::NotAMember))
        }
    }

    async fn tell(&mut self, channel: &mut Channel) -> std::result::Result<LanEvent, Stop> {
        self.still_a_member()?;
        let mut vector = self.engine.prepare_to_meet(&self.view.space)?;
        // A store with more chains than that tells of those it can; what is not told of comes once more.
        vector.truncate(VECTOR_MAX * (LAN_PARTS_MAX as usize - 1));
        loop {
            let rest = vector.split_off(vector.len().min(VECTOR_MAX));
            let more = !rest.is_empty();
            let entries = std::mem::replace(&mut vector, rest);
            channel.say(&LanFrame::Have { more, entries }).await?;
            if !more {
                return Ok(LanEvent::Told);
            }
        }
    }

    async fn hear(&mut self, channel: &mut Channel) -> std::result::Result<LanEvent, Stop> {
        if self.round.begins_vector() {
            self.theirs.clear();
        }
        let frame = channel.hear().await?;
        if !self.round.expects(&frame) {
            return Err(Stop::Ended(LanEndingView::BrokeRules));
        }
        Ok(match frame {
            LanFrame::Have { more, entries } => {
                self.hear_have(entries, more)?;
                LanEvent::HeardHave { more }
            }
            LanFrame::Envelopes(envelopes) => self.take(&envelopes)?,
            LanFrame::Over { again } => LanEvent::HeardOver { again },
            LanFrame::Bye => LanEvent::HeardBye,
            LanFrame::Want(wants) => self.hear_want(&wants)?,
            LanFrame::Piece {
                blob,
                offset,
                bytes,
            } => self.take_piece(&blob, offset, &bytes)?,
            LanFrame::Proof { .. } => return Err(Stop::Ended(LanEndingView::BrokeRules)),
        })
    }

    fn hear_have(
        &mut self,
        entries: Vec<VectorEntry>,
        more: bool,
    ) -> std::result::Result<(), Stop> {
        if self.theirs.len() > VECTOR_MAX * LAN_PARTS_MAX as usize {
            return Err(Stop::Ended(LanEndingView::BrokeRules));
        }
        self.theirs.extend(entries);
        let key = |entry: &VectorEntry| (entry.device_id, entry.inc);
        if !self.theirs.is_sorted_by(|a, b| key(a) < key(b)) {
            return Err(Stop::Ended(LanEndingView::BrokeRules));
        }
        if !more {
            let (space, peer) = (self.view.space, self.peer);
            self.engine.note_has(&space, &peer, &self.theirs)?;
            self.to_give = None;
        }
        Ok(())
    }

    async fn give(&mut self, channel: &mut Channel) -> std::result::Result<LanEvent, Stop> {
        let space = self.view.space;
        let mut rows = match self.to_give.take() {
            Some(rows) => rows,
            None => self.engine.to_give(&space, &self.theirs)?,
        };
        let batch = self.engine.next_batch(&space, &self.peer, &mut rows)?;
        let batch = batch.ok_or(Stop::Ended(LanEndingView::NotAMember))?;
        let more = !rows.is_empty();
        self.to_give = Some(rows);
        if !batch.is_empty() {
            self.view.envelopes_sent += batch.len() as u64;
            self.sent_bytes += batch.iter().map(|bytes| bytes.len() as u64).sum::<u64>();
            channel.say(&LanFrame::Envelopes(batch)).await?;
            (self.on_progress)(SyncProgress::Sent {
                envelopes: self.view.envelopes_sent,
            });
        }
        Ok(LanEvent::Gave { more })
    }

    fn take(&mut self, envelopes: &[Vec<u8>]) -> std::result::Result<LanEvent, Stop> {
        let space = self.view.space;
        self.still_a_member()?;
        let taken = self.engine.take_carried(&space, envelopes)?;
        self.view.envelopes_received += taken.envelopes;
        self.view.envelopes_refused += taken.refused;
        self.view.items_received += taken.items;
        self.edited_after_deletion += taken.edited_after_deletion;
        let bytes = envelopes.iter().map(|bytes| bytes.len() as u64).sum();
        self.bytes += bytes;
        if taken.items > 0 {
            let items = self.view.items_received;
            (self.on_progress)(self.engine.progress(&space, items, self.bytes)?);
        }
        Ok(LanEvent::HeardEnvelopes {
            bytes,
            useful: taken.items > 0,
            news: taken.news,
        })
    }
}
