//! `belay cards` and `belay coping` (product id S2).

use belay_engine::library::CardKind;
use belay_engine::{BelayError, CopingLibraryView, Engine, NewKeptLine};
use clap::Subcommand;

use crate::context::{Context, tidy};
use crate::error::Result;
use crate::locale;
use crate::screen::Screen;
use crate::words::shown_line;

/// Flags of `cards`.
#[derive(Debug, clap::Args)]
pub struct CardsArgs {
    /// Only those for listening, or for letting somebody feel heard
    #[arg(value_parser = ["listening", "validation"])]
    kind: Option<String>,
}

/// Flags of `coping`.
#[derive(Debug, clap::Args)]
pub struct CopingArgs {
    #[command(subcommand)]
    action: Option<CopingAction>,
}

#[derive(Debug, Subcommand)]
enum CopingAction {
    /// Show them
    List,
    /// Add one of your own at the end
    Add {
        /// What to do
        what: String,
        /// How
        #[arg(long, value_name = "TEXT")]
        how: Option<String>,
    },
    /// Take one of your own off
    Remove {
        /// Its number in the list
        number: usize,
    },
}

/// Shows cards; needs no store.
pub fn cards(args: &CardsArgs, screen: &mut Screen) -> Result<()> {
    let mut cards = belay_engine::cards(&locale::language());
    let kind = args.kind.as_deref().map(|kind| match kind {
        "listening" => CardKind::Listening,
        _ => CardKind::Validation,
    });
    cards.retain(|card| kind.is_none_or(|kind| card.kind == kind));
    screen.show(&cards, |screen, cards| {
        let mut said = None;
        for card in cards {
            if let Some(mark) = card
                .not_reviewed
                .as_ref()
                .filter(|mark| said != Some(*mark))
            {
                screen.quiet(mark);
                said = Some(mark);
            }
            screen.gap();
            screen.heading(&card.title);
            screen.line(&card.how);
            for words in &card.say {
                screen.line(format_args!("    “{words}”"));
            }
            screen.quiet(&format!("    Rather not: {}", card.rather_not));
        }
    });
    Ok(())
}

/// Shows small things that help, or changes the own ones.
pub fn coping(args: CopingArgs, context: &Context, screen: &mut Screen) -> Result<()> {
    let engine = context.open(screen)?;
    match args.action.unwrap_or(CopingAction::List) {
        CopingAction::List => {}
        CopingAction::Add { what, how } => {
            let mut own = own(&engine)?;
            own.push(NewKeptLine { what, how });
            engine.save_own_coping(own)?;
            tidy(&engine);
        }
        CopingAction::Remove { number } => {
            let mut own = own(&engine)?;
            let at = number.checked_sub(1).filter(|at| *at < own.len());
            let at = at.ok_or(BelayError::NotFound { what: "coping" })?;
            own.remove(at);
            engine.save_own_coping(own)?;
            tidy(&engine);
        }
    }
    let library = engine.coping_library(&locale::language())?;
    screen.show(&library, draw);
    Ok(())
}

fn own(engine: &Engine) -> Result<Vec<NewKeptLine>> {
    let own = engine.coping_library(&locale::language())?.own.into_iter();
    let own = own.map(|own| NewKeptLine {
        what: own.what,
        how: own.how,
    });
    Ok(own.collect())
}

fn draw(screen: &mut Screen, library: &CopingLibraryView) {
    screen.heading("Yours");
    if library.own.is_empty() {
        screen.quiet("Nothing yet. `belay coping add TEXT` keeps what has helped you.");
    }
    for (index, own) in library.own.iter().enumerate() {
        let how = own
            .how
            .as_deref()
            .map(|how| format!("  {}", shown_line(how)));
        let how = how.unwrap_or_default();
        let what = shown_line(&own.what);
        screen.line(format_args!("{:>3}. {what}{how}", index + 1));
    }
    let mut group = None;
    for idea in &library.ideas {
        if group != Some(idea.group) {
            screen.gap();
            if group.is_none()
                && let Some(mark) = &idea.not_reviewed
            {
                screen.quiet(mark);
            }
            group = Some(idea.group);
        }
        let how = idea.how.as_deref().unwrap_or_default();
        screen.line(format_args!(
            "{:>3} min  {}  {how}",
            idea.minutes, idea.what
        ));
    }
}
