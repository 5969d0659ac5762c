//! `belay completions SHELL`.

use clap::CommandFactory as _;

use crate::exit::Exit;
use crate::screen::Screen;

/// Flags of `completions`.
#[derive(Debug, clap::Args)]
pub struct CompletionsArgs {
    /// bash, zsh, fish, elvish or powershell
    shell: clap_complete::Shell,
}

/// Prints the script.
pub fn run(args: &CompletionsArgs, screen: &mut Screen) -> Exit {
    let mut script = Vec::new();
    let mut command = crate::args::Args::command();
    clap_complete::generate(args.shell, &mut command, "belay", &mut script);
    screen.raw(&script);
    Exit::Done
}
