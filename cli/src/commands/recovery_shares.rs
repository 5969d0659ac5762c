//! `belay recovery share`: shares of the words for people you trust, and shares that you keep for others.

use belay_engine::{Engine, KeptShareView, NewShares, ShareHolderView, SharesView};
use clap::Subcommand;

use super::recover::typed;
use crate::error::Result;
use crate::pick;
use crate::screen::Screen;
use crate::words::shown;

#[derive(Debug, Subcommand)]
pub enum ShareAction {
    /// Cut the words into shares: some kept by partners in their Belay, the others printed here
    Make {
        /// How many shares are needed to put the words together
        #[arg(long, value_name = "COUNT")]
        needed: u8,
        /// A partner who keeps one; may be repeated
        #[arg(long = "with", value_name = "PARTNER")]
        with: Vec<String>,
        /// How many more to print
        #[arg(long, value_name = "COUNT", default_value_t = 0)]
        print: u8,
    },
    /// Who keeps a share of your words, and whose shares you keep
    List,
    /// Show the share you keep for a partner, to read out to them and to nobody else
    Show {
        /// The partner
        partner: String,
    },
    /// Ask every partner's Belay to drop its share of your words
    TakeBack,
}

/// Makes, lists, shows or takes back.
pub fn run(action: ShareAction, engine: &Engine, screen: &mut Screen) -> Result<()> {
    match action {
        ShareAction::Make {
            needed,
            with,
            print,
        } => {
            let mut new = NewShares {
                threshold: needed,
                on_paper: print,
                ..NewShares::default()
            };
            for asked in &with {
                new.partners.push(pick::partner(engine, asked)?.space);
            }
            if engine.recovery()?.words_here {
                // Nothing has to be typed while this device still holds them.
            } else {
                new.words = Some(typed(false, screen)?);
            }
            let made = engine.make_shares(new)?;
            screen.show(&made, draw_made);
        }
        ShareAction::List => {
            let (holders, kept) = (engine.share_holders()?, engine.kept_shares()?);
            screen.show(
                &serde_json::json!({ "holders": holders, "kept": kept }),
                |screen, _| draw_list(screen, &holders, &kept),
            );
        }
        ShareAction::Show { partner } => {
            let partner = pick::partner(engine, &partner)?;
            let text = engine.kept_share(&partner.space)?;
            screen.show(&serde_json::json!({ "share": *text }), |screen, _| {
                screen.line(text.as_str());
                screen.line(format_args!(
                    "Only for {}, and only when you are sure that it is they who ask: call, or meet.",
                    shown(&partner.name)
                ));
            });
        }
        ShareAction::TakeBack => {
            engine.take_shares_back()?;
            screen.show(&serde_json::json!({ "taken_back": true }), |screen, _| {
                screen.line("Their Belay drops it when it next syncs. Paper stays paper: `belay recovery new-words` makes it worthless.");
            });
        }
    }
    Ok(())
}

fn draw_made(screen: &mut Screen, made: &SharesView) {
    screen.heading("Shares of your words");
    screen.line(format_args!(
        "Set {}: {} shares, any {} of them give your words back. Fewer say nothing.",
        made.set, made.count, made.threshold
    ));
    for text in &made.on_paper {
        screen.gap();
        screen.line(text);
    }
    if !made.on_paper.is_empty() {
        screen.gap();
        screen.line("Copy or print these now; they are kept nowhere. One for each person, and none for you.");
    }
}

fn draw_list(screen: &mut Screen, holders: &[ShareHolderView], kept: &[KeptShareView]) {
    if holders.is_empty() {
        screen.line("No partner keeps a share of your words.");
    }
    for holder in holders {
        screen.line(format_args!(
            "{} keeps share {} of set {}; {} are needed.",
            shown(&holder.partner),
            holder.index,
            holder.set,
            holder.threshold
        ));
    }
    for kept in kept {
        screen.line(format_args!(
            "You keep share {} of {}'s set {}.",
            kept.index,
            shown(&kept.partner),
            kept.set
        ));
    }
}
