//! `belay deleted`: what was erased or taken back, and from which devices it is known to be gone.

use belay_engine::{DeviceReceiptView, Engine, ErasureStateView, TakenBackKindView, TakenBackView};

use crate::context::Context;
use crate::error::Result;
use crate::screen::{MINE, Screen};
use crate::times::ago;
use crate::words::{and_list, partner_name, shown_line};

/// How many things of each space are shown.
const SHOWN: usize = 50;

/// Shows them, the latest first.
pub fn run(context: &Context, screen: &mut Screen) -> Result<()> {
    let engine: Engine = context.open(screen)?;
    let now_ms = engine.now()?.at_ms();
    let taken = engine.taken_back(SHOWN)?;
    screen.show(&taken, |screen, taken| draw(screen, taken, now_ms));
    Ok(())
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
