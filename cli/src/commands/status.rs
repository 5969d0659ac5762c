//! `belay status`: the self-check (D5).

use belay_engine::model::Moment;
use belay_engine::{ComparisonView, DeviceStatusView, PeerStatusView, SpaceStatusView, StatusView};

use super::delete_everything;
use crate::context::Context;
use crate::draw::draw_invitation;
use crate::error::Result;
use crate::screen::Screen;
use crate::times::{ago, ahead};
use crate::words::{count, partner_name, shown_line, size};

/// Shows how everything stands.
pub fn run(context: &Context, screen: &mut Screen) -> Result<()> {
    let engine = match context.open(screen) {
        Err(error) if delete_everything::is_leaving(&error) => {
            return delete_everything::status(context, screen);
        }
        other => other?,
    };
    let now = engine.now()?;
    let status = engine.status()?;
    let mut waiting = engine.deleted_entries()?;
    waiting.retain(|entry| entry.erase_asked);
    let aside = engine.set_aside()?.len() + waiting.len();
    screen.show(&status, |screen, status| {
        draw(screen, status, context, &now);
        if aside > 0 {
            screen.gap();
            screen.line(format_args!(
                "{} erased beyond 20 a day can still be brought back: `belay deleted aside`, `belay journal deleted`.",
                count(aside as u64, "thing")
            ));
        }
    });
    Ok(())
}

fn draw(screen: &mut Screen, status: &StatusView, context: &Context, now: &Moment) {
    screen.heading("How everything stands");
    screen.line(format_args!(
        "Store: {}, {}",
        context.dir.display(),
        size(status.store_bytes)
    ));
    screen.line(format_args!(
        "Relay for new partnerships: {}",
        status
            .relay
            .as_deref()
            .map_or_else(|| "none yet".to_owned(), shown_line)
    ));
    screen.line(if status.recovery_words_due {
        "Recovery words: not confirmed yet (`belay recovery words`)"
    } else {
        "Recovery words: confirmed"
    });
    for path in &status.set_aside {
        screen.line(format_args!(
            "Set aside because it could not be read: {}",
            shown_line(path)
        ));
    }
    if !status.invitations.is_empty() {
        screen.gap();
        screen.heading("Invitations");
        for (index, view) in status.invitations.iter().enumerate() {
            draw_invitation(screen, index + 1, view, now);
        }
    }
    for space in &status.spaces {
        screen.gap();
        draw_space(screen, space, now);
    }
}

fn draw_space(screen: &mut Screen, space: &SpaceStatusView, now: &Moment) {
    let title = match &space.partner {
        Some(partner) => format!("Shared with {}", partner_name(partner)),
        None => "Your own, on this device only".to_owned(),
    };
    screen.heading(&title);
    let held = match space.held {
        0 => String::new(),
        held => format!(", {held} in their hold"),
    };
    screen.line(format_args!(
        "  {}, {} to go out{held}",
        count(space.items, "item"),
        space.queued
    ));
    if space.paused {
        screen.line("  sharing is paused: what you wrote stays here");
    }
    if let Some(fault) = &space.fault {
        screen.line(format_args!(
            "  cannot be read just now ({fault}); everything else goes on as before"
        ));
    }
    if space.own_device_twice {
        screen.line("  this device exists twice: a copy of its store wrote, too");
        screen.line("    `belay device list` says what to do");
    }
    match space.comparison {
        Some(ComparisonView::NotCompared) => {
            screen.line("  the four words are not compared yet (`belay pair compare`)");
        }
        Some(ComparisonView::Different) => {
            screen.line("  the four words differed: somebody may stand between you");
        }
        Some(ComparisonView::Same) | None => {}
    }
    if let Some(epoch) = &space.epoch {
        draw_epochs(screen, epoch, space, now);
    }
    for peer in &space.peers {
        draw_peer(screen, peer, now);
    }
    screen.line(format_args!(
        "  sealed bytes: {} out, {} in",
        size(space.traffic.sent_bytes),
        size(space.traffic.received_bytes)
    ));
    let odd = [
        (space.waiting, "waiting for something before them"),
        (space.needs_newer, "need a newer Belay"),
        (space.parked, "parked: more than anybody reads in a day"),
        (space.dropped, "dropped: too much was waiting already"),
        (space.quarantined, "set aside because they break a rule"),
        (space.shadowed, "from a device that exists twice"),
    ];
    for (number, what) in odd {
        if number > 0 {
            screen.line(format_args!("  {}: {what}", count(number, "item")));
        }
    }
    for relay in &space.relays {
        let contact = relay.last_contact_at_ms.map_or_else(
            || "not reached yet".to_owned(),
            |at_ms| ago(now.at_ms(), at_ms),
        );
        let error = relay
            .last_error
            .as_ref()
            .map(|code| format!(", last try: {}", shown_line(code)))
            .unwrap_or_default();
        let next = relay
            .next_try_at_ms
            .map(|at_ms| format!(", next try {}", ahead(now.at_ms(), at_ms)))
            .unwrap_or_default();
        screen.line(format_args!(
            "  {} · {contact}{error}{next}",
            shown_line(&relay.origin)
        ));
        if let Some(at_ms) = relay.read_until_ms {
            screen.line(format_args!(
                "    left for another one; read for {} more",
                count(days_left(now.at_ms(), at_ms), "day")
            ));
        }
        let asked = [
            (relay.erasures.waiting, "waiting to be erased there"),
            (relay.erasures.erased, "erased there"),
            (relay.erasures.not_there, "to be erased, and not there"),
            (relay.erasures.refused, "it would not erase"),
        ];
        for (number, what) in asked {
            if number > 0 {
                screen.line(format_args!(
                    "    {}: {what}",
                    count(number, "sealed envelope")
                ));
            }
        }
        if let Some(notice) = &relay.noticed {
            let when = ago(now.at_ms(), notice.at_ms);
            screen.line(format_args!("    {}, {when}", notice_words(&notice.word)));
        }
        if let Some(offset_ms) = relay.clock_offset_ms {
            let way = if offset_ms > 0 { "ahead of" } else { "behind" };
            screen.line(format_args!(
                "    its clock is about {} {way} this device's: one of the two is wrong",
                span(offset_ms)
            ));
        }
    }
}

fn draw_epochs(screen: &mut Screen, epoch: &str, space: &SpaceStatusView, now: &Moment) {
    let since = space
        .epochs
        .since_at_ms
        .map(|at_ms| format!(", here since {}", ago(now.at_ms(), at_ms)))
        .unwrap_or_default();
    let owed = if space.epochs.owed {
        "; a new one is due"
    } else {
        ""
    };
    screen.line(format_args!(
        "  written under epoch {epoch}, number {} of those known{since}{owed}",
        space.epochs.count
    ));
}

fn draw_peer(screen: &mut Screen, peer: &PeerStatusView, now: &Moment) {
    let name = peer
        .name
        .as_deref()
        .map_or_else(|| "you".to_owned(), partner_name);
    let gone = if peer.gone { ", gone" } else { "" };
    screen.line(format_args!("  {name}{gone}"));
    for device in &peer.devices {
        screen.line(format_args!("    {}", device_line(device, now)));
    }
}

fn device_line(device: &DeviceStatusView, now: &Moment) -> String {
    let mut line = match (&device.name, device.this_device) {
        (Some(name), true) => format!("{} (this device)", shown_line(name)),
        (Some(name), false) => shown_line(name),
        (None, true) => "this device".to_owned(),
        (None, false) => format!("device {:.8}", device.device.to_string()),
    };
    let mut add = |what: String| line.push_str(&format!(" · {what}"));
    if device.removed {
        add("removed".to_owned());
    }
    if let Some(at_ms) = device.as_of_at_ms {
        add(format!("as of {}", ago(now.at_ms(), at_ms)));
    }
    if let Some(place) = device.incomplete_from {
        add(format!("incomplete from {place}"));
    }
    if device.not_told > 0 && !device.removed {
        add(format!(
            "has not told of {}",
            count(device.not_told, "item")
        ));
    }
    if let Some(at_ms) = device.met_at_ms {
        add(format!("met {}", ago(now.at_ms(), at_ms)));
    }
    if device.twice {
        add("exists twice".to_owned());
    }
    line
}

/// What was odd about a relay, in words.
fn notice_words(word: &str) -> String {
    match word {
        "began-again" => "it had lost everything and got it again".to_owned(),
        "went-back" => "it was put back to an earlier time and got again what it lacked".to_owned(),
        "contradicts-itself" => {
            "it showed something else than it was given, and got it again".to_owned()
        }
        other => shown_line(other),
    }
}

/// A difference of clocks, in the largest unit that fits.
fn span(difference_ms: i64) -> String {
    let minutes = difference_ms.unsigned_abs() / 60_000;
    match minutes {
        0..120 => count(minutes, "minute"),
        120..2_880 => count(minutes / 60, "hour"),
        _ => count(minutes / 1_440, "day"),
    }
}

/// Whole days until then, at least one.
fn days_left(now_ms: i64, then_ms: i64) -> u64 {
    let left = u64::try_from(then_ms.saturating_sub(now_ms)).unwrap_or(0);
    left.div_ceil(24 * 60 * 60 * 1000).max(1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_word_about_a_relay_has_a_sentence() {
        for word in belay_engine::RELAY_WORDS {
            assert_ne!(notice_words(word), *word);
        }
    }

    #[test]
    fn a_difference_of_clocks_is_said_in_a_unit_that_fits() {
        assert_eq!(span(-7 * 60_000), "7 minutes");
        assert_eq!(span(3 * 3_600_000), "3 hours");
        assert_eq!(span(365 * 86_400_000), "365 days");
    }
}
