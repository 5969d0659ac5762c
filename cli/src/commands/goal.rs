//! `belay goal`: begin, say anew, log, list, look at one, share, put away, let go.

use std::collections::BTreeMap;

use belay_engine::model::goals::Amount;
use belay_engine::model::{Goal, GoalFields, Moment, OutcomeStatus, SpaceId};
use belay_engine::{Engine, GoalView, NewGoal, NewOutcome};

use super::goal_args::{
    AddArgs, EditArgs, GoalAction, GoalArgs, ListArgs, LogArgs, OneArgs, ShareArgs, StepArgs,
    UndoArgs,
};
use super::goal_flags::{as_it_is, day};
use super::{goal_pauses, goal_questions};
use crate::context::{Context, tidy};
use crate::draw::{draw_goal, draw_goal_page, draw_goal_share, draw_preview, status_mark};
use crate::error::{CliError, Result};
use crate::screen::{MINE, Screen};
use crate::words::shown_line;
use crate::{pick, prompt};

/// Does what is asked for.
pub fn run(args: GoalArgs, context: &Context, screen: &mut Screen) -> Result<()> {
    let engine = context.open(screen)?;
    match args.action {
        GoalAction::Add(args) => add(&args, &engine, screen)?,
        GoalAction::Edit(args) => edit(&args, &engine, screen)?,
        GoalAction::Log(args) => log(args, &engine, screen)?,
        GoalAction::Undo(args) => undo(&args, &engine, screen)?,
        GoalAction::List(args) => return list(&args, &engine, screen),
        GoalAction::Show(args) => return show(&args, &engine, screen),
        GoalAction::Step(args) => step(&args, &engine, screen)?,
        GoalAction::Share(args) => share(&args, &engine, screen)?,
        GoalAction::Pause(args) => goal_pauses::pause(&args, &engine, screen)?,
        GoalAction::Resume(args) => goal_pauses::resume(&args, &engine, screen)?,
        GoalAction::Pauses(args) => return goal_pauses::list(&args, &engine, screen),
        GoalAction::Archive(args) => {
            let goal = engine.archive_goal(&pick::goal(&engine, &args.goal)?.name)?;
            say(&goal, "is put away. Everything noted stays.", screen);
        }
        GoalAction::LetGo(args) => {
            let name = pick::goal(&engine, &args.goal)?.name;
            let goal = engine.let_go_of_goal(&name, args.learned.as_deref())?;
            say(&goal, "is let go. What you learned stays with you.", screen);
        }
        GoalAction::TakeUp(args) => {
            let goal = engine.take_up_goal(&pick::goal_put_away(&engine, &args.goal)?.name)?;
            say(&goal, "is taken up again.", screen);
        }
    }
    tidy(&engine);
    Ok(())
}

fn say(goal: &GoalView, what: &str, screen: &mut Screen) {
    screen.show(goal, |screen, goal| {
        let line = format!("{} {what}", shown_line(&goal.goal.title));
        let line = screen.paint(MINE, &line);
        screen.line(line);
    });
}

fn list(args: &ListArgs, engine: &Engine, screen: &mut Screen) -> Result<()> {
    let goals = if args.away {
        engine.goals_put_away()?
    } else {
        engine.goals()?
    };
    let now = engine.now()?;
    let none = if args.away {
        "Nothing was put away."
    } else {
        "No goals yet. `belay goal add \"a small step\"` begins one."
    };
    screen.show(&goals, |screen, goals| draw_list(screen, goals, none, &now));
    Ok(())
}

fn show(args: &OneArgs, engine: &Engine, screen: &mut Screen) -> Result<()> {
    let meant = pick::goal(engine, &args.goal).or_else(|refused| {
        // One that was put away can be looked at as well.
        pick::goal_put_away(engine, &args.goal).map_err(|_| refused)
    })?;
    let page = engine.goal_page(&meant.name, None, None)?;
    let now = engine.now()?;
    let number = number(engine, &page.goal);
    screen.show(&page, |screen, page| {
        draw_goal_page(screen, number, page, &now);
    });
    Ok(())
}

/// Its number in the list. A list that cannot be read now only costs the number.
fn number(engine: &Engine, view: &GoalView) -> usize {
    let goals = engine.goals().unwrap_or_default();
    let place = goals.iter().position(|goal| goal.name == view.name);
    place.map_or(1, |index| index + 1)
}

fn draw_list(screen: &mut Screen, goals: &[GoalView], none: &str, now: &Moment) {
    if goals.is_empty() {
        screen.line(none);
    }
    for (index, goal) in goals.iter().enumerate() {
        draw_goal(screen, index + 1, goal, now);
    }
}

fn add(args: &AddArgs, engine: &Engine, screen: &mut Screen) -> Result<()> {
    let mut new = NewGoal::default();
    match &args.title {
        Some(title) => new.title.clone_from(title),
        None if args.goal.is_empty() && prompt::can_ask(screen) => {
            goal_questions::ask(&mut new, screen)?;
        }
        None => {
            return Err(CliError::Input {
                field: "title",
                rule: "empty",
            });
        }
    }
    args.goal.say(&mut new)?;
    let audience = audience(engine, &args.share)?;
    let goal = engine.preview_goal(&new)?;
    agree(&goal, &audience, args.yes, screen)?;
    new.audience = audience
        .into_iter()
        .map(|(space, (_, fields))| (space, fields))
        .collect();
    let view = engine.add_goal(new)?;
    shown(&view, engine, screen)
}

fn edit(args: &EditArgs, engine: &Engine, screen: &mut Screen) -> Result<()> {
    let goal = pick::goal(engine, &args.goal)?;
    let mut new = as_it_is(&goal.goal);
    if let Some(title) = &args.title {
        new.title.clone_from(title);
    }
    args.flags.say(&mut new)?;
    let view = engine.edit_goal(&goal.name, new)?;
    shown(&view, engine, screen)
}

fn shown(view: &GoalView, engine: &Engine, screen: &mut Screen) -> Result<()> {
    let (number, now) = (number(engine, view), engine.now()?);
    screen.show(view, |screen, view| draw_goal(screen, number, view, &now));
    Ok(())
}

fn step(args: &StepArgs, engine: &Engine, screen: &mut Screen) -> Result<()> {
    let goal = pick::goal(engine, &args.goal)?;
    let step = pick::step(&goal.goal, &args.step)?;
    let on = args.on.as_deref().map(|typed| day(typed, "on"));
    let view = engine.reach_step(&goal.name, &step, on.transpose()?, !args.open)?;
    let what = if args.open {
        "is open again."
    } else {
        "is reached."
    };
    screen.show(&view, |screen, _| {
        let line = format!("{} {what}", shown_line(&step));
        let line = screen.paint(MINE, &line);
        screen.line(line);
    });
    Ok(())
}

fn undo(args: &UndoArgs, engine: &Engine, screen: &mut Screen) -> Result<()> {
    let goal = pick::goal(engine, &args.goal)?;
    let on = match &args.on {
        Some(typed) => day(typed, "on")?,
        None => engine.today_on()?,
    };
    let undone = engine.undo_outcome(&goal.name, on)?;
    screen.show(&undone, |screen, undone| {
        let left = if undone.may_have_left {
            " What was shared of it is taken back."
        } else {
            ""
        };
        let line = format!(
            "{}: {on} is open again.{left}",
            shown_line(&goal.goal.title)
        );
        let line = screen.paint(MINE, &line);
        screen.line(line);
    });
    Ok(())
}

/// `done` and so on, or how much it was.
fn said(typed: &str) -> Result<(OutcomeStatus, Option<Amount>)> {
    if typed.starts_with(|c: char| c.is_ascii_digit() || matches!(c, '.' | ',' | '-' | '+')) {
        return Ok((OutcomeStatus::Done, Some(typed.parse()?)));
    }
    Ok((typed.parse()?, None))
}

fn log(args: LogArgs, engine: &Engine, screen: &mut Screen) -> Result<()> {
    let (status, amount) = said(&args.status)?;
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
        amount,
    };
    // Sharing was agreed to with the goal; what goes out is shown all the same.
    let previews = engine.preview_outcome(&new)?;
    let now = engine.now()?;
    let view = engine.log_outcome(new)?;
    screen.show(&view, |screen, view| {
        let line = format!(
            "{} {}: {}{}, {}",
            status_mark(view.outcome.status),
            shown_line(&view.goal_title),
            view.outcome.status,
            view.outcome
                .amount
                .map_or(String::new(), |amount| format!(" ({amount})")),
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
