//! `belay journal history` and `restore --state` (product id J6).

use belay_engine::model::{Moment, PieceFate, TextDifference};
use belay_engine::{
    BelayError, Engine, EntryHistoryView, EntryPart, EntryStateLineView, EntryStateView,
};

use crate::context::tidy;
use crate::draw::draw_entry;
use crate::error::Result;
use crate::pick;
use crate::screen::{CLAY, MINE, Screen};
use crate::times::instant;
use crate::words::{shown, shown_line};

/// How many states a list shows.
const LIST: usize = 20;

/// What is said of a number that no state has.
const NO_STATE: BelayError = BelayError::NotFound {
    what: "entry-state",
};

/// Flags of `journal history`.
#[derive(Debug, clap::Args)]
pub struct HistoryArgs {
    /// Its number in the list, `last`, or the beginning of its name
    #[arg(default_value = "last")]
    which: String,
    /// What this state changed, word by word
    #[arg(long, value_name = "NUMBER")]
    state: Option<usize>,
    /// How many states
    #[arg(long, default_value_t = LIST, value_name = "NUMBER")]
    limit: usize,
}

/// Shows what an entry went through, or what one state changed.
pub fn show(args: &HistoryArgs, engine: &Engine, screen: &mut Screen) -> Result<()> {
    let entry = pick::entry(engine, &args.which)?;
    let now = engine.now()?;
    if let Some(number) = args.state {
        let state = numbered(engine, &entry.name, number)?;
        let view = engine.entry_state(&entry.name, &state)?;
        screen.show(&view, |screen, view| {
            draw_state(screen, number, view, &now);
        });
        return Ok(());
    }
    let history = engine.entry_history(&entry.name, Some(args.limit))?;
    screen.show(&history, |screen, history| {
        draw_history(screen, history, &now);
    });
    Ok(())
}

/// Lets an entry say again what it said in a state.
pub fn restore(which: &str, number: usize, engine: &Engine, screen: &mut Screen) -> Result<()> {
    let entry = pick::entry(engine, which)?;
    let state = numbered(engine, &entry.name, number)?;
    let view = engine.restore_entry_state(&entry.name, &state)?;
    tidy(engine);
    let now = engine.now()?;
    screen.show(&view, |screen, view| {
        draw_entry(screen, view, &now);
        let line = screen.paint(MINE, "It says this again.");
        screen.line(line);
        screen.quiet("What it said until now stays in `belay journal history`, to go back to.");
        if !view.passages.is_empty() {
            screen.quiet("Passages you gave of it stay as they were.");
        }
    });
    Ok(())
}

/// The state with this number, counted from the present one.
fn numbered(engine: &Engine, name: &belay_engine::model::DocName, number: usize) -> Result<String> {
    let at = number.checked_sub(1).ok_or(NO_STATE)?;
    let history = engine.entry_history(name, Some(number))?;
    let state = history.states.into_iter().nth(at).ok_or(NO_STATE)?;
    Ok(state.state)
}

fn draw_history(screen: &mut Screen, history: &EntryHistoryView, now: &Moment) {
    for (index, state) in history.states.iter().enumerate() {
        let mark = if index == 0 { " (now)" } else { "" };
        screen.line(format_args!(
            "{:>3}. {}{mark}",
            index + 1,
            line_words(state, now)
        ));
        let changed = changed_words(state);
        screen.quiet(&format!("     {}", changed.join(", ")));
    }
    if history.earlier > 0 {
        screen.quiet(&format!(
            "{} earlier ones: --limit shows more.",
            history.earlier
        ));
    }
    screen.quiet("`--state NUMBER` shows what one changed; `belay journal restore WHICH --state NUMBER` goes back.");
}

/// When and where a state came about.
fn line_words(state: &EntryStateLineView, now: &Moment) -> String {
    let when = state
        .at_ms
        .map_or_else(|| "at an unknown time".to_owned(), |at| instant(at, now));
    let device = match (&state.device_name, state.this_device) {
        (Some(name), _) => shown_line(name),
        (None, true) => "this device".to_owned(),
        (None, false) => "another device of yours".to_owned(),
    };
    format!("{when} · {device}")
}

fn changed_words(state: &EntryStateLineView) -> Vec<String> {
    let words = state.changed.iter().map(|part| match part {
        EntryPart::Text => format!(
            "text (+{} −{} words)",
            state.words_added, state.words_removed
        ),
        EntryPart::Title => "title".to_owned(),
        EntryPart::Day => "day".to_owned(),
        EntryPart::Tags => "tags".to_owned(),
        EntryPart::Mood => "mood".to_owned(),
        EntryPart::Goals => "goals".to_owned(),
        EntryPart::Prompt => "question".to_owned(),
        EntryPart::Deleted if state.deleted => "deleted".to_owned(),
        EntryPart::Deleted => "brought back".to_owned(),
    });
    words.collect()
}

fn draw_state(screen: &mut Screen, number: usize, view: &EntryStateView, now: &Moment) {
    screen.heading(&format!("{number}. {}", line_words(&view.line, now)));
    screen.quiet(&changed_words(&view.line).join(", "));
    if let Some(title) = &view.entry.title {
        screen.line(shown_line(title));
    }
    draw_difference(screen, &view.from_before);
    if view.may_restore {
        screen.quiet(&format!(
            "Going back to it adds {} words to the present text and takes out {}.",
            view.from_present.words_added, view.from_present.words_removed
        ));
    }
}

/// Both texts in one: what came and what went stand out, also without colour.
pub fn draw_difference(screen: &mut Screen, difference: &TextDifference) {
    let mut text = String::new();
    for piece in &difference.pieces {
        let words = shown(&piece.text);
        match piece.fate {
            PieceFate::Kept => text.push_str(&words),
            PieceFate::Added => text.push_str(&screen.paint(MINE, &format!("{{+{words}+}}"))),
            PieceFate::Removed => text.push_str(&screen.paint(CLAY, &format!("[-{words}-]"))),
        }
    }
    screen.line(text);
}
