//! `belay deleted`: what was erased or taken back, from which devices it is known to be gone, and what of it can
//! still be brought back.

use belay_engine::model::DocName;
use belay_engine::{
    DeviceReceiptView, Engine, ErasureStateView, SetAsideView, TakenBackKindView, TakenBackView,
};

use crate::context::{Context, tidy};
use crate::error::Result;
use crate::screen::{MINE, Screen};
use crate::times::ago;
use crate::words::{and_list, partner_name, shown_line};

/// How many things of each space are shown.
const SHOWN: usize = 50;

/// What to do with what is gone.
#[derive(Debug, clap::Args)]
pub struct DeletedArgs {
    #[command(subcommand)]
    command: Option<DeletedCommand>,
}

#[derive(Debug, clap::Subcommand)]
enum DeletedCommand {
    /// What another of your devices erased beyond 20 things a day, and still lies aside here
    Aside,
    /// Bring it back
    BringBack {
        /// Its number in the list, or the beginning of its name; without one, everything
        which: Option<String>,
    },
}

/// Shows what is gone, the latest first, or brings back what lies aside.
pub fn run(args: &DeletedArgs, context: &Context, screen: &mut Screen) -> Result<()> {
    let engine: Engine = context.open(screen)?;
    let now_ms = engine.now()?.at_ms();
    match &args.command {
        None => {
            let aside = engine.set_aside()?;
            let taken = engine.taken_back(SHOWN)?;
            screen.show(&taken, |screen, taken| {
                if !aside.is_empty() {
                    draw_aside(screen, &aside, now_ms);
                    screen.gap();
                }
                draw(screen, taken, now_ms);
            });
        }
        Some(DeletedCommand::Aside) => {
            let aside = engine.set_aside()?;
            screen.show(&aside, |screen, aside| draw_aside(screen, aside, now_ms));
        }
        Some(DeletedCommand::BringBack { which }) => {
            let aside = engine.set_aside()?;
            let names: Vec<DocName> = match which {
                Some(which) => vec![crate::pick::set_aside(&aside, which)?],
                None => aside.iter().map(|one| one.name).collect(),
            };
            let count = engine.bring_back(&names)?;
            tidy(&engine);
            screen.show(
                &serde_json::json!({ "brought_back": count }),
                |screen, _| match count {
                    0 => screen.line("Nothing lies aside."),
                    1 => screen.line("It is back. Nobody else sees it unless you share it again."),
                    count => screen.line(format_args!(
                        "{count} things are back. Nobody else sees them unless you share them again."
                    )),
                },
            );
        }
    }
    Ok(())
}

fn draw_aside(screen: &mut Screen, aside: &[SetAsideView], now_ms: i64) {
    if aside.is_empty() {
        screen.line("Nothing lies aside.");
        return;
    }
    screen.line("One of your devices erased more than 20 things in a day. These are hidden and lie aside here:");
    for (index, one) in aside.iter().enumerate() {
        let by = one.by.as_deref().map_or_else(
            || "a device without a name".to_owned(),
            |name| format!("your {}", shown_line(name)),
        );
        let on = one.on.map(|on| format!(" of {on}")).unwrap_or_default();
        screen.line(format_args!(
            "  {}. {}{on}, erased on {by} {}: {}",
            index + 1,
            thing(one.kind),
            ago(now_ms, one.since_ms),
            shown_line(&one.excerpt)
        ));
    }
    let hours = aside
        .iter()
        .map(|one| hours_left(now_ms, one.destroyed_at_ms))
        .min();
    screen.line(format_args!(
        "If that was you, there is nothing to do: from {} on they go for good.",
        in_hours(hours.unwrap_or_default())
    ));
    screen.line("If it was not, `belay deleted bring-back` brings them back, and `belay device revoke` locks that device out.");
}

fn hours_left(now_ms: i64, at_ms: i64) -> u64 {
    at_ms
        .saturating_sub(now_ms)
        .max(0)
        .unsigned_abs()
        .div_ceil(3_600_000)
}

fn in_hours(hours: u64) -> String {
    match hours {
        0 => "now".to_owned(),
        1 => "an hour from now".to_owned(),
        hours => format!("{hours} hours from now"),
    }
}

fn draw(screen: &mut Screen, taken: &[TakenBackView], now_ms: i64) {
    if taken.is_empty() {
        screen.line("Nothing was erased or taken back.");
        return;
    }
    for one in taken {
        let from = one.partner.as_deref().map(partner_name);
        let what = thing(one.kind);
        let when = ago(now_ms, one.at_ms);
        screen.line(match &from {
            Some(partner) => format!("{what}, taken back from {partner} {when}"),
            None => format!("{what}, erased {when}"),
        });
        let (gone, not_yet): (Vec<_>, Vec<_>) = one.devices.iter().partition(|device| device.gone);
        if !gone.is_empty() {
            let line = format!("  gone from {}", whose(&gone, from.as_deref()));
            screen.line(screen.paint(MINE, &line));
        }
        if !not_yet.is_empty() {
            screen.line(format_args!(
                "  not yet from {}, as far as was heard",
                whose(&not_yet, from.as_deref())
            ));
        }
        if one.devices.is_empty() && from.is_none() {
            screen.line("  gone; you have no other device");
        }
        for relay in &one.relays {
            let said = match relay.state {
                ErasureStateView::Erased => "erased at",
                ErasureStateView::NotThere => "not at",
                ErasureStateView::Refused => "would not be erased at",
                ErasureStateView::Waiting => "waits to be erased at",
            };
            screen.line(format_args!("  {said} {}", shown_line(&relay.relay)));
        }
    }
    screen.gap();
    screen.quiet(
        "Who saw something remembers it, and a device that never comes online keeps what it has.",
    );
}

const fn thing(kind: TakenBackKindView) -> &'static str {
    match kind {
        TakenBackKindView::Entry => "A journal entry",
        TakenBackKindView::CheckIn => "A check-in",
        TakenBackKindView::Goal => "A goal",
        TakenBackKindView::Outcome => "What came of a goal",
        TakenBackKindView::Passage => "A passage",
        TakenBackKindView::Response => "An answer",
    }
}

/// `your tablet and your laptop`, `Sam's device`, `2 of Sam's devices`.
fn whose(devices: &[&DeviceReceiptView], partner: Option<&str>) -> String {
    match (partner, devices) {
        (Some(partner), [_]) => format!("{partner}'s device"),
        (Some(partner), several) => format!("{} of {partner}'s devices", several.len()),
        (None, own) => {
            let names: Vec<String> = own
                .iter()
                .map(|device| match &device.name {
                    Some(name) => format!("your {}", shown_line(name)),
                    None => "a device without a name".to_owned(),
                })
                .collect();
            and_list(&names)
        }
    }
}
