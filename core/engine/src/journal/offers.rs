//! What to write by (product id J4): questions for the day and templates of entries, those that ask for strengths
//! first. An entry keeps the name of what it was begun from.

use belay_library::{
    ContentRef, Form, FormKind, Item, LookupError, Prompt, PromptGroup, form, forms_of,
    not_reviewed, prompt, prompts, prompts_for,
};
use belay_model::CivilDay;
use serde::Serialize;

use crate::engine::Engine;
use crate::{BelayError, Result};

/// How many questions are offered for a day.
const FOR_A_DAY: usize = 3;

/// What to write by.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct WritingOffersView {
    /// The civil day the first questions are for.
    pub on: CivilDay,
    /// A few questions for that day, a strength first; the next day has others.
    pub for_the_day: Vec<PromptView>,
    /// Every question, strengths first.
    pub prompts: Vec<PromptView>,
    /// Skeletons of entries, the worksheet last.
    pub templates: Vec<TemplateView>,
}

/// A question to write by.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct PromptView {
    /// What an entry begun from it keeps (`NewEntry::template`).
    pub name: String,
    /// What it is about.
    pub group: PromptGroup,
    /// It asks for what went well, what helped or who was there.
    pub strength: bool,
    /// The question.
    pub ask: String,
    /// A quiet line below it, where one helps.
    pub hint: Option<String>,
}

/// A skeleton of an entry.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct TemplateView {
    /// What an entry begun from it keeps (`NewEntry::template`).
    pub name: String,
    /// What it is for: a journal template, or the worksheet.
    pub kind: FormKind,
    /// Its name for people.
    pub title: String,
    /// One or two sentences about it.
    pub about: String,
    /// What a person should know before they fill it in.
    pub notes: Vec<String>,
    /// To be shown beside it: no native professional has read it yet.
    pub not_reviewed: Option<String>,
    /// Its steps, in order.
    pub steps: Vec<TemplateStepView>,
    /// The Markdown an entry begins with: a heading a step.
    pub skeleton: String,
}

/// A step of a template or form.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct TemplateStepView {
    /// Its name within the template.
    pub id: String,
    /// Its heading.
    pub title: String,
    /// The question.
    pub ask: String,
    /// A quiet line below it, where one helps.
    pub hint: Option<String>,
    /// What somebody could have written.
    pub examples: Vec<String>,
}

impl From<&Prompt> for PromptView {
    fn from(prompt: &Prompt) -> Self {
        Self {
            name: prompt.reference().to_string(),
            group: prompt.group,
            strength: prompt.group.is_strength(),
            ask: prompt.ask.clone(),
            hint: prompt.hint.clone(),
        }
    }
}

impl From<&Form> for TemplateView {
    fn from(form: &Form) -> Self {
        Self {
            name: form.reference().to_string(),
            kind: form.kind,
            title: form.title.clone(),
            about: form.about.clone(),
            notes: form.notes.clone(),
            not_reviewed: form
                .unreviewed
                .then(|| not_reviewed(form.language).to_owned()),
            steps: steps_of(form),
            skeleton: form.skeleton(),
        }
    }
}

/// The steps of a form, as shells show them.
pub(crate) fn steps_of(form: &Form) -> Vec<TemplateStepView> {
    let steps = form.steps.iter().map(|step| TemplateStepView {
        id: step.id.clone(),
        title: step.title.clone(),
        ask: step.ask.clone(),
        hint: step.hint.clone(),
        examples: step.examples.clone(),
    });
    steps.collect()
}

impl Engine {
    /// What to write by on a civil day (`None` for the present one), in the language of this BCP 47 tag. Changes
    /// nothing.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn writing_offers(
        &self,
        on: Option<CivilDay>,
        language: &str,
    ) -> Result<WritingOffersView> {
        let on = match on {
            Some(on) => on,
            None => self.today_on()?,
        };
        let templates = [FormKind::Journal, FormKind::Worksheet]
            .into_iter()
            .flat_map(|kind| forms_of(kind, language))
            .map(TemplateView::from)
            .collect();
        let for_the_day = prompts_for(on, FOR_A_DAY, language).into_iter();
        Ok(WritingOffersView {
            on,
            for_the_day: for_the_day.map(PromptView::from).collect(),
            prompts: prompts(language).iter().map(PromptView::from).collect(),
            templates,
        })
    }
}

/// The name to keep of a prompt or template, with its version; `None` for nothing. A shell that lets people type names
/// asks before they write.
///
/// # Errors
/// `InvalidInput{template, unknown_word}` for what cannot be a name, `NotFound{template}`, and
/// `Unavailable{template-newer}` for a version that only a newer Belay has.
pub fn known_template(named: &str) -> Result<Option<String>> {
    begun_from(Some(named))
}

/// The name to keep of what an entry was begun from, with its version.
///
/// # Errors
/// `InvalidInput{template, unknown_word}` for what cannot be a name, `NotFound{template}`, and
/// `Unavailable{template-newer}` for a version that only a newer Belay has.
pub(crate) fn begun_from(named: Option<&str>) -> Result<Option<String>> {
    let Some(named) = named.map(str::trim).filter(|named| !named.is_empty()) else {
        return Ok(None);
    };
    let named: ContentRef = named.parse().map_err(refused)?;
    let fallback = belay_library::FALLBACK_LANGUAGE;
    let found = match prompt(&named, fallback) {
        Ok(prompt) => prompt.reference(),
        Err(LookupError::Unknown) => {
            let form = form(&named, fallback).map_err(refused)?;
            if !matches!(form.kind, FormKind::Journal | FormKind::Worksheet) {
                return Err(refused(LookupError::Unknown));
            }
            form.reference()
        }
        Err(error) => return Err(refused(error)),
    };
    Ok(Some(found.to_string()))
}

fn refused(error: LookupError) -> BelayError {
    match error {
        LookupError::Unreadable => BelayError::InvalidInput {
            field: "template",
            rule: "unknown_word",
        },
        LookupError::Unknown => BelayError::NotFound { what: "template" },
        LookupError::Newer { .. } => BelayError::unavailable("template-newer"),
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test may stop at the first surprise")]

    use super::*;

    #[test]
    fn a_name_is_kept_with_the_version_it_had_and_each_other_one_is_told_apart() {
        let kept = |named| begun_from(Some(named));
        assert_eq!(kept("week_back").unwrap().unwrap(), "week_back@1");
        assert_eq!(kept(" small_win@1 ").unwrap().unwrap(), "small_win@1");
        assert_eq!(
            kept("problem_worksheet").unwrap().unwrap(),
            "problem_worksheet@1"
        );
        assert_eq!(begun_from(None).unwrap(), None);
        assert_eq!(kept(" ").unwrap(), None);
        let newer = BelayError::unavailable("template-newer");
        assert_eq!(kept("week_back@9").unwrap_err(), newer);
        let missing = BelayError::NotFound { what: "template" };
        assert_eq!(kept("no_such_thing").unwrap_err(), missing);
        // A form, but none for the journal.
        assert_eq!(kept("safety_plan").unwrap_err(), missing);
        let wrong = kept("Week back!").unwrap_err();
        assert_eq!(wrong.detail().unwrap(), "template.unknown_word");
    }
}
