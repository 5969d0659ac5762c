//! Invitations at a distance: what stands, and what became of it.

use belay_engine::model::Moment;
use belay_engine::{InvitationStateView, OpenInvitationView};

use crate::screen::{HEADING, Screen};
use crate::times::instant;
use crate::words::shown_line;

/// How an invitation stands, in a sentence.
pub fn invitation_words(view: &OpenInvitationView, now: &Moment) -> String {
    let until = instant(view.expires_at_ms, now);
    match (view.state, view.made_here) {
        (InvitationStateView::Waiting, true) => {
            format!("nobody has answered yet; it holds until {until}")
        }
        (InvitationStateView::Waiting, false) => {
            format!("you answered; waiting for their device until {until}")
        }
        (InvitationStateView::Answered, _) => "they answered, finishing".to_owned(),
        (InvitationStateView::Paired, _) => "you are partners now".to_owned(),
        (InvitationStateView::Expired, true) => "it ran out, and nobody had answered".to_owned(),
        (InvitationStateView::Expired, false) => {
            "it ran out before their device came back to it".to_owned()
        }
        (InvitationStateView::Burned, true) => {
            "somebody answered who does not have it, or took the answer back; make a new one"
                .to_owned()
        }
        (InvitationStateView::Burned, false) => {
            "they took it back, or something on the way did not come from them; ask for a new one"
                .to_owned()
        }
        (InvitationStateView::Used, _) => {
            "somebody else answered it first; if that was neither of you, begin again".to_owned()
        }
    }
}

/// Draws one of the list.
pub fn draw_invitation(
    screen: &mut Screen,
    number: usize,
    view: &OpenInvitationView,
    now: &Moment,
) {
    let whose = if view.made_here {
        "Your invitation of"
    } else {
        "An invitation you answered"
    };
    screen.line(format_args!(
        "{number}. {whose} {}: {}",
        instant(view.made_at_ms, now),
        invitation_words(view, now)
    ));
    if let Some(text) = &view.text {
        let text = screen.paint(HEADING, text);
        screen.line(format_args!("   {text}"));
    }
    let trouble = view
        .last_error
        .as_ref()
        .map(|code| format!(", last try: {}", shown_line(code)))
        .unwrap_or_default();
    screen.line(format_args!("   at {}{trouble}", shown_line(&view.relay)));
}
