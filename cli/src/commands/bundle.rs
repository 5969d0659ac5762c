//! `belay bundle`: sealed envelopes in a file, for partners and devices that no network joins.

use std::io::{stdin, stdout};
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};

use belay_engine::{
    BelayError, BundleEndingView, BundleFor, BundleProgress, BundleReadView, BundleSpaceView,
    BundleWrittenView, Engine, NewBundle,
};
use clap::Subcommand;

use crate::context::{Context, tidy};
use crate::error::Result;
use crate::pick;
use crate::screen::{MINE, Screen};
use crate::words::{count, partner_name};

/// Flags of `bundle`.
#[derive(Debug, clap::Args)]
pub struct BundleArgs {
    #[command(subcommand)]
    action: BundleAction,
}

#[derive(Debug, Subcommand)]
enum BundleAction {
    /// Write what the others lack into a file that only they can open
    Write {
        /// The file; `-` writes to standard output
        file: PathBuf,
        #[command(flatten)]
        whom: Whom,
        /// Everything, also what the others said they have
        #[arg(long)]
        whole: bool,
        /// The attachments of your entries, too
        #[arg(long, conflicts_with = "partner")]
        attachments: bool,
    },
    /// Take in what a file holds for you; doing it twice changes nothing
    Read {
        /// The file; `-` reads from standard input
        file: PathBuf,
    },
}

#[derive(Debug, clap::Args)]
#[group(required = true, multiple = false)]
struct Whom {
    /// For this partner, and about nothing else
    #[arg(long = "for", value_name = "PARTNER")]
    partner: Option<String>,
    /// For your other devices; with none, it is a sealed copy to keep
    #[arg(long)]
    own: bool,
    /// For everybody in one file; whoever finds it can count your partners
    #[arg(long)]
    everybody: bool,
}

/// Writes or reads.
pub fn run(args: BundleArgs, context: &Context, screen: &mut Screen) -> Result<()> {
    let engine = context.open(screen)?;
    match args.action {
        BundleAction::Write {
            file,
            whom,
            whole,
            attachments,
        } => {
            let for_whom = whom.resolve(&engine)?;
            let new = NewBundle {
                for_whom,
                whole,
                attachments,
            };
            write(&engine, &file, new, screen)
        }
        BundleAction::Read { file } => read(&engine, &file, screen),
    }
}

impl Whom {
    fn resolve(&self, engine: &Engine) -> Result<BundleFor> {
        Ok(match &self.partner {
            Some(asked) => BundleFor::Partner {
                space: pick::partner(engine, asked)?.space,
            },
            None if self.own => BundleFor::OwnDevices,
            None => BundleFor::Everybody,
        })
    }
}

fn is_standard(file: &Path) -> bool {
    file.as_os_str() == "-"
}

fn write(engine: &Engine, file: &Path, new: NewBundle, screen: &mut Screen) -> Result<()> {
    if is_standard(file) {
        // The answer would stand in the middle of the file.
        let written = engine.write_bundle_to(&mut stdout().lock(), new, &|_| {})?;
        screen.note(&written_words(&written));
        return Ok(());
    }
    let written = with_progress(screen, "envelope", |told| {
        engine.write_bundle(file, new, told)
    })?;
    tidy(engine);
    screen.show(&written, |screen, written| {
        let line = screen.paint(MINE, &written_words(written));
        screen.line(line);
        if written.held > 0 {
            screen.line(format_args!(
                "{} can still be taken back and is not in it; write another file in a moment.",
                count(written.held, "item")
            ));
        }
    });
    Ok(())
}

fn written_words(written: &BundleWrittenView) -> String {
    if written.envelopes + written.attachments == 0 {
        return "The others have everything already, as far as this device knows; the file is empty. \
                `--whole` writes it all the same."
            .to_owned();
    }
    format!(
        "{} in {}. Hand the file over any way you like: only they can open it.",
        count(written.envelopes, "sealed envelope"),
        count(written.bytes, "byte")
    )
}

fn read(engine: &Engine, file: &Path, screen: &mut Screen) -> Result<()> {
    let came = if is_standard(file) {
        engine.read_bundle_from(&mut stdin().lock(), &|_| {})?
    } else {
        with_progress(screen, "byte", |told| engine.read_bundle(file, told))?
    };
    tidy(engine);
    screen.show(&came, draw);
    match came.ending {
        BundleEndingView::Whole => Ok(()),
        BundleEndingView::CutShort => Err(reason("bundle-cut-short").into()),
        BundleEndingView::Damaged => Err(reason("bundle-damaged").into()),
    }
}

fn reason(reason: &'static str) -> BelayError {
    BelayError::Unavailable { reason }
}

fn draw(screen: &mut Screen, came: &BundleReadView) {
    for space in &came.spaces {
        let line = screen.paint(MINE, &space_words(space));
        screen.line(line);
        if space.envelopes_refused > 0 {
            screen.line(format_args!(
                "{} could not be opened or does not keep the rules; nothing of it was used.",
                count(space.envelopes_refused, "envelope")
            ));
        }
    }
    if came.spaces.is_empty() && came.attachments == 0 {
        screen.line("There is nothing in the file.");
    }
    if came.attachments > 0 {
        let came = count(came.attachments, "attachment or small picture");
        screen.line(format_args!("{came} that was not here yet."));
    }
    if came.attachments_refused > 0 {
        screen.line("An attachment in it is not what was attached; nothing of it was kept.");
    }
    if came.foreign > 0 {
        screen.line(format_args!(
            "{} in it for somebody else, left alone.",
            count(came.foreign, "thing")
        ));
    }
    if came.newer > 0 {
        screen.line("Part of it needs a newer Belay; read the file once more with that one.");
    }
    if came.edited_after_deletion > 0 {
        screen.line(format_args!(
            "{} had been edited on one of your devices and deleted on another. Deleted counts.",
            count(came.edited_after_deletion, "thing")
        ));
    }
}

fn space_words(space: &BundleSpaceView) -> String {
    let whom = space
        .partner
        .as_deref()
        .map_or_else(|| "Your own devices".to_owned(), partner_name);
    if space.envelopes_received == 0 {
        return format!("{whom}: everything in it was here already.");
    }
    format!(
        "{whom}: {} with {}.",
        count(space.envelopes_received, "envelope"),
        count(space.items_received, "new item")
    )
}

/// Runs something with a progress line.
fn with_progress<T>(
    screen: &mut Screen,
    unit: &str,
    run: impl FnOnce(&(dyn Fn(BundleProgress) + Send + Sync)) -> belay_engine::Result<T>,
) -> Result<T> {
    let shared = Mutex::new(screen);
    let told = |progress: BundleProgress| {
        // A panic while drawing leaves nothing half done that matters here.
        let mut screen = shared.lock().unwrap_or_else(PoisonError::into_inner);
        screen.progress(&match progress.of {
            Some(of) => format!("{} of {} ...", progress.done, count(of, unit)),
            None => format!("{} ...", count(progress.done, unit)),
        });
    };
    let result = run(&told);
    let screen = shared.into_inner().unwrap_or_else(PoisonError::into_inner);
    screen.clear_progress();
    Ok(result?)
}
