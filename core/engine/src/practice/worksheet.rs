//! The worksheet (product id S1) is an entry that was begun from it: private, searchable and with a past like every entry.
//! What stands below its last heading is a plan, and a plan becomes goals.

use belay_document::documents::Draft as DocumentDraft;
use belay_library::{ContentRef, FormKind, form, languages};
use belay_model::{DocName, JournalEntry};
use serde::Serialize;

use crate::engine::Engine;
use crate::input::NewGoal;
use crate::journal::pages::called;
use crate::journal::views::EntryView;
use crate::{BelayError, Result};

/// The step of the worksheet that holds the plan.
const PLAN: &str = "plan";

/// A line of a plan.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct PlanLineView {
    /// The words.
    pub text: String,
    /// The goal that was made of it, as far as it is still called so.
    pub goal: Option<DocName>,
}

impl Engine {
    /// The lines of the plan in an entry that was begun from the worksheet, each with the goal that was made of it.
    /// None where nothing stands there, or where the entry is something else.
    ///
    /// # Errors
    /// `NotFound`.
    pub fn plan_lines(&self, entry: &DocName) -> Result<Vec<PlanLineView>> {
        self.read_spaces(|tx, spaces| {
            let entry = crate::journal::view(tx, spaces, entry)?.entry;
            let goals = called(tx, &entry.goals)?;
            let lines = plan_in(&entry).into_iter().map(|text| PlanLineView {
                goal: goals
                    .iter()
                    .find(|goal| goal.title == text)
                    .map(|goal| goal.name),
                text,
            });
            Ok(lines.collect())
        })
    }

    /// Begins goals of a plan and links them to its entry, all or none. Nothing is shared unless a goal says with
    /// whom. Writes to disk.
    ///
    /// # Errors
    /// `NotFound` for the entry or a partner; `InvalidInput` as for each goal, and `InvalidInput{goals, empty}` for
    /// none. Nothing is written then.
    pub fn make_goals_of_plan(&self, entry: &DocName, goals: Vec<NewGoal>) -> Result<EntryView> {
        if goals.is_empty() {
            return Err(BelayError::InvalidInput {
                field: "goals",
                rule: "empty",
            });
        }
        self.write(|session| {
            let document = session.present_entry(entry)?;
            let mut now = document.journal_entry()?;
            for new in &goals {
                now.goals.insert(session.begin_goal(new)?);
            }
            now.validate_within(
                now.text
                    .len()
                    .max(belay_model::limits::MAX_ENTRY_TEXT_BYTES),
            )?;
            now.edited_at_ms = Some(session.now_ms);
            let draft = DocumentDraft::new().entry_fields(&now, &document);
            session.write_entry(entry, document, &draft)
        })?;
        self.entry(entry)
    }
}

/// The plan's lines, in whichever language the headings are.
fn plan_in(entry: &JournalEntry) -> Vec<String> {
    let named: Option<ContentRef> = entry
        .template
        .as_deref()
        .and_then(|name| name.split('@').next())
        .and_then(|id| id.parse().ok());
    let Some(named) = named else {
        return Vec::new();
    };
    languages()
        .filter_map(|language| form(&named, language).ok())
        .filter(|form| form.kind == FormKind::Worksheet)
        .filter_map(|form| form.answers_in(&entry.text).remove(PLAN))
        .next()
        .unwrap_or_default()
}
