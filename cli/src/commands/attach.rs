//! `belay attach`: photos, voice memos and files of journal entries.

use std::path::PathBuf;

use belay_engine::model::{DocName, SpaceId};
use belay_engine::{AttachmentKind, AttachmentRoomView, AttachmentView, Engine, NewAttachment};
use clap::{Subcommand, ValueEnum};

use crate::context::{Context, tidy};
use crate::draw::{attachment_state, attachment_words as words};
use crate::error::Result;
use crate::pick;
use crate::prompt;
use crate::screen::{MINE, Screen};
use crate::words::count;

/// Flags of `attach`.
#[derive(Debug, clap::Args)]
pub struct AttachArgs {
    #[command(subcommand)]
    action: AttachAction,
}

#[derive(Debug, Subcommand)]
enum AttachAction {
    /// Seal a copy of a file and attach it to an entry; the file itself stays as it is
    Add {
        /// The entry: its number in the list, `last`, or the beginning of its name
        entry: String,
        /// The file
        file: PathBuf,
        /// What it is; a photo loses place, time and camera [default: photo for pictures, else file]
        #[arg(long, value_enum, value_name = "KIND")]
        kind: Option<Kind>,
        /// What to call it [default: the file's name]
        #[arg(long)]
        name: Option<String>,
        /// A small picture of it
        #[arg(long, value_name = "FILE")]
        thumbnail: Option<PathBuf>,
    },
    /// What is attached to an entry
    List {
        /// The entry
        entry: String,
    },
    /// Open one into a file that others can read
    Save {
        /// The entry
        entry: String,
        /// Its number in the list
        number: usize,
        /// Where to
        file: PathBuf,
        /// The small picture instead
        #[arg(long)]
        thumbnail: bool,
    },
    /// Open one that a partner gave with a passage
    Given {
        /// The partner: their number in the list or the beginning of the name
        partner: String,
        /// The passage's number on their page
        passage: usize,
        /// Its number there
        number: usize,
        /// Where to
        file: PathBuf,
        /// The small picture instead
        #[arg(long)]
        thumbnail: bool,
    },
    /// Erase one for good, on all your devices and on the relay
    Remove {
        /// The entry
        entry: String,
        /// Its number in the list
        number: usize,
        /// Without asking
        #[arg(long)]
        yes: bool,
    },
    /// How much room attachments take here
    Room,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
enum Kind {
    Photo,
    Voice,
    File,
}

/// Endings of files that are taken for pictures unless something else is said.
const PICTURES: [&str; 4] = ["jpg", "jpeg", "png", "webp"];

/// Adds, lists, saves or removes.
pub fn run(args: AttachArgs, context: &Context, screen: &mut Screen) -> Result<()> {
    let engine = context.open(screen)?;
    match args.action {
        AttachAction::Add {
            entry,
            file,
            kind,
            name,
            thumbnail,
        } => {
            let new = NewAttachment {
                entry: entry_of(&engine, &entry)?,
                kind: kind_of(kind, &file),
                name,
                media_type: None,
                thumbnail,
            };
            let added = engine.attach(&file, new)?;
            tidy(&engine);
            screen.show(&added, |screen, added| {
                let line = screen.paint(MINE, &format!("Attached {}.", words(added)));
                screen.line(line);
            });
        }
        AttachAction::List { entry } => {
            let all = engine.attachments(&entry_of(&engine, &entry)?)?;
            screen.show(&all, |screen, all| draw(screen, all));
        }
        AttachAction::Save {
            entry,
            number,
            file,
            thumbnail,
        } => {
            let chosen = one(&engine, &entry, number)?;
            let saved = if thumbnail {
                engine.export_thumbnail(&chosen.id, &file)?
            } else {
                engine.export_attachment(&chosen.id, &file)?
            };
            say_saved(screen, &saved);
        }
        AttachAction::Given {
            partner,
            passage,
            number,
            file,
            thumbnail,
        } => {
            let space = pick::partner(&engine, &partner)?.space;
            let chosen = given(&engine, &space, passage, number)?;
            let saved = if thumbnail {
                engine.export_given_thumbnail(&space, &chosen, &file)?
            } else {
                engine.export_given_attachment(&space, &chosen, &file)?
            };
            say_saved(screen, &saved);
        }
        AttachAction::Remove { entry, number, yes } => {
            let chosen = one(&engine, &entry, number)?;
            let question = format!("Erase {} for good?", words(&chosen));
            prompt::agree(screen, &question, yes, "--yes")?;
            engine.remove_attachment(&chosen.id)?;
            screen.line("Erased here. Your other devices and the relay follow when they sync.");
        }
        AttachAction::Room => screen.show(&engine.attachment_room()?, draw_room),
    }
    Ok(())
}

fn kind_of(kind: Option<Kind>, file: &std::path::Path) -> AttachmentKind {
    match kind {
        Some(Kind::Photo) => AttachmentKind::Photo,
        Some(Kind::Voice) => AttachmentKind::VoiceMemo,
        Some(Kind::File) => AttachmentKind::File,
        None => {
            let ending = file.extension().map(|ending| ending.to_ascii_lowercase());
            let picture =
                |ending: std::ffi::OsString| PICTURES.iter().any(|known| ending == *known);
            if ending.is_some_and(picture) {
                AttachmentKind::Photo
            } else {
                AttachmentKind::File
            }
        }
    }
}

fn entry_of(engine: &Engine, asked: &str) -> Result<DocName> {
    Ok(pick::entry(engine, asked)?.name)
}

fn one(engine: &Engine, entry: &str, number: usize) -> Result<AttachmentView> {
    let all = engine.attachments(&entry_of(engine, entry)?)?;
    let chosen = number.checked_sub(1).and_then(|at| all.into_iter().nth(at));
    Ok(chosen.ok_or(belay_engine::BelayError::NotFound { what: "attachment" })?)
}

/// One that a partner gave, by the numbers on their page.
fn given(engine: &Engine, space: &SpaceId, passage: usize, number: usize) -> Result<DocName> {
    let page = engine.partner(space)?;
    let passage = passage.checked_sub(1).and_then(|at| page.passages.get(at));
    let at = number.checked_sub(1);
    let chosen = passage.and_then(|passage| passage.attachments.get(at?));
    let missing = belay_engine::BelayError::NotFound { what: "attachment" };
    Ok(chosen.map(|chosen| chosen.id).ok_or(missing)?)
}

fn say_saved(screen: &mut Screen, saved: &AttachmentView) {
    screen.show(saved, |screen, _| {
        screen.line("Saved. That file is not sealed; remove it when you are done with it.");
    });
}

fn draw(screen: &mut Screen, all: &[AttachmentView]) {
    if all.is_empty() {
        screen.line("Nothing is attached to that entry.");
    }
    for (number, attachment) in all.iter().enumerate() {
        let state = attachment_state(attachment);
        screen.line(format_args!("{}  {}{state}", number + 1, words(attachment)));
    }
}

fn draw_room(screen: &mut Screen, room: &AttachmentRoomView) {
    screen.line(format_args!(
        "{}, {} on this device.",
        count(room.attachments, "attachment"),
        count(room.bytes, "byte")
    ));
    if room.not_here > 0 {
        screen.line(format_args!("{} not on this device yet.", room.not_here));
    }
}
