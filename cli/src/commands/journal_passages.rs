//! `belay journal share` and `unshare` (J7).

use belay_engine::model::DocName;
use belay_engine::{BelayError, Engine, NewPassage};

use crate::context::tidy;
use crate::draw::{attachment_words, draw_passage};
use crate::error::{CliError, Result};
use crate::screen::{MINE, ROPE, Screen};
use crate::words::{partner_name, shown};
use crate::{pick, prompt};

/// Flags of `journal share`.
#[derive(Debug, clap::Args)]
pub struct ShareArgs {
    /// The entry: its number in the list, `last`, or the beginning of its name
    which: String,
    /// The partner: their number in the list or the beginning of the name
    partner: String,
    /// The words, exactly as they stand in the entry; `-` reads them from standard input
    #[arg(long, value_name = "TEXT", conflicts_with = "lines")]
    text: Option<String>,
    /// Lines of the entry, such as 3 or 3-7 [default: all of it]
    #[arg(long, value_name = "LINES")]
    lines: Option<String>,
    /// Attachments of the entry that go with it, by their numbers in `belay attach list`
    #[arg(long = "with", value_name = "NUMBER", value_delimiter = ',')]
    attachments: Vec<usize>,
    /// Give it as the preview shows, without asking
    #[arg(short, long)]
    yes: bool,
    /// Give it although the four words were not compared yet
    #[arg(long)]
    not_compared: bool,
}

/// Flags of `journal unshare`.
#[derive(Debug, clap::Args)]
pub struct UnshareArgs {
    /// The passage's number in the list that this shows without one
    number: Option<usize>,
    /// Without asking
    #[arg(short, long)]
    yes: bool,
}

/// Shows what the partner will see, asks, and gives it.
pub fn share(args: &ShareArgs, engine: &Engine, screen: &mut Screen) -> Result<()> {
    let entry = pick::entry(engine, &args.which)?;
    let partner = pick::partner(engine, &args.partner)?;
    let text = match (&args.text, &args.lines) {
        (Some(text), _) if text == "-" => prompt::all_input()?,
        (Some(text), _) => text.clone(),
        (None, Some(lines)) => chosen_lines(&entry.entry.text, lines)?,
        (None, None) => entry.entry.text.clone(),
    };
    let mut new = NewPassage {
        entry: entry.name,
        text,
        space: partner.space,
        confirmed_not_compared: args.not_compared,
        attachments: chosen_attachments(engine, &entry.name, &args.attachments)?,
    };
    let preview = engine.preview_passage(&new)?;
    let name = partner_name(&preview.partner);
    let heading = screen.paint(ROPE, &format!("{name} will see exactly this:"));
    screen.line(heading);
    screen.line(shown(&preview.passage.text));
    for attachment in &preview.attachments {
        screen.line(format_args!("    {}", attachment_words(attachment)));
    }
    prompt::agree(screen, "Give it?", args.yes, "--yes")?;
    if !preview.compared && !args.not_compared {
        screen.line(format_args!(
            "You and {name} have not compared the four words yet, so somebody may stand between you."
        ));
        prompt::agree(screen, "Give it all the same?", false, "--not-compared")?;
        new.confirmed_not_compared = true;
    }
    let given = engine.share_passage(new)?;
    tidy(engine);
    screen.show(&given, |screen, _| {
        let line = format!("Given. Goes to {name} when there is a connection.");
        let line = screen.paint(MINE, &line);
        screen.line(line);
        screen
            .quiet("It is a copy: it stays as it is until `belay journal unshare` takes it back.");
    });
    Ok(())
}

/// The attachments with these numbers, counted from 1.
fn chosen_attachments(engine: &Engine, entry: &DocName, numbers: &[usize]) -> Result<Vec<DocName>> {
    let all = engine.attachments(entry)?;
    let missing = BelayError::NotFound { what: "attachment" };
    let chosen = numbers.iter().map(|number| {
        let found = number.checked_sub(1).and_then(|at| all.get(at));
        found.map(|found| found.id)
    });
    Ok(chosen.collect::<Option<_>>().ok_or(missing)?)
}

/// Whole lines of a text, counted from 1.
fn chosen_lines(text: &str, lines: &str) -> Result<String> {
    let wrong = || CliError::Input {
        field: "lines",
        rule: "out_of_range",
    };
    let (first, last) = lines.split_once('-').unwrap_or((lines, lines));
    let first: usize = first.trim().parse().map_err(|_| wrong())?;
    let last: usize = last.trim().parse().map_err(|_| wrong())?;
    let all: Vec<&str> = text.split_inclusive('\n').collect();
    let chosen = first.checked_sub(1).and_then(|first| all.get(first..last));
    let chosen = chosen.filter(|lines| !lines.is_empty());
    Ok(chosen.ok_or_else(wrong)?.concat())
}

/// Shows who has which passage, or takes one back.
pub fn unshare(args: &UnshareArgs, engine: &Engine, screen: &mut Screen) -> Result<()> {
    let passages = engine.passages()?;
    let Some(number) = args.number else {
        screen.show(&passages, |screen, passages| {
            if passages.is_empty() {
                screen.line("Nobody has a passage of yours.");
            }
            for (index, passage) in passages.iter().enumerate() {
                draw_passage(screen, Some(index + 1), passage);
            }
        });
        return Ok(());
    };
    let passage = number.checked_sub(1).and_then(|index| passages.get(index));
    let passage = passage.ok_or(BelayError::NotFound { what: "passage" })?;
    draw_passage(screen, None, passage);
    prompt::agree(screen, "Take this one back?", args.yes, "--yes")?;
    let undone = engine.retract_passage(&passage.space, &passage.name)?;
    tidy(engine);
    screen.show(&undone, |screen, undone| {
        screen.line(if undone.may_have_left {
            "Taken back here. It goes from your partner's device with the next sync; what was read was read."
        } else {
            "Taken back. Nothing of it has left this device."
        });
    });
    Ok(())
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test may stop at the first surprise")]

    use super::*;

    #[test]
    fn lines_are_counted_from_one_and_must_be_there() {
        let text = "one\ntwo\nthree";
        assert_eq!(chosen_lines(text, "2").unwrap(), "two\n");
        assert_eq!(chosen_lines(text, "2-3").unwrap(), "two\nthree");
        for wrong in ["0", "4", "2-4", "3-2", "x", "1-", ""] {
            assert!(chosen_lines(text, wrong).is_err(), "{wrong}");
        }
    }
}
