//! The query tables: what the stored items say, laid out for screens. They can be dropped and rebuilt,
//! and a test does so.

use std::collections::{BTreeMap, BTreeSet};

use belay_document::documents::{Comparison, Contact, SelfDocument};
use belay_model::boundary::{BoundaryCard, QuietHours};
use belay_model::goals::Pauses;
use belay_model::{
    Agreement, CheckIn, CheckInFields, DeviceId, DocName, Goal, GoalFields, KeptLine, LocalTime,
    Outcome, Settings, SpaceId, TrustedPerson,
};
use belay_protocol::DocKind;
use belay_store::{DocRow, OwnRow};
use serde::{Deserialize, Serialize};

use crate::engine::Engine;
use crate::session::Session;
use crate::{BelayError, Result};

/// An own check-in as projected.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct CheckInRow {
    pub check_in: CheckIn,
    pub shares: BTreeMap<SpaceId, CheckInFields>,
    /// See [`SelfDocument::erase_asked_at_ms`].
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub erase_asked_at_ms: Option<i64>,
}

/// An own goal as projected.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct GoalRow {
    pub goal: Goal,
    pub shares: BTreeMap<SpaceId, GoalFields>,
}

/// An own outcome as projected.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct OutcomeRow {
    pub goal: DocName,
    pub outcome: Outcome,
    pub shares: BTreeMap<SpaceId, GoalFields>,
}

/// The settings document as projected. What was added later may be missing in a row of an older version.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub(crate) struct SettingsRow {
    #[serde(flatten)]
    pub settings: Settings,
    #[serde(default)]
    pub agreement: Option<Agreement>,
    #[serde(default)]
    pub help_country: Option<String>,
    #[serde(default)]
    pub trusted_people: Vec<TrustedPerson>,
    #[serde(default)]
    pub pauses: Pauses,
    #[serde(default)]
    pub check_in_times: BTreeSet<LocalTime>,
    #[serde(default)]
    pub quiet: Vec<QuietHours>,
    #[serde(default)]
    pub reminders_say_what: bool,
    #[serde(default)]
    pub kept_lines: Vec<KeptLine>,
    /// How the person calls their devices; `None` in a row of a version that did not lay this out.
    #[serde(default)]
    pub device_names: Option<BTreeMap<DeviceId, String>>,
}

/// A partner as noted here, as projected.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct ContactRow {
    pub space: SpaceId,
    pub label: Option<String>,
    pub check_in_default: CheckInFields,
    pub goal_default: GoalFields,
    pub paused: bool,
    pub comparison: u8,
    #[serde(default)]
    pub not_near: bool,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub card: Option<BoundaryCard>,
}

impl ContactRow {
    fn new(space: SpaceId, contact: Contact, card: Option<BoundaryCard>) -> Self {
        Self {
            space,
            label: contact.label,
            check_in_default: contact.check_in_default,
            goal_default: contact.goal_default,
            paused: contact.paused,
            comparison: contact.comparison.number(),
            not_near: contact.not_near,
            card,
        }
    }

    pub fn into_contact(self) -> Contact {
        Contact {
            label: self.label,
            check_in_default: self.check_in_default,
            goal_default: self.goal_default,
            paused: self.paused,
            comparison: Comparison::from_number(self.comparison).unwrap_or_default(),
            not_near: self.not_near,
        }
    }
}

/// What of a check-in each space sees, as its document says.
pub(crate) fn check_in_shares(document: &SelfDocument) -> Result<BTreeMap<SpaceId, CheckInFields>> {
    let spaces = document.shared_spaces()?;
    Ok(spaces
        .into_iter()
        .map(|space| (space, document.check_in_share(&space)))
        .filter(|(_, fields)| !fields.is_empty())
        .collect())
}

/// What of a goal or outcome each space sees, as its document says.
pub(crate) fn goal_shares(document: &SelfDocument) -> Result<BTreeMap<SpaceId, GoalFields>> {
    let spaces = document.shared_spaces()?;
    Ok(spaces
        .into_iter()
        .map(|space| (space, document.goal_share(&space)))
        .filter(|(_, fields)| !fields.is_empty())
        .collect())
}

impl Session<'_> {
    /// Writes the query row of one own document.
    pub fn project_document(
        &mut self,
        row: DocRow,
        kind: DocKind,
        document: &SelfDocument,
    ) -> Result<()> {
        self.drop_copy_of_origin(kind, document)?;
        let deleted_at_ms = document.deleted_at_ms()?;
        let put = |on: Option<String>, at_ms: i64, related: Option<&[u8]>, json: String| {
            self.tx.put_own(&OwnRow {
                document: row,
                kind: kind.into(),
                on: on.as_deref(),
                at_ms,
                related,
                deleted_at_ms,
                json: &json,
            })
        };
        match kind {
            DocKind::CheckIn => {
                let check_in = document.check_in()?;
                let (on, at_ms) = (check_in.on.to_string(), check_in.written.at_ms());
                let shown = CheckInRow {
                    check_in,
                    shares: check_in_shares(document)?,
                    erase_asked_at_ms: document.erase_asked_at_ms()?,
                };
                put(Some(on), at_ms, None, json(&shown)?)?;
            }
            DocKind::Goal => {
                let goal = document.goal()?;
                let at_ms = goal.created.at_ms();
                let shares = goal_shares(document)?;
                put(None, at_ms, None, json(&GoalRow { goal, shares })?)?;
            }
            DocKind::Outcome => {
                let outcome = document.outcome()?;
                let shares = goal_shares(document)?;
                let goal = outcome.goal;
                let row = OutcomeRow {
                    goal,
                    outcome: outcome.outcome,
                    shares,
                };
                self.drop_checkpoints(&goal, row.outcome.on)?;
                let on = row.outcome.on.to_string();
                let at_ms = row.outcome.written.at_ms();
                put(Some(on), at_ms, Some(goal.as_bytes()), json(&row)?)?;
            }
            DocKind::Settings => {
                let row = SettingsRow {
                    settings: document.settings()?,
                    agreement: document.agreement()?,
                    help_country: document.help_country()?,
                    trusted_people: document
                        .trusted_people()?
                        .into_iter()
                        .map(|(_, person)| person)
                        .collect(),
                    pauses: document.pauses()?,
                    check_in_times: document.reminder_times()?,
                    quiet: document.quiet_hours()?,
                    reminders_say_what: document.reminders_say_what()?,
                    kept_lines: document
                        .kept_lines()?
                        .into_iter()
                        .map(|(_, line)| line)
                        .collect(),
                    device_names: Some(document.device_names()?),
                };
                put(None, 0, None, json(&row)?)?;
                self.spaces.settings_written = true;
            }
            DocKind::Contacts => {
                let mut cards = document.boundary_cards()?;
                let rows: Vec<ContactRow> = document
                    .contacts()?
                    .into_iter()
                    .map(|(space, contact)| ContactRow::new(space, contact, cards.remove(&space)))
                    .collect();
                put(None, 0, None, json(&rows)?)?;
            }
            DocKind::JournalEntry => self.project_entry(row, document)?,
            _ => {}
        }
        Ok(())
    }
}

/// The one text form of a projected value.
pub(crate) fn json(value: &impl Serialize) -> Result<String> {
    serde_json::to_string(value).map_err(|_| BelayError::internal("projection"))
}

impl Engine {
    /// Drops the query tables and lays them out anew from the stored items. Writes to disk.
    ///
    /// # Errors
    /// When a stored item cannot be read; nothing is changed then.
    pub fn rebuild_projection(&self) -> Result<()> {
        self.write(|session| {
            session.tx.clear_projection()?;
            session.drop_all_checkpoints()?;
            let documents = session.tx.documents()?;
            for (row, document) in documents {
                session.reproject(row, &document)?;
            }
            Ok(())
        })
    }

    /// The query tables as text, for the test that rebuilds them.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn projection_dump(&self) -> Result<Vec<String>> {
        self.read(|tx| Ok(tx.projection_dump()?))
    }
}

impl Session<'_> {
    /// Lays out one document or record anew from its items.
    pub fn reproject(&mut self, row: DocRow, document: &belay_store::Document) -> Result<()> {
        let Ok(kind) = DocKind::try_from(document.kind) else {
            return Ok(());
        };
        let own = self.self_space()?;
        if document.space == self.space(&own)?.row {
            if kind == DocKind::Keys {
                return Ok(());
            }
            if kind == DocKind::Attachment {
                return self.show_manifest(row);
            }
            let loaded = crate::documents::load_row(self.tx, row, kind)?;
            return self.show_document(row, &loaded);
        }
        self.project_record(row, document)
    }

    /// Lays out an own document that another own device changed.
    pub fn show_document(&mut self, row: DocRow, document: &SelfDocument) -> Result<()> {
        if document.change_count() == 0 {
            return self.stop_showing(row);
        }
        match self.project_document(row, document.kind(), document) {
            // What was last read of these two counts on: without them nothing would be paused.
            Err(error)
                if error.is_unreadable()
                    && matches!(document.kind(), DocKind::Contacts | DocKind::Settings) =>
            {
                Ok(())
            }
            // A sibling with a newer Belay wrote it, or the rest of it is still to come: kept, and shown once
            // it can be read.
            Err(error) if error.is_unreadable() => self.stop_showing(row),
            projected => projected,
        }
    }
}
