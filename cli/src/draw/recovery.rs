//! How coming back stands, and the 24 words on one screen.

use belay_engine::{RecoveryGapView, RecoveryView};

use crate::screen::Screen;
use crate::words::shown;

/// The 24 words in four columns.
pub fn draw_words(screen: &mut Screen, words: &[String]) {
    screen.heading("Your 24 recovery words");
    screen.line("Write them on paper. Who has them can bring your Belay back, and read it; nobody else can.");
    let rows = words.len().div_ceil(4);
    for row in 0..rows {
        let line: Vec<String> = (0..4)
            .filter_map(|column| {
                let index = column * rows + row;
                words
                    .get(index)
                    .map(|word| format!("{:>2} {word:<10}", index + 1))
            })
            .collect();
        screen.line(format_args!("  {}", line.join("  ").trim_end()));
    }
}

/// What would bring everything back, and what is missing.
pub fn draw_state(screen: &mut Screen, view: &RecoveryView) {
    screen.heading("If this device were lost today");
    screen.line(match (&view.copy, view.other_devices) {
        (Some(copy), _) => format!(
            "Your words and {} bring everything back.",
            shown(&copy.relay)
        ),
        (None, 0) => "Nothing would bring your things back yet.".to_owned(),
        (None, _) => "Your other device has everything; the words alone do not.".to_owned(),
    });
    for gap in &view.gaps {
        screen.line(format_args!("  - {}", gap_words(*gap)));
    }
    for holder in &view.holders {
        screen.line(format_args!(
            "  {} keeps share {} of set {}; {} are needed.",
            shown(&holder.partner),
            holder.index,
            holder.set,
            holder.threshold
        ));
    }
    match (view.drill_every_days, view.drill_due) {
        (Some(_), true) => screen.line("It is time to try the words: `belay recovery drill`."),
        (Some(days), false) => {
            screen.line(format_args!("Belay asks for the words every {days} days."));
        }
        (None, _) => {}
    }
}

fn gap_words(gap: RecoveryGapView) -> &'static str {
    match gap {
        RecoveryGapView::WordsNotConfirmed => {
            "The words are not confirmed: `belay recovery words` shows them, `confirm` takes them."
        }
        RecoveryGapView::NoCopy => {
            "No relay keeps a sealed copy: `belay device copy on` and `belay sync` change that."
        }
        RecoveryGapView::CopyNotSeen => "The relay's copy was not seen for a week: `belay sync`.",
        RecoveryGapView::NoSecondDevice => "There is no second device of yours.",
        RecoveryGapView::NoShares => "Nobody you trust keeps shares of your words.",
    }
}
