//! Everything that is printed goes through here: answers to standard output, questions, progress and
//! errors to standard error. Colour and progress only where a person looks at a terminal.

use std::fmt::Display;
use std::io::{self, IsTerminal, Write};
use std::time::{Duration, Instant};

use anstyle::{AnsiColor, Style};
use serde::Serialize;

use crate::error::CliError;
use crate::error_words::tell;
use crate::exit::Exit;
use crate::typed_words::TypedWords;
use crate::words::shown;

/// Loading is shown only after this long, as on the phones.
const PATIENCE: Duration = Duration::from_millis(300);

/// A headline.
pub const HEADING: Style = Style::new().bold();
/// Something said aside.
pub const QUIET: Style = Style::new().dimmed();
/// What I do.
pub const MINE: Style = AnsiColor::Green.on_default();
/// The rope between people.
pub const ROPE: Style = AnsiColor::Yellow.on_default();
/// Stop.
pub const CLAY: Style = AnsiColor::Red.on_default();

/// Where the program speaks.
#[derive(Debug)]
pub struct Screen {
    json: bool,
    colour: bool,
    colour_err: bool,
    progress: Option<Progress>,
    gone: bool,
}

#[derive(Debug)]
struct Progress {
    since: Instant,
    visible: bool,
}

impl Screen {
    /// The terminal or pipes of this process. NO_COLOR (unless empty) turns colour off, CLICOLOR_FORCE on.
    pub fn of_this_process(json: bool) -> Self {
        let set = |name: &str| std::env::var_os(name).is_some_and(|value| !value.is_empty());
        let forced = std::env::var_os("CLICOLOR_FORCE")
            .is_some_and(|value| !value.is_empty() && value != "0");
        let dumb = std::env::var_os("TERM").is_some_and(|term| term == "dumb");
        let colour = |terminal: bool| !set("NO_COLOR") && (forced || (terminal && !dumb));
        Self {
            json,
            colour: !json && colour(io::stdout().is_terminal()),
            colour_err: !json && colour(io::stderr().is_terminal()),
            progress: None,
            gone: false,
        }
    }

    /// Whether answers are JSON.
    pub fn json(&self) -> bool {
        self.json
    }

    /// Prints a view as JSON, or draws it for people.
    pub fn show<T: Serialize + ?Sized>(&mut self, view: &T, draw: impl FnOnce(&mut Self, &T)) {
        if self.json {
            self.data(view);
        } else {
            draw(self, view);
        }
    }

    /// Prints one JSON value on one line.
    pub fn data<T: Serialize + ?Sized>(&mut self, value: &T) {
        match serde_json::to_string(value) {
            Ok(json) => self.write_out(&json),
            Err(_) => self.write_out("null"),
        }
    }

    /// A line for people; silent when answers are JSON. The caller makes foreign text safe with
    /// [`shown`].
    pub fn line(&mut self, text: impl Display) {
        if !self.json {
            self.write_out(&text.to_string());
        }
    }

    /// An empty line for people.
    pub fn gap(&mut self) {
        self.line("");
    }

    /// A headline.
    pub fn heading(&mut self, text: &str) {
        let text = self.paint(HEADING, text);
        self.line(text);
    }

    /// A line said aside.
    pub fn quiet(&mut self, text: &str) {
        let text = self.paint(QUIET, text);
        self.line(text);
    }

    /// Prints a whole text without adding to it, such as a completion script.
    pub fn raw(&mut self, bytes: &[u8]) {
        let mut out = io::stdout().lock();
        self.gone |= out.write_all(bytes).and_then(|()| out.flush()).is_err();
    }

    /// The text in a style, where colour is wanted.
    pub fn paint(&self, style: Style, text: &str) -> String {
        if self.colour {
            format!("{style}{text}{style:#}")
        } else {
            text.to_owned()
        }
    }

    /// A found word: painted, or in brackets where nothing is.
    pub fn found(&self, text: &str) -> String {
        if self.colour {
            self.paint(HEADING, text)
        } else {
            format!("[{text}]")
        }
    }

    /// A remark beside the answer, on standard error.
    pub fn note(&mut self, text: &str) {
        self.clear_progress();
        if !self.json {
            self.write_err(text);
        }
    }

    /// What is going on at the moment, on one line that is written over; only on a terminal, and only
    /// when it takes longer than a blink.
    pub fn progress(&mut self, text: &str) {
        if self.json || !io::stderr().is_terminal() {
            return;
        }
        let progress = self.progress.get_or_insert_with(|| Progress {
            since: Instant::now(),
            visible: false,
        });
        if progress.since.elapsed() >= PATIENCE {
            progress.visible = true;
            let mut err = io::stderr().lock();
            self.gone |= write!(err, "\r\u{1b}[K{text}")
                .and_then(|()| err.flush())
                .is_err();
        }
    }

    /// Takes the progress line away.
    pub fn clear_progress(&mut self) {
        if self
            .progress
            .take()
            .is_some_and(|progress| progress.visible)
        {
            let mut err = io::stderr().lock();
            self.gone |= write!(err, "\r\u{1b}[K")
                .and_then(|()| err.flush())
                .is_err();
        }
    }

    /// Says what went wrong, on standard error, and gives the exit code for it. Words that were typed and
    /// not saved are shown once more: nothing is written to disk unsealed, and nothing is lost.
    pub fn report(&mut self, error: &CliError) -> Exit {
        self.clear_progress();
        let told = tell(error);
        if self.json {
            let body = serde_json::json!({ "error": told, "typed": error.typed() });
            self.write_err(&body.to_string());
            return told.exit;
        }
        let sentence = if self.colour_err {
            format!("{CLAY}{}{CLAY:#}", told.sentence)
        } else {
            told.sentence.clone()
        };
        self.write_err(&sentence);
        self.write_err(&told.next);
        if let Some(typed) = error.typed() {
            self.repeat(typed);
        }
        match &told.detail {
            Some(detail) => self.write_err(&format!("code: {} ({detail})", told.code)),
            None => self.write_err(&format!("code: {}", told.code)),
        }
        told.exit
    }

    fn repeat(&mut self, typed: &TypedWords) {
        for (index, (name, text)) in typed.iter().enumerate() {
            if index == 0 {
                self.write_err(
                    "Nothing of it is saved yet. Here are your words, so that they are not lost:",
                );
            }
            self.write_err(&format!("--{name}\n{}", shown(text)));
        }
    }

    fn write_out(&mut self, text: &str) {
        self.clear_progress();
        // Whoever reads may have gone (`| head`); that is no reason to complain.
        let mut out = io::stdout().lock();
        self.gone |= writeln!(out, "{text}").is_err();
    }

    fn write_err(&mut self, text: &str) {
        let mut err = io::stderr().lock();
        self.gone |= writeln!(err, "{text}").is_err();
    }
}
