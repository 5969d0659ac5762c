//! `belay partner`: what they shared, answers, what they usually see.

use belay_engine::model::{CheckInFields, ResponseKind};
use belay_engine::{BelayError, ComparisonView, Engine, NewResponse, library};
use clap::Subcommand;

use super::boundaries::{self, EndArgs, NearArgs, PauseArgs, ResumeArgs};
use super::boundary_card::{self, CardArgs, NudgeArgs};
use crate::context::{Context, tidy};
use crate::draw::{
    as_of, draw_partner_check_in, draw_partner_goal, draw_partner_line, draw_partner_passage,
    draw_response,
};
use crate::error::{CliError, Result};
use crate::screen::{MINE, ROPE, Screen};
use crate::typed_words::TypedWords;
use crate::words::partner_name;
use crate::{locale, pick, prompt};

/// Flags of `partner`.
#[derive(Debug, clap::Args)]
pub struct PartnerArgs {
    #[command(subcommand)]
    action: PartnerAction,
}

#[derive(Debug, Subcommand)]
enum PartnerAction {
    /// The people on your rope
    List,
    /// What a partner shared, newest first
    Show {
        /// Their number in the list or the beginning of the name
        partner: String,
        /// How many check-ins
        #[arg(long, default_value_t = 14, value_name = "NUMBER")]
        limit: usize,
    },
    /// Answer a check-in: seen, i-hear-you, encouragement, question, own-experience, thank-you
    Respond(RespondArgs),
    /// Choose what a partner usually sees of your check-ins
    Share {
        /// Their number in the list or the beginning of the name
        partner: String,
        /// Such as mood,win,need or everything or nothing
        fields: String,
        /// Without asking
        #[arg(short, long)]
        yes: bool,
    },
    /// Both boundary cards: what helps, what does not, when not to be reached; write yours
    Card(Box<CardArgs>),
    /// Say that you think of somebody, as often as their card allows
    Nudge(NudgeArgs),
    /// Share nothing with a partner for a while; they are not told
    Pause(PauseArgs),
    /// Share with a partner again
    Resume(ResumeArgs),
    /// Let your devices and theirs meet on one network, or no more
    Near(NearArgs),
    /// End a partnership at once, no reason asked
    Leave(EndArgs),
    /// End a partnership for good; nothing they send is read any more
    Block(EndArgs),
}

#[derive(Debug, clap::Args)]
struct RespondArgs {
    /// Their number in the list or the beginning of the name
    partner: String,
    /// The kind of answer
    kind: String,
    /// The words, for an encouragement, a question or an own experience
    text: Option<String>,
    /// The check-in's number in `partner show`
    #[arg(long, default_value_t = 1, value_name = "NUMBER")]
    about: usize,
    /// Answer a passage of their journal instead, by its number in `partner show`
    #[arg(long, value_name = "NUMBER", conflicts_with = "about")]
    passage: Option<usize>,
}

impl PartnerArgs {
    /// The words in the flags.
    pub fn typed(&self) -> TypedWords {
        match &self.action {
            PartnerAction::Respond(args) => TypedWords::of([("text", args.text.as_deref())]),
            _ => TypedWords::default(),
        }
    }
}

/// Lists, shows, answers, shares, pauses or ends.
pub fn run(args: PartnerArgs, context: &Context, screen: &mut Screen) -> Result<()> {
    let engine = context.open(screen)?;
    match args.action {
        PartnerAction::List => list(&engine, screen),
        PartnerAction::Show { partner, limit } => show(&engine, &partner, limit, screen),
        PartnerAction::Respond(args) => respond(args, &engine, screen),
        PartnerAction::Share {
            partner,
            fields,
            yes,
        } => share(&engine, &partner, &fields, yes, screen),
        PartnerAction::Card(args) => boundary_card::card(&args, &engine, screen),
        PartnerAction::Nudge(args) => boundary_card::nudge(&args, &engine, screen),
        PartnerAction::Pause(args) => boundaries::pause(&args, &engine, screen),
        PartnerAction::Resume(args) => boundaries::resume(&args, &engine, screen),
        PartnerAction::Near(args) => boundaries::near(&args, &engine, screen),
        PartnerAction::Leave(args) => boundaries::leave(&args, &engine, screen),
        PartnerAction::Block(args) => boundaries::block(&args, &engine, screen),
    }
}

fn list(engine: &Engine, screen: &mut Screen) -> Result<()> {
    let now = engine.now()?;
    let partners = engine.partners()?;
    let elsewhere = engine.partnerships_elsewhere()?;
    screen.show(&partners, |screen, partners| {
        if elsewhere > 0 {
            screen.line(
                "This device does not have your partnerships yet; your other device has them.",
            );
        } else if partners.is_empty() {
            screen.line("Nobody on your rope yet. `belay pair invite` brings someone in.");
        }
        for (index, partner) in partners.iter().enumerate() {
            draw_partner_line(screen, index + 1, partner, &now);
        }
    });
    Ok(())
}

fn show(engine: &Engine, asked: &str, limit: usize, screen: &mut Screen) -> Result<()> {
    let now = engine.now()?;
    let mut page = engine.partner(&pick::partner(engine, asked)?.space)?;
    page.check_ins.truncate(limit);
    screen.show(&page, |screen, page| {
        let name = screen.paint(ROPE, &partner_name(&page.partner.name));
        screen.line(format_args!("{name}  {}", as_of(&page.partner, &now)));
        match page.partner.comparison {
            ComparisonView::NotCompared => {
                screen
                    .line("The four words are not compared yet. `belay pair compare` shows them.");
            }
            ComparisonView::Different => {
                screen.line("The four words differed: somebody may stand between you.");
            }
            ComparisonView::Same => {}
        }
        for (index, check_in) in page.check_ins.iter().enumerate() {
            screen.gap();
            draw_partner_check_in(screen, Some(index + 1), check_in, &now);
        }
        if !page.goals.is_empty() {
            screen.gap();
            screen.heading("Goals they share");
        }
        for goal in &page.goals {
            draw_partner_goal(screen, goal, &now);
        }
        if !page.passages.is_empty() {
            screen.gap();
            screen.heading("Passages of their journal");
        }
        for (index, passage) in page.passages.iter().enumerate() {
            draw_partner_passage(screen, index + 1, passage, &now);
        }
    });
    Ok(())
}

fn respond(args: RespondArgs, engine: &Engine, screen: &mut Screen) -> Result<()> {
    let kind: ResponseKind = args.kind.parse()?;
    let page = engine.partner(&pick::partner(engine, &args.partner)?.space)?;
    let about = match args.passage {
        Some(number) => number
            .checked_sub(1)
            .and_then(|index| page.passages.get(index))
            .map(|passage| passage.name)
            .ok_or(BelayError::NotFound { what: "passage" })?,
        None => args
            .about
            .checked_sub(1)
            .and_then(|index| page.check_ins.get(index))
            .map(|check_in| check_in.name)
            .ok_or(BelayError::NotFound { what: "check_in" })?,
    };
    let person = page.partner.person.ok_or(BelayError::Unavailable {
        reason: "waiting-for-partner",
    })?;
    let text = match args.text {
        None if kind.needs_text() && prompt::can_ask(screen) => {
            for starter in library::starters(kind, &locale::language()) {
                screen.quiet(&format!("  {starter}"));
            }
            prompt::line("Your words:")?.filter(|text| !text.is_empty())
        }
        text => text,
    };
    let typed = text.clone();
    let now = engine.now()?;
    let response = engine
        .respond(NewResponse {
            space: page.partner.space,
            person,
            about,
            kind,
            text,
        })
        .map_err(|error| {
            let typed = TypedWords::of([("text", typed.as_deref())]);
            CliError::from(error).with_typed(typed)
        })?;
    tidy(engine);
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

fn share(engine: &Engine, asked: &str, fields: &str, yes: bool, screen: &mut Screen) -> Result<()> {
    let fields: CheckInFields = fields.parse()?;
    let partner = pick::partner(engine, asked)?;
    let name = partner_name(&partner.name);
    if !fields.is_empty() {
        screen.line(format_args!(
            "{name} will see of every check-in you write from now on: {fields}."
        ));
        screen.line("You see a preview each time and can choose otherwise for a single one.");
        prompt::agree(screen, "Is that right?", yes, "--yes")?;
    }
    let partner = engine.set_usual_fields(&partner.space, fields)?;
    tidy(engine);
    screen.show(&partner, |screen, partner| {
        screen.line(format_args!(
            "{name} usually sees: {}",
            partner.usual_fields
        ));
    });
    Ok(())
}
