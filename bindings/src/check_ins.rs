//! The day and its check-ins: `Engine::today` and what stands in core/engine/src/check_ins.rs and check_in_edits.rs.

use belay_engine::model::{CivilDay, DocName};
use belay_engine::{
    CheckInView, Engine, MonthView, NewCheckIn, PreviewView, TakenBackView, TodayView, UndoneView,
};

use crate::{BelayCore, Result};

#[uniffi::export]
impl BelayCore {
    /// The person's day, for the first screen.
    pub async fn today(&self) -> Result<TodayView> {
        self.on_disk(Engine::today).await
    }

    /// The person's present civil day.
    pub async fn today_on(&self) -> Result<CivilDay> {
        self.on_disk(Engine::today_on).await
    }

    /// What was erased of one's own or taken back from partners, the latest first, with a receipt from each
    /// device: at most `count` of each space.
    pub async fn taken_back(&self, count: u64) -> Result<Vec<TakenBackView>> {
        let count = usize::try_from(count).unwrap_or(usize::MAX);
        self.on_disk(move |engine| engine.taken_back(count)).await
    }

    /// The month in which that day is, as far as this person wrote in it.
    pub async fn month(&self, day: CivilDay) -> Result<MonthView> {
        self.on_disk(move |engine| engine.month(day)).await
    }

    /// What each partner would see of this check-in, exactly. Changes nothing.
    pub async fn preview_check_in(&self, new: NewCheckIn) -> Result<Vec<PreviewView>> {
        self.on_disk(move |engine| engine.preview_check_in(&new))
            .await
    }

    /// Writes a check-in. Writes to disk.
    pub async fn write_check_in(&self, new: NewCheckIn) -> Result<CheckInView> {
        self.on_disk(move |engine| engine.write_check_in(new)).await
    }

    /// One check-in.
    pub async fn check_in(&self, name: DocName) -> Result<CheckInView> {
        self.on_disk(move |engine| engine.check_in(&name)).await
    }

    /// The check-ins about a day.
    pub async fn check_ins_on(&self, on: CivilDay) -> Result<Vec<CheckInView>> {
        self.on_disk(move |engine| engine.check_ins_on(on)).await
    }

    /// The last check-ins, newest first.
    pub async fn check_ins(&self, limit: u32) -> Result<Vec<CheckInView>> {
        self.on_disk(move |engine| engine.check_ins(limit as usize))
            .await
    }

    /// What each partner would see of a check-in after this edit. Changes nothing.
    pub async fn preview_edit(&self, name: DocName, edit: NewCheckIn) -> Result<Vec<PreviewView>> {
        self.on_disk(move |engine| engine.preview_edit(&name, &edit))
            .await
    }

    /// Changes a check-in to the state handed in. Writes to disk.
    pub async fn edit_check_in(&self, name: DocName, edit: NewCheckIn) -> Result<CheckInView> {
        self.on_disk(move |engine| engine.edit_check_in(&name, edit))
            .await
    }

    /// Takes a check-in back. Writes to disk.
    pub async fn undo_check_in(&self, name: DocName) -> Result<UndoneView> {
        self.on_disk(move |engine| engine.undo_check_in(&name))
            .await
    }

    /// Erases a check-in that was taken back, for good. Writes to disk.
    pub async fn erase_check_in(&self, name: DocName) -> Result<()> {
        self.on_disk(move |engine| engine.erase_check_in(&name))
            .await
    }

    /// Brings back a check-in that was taken back. Writes to disk.
    pub async fn restore_check_in(&self, name: DocName) -> Result<CheckInView> {
        self.on_disk(move |engine| engine.restore_check_in(&name))
            .await
    }
}
