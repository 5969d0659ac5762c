//! `belay journal delete`, `deleted`, `restore`, `erase` (J8).

use belay_engine::model::DocName;
use belay_engine::{Engine, PassageView};

use crate::context::tidy;
use crate::draw::{draw_entry_line, draw_passage};
use crate::error::Result;
use crate::screen::Screen;
use crate::{pick, prompt};

/// Which entry, and whether to ask.
#[derive(Debug, clap::Args)]
pub struct WhichArgs {
    /// Its number in the list, `last`, or the beginning of its name
    which: String,
    /// Without asking
    #[arg(short, long)]
    yes: bool,
}

/// Deletes an entry, and says which passages stay with partners.
pub fn delete(args: &WhichArgs, engine: &Engine, screen: &mut Screen) -> Result<()> {
    let view = pick::entry(engine, &args.which)?;
    screen.line(view.entry.excerpt());
    prompt::agree(
        screen,
        "Delete it? For 30 days you can bring it back.",
        args.yes,
        "--yes",
    )?;
    let deleted = engine.delete_entry(&view.name)?;
    tidy(engine);
    screen.show(&deleted, |screen, deleted| {
        screen.line("Deleted.");
        screen.quiet(&format!(
            "`belay journal restore {}` brings it back.",
            &deleted.entry.name.to_string()[..8]
        ));
    });
    offer_to_take_back(&deleted.passages, engine, screen)
}

/// The deleted entries.
pub fn list(engine: &Engine, screen: &mut Screen) -> Result<()> {
    let today = engine.today_on()?;
    let deleted = engine.deleted_entries()?;
    screen.show(&deleted, |screen, deleted| {
        if deleted.is_empty() {
            screen.line("Nothing was deleted in the last 30 days.");
        }
        for (index, deleted) in deleted.iter().enumerate() {
            draw_entry_line(screen, Some(index + 1), &deleted.entry, today);
        }
    });
    Ok(())
}

/// Brings an entry back.
pub fn restore(which: &str, engine: &Engine, screen: &mut Screen) -> Result<()> {
    let name = pick::deleted_entry(engine, which)?;
    let view = engine.restore_entry(&name)?;
    tidy(engine);
    screen.show(&view, |screen, _| screen.line("It is back."));
    Ok(())
}

/// Erases an entry for good; one of the list, or a deleted one by the beginning of its name.
pub fn erase(args: &WhichArgs, engine: &Engine, screen: &mut Screen) -> Result<()> {
    let name = match pick::entry(engine, &args.which) {
        Ok(view) => view.name,
        Err(error) => pick::deleted_entry(engine, &args.which).map_err(|_| error)?,
    };
    screen.line(engine.entry(&name)?.entry.excerpt());
    screen.line(
        "Erasing cannot be undone: it goes from this device now, and from your other devices when they sync.",
    );
    prompt::agree(screen, "Erase it for good?", args.yes, "--yes")?;
    let passages = engine.erase_entry(&name)?;
    // Beyond what may be erased in a day it is hidden, and stays among the deleted ones until its time.
    let mut waiting = engine.deleted_entries()?;
    waiting.retain(|deleted| deleted.entry.name == name);
    let goes_at_ms = waiting.first().map(|deleted| deleted.erased_at_ms);
    screen.show(
        &serde_json::json!({ "erased": name, "passages": passages, "goes_at_ms": goes_at_ms }),
        |screen, _| match goes_at_ms {
            None => screen.line("Erased."),
            Some(_) => draw_hidden(screen, &name),
        },
    );
    offer_to_take_back(&passages, engine, screen)
}

/// What is said of an entry that could not go at once.
fn draw_hidden(screen: &mut Screen, name: &DocName) {
    screen
        .line("Hidden now, and gone for good in three days: 20 things were erased today already.");
    screen.line(
        "That is so that nobody who picks up this device can empty your journal in an evening.",
    );
    screen.quiet(&format!(
        "Until then `belay journal restore {}` brings it back.",
        &name.to_string()[..8]
    ));
}

/// Passages are copies: they stay with partners until they are taken back.
fn offer_to_take_back(
    passages: &[PassageView],
    engine: &Engine,
    screen: &mut Screen,
) -> Result<()> {
    if passages.is_empty() || screen.json() {
        return Ok(());
    }
    screen.line("You gave passages of it. They are copies and stay until you take them back:");
    for passage in passages {
        draw_passage(screen, None, passage);
    }
    if prompt::can_ask(screen) && prompt::yes("Take them back as well?")? {
        for passage in passages {
            engine.retract_passage(&passage.space, &passage.name)?;
        }
        tidy(engine);
        screen
            .line("They go from your partner's device with the next sync; what was read was read.");
    } else {
        screen.quiet("`belay journal unshare` shows them and takes them back.");
    }
    Ok(())
}
