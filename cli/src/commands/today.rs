//! `belay today`: the person's day, in the order of the phones' first page.

use belay_engine::model::{DocName, Moment};
use belay_engine::{PartnerTodayView, TodayView};

use crate::context::Context;
use crate::draw::{as_of, draw_check_in, draw_goal, draw_partner_check_in};
use crate::error::Result;
use crate::screen::{ROPE, Screen};
use crate::words::{partner_name, shown_line};

/// Shows the day.
pub fn run(context: &Context, screen: &mut Screen) -> Result<()> {
    let engine = context.open(screen)?;
    let now = engine.now()?;
    let today = engine.today()?;
    // Numbers are places in the whole list, here as everywhere.
    let goals: Vec<DocName> = engine.goals()?.iter().map(|goal| goal.name).collect();
    let due = !screen.json() && engine.status()?.recovery_words_due;
    // Looking decides what of it counts for the day, so a program that reads on asks for it by itself.
    let reached = match screen.json() {
        true => belay_engine::ReachedView::default(),
        false => engine.reached()?,
    };
    screen.show(&today, |screen, today| {
        super::support::draw_reached(screen, &reached, now.at_ms());
        draw(screen, today, &goals, &now);
    });
    if due {
        screen.gap();
        screen.quiet("Your recovery words are not confirmed yet: `belay recovery words`.");
    }
    Ok(())
}

fn draw(screen: &mut Screen, today: &TodayView, goals: &[DocName], now: &Moment) {
    let day = today.on.to_naive().format("%A, %-d %B");
    screen.heading(&format!(
        "{day} · {} {}",
        today.local_time,
        shown_line(&today.zone)
    ));
    if today.check_ins.is_empty() {
        screen.line("Sixty seconds? `belay check-in`");
    }
    for view in &today.check_ins {
        draw_check_in(screen, None, view, now);
    }
    if !today.goals.is_empty() {
        screen.gap();
        screen.heading("Goals");
        for goal in &today.goals {
            let place = goals.iter().position(|name| *name == goal.name);
            draw_goal(screen, place.map_or(0, |index| index + 1), goal, now);
        }
    }
    if !today.partners.is_empty() {
        screen.gap();
        screen.heading("The rope");
        for partner in &today.partners {
            draw_partner(screen, partner, now);
        }
    }
}

fn draw_partner(screen: &mut Screen, view: &PartnerTodayView, now: &Moment) {
    let name = screen.paint(ROPE, &partner_name(&view.partner.name));
    screen.line(format_args!("{name}  {}", as_of(&view.partner, now)));
    if let Some(last) = &view.last {
        draw_partner_check_in(screen, None, last, now);
    }
}
