//! `belay goal pause`, `resume`, `pauses`: days that count for nothing, of one goal or of everything.

use belay_engine::Engine;
use belay_engine::model::goals::Pause;
use belay_engine::model::{CivilDay, DocName};

use super::goal_flags::day;
use crate::error::Result;
use crate::pick;
use crate::screen::{MINE, Screen};
use crate::words::shown_line;

#[derive(Debug, clap::Args)]
pub struct PauseArgs {
    /// Its number in the list or the beginning of its title [default: everything]
    goal: Option<String>,
    /// The first day [default: your present day]
    #[arg(long, value_name = "DAY")]
    from: Option<String>,
    /// The last day [default: until you resume]
    #[arg(long, value_name = "DAY")]
    to: Option<String>,
    /// holiday, ill or rest
    #[arg(long, value_name = "WHY")]
    reason: Option<String>,
    /// Take back the pause that begins on that first day
    #[arg(long, requires = "from", conflicts_with_all = ["to", "reason"])]
    take_back: bool,
}

#[derive(Debug, clap::Args)]
pub struct OfArgs {
    /// Its number in the list or the beginning of its title [default: everything]
    goal: Option<String>,
}

/// Which goal, with its title; none for everything.
fn which(engine: &Engine, asked: Option<&str>) -> Result<Option<(DocName, String)>> {
    let Some(asked) = asked else {
        return Ok(None);
    };
    let goal = pick::goal(engine, asked)?;
    Ok(Some((goal.name, goal.goal.title)))
}

/// Pauses, or takes a pause back.
pub fn pause(args: &PauseArgs, engine: &Engine, screen: &mut Screen) -> Result<()> {
    let goal = which(engine, args.goal.as_deref())?;
    let of = goal.as_ref().map(|(name, _)| name);
    let first = match &args.from {
        Some(typed) => day(typed, "pause")?,
        None => engine.today_on()?,
    };
    let pauses = if args.take_back {
        let kept = engine.pauses(of)?;
        let meant = kept.iter().find(|pause| pause.first == first);
        let meant = meant.ok_or(belay_engine::BelayError::NotFound { what: "pause" })?;
        engine.take_back_pause(of, meant)?
    } else {
        let last = args.to.as_deref().map(|typed| day(typed, "pause"));
        let pause = Pause {
            first,
            last: last.transpose()?,
            reason: args.reason.as_deref().map(str::parse).transpose()?,
        };
        engine.pause_goals(of, pause)?
    };
    show(engine, goal, &pauses, screen)
}

/// Ends what is paused today.
pub fn resume(args: &OfArgs, engine: &Engine, screen: &mut Screen) -> Result<()> {
    let goal = which(engine, args.goal.as_deref())?;
    let pauses = engine.resume_goals(goal.as_ref().map(|(name, _)| name))?;
    show(engine, goal, &pauses, screen)
}

/// Lists pauses.
pub fn list(args: &OfArgs, engine: &Engine, screen: &mut Screen) -> Result<()> {
    let goal = which(engine, args.goal.as_deref())?;
    let pauses = engine.pauses(goal.as_ref().map(|(name, _)| name))?;
    show(engine, goal, &pauses, screen)
}

fn show(
    engine: &Engine,
    goal: Option<(DocName, String)>,
    pauses: &[Pause],
    screen: &mut Screen,
) -> Result<()> {
    let today = engine.today_on()?;
    let title = goal.map_or_else(|| "Everything".to_owned(), |(_, title)| shown_line(&title));
    screen.show(&pauses, |screen, pauses| {
        if pauses.is_empty() {
            screen.line(format_args!("{title}: no pauses."));
        }
        for pause in *pauses {
            let line = format!("{title}: {}", words(pause, today));
            let line = screen.paint(MINE, &line);
            screen.line(line);
        }
    });
    Ok(())
}

fn words(pause: &Pause, today: CivilDay) -> String {
    let range = match pause.last {
        Some(last) if last == pause.first => format!("paused on {last}"),
        Some(last) => format!("paused from {} to {last}", pause.first),
        None => format!("paused from {} until you resume", pause.first),
    };
    let reason = pause.reason.map(|reason| format!(" ({reason})"));
    let now = if pause.covers(today) { " · now" } else { "" };
    format!("{range}{}{now}", reason.unwrap_or_default())
}
