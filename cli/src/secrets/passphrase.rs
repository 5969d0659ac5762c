//! Passphrases: typed without an echo, or read from a file. Never an argument, where other programs of
//! the machine could see them.

use std::path::Path;

use zeroize::Zeroizing;

use crate::error::{CliError, Result};
use crate::prompt;

/// The first line of the file, or of standard input for `-`.
pub fn from_file(path: &Path) -> Result<Zeroizing<String>> {
    let text = if path == Path::new("-") {
        prompt::all_input()?
    } else {
        std::fs::read_to_string(path).map_err(CliError::io("passphrase file"))?
    };
    let text = Zeroizing::new(text);
    let line = text.lines().next().unwrap_or_default();
    checked(Zeroizing::new(line.to_owned()))
}

/// Asks at the keyboard.
pub fn ask(question: &str) -> Result<Zeroizing<String>> {
    let typed =
        rpassword::prompt_password(format!("{question} ")).map_err(CliError::io("terminal"))?;
    checked(Zeroizing::new(typed))
}

/// Asks twice for a new one.
pub fn ask_new() -> Result<Zeroizing<String>> {
    let first = ask("A passphrase, best several words:")?;
    if *first == *ask("The same once more:")? {
        Ok(first)
    } else {
        Err(CliError::Input {
            field: "passphrase",
            rule: "not_the_same",
        })
    }
}

fn checked(passphrase: Zeroizing<String>) -> Result<Zeroizing<String>> {
    if passphrase.trim().is_empty() {
        return Err(CliError::Input {
            field: "passphrase",
            rule: "empty",
        });
    }
    Ok(passphrase)
}
