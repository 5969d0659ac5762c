//! Things to write by, step after step: templates of journal entries (J4), questions one after the other for a goal, a
//! boundary card and the like, the worksheet in four stages (S1) and the safety plan in six steps (S3).

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

use serde::{Deserialize, Serialize};

use crate::collection::{Item, Source, Translation, Words};
use crate::{LibraryError, not_reviewed};

/// Lines left to write on by hand where a printed step has no answer yet.
const BLANK_LINES: usize = 3;
const BLANK_LINE: &str = "______________________________";

/// What a form is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum FormKind {
    /// The skeleton of a journal entry; its steps are headings.
    Journal,
    /// Questions asked one after the other; all but the first may stay open.
    Interview,
    /// A problem from its name to a plan.
    Worksheet,
    /// The private plan for a bad night.
    SafetyPlan,
}

/// Something to write by.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Form {
    /// Its stable id.
    pub id: String,
    /// Its version.
    pub version: u32,
    /// What it is for.
    pub kind: FormKind,
    /// The tag of the language it speaks.
    pub language: &'static str,
    /// A safety text that no professional has read in this language yet: to be shown with [`not_reviewed`].
    pub unreviewed: bool,
    /// Its name.
    pub title: String,
    /// One or two sentences about it.
    pub about: String,
    /// What a person should know before they fill it in: whose it is, and what it is not.
    pub notes: Vec<String>,
    /// The steps, in order.
    pub steps: Vec<FormStep>,
    /// Pages that were opened for it.
    pub sources: Vec<Source>,
}

/// One step of a form.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct FormStep {
    /// Its id, stable within the form; answers are kept under it.
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

/// What the catalogue says about a form.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct FormEntry {
    pub(crate) id: String,
    pub(crate) version: u32,
    kind: FormKind,
    pub(crate) steps: Vec<String>,
    #[serde(default)]
    pub(crate) safety: Option<String>,
    #[serde(default)]
    sources: Vec<Source>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct FormWords {
    title: String,
    about: String,
    #[serde(default)]
    notes: Vec<String>,
    steps: Words<StepWords>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct StepWords {
    title: String,
    ask: String,
    #[serde(default)]
    hint: Option<String>,
    #[serde(default)]
    examples: Vec<String>,
}

impl Form {
    pub(crate) fn read(
        entries: &[FormEntry],
        language: &'static str,
        text: &str,
    ) -> Result<Vec<Self>, LibraryError> {
        let mut texts = Translation::<FormWords>::read(language, text)?;
        let mut forms = Vec::with_capacity(entries.len());
        for entry in entries {
            let (mut words, unreviewed) =
                texts.take(&entry.id, entry.version, entry.safety.is_some())?;
            let mut steps = Vec::with_capacity(entry.steps.len());
            for id in &entry.steps {
                let step = words.steps.take(id)?;
                steps.push(FormStep {
                    id: id.clone(),
                    title: step.title,
                    ask: step.ask,
                    hint: step.hint,
                    examples: step.examples,
                });
            }
            words.steps.finish()?;
            forms.push(Self {
                id: entry.id.clone(),
                version: entry.version,
                kind: entry.kind,
                language,
                unreviewed,
                title: words.title,
                about: words.about,
                notes: words.notes,
                steps,
                sources: entry.sources.clone(),
            });
        }
        texts.finish()?;
        Ok(forms)
    }

    /// The Markdown that a journal entry begins with: the headings, with room below each.
    #[must_use]
    pub fn skeleton(&self) -> String {
        let mut text = String::new();
        for step in &self.steps {
            let _ = write!(text, "## {}\n\n\n", step.title);
        }
        text
    }

    /// What stands below each heading of this form in a text that was begun from [`Self::skeleton`], by the id of the step:
    /// one answer a line, without the sign of a list before it. Headings may have been moved or taken out.
    #[must_use]
    pub fn answers_in(&self, text: &str) -> BTreeMap<String, Vec<String>> {
        let mut answers: BTreeMap<String, Vec<String>> = BTreeMap::new();
        let mut step = None;
        for line in text.lines() {
            if let Some(heading) = line.strip_prefix("## ") {
                let known = self.steps.iter().find(|it| it.title == heading.trim());
                step = known.map(|known| known.id.as_str());
                continue;
            }
            let answer = without_list_sign(line.trim());
            if let (Some(step), false) = (step, answer.is_empty()) {
                answers
                    .entry(step.to_owned())
                    .or_default()
                    .push(answer.to_owned());
            }
        }
        answers
    }

    /// The form as a page of Markdown to print or to keep as text, with the answers by the id of their step. A step
    /// without one has its question and lines to write on. Answers to steps that this version does not know stand at the
    /// end: nothing that was written is left out.
    #[must_use]
    pub fn page(&self, answers: &BTreeMap<String, Vec<String>>) -> String {
        let mut page = format!("# {}\n\n{}\n", self.title, self.about);
        if self.unreviewed {
            let _ = write!(page, "\n_{}_\n", not_reviewed(self.language));
        }
        for (number, step) in (1..).zip(&self.steps) {
            let _ = write!(page, "\n## {number}. {}\n\n", step.title);
            let said = said(answers.get(&step.id));
            if said.is_empty() {
                let _ = write!(page, "{}\n\n", step.ask);
                for _ in 0..BLANK_LINES {
                    let _ = writeln!(page, "{BLANK_LINE}\n");
                }
            }
            for answer in said {
                write_item(&mut page, answer);
            }
        }
        let known: BTreeSet<&str> = self.steps.iter().map(|step| step.id.as_str()).collect();
        let others: Vec<&str> = answers
            .iter()
            .filter(|(id, _)| !known.contains(id.as_str()))
            .flat_map(|(_, lines)| said(Some(lines)))
            .collect();
        if !others.is_empty() {
            page.push_str("\n---\n\n");
        }
        for answer in others {
            write_item(&mut page, answer);
        }
        for note in &self.notes {
            let _ = write!(page, "\n{note}\n");
        }
        page
    }
}

/// A line of a list without its sign: `-`, `*`, `+`, a number, a box to tick.
fn without_list_sign(line: &str) -> &str {
    let digits = line.trim_start_matches(|c: char| c.is_ascii_digit());
    let numbered = (digits.len() < line.len())
        .then(|| {
            digits
                .strip_prefix(". ")
                .or_else(|| digits.strip_prefix(") "))
        })
        .flatten();
    let signs = ["- ", "* ", "+ "];
    let signed = signs.iter().find_map(|sign| line.strip_prefix(sign));
    let text = signed.or(numbered).unwrap_or(line).trim_start();
    let boxes = ["[ ] ", "[x] ", "[X] "];
    let text = boxes
        .iter()
        .find_map(|sign| text.strip_prefix(sign))
        .unwrap_or(text);
    match text {
        "-" | "*" | "+" | "[ ]" => "",
        text => text.trim(),
    }
}

/// The answers that say something.
fn said(answers: Option<&Vec<String>>) -> Vec<&str> {
    let answers = answers.into_iter().flatten();
    answers
        .map(|answer| answer.trim())
        .filter(|answer| !answer.is_empty())
        .collect()
}

/// One answer as an item of a list; its further lines belong to it.
fn write_item(page: &mut String, answer: &str) {
    let mut lines = answer.lines();
    let _ = writeln!(page, "- {}", lines.next().unwrap_or_default());
    for line in lines {
        let _ = writeln!(page, "  {line}");
    }
}

impl Item for Form {
    fn id(&self) -> &str {
        &self.id
    }

    fn version(&self) -> u32 {
        self.version
    }
}

#[cfg(test)]
mod tests {
    use crate::{languages, safety_plan, worksheet};

    use super::*;

    fn answers(list: &[(&str, &[&str])]) -> BTreeMap<String, Vec<String>> {
        let owned = |lines: &[&str]| lines.iter().map(|&line| line.to_owned()).collect();
        list.iter()
            .map(|(id, lines)| ((*id).to_owned(), owned(lines)))
            .collect()
    }

    #[test]
    fn a_printed_plan_has_six_steps_its_answers_and_what_it_is_not() {
        for language in languages() {
            let plan = safety_plan(language);
            let page = plan.page(&answers(&[
                ("warning_signs", &["I stop answering.", "  ", "Two\nlines"]),
                ("people_i_ask", &["Mira, 0000"]),
            ]));
            for (number, step) in (1..).zip(&plan.steps) {
                assert!(page.contains(&format!("\n## {number}. {}\n", step.title)));
                let answered = ["warning_signs", "people_i_ask"].contains(&step.id.as_str());
                assert_eq!(
                    page.contains(&step.ask),
                    !answered,
                    "{language} {}",
                    step.id
                );
            }
            assert!(
                page.contains("\n- I stop answering.\n- Two\n  lines\n"),
                "{page}"
            );
            assert!(page.contains("\n- Mira, 0000\n"));
            assert!(plan.notes.iter().all(|note| page.contains(note)));
            assert_eq!(page.contains(not_reviewed(language)), plan.unreviewed);
            assert_eq!(page.matches(BLANK_LINE).count(), 4 * BLANK_LINES);
        }
    }

    #[test]
    fn an_answer_to_a_step_of_a_newer_form_is_printed_all_the_same() {
        let page = safety_plan("en").page(&answers(&[("a_seventh_step", &["Rosalind"])]));
        assert!(page.contains("\n---\n\n- Rosalind\n"), "{page}");
    }

    #[test]
    fn what_was_written_below_the_headings_is_found_again_in_any_language() {
        for language in languages() {
            let form = worksheet(language);
            let text = form.skeleton().replace(
                "\n\n\n",
                "\n\n- [ ] Ring at Sam’s\n2. Sleep\n\nplain\n-\n\n",
            );
            let answers = form.answers_in(&format!("Before.\n{text}## Mine\n\nnot asked for\n"));
            assert_eq!(answers.len(), form.steps.len());
            for answer in answers.values() {
                assert_eq!(answer, &["Ring at Sam’s", "Sleep", "plain"]);
            }
        }
        assert!(worksheet("en").answers_in("no headings\n").is_empty());
    }

    #[test]
    fn an_entry_begins_with_the_headings_of_its_template() {
        let text = worksheet("en").skeleton();
        let headings: Vec<_> = text.lines().filter(|line| !line.is_empty()).collect();
        let titles = worksheet("en").steps.iter();
        let titles: Vec<_> = titles.map(|step| format!("## {}", step.title)).collect();
        assert_eq!(headings, titles);
    }
}
