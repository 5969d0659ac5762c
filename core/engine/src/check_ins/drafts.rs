//! Check-ins that were begun and not written: what the form holds survives a program that is killed. They
//! stay on this device, sealed like everything else, and go with the check-in that is made of them.

use belay_model::{CivilDay, DocName};
use belay_store::ReadTx;
use serde::{Deserialize, Serialize};

use crate::changes::ChangeArea;
use crate::check_ins::form::{CheckInDraftLineView, CheckInDraftView};
use crate::engine::Engine;
use crate::input::NewCheckIn;
use crate::session::Session;
use crate::{BelayError, Result};

/// How the meta keys of drafts begin.
const DRAFT: &str = "check-in-draft/";

/// The version of a draft's JSON.
const VERSION: u32 = 1;

/// Bytes of a draft: more than a check-in may have, so that a text that is too long is not lost.
const DRAFT_MAX: usize = 1024 * 1024;

/// A draft as it is kept.
#[derive(Serialize, Deserialize)]
struct KeptDraft {
    version: u32,
    about: Option<DocName>,
    at_ms: i64,
    new: NewCheckIn,
}

impl Engine {
    /// Keeps what the form holds, in place of what it held before: one draft for each day, and one for each
    /// check-in that is being edited (`about`). A draft without a day belongs to the present one, and stays
    /// there when midnight passes or the zone changes. Nothing is judged: what is too long to be written is
    /// kept all the same. A form that is empty keeps no draft. Writes to disk.
    ///
    /// # Errors
    /// `InvalidInput{draft, too_many_bytes}` above 1 MiB; what the disk refuses. What was kept before stays
    /// then.
    pub fn keep_check_in_draft(&self, mut new: NewCheckIn, about: Option<DocName>) -> Result<()> {
        self.write(|session| {
            let on = match new.on {
                Some(on) => on,
                None => session.present_day()?,
            };
            new.on = Some(on);
            let key = key(on, about.as_ref());
            if about.is_none() && is_empty(&new) {
                session.spaces.touched.part(ChangeArea::Drafts);
                return Ok(session.tx.delete_meta(&key)?);
            }
            let kept = crate::projection::json(&KeptDraft {
                version: VERSION,
                about,
                at_ms: session.now_ms,
                new,
            })?;
            if kept.len() > DRAFT_MAX {
                return Err(BelayError::InvalidInput {
                    field: "draft",
                    rule: "too_many_bytes",
                });
            }
            session.spaces.touched.part(ChangeArea::Drafts);
            Ok(session.tx.put_meta(&key, kept.as_bytes())?)
        })
    }

    /// Drops the draft of a day (`None` for the present one), or that of an edit. Nothing there is fine.
    /// Writes to disk.
    ///
    /// # Errors
    /// What the disk refuses.
    pub fn drop_check_in_draft(&self, on: Option<CivilDay>, about: Option<DocName>) -> Result<()> {
        self.write(|session| {
            let on = match on {
                Some(on) => on,
                None => session.present_day()?,
            };
            session.spaces.touched.part(ChangeArea::Drafts);
            Ok(session.tx.delete_meta(&key(on, about.as_ref()))?)
        })
    }
}

impl Session<'_> {
    fn present_day(&self) -> Result<CivilDay> {
        let settings = crate::queries::settings(self.tx)?;
        Ok(self.moment(&settings)?.civil_day(settings.day_start))
    }

    /// What was typed is written: its draft goes in the same transaction, or stays with it.
    pub fn use_up_draft(&mut self, on: CivilDay, about: Option<&DocName>) -> Result<()> {
        self.spaces.touched.part(ChangeArea::Drafts);
        Ok(self.tx.delete_meta(&key(on, about))?)
    }
}

/// The draft of a day, or of an edit. One that a newer program kept is left where it is.
pub(crate) fn kept(
    tx: &ReadTx<'_>,
    on: CivilDay,
    about: Option<&DocName>,
) -> Result<Option<CheckInDraftView>> {
    let bytes = tx.meta(&key(on, about))?;
    let draft = bytes.and_then(|bytes| parse(&bytes));
    Ok(draft.map(|draft| CheckInDraftView {
        at_ms: draft.at_ms,
        new: draft.new,
    }))
}

/// Every draft, the latest first.
pub(crate) fn all(tx: &ReadTx<'_>) -> Result<Vec<CheckInDraftLineView>> {
    let mut lines: Vec<CheckInDraftLineView> = tx
        .meta_beginning_with(DRAFT)?
        .iter()
        .filter_map(|(_, bytes)| parse(bytes))
        .filter_map(|draft| {
            Some(CheckInDraftLineView {
                on: draft.new.on?,
                about: draft.about,
                at_ms: draft.at_ms,
            })
        })
        .collect();
    lines.sort_by_key(|line| std::cmp::Reverse(line.at_ms));
    Ok(lines)
}

fn parse(bytes: &[u8]) -> Option<KeptDraft> {
    let draft: KeptDraft = serde_json::from_slice(bytes).ok()?;
    (draft.version == VERSION).then_some(draft)
}

fn key(on: CivilDay, about: Option<&DocName>) -> String {
    match about {
        Some(name) => format!("{DRAFT}of/{name}"),
        None => format!("{DRAFT}{on}"),
    }
}

/// Whether nothing was chosen or typed. Whom it would be shared with says nothing of the day.
fn is_empty(new: &NewCheckIn) -> bool {
    let texts = [&new.win, &new.struggle, &new.plan, &new.note];
    texts
        .iter()
        .all(|text| text.as_deref().is_none_or(str::is_empty))
        && new.mood.is_none()
        && new.emotions.is_empty()
        && new.energy.is_none()
        && new.need.is_none()
        && new.outcomes.is_empty()
}
