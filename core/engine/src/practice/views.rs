//! What shells show and hand in about practice: the safety plan, cards, small things that help. Records only.

use belay_library::{Card, CardKind, CopingGroup, CopingIdea, Form, Item, not_reviewed};
use belay_model::KeptLine;
use serde::{Deserialize, Serialize};

/// The private plan for a bad night, in six steps (product id S3).
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct SafetyPlanView {
    /// The form it is written by.
    pub name: String,
    /// Its name for people.
    pub title: String,
    /// One or two sentences about it.
    pub about: String,
    /// Whose it is, and what it is not: to be shown before and below it.
    pub notes: Vec<String>,
    /// To be shown beside it: no native professional has read the form yet.
    pub not_reviewed: Option<String>,
    /// The steps, in order.
    pub steps: Vec<SafetyPlanStepView>,
    /// Lines of steps that this version does not know; they stay.
    pub others: Vec<String>,
    /// Nothing of it is written yet.
    pub is_empty: bool,
    /// All of it as a page of Markdown, to print or to keep as text.
    pub page: String,
}

/// A step of the safety plan.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct SafetyPlanStepView {
    /// Its name within the form.
    pub id: String,
    /// Its heading.
    pub title: String,
    /// The question.
    pub ask: String,
    /// A quiet line below it, where one helps.
    pub hint: Option<String>,
    /// What somebody could have written.
    pub examples: Vec<String>,
    /// What the person wrote, in their order.
    pub lines: Vec<String>,
}

/// All lines of one step of the safety plan.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct NewPlanStep {
    /// The step.
    pub id: String,
    /// Its lines; none empties it.
    pub lines: Vec<String>,
}

/// A card for listening, or for letting somebody feel heard (product id S2).
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct CardView {
    /// What names it.
    pub name: String,
    /// What it is for.
    pub kind: CardKind,
    /// Its heading.
    pub title: String,
    /// What to do.
    pub how: String,
    /// What could be said.
    pub say: Vec<String>,
    /// What to leave out.
    pub rather_not: String,
    /// To be shown beside it: no native professional has read it yet.
    pub not_reviewed: Option<String>,
}

/// Small things to do when it is hard (product id S2).
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct CopingLibraryView {
    /// The person's own ones, in their order: they come first.
    pub own: Vec<OwnCopingView>,
    /// Those that come with Belay, by group.
    pub ideas: Vec<CopingIdeaView>,
}

/// A small thing of the person's own.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct OwnCopingView {
    /// What to do.
    pub what: String,
    /// How.
    pub how: Option<String>,
}

/// A small thing that comes with Belay.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct CopingIdeaView {
    /// What names it.
    pub name: String,
    /// What kind of thing it is.
    pub group: CopingGroup,
    /// About how long it takes.
    pub minutes: u8,
    /// What to do.
    pub what: String,
    /// How.
    pub how: Option<String>,
    /// To be shown beside it: no native professional has read it yet.
    pub not_reviewed: Option<String>,
}

/// A line for one of the person's own lists.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct NewKeptLine {
    /// The words.
    pub what: String,
    /// More about it.
    pub how: Option<String>,
}

impl CardView {
    pub(crate) fn of(card: &Card, language: &str) -> Self {
        Self {
            name: card.reference().to_string(),
            kind: card.kind,
            title: card.title.clone(),
            how: card.how.clone(),
            say: card.say.clone(),
            rather_not: card.rather_not.clone(),
            not_reviewed: mark(card.unreviewed, language),
        }
    }
}

impl CopingIdeaView {
    pub(crate) fn of(idea: &CopingIdea, language: &str) -> Self {
        Self {
            name: idea.reference().to_string(),
            group: idea.group,
            minutes: idea.minutes,
            what: idea.what.clone(),
            how: idea.how.clone(),
            not_reviewed: mark(idea.unreviewed, language),
        }
    }
}

impl From<&KeptLine> for OwnCopingView {
    fn from(line: &KeptLine) -> Self {
        Self {
            what: line.text.clone(),
            how: line.more.clone(),
        }
    }
}

impl SafetyPlanView {
    /// The form with what was written under the steps; `lines` gives those of a step.
    pub(crate) fn of(
        form: &Form,
        lines: impl Fn(&str) -> Vec<String>,
        others: Vec<String>,
    ) -> Self {
        let steps: Vec<SafetyPlanStepView> = form
            .steps
            .iter()
            .map(|step| SafetyPlanStepView {
                id: step.id.clone(),
                title: step.title.clone(),
                ask: step.ask.clone(),
                hint: step.hint.clone(),
                examples: step.examples.clone(),
                lines: lines(&step.id),
            })
            .collect();
        let mut answers: std::collections::BTreeMap<String, Vec<String>> = steps
            .iter()
            .map(|step| (step.id.clone(), step.lines.clone()))
            .collect();
        if !others.is_empty() {
            // Under a name that no step has: the page shows them at its end.
            answers.insert(String::new(), others.clone());
        }
        Self {
            name: form.reference().to_string(),
            title: form.title.clone(),
            about: form.about.clone(),
            notes: form.notes.clone(),
            not_reviewed: mark(form.unreviewed, form.language),
            is_empty: others.is_empty() && steps.iter().all(|step| step.lines.is_empty()),
            page: form.page(&answers),
            steps,
            others,
        }
    }
}

fn mark(unreviewed: bool, language: &str) -> Option<String> {
    unreviewed.then(|| not_reviewed(language).to_owned())
}
