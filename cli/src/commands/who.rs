//! `belay who`: who can read a thing now, who could once, and where sealed copies lie (D5).

use belay_engine::model::{CivilDay, Reading};
use belay_engine::{
    BelayError, Engine, ErasureStateView, OwnReaderView, Readable, ReaderView, ReadersView,
    SealedCopyView,
};

use crate::context::Context;
use crate::error::Result;
use crate::pick;
use crate::screen::{ROPE, Screen};
use crate::words::{count, partner_name, shown_line};

/// Flags of `who`.
#[derive(Debug, clap::Args)]
pub struct WhoArgs {
    #[command(subcommand)]
    thing: Thing,
}

/// Whose readers are asked for.
#[derive(Debug, clap::Subcommand)]
enum Thing {
    /// A journal entry, with the passages that were given of it
    Entry {
        /// Its number in the list, `last`, or the beginning of its name
        which: String,
    },
    /// A check-in
    CheckIn {
        /// Its number in the list, `last`, or the beginning of its name
        which: String,
    },
    /// A goal
    Goal {
        /// Its number in the list, or the beginning of its title
        which: String,
    },
    /// What came of a goal on a day
    Outcome {
        /// The goal: its number in the list, or the beginning of its title
        goal: String,
        /// The day, such as 2026-03-02 [default: today]
        #[arg(long, value_name = "DAY")]
        on: Option<String>,
    },
    /// A passage of the journal that was given to a partner
    Passage {
        /// Its number in the list of `belay journal unshare`
        number: usize,
    },
    /// A response to a check-in of yours
    Response {
        /// The check-in: its number in the list, `last`, or the beginning of its name
        check_in: String,
        /// Which of its responses, from 1
        number: usize,
    },
    /// A check-in that a partner shared, with your own place among its readers
    Shared {
        /// The partner: their number in the list or the beginning of the name
        partner: String,
        /// Which of the check-ins on their page, from 1
        number: usize,
    },
}

/// Shows who can read the thing.
pub fn run(args: &WhoArgs, context: &Context, screen: &mut Screen) -> Result<()> {
    let engine = context.open(screen)?;
    let readers = engine.who_can_read(&meant(&engine, &args.thing)?)?;
    screen.show(&readers, draw);
    Ok(())
}

fn meant(engine: &Engine, thing: &Thing) -> Result<Readable> {
    Ok(match thing {
        Thing::Entry { which } => Readable::Entry {
            name: pick::entry(engine, which)?.name,
        },
        Thing::CheckIn { which } => Readable::CheckIn {
            name: pick::check_in(engine, which)?.name,
        },
        Thing::Goal { which } => Readable::Goal {
            name: pick::goal(engine, which)?.name,
        },
        Thing::Outcome { goal, on } => Readable::Outcome {
            goal: pick::goal(engine, goal)?.name,
            on: match on {
                Some(on) => on.parse::<CivilDay>().map_err(BelayError::from)?,
                None => engine.today_on()?,
            },
        },
        Thing::Passage { number } => {
            let passage = nth(engine.passages()?, *number, "passage")?;
            Readable::Shared {
                space: passage.space,
                name: passage.name,
            }
        }
        Thing::Response { check_in, number } => {
            let responses = pick::check_in(engine, check_in)?.responses;
            let response = nth(responses, *number, "response")?;
            Readable::Shared {
                space: response.space,
                name: response.name,
            }
        }
        Thing::Shared { partner, number } => {
            let space = pick::partner(engine, partner)?.space;
            let check_ins = engine.partner(&space)?.check_ins;
            Readable::Shared {
                space,
                name: nth(check_ins, *number, "check-in")?.name,
            }
        }
    })
}

fn nth<T>(things: Vec<T>, number: usize, what: &'static str) -> Result<T> {
    let at = number.checked_sub(1);
    let found = at.and_then(|index| things.into_iter().nth(index));
    Ok(found.ok_or(BelayError::NotFound { what })?)
}

fn draw(screen: &mut Screen, readers: &ReadersView) {
    screen.heading("Your own devices");
    for device in &readers.own_devices {
        screen.line(format_args!("  {}", own_line(device)));
    }
    screen.gap();
    screen.heading("Other people");
    if readers.people.is_empty() {
        screen.line("  nobody");
    }
    for person in &readers.people {
        let name = screen.paint(ROPE, &partner_name(&person.name));
        screen.line(format_args!("  {name}  {}", person_line(person)));
    }
    if readers.known_elsewhere > 0 {
        screen.line(format_args!(
            "  and {}: only your other devices know how it stands there",
            count(readers.known_elsewhere, "partnership")
        ));
    }
    screen.gap();
    screen.heading("Sealed copies, which only those above can open");
    if readers.sealed.is_empty() {
        screen.line("  at no relay");
    }
    for copy in &readers.sealed {
        screen.line(format_args!("  {}", sealed_line(copy)));
    }
}

fn own_line(device: &OwnReaderView) -> String {
    let name = match (&device.name, device.this_device) {
        (Some(name), true) => format!("{} (this device)", shown_line(name)),
        (Some(name), false) => shown_line(name),
        (None, true) => "this device".to_owned(),
        (None, false) => format!("device {:.8}", device.device.to_string()),
    };
    format!("{name}  {}", device.reading)
}

fn person_line(person: &ReaderView) -> String {
    let what = match person.passage {
        Some(_) => "a passage: ",
        None => "",
    };
    let gone = if person.gone {
        "; no longer with you, and keeps what they have"
    } else {
        ""
    };
    let devices = match (person.reading, person.devices) {
        (Reading::Wrote, _) | (_, 0) => String::new(),
        (_, devices) => format!(", on {}", count(devices, "device")),
    };
    format!("{what}{}{devices}{gone}", person.reading)
}

fn sealed_line(copy: &SealedCopyView) -> String {
    let relay = shown_line(&copy.relay);
    let lies = if copy.lies {
        "a sealed copy lies there"
    } else {
        "what it is now does not lie there"
    };
    let earlier = match copy.earlier {
        None => "",
        Some(ErasureStateView::Erased) => "; what it was before was erased there",
        Some(ErasureStateView::NotThere) => "; what it was before is not there",
        Some(ErasureStateView::Refused) => "; it would not erase what it was before",
        Some(ErasureStateView::Waiting) => "; what it was before is to be erased there",
    };
    format!("{relay}  {lies}{earlier}")
}

#[cfg(test)]
mod tests {
    use belay_engine::model::{DeviceId, SpaceId};

    use super::*;

    #[test]
    fn a_device_without_a_name_is_told_by_its_beginning() {
        let reader = |name: Option<&str>, this_device| OwnReaderView {
            device: DeviceId::from_bytes([0xab; 32]),
            name: name.map(str::to_owned),
            this_device,
            reading: Reading::Has,
        };
        assert_eq!(own_line(&reader(None, true)), "this device  can read it");
        assert!(own_line(&reader(Some("Tablet"), false)).starts_with("Tablet  "));
        assert!(own_line(&reader(None, false)).starts_with("device "));
    }

    #[test]
    fn a_relay_that_would_not_erase_is_said_so() {
        let copy = SealedCopyView {
            space: SpaceId::from_bytes([1; 32]),
            relay: "https://relay.example".to_owned(),
            lies: false,
            earlier: Some(ErasureStateView::Refused),
        };
        assert!(sealed_line(&copy).ends_with("it would not erase what it was before"));
    }
}
