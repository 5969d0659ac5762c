//! The words of the command line. Each command's own flags stand beside the command.

use std::ffi::OsString;
use std::path::PathBuf;
use std::process::ExitCode;

use clap::error::ErrorKind;
use clap::{Args as ClapArgs, Parser, Subcommand};

use crate::commands::{
    agree, attach, bundle, check_in, completions, delete_everything, deleted, demo, device,
    goal_args, help_now, init, insights, journal, month, pair, partner, practice, recover,
    recovery, relay, remind, restore_day, safety_plan, session, settings, support, sync, week, who,
};
use crate::exit::Exit;

/// A private journal of small steps, shared as little or as much as you choose.
///
/// Everything you write stays in an encrypted store on this device. What you share leaves it sealed; only
/// the person you chose can read it. Belay is no treatment and no crisis service.
#[derive(Debug, Parser)]
#[command(name = "belay", version, propagate_version = true, after_help = EXIT_CODES)]
pub struct Args {
    #[command(flatten)]
    pub global: Global,
    #[command(subcommand)]
    pub command: Command,
}

const EXIT_CODES: &str = "Exit codes: 0 done, 1 fault, 2 unknown command or flag, 3 something typed does not fit, \
4 not found, 5 locked, 6 relay not reachable or refusing, 7 store damaged, newer or disk full, \
8 not possible now.";

/// Flags every command takes.
#[derive(Debug, Clone, ClapArgs)]
pub struct Global {
    /// Where the store lies
    #[arg(
        long,
        global = true,
        env = "BELAY_DIR",
        value_name = "DIR",
        help_heading = "Everywhere"
    )]
    pub dir: Option<PathBuf>,
    /// Answer in JSON, one value a line; errors too, on standard error
    #[arg(long, global = true, help_heading = "Everywhere")]
    pub json: bool,
    /// Your time zone, such as Europe/Berlin [default: the machine's]
    #[arg(
        long,
        global = true,
        env = "BELAY_ZONE",
        value_name = "ZONE",
        help_heading = "Everywhere"
    )]
    pub zone: Option<String>,
    /// A file whose first line is the passphrase; `-` reads it from standard input
    #[arg(
        long,
        global = true,
        env = "BELAY_PASSPHRASE_FILE",
        value_name = "FILE",
        help_heading = "Everywhere"
    )]
    pub passphrase_file: Option<PathBuf>,
}

#[derive(Debug, Subcommand)]
pub enum Command {
    /// Begin: make an encrypted store on this device
    Init(init::InitArgs),
    /// Somebody to reach in a bad hour; also offline and with the store locked
    HelpNow(help_now::HelpNowArgs),
    /// Sixty seconds on how the day is; also list, show, edit and undo
    CheckIn(Box<check_in::CheckInArgs>),
    /// Your journal, for you alone; also give a part of it to a partner
    Journal(Box<journal::JournalArgs>),
    /// Photos, voice memos and files of your journal entries
    Attach(attach::AttachArgs),
    /// Your plan for a bad night, in six steps; yours alone
    SafetyPlan(safety_plan::SafetyPlanArgs),
    /// Small things to do when it is hard, your own first
    Coping(practice::CopingArgs),
    /// Cards for listening, and for letting somebody feel heard
    Cards(practice::CardsArgs),
    /// What you set out to do, and what came of it
    Goal(goal_args::GoalArgs),
    /// Age and terms, asked once before the first partnership
    Agree(agree::AgreeArgs),
    /// Become partners with someone
    Pair(pair::PairArgs),
    /// See what a partner shared, answer, choose what they see, pause, leave, block
    Partner(partner::PartnerArgs),
    /// Ask the people on your rope for support, or answer somebody who asks
    Support(support::SupportArgs),
    /// Plans for an hour of two: listening in turns, mentor and mentee
    Session(session::SessionArgs),
    /// Your day: check-ins, goals and the people on your rope
    Today,
    /// A month at a glance
    Month(month::MonthArgs),
    /// When a phone may remind of something, and what comes next
    Remind(remind::RemindArgs),
    /// The review of a week: what went well first
    Week(week::WeekArgs),
    /// Mood, feelings and goals over weeks; nothing of it leaves this device
    Insights(insights::InsightsArgs),
    /// Let your journal and your check-ins say again what they said on a day
    RestoreDay(restore_day::RestoreDayArgs),
    /// Exchange sealed envelopes with the relay, or with devices on this network
    Sync(sync::SyncArgs),
    /// The same envelopes in a file, where no network joins you
    Bundle(bundle::BundleArgs),
    /// How everything stands: spaces, queues, relays, bytes
    Status,
    /// Who can read a thing, who could once, and where sealed copies lie
    Who(who::WhoArgs),
    /// The relay for new partnerships
    Relay(relay::RelayArgs),
    /// What you erased or took back, from which devices it is known to be gone, and what can be brought back
    Deleted(deleted::DeletedArgs),
    /// Your own devices, and the sealed copy that keeps them together
    Device(device::DeviceArgs),
    /// Your name, zone, day start and hold
    Settings(settings::SettingsArgs),
    /// Come back after a loss: with the 24 words, or with shares of them
    Recover(recover::RecoverArgs),
    /// The 24 words that bring everything back: show, try, replace, share
    Recovery(recovery::RecoveryArgs),
    /// Erase everything for good: leave everybody, ask relays to erase, remove this store
    DeleteEverything(delete_everything::DeleteEverythingArgs),
    /// Watch two people and a relay go through it all, in under a minute
    Demo(demo::DemoArgs),
    /// Print a completion script for your shell
    Completions(completions::CompletionsArgs),
}

/// What the words came to.
pub enum Parsed {
    /// A command to run.
    Run(Box<Args>),
    /// Nothing to run: help was shown, or the words were not understood.
    Done(ExitCode),
}

/// Reads the words. Prints help, version or what was not understood.
pub fn parse(words: impl IntoIterator<Item = OsString>) -> Parsed {
    let words: Vec<OsString> = words.into_iter().collect();
    let json = words
        .iter()
        .take_while(|word| *word != "--")
        .any(|word| word == "--json");
    let error = match Args::try_parse_from(words) {
        Ok(args) => return Parsed::Run(Box::new(args)),
        Err(error) => error,
    };
    let asked = matches!(
        error.kind(),
        ErrorKind::DisplayHelp | ErrorKind::DisplayVersion
    );
    if asked || !json {
        // Nobody may be reading any more; there is nothing better to do then.
        let _ = error.print();
    }
    if asked {
        return Parsed::Done(Exit::Done.into());
    }
    let detail = match error.kind() {
        ErrorKind::InvalidSubcommand => "command.unknown_word",
        ErrorKind::UnknownArgument => "flag.unknown_word",
        ErrorKind::MissingSubcommand | ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand => {
            "command.empty"
        }
        ErrorKind::MissingRequiredArgument => "argument.empty",
        ErrorKind::InvalidUtf8 => "argument.not_text",
        _ => "argument.not_allowed_here",
    };
    report_usage(&error, detail, json);
    Parsed::Done(Exit::Usage.into())
}

fn report_usage(error: &clap::Error, detail: &str, json: bool) {
    use std::io::Write as _;
    let text = if json {
        let sentence = error.render().to_string();
        let sentence = sentence.lines().next().unwrap_or_default();
        let sentence = sentence.trim_start_matches("error: ");
        serde_json::json!({ "error": {
            "code": "invalid-input", "detail": detail, "sentence": sentence,
            "next": "Nothing was changed. `belay help` shows what there is.",
        }})
        .to_string()
    } else {
        format!("code: invalid-input ({detail})")
    };
    let _ = writeln!(std::io::stderr().lock(), "{text}");
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory as _;

    #[test]
    fn the_words_of_the_command_line_do_not_contradict_each_other() {
        super::Args::command().debug_assert();
    }
}
