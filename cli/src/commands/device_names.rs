//! `belay device list`, `name` and `revoke`: which devices are the person's, how they are called, and taking one
//! out again.

use belay_engine::model::Moment;
use belay_engine::{
    DeviceStandingView, Engine, OwnDeviceRowView, OwnDeviceView, RemovedDeviceView, TwiceAdviceView,
};
use serde_json::json;

use crate::context::{runtime, tidy};
use crate::error::{CliError, Result};
use crate::prompt;
use crate::screen::Screen;
use crate::words::shown_line;

/// Lists the devices, and those that were removed.
pub fn list(engine: &Engine, screen: &mut Screen) -> Result<()> {
    let now = engine.now()?;
    let page = engine.devices_page()?;
    screen.show(&page, |screen, page| {
        draw_standing(screen, &page.standing, &now);
        let devices: Vec<_> = page.devices.iter().map(|row| row.device.clone()).collect();
        draw(screen, &devices, &now);
        for row in &page.devices {
            draw_twice(screen, row);
        }
        if let Some(arriving) = page.arriving {
            screen.line(format_args!(
                "{} of {} things have come to this device so far; `belay sync` brings the rest.",
                arriving.items, arriving.of_items
            ));
        }
        draw_removed(screen, &page.removed, &now);
    });
    Ok(())
}

/// Says of a device that exists twice what helps.
fn draw_twice(screen: &mut Screen, row: &OwnDeviceRowView) {
    let Some(advice) = row.twice else {
        return;
    };
    let name = called(row.device.name.as_deref());
    screen.gap();
    screen.line(format_args!(
        "{name} exists twice: its store was copied, and both copies wrote."
    ));
    screen.line(match advice {
        TwiceAdviceView::RemoveAndAddAgain => format!(
            "Remove it here (`belay device revoke {name}`), begin anew on it, and add it again."
        ),
        TwiceAdviceView::RemoveFromAnother => {
            "It is this one. Remove it on another of your devices, begin anew here, and add it again."
                .to_owned()
        }
        TwiceAdviceView::KeepOne => {
            "It is this one. Go on with one of the two, and delete everything on the other."
                .to_owned()
        }
    });
}

/// Says it where this device was removed.
fn draw_standing(screen: &mut Screen, standing: &DeviceStandingView, now: &Moment) {
    let DeviceStandingView::Removed { by, at_ms } = standing else {
        return;
    };
    let by = by.as_deref().map_or_else(
        || "another of your devices".to_owned(),
        |name| shown_line(name).to_string(),
    );
    let when = at_ms.map_or(String::new(), |at_ms| {
        format!(", {}", crate::times::instant(at_ms, now))
    });
    screen.line(format_args!("This device was removed by {by}{when}."));
    screen.line("What is on it stays readable here. Nothing is written, sent or fetched any more.");
    screen.line(
        "If that was not you, look at your other devices. To use this one again, begin anew on it.",
    );
    screen.gap();
}

/// Draws devices that are in use.
pub fn draw(screen: &mut Screen, devices: &[OwnDeviceView], now: &Moment) {
    for (index, device) in devices.iter().enumerate() {
        let name = called(device.name.as_deref());
        let heard = match (device.this_device, device.as_of_at_ms) {
            (true, _) => "  (this one)".to_owned(),
            (false, None) => "  (nothing came from it yet)".to_owned(),
            (false, Some(at_ms)) => {
                format!("  (last heard {})", crate::times::instant(at_ms, now))
            }
        };
        let added = device.added_at_ms.map_or(String::new(), |at_ms| {
            format!("  since {}", crate::times::instant(at_ms, now))
        });
        screen.line(format_args!("{}  {name}{heard}{added}", index + 1));
    }
}

fn draw_removed(screen: &mut Screen, removed: &[RemovedDeviceView], now: &Moment) {
    for device in removed {
        let name = called(device.name.as_deref());
        let when = device.removed_at_ms.map_or(String::new(), |at_ms| {
            format!(" {}", crate::times::instant(at_ms, now))
        });
        let by = device
            .removed_by
            .as_deref()
            .map_or(String::new(), |by| format!(" by {}", shown_line(by)));
        screen.line(format_args!("-  {name}  removed{when}{by}"));
        if device.waiting > 0 {
            screen.line(format_args!(
                "   {} things it wrote wait; `belay device take-in {name}` lets them count.",
                device.waiting
            ));
        }
    }
}

fn called(name: Option<&str>) -> String {
    name.map_or_else(
        || "your first device".to_owned(),
        |name| shown_line(name).to_string(),
    )
}

/// Calls a device by another name.
pub fn name(engine: &Engine, device: &str, name: &str, screen: &mut Screen) -> Result<()> {
    let found = crate::pick::own_device(engine, device)?;
    let devices = engine.rename_own_device(&found.device, name)?;
    tidy(engine);
    let now = engine.now()?;
    screen.show(&devices, |screen, devices| draw(screen, devices, &now));
    Ok(())
}

/// Removes a device, after the person said yes, and tells the others where a relay is. `words` asks for the recovery
/// words, whose act outranks every device's.
pub fn revoke(
    engine: &Engine,
    device: &str,
    words: bool,
    yes: bool,
    screen: &mut Screen,
) -> Result<()> {
    let found = crate::pick::own_device(engine, device)?;
    if !yes {
        if !prompt::can_ask(screen) {
            return Err(CliError::NeedsAnswer { flag: "--yes" });
        }
        screen.line(format_args!(
            "{} keeps what is on it, and reads nothing that you or your partners write from now on.",
            called(found.name.as_deref())
        ));
        match prompt::line("Remove it? (yes/no)")?.as_deref() {
            Some("y" | "yes") => {}
            _ => return Err(CliError::Declined),
        }
    }
    let devices = if words {
        let typed = super::recover::typed(false, screen)?;
        let page = engine.revoke_with_words(&[found.device], &typed)?;
        page.devices.into_iter().map(|row| row.device).collect()
    } else {
        engine.revoke_own_device(&found.device)?
    };
    screen.progress("Telling your other devices and partners ...");
    let report = runtime()?.block_on(engine.sync(&|_| {}))?;
    tidy(engine);
    let now = engine.now()?;
    screen.show(&devices, |screen, devices| {
        screen.line("It was removed. All secrets are new.");
        if !report.troubles.is_empty() {
            screen.line("A relay could not be reached; `belay sync` tells the others.");
        }
        draw(screen, devices, &now);
    });
    Ok(())
}

/// Lets what a removed device wrote count after all.
pub fn take_in(engine: &Engine, device: &str, screen: &mut Screen) -> Result<()> {
    let found = crate::pick::removed_device(engine, device)?;
    let taken = engine.take_in_from_removed_device(&found.device)?;
    tidy(engine);
    screen.show(&json!({ "taken_in": taken }), |screen, _| {
        screen.line(format_args!("{taken} things it wrote count now."));
    });
    Ok(())
}
