//! `belay pair`: two people become partners, and compare four words.

use std::net::SocketAddr;
use std::time::Duration;

use belay_engine::{
    BelayError, ComparisonView, Engine, InviteBy, PartnerView, SettingsEdit, SyncReport,
};
use clap::Subcommand;
use tokio::sync::Notify;

use super::{agree, pair_apart};
use crate::context::{Context, runtime, tidy};
use crate::error::{CliError, Result};
use crate::screen::{HEADING, MINE, Screen};
use crate::words::partner_name;
use crate::{pick, prompt};

/// How long a fresh pair waits for each other's names.
const NAMES_WITHIN: Duration = Duration::from_secs(5);

/// Flags of `pair`.
#[derive(Debug, clap::Args)]
pub struct PairArgs {
    #[command(subcommand)]
    action: PairAction,
}

#[derive(Debug, Subcommand)]
enum PairAction {
    /// Make an invitation and wait until it is accepted; it ends with this command
    Invite {
        /// For somebody who is not here: four words to tell on a call; good for seven days
        #[arg(long, conflicts_with = "link")]
        words: bool,
        /// For somebody who is not here: a link to send; good for seven days
        #[arg(long)]
        link: bool,
        /// For somebody in this room, without a relay: they call this device on the network it is in
        #[arg(
            long,
            value_name = "ADDRESS:PORT",
            num_args = 0..=1,
            default_missing_value = "0.0.0.0:0",
            conflicts_with_all = ["words", "link"]
        )]
        lan: Option<SocketAddr>,
    },
    /// Accept an invitation: a line, a link or four words
    Accept {
        /// What your partner gave you; without it, it is asked for or read from standard input
        text: Vec<String>,
        /// Where four words lead, if not to your own relay
        #[arg(long, value_name = "URL")]
        relay: Option<String>,
    },
    /// Invitations by words or link that are still open, and what became of the last ones
    List,
    /// Take an invitation back, or your answer to one
    Cancel {
        /// Its number in `pair list`
        number: usize,
    },
    /// Show the four words of a partnership, and say whether both of you see the same
    Compare {
        /// Its number in the list or the beginning of the name
        partner: String,
        /// They are the same
        #[arg(long, conflicts_with = "different")]
        same: bool,
        /// They differ
        #[arg(long)]
        different: bool,
    },
}

/// Invites, accepts or compares.
pub fn run(args: PairArgs, context: &Context, screen: &mut Screen) -> Result<()> {
    let engine = context.open(screen)?;
    match args.action {
        PairAction::Invite { words: true, .. } => {
            pair_apart::invite(&engine, InviteBy::Words, screen)
        }
        PairAction::Invite { link: true, .. } => {
            pair_apart::invite(&engine, InviteBy::Link, screen)
        }
        PairAction::Invite { lan, .. } => invite(&engine, lan, screen),
        PairAction::Accept { text, relay } => {
            accept(&engine, &text.join(" "), relay.as_deref(), screen)
        }
        PairAction::List => pair_apart::list(&engine, screen),
        PairAction::Cancel { number } => pair_apart::cancel(&engine, number, screen),
        PairAction::Compare {
            partner,
            same,
            different,
        } => {
            let partner = pick::partner(&engine, &partner)?;
            if same || different {
                return mark(&engine, &partner, same, screen);
            }
            compare(&engine, &partner, screen)
        }
    }
}

fn invite(engine: &Engine, lan: Option<SocketAddr>, screen: &mut Screen) -> Result<()> {
    ready_first(engine, screen)?;
    let runtime = runtime()?;
    let invitation = runtime.block_on(async {
        match lan {
            Some(listen) => engine.invite_near(listen).await,
            None => engine.invite().await,
        }
    })?;
    let now = engine.now()?;
    screen.show(&invitation, |screen, invitation| {
        screen.heading("Give this line to one person, best when you are together:");
        screen.gap();
        screen.line(&invitation.text);
        screen.gap();
        screen.line(format_args!(
            "They type `belay pair accept` and paste it. It works once, until {}.",
            crate::times::instant(invitation.expires_at_ms, &now)
        ));
    });
    screen.note("Waiting for them here. Ctrl-C takes the invitation back.");
    let paired = runtime.block_on(async {
        let paired = engine.await_partner(&invitation.id).await?;
        exchange_names(engine, paired.partner).await
    })?;
    finish(engine, &paired, screen)
}

/// Age, terms and a name for a partner to see are asked for now at the latest.
pub(super) fn ready_first(engine: &Engine, screen: &mut Screen) -> Result<()> {
    agree::ask_if_needed(engine, screen)?;
    if engine.settings()?.settings.display_name.is_some() || !prompt::can_ask(screen) {
        return Ok(());
    }
    let name = prompt::line("The name your partner will see:")?;
    engine.edit_settings(SettingsEdit {
        display_name: Some(name.unwrap_or_default()),
        ..SettingsEdit::default()
    })?;
    Ok(())
}

fn accept(engine: &Engine, text: &str, relay: Option<&str>, screen: &mut Screen) -> Result<()> {
    let text = match text {
        "" if prompt::can_ask(screen) => {
            prompt::line("The invitation, all of it:")?.unwrap_or_default()
        }
        "" | "-" => prompt::all_input()?,
        text => text.to_owned(),
    };
    let text = text.trim();
    if text.is_empty() {
        return Err(CliError::Input {
            field: "invitation",
            rule: "empty",
        });
    }
    if !is_code(text) {
        return pair_apart::accept(engine, text, relay, screen);
    }
    ready_first(engine, screen)?;
    screen.progress("Meeting the other device ...");
    let paired = runtime()?.block_on(async {
        let paired = engine.accept_invitation(text).await?;
        exchange_names(engine, paired.partner).await
    })?;
    finish(engine, &paired, screen)
}

/// Whether it is the line that `pair invite` shows, and not a link or words.
fn is_code(text: &str) -> bool {
    text.get(..6)
        .is_some_and(|start| start.eq_ignore_ascii_case("belay:"))
}

/// Lets the first envelopes go back and forth, so that both know each other's name. The partnership
/// stands without it: what does not come now comes with the next sync.
pub(super) async fn exchange_names(engine: &Engine, partner: PartnerView) -> Result<PartnerView> {
    let space = partner.space;
    let known = Notify::new();
    let look = |_: &SyncReport| {
        if engine
            .partner(&space)
            .is_ok_and(|page| !page.partner.name.is_empty())
        {
            known.notify_one();
        }
    };
    let stop = async {
        // Both ways of ending are good.
        let _ = tokio::time::timeout(NAMES_WITHIN, known.notified()).await;
    };
    match engine.watch(&look, stop).await {
        Ok(()) | Err(BelayError::Offline | BelayError::Unavailable { .. }) => {}
        Err(error) => return Err(error.into()),
    }
    tidy(engine);
    Ok(engine.partner(&space)?.partner)
}

pub(super) fn finish(engine: &Engine, partner: &PartnerView, screen: &mut Screen) -> Result<()> {
    if screen.json() {
        screen.data(partner);
        return Ok(());
    }
    let line = format!("You and {} are partners now.", partner_name(&partner.name));
    let line = screen.paint(MINE, &line);
    screen.line(line);
    screen.line("They see nothing until you share something.");
    compare(engine, partner, screen)
}

/// Shows the words and asks, where somebody can answer.
fn compare(engine: &Engine, partner: &PartnerView, screen: &mut Screen) -> Result<()> {
    if screen.json() {
        screen.data(partner);
        return Ok(());
    }
    if partner.comparison_words.is_empty() {
        screen.line("There are no words to compare yet.");
        return Ok(());
    }
    screen.gap();
    let words = screen.paint(HEADING, &partner.comparison_words.join("   "));
    screen.line(format_args!("    {words}"));
    screen.line(format_args!(
        "    or as digits: {}",
        partner.comparison_digits
    ));
    screen.gap();
    match partner.comparison {
        ComparisonView::Same => screen.line("You compared them: they were the same."),
        ComparisonView::Different => screen.line("You compared them: they differed."),
        ComparisonView::NotCompared => {}
    }
    if partner.comparison != ComparisonView::NotCompared || !prompt::can_ask(screen) {
        screen.line("Ask them to read theirs. `belay pair compare NAME --same` or `--different` keeps the answer.");
        return Ok(());
    }
    loop {
        let question = "Ask them to read theirs. Are they the same? (yes/no/later)";
        match prompt::line(question)?.as_deref() {
            Some("y" | "yes") => return mark(engine, partner, true, screen),
            Some("n" | "no") => return mark(engine, partner, false, screen),
            None | Some("l" | "later") => {
                screen.line("Later, then. Until then Belay says \"not compared yet\".");
                return Ok(());
            }
            Some(_) => {}
        }
    }
}

fn mark(engine: &Engine, partner: &PartnerView, same: bool, screen: &mut Screen) -> Result<()> {
    let partner = engine.mark_compared(&partner.space, same)?;
    tidy(engine);
    screen.show(&partner, |screen, partner| {
        if same {
            screen.line("Good. Nobody stands between you.");
            return;
        }
        let name = partner_name(&partner.name);
        screen.line(
            "Then somebody may stand between you. Sharing with them is paused; nothing more leaves.",
        );
        screen.line(format_args!(
            "Was a word misheard? `belay pair compare {name} --same` once they are the same, and choose \
             anew what they see."
        ));
        screen.line(format_args!(
            "Otherwise `belay partner leave {name}` ends it; then pair again, best in one room."
        ));
    });
    Ok(())
}
