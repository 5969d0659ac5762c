//! Pauses by range, of one goal or of everything: silent, and neutral in what is counted (product id G5).

use belay_document::documents::Draft as DocumentDraft;
use belay_model::goals::{Pause, Pauses};
use belay_model::{CivilDay, DocName};
use belay_protocol::DocKind;

use crate::changes::ChangeArea;
use crate::engine::Engine;
use crate::{BelayError, Result};

impl Engine {
    /// The pauses of a goal, or with `None` those of everything, by their first day.
    ///
    /// # Errors
    /// `NotFound`.
    pub fn pauses(&self, of: Option<&DocName>) -> Result<Vec<Pause>> {
        self.read(|tx| {
            let pauses = match of {
                Some(goal) => crate::goals::outcomes::goal_row(tx, goal)?.goal.pauses,
                None => crate::queries::settings_row(tx)?.pauses,
            };
            Ok(pauses.into())
        })
    }

    /// Pauses a goal, or with `None` everything, for a range of days. Nobody is told. Gives all its pauses.
    /// Writes to disk.
    ///
    /// # Errors
    /// `NotFound`; `InvalidInput{pause, ends_before_it_starts | overlaps | too_many}`, and nothing is changed
    /// then.
    pub fn pause_goals(&self, of: Option<&DocName>, pause: Pause) -> Result<Vec<Pause>> {
        self.change_pauses(of, |pauses, _| Ok(pauses.with(pause)?))
    }

    /// Takes a pause away, as if it had never been. Gives all that are left. Writes to disk.
    ///
    /// # Errors
    /// `NotFound` for a goal or pause that is not there.
    pub fn take_back_pause(&self, of: Option<&DocName>, pause: &Pause) -> Result<Vec<Pause>> {
        self.change_pauses(of, |pauses, _| {
            if !pauses.iter().any(|kept| kept == pause) {
                return Err(BelayError::NotFound { what: "pause" });
            }
            Ok(pauses.without(pause))
        })
    }

    /// Ends what is paused on the present day: it counts again from today on. Where nothing is paused nothing
    /// changes. Gives all pauses. Writes to disk.
    ///
    /// # Errors
    /// `NotFound`.
    pub fn resume_goals(&self, of: Option<&DocName>) -> Result<Vec<Pause>> {
        self.change_pauses(of, |pauses, today| Ok(pauses.ended(today)))
    }

    fn change_pauses(
        &self,
        of: Option<&DocName>,
        change: impl FnOnce(&Pauses, CivilDay) -> Result<Pauses>,
    ) -> Result<Vec<Pause>> {
        let Some(goal) = of else {
            self.write(|session| {
                let settings = crate::queries::settings(session.tx)?;
                let today = session.moment(&settings)?.civil_day(settings.day_start);
                let document = session.document(DocKind::Settings, &DocName::ZERO)?;
                let changed = change(&document.pauses()?, today)?;
                let draft = DocumentDraft::new().settings(&settings);
                let draft = draft.pauses(&changed, &document);
                // Every goal looks another way now.
                session.spaces.touched.part(ChangeArea::Goals);
                session.write_into(DocKind::Settings, &DocName::ZERO, document, &draft)
            })?;
            return self.pauses(None);
        };
        self.change_goal(goal, |goal, _, today| {
            goal.pauses = change(&goal.pauses, today)?;
            Ok(())
        })?;
        self.pauses(of)
    }
}
