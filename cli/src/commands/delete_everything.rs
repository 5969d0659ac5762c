//! `belay delete-everything`: leaves every partnership, has relays erase what was posted, erases this store
//! (D6). Also what `sync` and `status` say of a store that is being deleted.

use belay_engine::{BelayError, Engine, FarewellView};

use crate::context::{Context, runtime};
use crate::error::{CliError, Result};
use crate::prompt;
use crate::screen::Screen;
use crate::secrets;
use crate::words::{count, shown_line};

/// What has to be typed.
const PHRASE: &str = "delete everything";

/// Flags of `delete-everything`.
#[derive(Debug, clap::Args)]
pub struct DeleteEverythingArgs {
    /// The words `delete everything`, where nobody can be asked
    #[arg(long, value_name = "WORDS")]
    confirm: Option<String>,
    /// At once and without telling anybody; also where the passphrase is lost
    #[arg(long)]
    tell_nobody: bool,
}

/// Deletes everything.
pub fn run(args: &DeleteEverythingArgs, context: &Context, screen: &mut Screen) -> Result<()> {
    if args.tell_nobody {
        return tell_nobody(args, context, screen);
    }
    let engine = match context.open(screen) {
        Err(error) if is_leaving(&error) => return send(context, screen),
        other => other?,
    };
    screen.line(
        "This erases everything you wrote from this device, for good. Nobody can bring it back,",
    );
    screen.line(
        "not with the recovery words either. You leave every partnership, and relays are asked to",
    );
    screen.line(
        "erase what you posted. What others have seen stays with them; a copy of this folder that",
    );
    screen.line("somebody made is out of reach.");
    if engine.own_devices()?.len() > 1 {
        screen.line(
            "Your other devices keep everything, and your relay keeps the sealed copy for them.",
        );
    }
    confirm(args, screen)?;
    engine.delete_everything()?;
    drop(engine);
    send(context, screen)
}

fn tell_nobody(args: &DeleteEverythingArgs, context: &Context, screen: &mut Screen) -> Result<()> {
    if !Engine::exists(&context.dir) && !Engine::is_going(&context.dir) {
        return Err(BelayError::NotFound { what: "store" }.into());
    }
    screen.line(
        "This removes the store from this device, for good and at once. Nobody is told: partners",
    );
    screen.line("see silence, and relays keep the sealed envelopes you posted until they run out.");
    confirm(args, screen)?;
    Engine::erase_now(&context.config(secrets::to_delete(&context.dir)))?;
    let view = FarewellView {
        finished: true,
        ..FarewellView::default()
    };
    screen.show(&view, draw);
    Ok(())
}

fn confirm(args: &DeleteEverythingArgs, screen: &mut Screen) -> Result<()> {
    let typed = match &args.confirm {
        Some(typed) => Some(typed.clone()),
        None if prompt::can_ask(screen) => prompt::line(&format!(
            "Type `{PHRASE}` to go on; anything else leaves it as it is:"
        ))?,
        None => {
            return Err(CliError::NeedsAnswer {
                flag: "--confirm \"delete everything\"",
            });
        }
    };
    if typed.is_some_and(|typed| typed.trim().eq_ignore_ascii_case(PHRASE)) {
        Ok(())
    } else {
        Err(CliError::Declined)
    }
}

/// Whether a store does not open because it is being deleted.
pub fn is_leaving(error: &CliError) -> bool {
    matches!(
        error.cause(),
        CliError::Belay(BelayError::Unavailable {
            reason: "being-deleted"
        })
    )
}

/// Hands over what is left to be said, and ends when all of it is.
pub fn send(context: &Context, screen: &mut Screen) -> Result<()> {
    let farewell = context.open_farewell(screen)?;
    let view = runtime()?.block_on(farewell.send())?;
    screen.show(&view, draw);
    if view.troubles.is_empty() {
        Ok(())
    } else {
        Err(CliError::Troubles {
            codes: view.troubles,
        })
    }
}

/// What is still to be said, for the self-check.
pub fn status(context: &Context, screen: &mut Screen) -> Result<()> {
    let view = context.open_farewell(screen)?.left()?;
    screen.show(&view, draw);
    Ok(())
}

fn draw(screen: &mut Screen, view: &FarewellView) {
    if view.finished {
        screen.line("Everything is deleted. Nothing of Belay is left here.");
        return;
    }
    screen.line("Everything you wrote is erased here. What is left says goodbye to your relays:");
    screen.line(format_args!(
        "  {} to go out, {} to be erased there.",
        count(view.envelopes, "leaving"),
        count(view.erasures, "envelope")
    ));
    for code in &view.troubles {
        screen.line(format_args!(
            "  Not all of it worked now ({}).",
            shown_line(code)
        ));
    }
    screen
        .line("`belay sync` finishes it; `belay delete-everything --tell-nobody` ends it at once.");
}
