//! The last step of coming back: the device that was lost is taken out, with the words that were just typed. It
//! stands after the reading, for what the new device has of it by then is what counts.

use belay_engine::model::DeviceId;
use belay_engine::{Engine, OwnDeviceView};

use crate::context::runtime;
use crate::error::{CliError, Result};
use crate::pick;
use crate::prompt;
use crate::screen::Screen;
use crate::words::shown_line;

/// What `--lost` takes for every other device.
const ALL: &str = "all";

/// Takes out what is named in `lost`, or what the person answers when they can be asked; says what was removed.
/// What cannot be found leaves the person where they are: back, with that device still theirs.
pub fn remove(
    engine: &Engine,
    lost: &[String],
    words: &str,
    screen: &mut Screen,
) -> Result<Vec<String>> {
    let mut others = engine.own_devices()?;
    others.retain(|device| !device.this_device);
    if others.is_empty() {
        return Ok(Vec::new());
    }
    let gone = match lost {
        [] if prompt::can_ask(screen) => asked(&others, screen)?,
        [] => Vec::new(),
        [all] if all.eq_ignore_ascii_case(ALL) => others,
        names => named(&others, names, screen)?,
    };
    if gone.is_empty() {
        return Ok(Vec::new());
    }
    let devices: Vec<DeviceId> = gone.iter().map(|device| device.device).collect();
    engine.revoke_with_words(&devices, words)?;
    screen.progress("Telling your other devices and partners ...");
    // Whom a relay cannot tell now, the next sync does.
    let _ = runtime()?.block_on(engine.sync(&|_| {}));
    Ok(gone.iter().map(name).collect())
}

/// The other devices that fit, each once; what fits none is told.
fn named(
    others: &[OwnDeviceView],
    names: &[String],
    screen: &mut Screen,
) -> Result<Vec<OwnDeviceView>> {
    let mut gone: Vec<OwnDeviceView> = Vec::new();
    for asked in names {
        match pick::of_devices(others.to_vec(), asked) {
            Ok(found) if gone.iter().all(|known| known.device != found.device) => gone.push(found),
            Ok(_) => {}
            Err(CliError::Belay(_) | CliError::Ambiguous { .. }) => screen.note(&format!(
                "No single device of yours is called {}. `belay device list` names them, and `belay device \
                 revoke` takes one out.",
                shown_line(asked)
            )),
            Err(error) => return Err(error),
        }
    }
    Ok(gone)
}

/// Asks which of them is lost.
fn asked(others: &[OwnDeviceView], screen: &mut Screen) -> Result<Vec<OwnDeviceView>> {
    screen.line("Your other devices:");
    for (index, device) in others.iter().enumerate() {
        screen.line(format_args!("{}  {}", index + 1, name(device)));
    }
    let question =
        "Which of them is lost? Numbers or names with commas between, `all`, or Enter for none:";
    let Some(answer) = prompt::line(question)? else {
        return Ok(Vec::new());
    };
    if answer.trim().eq_ignore_ascii_case(ALL) {
        return Ok(others.to_vec());
    }
    let answers: Vec<String> = answer
        .split(',')
        .map(|one| one.trim().to_owned())
        .filter(|one| !one.is_empty())
        .collect();
    named(others, &answers, screen)
}

fn name(device: &OwnDeviceView) -> String {
    device.name.as_deref().map_or_else(
        || "your first device".to_owned(),
        |name| shown_line(name).to_string(),
    )
}
