//! `belay demo`: runs a story in folders that vanish afterwards, or stay with `--keep`.

use std::path::{Path, PathBuf};
use std::time::Instant;

use serde::Serialize;

use crate::context::runtime;
use crate::demo::{Ended, tell, tell_near};
use crate::error::{CliError, Result};
use crate::exit::Exit;
use crate::screen::{MINE, Screen};

/// Which story is told.
#[derive(Debug, Clone, Copy, clap::ValueEnum)]
enum Tale {
    /// Two people and a relay
    Relay,
    /// Two people who only ever meet on one network, without any server
    Lan,
}

/// Flags of `demo`.
#[derive(Debug, clap::Args)]
pub struct DemoArgs {
    /// Which story
    #[arg(default_value = "relay")]
    tale: Tale,
    /// Leave the stores and the relay's files here, to go on by hand; an empty or new folder
    #[arg(long, value_name = "DIR")]
    keep: Option<PathBuf>,
}

/// Tells the story.
pub fn run(args: &DemoArgs, screen: &mut Screen) -> Result<Exit> {
    let began = Instant::now();
    let vanishing = tempfile::Builder::new()
        .prefix("belay-demo-")
        .tempdir()
        .map_err(CliError::io("temporary folder"))?;
    let dir = match &args.keep {
        Some(dir) => {
            check_empty(dir)?;
            dir
        }
        None => vanishing.path(),
    };
    match args.tale {
        Tale::Relay => {
            let ended = runtime()?.block_on(tell(dir, screen))?;
            say_the_end(&ended, began, screen);
            if args.keep.is_some() {
                say_how_to_go_on(dir, &ended, screen);
            }
        }
        Tale::Lan => {
            let ended = runtime()?.block_on(tell_near(dir, screen))?;
            say_the_end(&ended, began, screen);
        }
    }
    Ok(Exit::Done)
}

fn say_the_end(ended: &impl Serialize, began: Instant, screen: &mut Screen) {
    screen.show(ended, |screen, _| {
        let line = screen.paint(
            MINE,
            &format!(
                "✓ Not one of them is there. {:.1} s in all.",
                began.elapsed().as_secs_f32()
            ),
        );
        screen.line(line);
    });
}

fn check_empty(dir: &Path) -> Result<()> {
    match std::fs::read_dir(dir) {
        Ok(mut entries) => match entries.next() {
            None => Ok(()),
            Some(_) => Err(CliError::Input {
                field: "keep",
                rule: "not_empty",
            }),
        },
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(()),
        Err(source) => Err(CliError::Io {
            what: "folder",
            source,
        }),
    }
}

fn say_how_to_go_on(dir: &Path, ended: &Ended, screen: &mut Screen) {
    let dir = dir.display();
    screen.gap();
    screen.heading("To go on by hand");
    screen.line("The stores open with the key files beside them, without a passphrase.");
    screen.line(format_args!(
        "  belay-relay --listen {} --data '{dir}/relay'",
        ended.relay
    ));
    screen.line(format_args!("  belay --dir '{dir}/marisol' today"));
    screen.line(format_args!(
        "  belay --dir '{dir}/tobias' partner show marisol"
    ));
    screen.line(format_args!(
        "  belay --dir '{dir}/tobias' check-in --mood good --share marisol=mood --yes"
    ));
    screen.line(format_args!(
        "  belay --dir '{dir}/tobias' sync && belay --dir '{dir}/marisol' sync"
    ));
}
