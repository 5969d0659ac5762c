//! Check-ins after they were written: edit, take back, bring back (product ids C3, C5).

use std::collections::BTreeMap;

use belay_document::documents::{Draft as DocumentDraft, SelfDocument};
use belay_model::{CheckIn, CheckInFields, DocName, Settings, SpaceId};
use belay_protocol::DocKind;
use belay_store::ReadTx;

use crate::check_ins::{compose, copies, known_audience, previews};
use crate::documents::load_document;
use crate::engine::Engine;
use crate::input::NewCheckIn;
use crate::session::Spaces;
use crate::views::{CheckInView, PreviewView, UndoneView};
use crate::{BelayError, Result};

/// An edited check-in and who sees it, before it is written.
struct Edited {
    document: SelfDocument,
    check_in: CheckIn,
    shares: BTreeMap<SpaceId, CheckInFields>,
}

impl Engine {
    /// What each partner would see of a check-in after this edit, exactly (C4). Changes nothing.
    ///
    /// # Errors
    /// As [`Engine::edit_check_in`].
    pub fn preview_edit(&self, name: &DocName, edit: &NewCheckIn) -> Result<Vec<PreviewView>> {
        let now_ms = self.clock.now_ms();
        self.read_spaces(|tx, spaces| {
            let settings = crate::queries::settings(tx)?;
            let moment = self.moment(&settings)?;
            let Edited {
                check_in, shares, ..
            } = edited(tx, spaces, name, edit, &settings, now_ms)?;
            previews(tx, spaces, &check_in, shares, edit, &moment, &settings)
        })
    }

    /// Replaces what a check-in says. While nothing of it has left this is still the first version; later
    /// it is an edit and says so (C3, C5). `audience: None` keeps who sees it. Outcomes are logged anew.
    ///
    /// # Errors
    /// `NotFound`; `InvalidInput` as for a new one, and then everything stays as it was.
    pub fn edit_check_in(&self, name: &DocName, edit: NewCheckIn) -> Result<CheckInView> {
        self.write(|session| {
            let settings = crate::queries::settings(session.tx)?;
            let moment = session.moment(&settings)?;
            let Edited {
                document,
                check_in,
                shares,
            } = edited(
                session.tx,
                session.spaces,
                name,
                &edit,
                &settings,
                session.now_ms,
            )?;
            session.write_check_in(name, document, &check_in, &shares, &settings)?;
            for outcome in &edit.outcomes {
                let on = outcome.on.unwrap_or(check_in.on);
                session.log_outcome(outcome, on, &moment, &settings)?;
            }
            session.use_up_draft(check_in.on, Some(name))
        })?;
        self.check_in(name)
    }

    /// Takes a check-in back, with the outcomes that were logged along with it: while it is held nothing
    /// of it leaves; later the shared copies are withdrawn. It stays among the deleted ones until
    /// [`Engine::restore_check_in`] or its erasure.
    ///
    /// # Errors
    /// `NotFound`.
    pub fn undo_check_in(&self, name: &DocName) -> Result<UndoneView> {
        self.write(|session| {
            let document = present_check_in(session.tx, session.spaces, name)?;
            let check_in = document.check_in()?;
            let spaces = document.shared_spaces()?;
            let mut may_have_left = false;
            for space in &spaces {
                may_have_left |= session.was_sealed(space, DocKind::CheckIn, name)?;
            }
            let copies = spaces.into_iter().map(|space| (space, None)).collect();
            let draft = DocumentDraft::new().deleted_at_ms(Some(session.now_ms));
            let now_ms = session.now_ms;
            session.write_shared(DocKind::CheckIn, name, document, draft, copies, now_ms)?;
            may_have_left |= session.take_back_outcomes(check_in.on, &check_in.written)?;
            Ok(UndoneView { may_have_left })
        })
    }

    /// Erases a check-in that was taken back, for good and on every own device (product id J8). Beyond what may
    /// be erased in a day ([`Engine::erase_limit`]) it goes after 72 hours, unless it is brought back.
    ///
    /// # Errors
    /// `NotFound` unless it is among the deleted ones.
    pub fn erase_check_in(&self, name: &DocName) -> Result<()> {
        self.write(|session| {
            let document = session.document(DocKind::CheckIn, name)?;
            if document.change_count() == 0 || document.deleted_at_ms()?.is_none() {
                return Err(BelayError::NotFound { what: "check-in" });
            }
            session.erase_within_measure(DocKind::CheckIn, name)?;
            Ok(())
        })?;
        // `secure_delete` overwrote the pages; the write log still has them until it is emptied.
        self.checkpoint()
    }

    /// Brings back a check-in that was taken back, with its outcomes; it is shared again as it was.
    ///
    /// # Errors
    /// `NotFound`.
    pub fn restore_check_in(&self, name: &DocName) -> Result<CheckInView> {
        self.write(|session| {
            let settings = crate::queries::settings(session.tx)?;
            let document = session.document(DocKind::CheckIn, name)?;
            if document.change_count() == 0 || document.deleted_at_ms()?.is_none() {
                return Err(BelayError::NotFound { what: "check-in" });
            }
            let check_in = document.check_in()?;
            session.note_brought_back(name, &document)?;
            let mut shares = crate::projection::check_in_shares(&document)?;
            shares.retain(|space, _| crate::partners::require_active(session.tx, space).is_ok());
            let draft = DocumentDraft::new().deleted_at_ms(None);
            let copies = copies(&check_in, &shares);
            let not_before = session.hold_until(&settings);
            session.write_shared(DocKind::CheckIn, name, document, draft, copies, not_before)?;
            session.bring_back_outcomes(check_in.on, &check_in.written, &settings)
        })?;
        self.check_in(name)
    }
}

fn present_check_in(tx: &ReadTx<'_>, spaces: &mut Spaces, name: &DocName) -> Result<SelfDocument> {
    let own = crate::queries::self_space(tx)?;
    let document = load_document(tx, spaces.get(tx, &own)?, DocKind::CheckIn, name)?;
    if document.change_count() == 0 || document.deleted_at_ms()?.is_some() {
        return Err(BelayError::NotFound { what: "check-in" });
    }
    Ok(document)
}

fn edited(
    tx: &ReadTx<'_>,
    spaces: &mut Spaces,
    name: &DocName,
    edit: &NewCheckIn,
    settings: &Settings,
    now_ms: i64,
) -> Result<Edited> {
    let document = present_check_in(tx, spaces, name)?;
    let before = document.check_in()?;
    let mut check_in = compose(edit, &before.written, settings)?;
    check_in.on = edit.on.unwrap_or(before.on);
    check_in.written_on = before.written_on;
    if !is_first_version(tx, spaces, &document, name, &before, settings, now_ms)? {
        check_in = check_in.as_edit_of(&before, now_ms);
    }
    check_in.validate()?;
    let mut shares = crate::projection::check_in_shares(&document)?;
    if let Some(audience) = &edit.audience {
        for fields in shares.values_mut() {
            *fields = CheckInFields::empty();
        }
        // Whoever is gone sees nothing new; naming them is no mistake.
        let mut chosen = audience.clone();
        chosen.retain(|space, _| {
            !shares.contains_key(space) || crate::partners::require_active(tx, space).is_ok()
        });
        shares.extend(known_audience(tx, &chosen)?);
    }
    Ok(Edited {
        document,
        check_in,
        shares,
    })
}

/// Whether nobody can have seen what was written so far: nothing of it was sealed, and it is as young as
/// the hold.
fn is_first_version(
    tx: &ReadTx<'_>,
    spaces: &mut Spaces,
    document: &SelfDocument,
    name: &DocName,
    before: &CheckIn,
    settings: &Settings,
    now_ms: i64,
) -> Result<bool> {
    for space in document.shared_spaces()? {
        // Where another own device publishes, it may have left.
        let may_have_left = match spaces.find(tx, &space)? {
            Some(state) => crate::sharing::was_sealed(tx, state, DocKind::CheckIn, name)?,
            None => true,
        };
        if may_have_left {
            return Ok(false);
        }
    }
    let age = now_ms.saturating_sub(before.written.at_ms());
    Ok((0..i64::from(settings.hold_seconds) * 1000).contains(&age) && !before.is_edited())
}
