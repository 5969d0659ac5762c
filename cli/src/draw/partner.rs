//! Partners and what they shared, always with how fresh it is (principle 4).

use belay_engine::model::{LAST_DAYS, Moment};
use belay_engine::{
    ComparisonView, PartnerCheckInView, PartnerGoalView, PartnerView, PartnershipStandingView,
    ResponseView,
};

use super::check_in::{draw_answers, draw_shared_heading};
use super::goal::draw_shared_goal;
use super::{outcome_words, status_mark};
use crate::screen::{QUIET, ROPE, Screen};
use crate::times::{ago, day, instant};
use crate::words::{count, partner_name, shown};

/// How fresh what is known of the partner is. Nothing received is never "not done".
pub fn as_of(partner: &PartnerView, now: &Moment) -> String {
    let name = partner_name(&partner.name);
    let mut words = match partner.as_of_at_ms {
        None => format!("Nothing from {name} has reached this device yet."),
        Some(at_ms) => format!(
            "As of {}, {}.",
            ago(now.at_ms(), at_ms),
            instant(at_ms, now)
        ),
    };
    if partner.clock_ahead {
        words.push_str(" Their clock runs ahead of this one.");
    }
    if let Some(from) = partner.incomplete_from {
        words.push_str(&format!(
            " Something in between is still on its way (from number {from} on)."
        ));
    }
    if partner.needs_newer > 0 {
        words.push_str(&format!(
            " {} of it needs a newer Belay.",
            count(partner.needs_newer, "item")
        ));
    }
    if partner.parked > 0 {
        words.push_str(&format!(
            " Their Belay sends more than anybody reads: {} of it {} parked. You can pause, leave or block.",
            count(partner.parked, "item"),
            if partner.parked == 1 { "is" } else { "are" }
        ));
    }
    words.push_str(&behind(partner, now));
    words
}

/// When what is shown may be behind, and how long nobody has looked. Said of open partnerships only: of the
/// others the standing says it.
fn behind(partner: &PartnerView, now: &Moment) -> String {
    let ended = matches!(
        partner.standing,
        PartnershipStandingView::Left | PartnershipStandingView::Blocked
    );
    if ended || !partner.may_be_behind || partner.as_of_at_ms.is_none() {
        return String::new();
    }
    match partner.reached_at_ms {
        None => " This may be behind: the relay was not reached yet.".to_owned(),
        Some(at_ms) => format!(
            " This may be behind: last heard from the relay {}.",
            ago(now.at_ms(), at_ms)
        ),
    }
}

/// One partner on one or two lines.
pub fn draw_partner_line(screen: &mut Screen, number: usize, partner: &PartnerView, now: &Moment) {
    let name = screen.paint(ROPE, &partner_name(&partner.name));
    let standing = match partner.standing {
        PartnershipStandingView::Waiting => "has not answered yet",
        PartnershipStandingView::Active => "partner",
        PartnershipStandingView::PartnerLeft => "has left; what was shared stays readable",
        PartnershipStandingView::Left => "you left; nothing goes out or comes in any more",
        PartnershipStandingView::Blocked => "blocked; nothing of theirs is read any more",
    };
    let compared = match partner.comparison {
        ComparisonView::Same => "you compared the four words",
        ComparisonView::NotCompared => "words not compared yet",
        ComparisonView::Different => "the words differed: somebody may stand between you",
    };
    screen.line(format_args!("{number}. {name}  {standing} · {compared}"));
    screen.line(format_args!("   {}", as_of(partner, now)));
    if partner.paused {
        screen.line("   Sharing is paused; they are not told.");
    }
    screen.line(format_args!(
        "   Usually sees of your check-ins: {}",
        partner.usual_fields
    ));
}

/// Draws a check-in a partner shared, with the answers to it.
pub fn draw_partner_check_in(
    screen: &mut Screen,
    number: Option<usize>,
    view: &PartnerCheckInView,
    now: &Moment,
) {
    let number = number.map_or_else(|| "  ".to_owned(), |number| format!("{number}. "));
    draw_shared_heading(screen, &number, &view.check_in, now);
    draw_answers(screen, "  ", &view.check_in);
    for response in &view.responses {
        draw_response(screen, "    ", response, now);
    }
}

/// Draws a goal a partner shares, with the newest of its outcomes. Days without one are not drawn: they
/// are not known here.
pub fn draw_partner_goal(screen: &mut Screen, view: &PartnerGoalView, now: &Moment) {
    draw_shared_goal(screen, "  ", &view.goal);
    let today = now.civil_day(Default::default());
    for outcome in view.outcomes.iter().take(LAST_DAYS) {
        screen.line(format_args!(
            "    {} {}{}",
            status_mark(outcome.status),
            day(outcome.on, today),
            outcome_words(outcome)
        ));
    }
}

/// Draws an answer.
pub fn draw_response(screen: &mut Screen, indent: &str, view: &ResponseView, now: &Moment) {
    let from = if view.own {
        "you".to_owned()
    } else {
        partner_name(&view.from)
    };
    let response = &view.response;
    let text = response.text.as_deref().map_or_else(String::new, |text| {
        format!(
            ": {}",
            shown(text).replace('\n', &format!("\n{indent}    "))
        )
    });
    let line = screen.paint(ROPE, &format!("↳ {from} · {}{text}", response.kind));
    let when = screen.paint(
        QUIET,
        &format!("  {}", ago(now.at_ms(), response.written.at_ms())),
    );
    screen.line(format_args!("{indent}{line}{when}"));
}
