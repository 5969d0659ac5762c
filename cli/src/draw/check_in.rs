//! Check-ins: one's own, and what a partner will see or sees of one.

use std::collections::BTreeSet;

use belay_engine::model::{
    CheckIn, CheckInTemplate, Emotion, Energy, Moment, Mood, Need, SharedCheckIn,
};
use belay_engine::{CheckInView, DeliveryView, ErasureStateView, PreviewView, SharedWithView};

use super::{draw_response, outcome_words, status_mark};
use crate::screen::{HEADING, QUIET, ROPE, Screen};
use crate::times::{instant, near_day, offset};
use crate::words::{list_of, partner_name, shown, shown_line};

/// What a check-in says, whoever shows it.
pub struct Answers<'a> {
    mood: Option<Mood>,
    emotions: &'a BTreeSet<Emotion>,
    energy: Option<Energy>,
    texts: [(&'static str, Option<&'a str>); 3],
    need: Option<Need>,
    note: Option<&'a str>,
}

impl<'a> From<&'a CheckIn> for Answers<'a> {
    fn from(own: &'a CheckIn) -> Self {
        Self {
            mood: own.mood,
            emotions: &own.emotions,
            energy: own.energy,
            texts: [
                ("win", own.win.as_deref()),
                ("struggle", own.struggle.as_deref()),
                ("plan", own.plan.as_deref()),
            ],
            need: own.need,
            note: own.note.as_deref(),
        }
    }
}

impl<'a> From<&'a SharedCheckIn> for Answers<'a> {
    fn from(shared: &'a SharedCheckIn) -> Self {
        Self {
            mood: shared.mood,
            emotions: &shared.emotions,
            energy: shared.energy,
            texts: [
                ("win", shared.win.as_deref()),
                ("struggle", shared.struggle.as_deref()),
                ("plan", shared.plan.as_deref()),
            ],
            need: shared.need,
            note: shared.note.as_deref(),
        }
    }
}

/// A mood as a shape that fills: told apart without colour.
pub fn mood_shape(mood: Mood) -> &'static str {
    ["○", "◔", "◑", "◕", "●"][usize::from(mood.step() - 1)]
}

/// Draws the answers, one a line.
pub fn draw_answers<'a>(screen: &mut Screen, indent: &str, answers: impl Into<Answers<'a>>) {
    let answers = answers.into();
    if let Some(mood) = answers.mood {
        let shape = mood_shape(mood);
        answer(screen, indent, "mood", &format!("{shape} {mood}"));
    }
    if !answers.emotions.is_empty() {
        let words = list_of(answers.emotions.iter().map(|emotion| emotion.word()));
        answer(screen, indent, "feeling", &words);
    }
    if let Some(energy) = answers.energy {
        answer(screen, indent, "energy", energy.word());
    }
    for (name, text) in answers.texts {
        if let Some(text) = text {
            answer(screen, indent, name, text);
        }
    }
    if let Some(need) = answers.need {
        answer(screen, indent, "need", need.word());
    }
    if let Some(note) = answers.note {
        answer(screen, indent, "note", note);
    }
}

fn answer(screen: &mut Screen, indent: &str, name: &str, text: &str) {
    let label = screen.paint(QUIET, &format!("{name:<9}"));
    let below = format!("\n{indent}  {:<9} ", "");
    let text = shown(text).replace('\n', &below);
    screen.line(format_args!("{indent}  {label} {text}"));
}

/// Draws an own check-in with who sees it and what they answered.
pub fn draw_check_in(screen: &mut Screen, number: Option<usize>, view: &CheckInView, now: &Moment) {
    let own = &view.check_in;
    let today = now.civil_day(Default::default());
    let number = number
        .map(|number| format!("{number}. "))
        .unwrap_or_default();
    let mut line = format!("{number}{}", capital(&near_day(own.on, today)));
    line.push_str(template_words(own.template));
    let line = screen.paint(HEADING, &line);
    let zone = own.written.zone();
    let elsewhere = if zone.offset_seconds() == now.zone().offset_seconds() {
        String::new()
    } else {
        format!(" {}", shown_line(zone.name()))
    };
    let aside = format!(
        "  written {}{elsewhere}{}",
        own.written.local_time(),
        marks(view.late, view.edited, view.deleted)
    );
    let aside = screen.paint(QUIET, &aside);
    screen.line(format_args!("{line}{aside}"));
    draw_answers(screen, "", own);
    for shared in &view.shared_with {
        draw_delivery(screen, shared, now);
        draw_erasures(screen, shared);
    }
    for response in &view.responses {
        draw_response(screen, "  ", response, now);
    }
}

fn capital(words: &str) -> String {
    let mut letters = words.chars();
    letters
        .next()
        .map(|first| first.to_uppercase().chain(letters).collect())
        .unwrap_or_default()
}

fn template_words(template: CheckInTemplate) -> &'static str {
    match template {
        CheckInTemplate::Free => "",
        CheckInTemplate::Morning => ", morning pledge",
        CheckInTemplate::Evening => ", evening review",
    }
}

fn marks(late: bool, edited: bool, deleted: bool) -> String {
    [
        (late, " · written later"),
        (edited, " · edited"),
        (deleted, " · taken back"),
    ]
    .into_iter()
    .filter_map(|(is, mark)| is.then_some(mark))
    .collect()
}

/// Says how far a partner's copy has come.
pub fn draw_delivery(screen: &mut Screen, shared: &SharedWithView, now: &Moment) {
    let Some(state) = delivery_words(shared, now) else {
        return;
    };
    let partner = partner_name(&shared.partner);
    let line = format!(
        "  {partner} sees: {} · {state}",
        list_of(shared.fields.words())
    );
    let line = screen.paint(ROPE, &line);
    screen.line(line);
}

/// How far a copy has come: held, waiting, on the relay, received. Never "seen": nobody is told that.
pub(super) fn delivery_words(shared: &SharedWithView, now: &Moment) -> Option<String> {
    let partner = partner_name(&shared.partner);
    Some(match shared.delivery? {
        DeliveryView::Held { until_at_ms } if until_at_ms > now.at_ms() => {
            let seconds = (until_at_ms - now.at_ms() + 999) / 1000;
            format!("stays here {seconds} s more, for an undo")
        }
        DeliveryView::Held { .. } | DeliveryView::Queued => {
            "goes out when there is a connection".to_owned()
        }
        DeliveryView::Paused => "stays here while you share nothing with them".to_owned(),
        DeliveryView::OnRelay => {
            format!("on the relay; {partner}'s device says up to a day later that it has it")
        }
        DeliveryView::Received => format!("has arrived on {partner}'s device"),
    })
}

/// Says what became of earlier versions on the relays (J8).
pub fn draw_erasures(screen: &mut Screen, shared: &SharedWithView) {
    let partner = partner_name(&shared.partner);
    for erasure in &shared.erasures {
        let relay = shown_line(&erasure.relay);
        let state = match erasure.state {
            ErasureStateView::Waiting => format!("{relay} is asked to erase it with the next sync"),
            ErasureStateView::Erased => format!("erased at {relay}"),
            ErasureStateView::NotThere => format!("not at {relay}"),
            ErasureStateView::Refused => format!("{relay} would not erase it"),
        };
        let line = format!("  what {partner} could see before: {state}");
        let line = screen.paint(QUIET, &line);
        screen.line(line);
    }
}

/// Draws exactly what one partner will see (C4).
pub fn draw_preview(screen: &mut Screen, preview: &PreviewView, now: &Moment) {
    let partner = partner_name(&preview.partner);
    if preview.check_in.is_none() && preview.outcomes.is_empty() {
        screen.line(format_args!("{partner} will see nothing of this."));
        return;
    }
    let heading = screen.paint(ROPE, &format!("What {partner} will see"));
    screen.line(heading);
    if let Some(check_in) = &preview.check_in {
        draw_shared_heading(screen, "  ", check_in, now);
        draw_answers(screen, "  ", check_in);
    }
    for outcome in &preview.outcomes {
        screen.line(format_args!(
            "    {} {}{}",
            status_mark(outcome.outcome.status),
            shown_line(&outcome.goal_title),
            outcome_words(&outcome.outcome)
        ));
    }
}

/// The line above a shared check-in: its writer's day and clock.
pub(super) fn draw_shared_heading(
    screen: &mut Screen,
    indent: &str,
    shared: &SharedCheckIn,
    now: &Moment,
) {
    let today = now.civil_day(Default::default());
    let line = screen.paint(
        HEADING,
        &format!(
            "{}{}",
            crate::times::day(shared.on, today),
            template_words(shared.template)
        ),
    );
    let written = shared.written;
    let clock = if written.offset_seconds() == now.zone().offset_seconds() {
        written.local_time().to_string()
    } else {
        format!(
            "{} ({}), {} here",
            written.local_time(),
            offset(written.offset_seconds()),
            instant(written.at_ms(), now)
        )
    };
    let aside = format!(
        "  written {clock}{}",
        marks(shared.late, shared.edited, false)
    );
    let aside = screen.paint(QUIET, &aside);
    screen.line(format_args!("{indent}{line}{aside}"));
}
