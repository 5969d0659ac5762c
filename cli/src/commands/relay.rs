//! `belay relay`: the relay for new partnerships, and moving what exists to another one. None is built in.

use clap::Subcommand;

use super::relay_move::{self, MoveArgs};
use crate::context::{Context, tidy};
use crate::error::Result;
use crate::screen::Screen;
use crate::words::shown_line;

/// Flags of `relay`.
#[derive(Debug, clap::Args)]
pub struct RelayArgs {
    #[command(subcommand)]
    action: Option<RelayAction>,
}

#[derive(Debug, Subcommand)]
enum RelayAction {
    /// Name the relay that you or a friend runs
    Set {
        /// Such as `https://relay.example.org`
        url: String,
        /// Say yes to plain HTTP on other machines: what you write stays sealed, others on the way see when you sync
        #[arg(long)]
        allow_plain_http: bool,
    },
    /// Go to another relay with what exists: everything, or one partnership, or the copy for your own devices
    Move(MoveArgs),
    /// Show it
    Show,
    /// Know none again; partnerships that exist keep theirs
    Clear,
}

/// Sets, shows, clears or moves.
pub fn run(args: RelayArgs, context: &Context, screen: &mut Screen) -> Result<()> {
    let engine = context.open(screen)?;
    match args.action.unwrap_or(RelayAction::Show) {
        RelayAction::Move(asked) => return relay_move::run(&asked, &engine, screen),
        RelayAction::Set {
            url,
            allow_plain_http,
        } => engine.set_relay(Some(&url), allow_plain_http)?,
        RelayAction::Clear => engine.set_relay(None, false)?,
        RelayAction::Show => {}
    }
    tidy(&engine);
    let relay = engine.relay()?;
    screen.show(
        &serde_json::json!({ "relay": relay }),
        |screen, _| match &relay {
            Some(relay) => screen.line(format_args!(
                "New partnerships meet at {}.",
                shown_line(relay)
            )),
            None => screen
                .line("No relay yet. `belay relay set URL` names one that you or a friend runs."),
        },
    );
    Ok(())
}
