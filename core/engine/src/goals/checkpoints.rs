//! Checkpoints of what is counted of a goal, kept beside the query tables: after one more outcome only the weeks
//! behind the last one are read again, never the years before (product id G6). They can be dropped at any time; then
//! everything is counted anew.

use belay_model::goals::{PausedDays, Terms};
use belay_model::statistics::Checkpoint;
use belay_model::{CivilDay, DocName, Weekday};
use belay_store::ReadTx;
use serde::{Deserialize, Serialize};

use crate::Result;
use crate::goals::frame::{Frame, Framed};
use crate::session::Session;

const KEY: &str = "goal-checkpoints/";

/// The checkpoints of a goal with everything they were counted by but the outcomes.
#[derive(Debug, Serialize, Deserialize)]
struct Kept {
    terms: Terms,
    week_start: Weekday,
    paused: PausedDays,
    checkpoints: Vec<Checkpoint>,
}

fn key(goal: &DocName) -> String {
    format!("{KEY}{goal}")
}

fn read(tx: &ReadTx<'_>, goal: &DocName) -> Result<Option<Kept>> {
    let bytes = tx.meta(&key(goal))?;
    // What cannot be read, such as that of another version, is counted anew.
    Ok(bytes.and_then(|bytes| serde_json::from_slice(&bytes).ok()))
}

/// The checkpoints that count for a goal as it is now, earliest first.
pub(crate) fn of(tx: &ReadTx<'_>, goal: &DocName, framed: &Framed) -> Result<Vec<Checkpoint>> {
    let same = |kept: &Kept| {
        kept.terms == framed.terms
            && kept.week_start == framed.week_start
            && kept.paused == framed.paused
    };
    let kept = read(tx, goal)?.filter(same);
    Ok(kept.map_or_else(Vec::new, |kept| kept.checkpoints))
}

impl Session<'_> {
    /// Leaves checkpoints up to that day, after something was logged or taken back.
    pub fn leave_checkpoints(&self, goal: &DocName, today: CivilDay) -> Result<()> {
        let row = crate::goals::outcomes::goal_row(self.tx, goal)?;
        let framed = Frame::read(self.tx)?.of(&row.goal);
        let counted = crate::goals::numbers::count(self.tx, goal, &framed, today)?;
        let checkpoints = counted.ledger.checkpoints().to_vec();
        if checkpoints.len() == counted.known {
            return Ok(());
        }
        let kept = Kept {
            terms: framed.terms,
            week_start: framed.week_start,
            paused: framed.paused,
            checkpoints,
        };
        let bytes = crate::projection::json(&kept)?;
        Ok(self.tx.put_meta(&key(goal), bytes.as_bytes())?)
    }

    /// Drops the checkpoints that counted that day of a goal.
    pub fn drop_checkpoints(&self, goal: &DocName, on: CivilDay) -> Result<()> {
        let Some(mut kept) = read(self.tx, goal)? else {
            return Ok(());
        };
        let all = kept.checkpoints.len();
        kept.checkpoints.retain(|checkpoint| checkpoint.next <= on);
        if kept.checkpoints.len() < all {
            let bytes = crate::projection::json(&kept)?;
            self.tx.put_meta(&key(goal), bytes.as_bytes())?;
        }
        Ok(())
    }

    /// Drops every checkpoint.
    pub fn drop_all_checkpoints(&self) -> Result<()> {
        for (key, _) in self.tx.meta_beginning_with(KEY)? {
            self.tx.delete_meta(&key)?;
        }
        Ok(())
    }
}
