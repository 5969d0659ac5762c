//! Questions to the person at the keyboard: asked on standard error, answered on standard input.

use std::io::{self, BufRead, IsTerminal, Read, Write};

use zeroize::Zeroizing;

use crate::error::{CliError, Result};
use crate::screen::Screen;

/// Whether somebody is there to answer.
pub fn can_ask(screen: &Screen) -> bool {
    !screen.json() && io::stdin().is_terminal() && io::stderr().is_terminal()
}

/// Asks for one line; `None` when the input has ended. An empty line is an empty answer.
pub fn line(question: &str) -> Result<Option<String>> {
    let mut err = io::stderr().lock();
    write!(err, "{question} ")
        .and_then(|()| err.flush())
        .map_err(CliError::io("terminal"))?;
    let mut answer = String::new();
    let read = io::stdin()
        .lock()
        .read_line(&mut answer)
        .map_err(CliError::io("terminal"))?;
    if read == 0 {
        return Ok(None);
    }
    Ok(Some(answer.trim().to_owned()))
}

/// Asks for yes or no, in equal weight: neither is taken for granted, and the end of the input is no.
pub fn yes(question: &str) -> Result<bool> {
    loop {
        match line(&format!("{question} (yes/no)"))? {
            None => return Ok(false),
            Some(answer) => match answer.to_lowercase().as_str() {
                "y" | "yes" => return Ok(true),
                "n" | "no" => return Ok(false),
                _ => {}
            },
        }
    }
}

/// Goes on when the person agrees; with `assumed` without asking. Where nobody can be asked, `flag` names
/// what would have said yes.
pub fn agree(screen: &Screen, question: &str, assumed: bool, flag: &'static str) -> Result<()> {
    if assumed {
        return Ok(());
    }
    if !can_ask(screen) {
        return Err(CliError::NeedsAnswer { flag });
    }
    if yes(question)? {
        Ok(())
    } else {
        Err(CliError::Declined)
    }
}

/// Far more than any text here may have; an input that never ends is not read to its end.
const INPUT_MAX_BYTES: u64 = 1024 * 1024;

/// All of standard input as text, for what is too long or too secret for an argument.
pub fn all_input() -> Result<String> {
    input_up_to(INPUT_MAX_BYTES)
}

/// All of standard input as text, if it has no more bytes than that.
pub fn input_up_to(max_bytes: u64) -> Result<String> {
    let mut bytes = Zeroizing::new(Vec::new());
    io::stdin()
        .lock()
        .take(max_bytes + 1)
        .read_to_end(&mut bytes)
        .map_err(CliError::io("standard input"))?;
    let rule = |rule| CliError::Input {
        field: "input",
        rule,
    };
    if bytes.len() as u64 > max_bytes {
        return Err(rule("too_many_bytes"));
    }
    let text = str::from_utf8(&bytes).map_err(|_| rule("not_text"))?;
    Ok(text.to_owned())
}
