//! Blobs of attachments, at the end of a meeting: each side is given what it lacks and the other has whole. What came
//! of one stays, so that the next meeting, a relay or a file goes on from there.

use std::collections::{BTreeMap, VecDeque};

use belay_protocol::limits::{LAN_PIECE_MAX, LAN_WANT_LISTS_MAX, LAN_WANTS};
use belay_protocol::{LanFrame, LanWant};
use belay_store::BlobHeld;
use belay_sync::LanEvent;

use super::handshake::{Channel, Stop};
use super::meeting::Meeting;
use super::views::LanEndingView;
use crate::BelayError;
use crate::attachments::Blob;

/// The blobs of one meeting.
#[derive(Debug, Default)]
pub(super) struct Blobs {
    /// What is lacking here and was not asked for yet; `None` before it was looked for.
    lacking: Option<VecDeque<Blob>>,
    /// What was asked for in the last list and may still come, in its order.
    asked: VecDeque<Coming>,
    /// What the other side wants and is here, with where it goes on.
    to_hand: VecDeque<(Blob, u64)>,
}

/// A blob that was asked for.
#[derive(Debug)]
struct Coming {
    blob: Blob,
    /// How much of it is here; `None` once no more of it is taken.
    held: Option<u64>,
}

impl Meeting<'_> {
    /// Says what is lacking here, as much as one list holds.
    pub(super) async fn ask(&mut self, channel: &mut Channel) -> Result<LanEvent, Stop> {
        let mut lacking = match self.blobs.lacking.take() {
            Some(lacking) => lacking,
            None => self.lacking()?,
        };
        let rest = lacking.split_off(lacking.len().min(LAN_WANTS));
        self.blobs.lacking = Some(rest);
        self.blobs.asked.clear();
        let mut wants = Vec::new();
        for blob in lacking {
            let Some(held) = self.held_of(&blob)? else {
                continue;
            };
            wants.push(LanWant {
                blob: blob.inner.id,
                offset: held,
            });
            self.blobs.asked.push_back(Coming {
                blob,
                held: Some(held),
            });
        }
        let any = !wants.is_empty();
        channel.say(&LanFrame::Want(wants)).await?;
        Ok(LanEvent::Asked { any })
    }

    /// What is not whole here, as much as can be asked for in one meeting.
    fn lacking(&self) -> Result<VecDeque<Blob>, Stop> {
        let mut lacking = VecDeque::from(self.engine.lacking_blobs(&self.view.space)?);
        // The list that says that no more is wanted is one, too.
        lacking.truncate(LAN_WANTS * (LAN_WANT_LISTS_MAX as usize - 1));
        Ok(lacking)
    }

    /// How much of a blob is here; `None` when it turns out to be whole.
    fn held_of(&self, blob: &Blob) -> Result<Option<u64>, Stop> {
        let files = self.engine.blob_files();
        let held = files.held(&blob.file_name()).map_err(BelayError::from)?;
        let BlobHeld::Part(held) = held else {
            return Ok(None);
        };
        if held < blob.inner.sealed_len() {
            return Ok(Some(held));
        }
        // It had come, and was not looked at any more.
        match self.engine.take_blob_bytes(blob, held, &[]) {
            Ok(_) => Ok(None),
            Err(error) if is_damaged(&error) => Ok(Some(0)),
            Err(error) => Err(error.into()),
        }
    }

    /// Takes in a piece. Of a blob that was not asked for, or at a place that was not, nothing is taken.
    pub(super) fn take_piece(
        &mut self,
        id: &[u8; 32],
        offset: u64,
        bytes: &[u8],
    ) -> Result<LanEvent, Stop> {
        self.still_a_member()?;
        let broke_rules = || Stop::Ended(LanEndingView::BrokeRules);
        // They come in the order in which they were asked for; what the other side lacks too is passed over.
        while let Some(coming) = self.blobs.asked.front()
            && coming.blob.inner.id != *id
        {
            self.blobs.asked.pop_front();
        }
        let coming = self.blobs.asked.front_mut().ok_or_else(broke_rules)?;
        let Some(held) = coming.held else {
            return Ok(LanEvent::HeardPiece);
        };
        let (total, length) = (coming.blob.inner.sealed_len(), bytes.len() as u64);
        if offset != held || length > total - held {
            return Err(broke_rules());
        }
        coming.held = match self.engine.take_blob_bytes(&coming.blob, offset, bytes) {
            Ok(now) if now == total => {
                self.view.attachments_received += 1;
                None
            }
            Ok(now) if now == held + length => Some(now),
            // It also comes by another way, which has come further.
            Ok(_) => None,
            // Whoever gave it holds something else than was sealed; another may hold it.
            Err(error) if is_damaged(&error) => None,
            Err(error) => return Err(error.into()),
        };
        self.bytes += length;
        let (space, items) = (self.view.space, self.view.items_received);
        (self.on_progress)(self.engine.progress(&space, items, self.bytes)?);
        Ok(LanEvent::HeardPiece)
    }

    /// Hears what the other side lacks. Only blobs of this space are given, and only whole ones.
    pub(super) fn hear_want(&mut self, wants: &[LanWant]) -> Result<LanEvent, Stop> {
        self.still_a_member()?;
        self.blobs.to_hand.clear();
        if !wants.is_empty() {
            let all = self.engine.blobs_of(&self.view.space)?.into_iter();
            let mut here: BTreeMap<_, _> = all.map(|blob| (blob.inner.id, blob)).collect();
            for want in wants {
                let blob = here.remove(&want.blob);
                if let Some(blob) = blob.filter(|blob| want.offset < blob.inner.sealed_len()) {
                    self.blobs.to_hand.push_back((blob, want.offset));
                }
            }
        }
        Ok(LanEvent::HeardWant {
            any: !wants.is_empty(),
        })
    }

    /// Gives the next piece.
    pub(super) async fn hand(&mut self, channel: &mut Channel) -> Result<LanEvent, Stop> {
        self.still_a_member()?;
        let files = self.engine.blob_files();
        while let Some((blob, offset)) = self.blobs.to_hand.pop_front() {
            let bytes = files
                .read(&blob.file_name(), offset, LAN_PIECE_MAX)
                .map_err(BelayError::from)?;
            // Not whole here, or erased meanwhile.
            let Some(bytes) = bytes.filter(|bytes| !bytes.is_empty()) else {
                continue;
            };
            let after = offset + bytes.len() as u64;
            self.sent_bytes += bytes.len() as u64;
            let id = blob.inner.id;
            if after < blob.inner.sealed_len() {
                self.blobs.to_hand.push_front((blob, after));
            }
            let piece = LanFrame::Piece {
                blob: id,
                offset,
                bytes,
            };
            channel.say(&piece).await?;
            break;
        }
        Ok(LanEvent::Handed {
            more: !self.blobs.to_hand.is_empty(),
        })
    }
}

fn is_damaged(error: &BelayError) -> bool {
    matches!(
        error,
        BelayError::Unavailable {
            reason: "attachment-damaged"
        }
    )
}
