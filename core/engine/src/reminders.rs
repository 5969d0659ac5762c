//! When a phone may remind of something (product ids R1-R3): the times a person chose, and the plan of the next
//! instants, made anew from the store whenever a shell asks. The shell keeps nothing but the plan.

use std::collections::{BTreeMap, BTreeSet};

use belay_document::documents::Draft as DocumentDraft;
use belay_model::boundary::QuietHours;
use belay_model::goals::Occasion;
use belay_model::reminders::{GoalReminders, Planned, RemindedOf, Reminders, Snooze};
use belay_model::{CivilDay, DocName, IanaZone, LocalTime, Moment, Settings, ZoneTable};
use belay_protocol::DocKind;
use belay_store::ReadTx;
use serde::Serialize;

use crate::changes::ChangeArea;
use crate::engine::Engine;
use crate::projection::{GoalRow, SettingsRow};
use crate::{BelayError, Result};

/// Under which meta key stands what was put off. It is about this device and a day, and is not carried anywhere.
const SNOOZED: &str = "reminders-snoozed";

/// For how long something can be put off.
const SNOOZE_MAX_MS: i64 = 24 * 3_600_000;

/// What a person chose about being reminded.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct RemindersView {
    /// At which times to remind of a check-in.
    pub check_in_times: Vec<LocalTime>,
    /// The goals with times.
    pub goals: Vec<GoalTimesView>,
    /// When the phone stays quiet.
    pub quiet: Vec<QuietHours>,
    /// Whether a reminder may say what kind of thing it is about; else it is only "a moment for you".
    pub says_what: bool,
    /// The next instants, at most sixty, for the shell to keep. They name nothing.
    pub planned: Vec<Planned>,
}

/// The times of a goal.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct GoalTimesView {
    /// Its name.
    pub name: DocName,
    /// Its title, for the page; never for a lock screen.
    pub title: String,
    /// Its times.
    pub times: Vec<LocalTime>,
}

impl Engine {
    /// Everything chosen about reminders, with the plan as of now: only what is due, not done and not paused, not in
    /// quiet hours, by the clock where the device is.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn reminders(&self) -> Result<RemindersView> {
        self.read(|tx| {
            let row = crate::queries::settings_row(tx)?;
            let moment = self.moment(&row.settings)?;
            view(tx, &row, &moment)
        })
    }

    /// Chooses at which times to be reminded of a goal, or with `None` of a check-in; no times, never. Writes to
    /// disk.
    ///
    /// # Errors
    /// `NotFound`; `InvalidInput{times, too_many | twice}`, and nothing is changed then.
    pub fn remind_of(&self, of: Option<&DocName>, times: Vec<LocalTime>) -> Result<RemindersView> {
        check(|reminders| reminders.check_in_times.clone_from(&times))?;
        let times: BTreeSet<LocalTime> = times.into_iter().collect();
        match of {
            Some(goal) => {
                self.change_goal(goal, |goal, _, _| {
                    goal.reminders = times;
                    Ok(())
                })?;
            }
            None => {
                self.change_reminders(|draft, document| draft.reminder_times(&times, document))?;
            }
        }
        self.reminders()
    }

    /// Chooses when the phone stays quiet. Writes to disk.
    ///
    /// # Errors
    /// `InvalidInput{quiet_hours, too_many | same_times}`, and nothing is changed then.
    pub fn set_quiet_hours(&self, quiet: Vec<QuietHours>) -> Result<RemindersView> {
        check(|reminders| reminders.quiet.clone_from(&quiet))?;
        self.change_reminders(|draft, document| draft.quiet_hours(&quiet, document))?;
        self.reminders()
    }

    /// Chooses whether a reminder may say what kind of thing it is about; no title is ever in it. Writes to disk.
    ///
    /// # Errors
    /// What the disk refuses.
    pub fn set_reminders_say_what(&self, they_do: bool) -> Result<RemindersView> {
        self.change_reminders(|draft, _| draft.reminders_say_what(they_do))?;
        self.reminders()
    }

    /// "Not now": reminds of this once more at that instant, if it is not done by then. Writes to disk.
    ///
    /// # Errors
    /// `InvalidInput{until_ms, out_of_range}` for an instant that is past or more than a day ahead.
    pub fn snooze_reminder(&self, of: RemindedOf, until_ms: i64) -> Result<RemindersView> {
        self.write(|session| {
            let now_ms = session.now_ms;
            if !(now_ms..=now_ms + SNOOZE_MAX_MS).contains(&until_ms) {
                return Err(BelayError::InvalidInput {
                    field: "until_ms",
                    rule: "out_of_range",
                });
            }
            let settings = crate::queries::settings(session.tx)?;
            let on = session.moment(&settings)?.civil_day(settings.day_start);
            let mut kept = snoozed(session.tx)?;
            kept.retain(|snooze| snooze.of != of && snooze.until_ms > now_ms);
            kept.push(Snooze { of, on, until_ms });
            session.spaces.touched.part(ChangeArea::Settings);
            let json = crate::projection::json(&kept)?;
            Ok(session.tx.put_meta(SNOOZED, json.as_bytes())?)
        })?;
        self.reminders()
    }

    fn change_reminders(
        &self,
        change: impl FnOnce(DocumentDraft, &belay_document::documents::SelfDocument) -> DocumentDraft,
    ) -> Result<()> {
        self.write(|session| {
            let settings = crate::queries::settings(session.tx)?;
            let document = session.document(DocKind::Settings, &DocName::ZERO)?;
            let draft = change(DocumentDraft::new().settings(&settings), &document);
            session.write_into(DocKind::Settings, &DocName::ZERO, document, &draft)
        })
    }
}

/// Asks the rules about what was chosen, before anything is written.
fn check(choose: impl FnOnce(&mut Reminders)) -> Result<()> {
    let mut reminders = nothing(&Settings::default());
    choose(&mut reminders);
    Ok(reminders.validate()?)
}

fn nothing(settings: &Settings) -> Reminders {
    Reminders {
        check_in_times: Vec::new(),
        checked_in_on: BTreeSet::new(),
        goals: Vec::new(),
        everything_paused: belay_model::goals::Pauses::default(),
        quiet: Vec::new(),
        snoozed: Vec::new(),
        week_start: settings.week_start,
        day_start: settings.day_start,
        says_what: false,
    }
}

fn snoozed(tx: &ReadTx<'_>) -> Result<Vec<Snooze>> {
    let kept = tx.meta(SNOOZED)?;
    // What another version wrote is put off no longer.
    let kept = kept.and_then(|bytes| serde_json::from_slice(&bytes).ok());
    Ok(kept.unwrap_or_default())
}

fn view(tx: &ReadTx<'_>, row: &SettingsRow, now: &Moment) -> Result<RemindersView> {
    let today = now.civil_day(row.settings.day_start);
    // A reminder after midnight may be about the day before.
    let yesterday = today.minus_days(1).unwrap_or(today);
    let mut checked_in_on = BTreeSet::new();
    for day in yesterday.through(today.plus_days(1).unwrap_or(today)) {
        let check_ins = tx.own_on(DocKind::CheckIn.into(), &day.to_string())?;
        let there = check_ins.iter().any(|own| own.deleted_at_ms.is_none());
        checked_in_on.extend(there.then_some(day));
    }
    let mut goals = Vec::new();
    let mut titles = Vec::new();
    for own in tx
        .own_all(DocKind::Goal.into(), crate::goals::GOALS_MAX)?
        .iter()
        .rev()
    {
        let goal: GoalRow = crate::queries::projected(own)?;
        if goal.goal.reminders.is_empty() || goal.goal.is_archived(today) {
            continue;
        }
        let times: Vec<LocalTime> = goal.goal.reminders.iter().copied().collect();
        let reminders = of_goal(tx, own.name, &goal, &times, row, (yesterday, today))?;
        goals.push(reminders);
        titles.push(GoalTimesView {
            name: own.name,
            title: goal.goal.title,
            times,
        });
    }
    let reminders = Reminders {
        check_in_times: row.check_in_times.iter().copied().collect(),
        checked_in_on,
        goals,
        everything_paused: row.pauses.clone(),
        quiet: row.quiet.clone(),
        snoozed: snoozed(tx)?,
        says_what: row.reminders_say_what,
        ..nothing(&row.settings)
    };
    Ok(RemindersView {
        planned: plan(&reminders, now),
        check_in_times: reminders.check_in_times,
        goals: titles,
        quiet: reminders.quiet,
        says_what: reminders.says_what,
    })
}

fn of_goal(
    tx: &ReadTx<'_>,
    name: DocName,
    row: &GoalRow,
    times: &[LocalTime],
    settings: &SettingsRow,
    (yesterday, today): (CivilDay, CivilDay),
) -> Result<GoalReminders> {
    let terms = row.goal.terms();
    let occasion = terms.occasion_on(yesterday, settings.settings.week_start);
    let occasion = occasion.unwrap_or(Occasion::on(yesterday));
    let until = occasion.last.max(today.plus_days(1).unwrap_or(today));
    let outcomes = crate::goals::outcomes::of_goal(tx, &name, occasion.first, until)?;
    let outcomes: BTreeMap<_, _> = outcomes
        .into_iter()
        .map(|row| (row.outcome.on, row.outcome.status))
        .collect();
    Ok(GoalReminders {
        goal: name,
        times: times.to_vec(),
        terms,
        paused: row.goal.pauses.clone(),
        outcomes,
    })
}

/// By the zone's own rules; where this version does not know the zone, by its present offset.
fn plan(reminders: &Reminders, now: &Moment) -> Vec<Planned> {
    let zone = now.zone();
    match IanaZone::new(zone.name()) {
        Ok(rules) => reminders.plan(now.at_ms(), &rules),
        Err(_) => reminders.plan(
            now.at_ms(),
            &ZoneTable::new(zone.offset_seconds(), Vec::new()),
        ),
    }
}
