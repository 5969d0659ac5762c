//! The review of a week and series over months: core/engine/src/insights.rs.

use belay_engine::model::CivilDay;
use belay_engine::{InsightsView, WeekReviewView};

use crate::{BelayCore, Result};

#[uniffi::export]
impl BelayCore {
    /// The review of the week in which that day is, without one of the present week. It begins with what went well.
    #[uniffi::method(default(day = None))]
    pub async fn week_review(&self, day: Option<CivilDay>) -> Result<WeekReviewView> {
        self.on_disk(move |engine| engine.week_review(day)).await
    }

    /// Series between two days, without them of the last twelve weeks.
    #[uniffi::method(default(from = None, to = None))]
    pub async fn insights(
        &self,
        from: Option<CivilDay>,
        to: Option<CivilDay>,
    ) -> Result<InsightsView> {
        self.on_disk(move |engine| engine.insights(from, to)).await
    }
}
