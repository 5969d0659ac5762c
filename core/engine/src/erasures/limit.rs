//! What this device erases beyond twenty living things a day (docs/protocol.md, X12): hidden at once, and destroyed
//! after 72 hours, until when it can be brought back. No `erase` is written before its time, so nothing that
//! destroys has to be taken back.

use belay_document::documents::{Draft as DocumentDraft, SelfDocument};
use belay_model::{
    DeviceId, DocName, ERASES_A_DAY, EraseMeasure, Hlc, SET_ASIDE_FOR_MS, destroyed_at_ms,
};
use belay_protocol::DocKind;
use belay_store::Own;
use serde::{Deserialize, Serialize};

use crate::engine::Engine;
use crate::journal::deletion::{KEPT_MS, kept_since, note_seen};
use crate::projection::CheckInRow;
use crate::session::Session;
use crate::{BelayError, Result};

const MISSING: BelayError = BelayError::NotFound { what: "document" };

/// What this device may still erase with effect at once.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct EraseLimitView {
    /// How many things may go within a day.
    pub a_day: u64,
    /// How many more may go now.
    pub left: u64,
    /// For how many hours what goes beyond that can be brought back.
    pub aside_for_hours: u64,
}

/// What of a row says that its erasure was asked for.
#[derive(Deserialize)]
struct Asked {
    #[serde(default)]
    erase_asked_at_ms: Option<i64>,
}

/// When the erasure of something deleted was asked for, where it could not go at once.
pub(crate) fn asked_at_ms(own: &Own) -> Result<Option<i64>> {
    let asked: Asked = crate::queries::projected(own)?;
    Ok(asked.erase_asked_at_ms)
}

/// When something deleted goes for good by itself. Of what can be deleted only entries do, unless it was asked for.
pub(crate) fn goes_at_ms(own: &Own, kept_since_ms: i64) -> Result<i64> {
    let otherwise_ms = if own.kind == u8::from(DocKind::JournalEntry) {
        kept_since_ms.saturating_add(KEPT_MS)
    } else {
        i64::MAX
    };
    let asked = asked_at_ms(own)?;
    Ok(asked.map_or(otherwise_ms, |asked| {
        destroyed_at_ms(asked, kept_since_ms, otherwise_ms)
    }))
}

/// Under which meta key the erasures of a device stand that took effect at once.
fn measure_key(device: &DeviceId) -> String {
    format!("erase-measure/{device}")
}

/// Under which meta key it stands that this device brought something back whose erasure had been asked for.
pub(crate) const BROUGHT_BACK: &str = "brought-back/";

impl Engine {
    /// How much this device may still erase with effect at once. Deleting everything is not bound by it.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn erase_limit(&self) -> Result<EraseLimitView> {
        let now_ms = self.clock.now_ms();
        self.read_spaces(|tx, spaces| {
            let own = crate::queries::self_space(tx)?;
            let device = spaces.get(tx, &own)?.own_device;
            let kept = tx.meta(&measure_key(&device))?.unwrap_or_default();
            Ok(EraseLimitView {
                a_day: ERASES_A_DAY as u64,
                left: EraseMeasure::from_bytes(&kept).left(now_ms) as u64,
                aside_for_hours: SET_ASIDE_FOR_MS.unsigned_abs() / 3_600_000,
            })
        })
    }
}

impl Session<'_> {
    /// Counts one more living thing that this device erases; says whether it may go at once.
    pub(crate) fn may_erase_now(&mut self) -> Result<bool> {
        let space = self.self_space()?;
        let device = self.space(&space)?.own_device;
        self.is_within_measure(&device, self.now_ms)
    }

    /// Counts one more living thing that an own device erased; says whether that is within what may go at once.
    pub(crate) fn is_within_measure(&mut self, by: &DeviceId, said_at_ms: i64) -> Result<bool> {
        let key = measure_key(by);
        let mut measure = EraseMeasure::from_bytes(&self.tx.meta(&key)?.unwrap_or_default());
        let within = measure.take(said_at_ms, self.now_ms);
        self.tx.put_meta(&key, &measure.to_bytes())?;
        Ok(within)
    }

    /// Erases an entry or a check-in, or hides it until its time where too much was erased already. Says whether it
    /// is gone. What lay among the deleted ones for three days surprises nobody and counts for nothing.
    pub(crate) fn erase_within_measure(&mut self, kind: DocKind, name: &DocName) -> Result<bool> {
        let (tx, now_ms) = (self.tx, self.now_ms);
        let own = tx.own_by_name(kind.into(), name)?.ok_or(MISSING)?;
        let kept = match own.deleted_at_ms {
            Some(_) => kept_since(tx, &own, now_ms)?,
            None => None,
        };
        let had_its_time = kept.is_some_and(|since| since <= now_ms - SET_ASIDE_FOR_MS);
        let asked = asked_at_ms(&own)?.is_some();
        if had_its_time || (!asked && self.may_erase_now()?) {
            self.erase_own(kind, &own)?;
            return Ok(true);
        }
        if !asked {
            let draft = DocumentDraft::new()
                .deleted_at_ms(Some(own.deleted_at_ms.unwrap_or(now_ms).min(now_ms)))
                .erase_asked_at_ms(now_ms);
            self.write_document(kind, name, &draft)?;
            let own = tx.own_by_name(kind.into(), name)?.ok_or(MISSING)?;
            if kept.is_none() {
                note_seen(tx, &own, now_ms)?;
            }
        }
        Ok(false)
    }

    /// Erases an entry or a check-in with all that belongs to it.
    pub(crate) fn erase_own(&mut self, kind: DocKind, own: &Own) -> Result<()> {
        if kind == DocKind::JournalEntry {
            return self.erase_entry(&own.name);
        }
        let row: CheckInRow = crate::queries::projected(own)?;
        self.erase_document(kind, &own.name)?;
        self.tx
            .delete_meta(&crate::journal::deletion::seen_key(&own.name))?;
        self.use_up_draft(row.check_in.on, Some(&own.name))
    }

    /// Remembers that something was brought back whose erasure had been asked for: another own device may erase it
    /// all the same, not having heard of that.
    pub(crate) fn note_brought_back(
        &mut self,
        name: &DocName,
        document: &SelfDocument,
    ) -> Result<()> {
        if document.erase_asked_at_ms()?.is_some() {
            let key = format!("{BROUGHT_BACK}{name}");
            self.tx.put_meta(&key, &self.now_ms.to_le_bytes())?;
        }
        Ok(())
    }

    /// Whether something whose erasure was asked for has waited long enough by the clocks of its items, too: a clock
    /// that was set back when it was asked for makes nothing older. One that runs ahead says nothing.
    pub(crate) fn has_waited(&self, own: &Own) -> Result<bool> {
        let mut last = Hlc::ZERO;
        for stored in crate::erasures::erased::changes_of(self.tx, own.document)? {
            last = last.max(Hlc::from_u64(stored.hlc));
        }
        let last_ms = last.wall_ms();
        Ok(last_ms > self.now_ms.saturating_add(Hlc::MAX_AHEAD_MS)
            || last_ms.saturating_add(SET_ASIDE_FOR_MS) <= self.now_ms)
    }
}
