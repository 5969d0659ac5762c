//! `belay support`: asking for support, and answering who asks (P3).

use belay_engine::model::boundary::{SupportDelivery, SupportLevel};
use belay_engine::model::{Need, ResponseKind, SpaceId};
use belay_engine::{
    BelayError, Engine, NewResponse, NewSupportRequest, NudgeView, ReachedView, SupportRequestView,
};

use crate::context::{Context, tidy};
use crate::draw::draw_response;
use crate::error::{CliError, Result};
use crate::pick;
use crate::screen::{MINE, ROPE, Screen};
use crate::times::ago;
use crate::typed_words::TypedWords;
use crate::words::{and_list, partner_name, shown_line};

/// Flags of `support`.
#[derive(Debug, clap::Args)]
pub struct SupportArgs {
    #[command(subcommand)]
    action: SupportAction,
}

#[derive(Debug, clap::Subcommand)]
enum SupportAction {
    /// Ask for support: kind-word, talk-today or somebody-now
    Ask(AskArgs),
    /// Who asked, and how far your own requests are known to have come
    List,
    /// Answer somebody who asked: seen, i-hear-you, encouragement, question, own-experience, thank-you
    Answer(AnswerArgs),
    /// Take a request of yours back
    TakeBack {
        /// Its number in the list
        #[arg(default_value_t = 1)]
        which: usize,
    },
}

#[derive(Debug, clap::Args)]
struct AskArgs {
    /// How much you need
    level: String,
    /// Whom to ask, by number or the beginning of the name; without one, everybody on your rope
    #[arg(long, value_name = "PARTNER")]
    to: Vec<String>,
    /// In your words
    #[arg(short, long, value_name = "WORDS")]
    text: Option<String>,
    /// What would help: just-listen, ask-me, ideas-welcome or nothing
    #[arg(long, value_name = "NEED")]
    need: Option<String>,
}

#[derive(Debug, clap::Args)]
struct AnswerArgs {
    /// Its number in the list
    which: usize,
    /// The kind of answer
    kind: String,
    /// The words, for an encouragement, a question or an own experience
    text: Option<String>,
}

impl SupportArgs {
    /// The words in the flags.
    pub fn typed(&self) -> TypedWords {
        let text = match &self.action {
            SupportAction::Ask(args) => args.text.as_deref(),
            SupportAction::Answer(args) => args.text.as_deref(),
            _ => None,
        };
        TypedWords::of([("text", text)])
    }
}

/// Asks, lists, answers, or takes back.
pub fn run(args: SupportArgs, context: &Context, screen: &mut Screen) -> Result<()> {
    let engine = context.open(screen)?;
    match args.action {
        SupportAction::Ask(args) => ask(args, &engine, screen),
        SupportAction::List => list(&engine, screen),
        SupportAction::Answer(args) => answer(args, &engine, screen),
        SupportAction::TakeBack { which } => take_back(which, &engine, screen),
    }
}

fn ask(args: AskArgs, engine: &Engine, screen: &mut Screen) -> Result<()> {
    let level: SupportLevel = args.level.parse()?;
    let need = args.need.map(|need| need.parse::<Need>()).transpose()?;
    let spaces: Vec<SpaceId> = if args.to.is_empty() {
        let partners = pick::partners_to_share_with(engine)?;
        partners.iter().map(|partner| partner.space).collect()
    } else {
        let named = args.to.iter().map(|asked| pick::partner(engine, asked));
        named
            .map(|partner| Ok(partner?.space))
            .collect::<Result<_>>()?
    };
    let asked = engine.ask_for_support(NewSupportRequest {
        spaces,
        level,
        text: args.text,
        need,
    })?;
    tidy(engine);
    let now_ms = engine.now()?.at_ms();
    screen.show(&asked, |screen, asked| {
        let names: Vec<String> = asked.iter().map(|one| partner_name(&one.partner)).collect();
        let line = format!("Saved here. {} will be asked.", and_list(&names));
        let line = screen.paint(MINE, &line);
        screen.line(line);
        for one in asked {
            screen.line(format_args!("  {}: {}", partner_name(&one.partner), way(one, now_ms)));
        }
        screen.line("Nothing rings on their phone: it looks when they open Belay, or when its system lets it.");
        if level.offers_help_now() {
            screen.line("If it cannot wait, `belay help-now` has people who answer now.");
        }
    });
    Ok(())
}

/// What is known of a request's way, and no more.
fn way(request: &SupportRequestView, now_ms: i64) -> String {
    let heard = match request.heard_at_ms {
        Some(at_ms) => format!("; last heard of their phone {}", ago(now_ms, at_ms)),
        None => String::new(),
    };
    match request.delivery {
        _ if request.held_back => "stays here while sharing is paused".to_owned(),
        None | Some(SupportDelivery::Here) => {
            "here, goes out when there is a connection".to_owned()
        }
        Some(SupportDelivery::Left) => format!("left this device, waits until theirs looks{heard}"),
        Some(SupportDelivery::OnTheirDevice) => "on a device of theirs".to_owned(),
        Some(SupportDelivery::Answered) => "answered".to_owned(),
    }
}

fn list(engine: &Engine, screen: &mut Screen) -> Result<()> {
    let now = engine.now()?;
    let requests = engine.support_requests()?;
    screen.show(&requests, |screen, requests| {
        if requests.is_empty() {
            screen
                .line("Nobody asked. `belay support ask kind-word` asks the people on your rope.");
        }
        for (index, request) in requests.iter().enumerate() {
            draw_request(screen, Some(index + 1), request, now.at_ms());
            for response in &request.responses {
                draw_response(screen, "     ", response, &now);
            }
        }
    });
    Ok(())
}

fn draw_request(
    screen: &mut Screen,
    place: Option<usize>,
    request: &SupportRequestView,
    now_ms: i64,
) {
    let place = place.map_or_else(String::new, |place| format!("{place:>3}. "));
    let name = screen.paint(ROPE, &partner_name(&request.partner));
    let when = ago(now_ms, request.request.written.at_ms());
    let level = request.request.level;
    screen.line(if request.own {
        format!(
            "{place}You asked {name} {when}, \"{level}\": {}",
            way(request, now_ms)
        )
    } else {
        format!("{place}{name} asks {when}: \"{level}\"")
    });
    if let Some(text) = &request.request.text {
        screen.line(format_args!("     {}", shown_line(text)));
    }
    if let Some(need) = request.request.need {
        screen.line(format_args!("     would help: {need}"));
    }
}

fn nth(engine: &Engine, which: usize) -> Result<SupportRequestView> {
    let requests = engine.support_requests()?;
    let at = which.checked_sub(1);
    let found = at.and_then(|at| requests.into_iter().nth(at));
    Ok(found.ok_or(BelayError::NotFound {
        what: "support request",
    })?)
}

fn answer(args: AnswerArgs, engine: &Engine, screen: &mut Screen) -> Result<()> {
    let kind: ResponseKind = args.kind.parse()?;
    let request = nth(engine, args.which)?;
    let page = engine.partner(&request.space)?;
    let person = page.partner.person.ok_or(BelayError::Unavailable {
        reason: "waiting-for-partner",
    })?;
    if request.own {
        return Err(BelayError::NotFound {
            what: "support request",
        }
        .into());
    }
    let typed = args.text.clone();
    let response = engine
        .respond(NewResponse {
            space: request.space,
            person,
            about: request.name,
            kind,
            text: args.text,
        })
        .map_err(|error| {
            let typed = TypedWords::of([("text", typed.as_deref())]);
            CliError::from(error).with_typed(typed)
        })?;
    tidy(engine);
    let now = engine.now()?;
    screen.show(&response, |screen, response| {
        draw_response(screen, "", response, &now);
        let line = format!(
            "Saved here. Goes to {} when there is a connection.",
            partner_name(&page.partner.name)
        );
        let line = screen.paint(MINE, &line);
        screen.line(line);
    });
    Ok(())
}

fn take_back(which: usize, engine: &Engine, screen: &mut Screen) -> Result<()> {
    let request = nth(engine, which)?;
    engine.take_back_request(&request.space, &request.name)?;
    tidy(engine);
    screen.show(
        &serde_json::json!({ "taken_back": request.name }),
        |screen, _| {
            screen.line(format_args!(
                "Taken back. If it left already, it goes from {}'s device with the next sync.",
                partner_name(&request.partner)
            ));
        },
    );
    Ok(())
}

/// What may be brought up now, for the day's page.
pub fn draw_reached(screen: &mut Screen, reached: &ReachedView, now_ms: i64) {
    for request in &reached.requests {
        draw_request(screen, None, request, now_ms);
    }
    if !reached.requests.is_empty() {
        screen.quiet("`belay support list` shows who asks, `belay support answer` answers.");
    }
    for nudge in &reached.nudges {
        draw_nudge(screen, nudge, now_ms);
    }
    if !(reached.requests.is_empty() && reached.nudges.is_empty()) {
        screen.gap();
    }
}

fn draw_nudge(screen: &mut Screen, nudge: &NudgeView, now_ms: i64) {
    let name = screen.paint(ROPE, &partner_name(&nudge.partner));
    let about = nudge
        .topic
        .as_deref()
        .map(|topic| format!(", about {}", shown_line(topic)))
        .unwrap_or_default();
    screen.line(format_args!(
        "{name} thinks of you{about}. ({})",
        ago(now_ms, nudge.sent_at_ms)
    ));
}
