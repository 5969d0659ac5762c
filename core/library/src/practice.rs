//! What to write by and to practise with, by language: questions and templates, worksheets, the safety plan, cards,
//! small things to do, plans for an hour of two. Everything is built in; nothing is read at run time.

use std::sync::LazyLock;

use belay_model::CivilDay;
use serde::Deserialize;

use crate::card::{Card, CardEntry, CardKind};
use crate::collection::look_up;
use crate::content::check_head;
use crate::coping::{CopingEntry, CopingIdea};
use crate::form::{Form, FormEntry, FormKind};
use crate::prompt::{Prompt, PromptEntry};
use crate::reference::{ContentRef, LookupError};
use crate::session::{SessionEntry, SessionTemplate};
use crate::shelf::language_for;
use crate::{FALLBACK_LANGUAGE, LibraryError};

/// Which texts there are, in no language.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Catalogue {
    version: u32,
    pub(crate) prompts: Vec<PromptEntry>,
    pub(crate) forms: Vec<FormEntry>,
    pub(crate) cards: Vec<CardEntry>,
    pub(crate) coping: Vec<CopingEntry>,
    pub(crate) sessions: Vec<SessionEntry>,
}

impl Catalogue {
    pub(crate) fn read(text: &str) -> Result<Self, LibraryError> {
        let catalogue: Self = serde_json::from_str(text)?;
        // The catalogue speaks no language; its version is the one of the texts.
        check_head(catalogue.version, FALLBACK_LANGUAGE, FALLBACK_LANGUAGE)?;
        Ok(catalogue)
    }
}

/// The files of one language.
pub(crate) struct Files {
    pub(crate) prompts: &'static str,
    pub(crate) forms: &'static str,
    pub(crate) cards: &'static str,
    pub(crate) coping: &'static str,
    pub(crate) sessions: &'static str,
    pub(crate) marks: &'static str,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct MarksFile {
    version: u32,
    language: String,
    not_reviewed: String,
}

/// Everything in one language.
#[derive(Debug)]
pub(crate) struct Practice {
    language: &'static str,
    not_reviewed: String,
    prompts: Vec<Prompt>,
    forms: Vec<Form>,
    cards: Vec<Card>,
    coping: Vec<CopingIdea>,
    sessions: Vec<SessionTemplate>,
}

impl Practice {
    pub(crate) fn read(
        catalogue: &Catalogue,
        language: &'static str,
        files: &Files,
    ) -> Result<Self, LibraryError> {
        let marks: MarksFile = serde_json::from_str(files.marks)?;
        check_head(marks.version, &marks.language, language)?;
        let practice = Self {
            language,
            not_reviewed: marks.not_reviewed,
            prompts: Prompt::read(&catalogue.prompts, language, files.prompts)?,
            forms: Form::read(&catalogue.forms, language, files.forms)?,
            cards: Card::read(&catalogue.cards, language, files.cards)?,
            coping: CopingIdea::read(&catalogue.coping, language, files.coping)?,
            sessions: SessionTemplate::read(&catalogue.sessions, language, files.sessions)?,
        };
        for (kind, about) in [
            (FormKind::SafetyPlan, "safety plan"),
            (FormKind::Worksheet, "worksheet"),
        ] {
            if practice.forms.iter().filter(|it| it.kind == kind).count() != 1 {
                return Err(LibraryError::Missing { about });
            }
        }
        Ok(practice)
    }

    fn only(&self, kind: FormKind) -> &Form {
        let form = self.forms.iter().find(|form| form.kind == kind);
        form.expect("reading refuses a language without one")
    }
}

pub(crate) const CATALOGUE: &str = include_str!("../data/catalogue.json");

macro_rules! files_of {
    ($language:literal) => {
        Files {
            prompts: include_str!(concat!("../data/", $language, "/prompts.json")),
            forms: include_str!(concat!("../data/", $language, "/forms.json")),
            cards: include_str!(concat!("../data/", $language, "/cards.json")),
            coping: include_str!(concat!("../data/", $language, "/coping.json")),
            sessions: include_str!(concat!("../data/", $language, "/sessions.json")),
            marks: include_str!(concat!("../data/", $language, "/marks.json")),
        }
    };
}

pub(crate) const FILES: [(&str, Files); 3] = [
    ("en", files_of!("en")),
    ("de", files_of!("de")),
    ("es", files_of!("es")),
];

pub(crate) fn read_all() -> Result<Vec<Practice>, LibraryError> {
    let catalogue = Catalogue::read(CATALOGUE)?;
    let each = FILES.iter();
    each.map(|(language, files)| Practice::read(&catalogue, language, files))
        .collect()
}

static PRACTICE: LazyLock<Vec<Practice>> =
    LazyLock::new(|| read_all().expect("the built-in files are the ones every test run reads"));

fn practice_for(tag: &str) -> &'static Practice {
    let language = language_for(tag);
    let found = PRACTICE.iter().find(|it| it.language == language);
    found.expect("a test compares the languages of the two shelves")
}

/// The sentence that stands beside a safety text which no native professional has read yet.
#[must_use]
pub fn not_reviewed(tag: &str) -> &'static str {
    &practice_for(tag).not_reviewed
}

/// Questions to write by (J4), strengths first.
#[must_use]
pub fn prompts(tag: &str) -> &'static [Prompt] {
    &practice_for(tag).prompts
}

/// The question of this name.
///
/// # Errors
/// Why there is none.
pub fn prompt(named: &ContentRef, tag: &str) -> Result<&'static Prompt, LookupError> {
    look_up(prompts(tag), named)
}

/// Questions for a day: the first looks for a strength, the others for anything else, and the next day brings others. The
/// same day has the same questions on every device.
#[must_use]
pub fn prompts_for(day: CivilDay, count: usize, tag: &str) -> Vec<&'static Prompt> {
    let (strengths, others): (Vec<_>, Vec<_>) =
        prompts(tag).iter().partition(|it| it.group.is_strength());
    let place = |turn: i64, length: usize| {
        let length = i64::try_from(length).unwrap_or(i64::MAX).max(1);
        usize::try_from(turn.rem_euclid(length)).unwrap_or(0)
    };
    let day = day.since_1900();
    let first = strengths.get(place(day, strengths.len())).copied();
    let further = count.saturating_sub(1).min(others.len());
    let from = day.wrapping_mul(i64::try_from(further).unwrap_or(0));
    let further = (from..).take(further);
    first
        .into_iter()
        .take(count)
        .chain(further.filter_map(|turn| others.get(place(turn, others.len())).copied()))
        .collect()
}

/// Everything to write by, step after step.
#[must_use]
pub fn forms(tag: &str) -> &'static [Form] {
    &practice_for(tag).forms
}

/// What there is of one kind.
pub fn forms_of(kind: FormKind, tag: &str) -> impl Iterator<Item = &'static Form> {
    forms(tag).iter().filter(move |form| form.kind == kind)
}

/// The form of this name.
///
/// # Errors
/// Why there is none. What was written by it stays readable: answers are kept as text beside the ids of their steps.
pub fn form(named: &ContentRef, tag: &str) -> Result<&'static Form, LookupError> {
    look_up(forms(tag), named)
}

/// The safety plan in six steps (S3).
#[must_use]
pub fn safety_plan(tag: &str) -> &'static Form {
    practice_for(tag).only(FormKind::SafetyPlan)
}

/// The worksheet in four stages (S1).
#[must_use]
pub fn worksheet(tag: &str) -> &'static Form {
    practice_for(tag).only(FormKind::Worksheet)
}

/// All cards (S2), in order.
#[must_use]
pub fn cards(tag: &str) -> &'static [Card] {
    &practice_for(tag).cards
}

/// The cards of one kind.
pub fn cards_of(kind: CardKind, tag: &str) -> impl Iterator<Item = &'static Card> {
    cards(tag).iter().filter(move |card| card.kind == kind)
}

/// The card of this name.
///
/// # Errors
/// Why there is none.
pub fn card(named: &ContentRef, tag: &str) -> Result<&'static Card, LookupError> {
    look_up(cards(tag), named)
}

/// Small things to do when it is hard (S2), by group.
#[must_use]
pub fn coping_ideas(tag: &str) -> &'static [CopingIdea] {
    &practice_for(tag).coping
}

/// The thing of this name.
///
/// # Errors
/// Why there is none.
pub fn coping_idea(named: &ContentRef, tag: &str) -> Result<&'static CopingIdea, LookupError> {
    look_up(coping_ideas(tag), named)
}

/// Plans for an hour of two (P6).
#[must_use]
pub fn session_templates(tag: &str) -> &'static [SessionTemplate] {
    &practice_for(tag).sessions
}

/// The plan of this name.
///
/// # Errors
/// Why there is none.
pub fn session_template(
    named: &ContentRef,
    tag: &str,
) -> Result<&'static SessionTemplate, LookupError> {
    look_up(session_templates(tag), named)
}
