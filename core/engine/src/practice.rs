//! Practice (product ids S2, S3): the safety plan, cards, and small things that help. What a person writes here is for
//! them alone: it stands in the settings document, which only own devices share, and nothing here has an audience.

pub(crate) mod views;
pub(crate) mod worksheet;

use std::collections::BTreeSet;

use belay_document::documents::Draft as DocumentDraft;
use belay_library::{Form, safety_plan};
use belay_model::{DocName, KeptLine, make_bytes, validate_kept_lines};
use belay_protocol::DocKind;
use belay_store::ReadTx;

use crate::engine::Engine;
use crate::practice::views::{
    CardView, CopingIdeaView, CopingLibraryView, NewKeptLine, NewPlanStep, SafetyPlanView,
};
use crate::session::Session;
use crate::{BelayError, Result};

/// The list of small things.
const COPING: &str = "coping";
/// What the lists of the safety plan begin with.
const PLAN: &str = "plan/";

/// The cards for listening and validation, in order, in the language of this BCP 47 tag.
#[must_use]
pub fn cards(language: &str) -> Vec<CardView> {
    let cards = belay_library::cards(language).iter();
    cards.map(|card| CardView::of(card, language)).collect()
}

/// The small things that come with Belay, in the language of this BCP 47 tag.
#[must_use]
pub fn coping_ideas(language: &str) -> Vec<CopingIdeaView> {
    let ideas = belay_library::coping_ideas(language).iter();
    ideas
        .map(|idea| CopingIdeaView::of(idea, language))
        .collect()
}

/// The safety plan with nothing written in it, to print and fill in by hand.
#[must_use]
pub fn safety_plan_form(language: &str) -> SafetyPlanView {
    SafetyPlanView::of(safety_plan(language), |_| Vec::new(), Vec::new())
}

impl Engine {
    /// The person's safety plan, in the language of this BCP 47 tag. Shared with nobody, and not readable while the
    /// store is locked. Changes nothing.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn safety_plan(&self, language: &str) -> Result<SafetyPlanView> {
        self.read(|tx| {
            let kept = lines(tx)?;
            let form = safety_plan(language);
            let known: BTreeSet<String> = form.steps.iter().map(|step| list_of(&step.id)).collect();
            let others = kept
                .iter()
                .filter(|line| line.list.starts_with(PLAN) && !known.contains(&line.list))
                .map(|line| line.text.clone());
            let of_step = |id: &str| {
                let list = list_of(id);
                let of_step = kept.iter().filter(|line| line.list == list);
                of_step.map(|line| line.text.clone()).collect()
            };
            Ok(SafetyPlanView::of(form, of_step, others.collect()))
        })
    }

    /// Keeps the lines of the named steps of the safety plan in place of those they had; other steps stay as they are.
    /// Own devices share it; nobody else does. Writes to disk.
    ///
    /// # Errors
    /// `InvalidInput{plan_step, unknown_word}` for a step that the plan does not have, `InvalidInput` with `plan_line` and
    /// the rule; nothing is changed then.
    pub fn save_safety_plan(&self, steps: Vec<NewPlanStep>) -> Result<()> {
        let form = safety_plan(belay_library::FALLBACK_LANGUAGE);
        let mut lists = BTreeSet::new();
        let mut kept = Vec::new();
        for step in &steps {
            require_step(form, &step.id)?;
            let list = list_of(&step.id);
            let lines: Vec<KeptLine> = step
                .lines
                .iter()
                .filter_map(|line| KeptLine::tidied(&list, line, None))
                .collect();
            validate_kept_lines("plan_line", &lines)?;
            lists.insert(list);
            kept.extend(lines);
        }
        self.write(|session| session.save_lines(&lists, kept))
    }

    /// Small things to do when it is hard: the person's own first, then those that come with Belay.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn coping_library(&self, language: &str) -> Result<CopingLibraryView> {
        self.read(|tx| {
            let kept = lines(tx)?;
            let own = kept.iter().filter(|line| line.list == COPING);
            Ok(CopingLibraryView {
                own: own.map(Into::into).collect(),
                ideas: coping_ideas(language),
            })
        })
    }

    /// Keeps the person's own small things, in this order, in place of those that were kept. Writes to disk.
    ///
    /// # Errors
    /// `InvalidInput` with `coping` and the rule; nothing is changed then.
    pub fn save_own_coping(&self, things: Vec<NewKeptLine>) -> Result<()> {
        let lines: Vec<KeptLine> = things
            .iter()
            .filter_map(|thing| KeptLine::tidied(COPING, &thing.what, thing.how.as_deref()))
            .collect();
        validate_kept_lines("coping", &lines)?;
        let lists = BTreeSet::from([COPING.to_owned()]);
        self.write(|session| session.save_lines(&lists, lines))
    }
}

fn list_of(step: &str) -> String {
    format!("{PLAN}{step}")
}

fn require_step(form: &Form, id: &str) -> Result<()> {
    let known = form.steps.iter().any(|step| step.id == id);
    known.then_some(()).ok_or(BelayError::InvalidInput {
        field: "plan_step",
        rule: "unknown_word",
    })
}

fn lines(tx: &ReadTx<'_>) -> Result<Vec<KeptLine>> {
    Ok(crate::queries::settings_row(tx)?.kept_lines)
}

impl Session<'_> {
    /// Writes the lines of some lists; a line that was there before keeps its name in the document.
    fn save_lines(&mut self, lists: &BTreeSet<String>, lines: Vec<KeptLine>) -> Result<()> {
        let document = self.document(DocKind::Settings, &DocName::ZERO)?;
        let mut before = document.kept_lines()?;
        let mut named = Vec::new();
        for line in lines {
            let known = before
                .iter()
                .position(|(_, other)| other.list == line.list && other.text == line.text);
            let name = match known {
                Some(at) => before.remove(at).0,
                None => DocName::from_bytes(make_bytes(self.entropy)),
            };
            named.push((name, line));
        }
        let draft = DocumentDraft::new().kept_lines(lists, &named, &document)?;
        self.write_into(DocKind::Settings, &DocName::ZERO, document, &draft)
    }
}
