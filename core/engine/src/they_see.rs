//! What one partner can see, as one list with a switch each (principle 3: nothing is shared unseen).

use belay_model::{CheckInFields, DocName, GoalFields, SpaceId};
use belay_protocol::DocKind;
use serde::Serialize;

use crate::Result;
use crate::engine::Engine;
use crate::goals::GOALS_MAX;
use crate::journal::views::PassageView;
use crate::projection::{CheckInRow, GoalRow};
use crate::views::PartnerView;

/// How many of the newest check-ins are looked through.
const CHECK_INS_MAX: usize = 365;

/// What one partner can see.
#[derive(Debug, Clone, Serialize)]
pub struct TheySeeView {
    /// The partner.
    pub partner: PartnerView,
    /// What they usually see of a new check-in.
    pub usual_fields: CheckInFields,
    /// Every goal of the person, with what the partner sees of it; nothing is an answer too.
    pub goals: Vec<SeenGoalView>,
    /// How many of the newest 365 check-ins they see something of.
    pub check_ins: u64,
    /// Passages they have.
    pub passages: Vec<PassageView>,
}

/// A goal, and what a partner sees of it.
#[derive(Debug, Clone, Serialize)]
pub struct SeenGoalView {
    /// Its name.
    pub name: DocName,
    /// Its title, as the owner knows it.
    pub title: String,
    /// What they see.
    pub fields: GoalFields,
}

impl Engine {
    /// What a partner can see. It is changed by [`Engine::set_usual_fields`], [`Engine::share_goal`],
    /// [`Engine::edit_check_in`] and [`Engine::retract_passage`].
    ///
    /// # Errors
    /// `NotFound`.
    pub fn they_see(&self, space: &SpaceId) -> Result<TheySeeView> {
        let partner = self.partner_view(space)?;
        let today = self.today_on()?;
        let mut passages = self.passages()?;
        passages.retain(|passage| passage.space == *space);
        self.read(|tx| {
            let mut goals = Vec::new();
            for own in tx.own_all(DocKind::Goal.into(), GOALS_MAX)?.iter().rev() {
                let row: GoalRow = crate::queries::projected(own)?;
                let fields = row.shares.get(space).copied().unwrap_or_default();
                if !row.goal.is_archived(today) || !fields.is_empty() {
                    goals.push(SeenGoalView {
                        name: own.name,
                        title: row.goal.title,
                        fields,
                    });
                }
            }
            let mut check_ins = 0;
            for own in tx.own_all(DocKind::CheckIn.into(), CHECK_INS_MAX)? {
                let row: CheckInRow = crate::queries::projected(&own)?;
                check_ins += u64::from(row.shares.contains_key(space));
            }
            Ok(TheySeeView {
                usual_fields: partner.usual_fields,
                partner,
                goals,
                check_ins,
                passages,
            })
        })
    }
}
