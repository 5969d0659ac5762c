//! `belay partner card` and `belay partner nudge` (P2, P3).

use belay_engine::model::boundary::{BoundaryCard, QuietHours, SupportLevel};
use belay_engine::model::{Need, ResponseKind};
use belay_engine::{BelayError, Engine};

use crate::context::tidy;
use crate::error::Result;
use crate::pick;
use crate::screen::{MINE, ROPE, Screen};
use crate::words::{and_list, partner_name, shown_line};

/// Whose cards, and what to write on one's own; without anything to write both are shown.
#[derive(Debug, clap::Args)]
pub struct CardArgs {
    /// Their number in the list or the beginning of the name
    partner: String,
    /// What helps you; empty for nothing
    #[arg(long, value_name = "WORDS")]
    helps: Option<String>,
    /// What does not help you; empty for nothing
    #[arg(long, value_name = "WORDS")]
    does_not_help: Option<String>,
    /// Hours in which your phone stays quiet, such as 22:00-07:00; again for more, `none` for none
    #[arg(long, value_name = "FROM-TO")]
    quiet: Vec<String>,
    /// How many nudges a day they may send, 0 to 5
    #[arg(long, value_name = "NUMBER")]
    nudges: Option<u8>,
    /// Topics that nudges may be about, with commas; empty for any
    #[arg(long, value_name = "TOPICS", value_delimiter = ',')]
    welcome: Option<Vec<String>>,
    /// Topics that nudges must not be about, with commas; empty for none
    #[arg(long, value_name = "TOPICS", value_delimiter = ',')]
    unwelcome: Option<Vec<String>>,
    /// Kinds of answer you like, the best first, with commas
    #[arg(long, value_name = "KINDS", value_delimiter = ',')]
    answers: Option<Vec<String>>,
    /// What you usually need: just-listen, ask-me, ideas-welcome or nothing
    #[arg(long, value_name = "NEED")]
    need: Option<String>,
    /// From which level on a request for support may reach you in quiet hours: kind-word, talk-today, somebody-now, or never
    #[arg(long, value_name = "LEVEL")]
    at_night: Option<String>,
}

/// Whom to nudge.
#[derive(Debug, clap::Args)]
pub struct NudgeArgs {
    /// Their number in the list or the beginning of the name
    partner: String,
    /// What it is about, in a word
    #[arg(long, value_name = "TOPIC")]
    about: Option<String>,
}

/// Shows the cards, or writes one's own.
pub fn card(args: &CardArgs, engine: &Engine, screen: &mut Screen) -> Result<()> {
    let partner = pick::partner(engine, &args.partner)?;
    let before = engine.boundary_cards(&partner.space)?;
    let mut card = before.own.clone().unwrap_or_default();
    args.write(&mut card)?;
    let cards = if before.own.as_ref() == Some(&card) || args.is_empty() {
        before
    } else {
        let cards = engine.set_boundary_card(&partner.space, card)?;
        tidy(engine);
        cards
    };
    screen.show(&cards, |screen, cards| {
        let name = partner_name(&cards.partner);
        screen.heading("Your card");
        match &cards.own {
            Some(card) => draw(screen, card),
            None => screen.line(format_args!(
                "Nothing yet. Until there is a card nobody can nudge you: `belay partner card {} --nudges 2`",
                shown_line(&args.partner)
            )),
        }
        screen.gap();
        screen.heading(&format!("{name}'s card"));
        match &cards.theirs {
            Some(card) => draw(screen, card),
            None => screen.line("Nothing came yet."),
        }
        screen.quiet("Each phone holds to its own person's card; hours go by the clock where that person is.");
    });
    Ok(())
}

impl CardArgs {
    fn is_empty(&self) -> bool {
        self.helps.is_none()
            && self.does_not_help.is_none()
            && self.quiet.is_empty()
            && self.nudges.is_none()
            && self.welcome.is_none()
            && self.unwelcome.is_none()
            && self.answers.is_none()
            && self.need.is_none()
            && self.at_night.is_none()
    }

    fn write(&self, card: &mut BoundaryCard) -> Result<()> {
        let said = |text: &String| Some(text.trim().to_owned()).filter(|text| !text.is_empty());
        if let Some(text) = &self.helps {
            card.helps = said(text);
        }
        if let Some(text) = &self.does_not_help {
            card.does_not_help = said(text);
        }
        if !self.quiet.is_empty() {
            let hours = self.quiet.iter().filter(|hours| hours.as_str() != "none");
            card.quiet = hours.map(|hours| quiet(hours)).collect::<Result<_>>()?;
        }
        card.nudges_a_day = self.nudges.unwrap_or(card.nudges_a_day);
        let topics = |list: &Vec<String>| -> Vec<String> { list.iter().filter_map(said).collect() };
        if let Some(list) = &self.welcome {
            card.welcome = topics(list);
        }
        if let Some(list) = &self.unwelcome {
            card.unwelcome = topics(list);
        }
        if let Some(kinds) = &self.answers {
            let kinds = kinds.iter().filter(|kind| !kind.trim().is_empty());
            card.answers = kinds
                .map(|kind| Ok(kind.parse::<ResponseKind>()?))
                .collect::<Result<_>>()?;
        }
        if let Some(need) = &self.need {
            card.need = Some(need.parse::<Need>()?);
        }
        if let Some(level) = &self.at_night {
            card.reach_at_night = match level.as_str() {
                "never" => None,
                level => Some(level.parse::<SupportLevel>()?),
            };
        }
        Ok(())
    }
}

fn quiet(text: &str) -> Result<QuietHours> {
    let wrong = BelayError::InvalidInput {
        field: "quiet_hours",
        rule: "out_of_range",
    };
    let (from, to) = text.split_once('-').ok_or(wrong)?;
    Ok(QuietHours {
        from: from.trim().parse()?,
        to: to.trim().parse()?,
    })
}

fn draw(screen: &mut Screen, card: &BoundaryCard) {
    if let Some(text) = &card.helps {
        screen.line(format_args!("  helps: {}", shown_line(text)));
    }
    if let Some(text) = &card.does_not_help {
        screen.line(format_args!("  does not help: {}", shown_line(text)));
    }
    for hours in &card.quiet {
        screen.line(format_args!("  quiet from {} to {}", hours.from, hours.to));
    }
    screen.line(match card.nudges_a_day {
        0 => "  no nudges, please".to_owned(),
        1 => "  one nudge a day at most".to_owned(),
        number => format!("  {number} nudges a day at most"),
    });
    let list = |topics: &[String]| {
        and_list(
            &topics
                .iter()
                .map(|topic| shown_line(topic))
                .collect::<Vec<_>>(),
        )
    };
    if !card.welcome.is_empty() {
        screen.line(format_args!("  about: {}", list(&card.welcome)));
    }
    if !card.unwelcome.is_empty() {
        screen.line(format_args!("  not about: {}", list(&card.unwelcome)));
    }
    if !card.answers.is_empty() {
        let kinds: Vec<String> = card.answers.iter().map(ToString::to_string).collect();
        screen.line(format_args!("  likes as an answer: {}", and_list(&kinds)));
    }
    if let Some(need) = card.need {
        screen.line(format_args!("  usually needs: {need}"));
    }
    if let Some(level) = card.reach_at_night {
        screen.line(format_args!("  also in quiet hours: \"{level}\""));
    }
}

/// Says that one thinks of somebody.
pub fn nudge(args: &NudgeArgs, engine: &Engine, screen: &mut Screen) -> Result<()> {
    let partner = pick::partner(engine, &args.partner)?;
    let nudge = engine.nudge(&partner.space, args.about.as_deref())?;
    tidy(engine);
    screen.show(&nudge, |screen, nudge| {
        let name = screen.paint(ROPE, &partner_name(&nudge.partner));
        let line = format!("Saved here. A nudge goes to {name} when there is a connection.");
        let line = screen.paint(MINE, &line);
        screen.line(line);
        screen.line("Their phone decides by their card whether and when it shows it.");
    });
    Ok(())
}
