//! The flags that say what a check-in holds, for writing and for editing.

use std::collections::BTreeMap;

use belay_engine::model::{
    CheckInField, CheckInFields, CheckInTemplate, DocName, OutcomeStatus, SpaceId,
};
use belay_engine::{Engine, NewCheckIn, NewOutcome};
use clap::Args;

use crate::error::{CliError, Result};
use crate::typed_words::TypedWords;
use crate::{pick, prompt};

/// What the check-in says and who sees what of it.
#[derive(Debug, Clone, Default, Args)]
pub struct CheckInFlags {
    /// How it feels: 1 to 5, or very hard, hard, in between, good, very good
    #[arg(long, value_name = "MOOD")]
    mood: Option<String>,
    /// Words for the feelings, such as calm,grateful
    #[arg(long, value_name = "WORDS", value_delimiter = ',')]
    feel: Vec<String>,
    /// How much energy there is: 1 to 5, or empty, low, steady, strong, full
    #[arg(long, value_name = "ENERGY")]
    energy: Option<String>,
    /// One thing that went well
    #[arg(long, value_name = "TEXT")]
    win: Option<String>,
    /// One thing that is hard
    #[arg(long, value_name = "TEXT")]
    struggle: Option<String>,
    /// What comes next
    #[arg(long, value_name = "TEXT")]
    plan: Option<String>,
    /// What you need: just-listen, ask-me, ideas-welcome, nothing
    #[arg(long, value_name = "NEED")]
    need: Option<String>,
    /// Anything else; `-` reads it from standard input
    #[arg(long, value_name = "TEXT")]
    note: Option<String>,
    /// The day it is about, such as 2026-11-22 [default: your present day]
    #[arg(long, value_name = "DAY")]
    on: Option<String>,
    /// The morning pledge
    #[arg(long, conflicts_with = "evening")]
    morning: bool,
    /// The evening review
    #[arg(long)]
    evening: bool,
    /// A goal that is done (number or beginning of its title)
    #[arg(long, value_name = "GOAL")]
    done: Vec<String>,
    /// A goal that is partly done
    #[arg(long, value_name = "GOAL")]
    partly: Vec<String>,
    /// A goal that was skipped, with or without a reason
    #[arg(long, value_name = "GOAL[=REASON]")]
    skip: Vec<String>,
    /// A goal that was not done; shared with nobody unless you chose so for the goal
    #[arg(long, value_name = "GOAL")]
    not_done: Vec<String>,
    /// What a partner sees of this one, such as sam=mood,win or sam=nothing or sam=everything; partners
    /// not named see what they usually see
    #[arg(long, value_name = "PARTNER=FIELDS")]
    share: Vec<String>,
    /// Share nothing of it with anybody
    #[arg(long, conflicts_with = "share")]
    private: bool,
}

impl CheckInFlags {
    /// Whether any flag was given.
    pub fn any(&self) -> bool {
        let said = [
            &self.mood,
            &self.energy,
            &self.win,
            &self.struggle,
            &self.plan,
            &self.need,
            &self.note,
        ];
        let lists = [
            &self.feel,
            &self.done,
            &self.partly,
            &self.skip,
            &self.not_done,
        ];
        said.iter().any(|text| text.is_some()) || lists.iter().any(|list| !list.is_empty())
    }

    /// The words that are in the flags themselves, for an error before anything was read.
    pub fn typed(&self) -> TypedWords {
        TypedWords::of([
            ("win", self.win.as_deref()),
            ("struggle", self.struggle.as_deref()),
            ("plan", self.plan.as_deref()),
            ("note", self.note.as_deref()),
        ])
    }

    /// The words that were typed, before anything is judged: what must not get lost.
    pub fn words(&self) -> Result<NewCheckIn> {
        let note = match self.note.as_deref() {
            Some("-") => Some(prompt::all_input()?.trim_end().to_owned()),
            note => note.map(str::to_owned),
        };
        Ok(NewCheckIn {
            win: self.win.clone(),
            struggle: self.struggle.clone(),
            plan: self.plan.clone(),
            note,
            ..NewCheckIn::default()
        })
    }

    /// Takes everything but the words into the check-in.
    pub fn fill(&self, check_in: &mut NewCheckIn, engine: &Engine) -> Result<()> {
        if let Some(mood) = &self.mood {
            check_in.mood = Some(mood.parse()?);
        }
        if !self.feel.is_empty() {
            check_in.emotions = self
                .feel
                .iter()
                .map(|word| word.parse())
                .collect::<std::result::Result<_, _>>()?;
        }
        if let Some(energy) = &self.energy {
            check_in.energy = Some(energy.parse()?);
        }
        if let Some(need) = &self.need {
            check_in.need = Some(need.parse()?);
        }
        if let Some(on) = &self.on {
            check_in.on = Some(on.parse()?);
        }
        if self.morning {
            check_in.template = CheckInTemplate::Morning;
        } else if self.evening {
            check_in.template = CheckInTemplate::Evening;
        }
        self.fill_outcomes(check_in, engine)?;
        self.fill_audience(check_in, engine)
    }

    /// The day that was named.
    pub fn names_a_day(&self) -> bool {
        self.on.is_some()
    }

    fn fill_outcomes(&self, check_in: &mut NewCheckIn, engine: &Engine) -> Result<()> {
        let lists = [
            (&self.done, OutcomeStatus::Done),
            (&self.partly, OutcomeStatus::Partly),
            (&self.not_done, OutcomeStatus::NotDone),
        ];
        for (goals, status) in lists {
            for asked in goals {
                let goal = pick::goal(engine, asked)?.name;
                check_in.outcomes.push(outcome(goal, status, None));
            }
        }
        for asked in &self.skip {
            let (goal, reason) = skipped(engine, asked)?;
            check_in
                .outcomes
                .push(outcome(goal, OutcomeStatus::Skipped, reason));
        }
        Ok(())
    }

    /// Without `--share` and `--private` the audience stays what it was: for a new check-in, what each
    /// partner usually sees.
    fn fill_audience(&self, check_in: &mut NewCheckIn, engine: &Engine) -> Result<()> {
        if self.private {
            check_in.audience = Some(private_audience(engine)?);
            return Ok(());
        }
        if self.share.is_empty() {
            return Ok(());
        }
        let mut audience = match check_in.audience.take() {
            Some(audience) => audience,
            None => usual_audience(engine)?,
        };
        for asked in &self.share {
            let (partner, fields) = asked.split_once('=').ok_or(CliError::Input {
                field: "share",
                rule: "shape",
            })?;
            let space = pick::partner(engine, partner)?.space;
            audience.insert(space, fields.parse()?);
        }
        check_in.audience = Some(audience);
        Ok(())
    }
}

/// What each partner usually sees.
fn usual_audience(engine: &Engine) -> Result<BTreeMap<SpaceId, CheckInFields>> {
    Ok(pick::partners_to_share_with(engine)?
        .into_iter()
        .map(|partner| (partner.space, partner.usual_fields))
        .collect())
}

/// Nothing for anybody. Everybody is named, so that the preview still shows what goals share by
/// themselves.
pub fn private_audience(engine: &Engine) -> Result<BTreeMap<SpaceId, CheckInFields>> {
    let mut audience = usual_audience(engine)?;
    for fields in audience.values_mut() {
        *fields = CheckInFields::empty();
    }
    Ok(audience)
}

/// Empties a field.
pub fn clear(check_in: &mut NewCheckIn, field: CheckInField) {
    match field {
        CheckInField::Mood => check_in.mood = None,
        CheckInField::Emotions => check_in.emotions.clear(),
        CheckInField::Energy => check_in.energy = None,
        CheckInField::Win => check_in.win = None,
        CheckInField::Struggle => check_in.struggle = None,
        CheckInField::Plan => check_in.plan = None,
        CheckInField::Need => check_in.need = None,
        CheckInField::Note => check_in.note = None,
    }
}

fn outcome(goal: DocName, status: OutcomeStatus, reason: Option<String>) -> NewOutcome {
    NewOutcome {
        goal,
        on: None,
        status,
        note: None,
        reason,
        amount: None,
    }
}

/// A title or a reason may hold a `=` itself, so the longest beginning that means a goal is taken.
fn skipped(engine: &Engine, asked: &str) -> Result<(DocName, Option<String>)> {
    let whole = pick::goal(engine, asked);
    let Err(refusal) = whole else {
        return Ok((whole?.name, None));
    };
    for (at, _) in asked.rmatch_indices('=') {
        if let Ok(goal) = pick::goal(engine, &asked[..at]) {
            return Ok((goal.name, Some(asked[at + 1..].to_owned())));
        }
    }
    match asked.split_once('=') {
        Some((goal, _)) => Err(pick::goal(engine, goal).err().unwrap_or(refusal)),
        None => Err(refusal),
    }
}
