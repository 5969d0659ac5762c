//! `belay goal`: begin, log, list, share.

use std::collections::BTreeMap;

use belay_engine::model::{Goal, GoalFields, Moment, OutcomeStatus, Schedule, SpaceId};
use belay_engine::{Engine, GoalView, NewGoal, NewOutcome};
use clap::Subcommand;

use crate::context::{Context, tidy};
use crate::draw::{draw_goal, draw_goal_share, draw_preview, status_mark};
use crate::error::{CliError, Result};
use crate::screen::{MINE, Screen};
use crate::typed_words::TypedWords;
use crate::words::shown_line;
use crate::{pick, prompt};

/// Flags of `goal`.
#[derive(Debug, clap::Args)]
pub struct GoalArgs {
    #[command(subcommand)]
    action: GoalAction,
}

#[derive(Debug, Subcommand)]
enum GoalAction {
    /// Begin a goal
    Add(AddArgs),
    /// Say what came of a goal: done, partly, skipped or not-done
    Log(LogArgs),
    /// Your goals with their last fourteen days
    List,
    /// Choose what a partner sees of a goal; `nothing` takes it back
    Share(ShareArgs),
}

#[derive(Debug, clap::Args)]
struct AddArgs {
    /// What, in your own words
    title: String,
    /// When: daily, weekdays, weekend, or days like mon,wed,fri
    #[arg(long, default_value = "daily", value_name = "DAYS")]
    on: String,
    /// Why it matters to you
    #[arg(long, value_name = "TEXT")]
    why: Option<String>,
    /// What a partner sees of it, such as sam=title,status
    #[arg(long, value_name = "PARTNER=FIELDS")]
    share: Vec<String>,
    /// Share as the preview shows, without asking
    #[arg(short, long)]
    yes: bool,
}

#[derive(Debug, clap::Args)]
struct LogArgs {
    /// Its number in the list or the beginning of its title
    goal: String,
    /// done, partly, skipped or not-done
    status: String,
    /// The day [default: your present day]
    #[arg(long, value_name = "DAY")]
    on: Option<String>,
    /// A note
    #[arg(long, value_name = "TEXT")]
    note: Option<String>,
    /// Why it was skipped
    #[arg(long, value_name = "TEXT")]
    reason: Option<String>,
}

#[derive(Debug, clap::Args)]
struct ShareArgs {
    /// Its number in the list or the beginning of its title
    goal: String,
    /// Who sees what: sam=title,schedule,why,status,note,skip-reason,misses or sam=everything or sam=nothing
    #[arg(required = true, value_name = "PARTNER=FIELDS")]
    share: Vec<String>,
    /// Share as the preview shows, without asking
    #[arg(short, long)]
    yes: bool,
}

impl GoalArgs {
    /// The words in the flags.
    pub fn typed(&self) -> TypedWords {
        match &self.action {
            GoalAction::Add(args) => {
                TypedWords::of([("title", Some(&args.title)), ("why", args.why.as_deref())])
            }
            GoalAction::Log(args) => TypedWords::of([
                ("note", args.note.as_deref()),
                ("reason", args.reason.as_deref()),
            ]),
            GoalAction::List | GoalAction::Share(_) => TypedWords::default(),
        }
    }
}

/// Begins, logs, lists or shares.
pub fn run(args: GoalArgs, context: &Context, screen: &mut Screen) -> Result<()> {
    let engine = context.open(screen)?;
    match args.action {
        GoalAction::Add(args) => add(args, &engine, screen)?,
        GoalAction::Log(args) => log(args, &engine, screen)?,
        GoalAction::List => {
            let goals = engine.goals()?;
            let now = engine.now()?;
            screen.show(&goals, |screen, goals| draw_list(screen, goals, &now));
            return Ok(());
        }
        GoalAction::Share(args) => share(&args, &engine, screen)?,
    }
    tidy(&engine);
    Ok(())
}

fn draw_list(screen: &mut Screen, goals: &[GoalView], now: &Moment) {
    if goals.is_empty() {
        screen.line("No goals yet. `belay goal add \"a small step\"` begins one.");
    }
    for (index, goal) in goals.iter().enumerate() {
        draw_goal(screen, index + 1, goal, now);
    }
}

fn add(args: AddArgs, engine: &Engine, screen: &mut Screen) -> Result<()> {
    let schedule: Schedule = args.on.parse()?;
    let audience = audience(engine, &args.share)?;
    let mut goal = Goal::new(
        args.title.clone(),
        schedule.clone(),
        engine.now()?,
        engine.settings()?.settings.day_start,
    );
    goal.why.clone_from(&args.why);
    goal.validate()?;
    agree(&goal, &audience, args.yes, screen)?;
    let view = engine.add_goal(NewGoal {
        title: args.title,
        schedule,
        why: args.why,
        audience: audience
            .into_iter()
            .map(|(space, (_, fields))| (space, fields))
            .collect(),
    })?;
    // It is written; a list that cannot be read now only costs the number.
    let goals = engine.goals().unwrap_or_default();
    let place = goals.iter().position(|goal| goal.name == view.name);
    let number = place.map_or(1, |index| index + 1);
    let now = engine.now()?;
    screen.show(&view, |screen, view| draw_goal(screen, number, view, &now));
    Ok(())
}

fn log(args: LogArgs, engine: &Engine, screen: &mut Screen) -> Result<()> {
    let status: OutcomeStatus = args.status.parse()?;
    let on = args.on.as_deref().map(str::parse).transpose()?;
    if args.reason.is_some() && status != OutcomeStatus::Skipped {
        return Err(CliError::Input {
            field: "reason",
            rule: "not_allowed_here",
        });
    }
    let goal = pick::goal(engine, &args.goal)?;
    let today = engine.today_on()?;
    let new = NewOutcome {
        goal: goal.name,
        on,
        status,
        note: args.note,
        reason: args.reason,
    };
    // Sharing was agreed to with the goal; what goes out is shown all the same.
    let previews = engine.preview_outcome(&new)?;
    let now = engine.now()?;
    let view = engine.log_outcome(new)?;
    screen.show(&view, |screen, view| {
        let line = format!(
            "{} {}: {}, {}",
            status_mark(view.outcome.status),
            shown_line(&view.goal_title),
            view.outcome.status,
            crate::times::near_day(view.outcome.on, today)
        );
        let line = screen.paint(MINE, &line);
        screen.line(line);
        for preview in &previews {
            draw_preview(screen, preview, &now);
        }
    });
    Ok(())
}

fn share(args: &ShareArgs, engine: &Engine, screen: &mut Screen) -> Result<()> {
    let mut goal = pick::goal(engine, &args.goal)?;
    let audience = audience(engine, &args.share)?;
    agree(&goal.goal, &audience, args.yes, screen)?;
    for (space, (_, fields)) in audience {
        goal = engine.share_goal(&goal.name, &space, fields)?;
    }
    screen.show(&goal, |screen, _| {
        let line = screen.paint(MINE, "Saved here. It goes out when there is a connection.");
        screen.line(line);
    });
    Ok(())
}

/// A partner's name and the fields they see, by space.
type Audience = BTreeMap<SpaceId, (String, GoalFields)>;

fn audience(engine: &Engine, share: &[String]) -> Result<Audience> {
    let mut audience = Audience::new();
    for asked in share {
        let (partner, fields) = asked.split_once('=').ok_or(CliError::Input {
            field: "share",
            rule: "shape",
        })?;
        let fields = fields.parse()?;
        let partner = pick::partner(engine, partner)?;
        audience.insert(partner.space, (partner.name, fields));
    }
    Ok(audience)
}

/// Shows what each partner will see and asks. Taking something back needs no question.
fn agree(goal: &Goal, audience: &Audience, yes: bool, screen: &mut Screen) -> Result<()> {
    for (partner, fields) in audience.values() {
        if !screen.json() {
            draw_goal_share(screen, partner, goal, *fields);
        }
    }
    if audience.values().all(|(_, fields)| fields.is_empty()) {
        return Ok(());
    }
    prompt::agree(screen, "Share it like this?", yes, "--yes")
}
