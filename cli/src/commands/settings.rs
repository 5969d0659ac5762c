//! `belay settings`: shows them, or changes what the flags name.

use belay_engine::model::{DayStart, Mood, MoodLabel, Weekday};
use belay_engine::{Engine, SettingsEdit, SettingsView};

use crate::context::{Context, tidy};
use crate::error::{CliError, Result};
use crate::screen::Screen;
use crate::words::shown_line;

/// Flags of `settings`.
#[derive(Debug, clap::Args)]
pub struct SettingsArgs {
    /// The name your partners see
    #[arg(long, value_name = "NAME")]
    name: Option<String>,
    /// Stay in this time zone wherever the device is; `device` follows it again
    #[arg(long, value_name = "ZONE")]
    fixed_zone: Option<String>,
    /// The hour your day begins, 0 to 6
    #[arg(long, value_name = "HOUR")]
    day_start: Option<u8>,
    /// How many seconds a shared copy waits before it leaves
    #[arg(long, value_name = "SECONDS")]
    hold: Option<u32>,
    /// The day your weeks begin on
    #[arg(long, value_name = "WEEKDAY")]
    week_start: Option<Weekday>,
    /// Your own word for a step of the mood, such as 5=bright; `5=` takes it away
    #[arg(long = "mood-word", value_name = "STEP=WORD")]
    mood_words: Vec<String>,
}

/// Shows or changes.
pub fn run(args: SettingsArgs, context: &Context, screen: &mut Screen) -> Result<()> {
    let engine = context.open(screen)?;
    let mood_labels = match args.mood_words.is_empty() {
        true => None,
        false => Some(mood_labels(&engine, &args.mood_words)?),
    };
    let edit = SettingsEdit {
        display_name: args.name,
        zone_name: args
            .fixed_zone
            .map(|zone| (zone != "device").then_some(zone)),
        day_start: args.day_start.map(DayStart::new).transpose()?,
        hold_seconds: args.hold,
        week_start: args.week_start,
        mood_labels,
    };
    let changes = edit.display_name.is_some()
        || edit.zone_name.is_some()
        || edit.day_start.is_some()
        || edit.hold_seconds.is_some()
        || edit.week_start.is_some()
        || edit.mood_labels.is_some();
    let view = if changes {
        engine.edit_settings(edit)?
    } else {
        engine.settings()?
    };
    tidy(&engine);
    screen.show(&view, draw);
    Ok(())
}

/// The words that stand now, with what was named changed.
fn mood_labels(engine: &Engine, named: &[String]) -> Result<Vec<MoodLabel>> {
    let mut labels = engine.settings()?.settings.mood_labels;
    for named in named {
        let (step, word) = named.split_once('=').ok_or(CliError::Input {
            field: "mood_labels",
            rule: "unknown_word",
        })?;
        let mood: Mood = step.parse()?;
        labels.retain(|own| own.mood != mood);
        if !word.trim().is_empty() {
            labels.push(MoodLabel {
                mood,
                label: word.trim().to_owned(),
            });
        }
    }
    Ok(labels)
}

fn draw(screen: &mut Screen, view: &SettingsView) {
    let settings = &view.settings;
    let name = settings.display_name.as_ref().map_or_else(
        || "not chosen yet".to_owned(),
        |name| shown_line(name.as_str()),
    );
    let follows = if settings.zone_name.is_some() {
        "fixed"
    } else {
        "as the device says"
    };
    screen.line(format_args!("Name       {name}"));
    screen.line(format_args!(
        "Zone       {} ({follows})",
        view.zone_in_force
    ));
    screen.line(format_args!(
        "Day start  {:02}:00",
        settings.day_start.hour()
    ));
    screen.line(format_args!(
        "Hold       {} s before a shared copy leaves",
        settings.hold_seconds
    ));
    screen.line(format_args!("Week       begins on {}", settings.week_start));
    for own in &settings.mood_labels {
        screen.line(format_args!(
            "Mood {}     {}",
            own.mood.step(),
            shown_line(&own.label)
        ));
    }
}
