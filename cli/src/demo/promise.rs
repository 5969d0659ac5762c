//! Compares what a reader sees with what the writer's previews promised. Nothing may be missing, changed or
//! added.

use belay_engine::model::publish_goal;
use serde::Serialize;

use super::companion::Companion;
use crate::error::{CliError, Result};

/// How much was compared.
#[derive(Debug, Serialize)]
pub struct Kept {
    /// Check-ins.
    pub check_ins: usize,
    /// Goals.
    pub goals: usize,
    /// Outcomes.
    pub outcomes: usize,
}

/// Compares the reader's page of the writer with the writer's promises, field by field.
pub fn compare(writer: &Companion, reader: &Companion) -> Result<Kept> {
    let page = reader.engine.partner(&reader.space()?)?;
    let seen = sorted(page.check_ins.iter().map(|view| &view.check_in));
    let promised = sorted(
        writer
            .promises()
            .filter_map(|preview| preview.check_in.as_ref()),
    );
    same("check-ins", &promised, &seen)?;

    let seen_outcomes = sorted(page.goals.iter().flat_map(|goal| {
        let outcomes = goal.outcomes.iter();
        outcomes.map(|outcome| (&goal.goal.title, outcome))
    }));
    let promised_outcomes = sorted(
        writer
            .promises()
            .flat_map(|preview| &preview.outcomes)
            .map(|outcome| (&outcome.goal_title, &outcome.outcome)),
    );
    same("outcomes", &promised_outcomes, &seen_outcomes)?;

    let goals = writer.engine.goals()?;
    let mut promised_goals = Vec::new();
    for goal in &goals {
        for shared in &goal.shared_with {
            promised_goals.extend(publish_goal(&goal.goal, shared.fields.of_goal()));
        }
    }
    let promised_goals = sorted(promised_goals.iter());
    let seen_goals = sorted(page.goals.iter().map(|goal| &goal.goal));
    same("goals", &promised_goals, &seen_goals)?;

    Ok(Kept {
        check_ins: seen.len(),
        goals: seen_goals.len(),
        outcomes: seen_outcomes.len(),
    })
}

/// The values as JSON, every field of them, in an order that does not depend on who holds them.
fn sorted<T: Serialize>(values: impl Iterator<Item = T>) -> Vec<String> {
    let mut all: Vec<String> = values
        .map(|value| serde_json::to_string(&value).unwrap_or_default())
        .collect();
    all.sort_unstable();
    all
}

fn same(what: &str, promised: &[String], seen: &[String]) -> Result<()> {
    if promised == seen {
        return Ok(());
    }
    Err(CliError::Demo {
        what: format!(
            "the {what} a partner sees are not the previewed ones: promised {promised:?}, seen {seen:?}"
        ),
    })
}
