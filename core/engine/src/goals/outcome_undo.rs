//! Taking back what was noted of a goal: the day is open again, as if nothing had been said (product id G4).

use std::collections::BTreeMap;

use belay_crypto::outcome_name;
use belay_document::documents::Draft as DocumentDraft;
use belay_model::{CivilDay, DocName};
use belay_protocol::DocKind;

use crate::engine::Engine;
use crate::projection::OutcomeRow;
use crate::session::Session;
use crate::views::UndoneView;
use crate::{BelayError, Result};

impl Engine {
    /// Takes back what was noted of a goal for a day. While it is held nothing of it leaves; later the shared
    /// copies are withdrawn. It can be noted anew at any time. Writes to disk.
    ///
    /// # Errors
    /// `NotFound` when nothing is noted for that day.
    pub fn undo_outcome(&self, goal: &DocName, on: CivilDay) -> Result<UndoneView> {
        let name = outcome_name(goal, &on.to_string());
        self.write(|session| {
            let own = session
                .tx
                .own_by_name(DocKind::Outcome.into(), &name)?
                .filter(|own| own.deleted_at_ms.is_none())
                .ok_or(BelayError::NotFound { what: "outcome" })?;
            let row: OutcomeRow = crate::queries::projected(&own)?;
            let may_have_left = session.take_back_outcome(&name, &row)?;
            Ok(UndoneView { may_have_left })
        })
    }
}

impl Session<'_> {
    /// Deletes an outcome and withdraws its copies. Says whether something of it may have left.
    pub fn take_back_outcome(&mut self, name: &DocName, row: &OutcomeRow) -> Result<bool> {
        let document = self.document(DocKind::Outcome, name)?;
        let (now_ms, mut may_have_left) = (self.now_ms, false);
        let mut copies = BTreeMap::new();
        for space in row.shares.keys() {
            may_have_left |= self.was_sealed(space, DocKind::Outcome, name)?;
            copies.insert(*space, None);
        }
        let draft = DocumentDraft::new().deleted_at_ms(Some(now_ms));
        self.write_shared(DocKind::Outcome, name, document, draft, copies, now_ms)?;
        Ok(may_have_left)
    }
}
