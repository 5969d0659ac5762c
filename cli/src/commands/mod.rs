//! One file a command: its flags, what it asks of the engine, and what it shows.

pub mod agree;
pub mod attach;
mod boundaries;
mod boundary_card;
pub mod bundle;
pub mod check_in;
mod check_in_edit;
pub mod completions;
pub mod delete_everything;
pub mod deleted;
pub mod demo;
pub mod device;
mod device_hand_over;
mod device_names;
pub mod goal;
pub mod goal_args;
mod goal_flags;
mod goal_pauses;
mod goal_questions;
pub mod help_now;
pub mod init;
pub mod insights;
pub mod journal;
mod journal_deletion;
mod journal_history;
mod journal_offers;
mod journal_passages;
mod journal_plan;
mod journal_search;
pub mod month;
pub mod pair;
mod pair_apart;
pub mod partner;
pub mod practice;
pub mod recover;
mod recover_lost;
pub mod recovery;
pub mod recovery_shares;
pub mod relay;
mod relay_move;
pub mod remind;
pub mod restore_day;
pub mod safety_plan;
pub mod session;
pub mod settings;
mod status;
pub mod support;
pub mod sync;
mod sync_lan;
mod today;
pub mod week;
pub mod who;

use crate::args::{Args, Command, Global};
use crate::context::Context;
use crate::error::Result;
use crate::exit::Exit;
use crate::screen::Screen;
use crate::typed_words::TypedWords;

/// Runs the command.
pub fn run(args: Args, screen: &mut Screen) -> Result<Exit> {
    // These need no store and no clock.
    let command = match args.command {
        Command::Completions(args) => return Ok(completions::run(&args, screen)),
        Command::Session(args) => {
            return session::run(&args, screen).map(|()| Exit::Done);
        }
        Command::Demo(args) => return demo::run(&args, screen),
        command => command,
    };
    let typed = match &command {
        Command::CheckIn(args) => args.typed(),
        Command::Journal(args) => args.typed(),
        Command::Goal(args) => args.typed(),
        Command::Partner(args) => args.typed(),
        Command::Support(args) => args.typed(),
        _ => TypedWords::default(),
    };
    // A command that knows better what was typed said so already.
    with_store(command, args.global, screen).map_err(|error| error.with_typed(typed))?;
    Ok(Exit::Done)
}

fn with_store(command: Command, global: Global, screen: &mut Screen) -> Result<()> {
    let context = Context::new(global)?;
    match command {
        Command::Init(args) => init::run(args, &context, screen),
        Command::Agree(args) => agree::run(&args, &context, screen),
        Command::HelpNow(args) => help_now::run(args, &context, screen),
        Command::CheckIn(args) => check_in::run(*args, &context, screen),
        Command::Journal(args) => journal::run(*args, &context, screen),
        Command::Goal(args) => goal::run(args, &context, screen),
        Command::Pair(args) => pair::run(args, &context, screen),
        Command::Partner(args) => partner::run(args, &context, screen),
        Command::Support(args) => support::run(args, &context, screen),
        Command::Today => today::run(&context, screen),
        Command::Deleted(args) => deleted::run(&args, &context, screen),
        Command::SafetyPlan(args) => safety_plan::run(args, &context, screen),
        Command::Coping(args) => practice::coping(args, &context, screen),
        Command::Cards(args) => practice::cards(&args, screen),
        Command::RestoreDay(args) => restore_day::run(&args, &context, screen),
        Command::Month(args) => month::run(&args, &context, screen),
        Command::Remind(args) => remind::run(&args, &context, screen),
        Command::Week(args) => week::run(&args, &context, screen),
        Command::Insights(args) => insights::run(&args, &context, screen),
        Command::Sync(args) => sync::run(&args, &context, screen),
        Command::Attach(args) => attach::run(args, &context, screen),
        Command::Bundle(args) => bundle::run(args, &context, screen),
        Command::Status => status::run(&context, screen),
        Command::Who(args) => who::run(&args, &context, screen),
        Command::Relay(args) => relay::run(args, &context, screen),
        Command::Device(args) => device::run(args, &context, screen),
        Command::Settings(args) => settings::run(args, &context, screen),
        Command::Recover(args) => recover::run(&args, &context, screen),
        Command::Recovery(args) => recovery::run(args, &context, screen),
        Command::DeleteEverything(args) => delete_everything::run(&args, &context, screen),
        Command::Completions(_) | Command::Demo(_) | Command::Session(_) => Ok(()),
    }
}
