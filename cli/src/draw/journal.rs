//! Journal entries and passages.

use belay_engine::model::{CivilDay, Moment, Snippet};
use belay_engine::{EntryLineView, EntryView, PartnerPassageView, PassageView};

use super::{attachment_state, attachment_words, draw_response};
use crate::screen::{HEADING, ROPE, Screen};
use crate::times::{ago, instant, near_day};
use crate::words::{partner_name, shown, shown_line};

/// One entry on one line.
pub fn draw_entry_line(
    screen: &mut Screen,
    number: Option<usize>,
    line: &EntryLineView,
    today: CivilDay,
) {
    let number = number.map_or_else(
        || format!("{}  ", &line.name.to_string()[..8]),
        |number| format!("{number}. "),
    );
    let words = line.title.as_deref().unwrap_or(&line.excerpt);
    let tags: String = line.tags.iter().map(|tag| format!(" #{tag}")).collect();
    screen.line(format_args!(
        "{number}{}  {}{}",
        near_day(line.on, today),
        shown_line(words),
        shown_line(&tags)
    ));
}

/// One entry, whole.
pub fn draw_entry(screen: &mut Screen, view: &EntryView, now: &Moment) {
    let entry = &view.entry;
    let today = now.civil_day(Default::default());
    let title = entry.title.as_deref().map(shown_line).unwrap_or_default();
    let title = screen.paint(HEADING, &title);
    screen.line(format_args!("{}  {title}", near_day(entry.on, today)));
    let mut about = vec![format!("written {}", instant(entry.written.at_ms(), now))];
    if view.late {
        about.push("on a later day".to_owned());
    }
    if let Some(at_ms) = entry.edited_at_ms {
        about.push(format!("changed {}", ago(now.at_ms(), at_ms)));
    }
    about.extend(entry.mood.map(|mood| format!("mood {mood}")));
    about.extend(entry.tags.iter().map(|tag| format!("#{}", shown_line(tag))));
    screen.quiet(&about.join(" · "));
    if let Some(prompt) = &entry.prompt {
        screen.quiet(&shown_line(prompt));
    }
    screen.line(shown(&entry.text));
    for passage in &view.passages {
        draw_passage(screen, None, passage);
        for response in &passage.responses {
            draw_response(screen, "    ", response, now);
        }
    }
}

/// A passage that was given, in one line.
pub fn draw_passage(screen: &mut Screen, number: Option<usize>, view: &PassageView) {
    let number = number.map_or_else(|| "  ".to_owned(), |number| format!("{number}. "));
    let name = screen.paint(ROPE, &partner_name(&view.partner));
    let text: String = shown_line(&view.passage.text).chars().take(80).collect();
    screen.line(format_args!("{number}{name} has: {text}"));
}

/// A passage a partner gave, with the answers to it.
pub fn draw_partner_passage(
    screen: &mut Screen,
    number: usize,
    view: &PartnerPassageView,
    now: &Moment,
) {
    let when = ago(now.at_ms(), view.passage.shared.at_ms());
    screen.quiet(&format!("{number}. given {when}"));
    screen.line(shown(&view.passage.text));
    for (number, attachment) in view.attachments.iter().enumerate() {
        let (words, state) = (attachment_words(attachment), attachment_state(attachment));
        screen.line(format_args!("    {}  {words}{state}", number + 1));
    }
    for response in &view.responses {
        draw_response(screen, "    ", response, now);
    }
}

/// A piece of an entry with the found words standing out.
pub fn draw_snippet(screen: &mut Screen, snippet: &Snippet) {
    let mut line = String::from(if snippet.more_before {
        "    … "
    } else {
        "    "
    });
    for part in &snippet.parts {
        let text = shown_line(&part.text);
        if part.found {
            line.push_str(&screen.found(&text));
        } else {
            line.push_str(&text);
        }
    }
    if snippet.more_after {
        line.push_str(" …");
    }
    screen.line(line);
}
