//! `belay check-in`: write, list, show. Editing and undoing stand in `check_in_edit.rs`.

use belay_engine::model::DocName;
use belay_engine::{BelayError, CheckInView, Engine, NewCheckIn, PreviewView};
use clap::Subcommand;
use serde::Serialize;

use super::check_in_edit::{self, EditArgs, UndoArgs};
use crate::check_in_flags::{CheckInFlags, private_audience};
use crate::context::{Context, tidy};
use crate::draw::{draw_check_in, draw_preview};
use crate::error::{CliError, Result};
use crate::screen::{MINE, Screen};
use crate::typed_words::TypedWords;
use crate::words::{and_list, partner_name};
use crate::{pick, prompt, questions};

/// How many check-ins a list shows.
const LIST: usize = 14;

/// Flags of `check-in`.
#[derive(Debug, clap::Args)]
#[command(args_conflicts_with_subcommands = true, subcommand_negates_reqs = true)]
pub struct CheckInArgs {
    #[command(subcommand)]
    action: Option<CheckInAction>,
    #[command(flatten)]
    flags: CheckInFlags,
    /// Share as the preview shows, without asking
    #[arg(short, long)]
    yes: bool,
}

#[derive(Debug, Subcommand)]
enum CheckInAction {
    /// Your check-ins, newest first
    List {
        /// Only those about this day
        #[arg(long, value_name = "DAY")]
        on: Option<String>,
        /// How many
        #[arg(long, default_value_t = LIST, value_name = "NUMBER")]
        limit: usize,
    },
    /// One check-in with its answers
    Show {
        /// Its number in the list, `last`, or the beginning of its name
        #[arg(default_value = "last")]
        which: String,
    },
    /// Change what a check-in says or who sees it; everyone who sees it sees that it was edited
    Edit(Box<EditArgs>),
    /// Take a check-in back, here and from partners
    Undo(UndoArgs),
    /// Bring a check-in back that was taken back; it is shared again as it was
    Restore {
        /// Its whole name, as `undo` said it
        name: String,
        /// Without asking
        #[arg(short, long)]
        yes: bool,
    },
}

impl CheckInArgs {
    /// The words in the flags.
    pub fn typed(&self) -> TypedWords {
        match &self.action {
            Some(CheckInAction::Edit(args)) => args.typed(),
            _ => self.flags.typed(),
        }
    }
}

/// What a JSON reader gets when something was written.
#[derive(Debug, Serialize)]
pub(super) struct WrittenView<'a> {
    pub check_in: &'a CheckInView,
    pub preview: &'a [PreviewView],
}

/// Writes, lists or shows.
pub fn run(args: CheckInArgs, context: &Context, screen: &mut Screen) -> Result<()> {
    match args.action {
        None => write(&args.flags, args.yes, context, screen),
        Some(CheckInAction::List { on, limit }) => list(on.as_deref(), limit, context, screen),
        Some(CheckInAction::Show { which }) => {
            let engine = context.open(screen)?;
            let now = engine.now()?;
            let view = pick::check_in(&engine, &which)?;
            screen.show(&view, |screen, view| {
                draw_check_in(screen, None, view, &now);
            });
            Ok(())
        }
        Some(CheckInAction::Edit(args)) => check_in_edit::edit(&args, context, screen),
        Some(CheckInAction::Undo(args)) => check_in_edit::undo(&args, context, screen),
        Some(CheckInAction::Restore { name, yes }) => {
            check_in_edit::restore(&name, yes, context, screen)
        }
    }
}

fn list(on: Option<&str>, limit: usize, context: &Context, screen: &mut Screen) -> Result<()> {
    let engine = context.open(screen)?;
    let now = engine.now()?;
    let views = match on {
        Some(day) => engine.check_ins_on(day.parse()?)?,
        None => engine.check_ins(limit)?,
    };
    // A number means a place in the whole list, so a list of one day shows names instead.
    let numbered = on.is_none();
    screen.show(&views, |screen, views| {
        if views.is_empty() {
            screen.line("Nothing here yet. `belay check-in` takes sixty seconds.");
        }
        for (index, view) in views.iter().enumerate() {
            draw_check_in(screen, numbered.then_some(index + 1), view, &now);
            if !numbered {
                screen.quiet(&format!("  name {}", &view.name.to_string()[..8]));
            }
        }
    });
    Ok(())
}

fn write(flags: &CheckInFlags, yes: bool, context: &Context, screen: &mut Screen) -> Result<()> {
    let mut typed = flags.words()?;
    let written = write_typed(&mut typed, flags, yes, context, screen);
    written.map_err(|error| error.with_typed(&typed))
}

fn write_typed(
    typed: &mut NewCheckIn,
    flags: &CheckInFlags,
    yes: bool,
    context: &Context,
    screen: &mut Screen,
) -> Result<()> {
    let engine = context.open(screen)?;
    flags.fill(typed, &engine)?;
    let asks = !flags.any() && prompt::can_ask(screen);
    if asks {
        questions::ask(&engine, typed, screen)?;
    }
    settle(&engine, typed, asks, screen)?;
    let asked = Asked { yes, always: asks };
    let previews = agree(&engine, None, typed, asked, screen)?;
    let view = engine.write_check_in(typed.clone())?;
    tidy(&engine);
    report_written(&view, &previews, &engine, screen);
    Ok(())
}

/// Lets the rules look at it. At the keyboard, an answer that does not fit is asked again; the others stay
/// as they are.
fn settle(engine: &Engine, typed: &mut NewCheckIn, asks: bool, screen: &mut Screen) -> Result<()> {
    loop {
        match engine.preview_check_in(typed) {
            Err(BelayError::InvalidInput { field, rule })
                if asks && questions::can_ask_again(field) =>
            {
                let error = BelayError::InvalidInput { field, rule }.into();
                screen.note(&crate::error_words::tell(&error).sentence);
                questions::ask_again(field, typed)?;
            }
            Err(error) => return Err(error.into()),
            Ok(_) => return Ok(()),
        }
    }
}

fn is_shared(preview: &PreviewView) -> bool {
    preview.check_in.is_some() || !preview.outcomes.is_empty()
}

/// How the person is asked before something is written.
#[derive(Debug, Clone, Copy)]
pub(super) struct Asked {
    /// They said yes beforehand.
    pub yes: bool,
    /// Ask even when nothing is shared, because they are at the keyboard.
    pub always: bool,
}

/// Shows what leaves and asks, unless yes was said beforehand or nothing leaves. Gives what was agreed to.
/// `edited` names the check-in that is changed, if it is not a new one.
pub(super) fn agree(
    engine: &Engine,
    edited: Option<&DocName>,
    typed: &mut NewCheckIn,
    asked: Asked,
    screen: &mut Screen,
) -> Result<Vec<PreviewView>> {
    let now = engine.now()?;
    let mut private = false;
    loop {
        let previews = match edited {
            Some(name) => engine.preview_edit(name, typed)?,
            None => engine.preview_check_in(typed)?,
        };
        if !screen.json() {
            for preview in &previews {
                draw_preview(screen, preview, &now);
            }
        }
        let shared = previews.iter().any(is_shared);
        if asked.yes || (!shared && (private || !asked.always)) {
            return Ok(previews);
        }
        if !prompt::can_ask(screen) {
            return Err(CliError::NeedsAnswer {
                flag: "--yes (share as the preview shows) or --private",
            });
        }
        if private {
            screen.line("What came of a goal goes to those you share the goal with.");
        }
        match ask_to_keep(shared, private)? {
            Keep::Yes => return Ok(previews),
            Keep::No => return Err(CliError::Declined),
            Keep::Private => {
                typed.audience = Some(private_audience(engine)?);
                private = true;
            }
        }
    }
}

enum Keep {
    Yes,
    Private,
    No,
}

fn ask_to_keep(shared: bool, private: bool) -> Result<Keep> {
    let question = match (shared, private) {
        (true, false) => "Keep and share it like this? (yes/private/no)",
        (true, true) => "Keep and share it like this? (yes/no)",
        (false, _) => "Keep it? (yes/no)",
    };
    loop {
        match prompt::line(question)?.as_deref() {
            None | Some("n" | "no") => return Ok(Keep::No),
            Some("y" | "yes") => return Ok(Keep::Yes),
            Some("p" | "private") if shared && !private => return Ok(Keep::Private),
            Some(_) => {}
        }
    }
}

/// Says where it is now.
pub(super) fn report_written(
    view: &CheckInView,
    previews: &[PreviewView],
    engine: &Engine,
    screen: &mut Screen,
) {
    // It is written; nothing that comes now may say otherwise.
    let hold = engine
        .settings()
        .map_or(0, |view| view.settings.hold_seconds);
    let written = WrittenView {
        check_in: view,
        preview: previews,
    };
    screen.show(&written, |screen, written| {
        let partners: Vec<String> = written
            .preview
            .iter()
            .filter(|preview| is_shared(preview))
            .map(|preview| partner_name(&preview.partner))
            .collect();
        if partners.is_empty() {
            let line = screen.paint(MINE, "Saved here, for you alone.");
            screen.line(line);
            return;
        }
        let line = format!(
            "Saved here. Goes to {} when there is a connection.",
            and_list(&partners)
        );
        let line = screen.paint(MINE, &line);
        screen.line(line);
        if hold > 0 {
            screen.quiet(&format!(
                "It stays here {hold} s for an undo (`belay check-in undo`); then `belay sync` takes it along."
            ));
        }
    });
}
