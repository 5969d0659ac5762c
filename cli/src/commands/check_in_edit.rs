//! `belay check-in edit` and `undo` (C5).

use belay_engine::model::CheckInField;
use belay_engine::{CheckInView, NewCheckIn};

use super::check_in::{Asked, agree, report_written};
use crate::check_in_flags::{CheckInFlags, clear};
use crate::context::{Context, tidy};
use crate::draw::draw_check_in;
use crate::error::{CliError, Result};
use crate::screen::Screen;
use crate::typed_words::TypedWords;
use crate::{pick, prompt};

/// Flags of `check-in edit`.
#[derive(Debug, clap::Args)]
pub struct EditArgs {
    /// Its number in the list, `last`, or the beginning of its name
    which: String,
    #[command(flatten)]
    flags: CheckInFlags,
    /// Empty these fields, such as struggle,note
    #[arg(long, value_name = "FIELDS", value_delimiter = ',')]
    clear: Vec<String>,
    /// Share as the preview shows, without asking
    #[arg(short, long)]
    yes: bool,
}

/// Flags of `check-in undo`.
#[derive(Debug, clap::Args)]
pub struct UndoArgs {
    /// Its number in the list, `last`, or the beginning of its name
    #[arg(default_value = "last")]
    which: String,
    /// Without asking
    #[arg(short, long)]
    yes: bool,
}

impl EditArgs {
    /// The words in the flags.
    pub fn typed(&self) -> TypedWords {
        self.flags.typed()
    }
}

/// Changes a check-in.
pub fn edit(args: &EditArgs, context: &Context, screen: &mut Screen) -> Result<()> {
    let mut typed = args.flags.words()?;
    let edited = edit_typed(&mut typed, args, context, screen);
    edited.map_err(|error| error.with_typed(&typed))
}

fn edit_typed(
    typed: &mut NewCheckIn,
    args: &EditArgs,
    context: &Context,
    screen: &mut Screen,
) -> Result<()> {
    if args.flags.names_a_day() {
        // The day is what a check-in is about; another day is another check-in.
        return Err(CliError::Input {
            field: "on",
            rule: "not_allowed_here",
        });
    }
    let engine = context.open(screen)?;
    let view = pick::check_in(&engine, &args.which)?;
    let words = std::mem::replace(typed, as_written(&view)?);
    typed.win = words.win.or(typed.win.take());
    typed.struggle = words.struggle.or(typed.struggle.take());
    typed.plan = words.plan.or(typed.plan.take());
    typed.note = words.note.or(typed.note.take());
    args.flags.fill(typed, &engine)?;
    for field in &args.clear {
        clear(typed, field.parse::<CheckInField>()?);
    }
    let asked = Asked {
        yes: args.yes,
        always: false,
    };
    let previews = agree(&engine, Some(&view.name), typed, asked, screen)?;
    let view = engine.edit_check_in(&view.name, typed.clone())?;
    tidy(&engine);
    report_written(&view, &previews, &engine, screen);
    Ok(())
}

/// The check-in as it stands, to be changed from there.
fn as_written(view: &CheckInView) -> Result<NewCheckIn> {
    let own = view.check_in.clone();
    let mut audience = std::collections::BTreeMap::new();
    for shared in &view.shared_with {
        audience.insert(shared.space, shared.fields.of_check_in());
    }
    Ok(NewCheckIn {
        on: Some(own.on),
        template: own.template,
        mood: own.mood,
        emotions: own.emotions,
        energy: own.energy,
        win: own.win,
        struggle: own.struggle,
        plan: own.plan,
        need: own.need,
        note: own.note,
        outcomes: Vec::new(),
        audience: Some(audience),
    })
}

/// Takes a check-in back.
pub fn undo(args: &UndoArgs, context: &Context, screen: &mut Screen) -> Result<()> {
    let engine = context.open(screen)?;
    let view = pick::check_in(&engine, &args.which)?;
    if !screen.json() {
        draw_check_in(screen, None, &view, &engine.now()?);
    }
    prompt::agree(screen, "Take this one back?", args.yes, "--yes")?;
    let undone = engine.undo_check_in(&view.name)?;
    tidy(&engine);
    screen.show(&serde_json::json!({ "undone": view.name }), |screen, _| {
        if undone.may_have_left {
            screen.line(
                "Taken back here. It also goes from the relay and your partner's device with the next \
                 sync; what was read was read.",
            );
        } else {
            screen.line("Taken back. Nothing of it has left this device.");
        }
        screen.quiet(&format!(
            "`belay check-in restore {}` brings it back.",
            view.name
        ));
    });
    Ok(())
}

/// Brings back a check-in that was taken back.
pub fn restore(name: &str, yes: bool, context: &Context, screen: &mut Screen) -> Result<()> {
    let engine = context.open(screen)?;
    let view = pick::check_in(&engine, name)?;
    let now = engine.now()?;
    if !screen.json() {
        draw_check_in(screen, None, &view, &now);
    }
    if view
        .shared_with
        .iter()
        .any(|shared| !shared.fields.is_empty())
    {
        prompt::agree(
            screen,
            "Bring it back and share it as it was?",
            yes,
            "--yes",
        )?;
    }
    let view = engine.restore_check_in(&view.name)?;
    tidy(&engine);
    screen.show(&view, |screen, _| screen.line("It is back."));
    Ok(())
}
