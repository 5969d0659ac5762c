//! `belay pair` for people who are not in one place: words or a link, and days in between.

use std::time::Duration;

use belay_engine::{
    BelayError, Engine, InvitationStateView, InviteBy, OpenInvitationView, mistyped_word,
};

use super::pair::{exchange_names, finish, ready_first};
use crate::context::{runtime, tidy};
use crate::draw::{draw_invitation, invitation_words};
use crate::error::{CliError, Result};
use crate::screen::{HEADING, Screen};
use crate::times::instant;

/// How long an answer waits for the other device before it is left to syncing.
const ANSWER_WITHIN: Duration = Duration::from_secs(5);

/// Makes an invitation and leaves it to syncing.
pub fn invite(engine: &Engine, by: InviteBy, screen: &mut Screen) -> Result<()> {
    ready_first(engine, screen)?;
    let made = runtime()?.block_on(engine.invite_apart(by))?;
    tidy(engine);
    let now = engine.now()?;
    screen.show(&made, |screen, made| {
        screen.heading(match by {
            InviteBy::Words => "Tell one person these four words, best on a call:",
            InviteBy::Link => "Send this link to one person:",
        });
        screen.gap();
        let text = screen.paint(HEADING, made.text.as_deref().unwrap_or_default());
        screen.line(format_args!("    {text}"));
        screen.gap();
        match by {
            InviteBy::Words => screen.line(format_args!(
                "They type `belay pair accept` and the words, with {} as their relay.",
                made.relay
            )),
            InviteBy::Link => screen.line("They type `belay pair accept` and paste it."),
        }
        screen.line(format_args!(
            "It works once, until {}. You need not wait: `belay sync` goes on with it.",
            instant(made.expires_at_ms, &now)
        ));
        screen.line("When you are partners, compare four words on a call: `belay pair compare`.");
    });
    Ok(())
}

/// Answers a link or four words.
pub fn accept(engine: &Engine, text: &str, relay: Option<&str>, screen: &mut Screen) -> Result<()> {
    if let Some(mistyped) = mistyped_word(text) {
        return Err(CliError::MistypedWord {
            position: mistyped.position,
            typed: nth_word(text, mistyped.position),
            nearest: mistyped.nearest,
        });
    }
    ready_first(engine, screen)?;
    screen.progress("Looking for the invitation ...");
    let runtime = runtime()?;
    let answered = runtime.block_on(engine.accept_apart(text, relay))?;
    let waited = runtime.block_on(async {
        let paired = engine.await_pairing(&answered.id);
        match tokio::time::timeout(ANSWER_WITHIN, paired).await {
            Ok(Ok(paired)) => Ok(Some(exchange_names(engine, paired.partner).await?)),
            Ok(Err(BelayError::Offline)) | Err(_) => Ok(None),
            Ok(Err(error)) => Err(CliError::from(error)),
        }
    })?;
    tidy(engine);
    if let Some(partner) = waited {
        return finish(engine, &partner, screen);
    }
    screen.show(&answered, |screen, _| {
        screen.line("Your answer is on its way.");
        screen.line(
            "Once their device has synced, `belay sync` here brings you together. Then compare four words \
             on a call: `belay pair compare`.",
        );
    });
    Ok(())
}

/// The word at this place, counted as the core counts.
fn nth_word(text: &str, position: usize) -> String {
    text.split(|letter: char| letter.is_whitespace() || letter == ',' || letter == '\u{3001}')
        .filter(|word| !word.is_empty())
        .nth(position - 1)
        .unwrap_or_default()
        .to_owned()
}

/// Shows every open invitation.
pub fn list(engine: &Engine, screen: &mut Screen) -> Result<()> {
    let now = engine.now()?;
    let open = engine.open_invitations()?;
    screen.show(&open, |screen, open| {
        if open.is_empty() {
            screen.line("No invitation is open. `belay pair invite --link` makes one.");
        }
        for (index, view) in open.iter().enumerate() {
            draw_invitation(screen, index + 1, view, &now);
        }
    });
    Ok(())
}

/// Takes an invitation back, or an answer; one that is over leaves the list.
pub fn cancel(engine: &Engine, number: usize, screen: &mut Screen) -> Result<()> {
    let now = engine.now()?;
    let open = engine.open_invitations()?;
    let view: &OpenInvitationView = number
        .checked_sub(1)
        .and_then(|index| open.get(index))
        .ok_or(BelayError::NotFound { what: "invitation" })?;
    engine.cancel_invitation(&view.id)?;
    tidy(engine);
    screen.show(
        &serde_json::json!({ "cancelled": view.id }),
        |screen, _| {
            if view.state == InvitationStateView::Waiting {
                screen.line("Taken back. Nobody can use it here any more; the relay learns it with `belay sync`.");
            } else {
                screen.line(format_args!("Put away: {}.", invitation_words(view, &now)));
            }
        },
    );
    Ok(())
}
