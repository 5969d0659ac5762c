//! `belay init`: makes the store, says where its key lies, and shows the recovery words.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use belay_engine::model::{DayStart, DisplayName, TERMS_VERSION};
use belay_engine::{BelayError, Engine, NewPerson, SecretStore};
use serde::Serialize;
use zeroize::Zeroizing;

use super::recovery;
use crate::context::{Context, tidy};
use crate::error::{CliError, Result};
use crate::prompt;
use crate::screen::Screen;
use crate::secrets::{FileSecrets, KeyPlace, KeyringSecrets, as_engine, make_dir, passphrase};

/// Flags of `init`.
#[derive(Debug, clap::Args)]
pub struct InitArgs {
    /// The name your partners will see
    #[arg(long, value_name = "NAME")]
    name: Option<String>,
    /// Where the key of the store lies [default: the keyring, where there is one]
    #[arg(long, value_enum, value_name = "PLACE")]
    key: Option<KeyPlace>,
    /// The hour your day begins, 0 to 6; what you write before it belongs to the day before
    #[arg(long, value_name = "HOUR", default_value_t = 0)]
    day_start: u8,
    /// You read `belay agree`, you are old enough, and you agree: pairing does not ask then
    #[arg(long)]
    agree: bool,
    /// Print the 24 recovery words even when nobody sits at the keyboard
    #[arg(long)]
    show_words: bool,
}

#[derive(Debug, Serialize)]
struct InitView<'a> {
    dir: &'a Path,
    key: &'static str,
    key_file: Option<PathBuf>,
    recovery_words_due: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    recovery_words: Option<Vec<String>>,
}

/// Makes the store.
pub fn run(args: InitArgs, context: &Context, screen: &mut Screen) -> Result<()> {
    context.finish_removing()?;
    if Engine::exists(&context.dir) {
        return Err(BelayError::Unavailable {
            reason: "already-exists",
        }
        .into());
    }
    let day_start = DayStart::new(args.day_start)?;
    let asks = prompt::can_ask(screen);
    let name = match args.name {
        None if asks => prompt::line("The name your partners will see (empty for later):")?
            .filter(|name| !name.is_empty()),
        name => name,
    };
    if let Some(name) = &name {
        DisplayName::new(name)?;
    }
    let placed = place_key(args.key, context, screen)?;
    let (place, key_file) = (placed.place, FileSecrets::new(&context.dir));
    let new = NewPerson {
        display_name: name,
        day_start,
        passphrase: placed.passphrase(),
    };
    let engine = Engine::create(context.config(placed.secrets), new)?;
    if args.agree {
        engine.agree_to_share(TERMS_VERSION)?;
    }
    let shows_words = asks || args.show_words;
    let words = shows_words.then(|| engine.recovery_words()).transpose()?;
    screen.show(
        &InitView {
            dir: &context.dir,
            key: word(place),
            key_file: (place != KeyPlace::Keyring).then(|| key_file.path().to_owned()),
            recovery_words_due: true,
            recovery_words: words.clone(),
        },
        |screen, view| draw(screen, view, place),
    );
    match words {
        Some(words) if !screen.json() => recovery::show_and_ask(&engine, &words, screen)?,
        Some(_) => {}
        None => screen.line(
            "Your 24 recovery words wait: `belay recovery words` shows them when you are alone.",
        ),
    }
    tidy(&engine);
    screen.gap();
    screen.line("Begin with `belay check-in`. `belay relay set URL` and `belay pair invite` bring someone in.");
    Ok(())
}

/// Where the key of a new store goes, and what keeps it there.
pub struct PlacedKey {
    place: KeyPlace,
    passphrase: Option<Zeroizing<String>>,
    pub secrets: Arc<dyn SecretStore>,
}

impl PlacedKey {
    /// The passphrase that is needed beside the key, if one was chosen.
    pub fn passphrase(&self) -> Option<String> {
        self.passphrase.as_ref().map(|text| text.to_string())
    }
}

/// Chooses the place, asks what that needs, and makes the folder.
pub fn place_key(
    asked: Option<KeyPlace>,
    context: &Context,
    screen: &mut Screen,
) -> Result<PlacedKey> {
    place(asked, &["secret", "keyring", "key"], context, screen)
}

/// As [`place_key`], for a store that is there and keeps its key file: only what unsealed it is replaced.
pub fn place_key_again(
    asked: Option<KeyPlace>,
    context: &Context,
    screen: &mut Screen,
) -> Result<PlacedKey> {
    place(asked, &["secret", "keyring"], context, screen)
}

fn place(
    asked: Option<KeyPlace>,
    aside: &[&str],
    context: &Context,
    screen: &mut Screen,
) -> Result<PlacedKey> {
    let asks = prompt::can_ask(screen);
    let (place, keyring) = choose(asked, context, screen)?;
    let passphrase = match (place, &context.passphrase_file) {
        (KeyPlace::Passphrase, Some(file)) => Some(passphrase::from_file(file)?),
        (KeyPlace::Passphrase, None) if asks => Some(passphrase::ask_new()?),
        (KeyPlace::Passphrase, None) => {
            return Err(CliError::NeedsAnswer {
                flag: "--passphrase-file FILE",
            });
        }
        _ => None,
    };
    make_dir(&context.dir).map_err(|error| as_engine(&error))?;
    set_aside_old_keys(&context.dir, aside)?;
    let secrets: Arc<dyn SecretStore> = match keyring {
        Some(keyring) => Arc::new(keyring),
        None => Arc::new(FileSecrets::new(&context.dir)),
    };
    Ok(PlacedKey {
        place,
        passphrase,
        secrets,
    })
}

fn word(place: KeyPlace) -> &'static str {
    match place {
        KeyPlace::Keyring => "keyring",
        KeyPlace::Passphrase => "passphrase",
        KeyPlace::File => "file",
    }
}

fn draw(screen: &mut Screen, view: &InitView<'_>, place: KeyPlace) {
    screen.heading("Welcome to Belay.");
    screen.line(format_args!(
        "Your store lies in {}, encrypted.",
        view.dir.display()
    ));
    let file = view
        .key_file
        .as_ref()
        .map(|path| path.display().to_string())
        .unwrap_or_default();
    screen.line(match place {
        KeyPlace::Keyring => {
            "Its key lies in this machine's keyring and opens when you are logged in.".to_owned()
        }
        KeyPlace::Passphrase => format!(
            "It opens with your passphrase and the key file {file}, both together. The passphrase is \
             kept nowhere."
        ),
        KeyPlace::File => format!(
            "Its key lies in {file}, readable by your account alone. Whoever can read that file can \
             read the store."
        ),
    });
}

/// Where the key goes. A key file without a passphrase is only ever chosen by the person.
fn choose(
    asked: Option<KeyPlace>,
    context: &Context,
    screen: &mut Screen,
) -> Result<(KeyPlace, Option<KeyringSecrets>)> {
    match asked {
        Some(KeyPlace::Keyring) => {
            Ok((KeyPlace::Keyring, Some(KeyringSecrets::make(&context.dir)?)))
        }
        Some(place) => Ok((place, None)),
        None if context.passphrase_file.is_some() => Ok((KeyPlace::Passphrase, None)),
        None => match KeyringSecrets::make(&context.dir) {
            Ok(keyring) => Ok((KeyPlace::Keyring, Some(keyring))),
            Err(error) if !prompt::can_ask(screen) => Err(error),
            Err(_) => Ok((ask_place(screen)?, None)),
        },
    }
}

fn ask_place(screen: &mut Screen) -> Result<KeyPlace> {
    screen.line("This machine has no keyring that Belay can use. Two other places for the key:");
    screen.line("  passphrase  you type it each time; without it the store stays closed");
    screen.line("  file        nothing to type; whoever can read the file can read the store");
    loop {
        match prompt::line("Which one? (passphrase/file)")?.as_deref() {
            None => return Err(CliError::Declined),
            Some("p" | "passphrase") => return Ok(KeyPlace::Passphrase),
            Some("f" | "file") => return Ok(KeyPlace::File),
            Some(_) => {}
        }
    }
}

/// Keys without their store may still open a store that was set aside: they are renamed, never replaced.
/// `key` is the sealed key beside every store; the others say where what unseals it lies.
fn set_aside_old_keys(dir: &Path, names: &[&str]) -> Result<()> {
    for name in names {
        let old = dir.join(format!("{name}.belay"));
        if !old.exists() {
            continue;
        }
        let aside = (1..)
            .map(|number: u32| dir.join(format!("{name}-{number}.belay")))
            .find(|path| !path.exists())
            .expect("there are more numbers than files");
        std::fs::rename(old, aside).map_err(CliError::io("key file"))?;
    }
    Ok(())
}
