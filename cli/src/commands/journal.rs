//! `belay journal`: write, list, show, edit, and words that could not be written. Deleting and giving
//! passages stand in files of their own.

use std::collections::BTreeSet;

use belay_engine::model::limits::MAX_ENTRY_TEXT_BYTES;
use belay_engine::model::{CivilDay, DocName};
use belay_engine::{Engine, EntryEdit, EntryQuery, NewEntry, TextChange};
use clap::Subcommand;

use super::journal_offers::Beginning;
use super::{
    journal_deletion, journal_history, journal_offers, journal_passages, journal_plan,
    journal_search,
};
use crate::context::{Context, tidy};
use crate::draw::{draw_entry, draw_entry_line};
use crate::error::{CliError, Result};
use crate::screen::{MINE, Screen};
use crate::typed_words::TypedWords;
use crate::words::shown;
use crate::{editor, pick, prompt};

/// How many entries a list shows.
const LIST: usize = 20;

/// Far more than an entry may have: what is too long for one is kept as a draft and not lost.
const INPUT_MAX_BYTES: u64 = 16 * 1024 * 1024;

/// Flags of `journal`.
#[derive(Debug, clap::Args)]
pub struct JournalArgs {
    #[command(subcommand)]
    action: JournalAction,
}

#[derive(Debug, Subcommand)]
enum JournalAction {
    /// Write an entry: in your editor, from --text, or from standard input
    Write(Box<WriteFlags>),
    /// Questions to write by: a few for today, or all of them
    Prompts {
        /// All questions, strengths first
        #[arg(long)]
        all: bool,
    },
    /// Templates to write by, with their steps
    Templates,
    /// Your entries, newest first
    List {
        /// Only those of a month, such as 2026-11
        #[arg(long, value_name = "MONTH")]
        month: Option<String>,
        /// How many
        #[arg(long, default_value_t = LIST, value_name = "NUMBER")]
        limit: usize,
    },
    /// Find entries: words, "phrases", tag:sleep, mood:4, goal:walk, from:2026-03-01, until:, on:2026-03; 'sea -rain' leaves out
    Search {
        /// What to look for
        #[arg(required = true, value_name = "WORDS")]
        question: Vec<String>,
        /// How many
        #[arg(long, default_value_t = LIST, value_name = "NUMBER")]
        limit: usize,
    },
    /// One entry, whole
    Show {
        /// Its number in the list, `last`, or the beginning of its name
        #[arg(default_value = "last")]
        which: String,
    },
    /// Change an entry: in your editor, or only what the flags name
    Edit {
        /// Its number in the list, `last`, or the beginning of its name
        which: String,
        #[command(flatten)]
        flags: Box<EntryFlags>,
        /// Empty these: title, mood, tags, goals
        #[arg(long, value_name = "FIELDS", value_delimiter = ',')]
        clear: Vec<String>,
    },
    /// Delete an entry; for 30 days `restore` brings it back
    Delete(journal_deletion::WhichArgs),
    /// The entries that can still be brought back
    Deleted,
    /// The plan of a worksheet, and goals made of it
    Plan(journal_plan::PlanArgs),
    /// What an entry said before: when it changed, on which device, word by word
    History(journal_history::HistoryArgs),
    /// Bring a deleted entry back, or with --state let an entry say again what it said before
    Restore {
        /// Its number in `journal deleted`, or with --state in the list; or the beginning of its name
        which: String,
        /// The state's number in `journal history`
        #[arg(long, value_name = "NUMBER")]
        state: Option<usize>,
    },
    /// Erase an entry for good, now, on all your devices
    Erase(journal_deletion::WhichArgs),
    /// Give a partner a copy of some words of an entry, after seeing what they will see
    Share(journal_passages::ShareArgs),
    /// Take a passage back; without a number, show who has which
    Unshare(journal_passages::UnshareArgs),
    /// Words that could not be written
    Drafts {
        /// Drop one for good, by its number
        #[arg(long, value_name = "NUMBER")]
        drop: Option<i64>,
    },
}

/// What an entry can be given.
#[derive(Debug, clap::Args)]
struct EntryFlags {
    /// The text; `-` reads it from standard input
    #[arg(long, value_name = "TEXT")]
    text: Option<String>,
    /// A title
    #[arg(long, value_name = "TITLE")]
    title: Option<String>,
    /// The day it is about, such as 2026-11-22 [default: your present day]
    #[arg(long, value_name = "DAY")]
    on: Option<String>,
    /// 1 to 5, or in words
    #[arg(long, value_name = "MOOD")]
    mood: Option<String>,
    /// Words to find it by, such as sea,family
    #[arg(long, value_name = "TAGS", value_delimiter = ',')]
    tag: Vec<String>,
    /// A goal it is about (number or beginning of its title)
    #[arg(long, value_name = "GOAL")]
    goal: Vec<String>,
    /// The question it answers
    #[arg(long, value_name = "QUESTION")]
    prompt: Option<String>,
}

/// Flags of `journal write`.
#[derive(Debug, clap::Args)]
struct WriteFlags {
    #[command(flatten)]
    entry: EntryFlags,
    /// Begin from a question of `journal prompts` or a template of `journal templates`, such as small_win
    #[arg(long, value_name = "NAME")]
    by: Option<String>,
}

impl EntryFlags {
    fn typed(&self) -> TypedWords {
        let text = self.text.as_deref().filter(|text| *text != "-");
        TypedWords::of([("text", text), ("title", self.title.as_deref())])
    }

    fn any(&self) -> bool {
        let said = [&self.title, &self.on, &self.mood, &self.prompt];
        said.iter().any(|flag| flag.is_some()) || !self.tag.is_empty() || !self.goal.is_empty()
    }

    fn tags(&self) -> BTreeSet<String> {
        self.tag.iter().cloned().collect()
    }

    fn goals(&self, engine: &Engine) -> Result<BTreeSet<DocName>> {
        let goals = self.goal.iter().map(|asked| pick::goal(engine, asked));
        goals.map(|goal| Ok(goal?.name)).collect()
    }
}

impl JournalArgs {
    /// The words in the flags.
    pub fn typed(&self) -> TypedWords {
        match &self.action {
            JournalAction::Write(flags) => flags.entry.typed(),
            JournalAction::Edit { flags, .. } => flags.typed(),
            _ => TypedWords::default(),
        }
    }
}

/// Writes, lists, shows, changes, deletes or gives.
pub fn run(args: JournalArgs, context: &Context, screen: &mut Screen) -> Result<()> {
    let engine = context.open(screen)?;
    match args.action {
        JournalAction::Write(flags) => write(&flags, &engine, screen),
        JournalAction::List { month, limit } => list(month.as_deref(), limit, &engine, screen),
        JournalAction::Search { question, limit } => {
            journal_search::search(&question, limit, &engine, screen)
        }
        JournalAction::Show { which } => {
            let view = pick::entry(&engine, &which)?;
            let now = engine.now()?;
            screen.show(&view, |screen, view| draw_entry(screen, view, &now));
            Ok(())
        }
        JournalAction::Edit {
            which,
            flags,
            clear,
        } => edit(&which, &flags, &clear, &engine, screen),
        JournalAction::Delete(args) => journal_deletion::delete(&args, &engine, screen),
        JournalAction::Deleted => journal_deletion::list(&engine, screen),
        JournalAction::Prompts { all } => journal_offers::prompts(all, &engine, screen),
        JournalAction::Templates => journal_offers::templates(&engine, screen),
        JournalAction::Plan(args) => journal_plan::plan(&args, &engine, screen),
        JournalAction::History(args) => journal_history::show(&args, &engine, screen),
        JournalAction::Restore { which, state: None } => {
            journal_deletion::restore(&which, &engine, screen)
        }
        JournalAction::Restore {
            which,
            state: Some(state),
        } => journal_history::restore(&which, state, &engine, screen),
        JournalAction::Erase(args) => journal_deletion::erase(&args, &engine, screen),
        JournalAction::Share(args) => journal_passages::share(&args, &engine, screen),
        JournalAction::Unshare(args) => journal_passages::unshare(&args, &engine, screen),
        JournalAction::Drafts { drop } => drafts(drop, &engine, screen),
    }
}

/// The text: as given, from standard input, or from the editor.
fn ask_text(flag: Option<&str>, before: &str, screen: &mut Screen) -> Result<String> {
    match flag {
        Some("-") => Ok(prompt::input_up_to(INPUT_MAX_BYTES)?.trim_end().to_owned()),
        Some(text) => Ok(text.to_owned()),
        None if prompt::can_ask(screen) => match editor::chosen() {
            Some(chosen) => {
                let edited = editor::edit(&chosen, before)?;
                if let Some(left) = edited.left {
                    screen.note(&format!(
                        "Your text could not be cleared away after the editor. Please remove {} yourself.",
                        left.display()
                    ));
                }
                // Editors put a line's end behind the last line.
                let text = edited.text;
                Ok(text.strip_suffix('\n').unwrap_or(&text).to_owned())
            }
            None => {
                screen.note("Write, and end with Ctrl-D on a line of its own.");
                Ok(prompt::input_up_to(INPUT_MAX_BYTES)?.trim_end().to_owned())
            }
        },
        None => Ok(prompt::input_up_to(INPUT_MAX_BYTES)?.trim_end().to_owned()),
    }
}

/// Keeps words that could not be written; where even that fails they stay with the error.
fn keep(
    engine: &Engine,
    about: Option<&DocName>,
    text: &str,
    error: CliError,
    screen: &mut Screen,
) -> CliError {
    if text.trim().is_empty() {
        return error;
    }
    if engine.keep_draft(about, text).is_err() {
        return error.with_typed(TypedWords::of([("text", Some(text))]));
    }
    tidy(engine);
    screen.note("Your words are kept on this device, sealed: `belay journal drafts` shows them.");
    if text.len() > MAX_ENTRY_TEXT_BYTES {
        screen.note(&format!(
            "They have {} bytes; an entry holds {MAX_ENTRY_TEXT_BYTES}. Two entries would hold them.",
            text.len()
        ));
    }
    // They are safe, and need not be repeated.
    error.with_typed(TypedWords::default())
}

fn write(flags: &WriteFlags, engine: &Engine, screen: &mut Screen) -> Result<()> {
    let begin = Beginning::of(flags.by.as_deref(), engine)?;
    if let Some(question) = &begin.question {
        screen.note(&shown(question));
    }
    let mut text = ask_text(flags.entry.text.as_deref(), &begin.skeleton, screen)?;
    if text.trim() == begin.skeleton.trim() {
        // Headings alone say nothing.
        text.clear();
    }
    let written = write_typed(&flags.entry, &text, begin, engine);
    let view = written.map_err(|error| keep(engine, None, &text, error, screen))?;
    tidy(engine);
    let now = engine.now()?;
    screen.show(&view, |screen, view| {
        draw_entry(screen, view, &now);
        let line = screen.paint(MINE, "Saved here, for you alone.");
        screen.line(line);
    });
    Ok(())
}

fn write_typed(
    flags: &EntryFlags,
    text: &str,
    begin: Beginning,
    engine: &Engine,
) -> Result<belay_engine::EntryView> {
    Ok(engine.write_entry(NewEntry {
        text: text.to_owned(),
        title: flags.title.clone(),
        on: flags.on.as_deref().map(str::parse).transpose()?,
        tags: flags.tags(),
        mood: flags.mood.as_deref().map(str::parse).transpose()?,
        goals: flags.goals(engine)?,
        prompt: flags.prompt.clone().or(begin.question),
        template: begin.name,
    })?)
}

fn edit(
    which: &str,
    flags: &EntryFlags,
    clear: &[String],
    engine: &Engine,
    screen: &mut Screen,
) -> Result<()> {
    let before = pick::entry(engine, which)?;
    let mut edit = EntryEdit {
        title: flags.title.clone().map(Some),
        on: flags.on.as_deref().map(str::parse).transpose()?,
        mood: flags.mood.as_deref().map(str::parse).transpose()?.map(Some),
        tags: (!flags.tag.is_empty()).then(|| flags.tags()),
        goals: (!flags.goal.is_empty())
            .then(|| flags.goals(engine))
            .transpose()?,
        text: None,
    };
    for field in clear {
        match field.as_str() {
            "title" => edit.title = Some(None),
            "mood" => edit.mood = Some(None),
            "tags" => edit.tags = Some(BTreeSet::new()),
            "goals" => edit.goals = Some(BTreeSet::new()),
            _ => {
                return Err(CliError::Input {
                    field: "clear",
                    rule: "unknown_word",
                });
            }
        }
    }
    let mut typed = String::new();
    let nothing_named = !flags.any() && clear.is_empty();
    if flags.text.is_some() || nothing_named {
        typed = ask_text(flags.text.as_deref(), &before.entry.text, screen)?;
        edit.text = Some(TextChange {
            before: before.entry.text.clone(),
            after: typed.clone(),
        });
    }
    let edited = engine.edit_entry(&before.name, edit);
    let view =
        edited.map_err(|error| keep(engine, Some(&before.name), &typed, error.into(), screen))?;
    tidy(engine);
    let now = engine.now()?;
    screen.show(&view, |screen, view| {
        draw_entry(screen, view, &now);
        let line = screen.paint(MINE, "Saved here, for you alone.");
        screen.line(line);
        if !view.passages.is_empty() {
            screen.quiet("Passages you gave of it stay as they were.");
        }
    });
    Ok(())
}

fn list(month: Option<&str>, limit: usize, engine: &Engine, screen: &mut Screen) -> Result<()> {
    let month: Option<CivilDay> = month
        .map(|month| format!("{month}-01").parse())
        .transpose()?;
    // A number means a place in the whole list, so a list of one month shows names instead.
    let numbered = month.is_none();
    let page = engine.entries(&EntryQuery {
        month,
        after: None,
        limit: Some(limit),
    })?;
    let today = engine.today_on()?;
    screen.show(&page, |screen, page| {
        if page.entries.is_empty() {
            screen.line("Nothing here yet. `belay journal write` begins.");
        }
        for (index, line) in page.entries.iter().enumerate() {
            draw_entry_line(screen, numbered.then_some(index + 1), line, today);
        }
        if page.next.is_some() {
            screen.quiet("There is more: --limit shows more of it, --month another month.");
        }
    });
    Ok(())
}

fn drafts(drop: Option<i64>, engine: &Engine, screen: &mut Screen) -> Result<()> {
    if let Some(id) = drop {
        engine.drop_draft(id)?;
        tidy(engine);
    }
    let drafts = engine.drafts()?;
    screen.show(&drafts, |screen, drafts| {
        if drafts.is_empty() {
            screen.line("Nothing is waiting here.");
        }
        for draft in drafts {
            screen.heading(&format!("{}.", draft.id));
            screen.line(shown(&draft.text));
        }
        if !drafts.is_empty() {
            screen.quiet("`belay journal drafts --drop NUMBER` drops one for good.");
        }
    });
    Ok(())
}
