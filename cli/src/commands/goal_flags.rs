//! What a goal asks for, as flags: how it counts, how often, from when to when, and what helps.

use std::str::FromStr;

use belay_engine::NewGoal;
use belay_engine::model::Goal;
use belay_engine::model::goals::{Amount, Measure, Milestone, TermsError, Unit};

use crate::error::{CliError, Result};

/// Flags that say a goal. For `edit` an empty text takes a thing away.
#[derive(Debug, Default, clap::Args)]
pub struct GoalFlags {
    /// How often: daily, mon,wed,fri, "3 times a week", "4 times a month", "every 3 days", "on DAY, DAY", "once until DAY"
    #[arg(long, visible_alias = "often", value_name = "WHEN")]
    on: Option<String>,
    /// It counts: at least so much on a day, such as "20 pages"
    #[arg(long, value_name = "AMOUNT", group = "counts")]
    at_least: Option<String>,
    /// It counts: at most so much on a day, such as "2 cups"
    #[arg(long, value_name = "AMOUNT", group = "counts")]
    at_most: Option<String>,
    /// To do without something: "done" says that the day went without
    #[arg(long, group = "counts")]
    avoid: bool,
    /// A step on the way; once for each
    #[arg(long, value_name = "TEXT", group = "counts")]
    step: Vec<String>,
    /// Count the days since something last happened, beginning here
    #[arg(long, value_name = "DAY", group = "counts")]
    days_since: Option<String>,
    /// Done or not, after all
    #[arg(long, group = "counts")]
    yes_no: bool,
    /// The first day [default: your present day]
    #[arg(long, value_name = "DAY")]
    from: Option<String>,
    /// The last day
    #[arg(long, value_name = "DAY")]
    until: Option<String>,
    /// Why it matters to you
    #[arg(long, value_name = "TEXT")]
    why: Option<String>,
    /// What may come in the way
    #[arg(long, value_name = "TEXT")]
    obstacle: Option<String>,
    /// A plan for that: if this happens
    #[arg(long = "if", value_name = "TEXT")]
    if_this: Option<String>,
    /// then you do that
    #[arg(long = "then", value_name = "TEXT")]
    then_that: Option<String>,
    /// What you are good at that helps
    #[arg(long, value_name = "TEXT")]
    strengths: Option<String>,
    /// Who and what helps
    #[arg(long, value_name = "TEXT")]
    resources: Option<String>,
    /// Part of life: body, mind, recovery, people, care, work, home, learning, joy, meaning
    #[arg(long, value_name = "AREA")]
    area: Option<String>,
}

impl GoalFlags {
    /// Whether nothing was said.
    pub fn is_empty(&self) -> bool {
        self.counts().is_none() && self.texts().iter().all(|(_, text)| text.is_none())
    }

    /// The words in the flags, by their fields.
    pub fn texts(&self) -> [(&'static str, Option<&str>); 10] {
        [
            ("schedule", self.on.as_deref()),
            ("starts_on", self.from.as_deref()),
            ("ends_on", self.until.as_deref()),
            ("why", self.why.as_deref()),
            ("obstacle", self.obstacle.as_deref()),
            ("if_this", self.if_this.as_deref()),
            ("then_that", self.then_that.as_deref()),
            ("strengths", self.strengths.as_deref()),
            ("resources", self.resources.as_deref()),
            ("area", self.area.as_deref()),
        ]
    }

    /// Puts what was said in the place of what `new` has.
    pub fn say(&self, new: &mut NewGoal) -> Result<()> {
        if let Some(measure) = self.counts() {
            new.measure = Some(measure?);
        }
        if let Some(often) = &self.on {
            new.schedule = often.parse()?;
        }
        new.starts_on = of(self.from.as_deref(), "starts_on", new.starts_on)?;
        new.ends_on = of(self.until.as_deref(), "ends_on", new.ends_on)?;
        new.area = of(self.area.as_deref(), "area", new.area)?;
        for (said, kept) in [
            (&self.why, &mut new.why),
            (&self.obstacle, &mut new.obstacle),
            (&self.if_this, &mut new.if_this),
            (&self.then_that, &mut new.then_that),
            (&self.strengths, &mut new.strengths),
            (&self.resources, &mut new.resources),
        ] {
            if said.is_some() {
                kept.clone_from(said);
            }
        }
        Ok(())
    }

    fn counts(&self) -> Option<Result<Measure>> {
        if let Some(typed) = &self.at_least {
            return Some(amount(typed).map(|(amount, unit)| Measure::AtLeast { amount, unit }));
        }
        if let Some(typed) = &self.at_most {
            return Some(amount(typed).map(|(amount, unit)| Measure::AtMost { amount, unit }));
        }
        if let Some(since) = &self.days_since {
            let since = day(since, "days_since");
            return Some(since.map(|since| Measure::DaysSince { since }));
        }
        if !self.step.is_empty() {
            return Some(Ok(steps(&self.step)));
        }
        match (self.avoid, self.yes_no) {
            (true, _) => Some(Ok(Measure::Avoid)),
            (_, true) => Some(Ok(Measure::YesNo)),
            _ => None,
        }
    }
}

/// Steps that are all open.
pub fn steps(titles: &[String]) -> Measure {
    let step = |title: &String| Milestone {
        title: title.trim().to_owned(),
        reached_on: None,
    };
    Measure::Milestones(titles.iter().map(step).collect())
}

/// `20 pages`: how much, and of what.
pub fn amount(typed: &str) -> Result<(Amount, Unit)> {
    let typed = typed.trim();
    let end = typed
        .find(|c: char| !c.is_ascii_digit() && c != '.' && c != ',')
        .unwrap_or(typed.len());
    let (amount, unit) = typed.split_at(end);
    let amount = amount.parse()?;
    Ok((amount, Unit::new(unit)?))
}

/// A day, said of the field it is for.
pub fn day(typed: &str, field: &'static str) -> Result<belay_engine::model::CivilDay> {
    typed
        .parse()
        .map_err(|error: belay_engine::model::RuleError| CliError::Rule(error.in_field(field)))
}

/// What was typed, in the place of what is kept; an empty text takes it away.
fn of<T: FromStr<Err = belay_engine::model::RuleError>>(
    typed: Option<&str>,
    field: &'static str,
    kept: Option<T>,
) -> Result<Option<T>> {
    match typed.map(str::trim) {
        None => Ok(kept),
        Some("") => Ok(None),
        Some(typed) => match typed.parse() {
            Ok(value) => Ok(Some(value)),
            Err(error) => Err(CliError::Rule(error.in_field(field))),
        },
    }
}

/// A goal as it is, to be said anew.
pub fn as_it_is(goal: &Goal) -> NewGoal {
    NewGoal {
        title: goal.title.clone(),
        schedule: goal.schedule.clone().unwrap_or(NewGoal::default().schedule),
        why: goal.why.clone(),
        audience: Default::default(),
        measure: Some(goal.measure.clone()),
        starts_on: Some(goal.starts_on),
        ends_on: goal.ends_on,
        obstacle: goal.obstacle.clone(),
        if_this: goal.if_this.clone(),
        then_that: goal.then_that.clone(),
        strengths: goal.strengths.clone(),
        resources: goal.resources.clone(),
        area: goal.area,
    }
}

impl From<TermsError> for CliError {
    fn from(error: TermsError) -> Self {
        Self::Input {
            field: error.field,
            rule: error.rule.word(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rule(typed: &str) -> &'static str {
        match amount(typed) {
            Err(CliError::Input { rule, .. }) => rule,
            _ => "read",
        }
    }

    #[test]
    fn an_amount_is_a_number_and_a_word() {
        for (typed, expected) in [
            ("20 pages", "read"),
            ("2,5km", "read"),
            ("pages", "not_an_amount"),
            ("20", "empty"),
            ("1.2345 km", "too_many_decimals"),
            ("-3 cups", "not_an_amount"),
        ] {
            assert_eq!(rule(typed), expected, "{typed}");
        }
    }

    #[test]
    fn an_empty_text_takes_a_thing_away_and_nothing_leaves_it() {
        let mut new = NewGoal {
            why: Some("to rest".into()),
            obstacle: Some("rain".into()),
            ends_on: "2026-12-31".parse().ok(),
            ..NewGoal::default()
        };
        let flags = GoalFlags {
            obstacle: Some(String::new()),
            until: Some(String::new()),
            ..GoalFlags::default()
        };
        assert!(flags.say(&mut new).is_ok() && !flags.is_empty());
        assert_eq!((new.why.as_deref(), new.ends_on), (Some("to rest"), None));
        assert_eq!(new.obstacle.as_deref(), Some(""), "the engine drops it");
    }
}
