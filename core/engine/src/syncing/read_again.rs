//! Reading a mailbox again from its beginning when something is missing: a relay that once showed something
//! else at a number, or nothing, would otherwise have hidden for good what truly stands there.

use belay_model::SpaceId;
use belay_store::{Mailbox, ReadTx};

use crate::Result;
use crate::engine::Engine;
use crate::session::Session;
use crate::space_state::SpaceState;

/// The pause before the first such reading; each further one is twice as long, so that what is missing
/// for good, or what a partner garbles on purpose, costs little.
const PAUSE_MS: i64 = 24 * 60 * 60 * 1000;

/// After this many the pause grows no more: 64 days.
const DOUBLINGS_MAX: u8 = 6;

/// Under which meta key it stands since when something is missing or when it was last looked for, and how
/// often it was.
fn tried_key(mailbox: &Mailbox) -> String {
    format!("read-again/{}/{}", mailbox.epoch, mailbox.relay)
}

/// Under which meta key it stands that a mailbox showed something that was refused.
fn refused_key(mailbox: &Mailbox) -> String {
    format!("refused/{}/{}", mailbox.epoch, mailbox.relay)
}

/// Whether an item of somebody else's is known to be missing.
fn has_gap(tx: &ReadTx<'_>, state: &SpaceState) -> Result<bool> {
    let own = tx.find_device(state.row, &state.own_device)?;
    let chains = tx.chains(state.row)?;
    Ok(chains
        .iter()
        .any(|chain| !chain.ranges.is_empty() && own.is_none_or(|(own, _)| own != chain.device)))
}

/// How often it was read again, if it is to be once more now.
fn due(tx: &ReadTx<'_>, mailbox: &Mailbox, now_ms: i64) -> Result<Option<u8>> {
    let kept = tx.meta(&tried_key(mailbox))?.unwrap_or_default();
    let Some((last_ms, tries)) = kept.split_first_chunk::<8>() else {
        return Ok(None);
    };
    let tries = tries.first().copied().unwrap_or(0);
    let pause = PAUSE_MS << tries.min(DOUBLINGS_MAX);
    let since = now_ms.saturating_sub(i64::from_le_bytes(*last_ms));
    Ok((!(0..pause).contains(&since)).then_some(tries))
}

impl Engine {
    /// The mailbox as it is to be read next: from its beginning if something is missing and it was not read
    /// again lately.
    pub(crate) fn rewound_if_missing(
        &self,
        space: &SpaceId,
        mut mailbox: Mailbox,
    ) -> Result<Mailbox> {
        let now_ms = self.clock.now_ms();
        if mailbox.generation.is_none() || mailbox.cursor == 0 {
            return Ok(mailbox);
        }
        let again = self.read_spaces(|tx, spaces| {
            let missing =
                tx.meta(&refused_key(&mailbox))?.is_some() || has_gap(tx, spaces.get(tx, space)?)?;
            let noted = tx.meta(&tried_key(&mailbox))?.is_some();
            Ok((missing, noted, due(tx, &mailbox, now_ms)?))
        })?;
        let tries = match again {
            (true, true, Some(tries)) => tries.saturating_add(1),
            (true, false, _) => 0,
            (false, true, _) => {
                // Found: what is missing another time is looked for without the long pauses of this one.
                self.write(|session| Ok(session.tx.delete_meta(&tried_key(&mailbox))?))?;
                return Ok(mailbox);
            }
            _ => return Ok(mailbox),
        };
        if tries > 0 {
            mailbox.cursor = 0;
        }
        self.write(|session| {
            let kept = [&now_ms.to_le_bytes()[..], &[tries]].concat();
            session.tx.put_meta(&tried_key(&mailbox), &kept)?;
            if tries == 0 {
                return Ok(());
            }
            session.tx.delete_meta(&refused_key(&mailbox))?;
            Ok(session.tx.put_mailbox(&mailbox)?)
        })?;
        Ok(mailbox)
    }
}

impl Session<'_> {
    /// Remembers that a page of the mailbox held something that was refused.
    pub(crate) fn note_refused(&self, mailbox: &Mailbox) -> Result<()> {
        Ok(self.tx.put_meta(&refused_key(mailbox), &[])?)
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test may stop at the first surprise")]

    use belay_protocol::relay::Generation;

    use super::*;
    use crate::sibling_tests::person;

    #[test]
    fn what_is_missing_after_everything_was_found_is_looked_for_without_the_long_pauses() {
        let (_dir, engine, _) = person();
        let (space, mailbox) = engine
            .write(|session| {
                let space = session.self_space()?;
                let state = session.space(&space)?;
                let mailbox = Mailbox {
                    space: state.row,
                    epoch: state.writing_epoch().unwrap(),
                    relay: "http://127.0.0.1:1".to_owned(),
                    created: true,
                    generation: Some(Generation(1)),
                    cursor: 9,
                    last_contact_ms: None,
                    last_error: None,
                };
                let long_ago = [&0_i64.to_le_bytes()[..], &[6]].concat();
                session.tx.put_meta(&tried_key(&mailbox), &long_ago)?;
                Ok((space, mailbox))
            })
            .unwrap();
        let read = engine.rewound_if_missing(&space, mailbox.clone()).unwrap();
        assert_eq!(read.cursor, 9, "nothing is missing");
        engine
            .write(|session| session.note_refused(&mailbox))
            .unwrap();
        let read = engine.rewound_if_missing(&space, mailbox.clone()).unwrap();
        assert_eq!(read.cursor, 9, "it waits a day first");
        let noted = engine
            .read(|tx| Ok(tx.meta(&tried_key(&mailbox))?))
            .unwrap();
        assert_eq!(noted.unwrap().last(), Some(&0));
    }
}
