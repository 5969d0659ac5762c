//! `belay-relay`: the relay as a program. All of it is in the library.

use std::process::ExitCode;

use belay_relay::operator::RelayCommand;
use clap::Parser;

#[tokio::main]
async fn main() -> ExitCode {
    let command = RelayCommand::parse();
    match command.run(&mut std::io::stdout()).await {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("belay-relay: {error}");
            ExitCode::FAILURE
        }
    }
}
