//! `belay remind`: when a phone may remind of something, and what it would do next.

use belay_engine::model::boundary::QuietHours;
use belay_engine::model::reminders::RemindedOf;
use belay_engine::model::{LocalTime, RuleError};
use belay_engine::{Engine, RemindersView};
use clap::Subcommand;

use crate::context::{Context, tidy};
use crate::error::{CliError, Result};
use crate::pick;
use crate::screen::{MINE, Screen};
use crate::words::{list_of, shown_line};

/// How many of the next instants are listed.
const NEXT: usize = 7;

/// Flags of `remind`.
#[derive(Debug, clap::Args)]
pub struct RemindArgs {
    #[command(subcommand)]
    action: Option<RemindAction>,
}

#[derive(Debug, Subcommand)]
enum RemindAction {
    /// Of a check-in, at these times; none: never
    CheckIn(TimesArgs),
    /// Of a goal, at these times; none: never
    Goal(GoalTimesArgs),
    /// Stay quiet from a time to a time, such as 22:00-07:00; none: never quiet
    Quiet(QuietArgs),
    /// Whether a reminder may say what kind of thing it is about: on or off
    Words(WordsArgs),
    /// Not now: once more in so many minutes
    Snooze(SnoozeArgs),
}

#[derive(Debug, clap::Args)]
struct TimesArgs {
    /// Times of day, such as 07:30 21:00
    #[arg(value_name = "TIME")]
    times: Vec<String>,
}

#[derive(Debug, clap::Args)]
struct GoalTimesArgs {
    /// Its number in the list or the beginning of its title
    goal: String,
    /// Times of day, such as 07:30 21:00
    #[arg(value_name = "TIME")]
    times: Vec<String>,
}

#[derive(Debug, clap::Args)]
struct QuietArgs {
    /// Ranges such as 22:00-07:00
    #[arg(value_name = "FROM-TO")]
    ranges: Vec<String>,
}

#[derive(Debug, clap::Args)]
struct WordsArgs {
    /// on or off
    #[arg(value_parser = ["on", "off"])]
    say: String,
}

#[derive(Debug, clap::Args)]
struct SnoozeArgs {
    /// In how many minutes
    minutes: u16,
    /// Of this goal [default: of a check-in]
    #[arg(long)]
    goal: Option<String>,
}

/// Shows or changes.
pub fn run(args: &RemindArgs, context: &Context, screen: &mut Screen) -> Result<()> {
    let engine = context.open(screen)?;
    let view = match &args.action {
        None => engine.reminders()?,
        Some(RemindAction::CheckIn(args)) => engine.remind_of(None, times(&args.times)?)?,
        Some(RemindAction::Goal(args)) => {
            let times = times(&args.times)?;
            engine.remind_of(Some(&pick::goal(&engine, &args.goal)?.name), times)?
        }
        Some(RemindAction::Quiet(args)) => {
            let ranges = args.ranges.iter().map(|range| quiet(range));
            engine.set_quiet_hours(ranges.collect::<Result<_>>()?)?
        }
        Some(RemindAction::Words(args)) => engine.set_reminders_say_what(args.say == "on")?,
        Some(RemindAction::Snooze(args)) => snooze(args, &engine)?,
    };
    if args.action.is_some() {
        tidy(&engine);
    }
    screen.show(&view, draw);
    Ok(())
}

fn snooze(args: &SnoozeArgs, engine: &Engine) -> Result<RemindersView> {
    let of = match &args.goal {
        Some(asked) => RemindedOf::Goal(pick::goal(engine, asked)?.name),
        None => RemindedOf::CheckIn,
    };
    let until_ms = engine.now()?.at_ms() + i64::from(args.minutes) * 60_000;
    Ok(engine.snooze_reminder(of, until_ms)?)
}

fn times(typed: &[String]) -> Result<Vec<LocalTime>> {
    typed.iter().map(|typed| time(typed, "times")).collect()
}

fn time(typed: &str, field: &'static str) -> Result<LocalTime> {
    let read = typed.trim().parse();
    read.map_err(|error: RuleError| CliError::Rule(error.in_field(field)))
}

fn quiet(typed: &str) -> Result<QuietHours> {
    let (from, to) = typed.split_once('-').ok_or(CliError::Input {
        field: "quiet_hours",
        rule: "out_of_range",
    })?;
    Ok(QuietHours {
        from: time(from, "quiet_hours")?,
        to: time(to, "quiet_hours")?,
    })
}

fn all(times: &[LocalTime]) -> String {
    let times: Vec<String> = times.iter().map(LocalTime::to_string).collect();
    list_of(times.iter().map(String::as_str))
}

fn draw(screen: &mut Screen, view: &RemindersView) {
    if view.check_in_times.is_empty() && view.goals.is_empty() {
        screen.line("No reminders. `belay remind check-in 21:00` asks for one.");
    }
    if !view.check_in_times.is_empty() {
        screen.line(format_args!("check-in  {}", all(&view.check_in_times)));
    }
    for goal in &view.goals {
        screen.line(format_args!(
            "{}  {}",
            shown_line(&goal.title),
            all(&goal.times)
        ));
    }
    for range in &view.quiet {
        screen.line(format_args!("quiet  {} to {}", range.from, range.to));
    }
    for planned in view.planned.iter().take(NEXT) {
        let line = format!("next  {} {}  {}", planned.on, planned.time, planned.text);
        let line = screen.paint(MINE, &line);
        screen.line(line);
    }
    if !view.planned.is_empty() {
        screen.quiet("A phone shows them. What is done, skipped, paused or not due is left out.");
    }
}
