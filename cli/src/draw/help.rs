//! The page of help in a bad hour.

use belay_engine::library::{LineChannel, LineFor};
use belay_engine::{CrisisLineView, HelpNowView};

use crate::screen::Screen;
use crate::words::shown_line;

/// Own people, emergency, lines, steps: in this order, with what makes each number trustworthy.
pub fn page(screen: &mut Screen, view: &HelpNowView) {
    if !view.own.is_empty() {
        screen.heading("Your people");
        for person in &view.own {
            screen.line(format_args!(
                "  {}  {}",
                shown_line(&person.name),
                shown_line(&person.address)
            ));
            if let Some(note) = &person.note {
                screen.quiet(&format!("    {}", shown_line(note)));
            }
        }
        screen.gap();
    }
    match &view.country {
        Some(country) => screen.heading(&country.name),
        None => screen
            .line("Belay knows no numbers for your country. `--country XX` names another one."),
    }
    for lines in [&view.emergency, &view.lines, &view.more, &view.directory] {
        for line in lines {
            draw_line(screen, line);
        }
    }
    if view.hidden_as_old > 0 {
        screen.line(
            "Some numbers are not shown: nobody checked them for a year. A newer Belay may have them.",
        );
    }
    screen.quiet("Numbers change. Check them if you can.");
    screen.gap();
    screen.heading("Right now");
    for step in &view.grounding.steps {
        screen.line(format_args!("  {}", step.step));
    }
    if !view.grounding.reviewed {
        screen.quiet("These steps were not yet reviewed by a native professional.");
    }
    screen.gap();
    screen.line("Belay is no crisis service, and nobody reads along.");
}

fn draw_line(screen: &mut Screen, line: &CrisisLineView) {
    screen.line(format_args!("  {}  {}", line.address, line.organisation));
    let mut about = vec![
        match line.channel {
            LineChannel::Call => "call",
            LineChannel::Text => "text",
            LineChannel::Chat => "chat",
            LineChannel::Web => "page",
        }
        .to_owned(),
    ];
    if line.for_whom != "all" && line.for_whom != "emergency" {
        about.push(format!("for {}", line.for_whom));
    }
    match &line.hours {
        Some(hours) => about.push(hours.clone()),
        // Hours say nothing of an emergency number or of a page.
        None if line.line_for == LineFor::Emergency || line.channel == LineChannel::Web => {}
        None => about.push("hours not known".to_owned()),
    }
    about.extend(line.languages.clone());
    about.push(match &line.source_date {
        Some(date) => format!("source of {date}"),
        None => "source without a date".to_owned(),
    });
    if line.read_with_care {
        about.push("read with care: old or differing sources".to_owned());
    }
    screen.quiet(&format!("      {}", about.join(" · ")));
}
