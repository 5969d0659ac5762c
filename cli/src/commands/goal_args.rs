//! The flags of `belay goal`.

use clap::Subcommand;

use super::goal_flags::GoalFlags;
use super::goal_pauses;
use crate::typed_words::TypedWords;

/// Flags of `goal`.
#[derive(Debug, clap::Args)]
pub struct GoalArgs {
    #[command(subcommand)]
    pub(super) action: GoalAction,
}

#[derive(Debug, Subcommand)]
pub(super) enum GoalAction {
    /// Begin a goal; without words Belay asks
    #[command(visible_alias = "new")]
    Add(Box<AddArgs>),
    /// Say a goal anew; what you do not name stays
    Edit(Box<EditArgs>),
    /// Say what came of a goal: done, partly, skipped or not-done, or how much it was
    Log(LogArgs),
    /// Take back what was noted for a day
    Undo(UndoArgs),
    /// Your goals with their last fourteen days
    List(ListArgs),
    /// One goal with everything that is kept and counted of it
    Show(OneArgs),
    /// A step was reached
    Step(StepArgs),
    /// Choose what a partner sees of a goal; `nothing` takes it back
    Share(ShareArgs),
    /// Pause a goal, or everything, for some days
    Pause(goal_pauses::PauseArgs),
    /// End what is paused today
    Resume(goal_pauses::OfArgs),
    /// The pauses of a goal, or of everything
    Pauses(goal_pauses::OfArgs),
    /// Put a goal away: it is due no more
    Archive(OneArgs),
    /// Let a goal go, with what you learned
    LetGo(LetGoArgs),
    /// Take up a goal again that was put away or let go
    TakeUp(OneArgs),
}

#[derive(Debug, clap::Args)]
pub(super) struct AddArgs {
    /// What, in your own words
    pub(super) title: Option<String>,
    #[command(flatten)]
    pub(super) goal: GoalFlags,
    /// What a partner sees of it, such as sam=title,status
    #[arg(long, value_name = "PARTNER=FIELDS")]
    pub(super) share: Vec<String>,
    /// Share as the preview shows, without asking
    #[arg(short, long)]
    pub(super) yes: bool,
}

#[derive(Debug, clap::Args)]
pub(super) struct EditArgs {
    /// Its number in the list or the beginning of its title
    pub(super) goal: String,
    /// Another title
    #[arg(long, value_name = "TEXT")]
    pub(super) title: Option<String>,
    #[command(flatten)]
    pub(super) flags: GoalFlags,
}

#[derive(Debug, clap::Args)]
pub(super) struct OneArgs {
    /// Its number in the list or the beginning of its title
    pub(super) goal: String,
}

#[derive(Debug, clap::Args)]
pub(super) struct ListArgs {
    /// Those that were put away or let go
    #[arg(long)]
    pub(super) away: bool,
}

#[derive(Debug, clap::Args)]
pub(super) struct UndoArgs {
    /// Its number in the list or the beginning of its title
    pub(super) goal: String,
    /// The day [default: your present day]
    #[arg(long, value_name = "DAY")]
    pub(super) on: Option<String>,
}

#[derive(Debug, clap::Args)]
pub(super) struct StepArgs {
    /// Its number in the list or the beginning of its title
    pub(super) goal: String,
    /// The step: its number or the beginning of its words
    pub(super) step: String,
    /// The day it was reached [default: your present day]
    #[arg(long, value_name = "DAY")]
    pub(super) on: Option<String>,
    /// It is open again
    #[arg(long)]
    pub(super) open: bool,
}

#[derive(Debug, clap::Args)]
pub(super) struct LetGoArgs {
    /// Its number in the list or the beginning of its title
    pub(super) goal: String,
    /// What you learned; it stays with you
    #[arg(long, value_name = "TEXT")]
    pub(super) learned: Option<String>,
}

#[derive(Debug, clap::Args)]
pub(super) struct LogArgs {
    /// Its number in the list or the beginning of its title
    pub(super) goal: String,
    /// done, partly, skipped or not-done; or how much, such as 12 or 2.5
    pub(super) status: String,
    /// The day [default: your present day]
    #[arg(long, value_name = "DAY")]
    pub(super) on: Option<String>,
    /// A note
    #[arg(long, value_name = "TEXT")]
    pub(super) note: Option<String>,
    /// Why it was skipped
    #[arg(long, value_name = "TEXT")]
    pub(super) reason: Option<String>,
}

#[derive(Debug, clap::Args)]
pub(super) struct ShareArgs {
    /// Its number in the list or the beginning of its title
    pub(super) goal: String,
    /// Who sees what: sam=title,schedule,why,status,note,skip-reason,misses or sam=everything or sam=nothing
    #[arg(required = true, value_name = "PARTNER=FIELDS")]
    pub(super) share: Vec<String>,
    /// Share as the preview shows, without asking
    #[arg(short, long)]
    pub(super) yes: bool,
}

impl GoalArgs {
    /// The words in the flags.
    pub fn typed(&self) -> TypedWords {
        match &self.action {
            GoalAction::Add(args) => {
                let title = [("title", args.title.as_deref())];
                TypedWords::of(title.into_iter().chain(args.goal.texts()))
            }
            GoalAction::Edit(args) => {
                let title = [("title", args.title.as_deref())];
                TypedWords::of(title.into_iter().chain(args.flags.texts()))
            }
            GoalAction::Log(args) => TypedWords::of([
                ("note", args.note.as_deref()),
                ("reason", args.reason.as_deref()),
            ]),
            GoalAction::LetGo(args) => TypedWords::of([("learned", args.learned.as_deref())]),
            _ => TypedWords::default(),
        }
    }
}
