//! `belay`, the command line: a second shell beside the phones', which proves that the core is not shaped
//! by one user interface. It asks, formats and draws; every rule stands in the engine.
//!
//! Nothing here opens the store's files, speaks to a relay or decides what is shared. `demo/` may run a
//! relay in process and uses the engine like any other shell.

mod args;
mod check_in_flags;
mod commands;
mod context;
mod demo;
mod draw;
mod editor;
mod error;
mod error_words;
mod exit;
mod locale;
mod pick;
mod prompt;
mod questions;
mod reason_words;
mod rule_words;
mod scratch;
mod screen;
mod secrets;
mod times;
mod typed_words;
mod words;
mod zone;

use std::process::ExitCode;

fn main() -> ExitCode {
    // The usual report quotes what the panic says, and that can quote what somebody wrote.
    std::panic::set_hook(Box::new(|panic| {
        if let Some(place) = panic.location() {
            eprintln!(
                "belay: a fault of the program, at {}:{}",
                place.file(),
                place.line()
            );
        }
    }));
    let (args, json) = match args::parse(std::env::args_os()) {
        args::Parsed::Run(args) => {
            let json = args.global.json;
            (args, json)
        }
        args::Parsed::Done(code) => return code,
    };
    let mut screen = screen::Screen::of_this_process(json);
    match commands::run(*args, &mut screen) {
        Ok(exit) => exit.into(),
        Err(error) => screen.report(&error).into(),
    }
}
