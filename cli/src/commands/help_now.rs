//! `belay help-now`: somebody to reach in a bad hour. Works without a network, without a store and with one
//! that stays locked; nothing of it is written down.

use belay_engine::model::{CivilDay, DayStart, Moment, TrustedChannel, TrustedPerson};
use belay_engine::{BelayError, Clock, Engine, TrustedPersonView, help_now_locked};
use clap::Subcommand;

use crate::context::{Context, tidy};
use crate::draw;
use crate::error::{CliError, Result};
use crate::locale::of_system;
use crate::screen::Screen;
use crate::words::shown_line;

/// Flags of `help-now`.
#[derive(Debug, clap::Args)]
pub struct HelpNowArgs {
    /// Your country as two letters, such as GB [default: the one you chose, else your system's region]
    #[arg(long, value_name = "XX")]
    country: Option<String>,
    #[command(subcommand)]
    action: Option<HelpAction>,
}

#[derive(Debug, Subcommand)]
enum HelpAction {
    /// Your own people, who come first
    People {
        #[command(subcommand)]
        action: Option<PeopleAction>,
    },
    /// Choose your country as two letters, or `system` to follow your system's region
    Country {
        /// Such as GB
        code: String,
    },
    /// Whether your people are shown while the store is locked: whoever has this machine can read them then
    WhileLocked {
        /// yes or no
        #[arg(value_parser = ["yes", "no"])]
        answer: String,
    },
}

#[derive(Debug, Subcommand)]
enum PeopleAction {
    /// Show them
    List,
    /// Add somebody at the end
    Add {
        /// What they are called
        name: String,
        /// Their number, or another way to reach them
        address: String,
        /// How: call, text or other
        #[arg(long, default_value = "call", value_name = "WAY")]
        by: String,
        /// Anything worth knowing, such as when
        #[arg(long)]
        note: Option<String>,
    },
    /// Take somebody off
    Remove {
        /// Their number in the list
        number: usize,
    },
}

/// Shows the page, or changes what it begins with.
pub fn run(args: HelpNowArgs, context: &Context, screen: &mut Screen) -> Result<()> {
    match args.action {
        None => show(args.country.as_deref(), context, screen),
        Some(HelpAction::People { action }) => {
            let engine = context.open(screen)?;
            people(&engine, action.unwrap_or(PeopleAction::List), screen)
        }
        Some(HelpAction::Country { code }) => {
            let engine = context.open(screen)?;
            let code = Some(code.as_str()).filter(|code| !code.eq_ignore_ascii_case("system"));
            engine.set_help_country(code)?;
            tidy(&engine);
            show(None, context, screen)
        }
        Some(HelpAction::WhileLocked { answer }) => {
            let engine = context.open(screen)?;
            let shown = answer == "yes";
            engine.set_own_people_shown_locked(shown)?;
            tidy(&engine);
            screen.show(
                &serde_json::json!({ "own_shown_while_locked": shown }),
                |screen, _| {
                    screen.line(if shown {
                        "Names and numbers of your people lie beside the store now, readable without its key."
                    } else {
                        "Your people are shown only when the store is open."
                    });
                },
            );
            Ok(())
        }
    }
}

fn show(country: Option<&str>, context: &Context, screen: &mut Screen) -> Result<()> {
    let (language, region) = of_system();
    let mut view = match context.open(screen) {
        Ok(engine) => engine.help_now(region.as_deref(), &language)?,
        // No key, no store, a damaged one: the lines are there all the same.
        Err(_) => help_now_locked(
            &context.dir,
            None,
            region.as_deref(),
            &language,
            today(context)?,
        ),
    };
    if let Some(country) = country {
        // Asked for by name: that counts more than what was chosen once.
        view = view.in_country(country, today(context)?);
    }
    screen.show(&view, draw::help::page);
    Ok(())
}

fn people(engine: &Engine, action: PeopleAction, screen: &mut Screen) -> Result<()> {
    let mut people: Vec<TrustedPerson> = engine.trusted_people()?.into_iter().map(person).collect();
    match action {
        PeopleAction::List => {}
        PeopleAction::Add {
            name,
            address,
            by,
            note,
        } => {
            let channel: TrustedChannel = by.parse()?;
            people.push(TrustedPerson {
                name,
                channel,
                address,
                note,
            });
            engine.save_trusted_people(people)?;
            tidy(engine);
        }
        PeopleAction::Remove { number } => {
            if number == 0 || number > people.len() {
                return Err(BelayError::NotFound { what: "person" }.into());
            }
            people.remove(number - 1);
            engine.save_trusted_people(people)?;
            tidy(engine);
        }
    }
    let people = engine.trusted_people()?;
    screen.show(&people, |screen, people| {
        if people.is_empty() {
            screen.line("Nobody yet. `belay help-now people add NAME NUMBER` puts somebody first.");
        }
        for (index, person) in people.iter().enumerate() {
            screen.line(format_args!(
                "{:>3}  {}  {}",
                index + 1,
                shown_line(&person.name),
                shown_line(&person.address)
            ));
        }
    });
    Ok(())
}

fn person(view: TrustedPersonView) -> TrustedPerson {
    TrustedPerson {
        name: view.name,
        channel: view.channel,
        address: view.address,
        note: view.note,
    }
}

/// The present day where this machine is.
fn today(context: &Context) -> Result<CivilDay> {
    let clock = context.clock();
    let moment = Moment::new(clock.now_ms(), &clock.zone_name()).map_err(CliError::from)?;
    Ok(moment.civil_day(DayStart::MIDNIGHT))
}
