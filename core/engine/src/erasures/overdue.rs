//! What goes for good by itself: entries that were deleted thirty days ago, what was erased beyond a day's measure and
//! has waited for three days, and the copies that lie aside of such.

use belay_model::SET_ASIDE_FOR_MS;
use belay_protocol::DocKind;
use belay_store::{Own, ReadTx};

use crate::Result;
use crate::engine::Engine;
use crate::erasures::limit::{BROUGHT_BACK, asked_at_ms, goes_at_ms};
use crate::erasures::set_aside::{self, SetAside};
use crate::journal::deletion::{KEPT_MS, kept_since, note_seen};
use crate::session::Session;

/// What is overdue is destroyed when it was overdue already this long before: a clock that is wrong for an hour
/// then destroys nothing.
const SECOND_LOOK_MS: i64 = 24 * 60 * 60 * 1000;

/// Under which meta key it stands when something was first seen to be overdue.
const OVERDUE_SINCE: &str = "overdue-since";

/// Something that goes for good, and when.
enum Going {
    /// A deleted document.
    Document(DocKind, Own),
    /// A copy of what another own device erased.
    Copy(SetAside),
}

/// What goes for good by itself, each with its time; `None` where that was not noted yet, or was noted under a clock
/// that was ahead.
fn going(tx: &ReadTx<'_>, now_ms: i64) -> Result<Vec<(Going, Option<i64>)>> {
    let mut all = Vec::new();
    for kind in [DocKind::JournalEntry, DocKind::CheckIn] {
        for own in tx.own_deleted(kind.into(), i64::MAX)? {
            if kind == DocKind::CheckIn && asked_at_ms(&own)?.is_none() {
                // Stays among the deleted ones.
                continue;
            }
            let kept = kept_since(tx, &own, now_ms)?;
            let goes = kept.map(|since| goes_at_ms(&own, since)).transpose()?;
            all.push((Going::Document(kind, own), goes));
        }
    }
    for copy in set_aside::all(tx)? {
        let noted = copy.since_ms <= now_ms;
        let goes = noted.then(|| copy.since_ms.saturating_add(SET_ASIDE_FOR_MS));
        all.push((Going::Copy(copy), goes));
    }
    Ok(all)
}

impl Engine {
    /// Destroys what has had its time. Does nothing else than a short look while nothing is due.
    pub(crate) fn erase_overdue(&self) -> Result<()> {
        let now_ms = self.clock.now_ms();
        let nothing = self.read(|tx| {
            let going = going(tx, now_ms)?;
            let due = |goes: &Option<i64>| goes.is_none_or(|at_ms| at_ms <= now_ms);
            Ok(!going.iter().any(|(_, goes)| due(goes)) && tx.meta(OVERDUE_SINCE)?.is_none())
        })?;
        if nothing || self.is_removed()? {
            return Ok(());
        }
        let erased = self.write(|session| session.erase_overdue())?;
        if erased {
            self.tidy_attachments()?;
            self.checkpoint()
        } else {
            Ok(())
        }
    }
}

impl Session<'_> {
    pub(crate) fn erase_overdue(&mut self) -> Result<bool> {
        let (tx, now_ms) = (self.tx, self.now_ms);
        let mut overdue = Vec::new();
        for (going, goes) in going(tx, now_ms)? {
            match (goes, going) {
                (Some(at_ms), going) if at_ms <= now_ms => overdue.push((going, at_ms)),
                (Some(_), _) => {}
                (None, Going::Document(_, own)) => note_seen(tx, &own, now_ms)?,
                (None, Going::Copy(copy)) => set_aside::keep(
                    tx,
                    &SetAside {
                        since_ms: now_ms,
                        ..copy
                    },
                )?,
            }
        }
        self.forget_old_notes()?;
        if overdue.is_empty() {
            tx.delete_meta(OVERDUE_SINCE)?;
            return Ok(false);
        }
        let since = tx.meta(OVERDUE_SINCE)?;
        let since = since.and_then(|kept| kept.try_into().ok());
        let since = since.map(i64::from_le_bytes);
        let waits = |since: i64| (since..since.saturating_add(SECOND_LOOK_MS)).contains(&now_ms);
        if since.is_some_and(waits) {
            return Ok(false);
        }
        tx.put_meta(OVERDUE_SINCE, &now_ms.to_le_bytes())?;
        let Some(since) = since.filter(|since| *since <= now_ms) else {
            return Ok(false);
        };
        for (going, at_ms) in overdue {
            if at_ms <= since {
                self.destroy(going)?;
            }
        }
        Ok(true)
    }

    fn destroy(&mut self, going: Going) -> Result<()> {
        match going {
            Going::Document(kind, own) => {
                if asked_at_ms(&own)?.is_none() || self.has_waited(&own)? {
                    self.erase_own(kind, &own)?;
                }
                Ok(())
            }
            Going::Copy(copy) => set_aside::forget(self.tx, copy.kind, &copy.name),
        }
    }

    /// Whoever has not heard within a month that something was brought back erased it on purpose since.
    fn forget_old_notes(&mut self) -> Result<()> {
        for (key, noted) in self.tx.meta_beginning_with(BROUGHT_BACK)? {
            let noted = noted.try_into().map_or(0, i64::from_le_bytes);
            if noted.saturating_add(KEPT_MS) <= self.now_ms {
                self.tx.delete_meta(&key)?;
            }
        }
        Ok(())
    }
}
