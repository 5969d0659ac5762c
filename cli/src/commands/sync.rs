//! `belay sync`: exchange with the relays, once or for as long as the person likes.

use std::sync::{Mutex, PoisonError};

use belay_engine::{InvitationStateView, SyncProgress, SyncReport};

use super::{delete_everything, sync_lan};
use crate::context::{Context, runtime, tidy};
use crate::error::{CliError, Result};
use crate::screen::{MINE, Screen};
use crate::words::{count, partner_name, shown_line, size};

/// Flags of `sync`.
#[derive(Debug, clap::Args)]
pub struct SyncArgs {
    /// Stay and exchange whatever comes, until Ctrl-C
    #[arg(long)]
    watch: bool,
    #[command(flatten)]
    lan: sync_lan::LanArgs,
}

/// Exchanges.
pub fn run(args: &SyncArgs, context: &Context, screen: &mut Screen) -> Result<()> {
    let engine = match context.open(screen) {
        Err(error) if delete_everything::is_leaving(&error) => {
            return delete_everything::send(context, screen);
        }
        other => other?,
    };
    if args.lan.lan {
        return sync_lan::run(&args.lan, args.watch, &engine, screen);
    }
    let runtime = runtime()?;
    let shared = Mutex::new(screen);
    let with_screen = |act: &dyn Fn(&mut Screen)| {
        // A panic while drawing leaves nothing half done that matters here.
        act(&mut shared.lock().unwrap_or_else(PoisonError::into_inner));
    };
    if args.watch {
        with_screen(&|screen| screen.note("Watching. Ctrl-C ends it; everything saved stays."));
        let on_report = |report: &SyncReport| with_screen(&|screen| draw_live(screen, report));
        let stop = async {
            // Without a signal handler there is only the end of the process.
            if tokio::signal::ctrl_c().await.is_err() {
                std::future::pending::<()>().await;
            }
        };
        runtime.block_on(engine.watch(&on_report, stop))?;
        tidy(&engine);
        return Ok(());
    }
    let progress = |step: SyncProgress| with_screen(&|screen| screen.progress(&step_words(step)));
    let report = runtime.block_on(engine.sync(&progress))?;
    tidy(&engine);
    with_screen(&|screen| screen.show(&report, draw));
    troubles(&report)
}

pub fn step_words(step: SyncProgress) -> String {
    match step {
        SyncProgress::Space { number, of } => format!("Meeting partner {number} of {of} ..."),
        SyncProgress::Sent { envelopes } => format!("Sent {} ...", count(envelopes, "envelope")),
        SyncProgress::Received { items } => format!("Received {} ...", count(items, "item")),
        SyncProgress::Arriving {
            items,
            of_items,
            bytes,
        } => format!(
            "{items} of {} are here, {} came now ...",
            count(of_items, "item"),
            size(bytes)
        ),
    }
}

fn draw(screen: &mut Screen, report: &SyncReport) {
    let line = format!(
        "Sent {}, received {} with {}.",
        count(report.envelopes_sent, "envelope"),
        count(report.envelopes_received, "envelope"),
        count(report.items_received, "new item")
    );
    let line = screen.paint(MINE, &line);
    screen.line(line);
    if report.envelopes_refused > 0 {
        screen.line(format_args!(
            "{} could not be opened or does not keep the rules; nothing of it was used.",
            count(report.envelopes_refused, "envelope")
        ));
    }
    if report.edited_after_deletion > 0 {
        screen.line(format_args!(
            "{} had been edited on one of your devices and deleted on another. Deleted counts.",
            count(report.edited_after_deletion, "thing")
        ));
    }
    for news in &report.invitations {
        let line = match (news.state, &news.trouble) {
            (_, Some(code)) => format!(
                "The relay of an invitation could not be used ({}).",
                shown_line(code)
            ),
            (InvitationStateView::Paired, None) => {
                "An invitation led to a partnership. Compare the four words: `belay pair compare`."
                    .to_owned()
            }
            (_, None) => "An invitation is over: `belay pair list`.".to_owned(),
        };
        screen.line(line);
    }
    for trouble in &report.troubles {
        let whose = trouble.partner.as_deref().map_or_else(
            || "The relay with the copy for your own devices".to_owned(),
            |partner| format!("The relay you share with {}", partner_name(partner)),
        );
        screen.line(format_args!(
            "{whose} could not be used ({}).",
            shown_line(&trouble.code)
        ));
    }
}

/// While watching, only what happened is said.
fn draw_live(screen: &mut Screen, report: &SyncReport) {
    let quiet = report.envelopes_sent == 0
        && report.envelopes_received == 0
        && report.envelopes_refused == 0
        && report.edited_after_deletion == 0
        && report.invitations.is_empty()
        && report.troubles.is_empty();
    if !quiet {
        screen.show(report, draw);
    }
}

fn troubles(report: &SyncReport) -> Result<()> {
    let spaces = report.troubles.iter().map(|trouble| &trouble.code);
    let invitations = report.invitations.iter();
    let mut codes: Vec<String> = spaces
        .chain(invitations.filter_map(|news| news.trouble.as_ref()))
        .cloned()
        .collect();
    if codes.is_empty() {
        return Ok(());
    }
    codes.sort_unstable();
    codes.dedup();
    Err(CliError::Troubles { codes })
}
