//! `belay relay move`: everything that travels goes to another relay, or a part of it.

use belay_engine::{Engine, PartnershipStandingView, RelayMoveView, SpaceKindView};

use crate::context::tidy;
use crate::error::{CliError, Result};
use crate::pick;
use crate::screen::{MINE, Screen};
use crate::words::{partner_name, shown_line};

/// Flags of `relay move`.
#[derive(Debug, clap::Args)]
pub struct MoveArgs {
    /// The relay to go to, such as `https://relay.example.org`
    url: String,
    /// Only what you share with this partner: a number of `belay partner list` or the beginning of a name
    #[arg(long, value_name = "NAME", conflicts_with = "own")]
    partner: Option<String>,
    /// Only the sealed copy for your own devices
    #[arg(long)]
    own: bool,
    /// Say yes to plain HTTP on other machines: what you write stays sealed, others on the way see when you sync
    #[arg(long)]
    allow_plain_http: bool,
}

/// Moves, and says what comes of it.
pub fn run(args: &MoveArgs, engine: &Engine, screen: &mut Screen) -> Result<()> {
    let mut spaces = Vec::new();
    if let Some(asked) = &args.partner {
        spaces.push(pick::partner(engine, asked)?.space);
    } else {
        let own = engine.status()?.spaces;
        let own = own.iter().find(|space| space.kind == SpaceKindView::Own);
        let has_copy = engine.self_copy()?.is_some();
        // Asked for alone it is refused in words where there is none.
        spaces.extend(own.filter(|_| has_copy || args.own).map(|own| own.space));
        if !args.own {
            let partners = engine.partners()?.into_iter();
            let met = partners.filter(|one| one.standing == PartnershipStandingView::Active);
            spaces.extend(met.map(|partner| partner.space));
            engine.set_relay(Some(&args.url), args.allow_plain_http)?;
        }
    }
    let moved = spaces
        .iter()
        .map(|space| engine.move_relay(space, &args.url, args.allow_plain_http))
        .collect::<std::result::Result<Vec<_>, _>>()
        .map_err(CliError::from)?;
    tidy(engine);
    screen.show(&moved, |screen, moved| draw(screen, &args.url, moved));
    Ok(())
}

fn draw(screen: &mut Screen, url: &str, moved: &[RelayMoveView]) {
    for one in moved {
        let whose = one.partner.as_deref().map_or_else(
            || "The copy for your own devices".to_owned(),
            |partner| format!("What you share with {}", partner_name(partner)),
        );
        let line = screen.paint(MINE, &format!("{whose} goes to {} now.", shown_line(url)));
        screen.line(line);
    }
    let old: Vec<&str> = moved
        .iter()
        .flat_map(|one| one.left.iter().map(|left| left.relay.as_str()))
        .collect();
    if old.is_empty() {
        return;
    }
    screen.line("`belay sync` carries it there and leaves word at the old relay, so that the others follow.");
    screen.line(
        "The old relay is read for 30 more days. If it is gone already, let the others move too.",
    );
}
