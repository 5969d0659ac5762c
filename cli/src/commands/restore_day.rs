//! `belay restore-day`: the journal and the check-ins as they were at the end of a day (product id J6).

use belay_engine::model::CivilDay;
use belay_engine::{DayReturnView, Engine, ReturningKind, ReturningStep};

use crate::context::{Context, tidy};
use crate::error::{CliError, Result};
use crate::prompt;
use crate::screen::{MINE, Screen};
use crate::times::day;
use crate::words::shown_line;

/// How many characters of a title are shown.
const TITLE_CHARS: usize = 60;

/// Flags of `restore-day`.
#[derive(Debug, clap::Args)]
pub struct RestoreDayArgs {
    /// The day at whose end everything was as you want it, such as 2026-11-22
    #[arg(value_name = "DAY", required_unless_present = "undo")]
    day: Option<String>,
    /// Only show what would change
    #[arg(long)]
    preview: bool,
    /// Undo the last return to a day that was made here
    #[arg(long, conflicts_with_all = ["day", "preview"])]
    undo: bool,
    /// Without asking
    #[arg(short, long)]
    yes: bool,
}

/// Shows what would change, asks, and goes back; or undoes that.
pub fn run(args: &RestoreDayArgs, context: &Context, screen: &mut Screen) -> Result<()> {
    let engine = context.open(screen)?;
    let Some(on) = &args.day else {
        return undo(&engine, screen);
    };
    let on: CivilDay = on.parse()?;
    let today = engine.today_on()?;
    let preview = engine.preview_day_return(on)?;
    if args.preview || preview.things.is_empty() {
        screen.show(&preview, |screen, preview| draw(screen, preview, today));
        return Ok(());
    }
    if !screen.json() {
        draw(screen, &preview, today);
        screen.quiet("Who sees what stays as it is. What you erased stays erased.");
        screen.quiet("What a partner sees of a check-in changes with it, marked as edited.");
    }
    prompt::agree(screen, "Go back to this?", args.yes, "--yes")?;
    let done = engine.return_to_day(on)?;
    tidy(&engine);
    screen.show(&done, |screen, _| {
        let line = screen.paint(MINE, "Done, as new changes: nothing is lost by it.");
        screen.line(line);
        screen.quiet("`belay restore-day --undo` takes it back.");
    });
    Ok(())
}

fn undo(engine: &Engine, screen: &mut Screen) -> Result<()> {
    let today = engine.today_on()?;
    let undone = engine.undo_day_return().map_err(CliError::from)?;
    tidy(engine);
    screen.show(&undone, |screen, undone| {
        draw(screen, undone, today);
        let line = screen.paint(MINE, "Everything is as it was before you went back.");
        screen.line(line);
        if undone.left > 0 {
            screen.quiet(&format!(
                "{} of it you changed since; that stays as you left it.",
                undone.left
            ));
        }
    });
    Ok(())
}

fn draw(screen: &mut Screen, view: &DayReturnView, today: CivilDay) {
    if view.things.is_empty() {
        screen.line("Everything already says what it said then.");
    }
    for thing in &view.things {
        let step = match thing.step {
            ReturningStep::Earlier => "says again what it said",
            ReturningStep::Back => "comes back",
            ReturningStep::Deleted => "goes to the deleted ones",
        };
        let kind = match thing.kind {
            ReturningKind::Entry => "entry",
            ReturningKind::CheckIn => "check-in",
        };
        let title: String = shown_line(&thing.title).chars().take(TITLE_CHARS).collect();
        screen.line(format_args!(
            "{}  {kind} {step}: {title}",
            day(thing.on, today)
        ));
        if thing.words_added + thing.words_removed > 0 {
            screen.quiet(&format!(
                "    +{} −{} words",
                thing.words_added, thing.words_removed
            ));
        }
    }
}
