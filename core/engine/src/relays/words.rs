//! What is odd about a relay: it lost what it had, was put back from a copy, shows something else than it
//! took, or its clock is another. Nothing is lost by it, and the self-check says so.

use belay_crypto::envelope_id;
use belay_model::{EpochId, SpaceId};
use belay_protocol::relay::ReadPage;
use belay_store::{Mailbox, ReadTx};

use crate::Result;
use crate::session::Session;
use crate::space_state::SpaceState;
use crate::views::RelayNoticeView;

/// The relay began anew: what it had is gone there, and is sent again.
pub(crate) const BEGAN_AGAIN: &str = "began-again";

/// The relay has less than it had: it was put back from an older copy.
pub(crate) const WENT_BACK: &str = "went-back";

/// Where the relay said it put something of ours there is something else, or nothing.
pub(crate) const CONTRADICTS_ITSELF: &str = "contradicts-itself";

/// Every word a [`RelayNoticeView`] can have, compared by a check with docs/errors.md.
pub const RELAY_WORDS: &[&str] = &["began-again", "went-back", "contradicts-itself"];

/// A difference of clocks below this is none: relays allow five minutes.
const CLOCK_MS: i64 = 5 * 60 * 1000;

fn word_key(space: &SpaceId, relay: &str) -> String {
    format!("relay-word/{space}/{relay}")
}

fn clock_key(relay: &str) -> String {
    format!("relay-clock/{relay}")
}

/// Under which meta key it stands that something of ours may be missing at a mailbox.
fn doubt_key(epoch: &EpochId, relay: &str) -> String {
    format!("doubt/{epoch}/{relay}")
}

/// Whether a relay may be without something of a space that it is known to have taken.
pub(crate) fn is_in_doubt(tx: &ReadTx<'_>, state: &SpaceState, relay: &str) -> Result<bool> {
    for epoch in state.epochs.ids() {
        if tx.meta(&doubt_key(&epoch, relay))?.is_some() {
            return Ok(true);
        }
    }
    Ok(false)
}

/// What was last odd about a relay in a space.
pub(crate) fn noticed(
    tx: &ReadTx<'_>,
    space: &SpaceId,
    relay: &str,
) -> Result<Option<RelayNoticeView>> {
    let kept = tx.meta(&word_key(space, relay))?.unwrap_or_default();
    Ok(kept
        .split_first_chunk::<8>()
        .map(|(at_ms, word)| RelayNoticeView {
            word: String::from_utf8_lossy(word).into_owned(),
            at_ms: i64::from_le_bytes(*at_ms),
        }))
}

/// How far a relay's clock is ahead, where that is far.
pub(crate) fn clock_offset(tx: &ReadTx<'_>, relay: &str) -> Result<Option<i64>> {
    let kept = tx.meta(&clock_key(relay))?;
    Ok(kept
        .and_then(|kept| kept.try_into().ok())
        .map(i64::from_le_bytes))
}

impl Session<'_> {
    /// Remembers that something about a relay was odd.
    pub(crate) fn notice(&self, space: &SpaceId, relay: &str, word: &str) -> Result<()> {
        let kept = [&self.now_ms.to_le_bytes()[..], word.as_bytes()].concat();
        Ok(self.tx.put_meta(&word_key(space, relay), &kept)?)
    }

    /// Remembers how far a relay's clock is ahead, or that it is not any more.
    pub(crate) fn note_clock(&self, relay: &str, offset_ms: i64) -> Result<()> {
        let key = clock_key(relay);
        if offset_ms.saturating_abs() > CLOCK_MS {
            return Ok(self.tx.put_meta(&key, &offset_ms.to_le_bytes())?);
        }
        if self.tx.meta(&key)?.is_some() {
            self.tx.delete_meta(&key)?;
        }
        Ok(())
    }

    /// Compares a page with where the relay said it put what was sent to it. Where it shows something else,
    /// everything is sent again, at most once a day; call it before the page is taken in.
    pub(crate) fn compare_with_claims(
        &mut self,
        space: &SpaceId,
        mailbox: &Mailbox,
        page: &ReadPage,
    ) -> Result<()> {
        let Some((last, _)) = page.envelopes.last() else {
            return self.settle_doubt(mailbox);
        };
        let claims = self.tx.own_claims(
            mailbox.space,
            &mailbox.epoch,
            page.generation,
            mailbox.cursor,
            *last,
        )?;
        let contradicted = claims.iter().any(|claim| {
            let shown = page.envelopes.iter().find(|(seq, _)| *seq == claim.seq);
            match shown {
                Some((_, Some(bytes))) => envelope_id(bytes) != claim.env_id,
                // Gone; rightly, if something in it was taken back.
                Some((_, None)) => claim.live,
                None => false,
            }
        });
        if contradicted {
            self.notice(space, &mailbox.relay, CONTRADICTS_ITSELF)?;
            return self.doubt(mailbox);
        }
        self.settle_doubt(mailbox)
    }

    /// Notes that something of ours may be missing at a mailbox: everything is sent there again, now or as
    /// soon as that may be.
    pub(crate) fn doubt(&mut self, mailbox: &Mailbox) -> Result<()> {
        let key = doubt_key(&mailbox.epoch, &mailbox.relay);
        self.tx.put_meta(&key, &[])?;
        self.settle_doubt(mailbox)
    }

    fn settle_doubt(&mut self, mailbox: &Mailbox) -> Result<()> {
        let key = doubt_key(&mailbox.epoch, &mailbox.relay);
        if self.tx.meta(&key)?.is_some() && self.send_again(mailbox)? {
            self.tx.delete_meta(&key)?;
        }
        Ok(())
    }
}
