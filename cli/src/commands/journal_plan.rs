//! `belay journal plan`: the plan of a worksheet, and goals made of it (product id S1).

use belay_engine::{BelayError, Engine, NewGoal, PlanLineView};

use crate::context::tidy;
use crate::error::Result;
use crate::pick;
use crate::screen::{MINE, Screen};
use crate::words::shown_line;

/// Flags of `journal plan`.
#[derive(Debug, clap::Args)]
pub struct PlanArgs {
    /// Its number in the list, `last`, or the beginning of its name
    #[arg(default_value = "last")]
    which: String,
    /// Make goals of these lines, by their numbers; all or none
    #[arg(long, value_name = "NUMBERS", value_delimiter = ',')]
    make: Vec<usize>,
    /// How often they are due, as for `goal add`
    #[arg(long, value_name = "DAYS", requires = "make")]
    on: Option<String>,
}

/// Shows the lines of a plan, or makes goals of some.
pub fn plan(args: &PlanArgs, engine: &Engine, screen: &mut Screen) -> Result<()> {
    let entry = pick::entry(engine, &args.which)?.name;
    let lines = engine.plan_lines(&entry)?;
    if !args.make.is_empty() {
        let goals = args.make.iter().map(|number| {
            let at = number.checked_sub(1).and_then(|at| lines.get(at));
            goal(at.ok_or(BelayError::NotFound { what: "line" })?, args)
        });
        engine.make_goals_of_plan(&entry, goals.collect::<Result<_>>()?)?;
        tidy(engine);
    }
    let lines = engine.plan_lines(&entry)?;
    screen.show(&lines, |screen, lines| {
        if lines.is_empty() {
            screen.line("No plan stands there. `belay journal write --by problem_worksheet` begins one.");
        }
        for (index, line) in lines.iter().enumerate() {
            let text = shown_line(&line.text);
            screen.line(format_args!("{:>3}. {text}", index + 1));
            if line.goal.is_some() {
                let mark = screen.paint(MINE, "     a goal of yours");
                screen.line(mark);
            }
        }
        if lines.iter().any(|line| line.goal.is_none()) {
            screen.quiet("`--make NUMBERS` makes goals of them; nobody else sees those until you share them.");
        }
    });
    Ok(())
}

fn goal(line: &PlanLineView, args: &PlanArgs) -> Result<NewGoal> {
    let mut goal = NewGoal {
        title: line.text.clone(),
        ..NewGoal::default()
    };
    if let Some(often) = &args.on {
        goal.schedule = often.parse()?;
    }
    Ok(goal)
}
