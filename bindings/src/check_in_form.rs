//! The form of a check-in, and what it keeps: core/engine/src/check_ins/form.rs and check_in_drafts.rs.

use belay_engine::model::{CivilDay, DocName};
use belay_engine::{CheckInFormView, NewCheckIn};

use crate::{BelayCore, Result};

#[uniffi::export]
impl BelayCore {
    /// The form for a check-in about a day (nothing for the present one), or for the edit of one that is there.
    /// Questions come in `language`, a BCP 47 tag. Changes nothing.
    pub async fn check_in_form(
        &self,
        on: Option<CivilDay>,
        about: Option<DocName>,
        language: String,
    ) -> Result<CheckInFormView> {
        self.on_disk(move |engine| engine.check_in_form(on, about, &language))
            .await
    }

    /// Keeps what the form holds, in place of what it held before. Writes to disk.
    #[uniffi::method(default(about = None))]
    pub async fn keep_check_in_draft(&self, new: NewCheckIn, about: Option<DocName>) -> Result<()> {
        self.on_disk(move |engine| engine.keep_check_in_draft(new, about))
            .await
    }

    /// Drops the draft of a day (nothing for the present one), or that of an edit. Writes to disk.
    #[uniffi::method(default(on = None, about = None))]
    pub async fn drop_check_in_draft(
        &self,
        on: Option<CivilDay>,
        about: Option<DocName>,
    ) -> Result<()> {
        self.on_disk(move |engine| engine.drop_check_in_draft(on, about))
            .await
    }
}
