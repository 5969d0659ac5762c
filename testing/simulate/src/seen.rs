//! What people see: on their own devices, and of each other.

use std::collections::BTreeSet;

use belay_engine::model::{CheckInField, SpaceId};
use belay_engine::{BelayError, Engine, EntryQuery, PartnershipStandingView};

/// More than any run writes.
const ALL: usize = 2000;

/// What a person finds of their own on a device, as text.
pub fn own(engine: &Engine) -> Result<Vec<String>, BelayError> {
    let mut lines = Vec::new();
    for view in engine.check_ins(ALL)? {
        lines.push(format!(
            "check-in {} {:?} {}",
            view.name, view.check_in, view.late
        ));
    }
    for view in engine.goals()? {
        lines.push(format!(
            "goal {} {:?} {:?}",
            view.name, view.goal, view.today
        ));
        lines.push(format!("days {} {:?}", view.name, view.last_14));
    }
    let query = EntryQuery {
        limit: Some(ALL),
        ..EntryQuery::default()
    };
    for line in engine.entries(&query)?.entries {
        let view = engine.entry(&line.name)?;
        lines.push(format!("entry {} {:?}", view.name, view.entry));
    }
    for view in engine.deleted_entries()? {
        lines.push(format!(
            "deleted {} {}",
            view.entry.name, view.deleted_at_ms
        ));
    }
    for device in engine.own_devices()? {
        lines.push(format!("device {} {:?}", device.device, device.name));
    }
    lines.push(format!("settings {:?}", engine.settings()?.settings));
    lines.sort();
    Ok(lines)
}

/// What of an author's things the partner in a space should see, as the author's device says.
pub fn given(engine: &Engine, space: &SpaceId) -> Result<Vec<String>, BelayError> {
    let mut lines = Vec::new();
    for view in engine.check_ins(ALL)? {
        let shared = view
            .shared_with
            .iter()
            .find(|shared| shared.space == *space);
        let Some(fields) = shared.map(|shared| shared.fields.of_check_in()) else {
            continue;
        };
        if fields.contains(CheckInField::Note) {
            lines.push(format!("check-in {:?}", view.check_in.note));
        }
    }
    for view in engine.goals()? {
        let shared = view
            .shared_with
            .iter()
            .find(|shared| shared.space == *space);
        if shared.is_some_and(|shared| !shared.fields.is_empty()) {
            lines.push(format!("goal {}", view.goal.title));
        }
    }
    for view in engine.passages()? {
        if view.space == *space {
            lines.push(format!("passage {}", view.passage.text));
        }
    }
    lines.sort();
    Ok(lines)
}

/// What a reader sees of the partner in a space.
pub fn gotten(engine: &Engine, space: &SpaceId) -> Result<Vec<String>, BelayError> {
    let page = engine.partner(space)?;
    let mut lines = Vec::new();
    for view in page.check_ins {
        lines.push(format!("check-in {:?}", view.check_in.note));
    }
    for view in page.goals {
        lines.push(format!("goal {}", view.goal.title));
    }
    for view in page.passages {
        lines.push(format!("passage {}", view.passage.text));
    }
    lines.sort();
    Ok(lines)
}

/// Every word that a text holds, as the ledger makes them.
pub fn words(lines: &[String]) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    for line in lines {
        for part in line.split(|c: char| !c.is_ascii_alphanumeric() && c != '.') {
            if part.starts_with('w') && part.ends_with('.') {
                found.insert(part.to_owned());
            }
        }
    }
    found
}

/// How a partnership stands on a device: flowing, paused or otherwise held here, or ended.
pub fn flows(engine: &Engine, space: &SpaceId) -> Result<bool, BelayError> {
    let partner = engine.partner(space)?.partner;
    Ok(partner.standing == PartnershipStandingView::Active && !partner.paused)
}
