//! Finding what a person means: a number of a list (from 1) or the beginning of a name.

use belay_engine::model::goals::Measure;
use belay_engine::model::{DocName, Goal};
use belay_engine::{
    CheckInView, Engine, EntryQuery, EntryView, GoalView, OwnDeviceView, PartnerView,
    PartnershipStandingView, RemovedDeviceView, SetAsideView,
};

use crate::error::{CliError, Result};

/// How many check-ins are looked through by number or name.
const CHECK_INS: usize = 500;

/// How many journal entries are looked through by number or name.
const ENTRIES: usize = 10_000;

/// The goal that is meant.
pub fn goal(engine: &Engine, asked: &str) -> Result<GoalView> {
    one("goal", engine.goals()?, asked, |goal| &goal.goal.title)
}

/// The goal that is meant among those that were put away or let go.
pub fn goal_put_away(engine: &Engine, asked: &str) -> Result<GoalView> {
    one("goal", engine.goals_put_away()?, asked, |goal| {
        &goal.goal.title
    })
}

/// The step of a goal that is meant.
pub fn step(goal: &Goal, asked: &str) -> Result<String> {
    let steps = match &goal.measure {
        Measure::Milestones(steps) => steps.as_slice(),
        _ => &[],
    };
    let titles = steps.iter().map(|step| step.title.clone()).collect();
    one("step", titles, asked, String::as_str)
}

/// The partner that is meant.
pub fn partner(engine: &Engine, asked: &str) -> Result<PartnerView> {
    one("partner", engine.partners()?, asked, |partner| {
        &partner.name
    })
}

/// Partners something can be shared with.
pub fn partners_to_share_with(engine: &Engine) -> Result<Vec<PartnerView>> {
    let mut partners = engine.partners()?;
    partners.retain(|partner| partner.standing == PartnershipStandingView::Active);
    Ok(partners)
}

/// The own check-in that is meant: `1` or `last` for the newest, or at least four digits of its name.
pub fn check_in(engine: &Engine, asked: &str) -> Result<CheckInView> {
    if let Ok(name) = asked.parse::<DocName>() {
        return Ok(engine.check_in(&name)?);
    }
    let check_ins = engine.check_ins(CHECK_INS)?;
    let number = if asked == "last" {
        Some(1)
    } else {
        asked.parse().ok()
    };
    if let Some(index) = number.and_then(|number: usize| number.checked_sub(1))
        && index < check_ins.len()
    {
        return nth("check_in", check_ins, index);
    }
    let asked = asked.to_lowercase();
    if asked.len() < 4 {
        return Err(not_found("check_in"));
    }
    let mut fitting = check_ins
        .into_iter()
        .filter(|view| view.name.to_string().starts_with(&asked))
        .collect::<Vec<_>>();
    match fitting.len() {
        1 => nth("check_in", std::mem::take(&mut fitting), 0),
        0 => Err(not_found("check_in")),
        count => Err(CliError::Ambiguous {
            what: "check_in",
            count,
        }),
    }
}

/// The own journal entry that is meant: `1` or `last` for the newest, or at least four digits of its name.
pub fn entry(engine: &Engine, asked: &str) -> Result<EntryView> {
    if let Ok(name) = asked.parse::<DocName>() {
        return Ok(engine.entry(&name)?);
    }
    let page = engine.entries(&EntryQuery {
        limit: Some(ENTRIES),
        ..EntryQuery::default()
    })?;
    let names: Vec<DocName> = page.entries.iter().map(|line| line.name).collect();
    Ok(engine.entry(&name_of("entry", &names, asked)?)?)
}

/// The deleted journal entry that is meant, by its number in the list of those or its name.
pub fn deleted_entry(engine: &Engine, asked: &str) -> Result<DocName> {
    let deleted = engine.deleted_entries()?;
    let names: Vec<DocName> = deleted.iter().map(|deleted| deleted.entry.name).collect();
    name_of("entry", &names, asked)
}

/// What is meant of the things that lie aside, by its number in their list or its name.
pub fn set_aside(aside: &[SetAsideView], asked: &str) -> Result<DocName> {
    let names: Vec<DocName> = aside.iter().map(|one| one.name).collect();
    name_of("set aside", &names, asked)
}

/// The own device that is meant, by its number in the list or its name.
pub fn own_device(engine: &Engine, asked: &str) -> Result<OwnDeviceView> {
    of_devices(engine.own_devices()?, asked)
}

/// The one of these devices that is meant, by its number among them or its name.
pub fn of_devices(devices: Vec<OwnDeviceView>, asked: &str) -> Result<OwnDeviceView> {
    one("device", devices, asked, |device| {
        device.name.as_deref().unwrap_or_default()
    })
}

/// The removed own device that is meant, by its number among those or its name.
pub fn removed_device(engine: &Engine, asked: &str) -> Result<RemovedDeviceView> {
    one("device", engine.removed_devices()?, asked, |device| {
        device.name.as_deref().unwrap_or_default()
    })
}

/// One of `names`: by number, `last` for the first, whole, or by at least four digits of its beginning.
fn name_of(what: &'static str, names: &[DocName], asked: &str) -> Result<DocName> {
    let asked = asked.trim().to_lowercase();
    let number = if asked == "last" {
        Some(1)
    } else {
        asked.parse().ok()
    };
    let at = number.and_then(|number: usize| number.checked_sub(1));
    if let Some(name) = at.and_then(|index| names.get(index)) {
        return Ok(*name);
    }
    let fitting: Vec<&DocName> = names
        .iter()
        .filter(|name| asked.len() >= 4 && name.to_string().starts_with(&asked))
        .collect();
    match fitting[..] {
        [name] => Ok(*name),
        [] => Err(not_found(what)),
        _ => Err(CliError::Ambiguous {
            what,
            count: fitting.len(),
        }),
    }
}

/// One of `things`: by number, by whole name, or by the beginning of its name or of a word in it.
fn one<T>(what: &'static str, things: Vec<T>, asked: &str, name: impl Fn(&T) -> &str) -> Result<T> {
    let names: Vec<String> = things
        .iter()
        .map(|thing| name(thing).to_lowercase())
        .collect();
    let index = find(what, &names, asked)?;
    nth(what, things, index)
}

fn find(what: &'static str, names: &[String], asked: &str) -> Result<usize> {
    let asked = asked.trim().to_lowercase();
    if asked.is_empty() {
        return Err(CliError::Input {
            field: what,
            rule: "empty",
        });
    }
    if let Some(index) = asked
        .parse::<usize>()
        .ok()
        .and_then(|number| number.checked_sub(1))
        && index < names.len()
    {
        return Ok(index);
    }
    let fits: [&dyn Fn(&str) -> bool; 3] = [
        &|name| name == asked,
        &|name| name.starts_with(&asked),
        &|name| name.split_whitespace().any(|word| word.starts_with(&asked)),
    ];
    for fit in fits {
        let fitting: Vec<usize> = (0..names.len())
            .filter(|index| fit(&names[*index]))
            .collect();
        match fitting[..] {
            [] => {}
            [index] => return Ok(index),
            _ => {
                return Err(CliError::Ambiguous {
                    what,
                    count: fitting.len(),
                });
            }
        }
    }
    Err(not_found(what))
}

fn nth<T>(what: &'static str, things: Vec<T>, index: usize) -> Result<T> {
    things.into_iter().nth(index).ok_or_else(|| not_found(what))
}

fn not_found(what: &'static str) -> CliError {
    belay_engine::BelayError::NotFound { what }.into()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn index(names: &[&str], asked: &str) -> std::result::Result<usize, &'static str> {
        let names: Vec<String> = names.iter().map(|name| name.to_lowercase()).collect();
        find("goal", &names, asked).map_err(|error| match error {
            CliError::Ambiguous { .. } => "ambiguous",
            CliError::Input { .. } => "input",
            _ => "not found",
        })
    }

    #[test]
    fn a_thing_is_found_by_number_name_or_beginning() {
        let names = ["Walk", "Walk the dog", "Call home", "10 pages"];
        assert_eq!(index(&names, "3"), Ok(2));
        assert_eq!(index(&names, "walk"), Ok(0));
        assert_eq!(index(&names, "walk t"), Ok(1));
        assert_eq!(index(&names, "home"), Ok(2));
        assert_eq!(index(&names, "10"), Ok(3));
        assert_eq!(index(&names, "0"), Err("not found"));
        assert_eq!(index(&names, "wal"), Err("ambiguous"));
        assert_eq!(index(&names, "run"), Err("not found"));
        assert_eq!(index(&names, "  "), Err("input"));
    }
}
