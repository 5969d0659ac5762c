//! `belay safety-plan`: six steps for a bad night (product id S3). It is its person's alone: no command shares it.

use belay_engine::{Engine, NewPlanStep, SafetyPlanStepView, SafetyPlanView};
use clap::Subcommand;

use crate::context::{Context, tidy};
use crate::error::{CliError, Result};
use crate::locale;
use crate::prompt;
use crate::screen::{MINE, Screen};
use crate::words::{shown, shown_line};

/// Flags of `safety-plan`.
#[derive(Debug, clap::Args)]
pub struct SafetyPlanArgs {
    /// As a page of Markdown, to print: lines are left where nothing is written yet
    #[arg(long)]
    print: bool,
    /// With --print: without anything of yours, to fill in by hand; needs no store
    #[arg(long, requires = "print")]
    empty: bool,
    #[command(subcommand)]
    action: Option<PlanAction>,
}

#[derive(Debug, Subcommand)]
enum PlanAction {
    /// Write it, step after step; Enter keeps a step as it is
    Write,
    /// Put these lines in the place of a step's, or none to empty it
    Set {
        /// The step's number or its name
        step: String,
        /// A line; again for each further one
        #[arg(long = "line", value_name = "TEXT")]
        lines: Vec<String>,
    },
}

/// Shows, prints or writes the plan.
pub fn run(args: SafetyPlanArgs, context: &Context, screen: &mut Screen) -> Result<()> {
    let language = locale::language();
    if args.empty {
        let plan = belay_engine::safety_plan_form(&language);
        screen.show(&plan, |screen, plan| screen.line(&plan.page));
        return Ok(());
    }
    let engine = context.open(screen)?;
    match args.action {
        None => {}
        Some(PlanAction::Write) => write(&engine, &language, screen)?,
        Some(PlanAction::Set { step, lines }) => {
            let plan = engine.safety_plan(&language)?;
            let id = chosen(&plan, &step)?.id.clone();
            engine.save_safety_plan(vec![NewPlanStep { id, lines }])?;
            tidy(&engine);
        }
    }
    let plan = engine.safety_plan(&language)?;
    screen.show(&plan, |screen, plan| {
        if args.print {
            screen.line(shown(&plan.page));
        } else {
            draw(screen, plan);
        }
    });
    Ok(())
}

/// The step with this number or name.
fn chosen<'a>(plan: &'a SafetyPlanView, asked: &str) -> Result<&'a SafetyPlanStepView> {
    let number = asked.parse::<usize>().ok();
    let at = number.and_then(|number| number.checked_sub(1));
    let by_number = at.and_then(|at| plan.steps.get(at));
    let found = by_number.or_else(|| plan.steps.iter().find(|step| step.id == asked));
    found.ok_or(CliError::Input {
        field: "plan_step",
        rule: "unknown_word",
    })
}

fn write(engine: &Engine, language: &str, screen: &mut Screen) -> Result<()> {
    if !prompt::can_ask(screen) {
        return Err(CliError::NeedsAnswer {
            flag: "safety-plan set STEP --line TEXT",
        });
    }
    let plan = engine.safety_plan(language)?;
    screen.heading(&plan.title);
    screen.line(&plan.about);
    for note in plan.notes.iter().chain(&plan.not_reviewed) {
        screen.quiet(note);
    }
    for (number, step) in (1..).zip(&plan.steps) {
        screen.gap();
        screen.heading(&format!("{number}. {}", step.title));
        screen.line(&step.ask);
        if let Some(hint) = &step.hint {
            screen.quiet(hint);
        }
        for line in &step.lines {
            screen.line(format_args!("  - {}", shown_line(line)));
        }
        let mut lines = step.lines.clone();
        while let Some(line) = prompt::line("  -")?.filter(|line| !line.is_empty()) {
            lines.push(line);
        }
        if lines != step.lines {
            // Step by step, so that nothing is lost when the terminal goes away.
            engine.save_safety_plan(vec![NewPlanStep {
                id: step.id.clone(),
                lines,
            }])?;
            tidy(engine);
        }
    }
    screen.gap();
    Ok(())
}

fn draw(screen: &mut Screen, plan: &SafetyPlanView) {
    screen.heading(&plan.title);
    screen.line(&plan.about);
    if let Some(mark) = &plan.not_reviewed {
        screen.quiet(mark);
    }
    for (number, step) in (1..).zip(&plan.steps) {
        screen.gap();
        screen.heading(&format!("{number}. {}", step.title));
        if step.lines.is_empty() {
            screen.quiet(&step.ask);
        }
        for line in &step.lines {
            screen.line(format_args!("  - {}", shown_line(line)));
        }
    }
    for line in &plan.others {
        screen.line(format_args!("  - {}", shown_line(line)));
    }
    screen.gap();
    for note in &plan.notes {
        screen.quiet(note);
    }
    let line = screen.paint(
        MINE,
        "For you alone. `belay help-now` has people and lines.",
    );
    screen.line(line);
    screen.quiet("`belay safety-plan write` writes it, `--print` makes a page of it.");
}
